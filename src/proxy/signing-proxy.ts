import { createLeanxClient } from '../leanx/client.ts';
import { createLesspayClient } from '../lesspay/client.ts';
import type { OnUpstreamCall } from '../upstream/call.ts';
import { createSend } from '../upstream/send.ts';
import { turnsHaveEnded } from './concurrency/end-of-turn.ts';
import { createRunning } from './concurrency/running.ts';
import { readConfig } from './config.ts';
import type { ProxyContext } from './context.ts';
import { type BodyKind, parseBody, requireBodyKind, requirePlainEncoding } from './http/browser-request.ts';
import { jsonAnswer, type ProxyAnswer, type ProxyCall } from './http/exchange.ts';
import { failurePage } from './http/failure-page.ts';
import { ProblemError } from './http/problem.ts';
import { problemsPage } from './http/problems-page.ts';
import { bodyAlreadyRead, bodyTooLarge, drainRequestBody, readRequestBody } from './http/read-body.ts';
import { corsHeaders, requireSameOrigin } from './http/same-origin.ts';
import { createJournal, elapsedMs } from './journal/journal.ts';
import { consoleLogger, errorFields } from './journal/log.ts';
import type { EventLevel, RequestFact, WebhookFact } from './journal/proxy-event.ts';
import { readLimiter } from './limiter/config.ts';
import { createLimiter } from './limiter/limiter.ts';
import { remoteAddressOf } from './limiter/remote-address.ts';
import { askMerchant, merchantError, requestContext } from './merchant/ask-merchant.ts';
import { createDeliver } from './merchant/delivery.ts';
import type { Actor, PayoutAction, PayoutOptions, SigningProxyOptions } from './options.ts';
import { createPayinOpening } from './payin/opening.ts';
import { createPayinOrderExpiry } from './payin/order-expiry.ts';
import { createPayins } from './payin/payins.ts';
import { createPayinReconcile } from './payin/reconcile.ts';
import { createPayinSending } from './payin/sending.ts';
import { createPayinSettlement } from './payin/settlement.ts';
import { createPayinWebhook } from './payin/webhook.ts';
import { createAccountCheck, createBankList, createLeanxBankList } from './payout/banks.ts';
import { createPayoutDecisions, noDecisions, type PayoutDecisions } from './payout/decision.ts';
import { createEqualPayouts } from './payout/equal-payouts.ts';
import { createPayoutKeyExpiry } from './payout/key-expiry.ts';
import { createPayoutLeases } from './payout/lease.ts';
import { createPayoutLimiter } from './payout/limits.ts';
import { createPayoutOpening } from './payout/opening.ts';
import { createPayouts, readIdempotencyKey } from './payout/payouts.ts';
import { createPayoutReconcile } from './payout/reconcile.ts';
import { createPayoutRecords } from './payout/records.ts';
import { createPayoutSending } from './payout/sending.ts';
import { createPayoutSettlement } from './payout/settlement.ts';
import { createPayoutWebhooks } from './payout/webhook.ts';
import { createReconcile, type Reconcile, type ReconcileKind } from './reconcile.ts';
import { createRetention } from './retention.ts';
import { belowBasePath, matchRoute, type Route, type RouteName } from './routes.ts';
import { memoryStore } from './store/memory.ts';
import { StoreError } from './store/store-error.ts';

