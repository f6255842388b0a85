import type { CreatePayinResponse, PayinStatusResponse } from '../../protocol/messages.ts';
import { readCreatePayin } from '../../protocol/schemas.ts';
import { isFinal } from '../../protocol/status.ts';
import { UpstreamError } from '../../upstream/error.ts';
import type { ProxyContext } from '../context.ts';
import { type BodyKind, parseBody } from '../http/browser-request.ts';
import { jsonAnswer, type ProxyAnswer, type ProxyCall } from '../http/exchange.ts';
import { ProblemError } from '../http/problem.ts';
import { errorFields } from '../journal/log.ts';
import { askMerchant, merchantError, requestContext } from '../merchant/ask-merchant.ts';
import type { PayinOptions } from '../options.ts';
import { readRecord, toJson, type Versioned } from '../store/records.ts';
import type { PayinOpening } from './opening.ts';
import { checkPricedOrder } from './priced-order.ts';
import { type PayinRecord, payinKey } from './record.ts';
import { isProven, type PayinSettlement } from './settlement.ts';

/** How often the query API is asked about one payment on behalf of its page. */
const QUERY_INTERVAL_MS = 5_000;

/** The pay-in routes. */
export interface Payins {
  create: (call: ProxyCall, kind: BodyKind, readBody: () => Promise<Uint8Array> | Uint8Array) => Promise<ProxyAnswer>;
  read: (call: ProxyCall, requestId: string) => Promise<ProxyAnswer>;
}

/** Makes the pay-in routes over one store. */
export function createPayins(
  context: ProxyContext,
  payin: PayinOptions,
  settlement: PayinSettlement,
  open: PayinOpening,
): Payins {
  const { store, config, keep, logger, now } = context;

  async function create(
    call: ProxyCall,
    kind: BodyKind,
    readBody: () => Promise<Uint8Array> | Uint8Array,
  ): Promise<ProxyAnswer> {
    const body = readBody();
    // Most bodies are there already, and need no turn of the queue.
    const read = readCreatePayin(parseBody(body instanceof Uint8Array ? body : await body, kind));
    if (!read.ok) {
      throw new ProblemError('invalid-request', 'Send { "order": "<your reference>" } and nothing else.', {
        errors: read.errors,
      });
    }
    const { order } = read.value;
    // Asked for every request, also for one that will share a payment: the merchant decides whose order this is.
    const priced = await askMerchant('payin.resolveOrder', logger, () =>
      payin.resolveOrder(order, requestContext(call)),
    );
    // JavaScript callers may return nothing at all.
    if (priced == null) throw new ProblemError('order-not-found', 'The shop knows no such order for this shopper.');
    if (typeof priced !== 'object') throw merchantError('payin.resolveOrder must return a priced order or null.');
    const checked = checkPricedOrder(priced, config, payin.authorizeStatus !== undefined);
    const { record, created } = await open(order, checked);
    if (kind === 'form') return redirectTo(record.checkoutUrl ?? '');
    return jsonAnswer(created ? 201 : 200, describe(record));
  }

  async function read(call: ProxyCall, requestId: string): Promise<ProxyAnswer> {
    const found = await readRecord<PayinRecord>(store, payinKey(requestId));
    // One answer for "not there" and "not yours", so that ids cannot be probed.
    if (!found || !(await mayRead(call, found.record))) {
      throw new ProblemError('payin-not-found', 'There is no payment with this id for this shopper.');
    }
    const record = isFinal(found.record.status) ? found.record : await followUp(found);
    return jsonAnswer(200, {
      requestId,
      status: record.status,
      final: isFinal(record.status),
      amount: record.priced.amount,
      currency: record.priced.currency,
    } satisfies PayinStatusResponse);
  }

  async function mayRead(call: ProxyCall, { requestId, order }: PayinRecord): Promise<boolean> {
    if (!payin.authorizeStatus) return true;
    return askMerchant(
      'payin.authorizeStatus',
      logger,
      () => payin.authorizeStatus?.(Object.assign(requestContext(call), { requestId, order })) ?? false,
    );
  }

  /** Leaves the webhook a head start, then asks the query API now and then while a page is waiting. */
  async function followUp({ record, version }: Versioned<PayinRecord>): Promise<PayinRecord> {
    const time = now();
    const askedSince = record.askedSince ?? time;
    const isDue =
      time - askedSince >= config.statusQueryDelayMs && time - (record.queriedAt ?? -Infinity) >= QUERY_INTERVAL_MS;
    if (record.askedSince !== undefined && !isDue) return record;
    const noted = { ...record, askedSince, ...(isDue ? { queriedAt: time } : {}) };
    const isMine = await store.replace(payinKey(record.requestId), version, toJson(noted), keep.payin(noted));
    // Whoever wrote in between is asking already, or has news that the next read will see.
    if (!isMine || !isDue) return record;
    try {
      const state = await settlement.query(noted);
      if (!state) return noted;
      if (isProven(state)) return await settlement.advance(noted, state);
      settlement.unproven(noted, state.status);
      return noted;
    } catch (error) {
      if (!(error instanceof UpstreamError || error instanceof ProblemError)) throw error;
      logger.warn({ event: 'status-query-failed', requestId: record.requestId, ...errorFields(error) });
      return noted;
    }
  }

  return { create, read };
}

function describe(record: PayinRecord): CreatePayinResponse {
  return {
    requestId: record.requestId,
    payOrderId: record.payOrderId ?? '',
    status: record.status,
    checkoutUrl: record.checkoutUrl ?? '',
    expiresAt: new Date(record.expiresAt).toISOString(),
    amount: record.priced.amount,
    currency: record.priced.currency,
  };
}

function redirectTo(checkoutUrl: string): ProxyAnswer {
  return {
    status: 303,
    headers: { location: checkoutUrl, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    body: '',
  };
}
