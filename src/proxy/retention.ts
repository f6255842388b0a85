import { isFinal } from '../protocol/status.ts';
import type { ProxyConfig } from './config.ts';
import type { PayinRecord } from './payin-record.ts';
import type { PayoutRecord } from './payout-record.ts';
import type { Keep } from './store/records.ts';

/** How the records of each kind are kept. */
export interface Retention {
  payin: Keep<PayinRecord>;
  payout: Keep<PayoutRecord>;
  /** What stands beside them: an order's current payment, an idempotency key. */
  marker: Keep<object>;
}

/**
 * Makes the one place that decides how long a record stays. What is open is listed for `reconcile`; what has ended expires
 * `retentionMs` after its last change. An open payout never expires, whatever became of the upstream; an open pay-in does,
 * since its checkout closed long before.
 */
export function createRetention({ retentionMs }: Pick<ProxyConfig, 'retentionMs'>): Retention {
  const settled = { expiresInMs: retentionMs };
  return {
    marker: () => settled,
    payin: (record) => (isFinal(record.status) ? settled : { ...settled, dueAt: record.dueAt ?? record.createdAt }),
    payout: (record) => (isFinal(record.status) ? settled : { dueAt: record.dueAt ?? record.createdAt }),
  };
}