/** The server side of the elements: keeps the secrets, talks to the upstreams, and answers the routes under `basePath`. */
export interface SigningProxy {
  /**
   * Answers a web standard request; never rejects. `connection` is `{ remoteAddress }` for the limiter, or the second
   * argument that Deno or Bun gives its handler; whatever else is there is not looked at.
   */
  fetch(request: Request, connection?: object): Promise<Response>;
  /** Answers a request in the proxy's own terms, for adapters of servers without `Request`; never rejects. */
  handle(call: ProxyCall): Promise<ProxyAnswer>;
  /** Whether a path belongs to this proxy. */
  owns(path: string): boolean;
  /**
   * Asks the upstream about what is not final and brings it to its end; run it every minute or so, on every replica if you
   * like. Rejects when the store fails or cannot list what is open (`ConfigError`), and for options that are no numbers
   * (`RangeError`).
   */
  reconcile: Reconcile;
  /** What is left to people: payouts whose outcome nobody can tell. */
  payouts: PayoutDecisions;
  /**
   * Answers new requests with 503 and waits for those at work, for their hooks, for `reconcile` and for what goes on behind
   * them and in the store; `false` when some were still at it after `timeoutMs` (25 seconds by default). What was cut short is found again by its id. May be called again.
   */
  close(options?: { timeoutMs?: number | undefined }): Promise<boolean>;
  /** The path that every route is under. */
  readonly basePath: string;
  /** Longest time for a body, for adapters that read it themselves. */
  readonly bodyTimeoutMs: number;
}

/** A request whose method, origin and media type are right. */
interface Visit {
  call: ProxyCall;
  /** The id in the path. */
  requestId: string;
  /** How a browser's body is written. */
  kind: BodyKind;
  /** Reads the body; called after the merchant has said who is asking. */
  readBody: () => Promise<Uint8Array> | Uint8Array;
}

/** Orchestrators kill after 30 seconds (Kubernetes docs, terminationGracePeriodSeconds; read 2026-11-20). */
const CLOSE_TIMEOUT_MS = 25_000;
/** When a client that met a closing replica may come again: a balancer has noticed by then. */
const CLOSING_RETRY_SECONDS = 2;

/** What is known of a request once it has been answered. */
type Outcome = Pick<RequestFact, 'route' | 'code' | 'requestId'> & { level?: EventLevel };

/** The routes that take notices, by what the notices are about. */
const NOTICES: Partial<Record<RouteName, WebhookFact['kind']>> = {
  'lesspay-payin-notice': 'payin',
  'lesspay-payout-notice': 'payout',
  'leanx-notice': 'leanx-payout',
};

/** The routes that `payout.authorize` guards, by what it is asked; the limiter counts them by its answer. */
const ACTIONS = {
  'create-payouts': 'create-payout',
  'read-payouts': 'read-payout',
  'list-banks': 'list-banks',
  'list-leanx-banks': 'list-banks',
  'check-account': 'check-account',
} as const satisfies Partial<Record<RouteName, PayoutAction>>;

const AUTHORIZED: ReadonlySet<RouteName> = new Set(Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]);

type Handler = (visit: Visit) => Promise<ProxyAnswer>;

