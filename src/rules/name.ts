import { normalizeText } from './free-text.ts';
import { plainDashes } from './typed-text.ts';
import type { IssueCode } from './types.ts';

const MAX_CHARACTERS = 140;

/** Most names: Latin letters of one code point each, without those that have a compatibility form. */
const LATIN_NAME = /^[A-Za-zÀ-ÖØ-öø-žƀ-ǃǍ-ǰǴ-ɏẠ-ỹ0-9 .,'’\-&/()]+$/;

/**
 * Letters with a compatibility form that are ordinary spelling: ª º in Spanish, Dutch ĳ, Catalan ŀ, ŉ, the Croatian
 * digraphs, Kazakh, Thai and Lao am, Lao ho, Tibetan vowels, Hangul letters, and the full- and half-width forms of Japanese banks.
 */
const COMPATIBLE_SPELLING =
  /[ªº]|[\u0132\u0133\u013F\u0140\u0149\u01C4-\u01CC\u01F1-\u01F3]|[\u0675-\u0678]|\u0E33|\u0EB3|[\u0EDC\u0EDD]|\u0F77|\u0F79|[\u3131-\u318E]|[\uFF10-\uFFDC]/g;

// Patterns by Unicode's properties stand where they are used, for a browser reads one for half a millisecond when it gets
// there, and most names get by without.
const isAnyName = (value: string): boolean => /^[\p{L}\p{Mn}\p{Mc}\p{Nd} .,'’\-&/()]+$/u.test(value);
/** Letters and marks that show nothing, such as the Hangul fillers and variation selectors. */
const hasInvisible = (value: string): boolean => /\p{Default_Ignorable_Code_Point}/u.test(value);
/** A mark with nothing to stand on, or more than four in a row (Unicode TS 39, 5.4). */
const hasLooseMarks = (value: string): boolean => /(?:^|[^\p{L}\p{M}\p{Nd}])\p{M}|\p{M}{5}/u.test(value);

/** Checks an account holder's name: any script, one name is enough, 1–140 characters, nothing that is not part of a name. */
export function checkName(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'name-empty';
  // A character is one or two UTF-16 units.
  if (value.length > 2 * MAX_CHARACTERS) return 'name-too-long';
  if (value.trim() === '') return 'name-empty';
  if (value.length > MAX_CHARACTERS && Array.from(value).length > MAX_CHARACTERS) return 'name-too-long';
  // A leading dash begins a formula in a spreadsheet; =, + and @ are no name characters at all.
  if (/^[ -]| $|^[ .,'’\-&/()]+$/.test(value)) return 'name-characters';
  if (LATIN_NAME.test(value)) return undefined;
  if (!isAnyName(value) || hasInvisible(value) || hasLooseMarks(value) || hasStyledLetters(value)) {
    return 'name-characters';
  }
  return value.split(/[^\p{L}\p{M}]+/u).every(isOneScript) ? undefined : 'name-mixed-script';
}

/** Whether a letter is only another one in disguise: 𝐉, ﬁ, or ﷺ, which NFKC turns into eighteen characters. */
function hasStyledLetters(value: string): boolean {
  const plain = value.replace(COMPATIBLE_SPELLING, '');
  return plain.normalize('NFKC') !== plain.normalize('NFC');
}

/** Chinese, Japanese and Korean names mix their scripts, with Latin letters too (Unicode TS 39, highly restrictive). */
const LATIN_AND_EAST = ['Latn', 'Hani', 'Hira', 'Kana', 'Bopo', 'Hang'];
/** Scripts by their codes of ISO 15924. */
const OTHERS =
  'Cyrl Grek Armn Geor Cher Copt Lisu Dsrt Hebr Arab Syrc Thaa Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym ' +
  'Sinh Thai Laoo Tibt Mymr Khmr Mong Ethi Cans Tfng';

let scripts: { member: RegExp; only: RegExp }[] | undefined;

/** Compiled on first need: most names are ASCII. */
function scriptPatterns(): { member: RegExp; only: RegExp }[] {
  const pattern = (...names: string[]): { member: RegExp; only: RegExp } => {
    const set = names.map((name) => `\\p{scx=${name}}`).join('');
    return {
      member: new RegExp(`[${names.map((name) => `\\p{sc=${name}}`).join('')}]`, 'u'),
      only: new RegExp(`^[${set}\\p{sc=Common}\\p{sc=Inherited}]+$`, 'u'),
    };
  };
  return [pattern(...LATIN_AND_EAST), ...OTHERS.split(' ').map((name) => pattern(name))];
}

/** Whether no letter of a word comes from a script foreign to its others; mixing is how one name imitates another. */
function isOneScript(word: string): boolean {
  if (/^[A-Za-z]*$/.test(word)) return true;
  scripts ??= scriptPatterns();
  const script = scripts.find(({ member }) => member.test(word));
  return script === undefined || script.only.test(word);
}

/** Turns a typed name into its wire form: one kind of space, apostrophe and dash, nothing invisible, composed letters. */
export function normalizeName(text: string): string {
  return plainDashes(normalizeText(text)).replace(/[\u2018\u201B`\u00B4\u2032]/g, "'");
}
