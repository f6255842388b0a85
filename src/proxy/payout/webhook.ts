import { type LeanxCallbackReason, readLeanxNotice, verifyLeanxCallback } from '../../leanx/callback.ts';
import { readPayoutNotice } from '../../lesspay/notice.ts';
import type { ProblemCode } from '../../protocol/problem.ts';
import { UpstreamError } from '../../upstream/error.ts';
import type { ProxyContext } from '../context.ts';
import { acknowledge, type ProxyAnswer, type ProxyCall } from '../http/exchange.ts';
import { ProblemError } from '../http/problem.ts';
import { notePreviousSecret, unreadableNotice, verifyNotice } from '../lifecycle/lesspay-notice.ts';
import { confirmsPayout, isPayoutProgress } from '../lifecycle/progress.ts';
import { isRequestId } from '../lifecycle/request-id.ts';
import type { PayoutRecord } from './record.ts';
import { differingPayoutMember, noteContradiction, type PayoutFacts, type PayoutSettlement } from './settlement.ts';

const LEANX_CODES: Record<LeanxCallbackReason, ProblemCode> = {
  'malformed-body': 'malformed-body',
  'missing-token': 'malformed-body',
  'malformed-claims': 'malformed-body',
  'wrong-signature': 'invalid-signature',
  'out-of-time': 'invalid-timestamp',
};

/** The webhooks of both payout upstreams. */
export interface PayoutWebhooks {
  lesspay: (call: ProxyCall, rawBody: Uint8Array) => Promise<ProxyAnswer>;
  leanx: (rawBody: Uint8Array) => Promise<ProxyAnswer>;
}

/** Makes the payout webhooks; `confirmByQuery` is the default for notices that give no reason to doubt. */
export function createPayoutWebhooks(
  context: ProxyContext,
  settlement: PayoutSettlement,
  confirmByQuery: boolean,
): PayoutWebhooks {
  const { payouts, logger, config, now } = context;

  async function lesspay(call: ProxyCall, rawBody: Uint8Array): Promise<ProxyAnswer> {
    const { body, isAmbiguous, secretIndex } = verifyNotice(context, 'payout', call, rawBody);
    const read = readPayoutNotice(body);
    if (!read.ok) throw unreadableNotice(read.path);
    const { notice } = read;
    const record = await find(notice.requestId, 'lesspay');
    return settle(record, notice, isAmbiguous || notice.unknownMembers.length > 0, secretIndex);
  }

  async function leanx(rawBody: Uint8Array): Promise<ProxyAnswer> {
    const verified = await verifyLeanxCallback(rawBody, config.leanx?.hashKeys ?? [], { now });
    if (!verified.ok) {
      throw new ProblemError(LEANX_CODES[verified.reason], verified.message);
    }
    notePreviousSecret(logger, 'leanx', verified.keyIndex);
    const read = readLeanxNotice(verified.claims);
    if (!read.ok) throw unreadableNotice(read.path);
    const { reference, invoiceNo, status, amount, serviceId } = read.notice;
    const record = await find(reference, 'leanx');
    if (serviceId !== undefined && serviceId !== record.serviceId) throw mismatch(record, 'bank');
    return settle(record, { status, payOrderId: invoiceNo, total: amount, details: [] }, false, verified.keyIndex);
  }

  async function find(requestId: string, upstream: 'lesspay' | 'leanx'): Promise<PayoutRecord> {
    const found = isRequestId(requestId) ? await payouts.find(requestId) : undefined;
    if (!found || (found.record.via === 'leanx') !== (upstream === 'leanx')) {
      throw new ProblemError('unknown-request', 'No payout of this proxy has this id.');
    }
    return found.record;
  }

  async function settle(
    record: PayoutRecord,
    noticed: PayoutFacts,
    isDoubtful: boolean,
    secretIndex?: number,
  ): Promise<ProxyAnswer> {
    const member = differingPayoutMember(record, noticed);
    if (member !== undefined) throw mismatch(record, member);
    let outcome: 'accepted' | 'not-newer' = 'not-newer';
    if (isPayoutProgress(record.status, noticed.status)) {
      await settlement.advance(
        record,
        confirmByQuery || isDoubtful || record.payOrderId === undefined ? await confirm(record, noticed) : noticed,
      );
      outcome = 'accepted';
    } else {
      noteContradiction(logger, record, noticed.status);
    }
    const fact = {
      kind: record.via === 'leanx' ? 'leanx-payout' : 'payout',
      requestId: record.requestId,
      noticed: noticed.status,
      stored: record.status,
      secretIndex,
    } as const;
    logger.info({ event: 'webhook', ...fact, outcome });
    logger.observe?.({ type: 'webhook', ...fact, verdict: outcome === 'accepted' ? outcome : 'stale' });
    return acknowledge();
  }

  /** The query API's word about the payout, which must be as far as the notice. */
  async function confirm(record: PayoutRecord, noticed: PayoutFacts): Promise<PayoutFacts> {
    const { requestId } = record;
    let facts: PayoutFacts | undefined;
    try {
      facts = await settlement.query(record);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      throw new ProblemError('upstream-unavailable', 'The query API could not be asked. Send the notice again later.', {
        requestId,
        cause: error,
      });
    }
    if (!facts || !confirmsPayout(facts.status, noticed.status)) {
      throw new ProblemError(
        'not-confirmed',
        'The query API does not bear the notice out (yet). Send it again later.',
        {
          requestId,
        },
      );
    }
    const { payOrderId = noticed.payOrderId } = facts;
    if (noticed.payOrderId !== undefined && noticed.payOrderId !== payOrderId) throw mismatch(record, 'payOrderId');
    return { ...facts, payOrderId };
  }

  function mismatch(record: PayoutRecord, member: string): ProblemError {
    const { requestId } = record;
    logger.error({ event: 'payout-mismatch', requestId, source: 'notice', member });
    return new ProblemError('notice-mismatch', `The notice's ${member} differs from the stored payout.`, { requestId });
  }

  return { lesspay, leanx };
}