/** Creates the signing proxy; throws a `ConfigError` that names the option when one cannot work. */
export function createSigningProxy(options: SigningProxyOptions): SigningProxy {
  const config = readConfig(options);
  const limits = readLimiter(options.limiter);
  const now = options.now ?? Date.now;
  const logger = createJournal({
    logger: options.logger ?? consoleLogger,
    observe: options.observe,
    secrets: config.secrets,
    now,
  });
  const store = options.store ?? memoryStore({ now });
  if (options.store === undefined && !isUnderTest()) {
    logger.warn({
      event: 'memory-store',
      message: 'Payments are kept in memory only; give a store before going live.',
    });
  }
  if (config.publicIsLoopback && config.lesspay.loopbackHost === undefined) {
    logger.warn({ event: 'public-url-loopback', message: 'publicUrl is on this machine: no webhook can reach it.' });
  }
  const onCall: OnUpstreamCall = (call) => {
    const { api, operation, path, attempt, outcome, failure, httpStatus, upstreamCode } = call;
    const level = outcome === 'ok' ? 'info' : 'warn';
    const durationMs = Math.round(call.durationMs);
    const event = 'upstream-call';
    // What most calls have, spelled out: every call is told.
    if (attempt !== undefined && failure === undefined) {
      logger[level]({ event, outcome, durationMs, api, operation, path, attempt, httpStatus, upstreamCode });
    } else {
      logger[level]({ event, outcome, durationMs, api, operation, path, attempt, failure, httpStatus, upstreamCode });
    }
    logger.observe?.(
      { type: event, upstream: api, operation, outcome, failure, httpStatus, upstreamCode, attempt, durationMs },
      level,
    );
  };
  const running = createRunning(() => store.idle?.());
  const send = createSend({ fetch: options.fetch, timeoutMs: config.upstreamTimeoutMs });
  const { appId, secrets, baseUrl, output } = config.lesspay;
  const keep = createRetention(config);
  const context: ProxyContext = {
    options,
    config,
    store,
    logger,
    now,
    lesspay: createLesspayClient({ ...output, appId, appSecret: secrets, baseUrl, send, now, onCall }),
    leanx: config.leanx && createLeanxClient({ ...config.leanx, hashKey: config.leanx.hashKeys[0], send, now, onCall }),
    keep,
    payouts: createPayoutRecords({ store, keep }),
    admit: limits && createLimiter({ limits, store, journal: logger, now, secret: secrets[0] }),
    track: running.track,
    deliver: createDeliver({ store, logger, now, hookTimeoutMs: config.hookTimeoutMs, track: running.track }),
  };
  const parts = createParts(context);
  const { handlers } = parts;
  const reconcile = createReconcile(context, parts.kinds);

  /** The path below ours, whether or not what stands before us has taken the path of `publicUrl` off. */
  function belowUs(path: string): string | undefined {
    return (
      belowBasePath(path, config.basePath) ??
      (config.publicPath === '' ? undefined : belowBasePath(path, config.publicPath + config.basePath))
    );
  }

  /** The routes of a path that this configuration opens, found once for each path there is. */
  const opened = new Map<readonly Route[], readonly Route[]>();
  function openOf(routes: readonly Route[]): readonly Route[] {
    let open = opened.get(routes);
    if (open === undefined) opened.set(routes, (open = routes.filter(({ name }) => handlers.has(name))));
    return open;
  }

  function handle(call: ProxyCall): Promise<ProxyAnswer> {
    return logger.observe === undefined ? answerCall(call) : observed(call);
  }

  async function observed(call: ProxyCall): Promise<ProxyAnswer> {
    const started = performance.now();
    const outcome: Outcome = { route: 'none' };
    const answer = await answerCall(call, outcome);
    const { status } = answer;
    const { level = 'info', ...rest } = outcome;
    const durationMs = elapsedMs(started);
    logger.observe?.({ type: 'request', method: methodOf(call), status, durationMs, ...rest }, level);
    return answer;
  }

  async function answerCall(call: ProxyCall, outcome?: Outcome): Promise<ProxyAnswer> {
    const isTooLate = running.isClosing;
    if (!isTooLate) running.begun();
    let route: Route | undefined;
    let answer: ProxyAnswer;
    try {
      const below = belowUs(call.path);
      const match = below === undefined ? undefined : matchRoute(below);
      const known = match === undefined ? [] : openOf(match.routes);
      if (!match || known.length === 0) throw new ProblemError('not-found', 'There is nothing at this path.');
      if (call.method === 'OPTIONS' && config.allowedOrigins.size > 0 && isForBrowsers(known)) {
        answer = preflight(call, known);
      } else {
        route = known.find(({ method }) => method === call.method);
        if (!route) throw methodNotAllowed(known);
        if (outcome) outcome.route = route.name;
        if (isTooLate) {
          throw new ProblemError('shutting-down', 'This replica is going away. Send the same request again.', {
            retryAfterSeconds: CLOSING_RETRY_SECONDS,
          });
        }
        answer = await withDeadline(run(call, route, match.requestId));
        const isCrossOrigin = route.caller === 'browser' && config.allowedOrigins.size > 0;
        if (isCrossOrigin) answer = withHeaders(answer, corsHeaders(call, config));
      }
    } catch (error) {
      answer = withHeaders(
        failure(call, route, error, outcome),
        route?.caller === 'upstream' ? {} : corsHeaders(call, config),
      );
    } finally {
      if (!isTooLate) running.ended();
    }
    return running.isClosing ? { ...answer, isLast: true } : answer;
  }

  function run(call: ProxyCall, route: Route, requestId: string): Promise<ProxyAnswer> {
    const handler = handlers.get(route.name);
    if (!handler) throw new ProblemError('not-found', 'There is nothing at this path.');
    let kind: BodyKind = 'json';
    // Before anything else can fail: whoever mounts the proxy behind a parser learns it from the first request.
    if (route.method === 'POST') call.requireUnread?.();
    if (route.method === 'POST' && route.caller === 'browser') {
      requireSameOrigin(call, config);
      kind = requireBodyKind(call, route);
    } else if (route.method === 'POST') {
      requirePlainEncoding(call);
    }
    const visit: Visit = { call, requestId, kind, readBody: () => bodyOf(call, route.maxBodyBytes) };
    if (context.admit === undefined || AUTHORIZED.has(route.name)) return handler(visit);
    return context.admit(route.name, call).then(() => handler(visit));
  }

  /** Whatever hangs, the caller gets an answer; the work itself goes on and is found again by its id. */
  function withDeadline(work: Promise<ProxyAnswer>): Promise<ProxyAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        void running.track(work);
        reject(new ProblemError('outcome-unknown', 'The answer took too long. Send the same request again.'));
      }, config.answerTimeoutMs);
      work.then(
        (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        () => {
          clearTimeout(timer);
          resolve(work);
        },
      );
    });
  }

  function failure(call: ProxyCall, route: Route | undefined, error: unknown, outcome?: Outcome): ProxyAnswer {
    const problem =
      error instanceof ProblemError
        ? error
        : error instanceof StoreError && error.isPassing
          ? new ProblemError('outcome-unknown', 'The store did not answer. Send the same request again later.', {
              cause: error,
            })
          : new ProblemError('internal-error', 'Something failed in the proxy; its log says what.', { cause: error });
    const { status, code } = problem;
    const level = status >= 500 ? 'error' : status === 401 || status === 409 ? 'warn' : 'info';
    const { cause, requestId } = problem.extras;
    logger[level]({
      event: 'request-failed',
      route: route?.name,
      method: call.method,
      status,
      code,
      requestId,
      ...(cause === undefined ? { message: problem.message } : errorFields(cause)),
    });
    if (outcome) {
      Object.assign(outcome, { level, code, requestId });
      const kind = route && NOTICES[route.name];
      if (kind) logger.observe?.({ type: 'webhook', kind, verdict: 'refused', code, requestId }, level);
      if (code === 'body-already-read') logger.observe?.({ type: 'alarm', name: 'body-parser-found', code }, 'error');
    }
    const { allow, retryAfterSeconds } = problem.extras;
    const page =
      route?.form && isFormPost(call)
        ? failurePage(status, code, `${config.publicUrl}/`)
        : jsonAnswer(status, problem.toProblem(config.docsUrl), 'application/problem+json');
    return withHeaders(page, {
      ...(allow === undefined ? {} : { allow }),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    });
  }

  function preflight(call: ProxyCall, routes: readonly Route[]): ProxyAnswer {
    const origin = call.header('origin');
    if (origin === undefined || !config.allowedOrigins.has(origin)) {
      throw new ProblemError('forbidden-origin', 'This origin is not in allowedOrigins.');
    }
    return {
      status: 204,
      headers: {
        ...corsHeaders(call, config),
        'access-control-allow-methods': routes.map(({ method }) => method).join(', '),
        'access-control-allow-headers': 'content-type, idempotency-key',
        'access-control-max-age': '600',
        'cache-control': 'no-store',
      },
      body: '',
    };
  }

  const proxy: SigningProxy = {
    handle,
    owns(path) {
      const below = belowUs(path);
      // Without a base path the proxy stands among the shop's own pages, and only its routes are its own.
      return below !== undefined && (config.basePath !== '' || matchRoute(below) !== undefined);
    },
    reconcile: (given) => {
      const signal = given?.signal ? AbortSignal.any([given.signal, running.closing]) : running.closing;
      return running.track(reconcile({ ...given, signal }));
    },
    payouts: {
      listUnknown: (...page) => running.track(parts.payouts.listUnknown(...page)),
      resolve: (...decision) => running.track(parts.payouts.resolve(...decision)),
    },
    basePath: config.basePath,
    bodyTimeoutMs: config.bodyTimeoutMs,
    async close({ timeoutMs = CLOSE_TIMEOUT_MS } = {}) {
      const haveAllEnded = await running.close(timeoutMs);
      // An adapter takes up requests and writes answers at the end of a turn: whoever exits after this must not cut them off.
      await turnsHaveEnded();
      return haveAllEnded;
    },
    async fetch(request, connection) {
      const url = new URL(request.url);
      const answer = await handle({
        method: request.method,
        remoteAddress: limits && remoteAddressOf(request, connection),
        path: url.pathname,
        search: url.search,
        header: (name) => request.headers.get(name) ?? undefined,
        requireUnread: () => {
          if (request.bodyUsed || request.body?.locked) throw bodyAlreadyRead('fetch');
        },
        body: (maxBytes) => readRequestBody(request, maxBytes, config.bodyTimeoutMs),
        request: () => new Request(request.url, { method: request.method, headers: request.headers }),
      });
      if (answer.status >= 400) await drainRequestBody(request);
      const hasBody = answer.status !== 204 && answer.status !== 303;
      return new Response(hasBody ? answer.body : null, { status: answer.status, headers: answer.headers });
    },
  };
  OPTIONS.set(proxy, options);
  return proxy;
}

