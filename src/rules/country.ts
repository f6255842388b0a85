import { isoCountries } from './tables/countries.ts';
import { typedText, upperAscii } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Checks an ISO 3166-1 alpha-2 code; XK is user-assigned and no country here. */
export function checkCountry(value: unknown): IssueCode | undefined {
  return checkCountryIn(isoCountries(), value);
}

/** As `checkCountry`, over another table. */
export function checkCountryIn(countries: ReadonlySet<string>, value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  return countries.has(value) ? undefined : 'country-unknown';
}

/** Turns a typed country code into its wire form. */
export function normalizeCountry(text: string): string {
  return upperAscii(typedText(text));
}
