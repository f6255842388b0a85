import type { CreatePayinResponse, PayinStatusResponse } from '../protocol/messages.ts';
import { createPayinRequest, readRequest } from '../protocol/schemas.ts';
import { isFinal, type PayinStatus } from '../protocol/status.ts';
import { checkCheckoutUrl } from '../rules/checkout-url.ts';
import { UpstreamError } from '../upstream/error.ts';
import type { BodyKind } from './browser-request.ts';
import { isLoopback } from './config.ts';
import type { ProxyContext } from './context.ts';
import { sleep } from './delivery.ts';
import { jsonAnswer, type ProxyAnswer, type ProxyCall } from './exchange.ts';
import { errorFields } from './log.ts';
import { askMerchant, merchantError, requestContext } from './merchant.ts';
import type { PayinOptions } from './options.ts';
import { type OrderRecord, orderKey, type PayinRecord, payinKey } from './payin-record.ts';
import { isProven, type PayinFacts, type PayinSettlement } from './payin-settlement.ts';
import { type CheckedOrder, checkPricedOrder, createCutWarning, fillRequestId } from './priced-order.ts';
import { ProblemError } from './problem.ts';
import { endedUnpaid, hasBeenPaid } from './progress.ts';
import { createRequestId } from './request-id.ts';
import { isSameAmount } from './same-amount.ts';
import { readRecord, toJson, updateRecord, type Versioned } from './store/records.ts';

/** A click this soon after the last word of the upstream is the same click, or the other tab's. */
const FRESH_MS = 2_000;
/** How often the query API is asked about one payment on behalf of its page. */
const QUERY_INTERVAL_MS = 5_000;
/**
 * How long after its expiry an unpaid payment still blocks a new one: whether the platform closes expired payments is not
 * published, so the query API's "still pending" is believed until then.
 */
const EXPIRY_GRACE_MS = 600_000;
/** How long a record stays that lost the race for its order and was never sent. */
const ORPHAN_MS = 60_000;
const POLL_MS = 100;
const MAX_ROUNDS = 20;

/** The pay-in routes. */
export interface Payins {
  create: (call: ProxyCall, body: unknown, kind: BodyKind) => Promise<ProxyAnswer>;
  read: (call: ProxyCall, requestId: string) => Promise<ProxyAnswer>;
}

interface Opened {
  record: PayinRecord;
  created: boolean;
}

