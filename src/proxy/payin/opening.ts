import { isFinal } from '../../protocol/status.ts';
import { UpstreamError } from '../../upstream/error.ts';
import { sleep } from '../concurrency/sleep.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import { endedUnpaid, hasBeenPaid } from '../lifecycle/progress.ts';
import { createRequestId } from '../lifecycle/request-id.ts';
import { isSameAmount } from '../lifecycle/same-amount.ts';
import { merchantError } from '../merchant/ask-merchant.ts';
import { asRecord, putRecord, readRecord, toJson, updateRecord } from '../store/records.ts';
import { type CheckedOrder, createCutWarning, fillRequestId } from './priced-order.ts';
import { alreadyPaid, payinUnknown } from './problems.ts';
import { hasExpired, type OrderRecord, orderKey, type PayinRecord, payinKey } from './record.ts';
import type { PayinSending } from './sending.ts';
import { isProven, type PayinSettlement } from './settlement.ts';

/** A click this soon after the last word of the upstream is the same click, or the other tab's. */
const FRESH_MS = 2_000;
/** How long a record stays that lost the race for its order and was never sent. */
const ORPHAN_MS = 60_000;
const POLL_MS = 100;
const MAX_ROUNDS = 20;

/** An order's payment, and whether this request made it. */
export interface Opened {
  record: PayinRecord;
  created: boolean;
}

/** Opens an order's payment, or finds the open one. */
export type PayinOpening = (order: string, checked: CheckedOrder) => Promise<Opened>;

/** Makes the one place that decides which payment an order has: never two open ones, none after it was paid. */
export function createPayinOpening(
  context: ProxyContext,
  settlement: PayinSettlement,
  sending: PayinSending,
): PayinOpening {
  const { store, keep, logger, now } = context;
  const { leaseMs } = sending;
  const warnOfCut = createCutWarning(logger);
  /** Payments being opened by this process, by order. */
  const opening = new Map<string, Promise<Opened>>();

  function open(order: string, checked: CheckedOrder): Promise<Opened> {
    const shared = opening.get(order);
    if (shared) return join(shared, checked);
    const opened = openOnce(order, checked);
    opening.set(order, opened);
    const forget = (): unknown => opening.delete(order);
    opened.then(forget, forget);
    return opened;
  }

  async function join(shared: Promise<Opened>, checked: CheckedOrder): Promise<Opened> {
    const { record } = await shared;
    requireSamePrice(record, checked);
    return { record, created: false };
  }

  async function openOnce(order: string, checked: CheckedOrder): Promise<Opened> {
    const keyOfOrder = orderKey(order);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const pointer = asRecord<OrderRecord>(await store.get(keyOfOrder));
      if (pointer?.record.paidBy !== undefined) throw alreadyPaid(pointer.record.paidBy);
      const current = pointer && (await readRecord<PayinRecord>(store, payinKey(pointer.record.requestId)));
      const usable = current && (await reuse(current.record, checked));
      if (usable) return { record: usable, created: false };

      const record = newRecord(order, checked);
      const key = payinKey(record.requestId);
      const { expiresInMs, dueAt } = keep.payin(record);
      const inserted = await store.insert(key, toJson(record), { expiresInMs, dueAt, tellVersion: true });
      if (!inserted) {
        if (checked.requestId !== undefined)
          await adoptSupplied(order, keyOfOrder, checked.requestId, pointer?.version);
        continue;
      }
      if (await point(keyOfOrder, record, pointer?.version)) {
        const sent = await sending.send(record, typeof inserted === 'string' ? inserted : undefined);
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
    throw payinUnknown('Too many requests are opening this order at once.');
  }

  function point(key: string, { requestId }: PayinRecord, version: string | undefined): Promise<boolean | string> {
    const pointer: OrderRecord = { requestId };
    return putRecord(store, key, version, pointer, keep.openOrder);
  }

  /** The merchant's own id is taken: by a replica at work on this same order, or by an earlier attempt. */
  async function adoptSupplied(
    order: string,
    key: string,
    requestId: string,
    version: string | undefined,
  ): Promise<void> {
    const found = await readRecord<PayinRecord>(store, payinKey(requestId));
    if (found?.record.order !== order || endedUnpaid(found.record.status)) {
      throw merchantError('payin.resolveOrder: requestId: was used before; give a new one for every attempt.');
    }
    await point(key, found.record, version);
    await sleep(POLL_MS);
  }

  function newRecord(order: string, checked: CheckedOrder): PayinRecord {
    const time = now();
    const requestId = checked.requestId ?? createRequestId();
    warnOfCut(checked);
    return {
      requestId,
      order,
      priced: { amount: checked.amount, currency: checked.currency },
      outgoing: {
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
    const isOver = hasExpired(record, now());
    if (record.checkoutUrl === undefined && !isOver && !endedUnpaid(record.status)) {
      record = await finishOpening(record);
    } else if (!isFinal(record.status) && now() - Math.max(record.createdAt, record.queriedAt ?? 0) > FRESH_MS) {
      ({ record, isCertain } = await refresh(record));
    }
    const { status, requestId } = record;
    if (hasBeenPaid(status)) {
      throw alreadyPaid(requestId);
    }
    if (endedUnpaid(status)) return undefined;
    if (isCertain && isOver) return undefined;
    requireSamePrice(record, checked);
    if (record.checkoutUrl === undefined)
      throw payinUnknown('The platform did not say where the checkout is.', requestId);
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
        if (await store.replace(key, version, toJson(claimed), keep.payin(claimed))) return sending.recover(claimed);
      }
      await sleep(POLL_MS);
    }
    throw payinUnknown('The payment is still being opened. Send the same request again.', found.requestId);
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
    if (!isProven(state)) return { record: settlement.unproven(record, state.status), isCertain: true };
    try {
      return { record: await settlement.advance(record, state), isCertain: true };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // The merchant's hook failed: the money's state is known all the same, and the hook will be tried again.
      return { record: { ...record, status: state.status }, isCertain: true };
    }
  }

  function change(record: PayinRecord, how: (current: PayinRecord) => PayinRecord): Promise<PayinRecord | undefined> {
    return updateRecord(store, payinKey(record.requestId), keep.payin, how);
  }

  return open;
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
