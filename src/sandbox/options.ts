/** What `createSandbox` takes. */
export interface SandboxOptions {
  lesspay: {
    appId: string;
    appSecret: string;
    /** How old or how far ahead a request's timestamp may be. The vendor publishes no figure. Default 5 minutes. */
    maxClockSkewMs?: number | undefined;
    /** Refuse a batch payout without `way_type`. The documentation requires it, the vendor's own demo leaves it out. Default false. */
    requireWayType?: boolean | undefined;
  };
  /** Without it the LeanX endpoints answer 404. */
  leanx?:
    | {
        authToken: string;
        hashKey: string;
        /** Check `x-signature` on every request, as the portal's "X-Signature" switch does. Default false. */
        signRequests?: boolean | undefined;
        /** Refuse payouts from another pool. Default: any well-formed reference is taken. */
        poolReference?: string | undefined;
        /** What the payout pool holds, in MYR. Default '100000.00'. */
        poolBalance?: string | undefined;
        /**
         * What a second payout under one `external_invoice_ref` becomes, which LeanX does not publish. Default `refuse`; `pay`
         * is the worst that could be.
         */
        repeatedReference?: 'refuse' | 'pay' | undefined;
      }
    | undefined;
  /** Where browsers reach the sandbox; may have a path. Checkout URLs are built from it. Default: the origin of the request. */
  baseUrl?: string | undefined;
  /** How webhooks are sent. Default the global `fetch`. */
  deliver?: typeof fetch | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined;
  /** Approve payouts by themselves after this time. Default: they wait for `control.approve`, `reject` or the console. */
  reviewDelayMs?: number | undefined;
  /** How long an approved payout takes to settle. Default 500. */
  settleDelayMs?: number | undefined;
  /** Waits between attempts of a webhook: a list, or the first wait, doubled four times. Default 1 s, 5 s, 30 s, 2 min, 10 min. */
  webhookRetryMs?: number | readonly number[] | undefined;
  /** How long after a change its webhook leaves. Default 0. */
  webhookDelayMs?: number | undefined;
  /** How long a receiver may take to answer a webhook. Default 10 000. */
  webhookTimeoutMs?: number | undefined;
  /** The name on the cashier page. Default: the host of the order's `success_url`. */
  merchantName?: string | undefined;
  /** Banks that `payout/bank` lists, by country code. Default: a short list for each country of the payout currencies. */
  payoutBanks?: Readonly<Record<string, readonly { code: string; name: string }[]>> | undefined;
}

/** The options with every default filled in. */
export interface Settings {
  readonly appId: string;
  readonly appSecret: string;
  readonly maxClockSkewMs: number;
  readonly requireWayType: boolean;
  readonly leanx:
    | {
        readonly authToken: string;
        readonly uuid: string;
        readonly hashKey: string;
        readonly signRequests: boolean;
        readonly poolReference: string | undefined;
        readonly poolBalance: string;
        readonly repeatedReference: 'refuse' | 'pay';
      }
    | undefined;
  readonly baseUrl: string | undefined;
  readonly deliver: typeof fetch;
  readonly now: () => number;
  readonly reviewDelayMs: number | undefined;
  readonly settleDelayMs: number;
  readonly webhookRetryMs: readonly number[];
  readonly webhookDelayMs: number;
  readonly webhookTimeoutMs: number;
  readonly merchantName: string | undefined;
  readonly payoutBanks: Readonly<Record<string, readonly { code: string; name: string }[]>> | undefined;
}

/** The vendor publishes no retry schedule; this one reaches a server that restarts and gives up within a quarter of an hour. */
const DEFAULT_RETRY_MS = [1000, 5000, 30_000, 120_000, 600_000];

function wrong(option: string, problem: string): never {
  throw new TypeError(`createSandbox: ${option} ${problem}`);
}

function credential(option: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') return wrong(option, 'is missing: give a non-empty string.');
  if (value !== value.trim() || /["'\s]/.test(value)) {
    return wrong(option, 'has blanks or quotes in it: give the bare value.');
  }
  if (value === 'undefined' || value === 'null')
    return wrong(option, `is the text "${value}": a variable was not set.`);
  return value;
}

function duration(option: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    return wrong(option, 'must be a number of milliseconds, 0 or more.');
  }
  return value;
}

function retrySchedule(value: number | readonly number[] | undefined): readonly number[] {
  if (value === undefined) return DEFAULT_RETRY_MS;
  if (Array.isArray(value)) return value.map((wait, index) => duration(`webhookRetryMs[${index}]`, wait, 0));
  const first = duration('webhookRetryMs', value, 0);
  return [1, 2, 4, 8, 16].map((factor) => factor * first);
}

function base(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return wrong('baseUrl', 'is not an absolute URL, such as http://localhost:4010.');
  }
  if (!/^https?:$/.test(url.protocol)) return wrong('baseUrl', 'must begin with http:// or https://.');
  if (url.search !== '' || url.hash !== '' || url.username !== '') {
    return wrong('baseUrl', 'must have no query, fragment or credentials.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function leanx(options: SandboxOptions['leanx']): Settings['leanx'] {
  if (options === undefined) return undefined;
  const authToken = credential('leanx.authToken', options.authToken);
  const hashKey = credential('leanx.hashKey', options.hashKey);
  const [, uuid, extra] = authToken.split('|');
  // LeanX docs, Credential: three parts joined by "|"; the second is the API key's UUID.
  if (uuid === undefined || extra === undefined) {
    return wrong('leanx.authToken', 'must have three parts joined by "|": merchant id, UUID, key.');
  }
  const poolBalance = options.poolBalance ?? '100000.00';
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(poolBalance)) {
    return wrong('leanx.poolBalance', 'must be an amount as text, such as "100000.00".');
  }
  return {
    authToken,
    uuid,
    hashKey,
    signRequests: options.signRequests ?? false,
    poolReference: options.poolReference,
    poolBalance,
    repeatedReference: options.repeatedReference ?? 'refuse',
  };
}

/** Checks the options and fills in the defaults; throws a TypeError that names the wrong one and prints no credential. */
export function readOptions(options: SandboxOptions): Settings {
  // JavaScript callers reach this without the compiler's help.
  const given = options as Partial<SandboxOptions> | undefined;
  if (given?.lesspay === undefined) return wrong('lesspay', 'is missing: give { appId, appSecret }.');
  const { lesspay } = given;
  return {
    appId: credential('lesspay.appId', lesspay.appId),
    appSecret: credential('lesspay.appSecret', lesspay.appSecret),
    maxClockSkewMs: duration('lesspay.maxClockSkewMs', lesspay.maxClockSkewMs, 5 * 60_000),
    requireWayType: lesspay.requireWayType ?? false,
    leanx: leanx(given.leanx),
    baseUrl: base(given.baseUrl),
    deliver: given.deliver ?? ((input, init) => fetch(input, init)),
    now: given.now ?? Date.now,
    reviewDelayMs: given.reviewDelayMs === undefined ? undefined : duration('reviewDelayMs', given.reviewDelayMs, 0),
    settleDelayMs: duration('settleDelayMs', given.settleDelayMs, 500),
    webhookRetryMs: retrySchedule(given.webhookRetryMs),
    webhookDelayMs: duration('webhookDelayMs', given.webhookDelayMs, 0),
    webhookTimeoutMs: duration('webhookTimeoutMs', given.webhookTimeoutMs, 10_000),
    merchantName: given.merchantName,
    payoutBanks: given.payoutBanks,
  };
}
