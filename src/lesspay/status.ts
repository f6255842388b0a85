import type { PayinStatus, PayoutStatus } from '../protocol/status.ts';

interface StatusWord<S> {
  int: number;
  word: string;
  status: S;
}

/** Lesspay docs, Parameter Specifications, `order_status`. */
const PAYIN: readonly StatusWord<PayinStatus>[] = [
  { int: 0, word: 'PENDING_CONFIRM', status: 'pending' },
  { int: 1, word: 'PENDING_PAY', status: 'pending' },
  { int: 2, word: 'SUCCEED', status: 'paid' },
  { int: 3, word: 'FAILED', status: 'failed' },
  { int: 4, word: 'CANCELED', status: 'canceled' },
  { int: 5, word: 'REFUND', status: 'refunded' },
  { int: 6, word: 'CLOSED', status: 'closed' },
  // "Paid, but the amount differs from the order."
  { int: 12, word: 'PAID', status: 'amount-differs' },
];

const PAYOUT: readonly StatusWord<PayoutStatus>[] = [
  { int: 0, word: 'PENDING_CONFIRM', status: 'review' },
  { int: 1, word: 'PENDING_PAY', status: 'processing' },
  { int: 2, word: 'SUCCEED', status: 'succeeded' },
  { int: 3, word: 'FAILED', status: 'failed' },
  { int: 4, word: 'CANCELED', status: 'canceled' },
  { int: 5, word: 'REFUND', status: 'refunded' },
  { int: 6, word: 'CLOSED', status: 'closed' },
  { int: 11, word: 'PARTIAL_SUCCESS', status: 'partly-succeeded' },
];

/** Further spellings for payouts: Payout webhook page (`SUCCESS`), vendor demo (`Succeeded`, `CREATED`, `PROCESSING`, `REFUNDED`). */
const PAYOUT_SYNONYMS: Readonly<Record<string, PayoutStatus>> = {
  SUCCESS: 'succeeded',
  SUCCEEDED: 'succeeded',
  CREATED: 'review',
  PROCESSING: 'processing',
  CANCELLED: 'canceled',
  REFUNDED: 'refunded',
};

const DIGITS = /^[0-9]{1,2}$/;

/**
 * A pay-in's status from its word, its number, or both; a number may also stand in the word's place. `unknown` when it is not one of
 * the published, when the two disagree, or when there is neither. Only the exact word `SUCCEED`, or 2 alone, is paid.
 */
export function readPayinStatus(word: string | undefined, int?: string | number): PayinStatus {
  const byWord = word === undefined ? undefined : PAYIN.find((row) => row.word === word || isNumber(word, row.int));
  const byInt = int === undefined ? undefined : PAYIN.find((row) => isNumber(String(int), row.int));
  if (word !== undefined && byWord === undefined) return 'unknown';
  if (int !== undefined && byInt === undefined) return 'unknown';
  if (byWord !== undefined && byInt !== undefined && byWord !== byInt) return 'unknown';
  return (byWord ?? byInt)?.status ?? 'unknown';
}

/** A payout's or a detail's status from any documented spelling, in any case; `unknown` for anything else. */
export function readPayoutStatus(word: string | undefined): PayoutStatus {
  if (word === undefined) return 'unknown';
  const upper = word.trim().toUpperCase();
  const found = PAYOUT.find((row) => row.word === upper || isNumber(upper, row.int));
  return found?.status ?? (Object.hasOwn(PAYOUT_SYNONYMS, upper) ? PAYOUT_SYNONYMS[upper] : undefined) ?? 'unknown';
}

function isNumber(text: string, int: number): boolean {
  return DIGITS.test(text) && Number(text) === int;
}

/** Whether `audit_state` says that the platform's review refused a payout (Lesspay demo: `PENDING`, `APPROVED`, `REJECTED`). */
export function isRejected(auditState: string | undefined): boolean {
  return auditState?.toUpperCase() === 'REJECTED';
}
