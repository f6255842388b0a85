import { typedText } from './typed-text.ts';
import type { IssueCode } from './types.ts';

// What an address, a bank's name or a reference may need beyond a name's characters. No = or &, which frame the signed
// text, except & in names of banks; no < > \ or control characters.
// In a function: a browser reads such a pattern for half a millisecond when it gets there.
const isText = (value: string): boolean => /^[\p{L}\p{M}\p{Nd} .,'’\-&/()#:;+_@*º°·・]+$/u.test(value);

/** Checks a line of text such as a bank's name or a street: printable, no markup, no formula, 1 to `maxLength` characters. */
export function checkText(value: unknown, maxLength = 140): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > maxLength) return 'text-too-long';
  const acceptable =
    isText(value) && !/^[ \-+@]| $/.test(value) && !/\p{Default_Ignorable_Code_Point}|\p{Me}/u.test(value);
  return acceptable ? undefined : 'text-characters';
}

/** Turns a typed line into its wire form. */
export function normalizeText(text: string): string {
  return typedText(text).replace(/ +/g, ' ').normalize('NFC');
}
