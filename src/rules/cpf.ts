import { typedNumber } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Whether the last two characters are the modulo 11 check digits; a character counts as its ASCII code minus 48, weights rise from the right to `maxWeight`. */
export function hasModulo11Digits(value: string, maxWeight: number): boolean {
  for (const position of [value.length - 2, value.length - 1]) {
    let sum = 0;
    for (let index = 0; index < position; index += 1) {
      const weight = ((position - 1 - index) % (maxWeight - 1)) + 2;
      sum += (value.charCodeAt(index) - 48) * weight;
    }
    const rest = sum % 11;
    if (value.charCodeAt(position) - 48 !== (rest < 2 ? 0 : 11 - rest)) return false;
  }
  return true;
}

/** Checks a CPF: eleven digits with their two check digits; one digit repeated eleven times is never issued. */
export function checkCpf(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length !== 11 || !/^[0-9]+$/.test(value)) return 'cpf-format';
  if (/^(.)\1+$/.test(value)) return 'cpf-repeated';
  return hasModulo11Digits(value, 11) ? undefined : 'cpf-check-digits';
}

/** Turns a typed CPF ("111.444.777-35") into its wire form. */
export function normalizeCpf(text: string): string {
  return typedNumber(text);
}
