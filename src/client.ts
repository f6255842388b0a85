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
export type ProxyErrorCode =
  | ProblemCode
  // The proxy could not be reached. See the address of the proxy, and the `connect-src` of the page.
  | 'network'
  // The proxy took too long. Ask again: of a payout with the same key, which pays once.
  | 'timeout'
  // What answered is not the proxy: a login, a gateway or another page. Check `proxy` and what stands before it.
  | 'bad-answer'
  // The proxy is on an origin that the page does not allow. Set `allowedProxyOrigins`, a property, from your own script.
  | 'proxy-not-allowed';

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

/** A light check of an answer, as far as the elements rely on it: the proxy itself has validated it. */
type IsAnswer = (members: Members) => boolean;

type Members = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Calls a route of the proxy, with `POST` where there is a `body`. The proxy is named by an attribute, and an attribute is
 * data that an injected tag could carry: a foreign origin is refused unless the page's own code has allowed it (a `<base>`
 * of another origin is refused by the same test).
 */
async function call<Answer>(
  { proxy, allowedProxyOrigins = [], fetch = globalThis.fetch, signal, timeoutMs = 45_000 }: ClientOptions,
  path: string,
  isAnswer: IsAnswer,
  body?: object,
  headers?: Readonly<Record<string, string>>,
): Promise<Answer> {
  const place = proxy.replace(/\/+$/, '') + path;
  const url = URL.canParse(place, document.baseURI) && new URL(place, document.baseURI);
  if (!url || ![self.origin, ...allowedProxyOrigins].includes(url.origin)) {
    const message = `"${proxy}" is neither on this page's origin nor on one of allowedProxyOrigins.`;
    throw new ProxyError('proxy-not-allowed', message, { retryable: false, outcome: 'refused' });
  }
  const deadline = new AbortController();
  // AbortSignal.timeout() would hold on to the caller, and so to an element that has left the page, until its time is up.
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const given = body && { 'content-type': 'application/json' };
  let ok: boolean;
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      headers: { accept: 'application/json', ...given, ...headers },
      body: body ? JSON.stringify(body) : null,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
    });
    ({ ok, status } = response);
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    const code = deadline.signal.aborted ? 'timeout' : 'network';
    throw new ProxyError(code, `No answer from ${url.pathname}.`, { retryable: true, outcome: 'unknown', cause });
  } finally {
    clearTimeout(timer);
  }
  let members: Members | null | undefined;
  try {
    members = JSON.parse(text) as Members | null;
  } catch {
    // Not JSON: told below as a bad answer.
  }
  if (members && ok && isAnswer(members)) return members as Answer;
  if (members && !ok && isText(members.code)) {
    const problem = members as unknown as Problem;
    const { code, detail, title, retryable } = problem;
    // Of the server's own faults only these two say for certain that nothing was opened or sent.
    const isCertain = status < 500 || code === 'upstream-refused' || code === 'upstream-unavailable';
    throw new ProxyError(code, detail || title, { retryable, outcome: isCertain ? 'refused' : 'unknown', problem });
  }
  throw new ProxyError(
    'bad-answer',
    `${url.pathname} answered ${status}, but not as the proxy does. Is it mounted there?`,
    {
      retryable: status >= 500,
      outcome: ok || status >= 500 ? 'unknown' : 'refused',
    },
  );
}

/** `POST /payins`: opens the payment of an order, or finds the one already open. */
export function createPayin(options: ClientOptions, request: CreatePayinRequest): Promise<CreatePayinResponse> {
  return call(options, '/payins', ({ requestId, checkoutUrl }) => isText(requestId) && isText(checkoutUrl), request);
}

/** `GET /payins/{requestId}`: where a payment stands. */
export function getPayin(options: ClientOptions, requestId: string): Promise<PayinStatusResponse> {
  const path = `/payins/${encodeURIComponent(requestId)}`;
  return call(options, path, ({ status, final }) => isText(status) && typeof final === 'boolean');
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
  const isAnswer: IsAnswer = ({ requestId, status }) => isText(requestId) && isText(status);
  return call(options, '/payouts', isAnswer, request, { 'idempotency-key': idempotencyKey });
}

/** `GET /payouts/{requestId}`: where a batch and each of its payouts stand. */
export function getPayouts(options: ClientOptions, requestId: string): Promise<PayoutStatusResponse> {
  return call(
    options,
    `/payouts/${encodeURIComponent(requestId)}`,
    ({ status, final, details }) => isText(status) && typeof final === 'boolean' && Array.isArray(details),
  );
}

const hasBanks: IsAnswer = ({ banks }) => Array.isArray(banks);

/** `GET /banks`: the banks that Lesspay supports for a country and currency. */
export function listBanks(
  options: ClientOptions,
  query: { country: string; currency: string },
): Promise<BanksResponse> {
  return call(options, `/banks?${new URLSearchParams(query)}`, hasBanks);
}

/** `GET /leanx/banks`: the Malaysian banks and wallets that LeanX pays to. */
export function listLeanxBanks(options: ClientOptions): Promise<LeanxBanksResponse> {
  return call(options, '/leanx/banks', hasBanks);
}

/** `POST /leanx/account-checks`: compares a name with the one the bank has for an account. */
export function checkAccount(options: ClientOptions, request: AccountCheckRequest): Promise<AccountCheckResponse> {
  return call(options, '/leanx/account-checks', ({ state }) => isText(state), request);
}
