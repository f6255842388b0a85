import { UpstreamError } from '../../upstream/error.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import type { PayoutLeases } from './lease.ts';
import type { PayoutLimiter } from './limits.ts';
import { endedBatch, type Outgoing, type PayoutRecord, without } from './record.ts';
import { refusalProblem, upstreamRefusal } from './refusal.ts';
import type { PayoutFacts, PayoutSettlement } from './settlement.ts';
import { withBooked } from './sums.ts';

/**
 * How long a request whose answer was lost may still take effect, because it waits at the platform or on the way. Until
 * then "we do not know this id" proves nothing, and neither does the refusal of a second request.
 */
export const ARRIVAL_MS = 120_000;
/** The same request id with other parameters (Lesspay docs, Pay Out Error Codes; read 2026-11-20). */
const ID_CONFLICT = '30010';

/** How a claimed payout goes out, under the one id it has. */
export interface PayoutSending {
  /** Sends it for the first time. Only the lease's owner may. */
  send: (record: PayoutRecord) => Promise<PayoutRecord>;
  /** Goes on with a payout whose answer or whose sender was lost: asks first. */
  recover: (record: PayoutRecord) => Promise<PayoutRecord>;
  /** Sends it once more because an operator has decided so. */
  sendAgain: (record: PayoutRecord) => Promise<PayoutRecord>;
}

type Sent = Pick<PayoutFacts, 'status' | 'payOrderId'>;

