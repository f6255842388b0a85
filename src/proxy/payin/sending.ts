import { isFinal } from '../../protocol/status.ts';
import { checkCheckoutUrl } from '../../rules/checkout-url.ts';
import { UpstreamError } from '../../upstream/error.ts';
import { isLoopback } from '../config.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import { hasBeenPaid, isPayinProgress } from '../lifecycle/progress.ts';
import { toJson, updateRecord } from '../store/records.ts';
import { payinUnknown } from './problems.ts';
import { type PayinRecord, payinKey } from './record.ts';
import { isProven, type PayinFacts, type PayinSettlement } from './settlement.ts';

/** How a claimed payment is opened upstream, under the one id it has. */
export interface PayinSending {
  /** How long one step of opening a payment has it to itself: one upstream call and what goes around it. */
  readonly leaseMs: number;
  /** Opens it for the first time; `version` is the one that its record was inserted with, where the store has told it. */
  send: (record: PayinRecord, version: string | undefined) => Promise<PayinRecord>;
  /** Goes on with a payment whose answer or whose sender was lost. */
  recover: (record: PayinRecord) => Promise<PayinRecord>;
}

/** Makes the one way by which a payment is opened: whatever is lost, it is asked for and sent again under its own id. */
export function createPayinSending(context: ProxyContext, settlement: PayinSettlement): PayinSending {
  const { store, config, keep, logger, now, lesspay } = context;
  const leaseMs = config.upstreamTimeoutMs + 5_000;

  async function send(record: PayinRecord, version: string | undefined): Promise<PayinRecord> {
    try {
      const created = await createUpstream(record, 1);
      const opened = asOpened(record, created);
      // Hardly ever has somebody written to the record since it was inserted, so that it need not be read first.
      if (opened && version !== undefined) {
        const key = payinKey(opened.requestId);
        if (await store.replace(key, version, toJson(opened), keep.payin(opened))) return opened;
      }
      return await adopt(record, { status: 'pending', ...created });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (error.outcome === 'refused') return giveUp(record, error);
    }
    await renew(record);
    return recover(record);
  }

  /**
   * After a lost answer: ask, send the same id once more if the upstream does not know it, and ask again. The first
   * request may still arrive after "not known"; the platform takes an id once and answers the other one with 1201.
   */
  async function recover(record: PayinRecord): Promise<PayinRecord> {
    try {
      const known = await settlement.query(record);
      if (known) return await adopt(record, known);
      await renew(record);
      try {
        return await adopt(record, { status: 'pending', ...(await createUpstream(record, 2)) });
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        if (error.kind === 'refused' && error.outcome === 'refused') return await giveUp(record, error);
      }
      await renew(record);
      const late = await settlement.query(record);
      if (late) return await adopt(record, late);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
    }
    logger.warn({ event: 'payin-outcome-unknown', requestId: record.requestId });
    await release(record);
    throw payinUnknown(
      'The payment platform did not answer, so it is not known whether the payment was opened. Send the same request again.',
      record.requestId,
    );
  }

  function createUpstream(record: PayinRecord, attempt: number) {
    const { requestId, outgoing } = record;
    if (!outgoing) throw new Error('A payment that the upstream already has cannot be opened again');
    return lesspay.createPayin({
      requestId,
      amount: outgoing.amount,
      currency: outgoing.currency,
      productName: outgoing.productName,
      description: outgoing.description,
      successUrl: outgoing.successUrl,
      failUrl: outgoing.failUrl,
      notifyUrl: `${config.publicUrl}${config.basePath}/webhooks/lesspay/payin`,
      expiresInSeconds: outgoing.expiresInSeconds,
      wayType: outgoing.wayType,
      wayCode: outgoing.wayCode,
      transactionNetwork: outgoing.transactionNetwork,
      threeDSecure: outgoing.threeDSecure,
      attempt,
    });
  }

  /** A fresh record after an answer that has all there is to know; undefined where the answer needs a closer look. */
  function asOpened(
    record: PayinRecord,
    { payOrderId, checkoutUrl }: { payOrderId?: string; checkoutUrl: string },
  ): PayinRecord | undefined {
    if (payOrderId === undefined || !isCheckoutUrl(checkoutUrl)) return undefined;
    const { requestId, order, priced, createdAt, expiresAt, deliveries } = record;
    // Member by member: a spread that ends in a shape of its own costs as much as signing.
    return {
      requestId,
      order,
      priced,
      status: 'pending',
      createdAt,
      expiresAt,
      leaseUntil: 0,
      payOrderId,
      checkoutUrl,
      deliveries,
    };
  }

  /** Writes down what the upstream made of the payment. */
  async function adopt(
    record: PayinRecord,
    state: PayinFacts & { checkoutUrl?: string | undefined },
  ): Promise<PayinRecord> {
    const { requestId } = record;
    const { payOrderId, checkoutUrl, status } = state;
    const isUsable = checkoutUrl !== undefined && isCheckoutUrl(checkoutUrl);
    const updated = await change(record, (current) => ({
      ...current,
      leaseUntil: 0,
      status: current.status === 'unknown' ? 'pending' : current.status,
      ...(payOrderId === undefined ? {} : { payOrderId }),
      ...(isUsable ? { checkoutUrl, outgoing: undefined } : {}),
    }));
    const adopted = updated ?? record;
    if (isFinal(status))
      return isProven(state) ? settlement.advance(adopted, state) : settlement.unproven(adopted, status);
    if (checkoutUrl !== undefined && !isUsable) {
      logger.error({ event: 'checkout-url-refused', requestId, host: hostOf(checkoutUrl) });
      throw new ProblemError(
        'merchant-error',
        'The platform sent a checkout URL whose host is not in lesspay.checkoutHosts; the log names the host.',
        { requestId },
      );
    }
    if (adopted.checkoutUrl === undefined) {
      throw payinUnknown('The payment exists, but the platform did not say where its checkout is.', requestId);
    }
    return adopted;
  }

  function isCheckoutUrl(url: string): boolean {
    const { checkoutHosts, loopbackHost } = config.lesspay;
    if (checkCheckoutUrl(url, checkoutHosts) === undefined) return true;
    // The sandbox on this machine serves its cashier over http, on the host and port where it answers.
    if (loopbackHost === undefined || !/^https?:\/\/[^\\@\s]+$/.test(url) || !URL.canParse(url)) return false;
    const parsed = new URL(url);
    return isLoopback(parsed) && parsed.host === loopbackHost;
  }

  /** The upstream said no: this payment has ended, and the next click makes a new one. */
  async function giveUp(record: PayinRecord, error: UpstreamError): Promise<PayinRecord> {
    const { requestId } = record;
    if (error.kind !== 'refused') {
      // Nothing was sent: the same id is as good the next time.
      await release(record);
      throw new ProblemError(
        'upstream-unavailable',
        'The payment platform cannot be reached. Send the same request again later.',
        { requestId, cause: error },
      );
    }
    const ended = await change(record, (current) => ({
      ...current,
      leaseUntil: 0,
      outgoing: undefined,
      status:
        current.checkoutUrl === undefined && isPayinProgress(current.status, 'failed') ? 'failed' : current.status,
    }));
    // A notice was faster and knows better, or another replica has opened it since: its shopper is on the way to pay.
    if (ended && (hasBeenPaid(ended.status) || ended.checkoutUrl !== undefined)) return ended;
    throw new ProblemError('upstream-refused', 'The payment platform refused the order. Its code says why.', {
      requestId,
      upstreamCode: error.upstreamCode,
      cause: error,
    });
  }

  /** Each step has the payment to itself anew, so that a sender that died in the first is not waited for through all. */
  async function renew(record: PayinRecord): Promise<void> {
    await change(record, (current) => ({ ...current, leaseUntil: now() + leaseMs }));
  }

  async function release(record: PayinRecord): Promise<void> {
    await change(record, (current) => ({ ...current, leaseUntil: 0 }));
  }

  function change(record: PayinRecord, how: (current: PayinRecord) => PayinRecord): Promise<PayinRecord | undefined> {
    return updateRecord(store, payinKey(record.requestId), keep.payin, how);
  }

  return { leaseMs, send, recover };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'none';
}
