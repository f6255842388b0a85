/** How two names of an account's holder compare. */
export type NameComparison = 'match' | 'close-match' | 'no-match' | 'unresolved';

/**
 * Words that Malaysian names carry or drop at will: son or daughter of, in Malay, Tamil and Sarawakian usage, and titles.
 * Banks shorten or leave them out, so they never decide.
 */
const DROPPED = new Set([
  'BIN',
  'BINTI',
  'BT',
  'BTE',
  'AL',
  'AP',
  'ANAK',
  'AK',
  'HAJI',
  'HJ',
  'HAJJAH',
  'HJH',
  'DATO',
  'DATIN',
  'DATUK',
  'MR',
  'MRS',
  'MS',
  'ENCIK',
  'PUAN',
  'CIK',
]);

/** The words of a name in a form that spelling habits do not change. */
function words(name: string): string[] {
  return (
    name
      .normalize('NFKD')
      .replace(/\p{Mark}/gu, '')
      .toUpperCase()
      // A/L, A/P, S/O and D/O ("child of") never decide; an apostrophe joins (DATO', O'NEIL).
      .replace(/\b(?:A\s*\/\s*[LP]|[SD]\s*\/\s*O)\b/gu, ' ')
      .replace(/['’`]/gu, '')
      .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
      .trim()
      .split(' ')
      .filter((word) => word !== '')
  );
}

function significant(name: string): string[] {
  const all = words(name);
  const kept = all.filter((word) => !DROPPED.has(word));
  return kept.length > 0 ? kept : all;
}

/**
 * Compares the typed name with the one the bank gave. Case, marks, punctuation, word order and the particles of Malaysian
 * names do not count; a one-letter slip, an initial, or a missing word is close. An empty name never matches.
 */
export function compareHolderNames(typed: string, given: string): NameComparison {
  const a = significant(typed).sort();
  const b = significant(given).sort();
  if (a.length === 0 || b.length === 0) return 'unresolved';
  const left = a.join('');
  const right = b.join('');
  if (left === right || words(typed).join('') === words(given).join('')) return 'match';
  if (left.length > 3 && right.length > 3 && withinOneEdit(left, right)) return 'close-match';
  return pairsUp(a, b) ? 'close-match' : 'no-match';
}

/** Whether each word of the shorter name has its own counterpart in the longer one, at least two of them or all. */
function pairsUp(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, [...b]] : [b, [...a]];
  let whole = 0;
  for (const word of [...short].sort((x, y) => y.length - x.length)) {
    const index = bestPartner(word, long);
    if (index < 0) return false;
    if (word.length > 1 && (long[index]?.length ?? 0) > 1) whole += 1;
    long.splice(index, 1);
  }
  // One shared word out of several ("AHMAD" against "AHMAD ALI") says too little.
  return whole >= 2 || (whole === 1 && long.length === 0);
}

function bestPartner(word: string, others: readonly string[]): number {
  const exact = others.indexOf(word);
  if (exact >= 0) return exact;
  const slip = others.findIndex((other) => word.length > 3 && other.length > 3 && withinOneEdit(word, other));
  if (slip >= 0) return slip;
  return others.findIndex(
    (other) => (word.length === 1 && other.startsWith(word)) || (other.length === 1 && word.startsWith(other)),
  );
}

/** Whether one insertion, deletion, substitution or swap of neighbours turns one text into the other. */
function withinOneEdit(a: string, b: string): boolean {
  const x = Array.from(a);
  const y = Array.from(b);
  if (Math.abs(x.length - y.length) > 1) return false;
  let start = 0;
  while (start < x.length && start < y.length && x[start] === y[start]) start += 1;
  let end = 0;
  while (end < x.length - start && end < y.length - start && x[x.length - 1 - end] === y[y.length - 1 - end]) end += 1;
  const restX = x.slice(start, x.length - end);
  const restY = y.slice(start, y.length - end);
  if (restX.length <= 1 && restY.length <= 1) return true;
  return restX.length === 2 && restY.length === 2 && restX[0] === restY[1] && restX[1] === restY[0];
}
