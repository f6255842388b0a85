import { type PayinNotice, readPayinNotice } from '../../lesspay/notice.ts';
import { UpstreamError } from '../../upstream/error.ts';
import type { ProxyContext } from '../context.ts';
import { acknowledge, type ProxyAnswer, type ProxyCall } from '../http/exchange.ts';
import { ProblemError } from '../http/problem.ts';
import { unreadableNotice, verifyNotice } from '../lifecycle/lesspay-notice.ts';
import { confirmsPayin, isPayinProgress } from '../lifecycle/progress.ts';
import { isRequestId } from '../lifecycle/request-id.ts';
import { isSameAmount } from '../lifecycle/same-amount.ts';
import { readRecord } from '../store/records.ts';
import { type PayinRecord, payinKey } from './record.ts';
import { differingMember, type PayinFacts, type PayinSettlement } from './settlement.ts';

/** Risk notices by their names (Lesspay docs, Fraud & Dispute Webhook; read 2026-11-20). */
const RISKS: ReadonlyMap<string, 'payin.declined' | 'payin.disputed'> = new Map([
  ['payment_declined', 'payin.declined'],
  ['dispute_received', 'payin.disputed'],
]);

/** Answers one pay-in notice: verify, compare, confirm by query, move forward, tell the merchant, acknowledge. */
export type PayinWebhook = (call: ProxyCall, rawBody: Uint8Array) => Promise<ProxyAnswer>;

/** Makes the pay-in webhook; `confirmByQuery` is the default for notices that give no reason to doubt. */
export function createPayinWebhook(
  context: ProxyContext,
  settlement: PayinSettlement,
  confirmByQuery: boolean,
): PayinWebhook {
  const { store, logger } = context;

  return async function receive(call, rawBody) {
    const { body, isAmbiguous, secretIndex } = verifyNotice(context, 'payin', call, rawBody);
    const read = readPayinNotice(body);
    if (!read.ok) throw unreadableNotice(read.path);
    const { notice } = read;
    const found = isRequestId(notice.requestId)
      ? await readRecord<PayinRecord>(store, payinKey(notice.requestId))
      : undefined;
    if (!found) throw new ProblemError('unknown-request', 'No payment of this proxy has this request_id.');
    const { record } = found;

    const differing = differingMember(record, notice);
    if (differing !== undefined) logMismatch(record, differing);
    if (differing === 'payOrderId' || differing === 'currency') throw mismatch(record, differing);
    // Members that we do not know are signed, but may be what a re-split body hides its rest in.
    const isDoubtful =
      isAmbiguous || notice.unknownMembers.length > 0 || differing !== undefined || record.payOrderId === undefined;

    if (notice.event !== undefined) return warn(record, notice, notice.event, isDoubtful, secretIndex);
    if (!isPayinProgress(record.status, notice.status)) {
      log(record, notice, 'not-newer', secretIndex);
      return acknowledge();
    }
    const facts = confirmByQuery || isDoubtful ? await confirm(record, notice) : notice;
    // Of an amount that differs only the query API's own "paid another amount" may make something.
    if (differing === 'amount' && facts.status !== 'amount-differs') throw mismatch(record, 'amount');
    await settlement.advance(record, facts);
    log(record, notice, 'accepted', secretIndex);
    return acknowledge();
  };

  /** A risk notice says nothing about the status, whatever status it carries. */
  async function warn(
    record: PayinRecord,
    notice: PayinNotice,
    event: string,
    isDoubtful: boolean,
    secretIndex: number,
  ): Promise<ProxyAnswer> {
    if (isDoubtful && !(await ask(record))) throw notConfirmed(record);
    const type = RISKS.get(event);
    if (type === undefined) {
      logger.warn({ event: 'payin-risk-unknown', requestId: record.requestId });
      return acknowledge();
    }
    await settlement.warn(record, type);
    log(record, notice, type, secretIndex);
    return acknowledge();
  }

  /** The query API's word about the payment, which must be as far as the notice. */
  async function confirm(record: PayinRecord, notice: PayinNotice): Promise<PayinFacts> {
    const state = await ask(record);
    const isConfirmed =
      state && confirmsPayin(state.status, notice.status) && isPayinProgress(record.status, state.status);
    if (!isConfirmed) throw notConfirmed(record);
    if (state.payOrderId !== undefined && state.payOrderId !== notice.payOrderId) throw mismatch(record, 'payOrderId');
    // Which of the two carries the amount received is not published; the one that differs from the order's does.
    const isOrdered = state.amount === undefined || isSameAmount(state.amount, record.priced.amount);
    return {
      ...state,
      payOrderId: state.payOrderId ?? notice.payOrderId,
      amount: isOrdered ? notice.amount : state.amount,
    };
  }

  async function ask(record: PayinRecord): Promise<PayinFacts | undefined> {
    try {
      return await settlement.query(record);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      throw new ProblemError('upstream-unavailable', 'The query API could not be asked. Send the notice again later.', {
        requestId: record.requestId,
        cause: error,
      });
    }
  }

  function logMismatch(record: PayinRecord, member: string): void {
    logger.error({ event: 'payin-mismatch', requestId: record.requestId, source: 'notice', member });
  }

  function log(record: PayinRecord, notice: PayinNotice, outcome: string, secretIndex: number): void {
    const { requestId } = record;
    const fact = { kind: 'payin', requestId, noticed: notice.status, stored: record.status, secretIndex } as const;
    logger.info({ event: 'webhook', ...fact, outcome });
    const verdict = outcome === 'accepted' ? outcome : outcome === 'not-newer' ? 'stale' : 'risk';
    logger.observe?.({ type: 'webhook', ...fact, verdict });
  }
}

function mismatch(record: PayinRecord, member: string): ProblemError {
  return new ProblemError('notice-mismatch', `The notice's ${member} differs from the stored payment.`, {
    requestId: record.requestId,
  });
}

function notConfirmed(record: PayinRecord): ProblemError {
  return new ProblemError('not-confirmed', 'The query API does not bear the notice out (yet). Send it again later.', {
    requestId: record.requestId,
  });
}
