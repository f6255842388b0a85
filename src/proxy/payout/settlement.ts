import { readFailReason } from '../../lesspay/fail-reason.ts';
import type { PayoutDetail } from '../../protocol/messages.ts';
import { isFinal, type PayoutFailure, type PayoutStatus } from '../../protocol/status.ts';
import { UpstreamError } from '../../upstream/error.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import { errorFields, type Logger } from '../journal/log.ts';
import { isPayoutProgress } from '../lifecycle/progress.ts';
import { isSameAmount } from '../lifecycle/same-amount.ts';
import type { PayoutEvent, PayoutEventType } from '../merchant/events.ts';
import type { PayoutKeyExpiry } from './key-expiry.ts';
import type { PayoutLimiter } from './limits.ts';
import { type PayoutRecord, payoutKey } from './record.ts';

const EVENT_TYPES: Partial<Record<PayoutStatus, PayoutEventType>> = {
  processing: 'payout.processing',
  succeeded: 'payout.succeeded',
  'partly-succeeded': 'payout.partly-succeeded',
  failed: 'payout.failed',
  canceled: 'payout.failed',
  closed: 'payout.failed',
  refunded: 'payout.refunded',
};

/** Ended without money having moved. */
export const UNPAID: ReadonlySet<PayoutStatus> = new Set(['failed', 'canceled', 'closed']);

/** What an upstream says about a payout request, by notice or by query. */
export interface PayoutFacts {
  status: PayoutStatus;
  payOrderId?: string | undefined;
  currency?: string | undefined;
  total?: string | undefined;
  /** The upstream's own text, never shown. */
  failReason?: string | undefined;
  /** The operator whose word this is, where it is not the upstream's. */
  decidedBy?: string | undefined;
  details: readonly {
    reference: string;
    amount: string;
    status: PayoutStatus;
    isRejected?: boolean;
    failReason?: string | undefined;
  }[];
}

/** How a payout's record follows what the upstream says. */
export interface PayoutSettlement {
  /** Asks the upstream and compares its answer with the record; `undefined` when it does not know the payout. */
  query: (record: PayoutRecord) => Promise<PayoutFacts | undefined>;
  /** Moves the record forward, telling the merchant first; nothing happens when it would not be forward. */
  advance: (record: PayoutRecord, facts: PayoutFacts) => Promise<PayoutRecord>;
}

/** Makes the one way by which a payout's status changes, whoever brings the news. */
export function createPayoutSettlement(
  context: ProxyContext,
  expireKeys: PayoutKeyExpiry,
  limiter: PayoutLimiter,
): PayoutSettlement {
  const { payouts, lesspay, leanx, deliver, options, keep, logger, now, track } = context;

  async function query(record: PayoutRecord): Promise<PayoutFacts | undefined> {
    const facts =
      record.via === 'leanx' ? await queryLeanx(record) : await lesspay.queryPayout({ requestId: record.requestId });
    const member = facts && differingPayoutMember(record, facts);
    if (member === undefined) return facts;
    logger.error({ event: 'payout-mismatch', requestId: record.requestId, source: 'query', member });
    throw new ProblemError('notice-mismatch', `The query API's ${member} differs from the stored payout.`, {
      requestId: record.requestId,
    });
  }

  async function queryLeanx(record: PayoutRecord): Promise<PayoutFacts | undefined> {
    // A record of LeanX outlives the configuration that made it; not being able to ask is not an answer.
    if (!leanx) {
      throw new UpstreamError({ kind: 'network', outcome: 'unknown', message: 'LeanX is no longer configured.' });
    }
    const state = await leanx.payoutStatus({ ref: record.requestId });
    return state && { status: state.status, payOrderId: state.invoiceNo, total: state.amount, details: [] };
  }

  async function advance(record: PayoutRecord, facts: PayoutFacts): Promise<PayoutRecord> {
    const { status } = facts;
    const settle = (current: PayoutRecord): PayoutRecord => {
      const settled = withDetails(current, facts);
      // What moves is looked at again soon.
      return isPayoutProgress(current.status, status)
        ? { ...settled, status, dueAt: now(), checks: 0, keysExpire: false }
        : settled;
    };
    if (facts.decidedBy === undefined) noteContradiction(logger, record, status);
    const type = EVENT_TYPES[status];
    if (type !== undefined && options.onPayout) {
      await deliver<PayoutRecord>({
        key: payoutKey(record.requestId),
        eventId: `${type}:${record.requestId}`,
        keep: keep.payout,
        isDue: (current) => isPayoutProgress(current.status, status),
        run: (current, at) => options.onPayout?.(eventOf(settle(current), type, facts, at)),
        settle,
      });
    }
    const isOlder = (current: PayoutRecord) => current.status !== status && !isPayoutProgress(current.status, status);
    const advanced =
      (await payouts.update(record, (current) => (isOlder(current) ? undefined : settle(current)))) ?? record;
    const isToEnd = isFinal(advanced.status) && advanced.keysExpire !== true;
    if (isToEnd && (await limiter.tryRelease(advanced))) {
      // Nobody waits for it: a batch has many keys, and what is not done here `reconcile` does.
      track(expireKeys(advanced)).catch((error: unknown) => {
        logger.warn({ event: 'payout-keys-stay', requestId: advanced.requestId, ...errorFields(error) });
      });
    }
    return advanced;
  }

  return { query, advance };
}

