import type { PayoutStatus } from '../../protocol/status.ts';
import { UpstreamError } from '../../upstream/error.ts';
import { ConfigError } from '../config.ts';
import type { ProxyContext } from '../context.ts';
import { ProblemError } from '../http/problem.ts';
import { askMerchant } from '../merchant/ask-merchant.ts';
import type { Actor, PayoutOptions } from '../options.ts';
import type { PayoutLeases } from './lease.ts';
import type { PayoutRecord } from './record.ts';
import { ARRIVAL_MS, type PayoutSending, stillSending } from './sending.ts';
import type { PayoutFacts, PayoutSettlement } from './settlement.ts';
import { createListUnknown, type ListUnknown } from './unknown-payouts.ts';

/**
 * What an operator decides about a payout whose outcome nobody can tell: `resend` sends it again under its own id,
 * `succeeded` and `failed` end it. After `failed` an equal payout may be made anew.
 */
export type PayoutDecision = 'resend' | 'succeeded' | 'failed';

const DECISIONS: ReadonlySet<unknown> = new Set<PayoutDecision>(['resend', 'succeeded', 'failed']);

/** Who decides, for the event and the log. */
export interface ResolveOptions {
  actor?: Actor | undefined;
}

/** Where a payout stands after a decision. */
export interface ResolvedPayout {
  requestId: string;
  status: PayoutStatus;
}

/** What is left to people. */
export interface PayoutDecisions {
  /**
   * The payouts that `resolve` may be asked about, since nobody knows what became of them. Rejects with
   * a `ConfigError` without `payout` or when the store cannot list what is open, and with a `RangeError` for a wrong `limit`.
   */
  listUnknown: ListUnknown;
  /**
   * Decides an `unknown` payout. It has no route: call it from a page or a script of yours that knows who may. Asks the
   * upstream first; the same decision twice is one. Rejects with a `ProblemError` whose `code` is `payout-not-found`,
   * `payout-state-known` (nothing to decide), `outcome-unknown` (being sent, or sent less than two minutes ago),
   * `upstream-unavailable` (a resend without having asked), `invalid-request` (what was never sent cannot be sent again),
   * `forbidden` (`payout.reviewDecision`) or `hook-failed` (decided; call again for the hook); with a `TypeError` for
   * another decision, and with a `ConfigError` without `payout`.
   */
  resolve: (requestId: string, decision: PayoutDecision, options?: ResolveOptions) => Promise<ResolvedPayout>;
}

/** The decisions of a proxy that pays nothing out. */
export const noDecisions: PayoutDecisions = { listUnknown: rejectDecision, resolve: rejectDecision };

function rejectDecision(): Promise<never> {
  return Promise.reject(new ConfigError('payout: is not configured; there is no payout to decide.'));
}

/** Makes `proxy.payouts`. */
export function createPayoutDecisions(
  context: ProxyContext,
  payout: PayoutOptions,
  settlement: PayoutSettlement,
  sending: PayoutSending,
  leases: PayoutLeases,
): PayoutDecisions {
  const { payouts, logger, now } = context;

  async function resolve(
    requestId: string,
    decision: PayoutDecision,
    { actor }: ResolveOptions = {},
  ): Promise<ResolvedPayout> {
    if (!DECISIONS.has(decision)) throw new TypeError("resolve: decision must be 'resend', 'succeeded' or 'failed'.");
    const found = await payouts.find(requestId);
    if (!found) throw new ProblemError('payout-not-found', 'There is no payout request with this id.');
    const { record } = found;
    const repeated = repeatOf(record, decision);
    if (repeated) return repeated;
    if (record.status !== 'unknown') throw stateKnown(record);
    requireDecidable(record, decision);
    await requireApproval(record, decision, actor);

    const claimed = await leases.claim(found);
    if (!claimed) throw stillSending(record);
    try {
      const facts = await ask(claimed, decision);
      if (facts && facts.status !== 'unknown') throw stateKnown(await settlement.advance(claimed, facts));
      return await carryOut(claimed, decision, actor);
    } finally {
      await payouts.update(claimed, (current) =>
        current.leaseOwner === claimed.leaseOwner && current.leaseUntil > 0 ? { ...current, leaseUntil: 0 } : undefined,
      );
    }
  }

  /** A second click on the same button, or a script that was run twice. */
  function repeatOf(record: PayoutRecord, decision: PayoutDecision): ResolvedPayout | undefined {
    const { requestId, status } = record;
    if (record.decision?.made !== decision) return undefined;
    const isDone = decision === 'resend' ? now() - (record.sentAt ?? 0) < ARRIVAL_MS : status !== 'unknown';
    return isDone ? { requestId, status } : undefined;
  }

  function requireDecidable(record: PayoutRecord, decision: PayoutDecision): void {
    const { requestId, sentAt, isHalted, outgoing } = record;
    if (decision === 'resend' && (sentAt === undefined || isHalted || !outgoing)) {
      throw new ProblemError(
        'invalid-request',
        isHalted
          ? 'The platform has another payout under this id: it cannot be sent under it. Decide failed or succeeded.'
          : 'Only what was sent can be sent again. What never was is sent by the same request with the same key.',
        { requestId },
      );
    }
    if (decision !== 'resend' && sentAt !== undefined && now() - sentAt < ARRIVAL_MS) {
      throw new ProblemError('outcome-unknown', 'It was sent a moment ago and may still arrive. Decide later.', {
        status: 409,
        requestId,
      });
    }
  }

  async function requireApproval(record: PayoutRecord, decision: PayoutDecision, actor?: Actor): Promise<void> {
    if (!payout.reviewDecision) return;
    const { requestId, currency, total, details } = record;
    const asked = { requestId, currency, total, references: details.map(({ reference }) => reference), decision };
    const isApproved = await askMerchant(
      'payout.reviewDecision',
      logger,
      () => payout.reviewDecision?.(asked, actor) ?? false,
    );
    if (!isApproved) throw new ProblemError('forbidden', 'The shop’s reviewDecision did not approve.', { requestId });
  }

  /** An operator may know from elsewhere how a payout ended while the upstream cannot be asked; sending needs it. */
  async function ask(record: PayoutRecord, decision: PayoutDecision): Promise<PayoutFacts | undefined> {
    try {
      return await settlement.query(record);
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'notice-mismatch') return undefined;
      if (!(error instanceof UpstreamError)) throw error;
      if (decision !== 'resend') return undefined;
      throw new ProblemError('upstream-unavailable', 'The upstream cannot be asked whether it has the payout by now.', {
        requestId: record.requestId,
        cause: error,
      });
    }
  }

  async function carryOut(record: PayoutRecord, decision: PayoutDecision, actor?: Actor): Promise<ResolvedPayout> {
    const by = actor?.id ?? 'operator';
    const at = new Date(now()).toISOString();
    const decided = await payouts.update(record, (current) =>
      current.status === 'unknown'
        ? { ...current, ...leases.renew(), decision: { made: decision, by, at } }
        : undefined,
    );
    if (decided?.status !== 'unknown') throw stateKnown(decided ?? record);
    const { requestId } = decided;
    logger.warn({ event: 'payout-decided', requestId, decision, by });
    if (decision === 'resend') return { requestId, status: (await sending.sendAgain(decided)).status };
    const { status } = await settlement.advance(decided, { status: decision, details: [], decidedBy: by });
    return { requestId, status };
  }

  return { listUnknown: createListUnknown(context), resolve };
}

function stateKnown({ requestId, status }: PayoutRecord): ProblemError {
  return new ProblemError('payout-state-known', `The payout’s state is known: ${status}. There is nothing to decide.`, {
    requestId,
  });
}
