import type { CreatePayoutsResponse, PayoutStatusResponse } from '../../protocol/messages.ts';
import { isFinal } from '../../protocol/status.ts';
import { UpstreamError } from '../../upstream/error.ts';
import type { ProxyContext } from '../context.ts';
import { jsonAnswer, type ProxyAnswer, type ProxyCall } from '../http/exchange.ts';
import { ProblemError } from '../http/problem.ts';
import { errorFields } from '../journal/log.ts';
import type { Actor } from '../options.ts';
import type { Versioned } from '../store/records.ts';
import type { PayoutOpening } from './opening.ts';
import type { PayoutRecord } from './record.ts';
import { checkPayouts, routePayouts } from './request.ts';
import type { PayoutSettlement } from './settlement.ts';

const KEY = /^[A-Za-z0-9_-]{8,128}$/;
const QUERY_INTERVAL_MS = 5_000;

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

/** Makes the payout routes over one store. */
export function createPayouts(context: ProxyContext, settlement: PayoutSettlement, open: PayoutOpening): Payouts {
  const { payouts, config, logger, now } = context;

  async function create(call: ProxyCall, body: unknown, actor: Actor): Promise<ProxyAnswer> {
    const key = readIdempotencyKey(call);
    const checked = checkPayouts(body, config.tables);
    return answerOf(await open({ key, actor, checked, outgoing: routePayouts(checked, config) }));
  }

  async function read(requestId: string): Promise<ProxyAnswer> {
    const found = await payouts.find(requestId);
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
    if (!(await payouts.replace(version, noted))) return record;
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
