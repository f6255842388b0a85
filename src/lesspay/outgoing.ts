import { currencyDecimals } from '../rules/currency.ts';

/** Delimiters of the string to sign have no escape, and the text comes back in the notice: each gets a look-alike of equal length. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '&': '+',
  '=': '-',
  '{': '(',
  '[': '(',
  '}': ')',
  ']': ')',
};

/** Text that nothing has to be done about. */
const PLAIN = /^[\w.,:;#()/+-]+(?: [\w.,:;#()/+-]+)*$/;

/**
 * Free text for an order: `&`, `=`, brackets and braces are replaced (`Tom & Jerry` becomes `Tom + Jerry`), so that no text can
 * be split into other members of a signed body; control characters become spaces; cut at `maxLength` UTF-16 units.
 */
export function signableText(text: string, maxLength: number): string {
  if (text.length <= maxLength && PLAIN.test(text)) return text;
  const mapped = text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[&=[\]{}]/g, (character) => LOOK_ALIKES[character] ?? character)
    .trim();
  if (mapped.length <= maxLength) return mapped;
  let cut = '';
  for (const character of mapped) {
    if (cut.length + character.length > maxLength) break;
    cut += character;
  }
  return cut.trimEnd();
}

/** In which unit a channel wants its amounts. */
export type AmountUnit = 'major' | 'minor';

/**
 * An amount as the channel wants it: the decimal string as it is, or an integer of minor units (Lesspay docs, Local Payment
 * Methods, type `target_amount` so).
 */
export function outgoingAmount(amount: string, currency: string, unit: AmountUnit): string | number {
  if (unit === 'major') return amount;
  const decimals = currencyDecimals(currency);
  const [whole = '', fraction = ''] = amount.split('.');
  if (decimals === undefined || fraction.length > decimals) {
    throw new RangeError(`An amount in ${currency} cannot be sent in minor units.`);
  }
  return Number(whole + fraction.padEnd(decimals, '0'));
}

/** A body without undefined, null and empty members at any depth: the signature would not cover them, or only inside arrays. */
export function compactBody(value: unknown): unknown {
  return isCompact(value) ? value : compacted(value);
}

function isCompact(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isCompact);
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined || member === null || member === '' || !isCompact(member)) return false;
  }
  return true;
}

function compacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compacted);
  if (typeof value !== 'object' || value === null) return value;
  const compact: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined && member !== null && member !== '') compact[name] = compacted(member);
  }
  return compact;
}
