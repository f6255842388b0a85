import { isoCurrencies } from './tables/currencies.ts';
import { typedText, upperAscii } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Checks an ISO 4217 code: active and with a minor unit. */
export function checkCurrency(value: unknown): IssueCode | undefined {
  return checkCurrencyIn(isoCurrencies(), value);
}

/** As `checkCurrency`, over another table. */
export function checkCurrencyIn(currencies: ReadonlyMap<string, number>, value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  return currencies.has(value) ? undefined : 'currency-unknown';
}

/** Turns a typed currency code into its wire form. */
export function normalizeCurrency(text: string): string {
  return upperAscii(typedText(text));
}

/** Digits after the decimal point that amounts of a currency may have; undefined for a code that is no currency. */
export function currencyDecimals(
  currency: string,
  currencies: ReadonlyMap<string, number> = isoCurrencies(),
): number | undefined {
  return currencies.get(currency);
}
