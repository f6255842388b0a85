/** Where a pay-in stands. `unknown`: the upstream's answer was lost and has not been recovered yet; it never means "failed". */
export type PayinStatus =
  'pending' | 'paid' | 'failed' | 'canceled' | 'refunded' | 'closed' | 'amount-differs' | 'unknown';

/** Where a payout stands. `review`: waiting for the platform's manual review. `unknown`: as for pay-ins. */
export type PayoutStatus =
  | 'review'
  | 'processing'
  | 'succeeded'
  | 'failed'
  | 'canceled'
  | 'refunded'
  | 'closed'
  | 'partly-succeeded'
  | 'unknown';

/** Why a payout failed, for whoever may send it again. Closed: the upstream's own text stays on the server. */
export type PayoutFailure =
  | 'review-rejected'
  | 'account-invalid'
  | 'name-mismatch'
  | 'balance-insufficient'
  | 'limit-exceeded'
  | 'bank-unavailable'
  | 'channel-failed'
  | 'canceled'
  | 'refunded'
  | 'closed';

const OPEN = new Set<string>(['pending', 'review', 'processing', 'unknown']);

/** Whether nothing more is expected: a page may stop asking. A later refund is an event of its own. */
export function isFinal(status: PayinStatus | PayoutStatus): boolean {
  return !OPEN.has(status);
}
