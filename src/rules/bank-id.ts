import type { IssueCode } from './types.ts';

/** Checks the `payout_service_id` of LeanX: a positive whole number. */
export function checkBankId(value: unknown): IssueCode | undefined {
  if (typeof value !== 'number') return 'wrong-type';
  return Number.isSafeInteger(value) && value > 0 ? undefined : 'bank-id-format';
}
