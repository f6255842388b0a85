/** One bank of a list: what a picker shows, finds and gives back. */
export interface Bank {
  /** LeanX payout service id or Lesspay bank code, as text. */
  id: string;
  name: string;
  /** The code or abbreviation of the second line. */
  code: string;
  /** Whether the channel takes payouts to it now. */
  active: boolean;
}

/** A bank that fits what was typed; `marks` are the half-open ranges of the name to set in bold. */
export interface BankMatch {
  bank: Bank;
  marks: readonly (readonly [start: number, end: number])[];
}

/** A bank list prepared for searching: every text is folded once, not at every key. */
export interface BankIndex {
  entries: readonly Entry[];
}

interface Entry {
  bank: Bank;
  name: string;
  words: readonly string[];
  /** Codes and abbreviations by which people know the bank. */
  short: readonly string[];
  /** Its first letters, with and without the small words. */
  initials: readonly string[];
}

/**
 * Abbreviations that the bank's own name does not spell, by a piece of the folded name. The names people type in
 * Malaysia, the Philippines and Indonesia; collected 2026-11-20 from the banks' own sites.
 */
const ABBREVIATIONS: readonly (readonly [piece: string, abbreviation: string])[] = [
  ['maybank', 'mbb'],
  ['malayan banking', 'mbb maybank'],
  ['cimb', 'cimb'],
  ['public bank', 'pbb'],
  ['hong leong', 'hlb'],
  ['bank islam', 'bimb'],
  ['muamalat', 'bmmb'],
  ['kerjasama rakyat', 'bkrm'],
  ['simpanan nasional', 'bsn'],
  ['pertanian malaysia', 'agrobank'],
  ['alliance bank', 'abmb'],
  ['united overseas', 'uob'],
  ['standard chartered', 'scb'],
  ['kuwait finance', 'kfh'],
  ['touch n go', 'tng'],
  ['philippine islands', 'bpi'],
  ['metropolitan bank', 'metrobank mbtc'],
  ['land bank', 'landbank lbp'],
  ['rizal commercial', 'rcbc'],
  ['philippine national bank', 'pnb'],
  ['banco de oro', 'bdo'],
  ['central asia', 'bca'],
  ['rakyat indonesia', 'bri'],
  ['negara indonesia', 'bni'],
  ['tabungan negara', 'btn'],
];

/** Company forms and small words that initials leave out. */
const SMALL = new Set([
  'bhd',
  'berhad',
  'inc',
  'ltd',
  'limited',
  'tbk',
  'pt',
  'plc',
  'of',
  'the',
  'and',
  'de',
  'n',
  'm',
]);

/** Lower case without diacritics, one character for each UTF-16 unit of the text, so that ranges stay true. */
function fold(text: string): string {
  let folded = '';
  for (const unit of text) {
    const base = unit.normalize('NFD').charAt(0).toLowerCase();
    folded += base.length === unit.length ? base : unit;
  }
  return folded;
}

/** Prepares a list for `searchBanks`. */
export function indexBanks(banks: readonly Bank[]): BankIndex {
  return {
    entries: banks.map((bank) => {
      const name = fold(bank.name);
      const words = wordsOf(name);
      const plain = words.join(' ');
      const known = ABBREVIATIONS.filter(([piece]) => plain.includes(piece)).flatMap(([, short]) => short.split(' '));
      const code = fold(bank.code);
      // "bank" in a code names all of them.
      const codes = wordsOf(code).filter((word) => word !== 'bank');
      return {
        bank,
        name,
        words,
        short: [fold(bank.id), code, ...codes, ...known],
        initials: [words, words.filter((word) => !SMALL.has(word))].map((list) => list.map((word) => word[0]).join('')),
      };
    }),
  };
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** The banks that fit `query`, the likeliest first; all of them, in their own order, for an empty query. */
export function searchBanks(index: BankIndex, query: string): BankMatch[] {
  const wanted = fold(query.normalize('NFKC').trim());
  if (wanted === '') return index.entries.map(({ bank }) => ({ bank, marks: [] }));
  const parts = wordsOf(wanted);
  const found: { match: BankMatch; rank: number }[] = [];
  for (const entry of index.entries) {
    const rank = rankOf(entry, wanted, parts);
    if (rank !== undefined)
      found.push({ match: { bank: entry.bank, marks: marksOf(entry.name, wanted, parts) }, rank });
  }
  // Array.prototype.sort is stable: equal ranks keep the list's own order.
  return found.sort((a, b) => a.rank - b.rank).map(({ match }) => match);
}

/** How well a bank fits: 0 best; `undefined` not at all. */
function rankOf({ bank, name, words, short, initials }: Entry, wanted: string, parts: string[]): number | undefined {
  const starts = (list: readonly string[], part: string) => list.some((word) => word.startsWith(part));
  const tests = [
    () => name === wanted || short.includes(wanted),
    () => initials.includes(wanted),
    () => name.startsWith(wanted),
    () => starts(short, wanted) || (wanted.length > 1 && starts(initials, wanted)),
    () => parts.every((part) => starts(words, part)),
    () => parts.every((part) => name.includes(part) || starts(short, part)),
  ];
  const rank = parts.length === 0 ? -1 : tests.findIndex((test) => test());
  // One that takes no payouts now stands behind its equals.
  return rank < 0 ? undefined : rank + (bank.active ? 0 : 0.5);
}

function marksOf(name: string, wanted: string, parts: string[]): (readonly [number, number])[] {
  const whole = wordStart(name, wanted);
  if (whole >= 0) return [[whole, whole + wanted.length]];
  const ranges: [number, number][] = [];
  for (const part of parts) {
    const at = wordStart(name, part);
    if (at >= 0) ranges.push([at, at + part.length]);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  return ranges.filter((range, i) => i === 0 || range[0] >= (ranges[i - 1]?.[1] ?? 0));
}

/** Where `part` begins a word of `name`, else where it first occurs, else -1. */
function wordStart(name: string, part: string): number {
  let at = name.indexOf(part);
  const first = at;
  while (at > 0 && /[\p{L}\p{N}]/u.test(name.charAt(at - 1))) at = name.indexOf(part, at + 1);
  return at >= 0 ? at : first;
}