/** Makes the pay-in routes over one store: whatever happens, an order has at most one open payment. */
export function createPayins(context: ProxyContext, payin: PayinOptions, settlement: PayinSettlement): Payins {
  const { store, config, keep, logger, now, lesspay } = context;
  const warnOfCut = createCutWarning(logger);
  // A create, a query, a second create and a second query, each with its deadline.
  const leaseMs = 4 * config.upstreamTimeoutMs + 5_000;
  /** Payments being opened by this process, by order. */
  const opening = new Map<string, Promise<Opened>>();

  async function create(call: ProxyCall, body: unknown, kind: BodyKind): Promise<ProxyAnswer> {
    const read = readRequest(createPayinRequest, body);
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

  async function open(order: string, checked: CheckedOrder): Promise<Opened> {
    const shared = opening.get(order);
    if (shared) {
      const { record } = await shared;
      requireSamePrice(record, checked);
      return { record, created: false };
    }
    const promise = openOnce(order, checked).finally(() => opening.delete(order));
    opening.set(order, promise);
    return promise;
  }

  async function openOnce(order: string, checked: CheckedOrder): Promise<Opened> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const pointer = await readRecord<OrderRecord>(store, orderKey(order));
      const current = pointer && (await readRecord<PayinRecord>(store, payinKey(pointer.record.requestId)));
      const usable = current && (await reuse(current.record, checked));
      if (usable) return { record: usable, created: false };

      const record = newRecord(order, checked);
      const key = payinKey(record.requestId);
      if (!(await store.insert(key, toJson(record), keep.payin(record)))) {
        if (checked.requestId !== undefined) await adoptSupplied(order, checked.requestId, pointer?.version);
        continue;
      }
      if (await point(order, record.requestId, pointer?.version)) {
        const sent = await send(record);
        if (hasBeenPaid(sent.status)) throw alreadyPaid(sent.requestId);
        if (!isFinal(sent.status)) return { record: sent, created: true };
        continue;
      }
      // Another replica was faster: this id was never sent and nobody has seen it.
      const lost = await readRecord<PayinRecord>(store, key);
      if (lost && checked.requestId === undefined) {
        await store.replace(key, lost.version, toJson({ ...lost.record, status: 'closed' }), {
          expiresInMs: ORPHAN_MS,
        });
      }
    }
    throw outcomeUnknown('Too many requests are opening this order at once.');
  }

  function point(order: string, requestId: string, version: string | undefined): Promise<boolean> {
    const value = toJson({ requestId } satisfies OrderRecord);
    const expiry = { expiresInMs: config.retentionMs };
    return version === undefined
      ? store.insert(orderKey(order), value, expiry)
      : store.replace(orderKey(order), version, value, expiry);
  }

  /** The merchant's own id is taken: by a replica at work on this same order, or by an earlier attempt. */
  async function adoptSupplied(order: string, requestId: string, version: string | undefined): Promise<void> {
    const found = await readRecord<PayinRecord>(store, payinKey(requestId));
    if (found?.record.order !== order || endedUnpaid(found.record.status)) {
      throw merchantError('payin.resolveOrder: requestId: was used before; give a new one for every attempt.');
    }
    await point(order, requestId, version);
    await sleep(POLL_MS);
  }

  function newRecord(order: string, checked: CheckedOrder): PayinRecord {
    const time = now();
    const requestId = checked.requestId ?? createRequestId();
    warnOfCut(checked);
    return {
      requestId,
      order,
      priced: {
        ...checked,
        successUrl: fillRequestId(checked.successUrl, requestId),
        failUrl: fillRequestId(checked.failUrl, requestId),
      },
      status: 'unknown',
      createdAt: time,
      expiresAt: time + checked.expiresInSeconds * 1000,
      leaseUntil: time + leaseMs,
      deliveries: {},
    };
  }

  /** The order's current payment when it can still be used; `undefined` when it ended unpaid and a new one is due. */
  async function reuse(found: PayinRecord, checked: CheckedOrder): Promise<PayinRecord | undefined> {
    let record = found;
    let isCertain = false;
    const hasExpired = now() > record.expiresAt + EXPIRY_GRACE_MS;
    if (record.checkoutUrl === undefined && !hasExpired && !endedUnpaid(record.status)) {
      record = await finishOpening(record);
    } else if (!isFinal(record.status) && now() - Math.max(record.createdAt, record.queriedAt ?? 0) > FRESH_MS) {
      ({ record, isCertain } = await refresh(record));
    }
    const { status, requestId } = record;
    if (hasBeenPaid(status)) {
      throw alreadyPaid(requestId);
    }
    if (endedUnpaid(status)) return undefined;
    if (isCertain && hasExpired) return undefined;
    requireSamePrice(record, checked);
    if (record.checkoutUrl === undefined)
      throw outcomeUnknown('The platform did not say where the checkout is.', requestId);
    return record;
  }

  /** Waits for the replica that is opening this payment, or takes its place once its lease has ended. */
  async function finishOpening(found: PayinRecord): Promise<PayinRecord> {
    const key = payinKey(found.requestId);
    for (let waitedMs = 0; waitedMs <= leaseMs; waitedMs += POLL_MS) {
      const current = await readRecord<PayinRecord>(store, key);
      if (!current) break;
      const { record, version } = current;
      if (record.checkoutUrl !== undefined || hasBeenPaid(record.status) || endedUnpaid(record.status)) return record;
      if (record.leaseUntil <= now()) {
        const claimed = { ...record, leaseUntil: now() + leaseMs };
        if (await store.replace(key, version, toJson(claimed), keep.payin(claimed))) return recover(claimed);
      }
      await sleep(POLL_MS);
    }
    throw outcomeUnknown('The payment is still being opened. Send the same request again.', found.requestId);
  }

  async function send(record: PayinRecord): Promise<PayinRecord> {
    try {
      return await adopt(record, { status: 'pending', ...(await createUpstream(record)) });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (error.outcome === 'refused') return giveUp(record, error);
    }
    return recover(record);
  }

  /** After a lost answer: ask, send the same id once more if the upstream does not know it, and ask again. */
  async function recover(record: PayinRecord): Promise<PayinRecord> {
    try {
      const known = await settlement.query(record);
      if (known) return await adopt(record, known);
      try {
        return await adopt(record, { status: 'pending', ...(await createUpstream(record)) });
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        if (error.kind === 'refused' && error.outcome === 'refused') return await giveUp(record, error);
      }
      const late = await settlement.query(record);
      if (late) return await adopt(record, late);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
    }
    await release(record);
    throw outcomeUnknown(
      'The payment platform did not answer, so it is not known whether the payment was opened. Send the same request again.',
      record.requestId,
    );
  }

  function createUpstream(record: PayinRecord) {
    const { requestId, priced } = record;
    return lesspay.createPayin({
      requestId,
      amount: priced.amount,
      currency: priced.currency,
      productName: priced.productName,
      description: priced.description,
      successUrl: priced.successUrl,
      failUrl: priced.failUrl,
      notifyUrl: `${config.publicUrl}${config.basePath}/webhooks/lesspay/payin`,
      expiresInSeconds: priced.expiresInSeconds,
      wayType: priced.wayType,
      wayCode: priced.wayCode,
      transactionNetwork: priced.transactionNetwork,
      threeDSecure: priced.threeDSecure,
    });
  }

  /** Writes down what the upstream made of the payment. */
  async function adopt(
    record: PayinRecord,
    state: PayinFacts & { checkoutUrl?: string | undefined },
  ): Promise<PayinRecord> {
    const { requestId } = record;
    const { payOrderId, checkoutUrl, status } = state;
    const isUsable = checkoutUrl !== undefined && isCheckoutUrl(checkoutUrl);
    const updated = await change(record, (current) => ({
      ...current,
      leaseUntil: 0,
      status: current.status === 'unknown' ? 'pending' : current.status,
      ...(payOrderId === undefined ? {} : { payOrderId }),
      ...(isUsable ? { checkoutUrl } : {}),
    }));
    const adopted = updated ?? record;
    if (isFinal(status)) return isProven(state) ? settlement.advance(adopted, state) : unproven(adopted, status);
    if (checkoutUrl !== undefined && !isUsable) {
      logger.error({ event: 'checkout-url-refused', requestId, host: hostOf(checkoutUrl) });
      throw new ProblemError(
        'merchant-error',
        'The platform sent a checkout URL whose host is not in lesspay.checkoutHosts; the log names the host.',
        { requestId },
      );
    }
    if (adopted.checkoutUrl === undefined) {
      throw outcomeUnknown('The payment exists, but the platform did not say where its checkout is.', requestId);
    }
    return adopted;
  }

  function isCheckoutUrl(url: string): boolean {
    const { checkoutHosts, loopbackHost } = config.lesspay;
    if (checkCheckoutUrl(url, checkoutHosts) === undefined) return true;
    // The sandbox on this machine serves its cashier over http, on the host and port where it answers.
    if (loopbackHost === undefined || !/^https?:\/\/[^\\@\s]+$/.test(url) || !URL.canParse(url)) return false;
    const parsed = new URL(url);
    return isLoopback(parsed) && parsed.host === loopbackHost;
  }

  /** The upstream said no: this payment has ended, and the next click makes a new one. */
  async function giveUp(record: PayinRecord, error: UpstreamError): Promise<never> {
    const { requestId } = record;
    if (error.kind !== 'refused') {
      // Nothing was sent: the same id is as good the next time.
      await release(record);
      throw new ProblemError(
        'upstream-unavailable',
        'The payment platform cannot be reached. Send the same request again later.',
        {
          requestId,
          cause: error,
        },
      );
    }
    await change(record, (current) => ({ ...current, status: 'failed', leaseUntil: 0 }));
    throw new ProblemError('upstream-refused', 'The payment platform refused the order. Its code says why.', {
      requestId,
      upstreamCode: error.upstreamCode,
      cause: error,
    });
  }

  async function release(record: PayinRecord): Promise<void> {
    await change(record, (current) => ({ ...current, leaseUntil: 0 }));
  }

  function change(record: PayinRecord, how: (current: PayinRecord) => PayinRecord): Promise<PayinRecord | undefined> {
    return updateRecord(store, payinKey(record.requestId), keep.payin, how);
  }

  /** For this request the payment counts as paid, so that nobody pays twice; the record waits for its notice. */
  function unproven(record: PayinRecord, status: PayinStatus): PayinRecord {
    logger.warn({ event: 'payin-unproven', requestId: record.requestId });
    return { ...record, status };
  }

  /** Asks the query API; `isCertain` when it answered. A failing query or hook leaves what is known. */
  async function refresh(record: PayinRecord): Promise<{ record: PayinRecord; isCertain: boolean }> {
    let state;
    try {
      state = await settlement.query(record);
    } catch (error) {
      if (!(error instanceof UpstreamError || error instanceof ProblemError)) throw error;
      return { record, isCertain: false };
    }
    await change(record, (current) => ({ ...current, queriedAt: now() }));
    if (!state) return { record, isCertain: true };
    if (!isProven(state)) return { record: unproven(record, state.status), isCertain: true };
    try {
      return { record: await settlement.advance(record, state), isCertain: true };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // The merchant's hook failed: the money's state is known all the same, and the hook will be tried again.
      return { record: { ...record, status: state.status }, isCertain: true };
    }
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
      () => payin.authorizeStatus?.({ ...requestContext(call), requestId, order }) ?? false,
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
      unproven(noted, state.status);
      return noted;
    } catch (error) {
      if (!(error instanceof UpstreamError || error instanceof ProblemError)) throw error;
      logger.warn({ event: 'status-query-failed', requestId: record.requestId, ...errorFields(error) });
      return noted;
    }
  }

  return { create, read };
}

function requireSamePrice(record: PayinRecord, checked: CheckedOrder): void {
  const { priced, requestId } = record;
  if (priced.currency === checked.currency && isSameAmount(priced.amount, checked.amount)) return;
  throw new ProblemError(
    'order-changed',
    'A payment with another amount is still open for this order. A new one can be made after it has ended unpaid.',
    { requestId },
  );
}

function alreadyPaid(requestId: string): ProblemError {
  return new ProblemError('order-already-paid', 'This order is paid; nothing more is due.', { requestId });
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

function outcomeUnknown(detail: string, requestId?: string): ProblemError {
  return new ProblemError('outcome-unknown', detail, { requestId });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'none';
}
