import { localeOf } from './locale-of.ts';

const AMOUNT = /^\d{1,15}(?:\.(\d{1,4}))?$/;

/** Whether this is a plain amount and the form of a currency code: worth showing. No rule: the proxy knows the price. */
export function isMoney(amount: string, currency: string): boolean {
  return AMOUNT.test(amount) && /^[A-Z]{3}$/.test(currency);
}

/**
 * An amount for people: `₱1,250.00`. Shows exactly the decimals it is given, because ICU and ISO 4217 disagree on some
 * currencies; `undefined` for anything that is not a plain amount and a currency code. The first call costs
 * milliseconds (ICU data), so never before first paint.
 */
export function formatMoney(amount: string, currency: string, lang: string): string | undefined {
  if (!isMoney(amount, currency)) return undefined;
  const digits = AMOUNT.exec(amount)?.[1]?.length ?? 0;
  return new Intl.NumberFormat(localeOf(lang), {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    // The text itself is formatted, not a float made of it.
  }).format(amount as Intl.StringNumericLiteral);
}

/** Runs `task` after the frame in which the element is first painted. */
export function afterPaint(task: () => void): void {
  requestAnimationFrame(() => setTimeout(task));
}
