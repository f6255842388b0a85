import type { Evidence } from './evidence.ts';

/** One figure of a campaign: what was counted, what it has to be, and the first cases that make it wrong. */
export interface Figure {
  name: string;
  value: number;
  expected: number;
  cases: string[];
}

/** The platforms' words in ours. */
const WORDS: Readonly<Record<string, string>> = {
  PENDING_CONFIRM: 'review',
  STATUS_PENDING_APPROVAL: 'review',
  CREATED: 'review',
  PENDING_PAY: 'processing',
  PENDING: 'processing',
  PROCESSING: 'processing',
  SUCCEED: 'succeeded',
  SUCCESS: 'succeeded',
  Succeeded: 'succeeded',
  FAILED: 'failed',
  REFUND: 'refunded',
  REFUNDED: 'refunded',
  PARTIAL_SUCCESS: 'partly-succeeded',
};
const PAYIN_WORDS: Readonly<Record<string, string>> = {
  PENDING_PAY: 'pending',
  SUCCEED: 'paid',
  FAILED: 'failed',
  CANCELED: 'canceled',
  CLOSED: 'closed',
  REFUND: 'refunded',
  PAID: 'amount-differs',
};
const WITHOUT_MONEY: ReadonlySet<string> = new Set(['FAILED', 'CANCELED', 'CLOSED', 'REFUNDED']);
const PAYOUT_ENDS: Readonly<Record<string, string>> = {
  succeeded: 'payout.succeeded',
  'partly-succeeded': 'payout.partly-succeeded',
  failed: 'payout.failed',
};

