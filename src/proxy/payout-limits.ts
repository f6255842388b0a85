import { isFinal } from '../protocol/status.ts';
import { checkAmount, compareAmounts, sumAmounts } from '../rules/amount.ts';
import type { ProxyContext } from './context.ts';
import { errorFields } from './log.ts';
import { askMerchant, merchantError } from './merchant.ts';
import type { Actor, PayoutDraft, PayoutLimits, PayoutOptions } from './options.ts';
import { digest, endedBatch, type PayoutRecord, payoutKey } from './payout-record.ts';
import { refusalProblem, type PayoutRefusal } from './payout-refusal.ts';
import { stillSending } from './payout-sending.ts';
import { UNPAID } from './payout-settlement.ts';
import { ProblemError } from './problem.ts';
import { readRecord, toJson, updateRecord } from './store/records.ts';

/** What counts towards the limits of one day in one currency; amounts are decimal strings. */
interface DayRecord {
  /** Of requests whose sum may still change, by request id: what has failed counts nothing, and may yet turn out paid. */
  held: Record<string, { actor: string; amount: string }>;
  /** Of requests that have succeeded, by actor. */
  spent: Record<string, string>;
}

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

/** Nobody looks at a day's sum once the day is over, wherever that is. */
const KEPT_MS = 2 * 86_400_000;
const MAX_ATTEMPTS = 50;

/**
 * Makes the one place where payouts are counted. A day's sum and the decision about it are one record of the store that is
 * replaced by its version, so that of two payouts at once only one can be the last to fit.
 */
export function createPayoutLimiter(context: ProxyContext, payout: PayoutOptions): PayoutLimiter {
  const { store, config, keep, logger, now } = context;
  const { currencies } = config.tables;
  const dayOf = createDayOf(config.limitsTimeZone);
  const keepDay = () => ({ expiresInMs: KEPT_MS });
  /** The last piece of work on each day of this process: its own payouts need not race one another. */
  const turns = new Map<string, Promise<unknown>>();

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
    if (!limits) return;
    const { requestId, leaseOwner, currency, total } = record;
    const dayKey = `payout-day:${currency}:${dayOf(now())}`;
    // The payout says first where it is counted, so that whoever ends it knows.
    const noted = await change(record, (current) =>
      current.leaseOwner === leaseOwner && current.status === 'unknown' ? { ...current, dayKey } : undefined,
    );
    if (noted?.dayKey !== dayKey || noted.leaseOwner !== leaseOwner) throw stillSending(record);
    const actor = digest(record.actorId).slice(0, 16);
    let exceeded: 'perDay' | 'perActorPerDay' | undefined;
    await inTurn(dayKey, () =>
      changeDay(dayKey, (day) => {
        if (Object.hasOwn(day.held, requestId)) return undefined;
        exceeded = exceededLimit(day, { actor, total, currency }, limits);
        return exceeded ? undefined : { ...day, held: { ...day.held, [requestId]: { actor, amount: total } } };
      }),
    );
    if (exceeded) throw await refuse(record, exceeded);
    // Somebody may have closed it while it was not counted yet, and had nothing to take back.
    const found = await readRecord<PayoutRecord>(store, payoutKey(requestId));
    if (found) await release(found.record);
  }

  function exceededLimit(
    { held, spent }: DayRecord,
    { actor, total, currency }: { actor: string; total: string; currency: string },
    { perDay, perActorPerDay }: PayoutLimits,
  ): 'perDay' | 'perActorPerDay' | undefined {
    const counted = [...Object.entries(spent).map(([who, amount]) => ({ actor: who, amount })), ...Object.values(held)];
    const exceeds = (max: string | undefined, amounts: { amount: string }[]): boolean =>
      max !== undefined && isAbove(sum([total, ...amounts.map(({ amount }) => amount)], currency), max, currency);
    if (exceeds(perDay, counted)) return 'perDay';
    const own = counted.filter((one) => one.actor === actor);
    return exceeds(perActorPerDay, own) ? 'perActorPerDay' : undefined;
  }

  async function refuse(record: PayoutRecord, limit: 'perDay' | 'perActorPerDay'): Promise<ProblemError> {
    const { requestId, currency } = record;
    logger.warn({ event: 'payout-limit-exceeded', limit, requestId, currency });
    const refusal: PayoutRefusal = {
      code: 'payout-limit-exceeded',
      detail: 'With this the limit for one day would be exceeded; nothing was sent. A new attempt needs a new key.',
    };
    const refused = await change(record, (current) =>
      current.status === 'unknown' && current.sentAt === undefined
        ? { ...endedBatch(current, 'failed'), refusal }
        : undefined,
    );
    return refused?.refusal ? refusalProblem(refused) : stillSending(record);
  }

  async function release({ requestId, dayKey, status, details, currency }: PayoutRecord): Promise<void> {
    if (dayKey === undefined || !isFinal(status)) return;
    const paid = details.filter((detail) => !UNPAID.has(detail.status)).map(({ amount }) => amount);
    const amount = sum(paid, currency);
    // Nothing takes a success back, so that it need not be told from others any more.
    const isSettled = status === 'succeeded' || status === 'refunded';
    await inTurn(dayKey, () =>
      updateRecord<DayRecord>(store, dayKey, keepDay, (day) => {
        const own = Object.hasOwn(day.held, requestId) ? day.held[requestId] : undefined;
        if (!own) return undefined;
        const { actor } = own;
        if (!isSettled && own.amount === amount) return undefined;
        if (!isSettled) return { ...day, held: { ...day.held, [requestId]: { actor, amount } } };
        const held = Object.fromEntries(Object.entries(day.held).filter(([id]) => id !== requestId));
        return { held, spent: { ...day.spent, [actor]: sum([day.spent[actor] ?? '0', amount], currency) } };
      }),
    );
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

  async function changeDay(key: string, how: (day: DayRecord) => DayRecord | undefined): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const found = await readRecord<DayRecord>(store, key);
      const changed = how(found?.record ?? { held: {}, spent: {} });
      if (!changed) return;
      const value = toJson(changed);
      if (await (found ? store.replace(key, found.version, value, keepDay()) : store.insert(key, value, keepDay()))) {
        return;
      }
    }
    throw new Error(`The store refused ${MAX_ATTEMPTS} writes in a row`);
  }

  function inTurn(key: string, work: () => Promise<unknown>): Promise<unknown> {
    const mine = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, mine);
    const leave = (): void => {
      if (turns.get(key) === mine) turns.delete(key);
    };
    mine.then(leave, leave);
    return mine;
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

  function sum(amounts: readonly string[], currency: string): string {
    return sumAmounts(amounts, currency, currencies);
  }

  function change(
    record: PayoutRecord,
    how: (current: PayoutRecord) => PayoutRecord | undefined,
  ): Promise<PayoutRecord | undefined> {
    return updateRecord(store, payoutKey(record.requestId), keep.payout, how);
  }

  return { ask, count, release, tryRelease };
}

/** Makes the function that tells which day it is, `2026-11-20`, in a time zone. `Intl` is the only one who knows time zones. */
function createDayOf(timeZone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (time) => {
    const part = (type: string): string => format.formatToParts(time).find((own) => own.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  };
}
