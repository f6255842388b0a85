import { plainDashes, typedText } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Checks a date of birth: a day of the calendar as `YYYY-MM-DD` (ISO 8601), from 1900 to today. */
export function checkDateOfBirth(value: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  const time = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) ? Date.parse(value) : NaN;
  // Engines read 30 February as a day of March.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(value)) return 'date-format';
  return value >= '1900' && time <= Date.now() ? undefined : 'date-range';
}

/**
 * Turns a typed date into its wire form: "15-01-1990" as the channels write it, "1990/1/15", "15.1.1990". "1/2/1990" is
 * of January or of February, depending on who wrote it, and left for the check to refuse.
 */
export function normalizeDateOfBirth(text: string): string {
  const typed = plainDashes(typedText(text));
  const [, first = '', separator, second = '', last = ''] =
    /^([0-9]{1,4}) ?([-/. ]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})$/.exec(typed) ?? [];
  const iso = (...parts: string[]) => parts.map((part) => part.padStart(2, '0')).join('-');
  if (first.length === 4) return iso(first, second, last);
  if (last.length !== 4) return typed;
  if (separator !== '/' || Number(first) > 12 || first === second) return iso(last, second, first);
  return Number(second) > 12 ? iso(last, first, second) : typed;
}