function figure(name: string, cases: string[]): Figure {
  return { name, value: cases.length, expected: 0, cases };
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** The most request ids under which any one payout has been seen on the wire. */
export function requestIdsPerPayout({ upstream, wishes }: Evidence): Figure {
  const byAccount = grouped(
    upstream.wire.flatMap(({ requestId, at, accounts }) => accounts.map((account) => ({ account, requestId, at }))),
    ({ account }) => account,
  );
  const counts = wishes.map(({ name, accounts }) => {
    const sent = accounts.flatMap((account) => byAccount.get(account) ?? []);
    const ids = new Set(sent.map(({ requestId }) => requestId));
    return { name, count: ids.size, says: sent.map(({ requestId, at }) => `${requestId} at ${at}`).join(', ') };
  });
  return {
    name: 'distinct upstream request_ids per payout',
    value: Math.max(0, ...counts.map(({ count }) => count)),
    expected: 1,
    cases: counts.filter(({ count }) => count > 1).map(({ name, says }) => `${name}: ${says}`),
  };
}

/** Transfers beyond the first to one account. */
export function moneySentTwice({ upstream }: Evidence): Figure {
  const transfers = upstream.payouts.flatMap(({ requestId, details }) =>
    details.filter(({ status }) => !WITHOUT_MONEY.has(status)).map(({ account }) => ({ account, requestId })),
  );
  return figure(
    'money sent twice',
    [...grouped(transfers, ({ account }) => account)].flatMap(([account, all]) =>
      all.slice(1).map(({ requestId }) => `${account} again by ${requestId}`),
    ),
  );
}

/** Payouts that the proxy took, or was asked for to the end, and of which a platform has nothing. */
export function payoutsLost({ upstream, wishes }: Evidence): Figure {
  const known = new Set(upstream.payouts.flatMap(({ details }) => details.map(({ account }) => account)));
  return figure(
    'payouts lost',
    wishes
      .filter(({ accounts, isAccepted }) => !isAccepted || accounts.some((account) => !known.has(account)))
      .map(({ name, isAccepted }) => (isAccepted ? name : `${name} was never accepted`)),
  );
}

/** Goods that left for nothing, for another amount, or for somebody else's payment. */
export function fulfilledWithoutPayment({ upstream, fulfilments, prices }: Evidence): Figure {
  const payins = new Map(upstream.payins.map((payin) => [payin.requestId, payin]));
  return figure(
    'orders fulfilled without a matching payment',
    fulfilments
      .filter(({ order, requestId, amount, currency }) => {
        const payin = payins.get(requestId);
        const price = prices.get(order);
        const isPaid = payin?.status === 'SUCCEED' && payin.order === order && payin.amount === amount;
        return !isPaid || price?.amount !== amount || price.currency !== currency;
      })
      .map(
        ({ order, requestId }) => `${order} by ${requestId} (${payins.get(requestId)?.status ?? 'unknown upstream'})`,
      ),
  );
}

/** Paid orders that were fulfilled more or less often than once. */
export function fulfilmentsPerPaidOrder({ upstream, fulfilments }: Evidence): Figure {
  const byOrder = grouped(fulfilments, ({ order }) => order);
  const paid = new Set(upstream.payins.filter(({ status }) => status === 'SUCCEED').map(({ order }) => order));
  const counts = [...paid].map((order) => ({ order, count: byOrder.get(order)?.length ?? 0 }));
  const wrong = counts.filter(({ count }) => count !== 1);
  return {
    name: 'fulfilments per paid order',
    // The one furthest from one.
    value: wrong.reduce((worst, { count }) => (Math.abs(count - 1) > Math.abs(worst - 1) ? count : worst), 1),
    expected: 1,
    cases: wrong.map(({ order, count }) => `${order} ${count} times`),
  };
}

/** Payments and payouts that the proxy's store has otherwise than the platform. */
export function notAtTruth({ upstream, records }: Evidence): Figure {
  const payins = upstream.payins.map(({ requestId, status }) => {
    const ours = records.get(requestId)?.status ?? 'missing';
    return { requestId, isRight: ours === PAYIN_WORDS[status], says: `${ours}, upstream ${status}` };
  });
  const payouts = upstream.payouts.map(({ requestId, status, details }) => {
    const record = records.get(requestId);
    const ours = record?.status ?? 'missing';
    const wrong = details.filter(({ reference, status: truth }) => {
      // A single payout and a LeanX one have no reference of their own upstream.
      const known =
        record?.details.get(reference) ?? (record?.details.size === 1 ? [...record.details.values()][0] : undefined);
      return known !== WORDS[truth];
    });
    return {
      requestId,
      isRight: ours === WORDS[status] && wrong.length === 0,
      says: `${ours}, upstream ${status}; ${wrong.length} of ${details.length} details differ`,
    };
  });
  return figure(
    "orders not at the upstream's truth after reconcile",
    [...payins, ...payouts].filter(({ isRight }) => !isRight).map(({ requestId, says }) => `${requestId}: ${says}`),
  );
}

/** Orders for which more than one payment is open or paid. */
export function chargedTwice({ upstream }: Evidence): Figure {
  const live = upstream.payins.filter(({ status }) => !WITHOUT_MONEY.has(status));
  return figure(
    'orders with two live payments',
    [...grouped(live, ({ order }) => order)]
      .filter(([, all]) => all.length > 1)
      .map(([order, all]) => `${order}: ${all.map(({ requestId, status }) => `${requestId} ${status}`).join(', ')}`),
  );
}

/** Payouts that have ended and of whose end the merchant was told never, twice, or wrongly. */
export function payoutsMistold({ upstream, events }: Evidence): Figure {
  const ends = new Set(Object.values(PAYOUT_ENDS));
  const told = grouped(
    events.filter(({ type }) => ends.has(type)),
    ({ requestId }) => requestId,
  );
  return figure(
    'payouts whose end the merchant was not told once',
    upstream.payouts
      .map(({ requestId, status }) => ({
        requestId,
        expected: PAYOUT_ENDS[WORDS[status] ?? ''],
        heard: (told.get(requestId) ?? []).map(({ type }) => type),
      }))
      .filter(({ expected, heard }) => heard.join() !== (expected ?? ''))
      .map(
        ({ requestId, expected, heard }) => `${requestId}: ${expected ?? 'open'}, heard ${heard.join() || 'nothing'}`,
      ),
  );
}

/** Every figure of a campaign. */
export function judge(evidence: Evidence): Figure[] {
  return [
    requestIdsPerPayout,
    moneySentTwice,
    payoutsLost,
    fulfilledWithoutPayment,
    fulfilmentsPerPaidOrder,
    notAtTruth,
    chargedTwice,
    payoutsMistold,
  ].map((count) => count(evidence));
}

/** Whether a figure is not what it has to be. */
export function isRed({ value, expected }: Figure): boolean {
  return value !== expected;
}
