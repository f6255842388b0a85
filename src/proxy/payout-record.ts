import { createHash } from 'node:crypto';
import type { LesspayBatchDetail } from '../lesspay/client.ts';
import type { PayoutDetail } from '../protocol/messages.ts';
import type { FieldError, ProblemCode } from '../protocol/problem.ts';
import type { PayoutStatus } from '../protocol/status.ts';
import type { LeanxInvoice, LesspayBeneficiary } from '../rules/mapping.ts';
import type { Delivery } from './delivery.ts';

/** What is sent upstream, in its spelling. */
export type Outgoing =
  | { via: 'batch'; wayType?: string | undefined; wayCode: string; details: LesspayBatchDetail[] }
  | { via: 'single'; wayType?: string | undefined; wayCode: string; beneficiary: LesspayBeneficiary }
  | { via: 'leanx'; poolReference: string; invoice: LeanxInvoice };

/** A payout request as the store keeps it; times in epoch milliseconds. */
export interface PayoutRecord {
  requestId: string;
  actorId: string;
  via: Outgoing['via'];
  currency: string;
  total: string;
  status: PayoutStatus;
  details: PayoutDetail[];
  /** Store keys under which equal payouts meet, one for each detail. */
  equalKeys: string[];
  /** Kept until the upstream is known to have it, since the same thing may have to be sent again; it holds account numbers. */
  outgoing?: Outgoing;
  /** LeanX's bank, to compare its callback with. */
  serviceId?: number;
  payOrderId?: string;
  /** A certain refusal, told again to whoever repeats the request. */
  refusal?: { code: ProblemCode; detail: string; upstreamCode?: string; errors?: FieldError[]; requestId?: string };
  createdAt: number;
  /** When it was last sent; unset while nothing can have reached the upstream. */
  sentAt?: number;
  leaseUntil: number;
  queriedAt?: number;
  /** When it is to be looked at next while it is open; without it, since it was made. */
  dueAt?: number;
  deliveries: Record<string, Delivery>;
}

/** What an idempotency key stands for. */
export interface IdempotencyRecord {
  requestId: string;
  fingerprint: string;
}

/** Which request holds a payout of the same reference, amount and recipient. */
export interface EqualPayoutRecord {
  requestId: string;
}

/** Store key of a payout request. */
export function payoutKey(requestId: string): string {
  return `payout:${requestId}`;
}

/** Store key of an actor's idempotency key. */
export function idempotencyKey(actorId: string, key: string): string {
  return `payout-key:${digest([actorId, key])}`;
}

/** Store key under which equal payouts meet. */
export function equalPayoutKey(payout: object, currency: string): string {
  return `payout-equal:${digest([currency, payout])}`;
}

/** A digest that is the same for equal JSON values, whatever the order of their members. */
export function digest(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}

function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`);
  return `{${members.join(',')}}`;
}
