import type { LesspayPayinOutput, LesspayPayoutOutput } from '../lesspay/client.ts';
import type { PayoutItem } from '../protocol/messages.ts';
import type { RuleTables } from '../rules/rule-tables.ts';
import type { RecipientMethod } from '../rules/types.ts';
import type { Logger } from './journal/log.ts';
import type { Observe } from './journal/proxy-event.ts';
import type { PayinEvent, PayoutEvent } from './merchant/events.ts';
import type { PayoutDecision } from './payout/decision.ts';
import type { RouteName } from './routes.ts';
import type { Store } from './store/store.ts';

/** What every merchant callback learns about the browser's request. */
export interface RequestContext {
  /** The browser's request without its body: cookies and headers for the merchant's own session check. */
  request: Request;
  /** The framework's own request where the proxy runs under one (Node's `IncomingMessage`, so that `native.session` is there). */
  native?: unknown;
}

/** What the merchant says an order costs, and where the shopper goes afterwards. */
export interface PricedOrder {
  /** Decimal string in major units, `'19.90'`. */
  amount: string;
  /** ISO 4217. */
  currency: string;
  /** Shown on the hosted checkout; cut to 30 characters. */
  productName: string;
  /** Shown on the hosted checkout; cut to 50 characters. */
  description: string;
  /** Where the hosted checkout sends the shopper afterwards; `{requestId}` is filled in. At most 255 characters. */
  successUrl: string;
  /** As `successUrl`, for a payment that failed or was given up. */
  failUrl: string;
  wayType?: string | undefined;
  wayCode?: string | undefined;
  transactionNetwork?: string | undefined;
  /** How long the checkout stays open; 1800 by default. */
  expiresInSeconds?: number | undefined;
  threeDSecure?: boolean | undefined;
  /**
   * An id of the merchant's own, at most 20 characters and new for every attempt; needs `payin.authorizeStatus`, since it
   * may be guessed.
   */
  requestId?: string | undefined;
}

/**
 * How requests are spelled where Lesspay's pages contradict each other; each default is what the vendor documents or its
 * demo sends. Amounts stay decimal strings in major units: in which unit notices would come back is not published.
 */
export interface LesspayOutput {
  payin?: Pick<LesspayPayinOutput, 'expiredTimeAs' | 'queryNumbersAs'> | undefined;
  payout?: Omit<LesspayPayoutOutput, 'amountUnits'> | undefined;
}

/** Lesspay's credentials and host. */
export interface LesspayOptions {
  appId: string;
  /**
   * At least 16 characters; `[current, previous]` while a secret is being replaced: requests are signed with the first,
   * notices may be with any.
   */
  appSecret: string | readonly string[];
  /** Lesspay's public test host, or the host you were given. */
  environment: 'sandbox' | { baseUrl: string };
  /**
   * Hosts that the hosted checkout may be on (`'pay.example.com'`, `'*.example.com'`). Needed unless `baseUrl` is on this
   * machine, because Lesspay does not publish them.
   */
  checkoutHosts?: readonly string[] | undefined;
  apiVersion?: 'V2' | undefined;
  /** How far a webhook's timestamp may be off, either way; 300000 by default. */
  toleranceMs?: number | undefined;
  output?: LesspayOutput | undefined;
}

/** LeanX's credentials and host. */
export interface LeanxOptions {
  authToken: string;
  /** `[current, previous]` while a key is being replaced: requests are signed with the first, callbacks may be with any. */
  hashKey: string | readonly string[];
  environment: 'sandbox' | 'production' | { baseUrl: string };
  /** The pool that payouts are paid from (`VA-…-PAYOUT`); without it there are bank lists and account checks only. */
  poolReference?: string | undefined;
  /** Sends the optional `x-signature` with every request. */
  signRequests?: boolean | undefined;
  /** `number` by default, as LeanX documents it; one integrator had to send a string. */
  amountAs?: 'number' | 'string' | undefined;
  /**
   * How long after a payout was sent whose answer was lost "no result" counts as LeanX's denial, so that `reconcile` sends
   * it again under the same reference; 3600000 by default, longer than LeanX's manual approval takes. With `Infinity` only
   * an operator decides (`proxy.payouts.resolve`).
   */
  denialAfterMs?: number | undefined;
}

