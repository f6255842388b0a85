import { isFinal } from '../../protocol/status.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import { backOff } from '../lifecycle/back-off.ts';
import type { ReconcileOne, ReconcileOutcome } from '../reconcile.ts';
import type { Versioned } from '../store/records.ts';
import type { PayoutKeyExpiry } from './key-expiry.ts';
import type { PayoutLeases } from './lease.ts';
import type { PayoutLimiter } from './limits.ts';
import { endedBatch, type PayoutRecord } from './record.ts';
import type { PayoutSending } from './sending.ts';
import type { PayoutSettlement } from './settlement.ts';

/** Makes what `reconcile` does for a payout: find out what became of it, and send it again only where it never arrived. */
export function createPayoutReconcile(
  context: ProxyContext,
  settlement: PayoutSettlement,
  sending: PayoutSending,
  leases: PayoutLeases,
  expireKeys: PayoutKeyExpiry,
  limiter: PayoutLimiter,
): ReconcileOne<PayoutRecord> {
  const { payouts, now, logger } = context;

  return async function reconcile(found) {
    const { record, version } = found;
    if (isFinal(record.status)) {
      await limiter.release(record);
      await expireKeys(record);
      return undefined;
    }
    const time = now();
    if (record.leaseUntil > time) return 'busy';
    if (record.status === 'unknown') return record.sentAt === undefined ? closeUnsent(found) : recover(found, time);
    const noted: PayoutRecord = { ...record, ...backOff(record, time), queriedAt: time };
    if (!(await payouts.replace(version, noted))) return 'busy';
    const facts = await settlement.query(noted);
    if (!facts) {
      logger.error({ event: 'payout-not-upstream', requestId: record.requestId });
      return 'waiting';
    }
    const { status } = await settlement.advance(noted, facts);
    return status === record.status ? 'waiting' : 'moved';
  };

  async function recover({ record, version }: Versioned<PayoutRecord>, time: number): Promise<ReconcileOutcome> {
    const claimed: PayoutRecord = { ...record, ...leases.take(), ...backOff(record, time), queriedAt: time };
    if (!(await payouts.replace(version, claimed))) return 'busy';
    try {
      const { status } = await sending.recover(claimed);
      return status === 'unknown' ? 'waiting' : 'moved';
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'upstream-refused') return 'moved';
      throw error;
    }
  }

  /**
   * Its sender is gone or was told that nothing was sent, and who still wants it paid has had the time to say so. Paying now
   * what may since have been paid elsewhere would be worse than paying nothing: it ends, and the merchant, who was never
   * told of it, hears nothing.
   */
  async function closeUnsent({ record, version }: Versioned<PayoutRecord>): Promise<ReconcileOutcome> {
    const ended = endedBatch(record, 'closed');
    if (!(await payouts.replace(version, ended))) return 'busy';
    await limiter.tryRelease(ended);
    logger.warn({ event: 'payout-never-sent', requestId: record.requestId });
    return 'moved';
  }
}
