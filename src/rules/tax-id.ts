import { checkCnpj } from './cnpj.ts';
import { checkCpf } from './cpf.ts';
import { typedCode, typedNumber, upperAscii } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Checks a tax id: a CPF or CNPJ in Brazil, letters and digits elsewhere. */
export function checkTaxId(value: unknown, country?: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (country === 'BR') return value.length <= 11 ? checkCpf(value) : checkCnpj(value);
  return value.length <= 30 && /^[A-Z0-9]{4,30}$/.test(value) ? undefined : 'tax-id-format';
}

/** Turns a typed tax id into its wire form. */
export function normalizeTaxId(text: string): string {
  return upperAscii(typedNumber(text));
}

/** Checks a national identification number: letters and digits. */
export function checkNationalId(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  return value.length <= 30 && /^[A-Z0-9]{4,30}$/.test(value) ? undefined : 'code-format';
}

/** Turns a typed national identification number into its wire form. */
export function normalizeNationalId(text: string): string {
  return typedCode(text);
}
