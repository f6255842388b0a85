import type { PayoutDetail } from '../../protocol/messages.ts';
import type { ProxyContext } from '../context.ts';
import { listDue } from '../store/list-due.ts';
import { readRecord } from '../store/records.ts';
import type { PayoutRecord } from './record.ts';

/** Which payouts to list. */
export interface ListUnknownOptions {
  /** How many at most; a whole number, 100 by default. */
  limit?: number | undefined;
  /** Goes on after a page that had a `next`. */
  after?: string | undefined;
}

/** A payout of which nobody knows what became of it. */
export interface UnknownPayout {
  /** What `resolve` takes. */
  requestId: string;
  upstream: 'lesspay' | 'leanx';
  currency: string;
  /** Sum of the amounts, decimal string. */
  total: string;
  /** As its status shows them. */
  details: PayoutDetail[];
  /** ISO 8601, UTC. */
  createdAt: string;
  /** When it was last sent; a payout without it never was, and `reconcile` closes it. */
  sentAt?: string;
  /** Whether somebody is sending it, or asking about it, at this moment: then it cannot be decided yet. */
  isAtWork: boolean;
  /** Whether the platform has another payout under its id, so that it cannot be sent again. */
  isHalted: boolean;
}

/** A page of them, by their ids. */
export interface UnknownPayouts {
  payouts: UnknownPayout[];
  /** Where there may be more: what to give as `after`. */
  next?: string;
}

/** Lists the payouts that are left to people. */
export type ListUnknown = (options?: ListUnknownOptions) => Promise<UnknownPayouts>;

/** Every moment that anything can be due at, and more keys than anybody has open. */
const EVER = Number.MAX_SAFE_INTEGER;
const ALL = 1_000_000;
/** How many records are read side by side. */
const READS_AT_ONCE = 32;

/**
 * Makes the list. It goes by id, which does not change, where the store's own order does with every `reconcile`: whoever
 * turns its pages sees every payout that stays unknown meanwhile.
 */
export function createListUnknown({ store, now }: ProxyContext): ListUnknown {
  return async function listUnknown({ limit = 100, after = '' } = {}) {
    if (!Number.isInteger(limit) || limit < 1)
      throw new RangeError('listUnknown: limit must be a whole number above 0.');
    const open = await listDue(store, { kind: 'payout', before: EVER, limit: ALL }, 'payouts.listUnknown');
    const keys = open.filter((key) => idOf(key) > after).sort();
    const payouts: UnknownPayout[] = [];
    for (let from = 0; from < keys.length; from += READS_AT_ONCE) {
      const found = await Promise.all(
        keys.slice(from, from + READS_AT_ONCE).map((key) => readRecord<PayoutRecord>(store, key)),
      );
      for (const one of found) {
        if (one?.record.status !== 'unknown') continue;
        payouts.push(shown(one.record, now()));
        if (payouts.length === limit) return { payouts, next: one.record.requestId };
      }
    }
    return { payouts };
  };
}

function idOf(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

function shown(record: PayoutRecord, time: number): UnknownPayout {
  const { requestId, via, currency, total, details, createdAt, sentAt, leaseUntil, isHalted } = record;
  return {
    requestId,
    upstream: via === 'leanx' ? 'leanx' : 'lesspay',
    currency,
    total,
    details,
    createdAt: new Date(createdAt).toISOString(),
    ...(sentAt === undefined ? {} : { sentAt: new Date(sentAt).toISOString() }),
    isAtWork: leaseUntil > time,
    isHalted: isHalted === true,
  };
}
