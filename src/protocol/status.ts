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
  // The platform's review said no. Ask the platform why before you send it again.
  | 'review-rejected'
  // There is no such account, or it takes no money. Correct the account with the recipient.
  | 'account-invalid'
  // The account is somebody else's. Correct the name or the account with the recipient.
  | 'name-mismatch'
  // The pool or balance was too low. Top it up, then send it again.
  | 'balance-insufficient'
  // Above a limit of the channel or of the account. Send less at once, or later.
  | 'limit-exceeded'
  // The recipient's bank could not be reached. Send it again later.
  | 'bank-unavailable'
  // The channel gave no reason that is published. Ask the platform.
  | 'channel-failed'
  // It was canceled at the platform. Send it again if it is still owed.
  | 'canceled'
  // It was paid, and came back. Ask the recipient before you send it again.
  | 'refunded'
  // It was never paid and never will be. Send it again if it is still owed.
  | 'closed';

const OPEN = new Set<string>(['pending', 'review', 'processing', 'unknown']);

/** Whether nothing more is expected: a page may stop asking. A later refund is an event of its own. */
export function isFinal(status: PayinStatus | PayoutStatus): boolean {
  return !OPEN.has(status);
}
