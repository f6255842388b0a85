import { typedText } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Checks a request id or payout reference: ASCII letters, digits, dot, underscore and dash, beginning with a letter or digit. */
export function checkRequestId(value: unknown, maxLength = 64): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'request-id-empty';
  if (value.length > maxLength) return 'request-id-too-long';
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value) ? undefined : 'request-id-characters';
}

/** Turns a typed reference into its wire form: ends trimmed, nothing invisible. */
export function normalizeRequestId(text: string): string {
  return typedText(text);
}
