import { isFinal } from '../../protocol/status.ts';
import type { ProxyContext } from '../context.ts';
import { readRecord, toJson } from '../store/records.ts';
import type { PayoutRecord } from './record.ts';

/** How many store calls of one request run side by side. */
const KEYS_AT_ONCE = 32;

/** Lets the keys of an ended payout expire, and then the payout itself. */
export type PayoutKeyExpiry = (record: PayoutRecord) => Promise<void>;

/**
 * Makes what follows a payout's end. Until the keys have been told to expire the payout stays, and stays listed for
 * `reconcile`: a crash on the way leaves keys without an end and never an open door.
 */
export function createPayoutKeyExpiry({ store, payouts, keep }: ProxyContext): PayoutKeyExpiry {
  async function letExpire(key: string, requestId: string): Promise<void> {
    const found = await readRecord<{ requestId: string }>(store, key);
    // Another payout may have taken the place of one that failed.
    if (found?.record.requestId !== requestId) return;
    await store.replace(key, found.version, toJson(found.record), keep.endedKey);
  }

  return async function expire({ requestId, idempotencyKey, equalKeys }) {
    const keys = [idempotencyKey, ...equalKeys];
    for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
      await Promise.all(keys.slice(from, from + KEYS_AT_ONCE).map((key) => letExpire(key, requestId)));
    }
    await payouts.update({ requestId }, (current) =>
      isFinal(current.status) ? { ...current, keysExpire: true } : undefined,
    );
  };
}
