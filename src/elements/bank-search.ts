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

/** Short names that are neither in the bank's own name nor its initials, by a piece of the name. */
const SHORT_NAMES = [
  ['maybank', 'mbb'],
  ['malayan banking', 'mbb maybank'],
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

/** Prepares a list for `searchBanks`. */
export function indexBanks(banks: readonly Bank[]): BankIndex {
  return {
    entries: banks.map((bank) => {
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
        initials: [words, words.filter((word) => !SMALL.test(word))].map((list) =>
          list.map((word) => word[0]).join(''),
        ),
      };
    }),
  };
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

const wanted = (query: string): string => fold(query.normalize('NFKC').trim());

/** The banks that fit `query`, the likeliest first; all of them, in their own order, for an empty query. */
export function searchBanks({ entries }: BankIndex, query: string): Bank[] {
  const text = wanted(query);
  const parts = wordsOf(text);
  return (
    entries
      .map((entry) => ({ bank: entry.bank, rank: text ? rankOf(entry, text, parts) : 0 }))
      .filter(({ rank }) => rank >= 0)
      // Array.prototype.sort is stable: equal ranks keep the list's own order.
      .sort((a, b) => a.rank - b.rank)
      .map(({ bank }) => bank)
  );
}

/** How well a bank fits: 0 best, below 0 not at all. */
function rankOf({ bank, name, words, short, initials }: Entry, text: string, parts: string[]): number {
  const starts = (list: readonly string[], part: string) => list.some((word) => word.startsWith(part));
  const tests = [
    () => name === text || short.includes(text),
    () => initials.includes(text),
    () => name.startsWith(text),
    () => starts(short, text) || (text.length > 1 && starts(initials, text)),
    () => parts.every((part) => starts(words, part)),
    () => parts.every((part) => name.includes(part) || starts(short, part)),
  ];
  const rank = parts.length === 0 ? -1 : tests.findIndex((test) => test());
  // One that takes no payouts now stands behind its equals.
  return rank < 0 || bank.active ? rank : rank + 0.5;
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
