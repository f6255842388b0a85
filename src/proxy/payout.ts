import { lesspayCode, type LesspayCodeField } from '../lesspay/codes.ts';
import type { CreatePayoutsResponse, PayoutStatusResponse } from '../protocol/messages.ts';
import type { FieldError } from '../protocol/problem.ts';
import { isFinal, type PayoutStatus } from '../protocol/status.ts';
import { UpstreamError } from '../upstream/error.ts';
import type { ProxyContext } from './context.ts';
import { sleep } from './delivery.ts';
import { jsonAnswer, type ProxyAnswer, type ProxyCall } from './exchange.ts';
import { errorFields } from './log.ts';
import { askMerchant } from './merchant.ts';
import type { Actor, PayoutOptions } from './options.ts';
import {
  digest,
  type EqualPayoutRecord,
  equalPayoutKey,
  idempotencyKey,
  type IdempotencyRecord,
  type Outgoing,
  type PayoutRecord,
  payoutKey,
} from './payout-record.ts';
import { type CheckedPayouts, checkPayouts, routePayouts } from './payout-request.ts';
import type { PayoutSettlement } from './payout-settlement.ts';
import { ProblemError } from './problem.ts';
import { createRequestId } from './request-id.ts';
import { readRecord, toJson, updateRecord, type Versioned } from './store/records.ts';

const KEY = /^[A-Za-z0-9_-]{8,128}$/;
const QUERY_INTERVAL_MS = 5_000;
const ORPHAN_MS = 60_000;
const POLL_MS = 100;
/** How many store calls of one request run side by side. */
const CLAIMS_AT_ONCE = 32;
/** Ended without money having moved: the same payout may be made again. */
const FAILED: ReadonlySet<PayoutStatus> = new Set(['failed', 'canceled', 'closed']);

/** The payout routes. */
export interface Payouts {
  create: (call: ProxyCall, body: unknown, actor: Actor) => Promise<ProxyAnswer>;
  read: (requestId: string) => Promise<ProxyAnswer>;
}

/** The `Idempotency-Key` header; a payout without one cannot be told from its repetition. */
export function readIdempotencyKey(call: ProxyCall): string {
  const key = call.header('idempotency-key');
  if (key === undefined || key === '') {
    throw new ProblemError(
      'idempotency-key-missing',
      'Send an Idempotency-Key header: a new one for every attempt to pay.',
    );
  }
  if (!KEY.test(key)) {
    throw new ProblemError('idempotency-key-invalid', 'Idempotency-Key must be 8 to 128 letters, digits, _ or -.');
  }
  return key;
}

