import { isFinal } from '../protocol/status.ts';
import type { ProxyConfig } from './config.ts';
import type { PayinRecord } from './payin/record.ts';
import type { PayoutRecord } from './payout/record.ts';
import type { Keep } from './store/records.ts';
import type { StoreWriteOptions } from './store/store.ts';

/** How the records of each kind are kept. */
export interface Retention {
  payin: Keep<PayinRecord>;
  /** Which payment an order has, while that one is open. */
  openOrder: StoreWriteOptions;
  /** The same after it has ended. */
  endedOrder: StoreWriteOptions;
  payout: Keep<PayoutRecord>;
  /** The keys by which a payout is found again, while it is open. */
  openKey: StoreWriteOptions;
  /** The same after it has ended. */
  endedKey: StoreWriteOptions;
}

/** By how much a key outlives the record it leads to: the record is written last, after a hook that took its time. */
const KEY_MARGIN_MS = 86_400_000;

/**
 * Makes the one place that decides how long a record stays. What is open never expires, whatever became of the upstream,
 * and is listed for `reconcile`. What has ended expires `retentionMs` after its last change, once the keys that keep it from
 * being made again have been given an end, which comes later than its own.
 */
export function createRetention({ retentionMs }: Pick<ProxyConfig, 'retentionMs'>): Retention {
  const ended = { expiresInMs: retentionMs };
  const endedKey = { expiresInMs: retentionMs + KEY_MARGIN_MS };
  return {
    payin: (record) =>
      record.orderExpires === true && (isFinal(record.status) || record.isGivenUp)
        ? ended
        : { dueAt: record.dueAt ?? record.createdAt },
    openOrder: {},
    endedOrder: endedKey,
    payout: (record) =>
      isFinal(record.status) && record.keysExpire === true ? ended : { dueAt: record.dueAt ?? record.createdAt },
    openKey: {},
    endedKey,
  };
}
