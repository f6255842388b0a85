import { sleep } from '../concurrency/sleep.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import { createRequestId } from '../lifecycle/request-id.ts';
import { askMerchant } from '../merchant/ask-merchant.ts';
import type { Actor, PayoutLimits, PayoutOptions } from '../options.ts';
import { readRecord, toJson } from '../store/records.ts';
import type { EqualPayouts } from './equal-payouts.ts';
import type { PayoutLeases } from './lease.ts';
import type { PayoutLimiter } from './limits.ts';
import {
  digest,
  endedBatch,
  equalPayoutKey,
  idempotencyKey,
  type IdempotencyRecord,
  type Outgoing,
  type PayoutRecord,
  payoutKey,
} from './record.ts';
import { refusalProblem } from './refusal.ts';
import type { CheckedPayouts } from './request.ts';
import { type PayoutSending, stillSending } from './sending.ts';

/** How long a record stays that lost the race for its key and was never sent. */
const ORPHAN_MS = 60_000;
const POLL_MS = 100;

/** One attempt to pay: who, under which key, what, and over which channel. */
export interface PayoutAttempt {
  /** The `Idempotency-Key`. */
  key: string;
  actor: Actor;
  checked: CheckedPayouts;
  outgoing: Outgoing;
}

/** Makes a payout request, or finds the one that this attempt has made before. */
export type PayoutOpening = (attempt: PayoutAttempt) => Promise<PayoutRecord>;

/** Makes the one place that decides which request an attempt to pay is: a repeated one never gets a second id. */
export function createPayoutOpening(
  context: ProxyContext,
  payout: PayoutOptions,
  sending: PayoutSending,
  leases: PayoutLeases,
  claimEquals: EqualPayouts,
  limiter: PayoutLimiter,
): PayoutOpening {
  const { store, payouts, config, keep, logger, now } = context;
  /** A dead sender's lease ends within this time; a living one may take longer than a caller should wait. */
  const patienceMs = Math.min(leases.leaseMs, config.answerTimeoutMs / 2);
  /** Requests at work in this process, by idempotency key. */
  const working = new Map<string, { fingerprint: string; promise: Promise<PayoutRecord> }>();

  function open(attempt: PayoutAttempt): Promise<PayoutRecord> {
    const key = idempotencyKey(attempt.actor.id, attempt.key);
    const fingerprint = digest(attempt.checked);
    const shared = working.get(key);
    if (shared) return shared.fingerprint === fingerprint ? shared.promise : Promise.reject(keyReused());
    const promise = payOnce(key, fingerprint, attempt).finally(() => working.delete(key));
    working.set(key, { fingerprint, promise });
    return promise;
  }

  async function payOnce(key: string, fingerprint: string, attempt: PayoutAttempt): Promise<PayoutRecord> {
    const { checked, actor } = attempt;
    const known = await readRecord<IdempotencyRecord>(store, key);
    if (known) return repeat(known.record, fingerprint, attempt);
    const limits = await limiter.ask(checked, actor);
    if (payout.review) {
      const isApproved = await askMerchant(
        'payout.review',
        logger,
        () => payout.review?.(structuredClone(checked), actor) ?? false,
      );
      if (!isApproved) throw new ProblemError('payout-not-approved', 'The shop’s review did not approve this payout.');
    }
    const record = newRecord(key, attempt);
    const { requestId } = record;
    await store.insert(payoutKey(requestId), toJson(record), keep.payout(record));
    const marker: IdempotencyRecord = { requestId, fingerprint };
    if (await store.insert(key, toJson(marker), keep.openKey)) return start(record, limits);
    // Another replica was faster with this key: this id was never sent and nobody has seen it.
    await discard(record);
    const winner = await readRecord<IdempotencyRecord>(store, key);
    if (winner) return repeat(winner.record, fingerprint, attempt);
    throw stillSending(record);
  }

  async function start(record: PayoutRecord, limits: PayoutLimits | undefined): Promise<PayoutRecord> {
    await claimEquals(record);
    await limiter.count(record, limits);
    return sending.send(record);
  }

  /** The same key again: the same answer, or the rest of the work when it was cut short. */
  async function repeat(
    known: IdempotencyRecord,
    fingerprint: string,
    { checked, actor }: PayoutAttempt,
  ): Promise<PayoutRecord> {
    if (known.fingerprint !== fingerprint) throw keyReused();
    for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += POLL_MS) {
      const found = await payouts.find(known.requestId);
      if (!found) break;
      const { record } = found;
      if (record.refusal) throw refusalProblem(record);
      if (record.status !== 'unknown') return record;
      if (record.leaseUntil <= now()) {
        // Nothing was sent: go on from the start, by the limits of today. Otherwise ask first.
        const isUnsent = record.sentAt === undefined;
        const limits = isUnsent ? await limiter.ask(checked, actor) : undefined;
        const claimed = await leases.claim(found);
        if (claimed) return isUnsent ? start(claimed, limits) : sending.recover(claimed);
      }
      await sleep(POLL_MS);
    }
    throw stillSending(known);
  }

  function newRecord(key: string, { checked, outgoing, actor }: PayoutAttempt): PayoutRecord {
    const { currency, total, payouts: items } = checked;
    return {
      requestId: createRequestId(),
      actorId: actor.id,
      via: outgoing.via,
      currency,
      total,
      status: 'unknown',
      details: items.map(({ reference, amount }) => ({ reference, amount, status: 'unknown' })),
      idempotencyKey: key,
      equalKeys: items.map((item) => equalPayoutKey(item, currency)),
      outgoing,
      ...(outgoing.via === 'leanx' ? { serviceId: outgoing.invoice.serviceId } : {}),
      createdAt: now(),
      ...leases.take(),
      deliveries: {},
    };
  }

  async function discard({ requestId }: PayoutRecord): Promise<void> {
    const found = await payouts.find(requestId);
    if (!found) return;
    const value = toJson(endedBatch(found.record, 'closed'));
    await store.replace(payoutKey(requestId), found.version, value, { expiresInMs: ORPHAN_MS });
  }

  return open;
}

function keyReused(): ProblemError {
  return new ProblemError(
    'idempotency-key-reused',
    'This Idempotency-Key was used for another payout. A changed payout is a new attempt and needs a new key.',
  );
}
