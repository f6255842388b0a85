import { bankingCountries } from './tables/countries.ts';
import { ibanStructures } from './tables/ibans.ts';
import { typedCode } from './typed-text.ts';
import type { IssueCode } from './types.ts';

interface Structure {
  length: number;
  pattern: RegExp;
}

const CLASSES: Readonly<Record<string, string>> = { n: '[0-9]', a: '[A-Z]', c: '[A-Z0-9]' };
const structures = /* @__PURE__ */ new Map<string, Structure>();

/** A country's IBAN as its length and pattern, made from the registry's notation when first asked for. */
function structureOf(prefix: string): Structure | undefined {
  const known = structures.get(prefix);
  const notation = ibanStructures().get(prefix);
  if (known !== undefined || notation === undefined) return known;
  let length = 4;
  let pattern = '^..[0-9]{2}';
  for (const [, count = '', kind = ''] of notation.matchAll(/([0-9]+)([nac])/g)) {
    length += Number(count);
    pattern += `${CLASSES[kind] ?? ''}{${count}}`;
  }
  const structure = { length, pattern: new RegExp(`${pattern}$`) };
  structures.set(prefix, structure);
  return structure;
}

/** The length of a country's IBANs; undefined where the official list has no such country. */
export function ibanLength(prefix: string): number | undefined {
  return structureOf(prefix)?.length;
}

/** Whether accounts at banks of this country have an IBAN. */
export function usesIban(country: string): boolean {
  return ibanLength(bankingCountries().get(country) ?? country) !== undefined;
}

/**
 * Checks an IBAN: a country of the registry, its length and structure, check digits 02–98 and mod 97 (ISO 13616, ISO
 * 7064). The check digits that some countries have inside the BBAN are no part of the standard and are left to the bank.
 */
export function checkIban(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > 34) return 'iban-length';
  if (!/^[A-Z0-9]+$/.test(value)) return 'iban-characters';
  const structure = structureOf(value.slice(0, 2));
  if (structure === undefined) return 'iban-country';
  if (value.length !== structure.length) return 'iban-length';
  if (!structure.pattern.test(value)) return 'iban-characters';
  const check = value.slice(2, 4);
  return check >= '02' && check <= '98' && mod97(value.slice(4) + value.slice(0, 4)) === 1
    ? undefined
    : 'iban-check-digits';
}

/** The remainder of the digits by 97, with letters as 10 to 35 (ISO 7064). */
export function mod97(text: string): number {
  let rest = 0;
  for (const char of text) {
    const digit = Number.parseInt(char, 36);
    rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
  }
  return rest;
}

/** Turns a typed IBAN ("IBAN: gb29 nwbk …") into its wire form. */
export function normalizeIban(text: string): string {
  return typedCode(text).replace(/^\(?IBAN\)?[:.#]?(?=[A-Z]{2}[0-9]{2})/, '');
}