/** Makes the one way by which a payout leaves the house. */
export function createPayoutSending(
  context: ProxyContext,
  settlement: PayoutSettlement,
  leases: PayoutLeases,
  limiter: PayoutLimiter,
): PayoutSending {
  const { payouts, config, logger, now, lesspay, leanx } = context;

  async function send(record: PayoutRecord): Promise<PayoutRecord> {
    const ready = await prepare(record);
    if (ready.status !== 'unknown') return ready;
    try {
      return await accept(ready, await transmit(ready));
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (error.outcome === 'refused') return giveUp(ready, error);
      if (error.upstreamCode === ID_CONFLICT) await halt(ready);
    }
    const renewed = await changeOwn(ready, (current) => ({ ...current, ...leases.renew() }));
    if (!renewed) return takenOver(ready);
    return recover(renewed);
  }

  /**
   * After a lost answer: ask, send the same id once more if the upstream does not know it, and ask again. The answer "not
   * known" may be premature; sending again is safe all the same, because the platform takes an id once and answers the
   * other request with 30010 or 30011. LeanX promises no such thing: there it takes a denial long after the sending.
   */
  function recover(record: PayoutRecord): Promise<PayoutRecord> {
    return orUnknown(record, async () => {
      const known = await settlement.query(record);
      if (known) return known.status === 'unknown' ? undefined : accept(record, known);
      if (isRefusedForGood(record)) return fail(record, record.refusedCode);
      return maySendAgain(record) ? resend(record) : undefined;
    });
  }

  function sendAgain(record: PayoutRecord): Promise<PayoutRecord> {
    return orUnknown(record, () => resend(record));
  }

  /** Sends it once more and asks what became of it; `undefined` when nobody can say. */
  async function resend(record: PayoutRecord): Promise<PayoutRecord | undefined> {
    const sent = await sendOnce(record);
    if (sent.status !== 'unknown') return sent;
    const known = await settlement.query(sent);
    return known && known.status !== 'unknown' ? accept(sent, known) : undefined;
  }

  /** What was found out about a payout, or the payout as it is, for the next who asks. */
  async function orUnknown(
    record: PayoutRecord,
    findOut: () => Promise<PayoutRecord | undefined>,
  ): Promise<PayoutRecord> {
    try {
      const found = await findOut();
      if (found) return found;
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
    }
    logger.warn({ event: 'payout-outcome-unknown', requestId: record.requestId });
    return (await changeOwn(record, (current) => ({ ...current, leaseUntil: 0 }))) ?? record;
  }

  /** One more request of an id that may be there already: its refusal is not the end, since the first may have been taken. */
  async function sendOnce(record: PayoutRecord): Promise<PayoutRecord> {
    const ready = await prepare(record);
    if (ready.status !== 'unknown') return ready;
    try {
      return await accept(ready, await transmit(ready));
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (error.upstreamCode === ID_CONFLICT) return halt(ready);
      if (error.outcome !== 'refused' || error.kind !== 'refused') return ready;
      const { upstreamCode = '' } = error;
      logger.warn({ event: 'payout-resend-refused', requestId: ready.requestId, upstreamCode });
      return (await changeOwn(ready, (current) => ({ ...current, refusedCode: upstreamCode }))) ?? ready;
    }
  }

  function maySendAgain(record: PayoutRecord): boolean {
    if (!record.outgoing || record.isHalted || record.refusedCode !== undefined) return false;
    // An operator has ended it; only the merchant's hook has not heard of it yet.
    if (record.decision && record.decision.made !== 'resend') return false;
    if (record.via !== 'leanx') return true;
    return config.leanx !== undefined && now() - (record.sentAt ?? Infinity) >= config.leanx.denialAfterMs;
  }

  function isRefusedForGood(record: PayoutRecord): boolean {
    return record.refusedCode !== undefined && now() - (record.sentAt ?? Infinity) >= ARRIVAL_MS;
  }

  /**
   * Written before the bytes leave: from here on a crash means "may have been sent". A record that somebody else has
   * taken over, closed or settled meanwhile is not sent by us.
   */
  async function prepare(record: PayoutRecord): Promise<PayoutRecord> {
    const { outgoing, leaseOwner } = record;
    if (!outgoing) throw new Error('A payout that the upstream already has cannot be sent again');
    const ready = await payouts.update(record, (current) =>
      current.status === 'unknown' && current.leaseOwner === leaseOwner
        ? { ...withBooked(current), ...leases.renew(), sentAt: now(), sends: (current.sends ?? 0) + 1 }
        : undefined,
    );
    if (!ready) throw stillSending(record);
    if (ready.status !== 'unknown') return ready;
    // A process that was stopped in the middle of this write may wake up when the payout is another one's.
    if (ready.leaseOwner !== leaseOwner || ready.leaseUntil <= now()) throw stillSending(record);
    return { ...ready, outgoing };
  }

  async function transmit({
    requestId,
    currency,
    total,
    outgoing,
    details,
    sends: attempt,
  }: PayoutRecord): Promise<Sent> {
    if (!outgoing) throw new Error('A payout that the upstream already has cannot be sent again');
    switch (outgoing.via) {
      case 'batch':
        return lesspay.createBatchPayout({
          requestId,
          currency,
          total,
          wayType: outgoing.wayType,
          wayCode: outgoing.wayCode,
          notifyUrl: outgoing.notifyUrl,
          details: outgoing.details,
          attempt,
        });
      case 'single':
        return lesspay.createPayout({
          requestId,
          amount: total,
          currency,
          wayType: outgoing.wayType,
          wayCode: outgoing.wayCode,
          productName: 'Payout',
          description: details[0]?.reference ?? requestId,
          notifyUrl: outgoing.notifyUrl,
          beneficiary: outgoing.beneficiary,
          attempt,
        });
      case 'leanx':
        return transmitToLeanx(requestId, outgoing, attempt);
    }
  }

  async function transmitToLeanx(
    requestId: string,
    outgoing: Outgoing & { via: 'leanx' },
    attempt: number | undefined,
  ): Promise<Sent> {
    if (!leanx) throw new Error('LeanX is no longer configured');
    const { invoice, poolReference, notifyUrl } = outgoing;
    const { status, invoiceNo } = await leanx.createPayout({
      ...invoice,
      poolReference,
      callbackUrl: notifyUrl,
      // Our own id, which is unique: what LeanX does with a repeated reference is not published.
      externalRef: requestId,
      attempt,
    });
    return { status, payOrderId: invoiceNo };
  }

  async function accept(
    record: PayoutRecord,
    state: Sent & { details?: PayoutFacts['details'] },
  ): Promise<PayoutRecord> {
    const facts: PayoutFacts = { ...state, details: state.details ?? [] };
    const taken = await payouts.update(record, (current) => ({
      // Taken, in a state that we cannot read: it may still have to be asked for, or sent, again.
      ...(state.status === 'unknown' ? current : without(current, 'outgoing')),
      leaseUntil: 0,
      ...(state.payOrderId === undefined ? {} : { payOrderId: state.payOrderId }),
    }));
    try {
      return await settlement.advance(taken ?? record, facts);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // The hook failed, the payout did not: the status stays behind, and the next query or notice tries the hook again.
      return { ...(taken ?? record), status: state.status };
    }
  }

  /**
   * The refusal of an only request is certain: nothing was paid. Where nothing was even sent, the same key may try again.
   * A sender that slept over its lease says nothing about what others have sent since.
   */
  async function giveUp(record: PayoutRecord, error: UpstreamError): Promise<PayoutRecord> {
    const { requestId, sends } = record;
    const isOnly = sends === 1;
    if (error.kind !== 'refused') {
      const idle = await changeOwn(record, (current) => {
        const rested = { ...current, leaseUntil: 0 };
        return isOnly ? without(without(rested, 'sentAt'), 'sends') : rested;
      });
      if (!idle) return takenOver(record);
      throw new ProblemError(
        'upstream-unavailable',
        'The payout platform cannot be reached; nothing was sent. Send the same request with the same key again later.',
        { requestId, cause: error },
      );
    }
    return fail(record, error.upstreamCode);
  }

  async function fail(record: PayoutRecord, upstreamCode: string | undefined): Promise<PayoutRecord> {
    const refusal = upstreamRefusal(record, upstreamCode === '' ? undefined : upstreamCode);
    const failed = await changeOwn(record, (current) =>
      // A notice may have been faster and knows better.
      current.status === 'unknown' ? { ...endedBatch(current, 'failed'), refusal } : { ...current, leaseUntil: 0 },
    );
    if (!failed) return takenOver(record);
    await limiter.tryRelease(failed);
    if (!failed.refusal) return failed;
    logger.warn({ event: 'payout-refused', requestId: record.requestId, upstreamCode });
    throw refusalProblem({ ...record, refusal });
  }

  /** Another payout has our id, which we never give twice: a fault of ours or of the platform. No machine goes on here. */
  async function halt(record: PayoutRecord): Promise<PayoutRecord> {
    logger.error({ event: 'payout-id-conflict', requestId: record.requestId, upstreamCode: ID_CONFLICT });
    return (await payouts.update(record, (current) => ({ ...current, isHalted: true }))) ?? record;
  }

  /** What became of a payout that another sender has taken over. */
  async function takenOver(record: PayoutRecord): Promise<PayoutRecord> {
    const found = await payouts.find(record.requestId);
    if (found?.record.refusal) throw refusalProblem(found.record);
    if (found && found.record.status !== 'unknown') return found.record;
    throw stillSending(record);
  }

  /** As `change`, but `undefined` when somebody else has taken the payout over meanwhile. */
  async function changeOwn(
    record: PayoutRecord,
    how: (current: PayoutRecord) => PayoutRecord,
  ): Promise<PayoutRecord | undefined> {
    let own: PayoutRecord | undefined;
    await payouts.update(record, (current) => {
      own = current.leaseOwner === record.leaseOwner ? how(current) : undefined;
      return own;
    });
    return own;
  }

  return { send, recover, sendAgain };
}

/** Whether the upstream has not been heard, or was heard about something else than this payout, which the log tells. */
function isNoAnswer(error: unknown): boolean {
  return error instanceof UpstreamError || (error instanceof ProblemError && error.code === 'notice-mismatch');
}

/** The problem of a payout that somebody else is sending at this moment. */
export function stillSending({ requestId }: { requestId: string }): ProblemError {
  return new ProblemError(
    'outcome-unknown',
    'The payout is still being sent. Send the same request with the same key again, or ask for its status.',
    { status: 409, requestId },
  );
}
