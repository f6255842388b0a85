import type { PayoutDetail } from '../../protocol/messages.ts';
import type { PayinStatus, PayoutStatus } from '../../protocol/status.ts';

/**
 * What can happen to a pay-in. Only `payin.paid` fulfils, once per order: when a second payment of an order that is paid comes
 * in, because its checkout was paid late, that is `payin.paid-twice`. `payin.declined` and `payin.disputed` are risk notices
 * and never change the status.
 */
export type PayinEventType =
  | 'payin.paid'
  | 'payin.paid-twice'
  | 'payin.failed'
  | 'payin.canceled'
  | 'payin.closed'
  | 'payin.refunded'
  | 'payin.amount-differs'
  | 'payin.declined'
  | 'payin.disputed';

/** What `onPayin` gets. */
export interface PayinEvent {
  /** The same for every delivery of this event: key the effect by it, in the transaction that has the effect. */
  id: string;
  type: PayinEventType;
  /** The merchant's reference, as given to `resolveOrder`. */
  order: string;
  requestId: string;
  payOrderId: string;
  /** The order's amount, a decimal string in major units. */
  amount: string;
  currency: string;
  status: PayinStatus;
  /** What was received instead, where `payin.amount-differs` tells; a decimal string in major units. */
  receivedAmount?: string;
  /** The payment that the order was paid by before, where `payin.paid-twice` tells of another. */
  firstRequestId?: string;
  /** When the proxy learnt of it; ISO 8601, UTC. */
  at: string;
}

/**
 * What can happen to a payout request. `payout.failed` covers `failed`, `canceled` and `closed`; `payout.refunded` tells
 * that the money of a finished payout came back.
 */
export type PayoutEventType =
  'payout.processing' | 'payout.succeeded' | 'payout.partly-succeeded' | 'payout.failed' | 'payout.refunded';

/** What `onPayout` gets. */
export interface PayoutEvent {
  /** The same for every delivery of this event: key the effect by it, in the transaction that has the effect. */
  id: string;
  type: PayoutEventType;
  /** The merchant's reference of the payout; of the first one, where the request has several (see `details`). */
  reference: string;
  requestId: string;
  payOrderId: string;
  /** The total, a decimal string in major units. */
  amount: string;
  currency: string;
  status: PayoutStatus;
  details: PayoutDetail[];
  /** Who ended it by `proxy.payouts.resolve`, where the upstream did not. */
  decidedBy?: string;
  /** When the proxy learnt of it; ISO 8601, UTC. */
  at: string;
}
