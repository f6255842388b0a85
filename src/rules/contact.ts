import { typedNumber, typedText } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Whether text is `local@domain.tld` of plain ASCII. */
export function isEmail(text: string): boolean {
  const local = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
  const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
  const at = text.indexOf('@');
  return local.test(text.slice(0, at)) && domain.test(text.slice(at + 1));
}

/** Checks an e-mail address: plain ASCII with a domain that has a top level (RFC 5321 lengths). */
export function checkEmail(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  return value.length <= 254 && value.indexOf('@') <= 64 && isEmail(value) ? undefined : 'email-format';
}

/** Turns a typed e-mail address into its wire form; the local part keeps its case. */
export function normalizeEmail(text: string): string {
  return typedText(text)
    .replaceAll(' ', '')
    .replace(/^mailto:/i, '');
}

/** Checks a telephone number in international form (E.164: a plus and 7 to 15 digits). */
export function checkPhone(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  return value.length <= 16 && /^\+[1-9][0-9]{6,14}$/.test(value) ? undefined : 'phone-format';
}

/** Turns a typed telephone number into its wire form; a number without its country stays as it is, for the check to refuse. */
export function normalizePhone(text: string): string {
  // "+63 (0)917": the zero is dialled at home only. Italy's belongs to the number.
  return typedNumber(typedText(text).replace(/^((?:\+|00)(?!39)[^(]*)\(0\)/, '$1')).replace(/^00/, '+');
}

/** Splits an E.164 number into calling code and national number (ITU-T E.164: one, two or three digits by zone). */
export function splitPhone(phone: string): { callingCode: string; number: string } | undefined {
  const [, callingCode, number] =
    /^\+([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9][0-9]{2})([0-9]+)$/.exec(phone) ?? [];
  return callingCode === undefined || number === undefined ? undefined : { callingCode, number };
}
