import { isFinal } from '../../protocol/status.ts';
import { checkAmount, compareAmounts, sumAmounts } from '../../rules/amount.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import { errorFields } from '../journal/log.ts';
import { askMerchant, merchantError } from '../merchant/ask-merchant.ts';
import type { Actor, PayoutDraft, PayoutLimits, PayoutOptions } from '../options.ts';
import { endedBatch, type PayoutRecord } from './record.ts';
import { refusalProblem, type PayoutRefusal } from './refusal.ts';
import { stillSending } from './sending.ts';
import { UNPAID } from './settlement.ts';
import { createPayoutSums, type ExceededLimit, withBooked } from './sums.ts';

/** The merchant's limits on payouts, over all replicas. */
export interface PayoutLimiter {
  /** Asks for the limits of an attempt and refuses a payout that alone is above them. */
  ask: (draft: PayoutDraft, actor: Actor) => Promise<PayoutLimits | undefined>;
  /** Counts a payout that is about to be sent, once; one that does not fit into its day any more ends here. */
  count: (record: PayoutRecord, limits: PayoutLimits | undefined) => Promise<void>;
  /** Counts no longer what an ended payout did not pay. Rejects only when the store fails. */
  release: (record: PayoutRecord) => Promise<void>;
  /** As `release`, `false` where the store failed: what an end does not do `reconcile` does later. */
  tryRelease: (record: PayoutRecord) => Promise<boolean>;
}

/** Makes the one place that decides what of a payout counts, and when; `sums` adds it up. */
export function createPayoutLimiter(context: ProxyContext, payout: PayoutOptions): PayoutLimiter {
  const { payouts, config, logger, now } = context;
  const { currencies } = config.tables;
  const dayOf = createDayOf(config.limitsTimeZone);
  const sums = createPayoutSums(context);

  async function ask(draft: PayoutDraft, actor: Actor): Promise<PayoutLimits | undefined> {
    if (!payout.limits) return undefined;
    // A copy: nothing that the hook does to it may change what is sent.
    const limits =
      (await askMerchant('payout.limits', logger, () => payout.limits?.(structuredClone(draft), actor))) ?? {};
    const { currency } = draft;
    requireAmounts(limits, currency);
    const { perPayout } = limits;
    if (perPayout === undefined) return limits;
    const above = draft.payouts.flatMap(({ amount }, index) => (isAbove(amount, perPayout, currency) ? [index] : []));
    if (above.length === 0) return limits;
    logger.warn({ event: 'payout-limit-exceeded', limit: 'perPayout', currency });
    throw new ProblemError('payout-limit-exceeded', 'A payout is above the limit for one payout; errors names each.', {
      errors: above.map((index) => ({ path: `payouts.${index}`, code: 'payout-limit-exceeded' })),
    });
  }

  async function count(record: PayoutRecord, limits: PayoutLimits | undefined): Promise<void> {
    // What was counted by limits that are gone is still to be counted to its end.
    if (!limits && !record.counted) return;
    const { leaseOwner, total } = record;
    const isMine = (current: PayoutRecord): boolean =>
      current.leaseOwner === leaseOwner && current.status === 'unknown';
    const day = dayOf(now());
    if (record.counted && record.counted.day !== day) {
      await bookAs(record, (current) => (isMine(current) ? '0' : undefined));
    }
    const noted = await payouts.update(record, (current) =>
      isMine(current) ? counting(current, day, total) : undefined,
    );
    if (!noted || !isMine(noted)) throw stillSending(record);
    const exceeded = await sums.book(noted, limits);
    if (exceeded) throw await refuse(noted, exceeded);
  }

  async function refuse(record: PayoutRecord, limit: ExceededLimit): Promise<ProblemError> {
    const { requestId, currency } = record;
    logger.warn({ event: 'payout-limit-exceeded', limit, requestId, currency });
    const refusal: PayoutRefusal = {
      code: 'payout-limit-exceeded',
      detail: 'With this the limit for one day would be exceeded; nothing was sent. A new attempt needs a new key.',
    };
    const refused = await payouts.update(record, (current) =>
      current.leaseOwner === record.leaseOwner && current.status === 'unknown' && current.sentAt === undefined
        ? { ...endedBatch(current, 'failed'), refusal }
        : undefined,
    );
    if (!refused?.refusal) return stillSending(record);
    await tryRelease(refused);
    return refusalProblem(refused);
  }

  async function release(record: PayoutRecord): Promise<void> {
    const { counted } = record;
    const isRight = counted?.amount === paidOf(record) && counted.booked?.turn === counted.turn;
    if (!counted || !isFinal(record.status) || isRight) return;
    await bookAs(record, (current) => (isFinal(current.status) ? paidOf(current) : undefined));
  }

  /** What an ended payout has paid. */
  function paidOf({ details, currency }: PayoutRecord): string {
    const paid = details.filter(({ status }) => !UNPAID.has(status));
    return sumAmounts(
      paid.map(({ amount }) => amount),
      currency,
      currencies,
    );
  }

  /** Counts another amount of a payout on the day on which it is counted already. */
  async function bookAs(record: PayoutRecord, amountOf: (current: PayoutRecord) => string | undefined): Promise<void> {
    const noted = await payouts.update(record, (current) => {
      const amount = amountOf(current);
      return current.counted && amount !== undefined ? counting(current, current.counted.day, amount) : undefined;
    });
    if (!noted?.counted) return;
    const { turn, booked } = noted.counted;
    if (booked?.turn === turn) return;
    await sums.book(noted);
    await payouts.update(noted, (current) => (current.counted?.turn === turn ? withBooked(current) : undefined));
  }

  async function tryRelease(record: PayoutRecord): Promise<boolean> {
    try {
      await release(record);
      return true;
    } catch (error) {
      logger.warn({ event: 'payout-limit-not-released', requestId: record.requestId, ...errorFields(error) });
      return false;
    }
  }

  function requireAmounts(limits: PayoutLimits, currency: string): void {
    for (const name of ['perPayout', 'perDay', 'perActorPerDay'] as const) {
      const value: unknown = limits[name];
      const issue = value === undefined ? undefined : checkAmount(value, currency, currencies);
      // A limit of nothing is one, too.
      if (issue === undefined || issue === 'amount-zero') continue;
      throw merchantError(`payout.limits: ${name}: must be a decimal string such as '500.00' (${issue}).`);
    }
  }

  function isAbove(amount: string, max: string, currency: string): boolean {
    return compareAmounts(amount, max, currency, currencies) > 0;
  }

  return { ask, count, release, tryRelease };
}

/** The record that says what is to count on a day; `undefined` when it says so already. */
function counting(record: PayoutRecord, day: string, amount: string): PayoutRecord | undefined {
  const { counted } = record;
  if (counted?.day !== day) return { ...record, counted: { day, amount, turn: (counted?.turn ?? 0) + 1 } };
  if (counted.amount === amount) return undefined;
  return { ...record, counted: { ...counted, amount, turn: counted.turn + 1 } };
}

/** Makes the function that tells which day it is, `2026-11-20`, in a time zone. `Intl` is the only one who knows time zones. */
function createDayOf(timeZone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (time) => {
    const part = (type: string): string => format.formatToParts(time).find((own) => own.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  };
}
