import type { ProblemCode } from '../../protocol/problem.ts';
import type { PayinStatus, PayoutStatus } from '../../protocol/status.ts';
import type { UpstreamOperation } from '../../upstream/call.ts';
import type { UpstreamErrorKind, UpstreamOutcome } from '../../upstream/error.ts';
import type { ReconcileReport } from '../reconcile.ts';
import type { RouteName } from '../routes.ts';

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

/** What somebody has to look at soon. Each comment says what has happened, then what to do. */
export const ALARMS = [
  // The upstream holds another payout under our id (30010), and this one is stopped. Ask the platform what it holds.
  'payout-id-conflict',
  // Two payments of one order have been paid; only the first fulfils. Give the second one back, by its payOrderId.
  'payin-paid-twice',
  // A notice or the query API disagrees with the stored payment: a forgery or a fault. Compare both with the platform's portal; nothing was fulfilled.
  'payin-mismatch',
  // The same of a payout. Compare the request with the platform's portal before anything is paid again.
  'payout-mismatch',
  // A payout was sent, but the upstream denies it. Ask the platform; `proxy.payouts.resolve` ends it.
  'payout-not-upstream',
  // An operator's decision turned out to be wrong: the platform has proved otherwise. Book what the event says.
  'payout-decision-contradicted',
  // A checkout is on a host that is not in `lesspay.checkoutHosts`, so nobody can pay. Ask Lesspay whether the host is theirs, and add it if it is.
  'checkout-url-refused',
  // Something before the proxy reads bodies, so no notice can be verified. Mount the proxy first.
  'body-parser-found',
  // The store failed under the limiter, and requests pass unlimited. Look after the store.
  'limiter-store-failed',
] as const;

/** One of {@link ALARMS}. */
export type AlarmName = (typeof ALARMS)[number];

/** What is worth knowing when it happens often. Each comment says what has happened, then what to do. */
export const WARNINGS = [
  // No store is given, and payments are kept in memory. Give one before going live.
  'memory-store',
  // `publicUrl` is on this machine while Lesspay is not, so no notice can arrive. Set the public address.
  'public-url-loopback',
  // A notice came whose time is too far off. Compare the two times of the log line; keep the clock by NTP.
  'webhook-timestamp',
  // A notice was still signed with a secret that is being replaced. Keep that secret until this stops.
  'previous-secret-used',
  // The query API calls a payment paid without proof of the amount. Wait for the notice; it fulfils nothing until then.
  'payin-unproven',
  // A risk notice of a kind that is not published has come. Look at the payment in the platform's portal.
  'payin-risk-unknown',
  // The platform calls a payment open a week after its checkout has closed, and it is asked for no more. Nothing, a late notice still counts.
  'payin-given-up',
  // The record that binds an order to its payment could not be given an end. Nothing, `reconcile` does it.
  'payin-order-stays',
  // The platform does not know a payment whose checkout has expired; it was closed. Nothing, unless it happens often.
  'payin-not-upstream',
  // The platform refused a payout. Look its code up; the page that sent it has been told.
  'payout-refused',
  // An operator has decided about an unknown payout. Nothing: this is the trace.
  'payout-decided',
  // The platform refused the resend of a payout that it denies. Let a person decide by `proxy.payouts.resolve`.
  'payout-resend-refused',
  // A payout was stored and never sent; it was closed unpaid. Its sender may send it again under a new key.
  'payout-never-sent',
  // An equal payout of another process could not be brought to its end. Nothing, `reconcile` tries again.
  'payout-resume-failed',
  // The keys of an ended payout could not be given an end. Nothing, `reconcile` does it.
  'payout-keys-stay',
  // A payout was above a limit and refused. Nothing, unless the limit is wrong.
  'payout-limit-exceeded',
  // What a failed payout had counted could not be given back to the day. Nothing, `reconcile` does it.
  'payout-limit-not-released',
  // A status that a page asked for could not be asked of the platform; the page has the stored one. See whether the platform answers.
  'status-query-failed',
  // A bank could not be asked whose account it is; the page says so. See whether LeanX answers.
  'account-check-failed',
  // `reconcile` could not bring one payment or payout further. Read the error of the log line; the next run tries again.
  'reconcile-failed',
  // A hook runs for long and its lease could not be prolonged, so that another replica may run it too. Look after the store; the event's id keeps the effect single.
  'hook-lease-not-renewed',
  // A product name or a description was cut to what Lesspay takes. Give shorter ones.
  'text-cut',
  // A request has neither an account nor an address, and is not limited. Pass `remoteAddress` to `proxy.fetch`, or set `limiter.actor`.
  'limiter-without-actor',
  // All requests come from one private address with an `X-Forwarded-For`, and share one limit. Set `limiter.trustedProxies`.
  'limiter-behind-proxy',
  // `observe` threw or rejected; it is called all the same. Mend it.
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
