import type { PayinState } from '../../lesspay/client.ts';
import { isFinal, type PayinStatus } from '../../protocol/status.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import { errorFields } from '../journal/log.ts';
import { hasBeenPaid, isPayinProgress } from '../lifecycle/progress.ts';
import { isSameAmount } from '../lifecycle/same-amount.ts';
import type { PayinEvent, PayinEventType } from '../merchant/events.ts';
import { toJson, updateRecord } from '../store/records.ts';
import type { PayinOrderExpiry } from './order-expiry.ts';
import { type OrderRecord, orderKey, type PayinRecord, payinKey } from './record.ts';

const EVENT_TYPES: Partial<Record<PayinStatus, PayinEventType>> = {
  paid: 'payin.paid',
  failed: 'payin.failed',
  canceled: 'payin.canceled',
  closed: 'payin.closed',
  refunded: 'payin.refunded',
  'amount-differs': 'payin.amount-differs',
};

/** What an upstream says about a payment, by notice or by query. */
export interface PayinFacts {
  status: PayinStatus;
  payOrderId?: string | undefined;
  amount?: string | undefined;
  currency?: string | undefined;
}

/** How a pay-in's record follows what the upstream says. */
export interface PayinSettlement {
  /** Asks the query API and compares its answer with the record; `undefined` when the upstream does not know the payment. */
  query: (record: PayinRecord) => Promise<PayinState | undefined>;
  /** Moves the record forward, telling the merchant first; nothing happens when it would not be forward. */
  advance: (record: PayinRecord, facts: PayinFacts) => Promise<PayinRecord>;
  /** The record as it counts for one request whose "paid" cannot be proven: nobody shall pay twice, nothing is fulfilled. */
  unproven: (record: PayinRecord, status: PayinStatus) => PayinRecord;
  /** Tells the merchant of a risk notice, once; the status stays. */
  warn: (record: PayinRecord, type: 'payin.declined' | 'payin.disputed') => Promise<void>;
}

/** Makes the one way by which a pay-in's status changes, whoever brings the news. */
export function createPayinSettlement(context: ProxyContext, expireOrder: PayinOrderExpiry): PayinSettlement {
  const { store, lesspay, deliver, options, keep, logger, now, track } = context;

  async function query(record: PayinRecord): Promise<PayinState | undefined> {
    const state = await lesspay.queryPayin({
      requestId: record.requestId,
      from: new Date(record.createdAt),
    });
    if (state) requireSamePayment(record, state);
    return state;
  }

  function requireSamePayment(record: PayinRecord, facts: PayinFacts): void {
    const path = differingMember(record, facts);
    if (path === undefined) return;
    logger.error({ event: 'payin-mismatch', requestId: record.requestId, source: 'query', member: path });
    throw new ProblemError('notice-mismatch', `The query API's ${path} differs from the stored payment.`, {
      requestId: record.requestId,
    });
  }

  async function advance(record: PayinRecord, facts: PayinFacts): Promise<PayinRecord> {
    const { status } = facts;
    const key = payinKey(record.requestId);
    const update = (change: (current: PayinRecord) => PayinRecord | undefined) =>
      updateRecord<PayinRecord>(store, key, keep.payin, change);
    const learnt = await update((current) => learn(current, facts));
    const order = hasBeenPaid(status) ? await closeOrder(record, status) : undefined;
    const settle = (current: PayinRecord): PayinRecord =>
      isPayinProgress(current.status, status) ? withStatus(current, status, now()) : current;
    const firstRequestId = status === 'paid' ? order?.fulfilledBy : undefined;
    const isTwice = firstRequestId !== undefined && firstRequestId !== record.requestId;
    const type = isTwice ? 'payin.paid-twice' : EVENT_TYPES[status];
    if (isTwice && isPayinProgress(record.status, status)) {
      // Somebody has to give money back.
      logger.error({ event: 'payin-paid-twice', requestId: record.requestId });
    }
    if (type !== undefined && options.onPayin) {
      await deliver<PayinRecord>({
        key,
        eventId: `${type}:${record.requestId}`,
        keep: keep.payin,
        isDue: (current) => isPayinProgress(current.status, status),
        run: (current, at) =>
          options.onPayin?.({ ...eventOf(current, type, status, at), ...(isTwice ? { firstRequestId } : {}) }),
        settle,
      });
    }
    const advanced =
      (await update((current) => (isPayinProgress(current.status, status) ? settle(current) : undefined))) ??
      learnt ??
      record;
    if (isFinal(advanced.status) && advanced.orderExpires !== true) {
      // Nobody waits for it: what is not done here `reconcile` does.
      track(expireOrder(advanced)).catch((error: unknown) => {
        logger.warn({ event: 'payin-order-stays', requestId: advanced.requestId, ...errorFields(error) });
      });
    }
    return advanced;
  }

  /**
   * Also a payment that was replaced after its expiry may be paid late; then the newer one must not be offered any more, and
   * of two that were paid one alone fulfils.
   */
  async function closeOrder({ order, requestId }: PayinRecord, status: PayinStatus): Promise<OrderRecord> {
    const key = orderKey(order);
    const close = (current: OrderRecord): OrderRecord => ({
      ...current,
      paidBy: current.paidBy ?? requestId,
      ...(status === 'paid' ? { fulfilledBy: current.fulfilledBy ?? requestId } : {}),
    });
    for (;;) {
      const marked = await updateRecord<OrderRecord>(
        store,
        key,
        () => keep.openOrder,
        (current) => {
          const closed = close(current);
          const isNew = closed.paidBy !== current.paidBy || closed.fulfilledBy !== current.fulfilledBy;
          return isNew ? closed : undefined;
        },
      );
      if (marked) return marked;
      // The order of a payment that was given up may have been forgotten before it.
      const anew = close({ requestId });
      if (await store.insert(key, toJson(anew), keep.openOrder)) return anew;
    }
  }

  async function warn(record: PayinRecord, type: 'payin.declined' | 'payin.disputed'): Promise<void> {
    if (!options.onPayin) return;
    // What is written to a payment prolongs it, and the order has to last as long.
    if (record.orderExpires === true) await expireOrder(record);
    await deliver<PayinRecord>({
      key: payinKey(record.requestId),
      eventId: `${type}:${record.requestId}`,
      keep: keep.payin,
      isDue: () => true,
      run: (current, at) => options.onPayin?.(eventOf(current, type, current.status, at)),
      settle: (current) => current,
    });
  }

  function unproven(record: PayinRecord, status: PayinStatus): PayinRecord {
    logger.warn({ event: 'payin-unproven', requestId: record.requestId });
    return { ...record, status };
  }

  return { query, advance, unproven, warn };
}