/** Makes the payout routes over one store: whatever happens, one payout never gets a second request id. */
export function createPayouts(context: ProxyContext, payout: PayoutOptions, settlement: PayoutSettlement): Payouts {
  const { store, config, keep, logger, now, lesspay, leanx } = context;
  // A create, a query, a second create and a second query, each with its deadline.
  const leaseMs = 4 * config.upstreamTimeoutMs + 5_000;
  const expiry = { expiresInMs: config.retentionMs };
  /** Requests at work in this process, by idempotency key. */
  const working = new Map<string, { fingerprint: string; promise: Promise<PayoutRecord> }>();

  async function create(call: ProxyCall, body: unknown, actor: Actor): Promise<ProxyAnswer> {
    const key = idempotencyKey(actor.id, readIdempotencyKey(call));
    const checked = checkPayouts(body, config.tables);
    const outgoing = routePayouts(checked, config);
    const fingerprint = digest(checked);
    const shared = working.get(key);
    if (shared) {
      if (shared.fingerprint !== fingerprint) throw keyReused();
      return answerOf(await shared.promise);
    }
    const promise = payOnce(key, fingerprint, checked, outgoing, actor).finally(() => working.delete(key));
    working.set(key, { fingerprint, promise });
    return answerOf(await promise);
  }

  async function payOnce(
    key: string,
    fingerprint: string,
    checked: CheckedPayouts,
    outgoing: Outgoing,
    actor: Actor,
  ): Promise<PayoutRecord> {
    const known = await readRecord<IdempotencyRecord>(store, key);
    if (known) return repeat(known.record, fingerprint);
    if (payout.review) {
      const isApproved = await askMerchant('payout.review', logger, () => payout.review?.(checked, actor) ?? false);
      if (!isApproved) throw new ProblemError('payout-not-approved', 'The shop’s review did not approve this payout.');
    }
    const record = newRecord(checked, outgoing, actor);
    await store.insert(payoutKey(record.requestId), toJson(record), keep.payout(record));
    if (
      !(await store.insert(
        key,
        toJson({ requestId: record.requestId, fingerprint } satisfies IdempotencyRecord),
        expiry,
      ))
    ) {
      // Another replica was faster with this key: this id was never sent and nobody has seen it.
      await discard(record);
      const winner = await readRecord<IdempotencyRecord>(store, key);
      if (winner) return repeat(winner.record, fingerprint);
      throw outcomeUnknown(record);
    }
    return start(record);
  }

  /** The same key again: the same answer, or the rest of the work when it was cut short. */
  async function repeat(known: IdempotencyRecord, fingerprint: string): Promise<PayoutRecord> {
    if (known.fingerprint !== fingerprint) throw keyReused();
    for (let waitedMs = 0; waitedMs <= leaseMs; waitedMs += POLL_MS) {
      const found = await readRecord<PayoutRecord>(store, payoutKey(known.requestId));
      if (!found) break;
      const { record, version } = found;
      if (record.refusal) throw refusalOf(record);
      if (record.status !== 'unknown') return record;
      if (record.leaseUntil <= now()) {
        const claimed = { ...record, leaseUntil: now() + leaseMs };
        if (await store.replace(payoutKey(record.requestId), version, toJson(claimed), keep.payout(claimed)))
          return resume(claimed);
      }
      await sleep(POLL_MS);
    }
    throw new ProblemError('outcome-unknown', 'The payout is still being sent. Ask for its status.', {
      requestId: known.requestId,
    });
  }

  function newRecord({ currency, total, payouts }: CheckedPayouts, outgoing: Outgoing, actor: Actor): PayoutRecord {
    const requestId = createRequestId();
    return {
      requestId,
      actorId: actor.id,
      via: outgoing.via,
      currency,
      total,
      status: 'unknown',
      details: payouts.map(({ reference, amount }) => ({ reference, amount, status: 'unknown' })),
      equalKeys: payouts.map((item) => equalPayoutKey(item, currency)),
      outgoing,
      ...(outgoing.via === 'leanx' ? { serviceId: outgoing.invoice.serviceId } : {}),
      createdAt: now(),
      leaseUntil: now() + leaseMs,
      deliveries: {},
    };
  }

  /** Refuses payouts that are under way or done under another key: two keys are no reason to pay twice. Names them all. */
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
    const refusal: PayoutRecord['refusal'] = {
      code: 'duplicate-payout',
      detail:
        'Payouts with the same reference, amount and recipient are already under way or done; errors names them, requestId the first one’s request.',
      requestId: first.other.requestId,
      errors: taken.map(({ index }) => ({ path: `payouts.${index}`, code: 'duplicate-payout' })),
    };
    const refused = await change(record, (current) => ({
      ...withoutOutgoing(current),
      status: 'failed',
      refusal,
      leaseUntil: 0,
    }));
    await revive(first.other);
    throw refusalOf(refused ?? { ...record, refusal });
  }

  /** Nothing of it was sent, and nobody is at it. */
  function wasAbandoned({ status, sentAt, leaseUntil }: PayoutRecord): boolean {
    return status === 'unknown' && sentAt === undefined && leaseUntil <= now();
  }

  async function claimEqual(record: PayoutRecord, key: string, reference: string): Promise<PayoutRecord | undefined> {
    const value = toJson({ requestId: record.requestId } satisfies EqualPayoutRecord);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      if (await store.insert(key, value, expiry)) return undefined;
      const marker = await readRecord<EqualPayoutRecord>(store, key);
      if (!marker) continue;
      const other = await readRecord<PayoutRecord>(store, payoutKey(marker.record.requestId));
      if (other && other.record.requestId !== record.requestId && !hasFailed(other.record, reference)) {
        if (!wasAbandoned(other.record)) return other.record;
        // Its sender was told that nothing was sent, or is gone: going on with it would pay also what nobody asks for any
        // more. Either this write or the one that precedes sending comes first, never both.
        const ended = closed(other.record);
        await store.replace(payoutKey(ended.requestId), other.version, toJson(ended), keep.payout(ended));
        continue;
      }
      if (await store.replace(key, marker.version, value, expiry)) return undefined;
    }
    throw outcomeUnknown(record);
  }

  /** An equal payout whose sender died is brought to its end under its own id, since somebody wants it paid. */
  async function revive(other: PayoutRecord): Promise<void> {
    if (other.status !== 'unknown' || other.leaseUntil > now()) return;
    const found = await readRecord<PayoutRecord>(store, payoutKey(other.requestId));
    // What was never sent is closed by whoever wants a payout of it, not sent as a whole.
    if (found?.record.status !== 'unknown' || found.record.sentAt === undefined) return;
    const claimed = { ...found.record, leaseUntil: now() + leaseMs };
    if (!(await store.replace(payoutKey(other.requestId), found.version, toJson(claimed), keep.payout(claimed))))
      return;
    try {
      await resume(claimed);
    } catch (error) {
      logger.warn({ event: 'payout-resume-failed', requestId: other.requestId, ...errorFields(error) });
    }
  }

  async function start(record: PayoutRecord): Promise<PayoutRecord> {
    await claimEquals(record);
    return send(record);
  }

  async function send(record: PayoutRecord): Promise<PayoutRecord> {
    try {
      return await accept(record, await createUpstream(record));
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (error.outcome === 'refused') return giveUp(record, error);
    }
    return recover(record);
  }

  /** Goes on with a payout whose sender stopped: straight to sending when nothing was sent, else by asking first. */
  async function resume(record: PayoutRecord): Promise<PayoutRecord> {
    return record.sentAt === undefined ? start(record) : recover(record);
  }

  /** After a lost answer: ask, send the same id once more if the upstream does not know it, and ask again. */
  async function recover(record: PayoutRecord): Promise<PayoutRecord> {
    try {
      const known = await settlement.query(record);
      if (known && known.status !== 'unknown') return await accept(record, known);
      // What LeanX makes of a second payout with one reference is not published, so there it is never sent again.
      if (!known && record.via !== 'leanx' && record.outgoing) {
        try {
          return await accept(record, await createUpstream(record));
        } catch (error) {
          if (!(error instanceof UpstreamError)) throw error;
          if (error.kind === 'refused' && error.outcome === 'refused') return await giveUp(record, error);
        }
        const late = await settlement.query(record);
        if (late && late.status !== 'unknown') return await accept(record, late);
      }
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
    }
    logger.warn({ event: 'payout-outcome-unknown', requestId: record.requestId });
    return (await change(record, (current) => ({ ...current, leaseUntil: 0 }))) ?? record;
  }

  async function createUpstream(
    record: PayoutRecord,
  ): Promise<{ status: PayoutStatus; payOrderId?: string | undefined }> {
    const { requestId, currency, total, outgoing, details } = record;
    if (!outgoing) throw new Error('A payout that the upstream already has cannot be sent again');
    // Written before the bytes leave: from here on a crash means "may have been sent".
    const current = await change(record, (found) =>
      found.status === 'unknown' ? { ...found, sentAt: now() } : undefined,
    );
    if (!current) throw outcomeUnknown(record);
    // Another request has closed it, or a notice has told of it.
    if (current.status !== 'unknown') return { status: current.status, payOrderId: current.payOrderId };
    const reference = details[0]?.reference ?? requestId;
    switch (outgoing.via) {
      case 'batch':
        return lesspay.createBatchPayout({
          requestId,
          currency,
          total,
          wayType: outgoing.wayType,
          wayCode: outgoing.wayCode,
          notifyUrl: `${config.publicUrl}${config.basePath}/webhooks/lesspay/payout`,
          details: outgoing.details,
        });
      case 'single':
        return lesspay.createPayout({
          requestId,
          amount: total,
          currency,
          wayType: outgoing.wayType,
          wayCode: outgoing.wayCode,
          productName: 'Payout',
          description: reference,
          notifyUrl: `${config.publicUrl}${config.basePath}/webhooks/lesspay/payout`,
          beneficiary: outgoing.beneficiary,
        });
      case 'leanx': {
        if (!leanx) throw new Error('LeanX is no longer configured');
        const { invoice, poolReference } = outgoing;
        const { status, invoiceNo } = await leanx.createPayout({
          ...invoice,
          poolReference,
          callbackUrl: `${config.publicUrl}${config.basePath}/webhooks/leanx`,
          // Our own id, which is unique: what LeanX does with a repeated reference is not published.
          externalRef: requestId,
        });
        return { status, payOrderId: invoiceNo };
      }
    }
  }

  async function accept(
    record: PayoutRecord,
    state: {
      status: PayoutStatus;
      payOrderId?: string | undefined;
      details?: readonly PayoutRecord['details'][number][];
    },
  ): Promise<PayoutRecord> {
    const facts = { ...state, details: state.details ?? [] };
    const taken = await change(record, (current) => ({
      ...withoutOutgoing(current),
      leaseUntil: 0,
      ...(state.payOrderId === undefined ? {} : { payOrderId: state.payOrderId }),
    }));
    try {
      return await settlement.advance(taken ?? record, facts);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // The hook failed, the payout did not: the status stays behind, and the next query or notice tries the hook again.
      return { ...(taken ?? record), status: state.status };
    }
  }

  /** A refusal is certain: nothing was paid. Where nothing was even sent, the same key may try again. */
  async function giveUp(record: PayoutRecord, error: UpstreamError): Promise<never> {
    const { requestId } = record;
    if (error.kind !== 'refused') {
      await change(record, (current) => without({ ...current, leaseUntil: 0 }, 'sentAt'));
      throw new ProblemError(
        'upstream-unavailable',
        'The payout platform cannot be reached; nothing was sent. Send the same request with the same key again later.',
        { requestId, cause: error },
      );
    }
    const { upstreamCode } = error;
    const refusal: PayoutRecord['refusal'] = {
      code: 'upstream-refused',
      detail: 'The payout platform refused; nothing was paid. Correct what errors names and send it with a new key.',
      ...(upstreamCode === undefined ? {} : { upstreamCode }),
      ...(record.via === 'leanx' ? {} : { errors: refusedMembers(record, upstreamCode) }),
    };
    await change(record, (current) => ({ ...withoutOutgoing(current), status: 'failed', refusal, leaseUntil: 0 }));
    logger.warn({ event: 'payout-refused', requestId, upstreamCode });
    throw refusalOf({ ...record, refusal });
  }

  function change(
    record: PayoutRecord,
    how: (current: PayoutRecord) => PayoutRecord | undefined,
  ): Promise<PayoutRecord | undefined> {
    return updateRecord(store, payoutKey(record.requestId), keep.payout, how);
  }

  async function discard(record: PayoutRecord): Promise<void> {
    const found = await readRecord<PayoutRecord>(store, payoutKey(record.requestId));
    if (!found) return;
    const value = toJson(closed(found.record));
    await store.replace(payoutKey(record.requestId), found.version, value, { expiresInMs: ORPHAN_MS });
  }

  async function read(requestId: string): Promise<ProxyAnswer> {
    const found = await readRecord<PayoutRecord>(store, payoutKey(requestId));
    if (!found) throw new ProblemError('payout-not-found', 'There is no payout request with this id.');
    const record = isFinal(found.record.status) ? found.record : await followUp(found);
    return jsonAnswer(200, {
      requestId,
      status: record.status,
      final: isFinal(record.status),
      total: record.total,
      currency: record.currency,
      details: record.details,
    } satisfies PayoutStatusResponse);
  }

  /** Asks the upstream now and then while somebody is looking; a read never sends anything. */
  async function followUp({ record, version }: Versioned<PayoutRecord>): Promise<PayoutRecord> {
    const time = now();
    const isAtWork = record.status === 'unknown' && record.leaseUntil > time;
    if (isAtWork || record.sentAt === undefined) return record;
    if (time - Math.max(record.sentAt, record.queriedAt ?? 0) < QUERY_INTERVAL_MS) return record;
    const noted = { ...record, queriedAt: time };
    // Whoever wrote in between is asking already, or has news that the next read will see.
    if (!(await store.replace(payoutKey(record.requestId), version, toJson(noted), keep.payout(noted)))) return record;
    try {
      const facts = await settlement.query(noted);
      return facts ? await settlement.advance(noted, facts) : noted;
    } catch (error) {
      if (!(error instanceof UpstreamError || error instanceof ProblemError)) throw error;
      logger.warn({ event: 'status-query-failed', requestId: record.requestId, ...errorFields(error) });
      return noted;
    }
  }

  return { create, read };
}