/** The options of every proxy, for whoever examines one; a member of the proxy would end up in somebody's log. */
const OPTIONS = new WeakMap<object, SigningProxyOptions>();

/** The options that a proxy was made with; undefined for anything else. */
export function optionsOf(proxy: unknown): SigningProxyOptions | undefined {
  return typeof proxy === 'object' && proxy !== null ? OPTIONS.get(proxy) : undefined;
}

/** What a configuration opens. */
interface Parts {
  handlers: Map<RouteName, Handler>;
  kinds: ReconcileKind[];
  payouts: PayoutDecisions;
}

/** The routes that this configuration opens; the others do not exist. */
function createParts(context: ProxyContext): Parts {
  const { options } = context;
  const handlers = new Map<RouteName, Handler>([['explain-problems', () => Promise.resolve(problemsPage())]]);
  const kinds: ReconcileKind[] = [];
  const parts: Parts = { handlers, kinds, payouts: noDecisions };
  if (options.payout) openPayouts(context, options.payout, parts);
  if (options.payin) {
    const expireOrder = createPayinOrderExpiry(context);
    const settlement = createPayinSettlement(context, expireOrder);
    const sending = createPayinSending(context, settlement);
    const opening = createPayinOpening(context, settlement, sending);
    kinds.push({ kind: 'payin', one: createPayinReconcile(context, settlement, expireOrder) });
    const payins = createPayins(context, options.payin, settlement, opening);
    const webhook = createPayinWebhook(context, settlement, options.payin.confirmByQuery ?? true);
    handlers.set('create-payin', ({ call, kind, readBody }) => payins.create(call, kind, readBody));
    handlers.set('read-payin', ({ call, requestId }) => payins.read(call, requestId));
    handlers.set('lesspay-payin-notice', async ({ call, readBody }) => webhook(call, await readBody()));
  }
  return parts;
}

