import { isFinal } from '../protocol/status.ts';
import { backOff } from './back-off.ts';
import type { ProxyContext } from './context.ts';
import { hasExpired, type PayinRecord, payinKey } from './payin-record.ts';
import { isProven, type PayinSettlement } from './payin-settlement.ts';
import type { ReconcileOne, ReconcileOutcome } from './reconcile.ts';
import { toJson, updateRecord } from './store/records.ts';

/** Makes what `reconcile` does for a payment: ask, and follow the answer; nothing is opened for a shopper who is not there. */
export function createPayinReconcile(context: ProxyContext, settlement: PayinSettlement): ReconcileOne<PayinRecord> {
  const { store, keep, now, logger } = context;

  return async function reconcile({ record, version }) {
    if (isFinal(record.status)) return undefined;
    const time = now();
    if (record.leaseUntil > time) return 'busy';
    const noted: PayinRecord = { ...record, ...backOff(record, time), queriedAt: time };
    if (!(await store.replace(payinKey(record.requestId), version, toJson(noted), keep.payin(noted)))) return 'busy';
    const state = await settlement.query(noted);
    if (!state) return hasExpired(noted, time) ? close(noted) : 'waiting';
    if (!isProven(state)) {
      settlement.unproven(noted, state.status);
      return 'waiting';
    }
    const { status } = await settlement.advance(noted, state);
    return status === record.status ? 'waiting' : 'moved';
  };

  /** The platform has no such payment, and its checkout would have closed by now. */
  async function close(record: PayinRecord): Promise<ReconcileOutcome> {
    const { requestId, checkoutUrl } = record;
    logger.warn({ event: 'payin-not-upstream', requestId });
    // Of a payment that nobody was ever sent to the merchant was not told, and its order may have another one by now.
    if (checkoutUrl === undefined) {
      await updateRecord<PayinRecord>(store, payinKey(requestId), keep.payin, (current) =>
        current.status === 'unknown' ? { ...current, status: 'closed', outgoing: undefined, leaseUntil: 0 } : undefined,
      );
    } else {
      await settlement.advance(record, { status: 'closed' });
    }
    return 'moved';
  }
}