function answerOf(record: PayoutRecord): ProxyAnswer {
  return jsonAnswer(202, {
    requestId: record.requestId,
    status: record.status,
    total: record.total,
    count: record.details.length,
  } satisfies CreatePayoutsResponse);
}

function withoutOutgoing(record: PayoutRecord): PayoutRecord {
  return without(record, 'outgoing');
}

/** A request that was never sent and never will be. */
function closed(record: PayoutRecord): PayoutRecord {
  const details = record.details.map(
    ({ reference, amount }) => ({ reference, amount, status: 'closed', failure: 'closed' }) as const,
  );
  return { ...withoutOutgoing(record), status: 'closed', details, leaseUntil: 0 };
}

function without(record: PayoutRecord, member: 'outgoing' | 'sentAt'): PayoutRecord {
  const rest = { ...record };
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- one of two optional members of a fresh copy
  delete rest[member];
  return rest;
}

/** Whether this payout inside a request has come to nothing; a batch may have failed in parts. */
function hasFailed(record: PayoutRecord, reference: string): boolean {
  if (FAILED.has(record.status)) return true;
  const detail = record.details.find((own) => own.reference === reference);
  return isFinal(record.status) && detail !== undefined && FAILED.has(detail.status);
}

function refusalOf({ refusal, requestId }: PayoutRecord): ProblemError {
  if (!refusal) throw new Error('Only a refused payout has a refusal');
  const { code, detail, upstreamCode, errors } = refusal;
  return new ProblemError(code, detail, {
    status: code === 'upstream-refused' ? 422 : undefined,
    requestId: refusal.requestId ?? requestId,
    upstreamCode,
    errors,
  });
}