/** Every route of this group asks `payout.authorize` first, before a byte of the body is read. */
function openPayouts(context: ProxyContext, payout: PayoutOptions, parts: Parts): void {
  const { handlers, kinds } = parts;
  const { leanx } = context;
  const limiter = createPayoutLimiter(context, payout);
  const expireKeys = createPayoutKeyExpiry(context);
  const settlement = createPayoutSettlement(context, expireKeys, limiter);
  const leases = createPayoutLeases(context);
  const sending = createPayoutSending(context, settlement, leases, limiter);
  const equals = createEqualPayouts(context, sending, leases, limiter);
  const opening = createPayoutOpening(context, payout, sending, leases, equals, limiter);
  kinds.push({ kind: 'payout', one: createPayoutReconcile(context, settlement, sending, leases, expireKeys, limiter) });
  parts.payouts = createPayoutDecisions(context, payout, settlement, sending, leases);
  const payouts = createPayouts(context, settlement, opening);
  const webhooks = createPayoutWebhooks(context, settlement, payout.confirmByQuery ?? true);
  const banks = createBankList(context);
  const guard = (route: keyof typeof ACTIONS, handler: (visit: Visit, actor: Actor) => Promise<ProxyAnswer>): void => {
    handlers.set(route, async (visit) => {
      const actor = await requireActor(context, payout, visit.call, ACTIONS[route]);
      await context.admit?.(route, visit.call, actor.id);
      return handler(visit, actor);
    });
  };

  guard('create-payouts', async ({ call, kind, readBody }, actor) => {
    // Before the body: a missing key is the sender's most common slip and the cheapest to tell.
    readIdempotencyKey(call);
    return payouts.create(call, parseBody(await readBody(), kind), actor);
  });
  guard('read-payouts', ({ requestId }) => payouts.read(requestId));
  guard('list-banks', ({ call }) => banks(call));
  handlers.set('lesspay-payout-notice', async ({ call, readBody }) => webhooks.lesspay(call, await readBody()));
  if (!leanx) return;
  const leanxBanks = createLeanxBankList(context, leanx);
  const checkAccount = createAccountCheck(context, leanx);
  guard('list-leanx-banks', () => leanxBanks());
  guard('check-account', async ({ kind, readBody }) => checkAccount(parseBody(await readBody(), kind)));
  handlers.set('leanx-notice', async ({ readBody }) => webhooks.leanx(await readBody()));
}

