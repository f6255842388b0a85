import { isFinal } from '../../protocol/status.ts';
import type { ProxyContext } from '../context.ts';
import { backOff } from '../lifecycle/back-off.ts';
import type { ReconcileOne, ReconcileOutcome } from '../reconcile.ts';
import { toJson, updateRecord } from '../store/records.ts';
import type { PayinOrderExpiry } from './order-expiry.ts';
import { hasExpired, isOverdue, type PayinRecord, payinKey } from './record.ts';
import { isProven, type PayinSettlement } from './settlement.ts';

/** Makes what `reconcile` does for a payment: ask, and follow the answer; nothing is opened for a shopper who is not there. */
export function createPayinReconcile(
  context: ProxyContext,
  settlement: PayinSettlement,
  expireOrder: PayinOrderExpiry,
): ReconcileOne<PayinRecord> {
  const { store, keep, now, logger } = context;

  return async function reconcile({ record, version }) {
    if (isFinal(record.status) || record.isGivenUp) {
      await expireOrder(record);
      return undefined;
    }
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
    if (status !== record.status) return 'moved';
    if (isOverdue(record, time)) await giveUp(record);
    return 'waiting';
  };

  /** The platform calls it open long after nobody can pay it any more; a late notice still finds it for `retentionMs`. */
  async function giveUp(record: PayinRecord): Promise<void> {
    logger.warn({ event: 'payin-given-up', requestId: record.requestId });
    await updateRecord<PayinRecord>(store, payinKey(record.requestId), keep.payin, (current) =>
      isFinal(current.status) ? undefined : { ...current, isGivenUp: true },
    );
    await expireOrder(record);
  }

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