/** Which member of our request the platform's code is about (Lesspay docs, Pay Out Error Codes; read 2026-11-20). */
function refusedMembers(record: PayoutRecord, upstreamCode: string | undefined): FieldError[] {
  const field = upstreamCode === undefined ? undefined : lesspayCode(upstreamCode)?.field;
  if (field === undefined || field === 'requestId') return [];
  if (field === 'currency') return [{ path: 'currency', code: 'upstream-refused' }];
  // In a batch the code does not say which payout it means.
  const path = record.details.length > 1 || field === 'total' ? 'payouts' : `payouts.0.${MEMBERS[field]}`;
  return [{ path, code: 'upstream-refused' }];
}

const MEMBERS: Record<Exclude<LesspayCodeField, 'requestId' | 'currency' | 'total'>, string> = {
  accountType: 'recipient.accountType',
  country: 'recipient.country',
  account: 'recipient.accountNumber',
  iban: 'recipient.iban',
  bic: 'recipient.bic',
  holderName: 'recipient.holderName',
  depositKeyType: 'recipient.depositKeyType',
  reference: 'reference',
  amount: 'amount',
};

function keyReused(): ProblemError {
  return new ProblemError(
    'idempotency-key-reused',
    'This Idempotency-Key was used for another payout. A changed payout is a new attempt and needs a new key.',
  );
}

function outcomeUnknown({ requestId }: PayoutRecord): ProblemError {
  return new ProblemError(
    'outcome-unknown',
    'The payout was not sent yet. Send the same request with the same key again.',
    {
      requestId,
    },
  );
}
