import { createCashier } from './cashier.ts';
import { createClock } from './clock.ts';
import { createDelivery, type DeliveryAttempt } from './delivery.ts';
import { createFaults, type Fault } from './faults.ts';
import { admitLesspay } from './lesspay-gate.ts';
import { readOptions, type SandboxOptions } from './options.ts';
import { STYLESHEET_PATH, stylesheet } from './page.ts';
import { createPayins, type NoticeMembers, type PayinOrder, type PayinOutcome } from './payin.ts';
import { Refusal } from './refusal.ts';

/** One upstream request as it came in. */
export interface ReceivedRequest {
  /** ISO 8601. */
  readonly at: string;
  readonly method: string;
  /** Without the sandbox's own prefix. */
  readonly path: string;
  /** Lower-case names; signatures and tokens are masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly text: string;
  /** The body parsed, where it is JSON. */
  readonly body: unknown;
  /** What was answered; undefined while it is under way and when a fault swallowed the answer. */
  readonly status: number | undefined;
  /** `code` or `response_code` of the answer. */
  readonly code: number | undefined;
}

/** Steers a sandbox from a test, a demo or the console. */
export interface SandboxControl {
  /** Ends a pay-in. */
  settle(id: string, outcome: PayinOutcome, options?: { amount?: string; webhook?: number | 'hold' | 'never' }): void;
  /** Sends a signed notice about a pay-in as it stands, with members changed or added. */
  notify(id: string, members?: NoticeMembers): void;
  /** Breaks the next requests. */
  fail(next: Fault): void;
  /** Upstream requests, oldest first; the latest 500. */
  readonly requests: readonly ReceivedRequest[];
  /** Attempts to deliver webhooks, oldest first. */
  readonly deliveries: readonly DeliveryAttempt[];
  /** Pay-ins, oldest first. */
  readonly orders: readonly Readonly<PayinOrder>[];
  readonly clock: { now(): number; advance(ms: number): Promise<void> };
  holdWebhooks(): void;
  releaseWebhooks(): void;
  /** Waits until no webhook is under way. */
  idle(): Promise<void>;
  /** Sends delayed webhooks and waiting retries now, and waits for them. */
  flush(): Promise<void>;
  /** Stops timers. */
  close(): void;
}

/** The fake upstreams. */
export interface Sandbox {
  /** Answers a request as both upstreams, the cashier and the console; has the shape of the global `fetch`. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  readonly control: SandboxControl;
}

const MAX_BODY_LENGTH = 1024 * 1024;
const MAX_REQUESTS = 500;

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', 'cache-control': 'no-store' },
  });
}

const MASKED_HEADERS = new Set(['x-auth-signature', 'x-signature', 'auth-token', 'authorization', 'cookie']);

function maskedHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, MASKED_HEADERS.has(name) ? `${value.slice(0, 4)}…` : value]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Creates the fake Lesspay and LeanX, in memory. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const settings = readOptions(options);
  const clock = createClock(settings.now);
  const delivery = createDelivery(settings, clock);
  const faults = createFaults();
  const payins = createPayins(settings, clock, delivery);
  const cashier = createCashier(settings, clock, payins);
  const requests: { -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key] }[] = [];

  const ownPrefix = settings.baseUrl === undefined ? '' : new URL(settings.baseUrl).pathname.replace(/\/$/, '');

  type Endpoint = (body: Record<string, unknown>, base: string) => unknown;
  const endpoints: Readonly<Record<string, { invalidCode: number; run: Endpoint }>> = {
    '/api/global/v1/pay/create-order': { invalidCode: 11, run: (body, base) => payins.create(body, base) },
    '/api/global/v1/pay/query-order': { invalidCode: 11, run: (body) => payins.query(body) },
  };

  function upstream(request: Request, path: string, text: string, base: string): Response {
    try {
      const endpoint = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
      if (!endpoint) throw new Refusal(404, 'not found', 404);
      const body = admitLesspay(request, text, { settings, clock, invalidCode: endpoint.invalidCode });
      return json({ code: 0, msg: 'SUCCESS', data: endpoint.run(body, base) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return json({ code: error.code, msg: error.message, data: null }, error.httpStatus);
    }
  }

  async function receive(request: Request, path: string, base: string): Promise<Response> {
    const text = await request.text();
    if (text.length > MAX_BODY_LENGTH) return json({ code: 413, msg: 'body too large', data: null }, 413);
    const entry: (typeof requests)[number] = {
      at: new Date(clock.now()).toISOString(),
      method: request.method,
      path,
      headers: maskedHeaders(request.headers),
      text,
      body: parsed(text),
      status: undefined,
      code: undefined,
    };
    requests.push(entry);
    if (requests.length > MAX_REQUESTS) requests.shift();
    const answer = await faults.apply(request, path, () => Promise.resolve(upstream(request, path, text, base)));
    entry.status = answer.status;
    const content = parsed(await answer.clone().text()) as { code?: number; response_code?: number } | null | undefined;
    entry.code = content?.code ?? content?.response_code;
    return answer;
  }

  function find(id: string): PayinOrder {
    const order = payins.find(id);
    if (!order) throw new Error(`The sandbox knows no pay-in or payout "${id}".`);
    return order;
  }

  return {
    async fetch(input, init) {
      const request = input instanceof Request && init === undefined ? input : new Request(input, init);
      const url = new URL(request.url);
      const inside = ownPrefix !== '' && (url.pathname === ownPrefix || url.pathname.startsWith(`${ownPrefix}/`));
      const path = inside ? url.pathname.slice(ownPrefix.length) : url.pathname;
      const base = settings.baseUrl ?? url.origin;
      const place = { prefix: ownPrefix, origin: new URL(base).origin };
      if (path.startsWith('/api/')) return receive(request, path, base);
      if (path === STYLESHEET_PATH) return stylesheet();
      const token = /^\/cashier\/([\w-]+)$/.exec(path)?.[1];
      if (token !== undefined) return cashier.answer(request, token, place);
      return new Response('Not found', { status: 404 });
    },

    control: {
      requests,
      deliveries: delivery.attempts,
      orders: payins.orders,
      settle: (id, outcome, settleOptions) => payins.settle(find(id), outcome, settleOptions),
      notify: (id, members) => payins.notify(find(id), members),
      fail: (next) => faults.add(next),
      clock: {
        now: () => clock.now(),
        async advance(ms) {
          clock.advance(ms);
          await delivery.idle();
        },
      },
      holdWebhooks: () => delivery.hold(),
      releaseWebhooks: () => delivery.release(),
      idle: () => delivery.idle(),
      flush: () => delivery.flush(),
      close: () => {
        clock.clear();
        faults.clear();
      },
    },
  };
}
