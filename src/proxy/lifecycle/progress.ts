import type { PayinStatus, PayoutStatus } from '../../protocol/status.ts';

/** Later statuses have higher ranks; equal ranks do not replace one another, except as said below. */
const PAYIN_RANK: Record<PayinStatus, number> = {
  unknown: 0,
  pending: 1,
  failed: 2,
  canceled: 2,
  closed: 2,
  'amount-differs': 3,
  paid: 4,
  refunded: 5,
};

const PAYOUT_RANK: Record<PayoutStatus, number> = {
  unknown: 0,
  review: 1,
  processing: 2,
  failed: 3,
  canceled: 3,
  closed: 3,
  'partly-succeeded': 4,
  succeeded: 5,
  refunded: 6,
};

/** Whether a pay-in may go from one status to another: only forward, so that a late "failed" never undoes "paid". */
export function isPayinProgress(from: PayinStatus, to: PayinStatus): boolean {
  return PAYIN_RANK[to] > PAYIN_RANK[from];
}

/** As `isPayinProgress`, for payouts. */
export function isPayoutProgress(from: PayoutStatus, to: PayoutStatus): boolean {
  return PAYOUT_RANK[to] > PAYOUT_RANK[from];
}

/**
 * Whether the query API's word bears out a notice: it is as far or further. Only a notice that says "paid" can make an
 * order paid, whatever the query says (the payment's own notice will come); of "paid" and "paid another amount" the query
 * API's reading holds.
 */
export function confirmsPayin(queried: PayinStatus, noticed: PayinStatus): boolean {
  if (queried === 'paid') return noticed === 'paid';
  if (queried === 'amount-differs') return noticed === 'paid' || noticed === 'amount-differs';
  return PAYIN_RANK[queried] >= PAYIN_RANK[noticed];
}

/** As `confirmsPayin`, for payouts: a partly succeeded payout is a finished one. */
export function confirmsPayout(queried: PayoutStatus, noticed: PayoutStatus): boolean {
  if (noticed === 'succeeded' && queried === 'partly-succeeded') return true;
  return PAYOUT_RANK[queried] >= PAYOUT_RANK[noticed];
}

/** Whether money has come in: nothing more may be charged for the order. */
export function hasBeenPaid(status: PayinStatus): boolean {
  return PAYIN_RANK[status] >= PAYIN_RANK['amount-differs'];
}

/** Whether a pay-in ended without money, so that a new one may be made. */
export function endedUnpaid(status: PayinStatus): boolean {
  return PAYIN_RANK[status] === PAYIN_RANK.failed;
}
