import { bankingCountries, isoCountries } from './tables/countries.ts';
import { typedCode } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Checks a BIC by ISO 9362:2022: digits may stand in the first four characters, and XK is a country there. */
export function checkBic(value: unknown): IssueCode | undefined {
  return checkBicIn(isoCountries(), value);
}

/** As `checkBic`, over another table of countries. */
export function checkBicIn(countries: ReadonlySet<string>, value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length !== 8 && value.length !== 11) return 'bic-length';
  if (!/^[A-Z0-9]+$/.test(value)) return 'bic-characters';
  const country = value.slice(4, 6);
  if (country !== 'XK' && !countries.has(country)) return 'bic-country';
  // Tazapay, Field Validation Updates (2026-03-24): location 00 is refused.
  return value.slice(6, 8) === '00' ? 'bic-location' : undefined;
}

/** Turns a typed BIC into its wire form. */
export function normalizeBic(text: string): string {
  return typedCode(text);
}

/** Whether a BIC's or an IBAN's country prefix is one that banks of this country use. */
export function isBankPrefixOf(prefix: string, country: string): boolean {
  return prefix === country || prefix === bankingCountries().get(country);
}