/** How orders become payments. */
export interface PayinOptions {
  /** Prices an order from the merchant's own data; `null` when there is no such order for this shopper (404). */
  resolveOrder(order: string, context: RequestContext): PricedOrder | null | Promise<PricedOrder | null>;
  /** Whether this shopper may read a payment's status; needed where `resolveOrder` supplies request ids. */
  authorizeStatus?(context: RequestContext & { requestId: string; order: string }): boolean | Promise<boolean>;
  /** Asks the query API before a notice counts; `true` by default. Notices that are ambiguous always ask. */
  confirmByQuery?: boolean | undefined;
  /** How long a shopper's page waits for the webhook before the proxy asks by itself; 10000 by default. */
  statusQueryDelayMs?: number | undefined;
}

/** Who makes a payout. */
export interface Actor {
  /** Stable id of the account; idempotency keys are separate per actor. */
  id: string;
}

/** What somebody wants to do on a payout route. */
export type PayoutAction = 'create-payout' | 'read-payout' | 'list-banks' | 'check-account';

/** The channel that the platform assigned to this merchant for one kind of payout. */
export interface PayoutRoute {
  /** ISO 4217. */
  currency: string;
  method: Exclude<RecipientMethod, 'leanx'>;
  /** Only payouts to this e-wallet provider. */
  provider?: string | undefined;
  wayType?: string | undefined;
  wayCode: string;
  /** `batch` by default; `single` takes one payout per request. */
  endpoint?: 'batch' | 'single' | undefined;
}

/** A payout request as the merchant's `review` sees it: checked by the rules, not yet stored or sent. */
export interface PayoutDraft {
  currency: string;
  /** Sum of the amounts, decimal string. */
  total: string;
  payouts: readonly PayoutItem[];
}

/** The most that may be paid; decimal strings in major units of the request's currency. What is left out has no limit. */
export interface PayoutLimits {
  /** For each payout of a request. */
  perPayout?: string | undefined;
  /** For all payouts of one day in this currency, whoever makes them. */
  perDay?: string | undefined;
  /** For all payouts of this actor on one day in this currency. */
  perActorPerDay?: string | undefined;
}

/** A decision about an unknown payout as the merchant's `reviewDecision` sees it. */
export interface DecisionDraft {
  requestId: string;
  currency: string;
  /** Sum of the amounts, decimal string. */
  total: string;
  /** The merchant's own references of the payouts in the request. */
  references: readonly string[];
  decision: PayoutDecision;
}

/** Who may pay out, and over which channels. */
export interface PayoutOptions {
  /** The signed-in operator, or `null` (403). */
  authorize(context: RequestContext & { action: PayoutAction }): Actor | null | Promise<Actor | null>;
  /**
   * The limits that hold for this actor and this currency; `null` for none. Sums are exact and hold over all replicas of one
   * store: a payout counts from just before it is sent, on the day of that moment, and no longer once it has failed. Asked
   * for every new request; what is above a limit is refused (403, `payout-limit-exceeded`) before anything is sent.
   */
  limits?(payout: PayoutDraft, actor: Actor): PayoutLimits | null | Promise<PayoutLimits | null>;
  /** The IANA time zone by whose midnight the days of `limits` begin; `'UTC'` by default. */
  limitsTimeZone?: string | undefined;
  /** A last word before a payout is sent (four eyes); `false` refuses it (403), and the same key may be sent again later. */
  review?(payout: PayoutDraft, actor: Actor): boolean | Promise<boolean>;
  /**
   * A last word on what an operator decides about an unknown payout (`proxy.payouts.resolve`), for four eyes there too;
   * `false` refuses it. `actor` is whom the caller of `resolve` named.
   */
  reviewDecision?(asked: DecisionDraft, actor: Actor | undefined): boolean | Promise<boolean>;
  /** The first match is used. Malaysian payouts (`leanx`) need no route. */
  routes: readonly PayoutRoute[];
  /** Rules over the merchant's own tables, from `createRules`: the same that the page gives its forms. */
  rules?: { readonly tables: RuleTables } | undefined;
  /** Asks the query API before a notice counts; `true` by default. */
  confirmByQuery?: boolean | undefined;
}