/** The first member of an upstream's word that contradicts the record, by our name; `undefined` when it is this payment. */
export function differingMember(
  record: PayinRecord,
  facts: PayinFacts,
): 'payOrderId' | 'currency' | 'amount' | undefined {
  const { payOrderId, currency, amount, status } = facts;
  if (payOrderId !== undefined && record.payOrderId !== undefined && payOrderId !== record.payOrderId)
    return 'payOrderId';
  if (currency !== undefined && currency !== record.priced.currency) return 'currency';
  // Status 12 says itself that the amounts differ.
  if (status === 'amount-differs' || amount === undefined) return undefined;
  return isSameAmount(amount, record.priced.amount) ? undefined : 'amount';
}

/**
 * Whether the query API alone may settle a payment: its answer's shape is not published, and "paid" without an amount and
 * a currency to compare does not say what was paid.
 */
export function isProven({ status, amount, currency }: PayinFacts): boolean {
  return status !== 'paid' || (amount !== undefined && currency !== undefined);
}

/** Once the payment has ended, what it was opened with is needed no longer. What moves is looked at again soon. */
function withStatus(record: PayinRecord, status: PayinStatus, time: number): PayinRecord {
  return {
    ...record,
    status,
    dueAt: time,
    checks: 0,
    orderExpires: false,
    ...(isFinal(status) ? { outgoing: undefined, checkoutUrl: undefined } : {}),
  };
}

function learn(record: PayinRecord, { status, payOrderId, amount }: PayinFacts): PayinRecord | undefined {
  const learnt = { ...record };
  if (payOrderId !== undefined && record.payOrderId === undefined) learnt.payOrderId = payOrderId;
  if (status === 'amount-differs' && amount !== undefined && !isSameAmount(amount, record.priced.amount)) {
    learnt.receivedAmount = amount;
  }
  // What is written prolongs the record, and the order has to last as long.
  if (learnt.orderExpires) learnt.orderExpires = false;
  const isNew = learnt.payOrderId !== record.payOrderId || learnt.receivedAmount !== record.receivedAmount;
  return isNew ? learnt : undefined;
}

function eventOf(record: PayinRecord, type: PayinEventType, status: PayinStatus, at: string): PayinEvent {
  return {
    id: `${type}:${record.requestId}`,
    type,
    order: record.order,
    requestId: record.requestId,
    payOrderId: record.payOrderId ?? '',
    amount: record.priced.amount,
    currency: record.priced.currency,
    status,
    ...(type === 'payin.amount-differs' && record.receivedAmount !== undefined
      ? { receivedAmount: record.receivedAmount }
      : {}),
    at,
  };
}
