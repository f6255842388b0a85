import type { Evidence, OperatorDecision } from './evidence.ts';

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
/** What the platforms call a payment that was paid, also where the money went back since. */
const HAS_BEEN_PAID: ReadonlySet<string> = new Set(['SUCCEED', 'REFUND']);
const WITHOUT_MONEY: ReadonlySet<string> = new Set(['FAILED', 'CANCELED', 'CLOSED', 'REFUNDED']);
const PAYOUT_ENDS: Readonly<Record<string, string>> = {
  succeeded: 'payout.succeeded',
  'partly-succeeded': 'payout.partly-succeeded',
  failed: 'payout.failed',
  // Told when it had succeeded; that it came back is an event of its own.
  refunded: 'payout.succeeded',
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
export function payoutsLost({ upstream, wishes, decisions }: Evidence): Figure {
  // An operator has ended them, and so knows that they are not paid.
  const given = new Set(decisions.filter(isEnded).flatMap(({ references }) => references.map(wishOf)));
  const known = new Set(upstream.payouts.flatMap(({ details }) => details.map(({ account }) => account)));
  return figure(
    'payouts lost',
    wishes
      .filter(
        ({ name, accounts, isAccepted }) =>
          !isAccepted || (!given.has(name) && accounts.some((account) => !known.has(account))),
      )
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
        const isPaid = payin && HAS_BEEN_PAID.has(payin.status) && payin.order === order && payin.amount === amount;
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
  const paid = new Set(upstream.payins.filter(({ status }) => HAS_BEEN_PAID.has(status)).map(({ order }) => order));
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

/** Orders for which more than one payment is open or paid, but for those that the platforms let be paid late. */
export function chargedTwice({ upstream, paidLate }: Evidence): Figure {
  const late = new Set(paidLate);
  const live = upstream.payins.filter(({ requestId, status }) => !WITHOUT_MONEY.has(status) && !late.has(requestId));
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

/** Payments whose order had been paid, and of which the merchant was told otherwise than once and as a second one. */
export function paidTwiceMistold({ events, paidLate }: Evidence): Figure {
  const late = new Set(paidLate);
  const told = grouped(
    events.filter(({ type }) => type === 'payin.paid-twice' || type === 'payin.paid'),
    ({ requestId }) => requestId,
  );
  const heard = (requestId: string): string => (told.get(requestId) ?? []).map(({ type }) => type).join();
  return figure('second payments of which the merchant was not told once', [
    ...paidLate
      .filter((requestId) => heard(requestId) !== 'payin.paid-twice')
      .map((requestId) => `${requestId}: heard ${heard(requestId) || 'nothing'}`),
    ...[...told.keys()]
      .filter((requestId) => !late.has(requestId) && heard(requestId).includes('payin.paid-twice'))
      .map((requestId) => `${requestId} was the first`),
  ]);
}

/** Money that came back, and of which the merchant was told never or twice; or that did not come back. */
export function refundsMistold({ events, refunds }: Evidence): Figure {
  const told = events.filter(({ type }) => type.endsWith('.refunded')).map(({ requestId }) => requestId);
  const ids = [...new Set([...refunds, ...told])];
  const count = (list: readonly string[], id: string): number => list.filter((own) => own === id).length;
  return figure(
    'refunds of which the merchant was not told once',
    ids
      .filter((id) => count(refunds, id) !== 1 || count(told, id) !== 1)
      .map((id) => `${id}: ${count(refunds, id)} times refunded, ${count(told, id)} times told`),
  );
}

/** Operators' decisions that did not become what they were, or against what the platform knew. */
export function decisionsGoneWrong({ upstream, events, records, decisions }: Evidence): Figure {
  const known = new Set(upstream.payouts.map(({ requestId }) => requestId));
  const ends = new Set(Object.values(PAYOUT_ENDS));
  const heard = (id: string): string =>
    events
      .filter(({ requestId, type }) => requestId === id && ends.has(type))
      .map((event) => `${event.type} by ${('decidedBy' in event && event.decidedBy) || 'the platform'}`)
      .join();
  const verdict = (one: OperatorDecision): string | undefined => {
    const { requestId, isAtPlatform } = one;
    if (isAtPlatform) return isEnded(one) ? 'ended what the platform had' : undefined;
    if (one.decision === 'resend') return known.has(requestId) ? undefined : 'was not sent again';
    if (!isEnded(one)) return `was told ${one.says.join()}`;
    if (known.has(requestId)) return 'was sent after its end';
    const status = records.get(requestId)?.status;
    if (status !== 'failed') return `is ${status ?? 'missing'}`;
    return heard(requestId) === 'payout.failed by op-1' ? undefined : `heard ${heard(requestId) || 'nothing'}`;
  };
  return figure(
    'decisions of operators gone wrong',
    decisions.flatMap((one) => {
      const wrong = verdict(one);
      return wrong === undefined ? [] : [`${one.requestId}, ${one.decision}: ${wrong}`];
    }),
  );
}

/** Whether an operator has ended it as failed. */
function isEnded({ decision, says }: OperatorDecision): boolean {
  return decision === 'failed' && says.includes('failed');
}

/** A wish's payouts are called by its name and a number. */
function wishOf(reference: string): string {
  return reference.replace(/-\d+$/, '');
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
    paidTwiceMistold,
    refundsMistold,
    decisionsGoneWrong,
  ].map((count) => count(evidence));
}

/** Whether a figure is not what it has to be. */
export function isRed({ value, expected }: Figure): boolean {
  return value !== expected;
}
