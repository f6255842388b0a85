import { countrySpecs, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { BANKING_COUNTRY } from './tables/countries.ts';
import { typedCode } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** In the SWIFT IBAN Registry since 2021–2025, but not yet marked so by ibantools 4.5. */
const NEWER_MEMBERS = new Set(['BI', 'DJ', 'FK', 'HN']);

function registrySpec(prefix: string): { chars?: number } | undefined {
  if (!Object.hasOwn(countrySpecs, prefix)) return undefined;
  const spec = countrySpecs[prefix];
  return spec?.IBANRegistry === true || NEWER_MEMBERS.has(prefix) ? spec : undefined;
}

/** The length of a country's IBANs; undefined where the official list has no such country. */
export function ibanLength(prefix: string): number | undefined {
  return registrySpec(prefix)?.chars;
}

/** Whether accounts at banks of this country have an IBAN. */
export function usesIban(country: string): boolean {
  return ibanLength(BANKING_COUNTRY.get(country) ?? country) !== undefined;
}

/** Checks an IBAN: a country of the registry, its length and structure, check digits 02–98 and mod 97. */
export function checkIban(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > 34) return 'iban-length';
  if (!/^[A-Z0-9]+$/.test(value)) return 'iban-characters';
  const length = ibanLength(value.slice(0, 2));
  if (length === undefined) return 'iban-country';
  if (value.length !== length) return 'iban-length';
  const { valid, errorCodes } = validateIBAN(value);
  if (valid) return undefined;
  return errorCodes.includes(ValidationErrorsIBAN.WrongBBANFormat) ? 'iban-characters' : 'iban-check-digits';
}

/** Turns a typed IBAN ("IBAN: gb29 nwbk …") into its wire form. */
export function normalizeIban(text: string): string {
  return typedCode(text).replace(/^\(?IBAN\)?[:.#]?(?=[A-Z]{2}[0-9]{2})/, '');
}
