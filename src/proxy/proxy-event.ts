import type { ProblemCode } from '../protocol/problem.ts';
import type { PayinStatus, PayoutStatus } from '../protocol/status.ts';
import type { UpstreamOperation } from '../upstream/call.ts';
import type { UpstreamErrorKind, UpstreamOutcome } from '../upstream/error.ts';
import type { ReconcileReport } from './reconcile.ts';
import type { RouteName } from './routes.ts';

/** How much an event matters: `error` wants a person, `warn` wants one if it goes on, `info` is what happens all day. */
export type EventLevel = 'info' | 'warn' | 'error';

/** A request that has been answered. */
export interface RequestFact {
  type: 'request';
  /** `none` for paths that are not the proxy's. */
  route: RouteName | 'none';
  method: 'GET' | 'POST' | 'OPTIONS' | 'other';
  status: number;
  /** The problem's code, where the answer is one. */
  code?: ProblemCode | undefined;
  /** The payment or payout that the problem is about. */
  requestId?: string | undefined;
  durationMs: number;
}

/** A call to Lesspay or LeanX that has ended. */
export interface UpstreamFact {
  type: 'upstream-call';
  upstream: 'lesspay' | 'leanx';
  operation: UpstreamOperation;
  /** `refused`: certainly nothing happened. `unknown`: it may have; the proxy asks before it sends again. */
  outcome: 'ok' | UpstreamOutcome;
  /** How it failed; `refused` is the upstream's own no, whose reason is `upstreamCode`. */
  failure?: UpstreamErrorKind | undefined;
  httpStatus?: number | undefined;
  upstreamCode?: string | undefined;
  /** What creates a payment or payout: 1 for its first send, more when the same id goes out again. */
  attempt?: number | undefined;
  durationMs: number;
}

/** A notice that has been judged. */
export interface WebhookFact {
  type: 'webhook';
  kind: 'payin' | 'payout' | 'leanx-payout';
  /** `stale`: true, but nothing new. `risk`: of a declined or disputed payment. `refused`: answered with the problem `code`. */
  verdict: 'accepted' | 'stale' | 'risk' | 'refused';
  code?: ProblemCode | undefined;
  /** Which of `lesspay.appSecret` or `leanx.hashKey` it was signed with; more than 0 is one that is being replaced. */
  secretIndex?: number | undefined;
  requestId?: string | undefined;
  /** The status that the notice brought. */
  noticed?: PayinStatus | PayoutStatus | undefined;
  /** The status that was known before. */
  stored?: PayinStatus | PayoutStatus | undefined;
}

/** The merchant's own functions that the proxy calls. */
export type HookName =
  | 'onPayin'
  | 'onPayout'
  | 'payin.resolveOrder'
  | 'payin.authorizeStatus'
  | 'payout.authorize'
  | 'payout.limits'
  | 'payout.review'
  | 'payout.reviewDecision'
  | 'limiter.actor';

/** One of the merchant's functions that has ended, or that nobody waits for any longer. */
export interface HookFact {
  type: 'hook';
  name: HookName;
  /** `refused`: it threw a problem on purpose. `timeout`: the caller was answered without it; its real end is told later. */
  outcome: 'ok' | 'failed' | 'refused' | 'timeout';
  /** The id of the `PayinEvent` or `PayoutEvent` that was delivered. */
  eventId?: string | undefined;
  durationMs: number;
}

/** A run of `proxy.reconcile`. */
export interface ReconcileFact extends ReconcileReport {
  type: 'reconcile';
  durationMs: number;
}

/** A request that the limiter has refused. */
export interface LimitedFact {
  type: 'limited';
  route: RouteName;
  retryAfterMs: number;
}

/** A payment or payout of which nobody knows whether the upstream has it; the next request, notice or reconcile asks. */
export interface UnknownOutcomeFact {
  type: 'unknown-outcome';
  kind: 'payin' | 'payout';
  requestId: string;
}

/** What somebody has to look at soon. */
export const ALARMS = [
  // The upstream holds another payout under our id (30010). The payout is stopped.
  'payout-id-conflict',
  // Two payments of one order have been paid; only the first fulfils.
  'payin-paid-twice',
  // Notice or query disagrees with the stored payment.
  'payin-mismatch',
  'payout-mismatch',
  // Sent, but the upstream denies it.
  'payout-not-upstream',
  // An operator's decision turned out to be wrong.
  'payout-decision-contradicted',
  // A checkout on a host that is not in `lesspay.checkoutHosts`.
  'checkout-url-refused',
  // Something before the proxy reads bodies; no webhook can be verified.
  'body-parser-found',
  // The store failed under the limiter.
  'limiter-store-failed',
] as const;

/** One of {@link ALARMS}. */
export type AlarmName = (typeof ALARMS)[number];

/** What is worth knowing when it happens often. */
export const WARNINGS = [
  'memory-store',
  'public-url-loopback',
  'webhook-timestamp',
  // A notice was still signed with a secret that is being replaced.
  'previous-secret-used',
  'payin-unproven',
  'payin-risk-unknown',
  'payin-given-up',
  'payin-order-stays',
  'payin-not-upstream',
  'payin-given-up',
  'payin-order-stays',
  'payout-refused',
  'payout-decided',
  'payout-resend-refused',
  'payout-never-sent',
  'payout-resume-failed',
  'payout-keys-stay',
  'payout-limit-exceeded',
  'payout-limit-not-released',
  'status-query-failed',
  'account-check-failed',
  'reconcile-failed',
  'hook-lease-not-renewed',
  'text-cut',
  'limiter-without-actor',
  'limiter-behind-proxy',
  'observer-failed',
] as const;

/** One of {@link WARNINGS}. */
export type WarningName = (typeof WARNINGS)[number];

/** What an alarm or a warning is about. */
interface Concern {
  requestId?: string | undefined;
  upstreamCode?: string | undefined;
  /** The member that differs or was cut, by our name. */
  member?: string | undefined;
  /** Who brought it. */
  source?: 'notice' | 'query' | undefined;
  /** What kind of notice it was, and which of the secrets had signed it. */
  kind?: 'payin' | 'payout' | 'leanx' | undefined;
  secretIndex?: number | undefined;
  /** The problem that was answered. */
  code?: ProblemCode | undefined;
}

/** Something that should not happen; the log line of the same name says more. */
export interface AlarmFact extends Concern {
  type: 'alarm';
  name: AlarmName;
}

/** Something that may happen, but not all day; the log line of the same name says more. */
export interface WarningFact extends Concern {
  type: 'warning';
  name: WarningName;
}

/** What has happened, without when. */
export type ProxyFact =
  | RequestFact
  | UpstreamFact
  | WebhookFact
  | HookFact
  | ReconcileFact
  | LimitedFact
  | UnknownOutcomeFact
  | AlarmFact
  | WarningFact;

/**
 * One thing that happened in the proxy, told apart by `type`. Holds ids, numbers and words from closed lists, and nothing
 * else: no name, account, amount, address, reference, header, text of an error, secret or signature.
 */
export type ProxyEvent = ProxyFact & {
  /** When it was over, ISO 8601. */
  at: string;
  level: EventLevel;
};

/** Is told of every event; returns at once. What it throws or rejects is dropped, and nobody waits for it. */
export type Observe = (event: ProxyEvent) => unknown;
