import { isFinal } from '../../protocol/status.ts';
import type { ProxyContext } from '../context.ts';
import { errorFields } from '../journal/log.ts';
import { readRecord, toJson } from '../store/records.ts';
import type { PayoutLeases } from './lease.ts';
import type { PayoutLimiter } from './limits.ts';
import { endedBatch, type EqualPayoutRecord, type PayoutRecord } from './record.ts';
import { refusalProblem, type PayoutRefusal } from './refusal.ts';
import { type PayoutSending, stillSending } from './sending.ts';
import { UNPAID } from './settlement.ts';

/** How many store calls of one request run side by side. */
const CLAIMS_AT_ONCE = 32;
const MAX_ROUNDS = 20;

/** Refuses a request with payouts that are under way or done under another key; names them all. */
export type EqualPayouts = (record: PayoutRecord) => Promise<void>;

/** Makes the claims by which equal payouts meet: two keys are no reason to pay twice. */
export function createEqualPayouts(
  context: ProxyContext,
  sending: PayoutSending,
  leases: PayoutLeases,
  limiter: PayoutLimiter,
): EqualPayouts {
  const { store, payouts, keep, logger, now } = context;

  async function claimEquals(record: PayoutRecord): Promise<void> {
    const taken: { index: number; other: PayoutRecord }[] = [];
    for (let from = 0; from < record.equalKeys.length; from += CLAIMS_AT_ONCE) {
      const keys = record.equalKeys.slice(from, from + CLAIMS_AT_ONCE);
      const others = await Promise.all(
        keys.map((key, offset) => claimEqual(record, key, record.details[from + offset]?.reference ?? '')),
      );
      for (const [offset, other] of others.entries()) if (other) taken.push({ index: from + offset, other });
    }
    const [first] = taken;
    if (!first) return;
    const refusal: PayoutRefusal = {
      code: 'duplicate-payout',
      detail:
        'Payouts with the same reference, amount and recipient are already under way or done; errors names them, requestId the first one’s request.',
      requestId: first.other.requestId,
      errors: taken.map(({ index }) => ({ path: `payouts.${index}`, code: 'duplicate-payout' })),
    };
    const refused = await payouts.update(record, (current) => ({
      ...endedBatch(current, 'failed'),
      refusal,
    }));
    if (refused) await limiter.tryRelease(refused);
    await revive(first.other);
    throw refusalProblem(refused ?? { ...record, refusal });
  }

  /** Nothing of it was sent, and nobody is at it. */
  function wasAbandoned({ status, sentAt, leaseUntil }: PayoutRecord): boolean {
    return status === 'unknown' && sentAt === undefined && leaseUntil <= now();
  }

  async function claimEqual(record: PayoutRecord, key: string, reference: string): Promise<PayoutRecord | undefined> {
    const value = toJson({ requestId: record.requestId } satisfies EqualPayoutRecord);
    for (let attempt = 0; attempt < MAX_ROUNDS; attempt += 1) {
      if (await store.insert(key, value, keep.openKey)) return undefined;
      const marker = await readRecord<EqualPayoutRecord>(store, key);
      if (!marker) continue;
      const other = await payouts.find(marker.record.requestId);
      if (other && other.record.requestId !== record.requestId && !hasFailed(other.record, reference)) {
        if (!wasAbandoned(other.record)) return other.record;
        // Its sender was told that nothing was sent, or is gone: going on with it would pay also what nobody asks for any
        // more. Either this write or the one that precedes sending comes first, never both.
        const ended = endedBatch(other.record, 'closed');
        if (await payouts.replace(other.version, ended)) await limiter.tryRelease(ended);
        continue;
      }
      if (await store.replace(key, marker.version, value, keep.openKey)) return undefined;
    }
    throw stillSending(record);
  }

  /** An equal payout whose sender died is brought to its end under its own id, since somebody wants it paid. */
  async function revive(other: PayoutRecord): Promise<void> {
    if (other.status !== 'unknown' || other.leaseUntil > now()) return;
    const found = await payouts.find(other.requestId);
    // What was never sent is closed by whoever wants a payout of it, not sent as a whole.
    if (found?.record.status !== 'unknown' || found.record.sentAt === undefined) return;
    const claimed = await leases.claim(found);
    if (!claimed) return;
    try {
      await sending.recover(claimed);
    } catch (error) {
      logger.warn({ event: 'payout-resume-failed', requestId: other.requestId, ...errorFields(error) });
    }
  }

  return claimEquals;
}

/** Whether this payout inside a request has come to nothing; a batch may have failed in parts. */
function hasFailed(record: PayoutRecord, reference: string): boolean {
  if (UNPAID.has(record.status)) return true;
  const detail = record.details.find((own) => own.reference === reference);
  return isFinal(record.status) && detail !== undefined && UNPAID.has(detail.status);
}
