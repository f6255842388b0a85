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

/** A bank list to search in: every text is folded once, at the first search, and not at every key. */
export interface BankIndex {
  banks: readonly Bank[];
  entries?: readonly Entry[];
  /** The last search: what goes on from its query is looked for among what it found. */
  last?: { text: string; entries: readonly Entry[] } | undefined;
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

/** Short names that are neither in the bank's own name nor its initials, by a piece of the name. */
const SHORT_NAMES = [
  ['maybank', 'mbb'],
  ['malayan banking', 'mbb maybank'],
  ['metropolitan bank', 'metrobank mbtc'],
  ['landbank', 'lbp'],
  ['unionbank', 'ubp'],
] as const;

/** Company forms and small words that initials leave out. */
const SMALL = /^(bhd|berhad|inc|ltd|limited|tbk|pt|plc|of|the|and|de|m)$/;

/** Lower case without diacritics, one character for each UTF-16 unit of the text, so that ranges stay true. */
function fold(text: string): string {
  return Array.from(text, (unit) => {
    const base = unit.normalize('NFD').charAt(0).toLowerCase();
    return base.length === unit.length ? base : unit;
  }).join('');
}

/** What of a bank is searched. */
function entryOf(bank: Bank): Entry {
  const name = fold(bank.name);
  const words = wordsOf(name);
  const plain = words.join(' ');
  const known = SHORT_NAMES.flatMap(([piece, short]) => (plain.includes(piece) ? short.split(' ') : []));
  const code = fold(bank.code);
  // "bank" in a code names all of them.
  const codes = wordsOf(code).filter((word) => word !== 'bank');
  return {
    bank,
    name,
    words,
    short: [fold(bank.id), code, ...codes, ...known],
    initials: [words, words.filter((word) => !SMALL.test(word))].map((list) => list.map((word) => word[0]).join('')),
  };
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

const wanted = (query: string): string => fold(query.normalize('NFKC').trim());

/** The banks that fit `query`, the likeliest first; all of them, in their own order, for an empty query. */
export function searchBanks(index: BankIndex, query: string): Bank[] {
  const text = wanted(query);
  if (!text) return [...index.banks];
  const parts = wordsOf(text);
  if (parts.length === 0) return [];
  const { last } = index;
  const entries = (index.entries ??= index.banks.map(entryOf));
  // Every word of a query is found somewhere in the bank; a longer query cannot bring one back.
  const pool = last && text.startsWith(last.text) ? last.entries : entries;
  const ranks: Entry[][] = [];
  for (const entry of pool) {
    const rank = rankOf(entry, text, parts);
    if (rank >= 0) (ranks[rank] ??= []).push(entry);
  }
  const found = ranks.flat();
  index.last = { text, entries: found };
  return found.map(({ bank }) => bank);
}

const startsOne = (list: readonly string[], part: string): boolean => list.some((word) => word.startsWith(part));

/** How well a bank fits: 0 best, below 0 not at all. One that takes no payouts now stands behind its equals. */
function rankOf({ bank, name, words, short, initials }: Entry, text: string, parts: string[]): number {
  let rank = 5;
  if (name === text || short.includes(text)) rank = 0;
  else if (initials.includes(text)) rank = 1;
  else if (name.startsWith(text)) rank = 2;
  else if (startsOne(short, text) || (text.length > 1 && startsOne(initials, text))) rank = 3;
  else if (parts.every((part) => startsOne(words, part))) rank = 4;
  else if (!parts.every((part) => name.includes(part) || startsOne(short, part))) return -1;
  return rank * 2 + (bank.active ? 0 : 1);
}

/**
 * The half-open ranges of a name that a query matches, to set in bold: the whole of it, else its words; at the beginning
 * of a word where there is one.
 */
export function marksIn(text: string, query: string): (readonly [start: number, end: number])[] {
  const name = fold(text);
  const find = (part: string): [number, number] => {
    const at = ` ${name.replace(/[^\p{L}\p{N}]/gu, ' ')}`.indexOf(` ${part}`);
    const from = at < 0 ? name.indexOf(part) : at;
    return [from, from + part.length];
  };
  const whole = find(wanted(query));
  const ranges = whole[0] < 0 ? wordsOf(wanted(query)).map(find) : [whole];
  let end = 0;
  return ranges
    .sort((a, b) => a[0] - b[0])
    .filter(([from, to]) => {
      const apart = from >= end;
      if (apart) end = to;
      return apart;
    });
}
