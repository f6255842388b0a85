import { createHash } from 'node:crypto';
import type { LesspayBatchDetail } from '../../lesspay/client.ts';
import type { PayoutDetail } from '../../protocol/messages.ts';
import type { FieldError, ProblemCode } from '../../protocol/problem.ts';
import type { PayoutStatus } from '../../protocol/status.ts';
import type { LeanxInvoice, LesspayBeneficiary } from '../../rules/mapping.ts';
import type { Delivery } from '../merchant/delivery.ts';
import type { PayoutDecision } from './decision.ts';

/**
 * What is sent upstream, in its spelling; with where its notices go, since the same id with other parameters is a conflict,
 * also when the configuration has changed between two sends.
 */
export type Outgoing = { notifyUrl: string } & (
  | { via: 'batch'; wayType?: string | undefined; wayCode: string; details: LesspayBatchDetail[] }
  | { via: 'single'; wayType?: string | undefined; wayCode: string; beneficiary: LesspayBeneficiary }
  | { via: 'leanx'; poolReference: string; invoice: LeanxInvoice }
);

/** What of a payout counts towards the limits of one day, and what the sums of that day are known to have of it. */
export interface CountedPayout {
  /** `2026-11-20`, in the time zone of the limits. */
  day: string;
  /** Decimal string. */
  amount: string;
  /** Grows by one whenever `day` or `amount` changes. */
  turn: number;
  /** The last turn of this day that both sums have. */
  booked?: { turn: number; amount: string };
}

/** A payout request as the store keeps it; times in epoch milliseconds. */
export interface PayoutRecord {
  requestId: string;
  actorId: string;
  via: Outgoing['via'];
  currency: string;
  total: string;
  status: PayoutStatus;
  details: PayoutDetail[];
  /** Store key of the attempt's idempotency key. */
  idempotencyKey: string;
  /** Store keys under which equal payouts meet, one for each detail. */
  equalKeys: string[];
  /** Kept until the upstream is known to have it, since the same thing may have to be sent again; it holds account numbers. */
  outgoing?: Outgoing;
  /** LeanX's bank, to compare its callback with. */
  serviceId?: number;
  payOrderId?: string;
  /** What of it counts towards `payout.limits`. */
  counted?: CountedPayout;
  /** A certain refusal, told again to whoever repeats the request. */
  refusal?: { code: ProblemCode; detail: string; upstreamCode?: string; errors?: FieldError[]; requestId?: string };
  createdAt: number;
  /** When it was last sent; unset while nothing can have reached the upstream. */
  sentAt?: number;
  /** How many requests have been begun under this id. */
  sends?: number;
  /** The code by which the upstream refused a request after the first, whose fate is not known. */
  refusedCode?: string;
  /** The upstream has something else under our id: nothing is sent any more. */
  isHalted?: true;
  /** The last decision of an operator about it, while it was unknown. */
  decision?: { made: PayoutDecision; by: string; at: string };
  /** Until when whoever is sending has it to itself, and who that is. */
  leaseUntil: number;
  leaseOwner?: string;
  queriedAt?: number;
  /** When it is to be looked at next while it is open; without it, since it was made. */
  dueAt?: number;
  /** How often `reconcile` has looked at it since its status last moved. */
  checks?: number;
  /** Whether its keys, and so the record, have been given an end. */
  keysExpire?: boolean;
  deliveries: Record<string, Delivery>;
}

/** A request that ended as a whole and for certain without money having moved. */
export function endedBatch(record: PayoutRecord, status: 'failed' | 'closed'): PayoutRecord {
  const details = record.details.map(({ reference, amount }): PayoutDetail => {
    return { reference, amount, status, ...(status === 'closed' ? { failure: status } : {}) };
  });
  return { ...without(record, 'outgoing'), status, details, leaseUntil: 0 };
}

/** A copy of a record without one of its optional members. */
export function without(record: PayoutRecord, member: 'outgoing' | 'sentAt' | 'sends'): PayoutRecord {
  const rest = { ...record };
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- one of three optional members of a fresh copy
  delete rest[member];
  return rest;
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
