import { mod97 } from './iban.ts';
import { ibanStructures } from './tables/ibans.ts';

/** A made-up IBAN of a country, right in structure and check digits; undefined where the registry has no such country. */
export function sampleIban(prefix: string): string | undefined {
  const structure = ibanStructures().get(prefix);
  if (structure === undefined) return undefined;
  const bban = structure.replace(/([0-9]+)([nac])/g, (_, count: string, kind: string) =>
    (kind === 'a' ? 'A' : '1').repeat(Number(count)),
  );
  return prefix + String(98 - mod97(`${bban}${prefix}00`)).padStart(2, '0') + bban;
}
