import { hasModulo11Digits } from './cpf.ts';
import { typedNumber, upperAscii } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/**
 * Checks a CNPJ: twelve digits or capital letters and two check digits (Receita Federal, alphanumeric CNPJ, in force
 * since July 2026). Any letter is accepted: no list of excluded ones has been published.
 */
export function checkCnpj(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length !== 14 || !/^[0-9A-Z]{12}[0-9]{2}$/.test(value)) return 'cnpj-format';
  if (/^(.)\1+$/.test(value)) return 'cnpj-repeated';
  return hasModulo11Digits(value, 9) ? undefined : 'cnpj-check-digits';
}

/** Turns a typed CNPJ ("12.abc.345/01de-35") into its wire form. */
export function normalizeCnpj(text: string): string {
  return upperAscii(typedNumber(text));
}