/** Raises an alarm when the upstream says otherwise than an operator has decided, who has acted on his word since. */
export function noteContradiction(logger: Logger, { requestId, decision }: PayoutRecord, status: PayoutStatus): void {
  const contradicts =
    (decision?.made === 'failed' && status !== 'unknown' && !UNPAID.has(status)) ||
    (decision?.made === 'succeeded' && (UNPAID.has(status) || status === 'partly-succeeded'));
  if (contradicts) logger.error({ event: 'payout-decision-contradicted', requestId, decision: decision.made, status });
}

/** The first member of an upstream's word that contradicts the record, by our name; `undefined` when it is this payout. */
export function differingPayoutMember(record: PayoutRecord, facts: PayoutFacts): string | undefined {
  const { payOrderId, currency, total, details } = facts;
  if (payOrderId !== undefined && record.payOrderId !== undefined && payOrderId !== record.payOrderId)
    return 'payOrderId';
  if (currency !== undefined && currency !== record.currency) return 'currency';
  if (total !== undefined && !isSameAmount(total, record.total)) return 'total';
  const seen = new Set<string>();
  for (const detail of details) {
    const own = findDetail(record, detail.reference);
    if (!own || seen.has(own.reference)) return 'details.reference';
    seen.add(own.reference);
    if (!isSameAmount(detail.amount, own.amount)) return 'details.amount';
  }
  return undefined;
}

/** A single payout has no reference of its own upstream and comes back under its request id. */
function findDetail(record: PayoutRecord, reference: string): PayoutDetail | undefined {
  const own = record.details.find((detail) => detail.reference === reference);
  return own ?? (record.details.length === 1 && reference === record.requestId ? record.details[0] : undefined);
}

function withDetails(record: PayoutRecord, facts: PayoutFacts): PayoutRecord {
  const told = new Map(facts.details.map((detail) => [findDetail(record, detail.reference)?.reference, detail]));
  const details = record.details.map((detail) => {
    const own = told.get(detail.reference);
    // Where the upstream says nothing of a detail, a whole that ended one way ended so for every part.
    const status =
      own?.status ?? (facts.status === 'partly-succeeded' || facts.status === 'unknown' ? detail.status : facts.status);
    if (!isPayoutProgress(detail.status, status)) return detail;
    const { reference, amount } = detail;
    const failure = failureOf(
      status,
      own?.failReason ?? facts.failReason,
      own?.isRejected ?? record.status === 'review',
    );
    return { reference, amount, status, ...(failure ? { failure } : {}) };
  });
  const { outgoing, ...rest } = record;
  return {
    ...rest,
    details,
    ...(record.payOrderId === undefined && facts.payOrderId !== undefined ? { payOrderId: facts.payOrderId } : {}),
    // Once the upstream has it, the recipients' data is needed no longer.
    ...(facts.status === 'unknown' && outgoing ? { outgoing } : {}),
  };
}

/** Our word for why a payout failed: what the upstream says of it, else who stopped it, the review or the channel. */
function failureOf(status: PayoutStatus, reason: string | undefined, isRejected: boolean): PayoutFailure | undefined {
  if (status === 'failed') return readFailReason(reason) ?? (isRejected ? 'review-rejected' : 'channel-failed');
  return status === 'canceled' || status === 'refunded' || status === 'closed' ? status : undefined;
}

function eventOf(record: PayoutRecord, type: PayoutEventType, facts: PayoutFacts, at: string): PayoutEvent {
  return {
    id: `${type}:${record.requestId}`,
    type,
    reference: record.details[0]?.reference ?? record.requestId,
    requestId: record.requestId,
    payOrderId: record.payOrderId ?? '',
    amount: record.total,
    currency: record.currency,
    status: facts.status,
    details: record.details,
    ...(facts.decidedBy === undefined ? {} : { decidedBy: facts.decidedBy }),
    at,
  };
}