/** A token bucket: how many requests may come at once, and how many after that. */
export interface RateLimit {
  /** Requests at once, after a pause. */
  burst: number;
  /** Requests a minute that are put back. */
  perMinute: number;
}

/** What `limiter.actor` learns about a request. */
export interface LimiterContext extends RequestContext {
  route: RouteName;
  /** Who `payout.authorize` said it is, on the routes that ask it. */
  account: string | undefined;
  /** The client's IPv4 address, or the first half of its IPv6 address, behind the proxies that `trustedProxies` names. */
  address: string | undefined;
}

/** How often one actor may use a route. Kept in the store, so that it holds over all replicas. */
export interface LimiterOptions {
  /**
   * Limits by route, over the defaults; `false` for none. The routes of notices and of the problems page have none unless
   * they are named here.
   */
  routes?: Partial<Record<RouteName, RateLimit | false>> | undefined;
  /**
   * Who is asking; a request of nobody (`undefined`) is not limited. By default the account of `payout.authorize` on the
   * routes that ask it, and the client's address on the others.
   */
  actor?(context: LimiterContext): string | null | undefined | Promise<string | null | undefined>;
  /**
   * The proxies before this server whose `X-Forwarded-For` is believed: how many there are, when nobody can get around
   * them, or their addresses and networks (`['10.0.0.0/8']`). 0 by default: the address of the socket.
   */
  trustedProxies?: number | readonly string[] | undefined;
  /** What happens to requests while the store fails: `allow` (default; payments need the store anyway) or `refuse`. */
  onStoreFailure?: 'allow' | 'refuse' | undefined;
}

/** Options of `createSigningProxy`. */
export interface SigningProxyOptions {
  lesspay: LesspayOptions;
  leanx?: LeanxOptions | undefined;
  /** Where the upstream reaches this server, `https://shop.example`; callback URLs are built from it. */
  publicUrl: string;
  /** Path that every route is under; `/lesspay` by default. */
  basePath?: string | undefined;
  /** Origins besides our own that may call the browser routes, with credentials. */
  allowedOrigins?: readonly string[] | undefined;
  /** Where payments are kept; `memoryStore()` by default, which suits one process that may forget. */
  store?: Store | undefined;
  /** Without it the pay-in routes answer 404. */
  payin?: PayinOptions | undefined;
  /** Without it every payout, bank and account-check route answers 404. */
  payout?: PayoutOptions | undefined;
  /** Refuses an actor's requests past a limit with 429; without it nothing is limited, with `{}` by the default limits. */
  limiter?: LimiterOptions | undefined;
  /** Called once per status of a payment, before the upstream gets its `SUCCESS`; a throw makes the upstream try again. */
  onPayin?: ((event: PayinEvent) => void | Promise<void>) | undefined;
  /** As `onPayin`, for payouts. */
  onPayout?: ((event: PayoutEvent) => void | Promise<void>) | undefined;
  /** Lines for people, with redacted texts; one JSON line per record on the console by default. */
  logger?: Logger | undefined;
  /** Events for metrics, traces and alarms: typed, with durations, and without any text or personal data. */
  observe?: Observe | undefined;
  /** The clock, in milliseconds since 1970. */
  now?: (() => number) | undefined;
  /** Used for every upstream call instead of the built-in pool. */
  fetch?: typeof globalThis.fetch | undefined;
  /** The page that problem types point into, by code; `{publicUrl}{basePath}/problems` by default, which the proxy serves. */
  docsUrl?: string | undefined;
  /** Longest wait for one upstream answer; 20000 by default. */
  upstreamTimeoutMs?: number | undefined;
  /** Longest wait for `onPayin` or `onPayout` before a webhook is answered with 500; 15000 by default. */
  hookTimeoutMs?: number | undefined;
  /** Longest time to read a request's body; 10000 by default. */
  bodyTimeoutMs?: number | undefined;
  /** Longest time to any answer; 60000 by default. */
  answerTimeoutMs?: number | undefined;
  /** How long ended payments and payouts are remembered; 400 days by default, longer than disputes take. Open ones stay. */
  retentionMs?: number | undefined;
}