async function requireActor(
  { logger }: ProxyContext,
  payout: PayoutOptions,
  call: ProxyCall,
  action: PayoutAction,
): Promise<Actor> {
  const actor: Partial<Actor> | null = await askMerchant('payout.authorize', logger, () =>
    payout.authorize(Object.assign(requestContext(call), { action })),
  );
  // JavaScript callers may return nothing at all.
  if (actor == null) throw new ProblemError('forbidden', 'This account may not do that. Sign in with one that may.');
  const { id } = actor;
  if (typeof id !== 'string' || id === '') throw merchantError('payout.authorize must return { id } or null.');
  return { ...actor, id };
}

function bodyOf(call: ProxyCall, maxBytes: number): Promise<Uint8Array> | Uint8Array {
  if (typeof call.body === 'function') return call.body(maxBytes);
  const { body } = call;
  if (body && body.byteLength > maxBytes) throw bodyTooLarge(maxBytes);
  return body ?? new Uint8Array();
}

/** Node's own runner and most others say so in the environment; other runtimes may have none. */
function isUnderTest(): boolean {
  if (typeof process === 'undefined') return false;
  return process.env.NODE_ENV === 'test' || process.env.NODE_TEST_CONTEXT !== undefined;
}

function isForBrowsers(routes: readonly Route[]): boolean {
  return routes.every(({ caller }) => caller === 'browser');
}

function isFormPost(call: ProxyCall): boolean {
  return (call.header('content-type') ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
}

/** Anybody can make up a method; an event holds none of a stranger's words. */
function methodOf({ method }: ProxyCall): RequestFact['method'] {
  return method === 'GET' || method === 'POST' || method === 'OPTIONS' ? method : 'other';
}

function methodNotAllowed(routes: readonly Route[]): ProblemError {
  const allow = routes.map(({ method }) => method).join(', ');
  return new ProblemError('method-not-allowed', `This path answers to ${allow} only.`, { allow });
}

function withHeaders(answer: ProxyAnswer, headers: Record<string, string>): ProxyAnswer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
