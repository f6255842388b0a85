import { isoCurrencies } from './tables/currencies.ts';
import { CURRENCY_SIGNS } from './tables/currency-signs.ts';
import { typedText, upperAscii } from './typed-text.ts';
import type { IssueCode } from './types.ts';

const MAX_INTEGER_DIGITS = 12;

/** Checks an amount in major units: a canonical decimal string above zero, with at most the currency's decimals and 12 integer digits. */
export function checkAmount(
  value: unknown,
  currency: unknown,
  currencies: ReadonlyMap<string, number> = isoCurrencies(),
): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  const decimals = typeof currency === 'string' ? currencies.get(currency) : undefined;
  if (decimals === undefined) return 'currency-unknown';
  if (value === '') return 'required';
  if (value.length > 64) return 'amount-format';
  const [, integer, fraction = ''] = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(value) ?? [];
  if (integer === undefined) return 'amount-format';
  if (integer.length > MAX_INTEGER_DIGITS) return 'amount-too-large';
  if (fraction.length > decimals) return 'amount-decimals';
  return /[1-9]/.test(value) ? undefined : 'amount-zero';
}

/**
 * Turns a typed amount ("1,250.00", "1.250,00", "1 250,5", "₱1'250") into its wire form. Text whose separator could
 * mean either a thousand or a fraction, such as "1.250", is left for the check to refuse.
 */
export function normalizeAmount(
  text: string,
  currency: string,
  currencies: ReadonlyMap<string, number> = isoCurrencies(),
): string {
  const typed = typedText(text).replaceAll('٬', ',').replace('٫', '.');
  const decimals = currencies.get(currency);
  if (decimals === undefined || typed.length > 64) return typed;
  const digits = readSeparators(withoutCurrency(typed, currency), decimals);
  const [, integer, fraction = ''] = /^([0-9]*)(?:\.([0-9]*))?$/.exec(digits) ?? [];
  if (integer === undefined || (integer === '' && fraction === '')) return typed;
  const kept = decimals === 0 && /^0{1,2}$/.test(fraction) ? '' : fraction;
  return (integer.replace(/^0+(?=[0-9])/, '') || '0') + (kept && `.${kept}`);
}

/**
 * The amount without the currency's own code or sign at either end. Another currency's sign stays and is refused: "€100"
 * in a payout of pesos is a question, not a hundred pesos.
 */
function withoutCurrency(text: string, currency: string): string {
  const signs = [currency, ...(CURRENCY_SIGNS.get(currency)?.split(' ') ?? [])];
  const upper = upperAscii(text);
  for (const sign of signs) {
    if (upper.startsWith(upperAscii(sign))) return text.slice(sign.length).trim();
    if (upper.endsWith(upperAscii(sign))) return text.slice(0, -sign.length).trim();
  }
  return text;
}

/** Thousands separators taken out and the decimal separator as a dot; the text itself where that is a guess. */
function readSeparators(text: string, decimals: number): string {
  // Spaces, apostrophes and underscores only ever group.
  const grouped = /^[0-9]{1,3}([ '’_])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]*)?$/.exec(text);
  if (grouped !== null) return readSeparators(text.replace(/[ '’_]/g, ''), decimals);
  if (/^[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}\.[0-9]*$/.test(text)) return text.replaceAll(',', '');
  if (/^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]*$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  // In India thousands are followed by pairs: 12,34,567.
  if (/^[1-9][0-9]{0,2}(?:,[0-9]{2,3})+,[0-9]{3}$/.test(text)) return text.replaceAll(',', '');
  if (/^[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}$/.test(text)) return text.replaceAll('.', '');
  // One comma and three digits is a thousand unless the currency itself has three decimals.
  if (decimals < 3 && /^[1-9][0-9]{0,2},[0-9]{3}$/.test(text)) return text.replace(',', '');
  if (decimals > 0 && /^[0-9]*,[0-9]{1,2}$/.test(text)) return text.replace(',', '.');
  return text;
}

/** Decimals that amounts are counted with: no currency has more. */
const SCALE = 8;

/** An amount that has passed its check as a count of 10^-8. */
export function countOf(amount: string): bigint {
  const [integer = '', fraction = ''] = amount.split('.');
  return BigInt(integer + fraction.padEnd(SCALE, '0'));
}

function scaled(value: string): bigint {
  if (!/^(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,8})?$/.test(value)) {
    throw new RangeError('An amount must be a plain decimal string such as "100.00".');
  }
  return countOf(value);
}

function decimalsOf(currency: string, currencies: ReadonlyMap<string, number>): number {
  const decimals = currencies.get(currency);
  if (decimals === undefined) throw new RangeError('The currency must be an ISO 4217 code that has a minor unit.');
  return decimals;
}

/** The exact sum, written with the currency's decimals. Throws a RangeError for text that is no amount of that currency. */
export function sumAmounts(
  values: readonly string[],
  currency: string,
  currencies: ReadonlyMap<string, number> = isoCurrencies(),
): string {
  const decimals = decimalsOf(currency, currencies);
  const unit = 10n ** BigInt(SCALE - decimals);
  let total = 0n;
  for (const value of values) {
    const amount = scaled(value);
    if (amount % unit !== 0n) throw new RangeError(`An amount has more decimals than ${currency} has.`);
    total += amount / unit;
  }
  const digits = String(total).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** -1, 0 or 1 as the first amount is below, equal to or above the second; "1" equals "1.00". Throws a RangeError for text that is no amount. */
export function compareAmounts(
  a: string,
  b: string,
  currency: string,
  currencies: ReadonlyMap<string, number> = isoCurrencies(),
): -1 | 0 | 1 {
  decimalsOf(currency, currencies);
  const left = scaled(a);
  const right = scaled(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
