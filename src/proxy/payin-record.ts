import { sha256Hex } from '../lesspay/digest.ts';
import type { PayinStatus } from '../protocol/status.ts';
import type { Delivery } from './delivery.ts';
import type { CheckedOrder } from './priced-order.ts';

/** Which payment is the current one of an order. */
export interface OrderRecord {
  requestId: string;
}

/** A pay-in as the store keeps it; times in epoch milliseconds. */
export interface PayinRecord {
  requestId: string;
  /** The merchant's reference. */
  order: string;
  priced: CheckedOrder;
  status: PayinStatus;
  createdAt: number;
  expiresAt: number;
  /** Until when the replica that is opening the payment upstream has it to itself. */
  leaseUntil: number;
  payOrderId?: string;
  checkoutUrl?: string;
  receivedAmount?: string;
  /** When a page first asked for a status that was not final. */
  askedSince?: number;
  /** When the query API was last asked. */
  queriedAt?: number;
  /** When it is to be looked at next while it is open; without it, since it was made. */
  dueAt?: number;
  deliveries: Record<string, Delivery>;
}

/** Store key of a pay-in. */
export function payinKey(requestId: string): string {
  return `payin:${requestId}`;
}

/** Store key of an order's current payment; a digest, because a reference may hold any characters. */
export function orderKey(order: string): string {
  return `order:${sha256Hex(order)}`;
}
