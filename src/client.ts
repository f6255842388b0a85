import type {
  AccountCheckRequest,
  AccountCheckResponse,
  BanksResponse,
  CreatePayinRequest,
  CreatePayinResponse,
  CreatePayoutsRequest,
  CreatePayoutsResponse,
  LeanxBanksResponse,
  PayinStatusResponse,
  PayoutStatusResponse,
} from './protocol/messages.ts';
import type { Problem, ProblemCode } from './protocol/problem.ts';

/** Why a call to the proxy gave no answer to use: the proxy's own code, or what went wrong on the way. */
export type ProxyErrorCode = ProblemCode | 'network' | 'timeout' | 'bad-answer' | 'proxy-not-allowed';

/** A failed call to the signing proxy. The message is for developers, in English. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  declare readonly code: ProxyErrorCode;
  /** Whether the same call may be sent again unchanged. */
  declare readonly retryable: boolean;
  /** `refused`: nothing happened. `unknown`: it may have happened; ask for the status before anything else. */
  declare readonly outcome: 'refused' | 'unknown';
  /** What the proxy said, where it did. */
  declare readonly problem: Problem | undefined;

  constructor(
    code: ProxyErrorCode,
    message: string,
    more: { retryable: boolean; outcome: 'refused' | 'unknown'; problem?: Problem | undefined; cause?: unknown },
  ) {
    super(message);
    Object.assign(this, { code, ...more });
  }
}

/** Where the proxy is and how to call it. */
export interface ClientOptions {
  /** The proxy's base path, or its URL. Another origin than the page's must be in `allowedProxyOrigins`. */
  proxy: string;
  /** Origins besides the page's own that may be called (`https://pay.shop.example`). */
  allowedProxyOrigins?: readonly string[] | undefined;
  /** Default: the page's `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Ends the call early; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** How long to wait for the whole answer. The default leaves the proxy time for its own retry. */
  timeoutMs?: number | undefined;
}

interface Call<Answer> {
  method: 'GET' | 'POST';
  /** Under the proxy's base, with a leading slash. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** The answer as far as the elements rely on it: a light check, the proxy itself has validated it. */
  isAnswer: (value: Readonly<Record<string, unknown>>) => boolean;
  /** Only to tie the type of the answer to the call. */
  answer?: Answer;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * The absolute URL of a route of the proxy. Attributes are data that an injected tag could carry, so a foreign origin is
 * refused unless the page's own code has allowed it (a `<base>` of another origin is refused by the same test).
 */
function routeUrl({ proxy, allowedProxyOrigins = [] }: ClientOptions, path: string): URL {
  const text = proxy.replace(/\/+$/, '') + path;
  const url = URL.canParse(text, document.baseURI) && new URL(text, document.baseURI);
  if (url && [self.origin, ...allowedProxyOrigins].includes(url.origin)) return url;
  throw new ProxyError(
    'proxy-not-allowed',
    `"${proxy}" is neither on this page's origin nor on one of allowedProxyOrigins.`,
    { retryable: false, outcome: 'refused' },
  );
}

async function call<Answer>(
  options: ClientOptions,
  { method, path, body, headers, isAnswer }: Call<Answer>,
): Promise<Answer> {
  const url = routeUrl(options, path);
  const { fetch = globalThis.fetch, signal, timeoutMs = 45_000 } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const name = `${method} ${url.pathname}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    const [code, what] = deadline.aborted ? (['timeout', 'timed out'] as const) : (['network', 'was cut off'] as const);
    throw new ProxyError(code, `${name} ${what}.`, { retryable: true, outcome: 'unknown', cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: told below as a bad answer.
  }
  if (typeof value === 'object' && value !== null) {
    const members = value as Readonly<Record<string, unknown>>;
    if (response.ok ? isAnswer(members) : isText(members.code)) {
      if (response.ok) return value as Answer;
      const problem = value as Problem;
      const { code, detail, title } = problem;
      // Of the server's own faults only these two say for certain that nothing was opened or sent.
      const isCertain = response.status < 500 || code === 'upstream-refused' || code === 'upstream-unavailable';
      const outcome = isCertain ? 'refused' : 'unknown';
      throw new ProxyError(code, detail || title, { retryable: problem.retryable, outcome, problem });
    }
  }
  throw new ProxyError(
    'bad-answer',
    `${name} answered ${response.status}, but not as the proxy does. Is it mounted there?`,
    { retryable: response.status >= 500, outcome: response.status < 500 && !response.ok ? 'refused' : 'unknown' },
  );
}

/** `POST /payins`: opens the payment of an order, or finds the one already open. */
export function createPayin(options: ClientOptions, request: CreatePayinRequest): Promise<CreatePayinResponse> {
  return call(options, {
    method: 'POST',
    path: '/payins',
    body: request,
    isAnswer: ({ requestId, checkoutUrl }) => isText(requestId) && isText(checkoutUrl),
  });
}

/** `GET /payins/{requestId}`: where a payment stands. */
export function getPayin(options: ClientOptions, requestId: string): Promise<PayinStatusResponse> {
  return call(options, {
    method: 'GET',
    path: `/payins/${encodeURIComponent(requestId)}`,
    isAnswer: ({ status, final }) => isText(status) && typeof final === 'boolean',
  });
}

/**
 * `POST /payouts`: hands in payouts. The same `idempotencyKey` (8–128 of `A–Z a–z 0–9 _ -`) for every try of one
 * attempt: the proxy then pays once.
 */
export function createPayouts(
  options: ClientOptions,
  request: CreatePayoutsRequest,
  idempotencyKey: string,
): Promise<CreatePayoutsResponse> {
  return call(options, {
    method: 'POST',
    path: '/payouts',
    body: request,
    headers: { 'idempotency-key': idempotencyKey },
    isAnswer: ({ requestId, status }) => isText(requestId) && isText(status),
  });
}

/** `GET /payouts/{requestId}`: where a batch and each of its payouts stand. */
export function getPayouts(options: ClientOptions, requestId: string): Promise<PayoutStatusResponse> {
  return call(options, {
    method: 'GET',
    path: `/payouts/${encodeURIComponent(requestId)}`,
    isAnswer: ({ status, final, details }) => isText(status) && typeof final === 'boolean' && Array.isArray(details),
  });
}

/** `GET /banks`: the banks that Lesspay supports for a country and currency. */
export function listBanks(
  options: ClientOptions,
  query: { country: string; currency: string },
): Promise<BanksResponse> {
  return call(options, {
    method: 'GET',
    path: `/banks?${new URLSearchParams(query)}`,
    isAnswer: ({ banks }) => Array.isArray(banks),
  });
}

/** `GET /leanx/banks`: the Malaysian banks and wallets that LeanX pays to. */
export function listLeanxBanks(options: ClientOptions): Promise<LeanxBanksResponse> {
  return call(options, {
    method: 'GET',
    path: '/leanx/banks',
    isAnswer: ({ banks }) => Array.isArray(banks),
  });
}

/** `POST /leanx/account-checks`: compares a name with the one the bank has for an account. */
export function checkAccount(options: ClientOptions, request: AccountCheckRequest): Promise<AccountCheckResponse> {
  return call(options, {
    method: 'POST',
    path: '/leanx/account-checks',
    body: request,
    isAnswer: ({ state }) => isText(state),
  });
}
