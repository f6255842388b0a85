import { sha256Hex } from '../../lesspay/digest.ts';
import type { PayinStatus } from '../../protocol/status.ts';
import type { Delivery } from '../merchant/delivery.ts';
import type { CheckedOrder } from './priced-order.ts';

/** Which payment is the current one of an order. */
export interface OrderRecord {
  requestId: string;
  /** The payment by which money has come in, be it the current one or one before: nothing more may be opened. */
  paidBy?: string;
  /** The first payment that has brought the order's whole amount: only its event says `payin.paid`. */
  fulfilledBy?: string;
}

/** A pay-in as the store keeps it; times in epoch milliseconds. */
export interface PayinRecord {
  requestId: string;
  /** The merchant's reference. */
  order: string;
  priced: Pick<CheckedOrder, 'amount' | 'currency'>;
  /** Kept until the upstream is known to have it, since the same thing may have to be sent again. */
  outgoing?: CheckedOrder | undefined;
  status: PayinStatus;
  createdAt: number;
  expiresAt: number;
  /** Until when the replica that is opening the payment upstream has it to itself. */
  leaseUntil: number;
  payOrderId?: string;
  /** Where the shopper pays, as long as that is possible. */
  checkoutUrl?: string | undefined;
  receivedAmount?: string;
  /** When a page first asked for a status that was not final. */
  askedSince?: number;
  /** When the query API was last asked. */
  queriedAt?: number;
  /** When it is to be looked at next while it is open; without it, since it was made. */
  dueAt?: number;
  /** How often `reconcile` has looked at it. */
  checks?: number;
  /** The platform has called it open for so long after its checkout that it is asked no more; a late notice still counts. */
  isGivenUp?: true;
  /** Whether its order, and so the record, has been given an end. */
  orderExpires?: boolean;
  deliveries: Record<string, Delivery>;
}

/** How long after its expiry a payment is asked for that the platform neither closes nor calls paid. */
const ASKED_FOR_MS = 7 * 86_400_000;

/**
 * How long after its expiry an unpaid payment still blocks a new one: whether the platform closes expired payments is not
 * published, so the query API's "still pending" is believed until then.
 */
const EXPIRY_GRACE_MS = 600_000;

/** Whether a payment's checkout is over for good, with some time for the platform to say so itself. */
export function hasExpired({ expiresAt }: PayinRecord, time: number): boolean {
  return time > expiresAt + EXPIRY_GRACE_MS;
}

/** Whether the platform has had more than the time it may need to say what became of a payment. */
export function isOverdue({ expiresAt }: PayinRecord, time: number): boolean {
  return time > expiresAt + ASKED_FOR_MS;
}

/** Store key of a pay-in. */
export function payinKey(requestId: string): string {
  return `payin:${requestId}`;
}

/** Store key of an order's current payment; a digest, because a reference may hold any characters. */
export function orderKey(order: string): string {
  return `order:${sha256Hex(order)}`;
}
