import assert from 'node:assert/strict';
import { createSandbox, type Sandbox, type SandboxOptions } from 'lesspay-elements/sandbox';
import {
  createSigningProxy,
  type LogRecord,
  memoryStore,
  type PayinEvent,
  type PayoutEvent,
  type PricedOrder,
  type SigningProxy,
  type SigningProxyOptions,
  type Store,
} from 'lesspay-elements/proxy';

export const APP_ID = '690b2b46e4b09c73147db688';
/** The secret printed in the vendor's documentation, which the vectors are signed with. */
export const APP_SECRET = 'Wy31kFZf4jkE+Y2XZhmFuQ';
export const HASH_KEY = '2141df4a3cb633d5ce8683bb0c55067e5caebfbe07390dde277dc455bcc95c91';
export const AUTH_TOKEN = `LP-0D7C06DE-MM|7394e58e-edee-4c42-9ca5-bcbc449f1b9f|${HASH_KEY}`;
export const UPSTREAM = 'http://localhost:4010';
export const SHOP = 'https://shop.example';
/** The clock of the vectors: 2026-11-20T21:33:17Z. */
export const NOW = 1_795_210_397_000;

export const PRICED: PricedOrder = {
  amount: '100.00',
  currency: 'PHP',
  productName: 'Tea',
  description: 'Two tins of tea',
  successUrl: 'https://shop.example/return?request_id={requestId}',
  failUrl: 'https://shop.example/return?request_id={requestId}&failed=1',
};

/** Everything that any proxy of the test process has logged, for the search for secrets at the end of a file. */
export const everythingLogged: string[] = [];
/** Every answer's headers and body, for the same search. */
export const everythingAnswered: string[] = [];

export interface Shop {
  proxy: SigningProxy;
  sandbox: Sandbox;
  store: Store;
  clock: { now: number };
  logs: LogRecord[];
  payins: PayinEvent[];
  payouts: PayoutEvent[];
  /** Webhooks that the sandbox sent, with what the proxy answered. */
  webhooks: { url: string; headers: Headers; text: string; status: number }[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string | undefined>): Promise<Answer>;
  /** A second proxy over the same store and upstream. */
  replica(overrides?: Partial<SigningProxyOptions>): SigningProxy;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

interface ShopSettings {
  options?: Partial<SigningProxyOptions>;
  sandbox?: Partial<SandboxOptions>;
  orders?: Record<string, PricedOrder | null>;
  /** Stands between proxy and sandbox. */
  upstream?: (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;
}

/** A shop on the proxy, with the sandbox as its upstream; webhooks go straight into the proxy. */
export function createShop({
  options = {},
  sandbox: sandboxOptions = {},
  orders = {},
  upstream,
}: ShopSettings = {}): Shop {
  const clock = { now: NOW };
  const logs: LogRecord[] = [];
  const payins: PayinEvent[] = [];
  const payouts: PayoutEvent[] = [];
  const webhooks: Shop['webhooks'] = [];
  const store = options.store ?? memoryStore({ now: () => clock.now });
  const sandbox = createSandbox({
    lesspay: { appId: APP_ID, appSecret: APP_SECRET },
    leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY },
    baseUrl: UPSTREAM,
    now: () => clock.now,
    webhookRetryMs: 60_000,
    deliver: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.clone().text();
      const response = await proxy.fetch(request);
      webhooks.push({ url: request.url, headers: request.headers, text, status: response.status });
      return response;
    },
    ...sandboxOptions,
  });
  const toSandbox = (request: Request): Promise<Response> => sandbox.fetch(request);
  const logger = (record: LogRecord): void => {
    logs.push(record);
    everythingLogged.push(JSON.stringify(record));
  };
  const base: SigningProxyOptions = {
    lesspay: { appId: APP_ID, appSecret: APP_SECRET, environment: { baseUrl: UPSTREAM } },
    leanx: {
      authToken: AUTH_TOKEN,
      hashKey: HASH_KEY,
      environment: { baseUrl: UPSTREAM },
      poolReference: 'VA-8F9FD0-132317969417-PAYOUT',
    },
    publicUrl: SHOP,
    store,
    payin: {
      resolveOrder: (order) => (order in orders ? (orders[order] ?? null) : order.startsWith('ORD') ? PRICED : null),
    },
    onPayin: (event) => void payins.push(event),
    onPayout: (event) => void payouts.push(event),
    logger: { info: logger, warn: logger, error: logger },
    now: () => clock.now,
    fetch: (input, init) => {
      const request = new Request(input, init);
      return upstream ? upstream(request, toSandbox) : toSandbox(request);
    },
  };
  const proxy = createSigningProxy({ ...base, ...options });
  return {
    proxy,
    sandbox,
    store,
    clock,
    logs,
    payins,
    payouts,
    webhooks,
    get: (path, headers) => ask(proxy, path, { headers: headers ?? {} }),
    post: (path, body, headers) => post(proxy, path, body, headers),
    replica: (overrides = {}) => createSigningProxy({ ...base, ...options, ...overrides }),
  };
}

/** Full account numbers and names that the tests pay to; none of them may be logged. */
export const PERSONAL = ['09171234567', '081234567890', '8011408168', 'Maria Santos', 'Siti Nurhaliza', '11144477735'];

/** Fails when a log record or an answer of this test process holds something that must never leave the proxy. */
export function assertNothingLeaked(): void {
  const logged = everythingLogged.join('\n');
  const answered = everythingAnswered.join('\n');
  for (const [where, text] of [
    ['log', logged],
    ['answer', answered],
  ] as const) {
    for (const secret of [APP_SECRET, HASH_KEY, AUTH_TOKEN]) {
      assert.ok(!text.includes(secret), `a secret is in the ${where}`);
    }
    assert.doesNotMatch(text, /[0-9A-F]{64}/, `a signature is in the ${where}`);
    assert.ok(!text.includes('&key='), `a string to sign is in the ${where}`);
  }
  for (const personal of PERSONAL) assert.ok(!logged.includes(personal), `${personal} is in the log`);
}

/** A request to a proxy, its answer read and remembered. */
export async function ask(proxy: SigningProxy, path: string, init: RequestInit): Promise<Answer> {
  const response = await proxy.fetch(new Request(`${SHOP}/lesspay${path}`, init));
  const text = await response.text();
  everythingAnswered.push(JSON.stringify([...response.headers]), text);
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** A POST as a page of the shop sends it; a header set to undefined is left out. */
export function post(
  proxy: SigningProxy,
  path: string,
  body: unknown,
  headers: Record<string, string | undefined> = {},
): Promise<Answer> {
  const all = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers };
  const given = Object.entries<string | undefined>(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return ask(proxy, path, { method: 'POST', headers: given, body: raw as string | Uint8Array<ArrayBuffer> });
}
