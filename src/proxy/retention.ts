import { isFinal } from '../protocol/status.ts';
import type { ProxyConfig } from './config.ts';
import type { PayinRecord } from './payin-record.ts';
import type { PayoutRecord } from './payout-record.ts';
import type { Keep } from './store/records.ts';
import type { StoreWriteOptions } from './store/store.ts';

/** How the records of each kind are kept. */
export interface Retention {
  payin: Keep<PayinRecord>;
  /** Which payment an order has; takes the payment. */
  order: Keep<PayinRecord>;
  payout: Keep<PayoutRecord>;
  /** The keys by which a payout is found again, while it is open. */
  openKey: StoreWriteOptions;
  /** The same after it has ended. */
  endedKey: StoreWriteOptions;
}

/** By how much a key outlives the record it leads to: the record is written last, after a hook that took its time. */
const KEY_MARGIN_MS = 86_400_000;

/**
 * Makes the one place that decides how long a record stays. What is open is listed for `reconcile`; what has ended expires
 * `retentionMs` after its last change, and no earlier than the keys that keep it from being made again. An open payout
 * never expires, whatever became of the upstream; an open pay-in does, long after its checkout has closed.
 */
export function createRetention({ retentionMs }: Pick<ProxyConfig, 'retentionMs'>, now: () => number): Retention {
  const ended = { expiresInMs: retentionMs };
  const untilClosed = ({ expiresAt }: PayinRecord): number => Math.max(0, expiresAt - now());
  return {
    payin: (record) =>
      isFinal(record.status)
        ? ended
        : { expiresInMs: untilClosed(record) + retentionMs, dueAt: record.dueAt ?? record.createdAt },
    order: (record) => ({ expiresInMs: untilClosed(record) + retentionMs + KEY_MARGIN_MS }),
    payout: (record) =>
      isFinal(record.status) && record.keysExpire === true ? ended : { dueAt: record.dueAt ?? record.createdAt },
    openKey: {},
    endedKey: { expiresInMs: retentionMs + KEY_MARGIN_MS },
  };
}
