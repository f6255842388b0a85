/**
 * One replica of a merchant's server, in a process of its own that may be killed at any moment. Its settings are in
 * CAMPAIGN_APP; what it sells and has sold is in the merchant's database, which is elsewhere.
 */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import {
  createSigningProxy,
  type LogRecord,
  memoryStore,
  type PayinEvent,
  type PayoutDecision,
  type PayoutEvent,
  ProblemError,
  signLesspay,
  type Store,
} from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import { createClient } from 'redis';
import {
  APP_ID,
  APP_SECRET,
  type AppMessage,
  type AppSettings,
  AUTH_TOKEN,
  HASH_KEY,
  POOL,
  priceOf,
  PUBLIC_URL,
} from './app-settings.ts';
import { createRandom } from './random.ts';
import { connectShopDatabase } from './shop-database.ts';
import { disturbStore } from './disturbed-store.ts';

const settings = JSON.parse(process.env.CAMPAIGN_APP ?? '{}') as AppSettings;
const mistakes = new Set(settings.mistakes);
let { aheadMs } = settings;
const now = (): number => Date.now() + aheadMs;

/** A week, in which a campaign may move its clocks without a stamp being off. */
const WEEK_MS = 7 * 86_400_000;

async function connectStore({ kind, socket, space }: AppSettings['store']): Promise<Store> {
  if (mistakes.has('store-per-process')) return memoryStore({ now });
  switch (kind) {
    case 'redis': {
      const client = createClient({ socket: { path: socket, tls: false } });
      client.on('error', () => undefined);
      return redisStore(await client.connect(), { prefix: space });
    }
    case 'ioredis':
      return redisStore(new Redis(socket), { prefix: space });
    case 'postgres': {
      const pool = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres', max: 10 });
      pool.on('error', () => undefined);
      const store = postgresStore(pool, { table: space });
      await store.migrate();
      return store;
    }
  }
}

const trouble = settings.trouble;
let isCalm = trouble === undefined;
const luck = createRandom(trouble?.seed ?? 0).fork('hooks');
const database = connectShopDatabase(settings.database);

/** The shop's hook: has the event's effect, keyed by its id, and throws when the database did not say that it has. */
async function record(event: PayinEvent | PayoutEvent): Promise<void> {
  const isStruck = luck.chance(trouble?.hookFaults ?? 0) && !isCalm;
  const how = luck.pick(['throws before', 'throws after', 'takes too long'] as const);
  if (isStruck && how === 'throws before') throw new Error('The shop is out of order');
  await database.take({
    key: mistakes.has('no-event-key') ? randomUUID() : event.id,
    event,
    isFulfilling: event.type === 'payin.paid' || (mistakes.has('fulfils-anything') && event.type.startsWith('payin')),
  });
  if (!isCalm) await mayGoOn();
  if (isStruck && how === 'throws after') throw new Error('The shop went out of order');
  if (isStruck && how === 'takes too long') await sleep(settings.hookTimeoutMs * 2);
}

/** Tells the campaign of the effect: it answers, or kills this process between the effect and what the proxy writes. */
function mayGoOn(): Promise<unknown> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    process.send?.('effect' satisfies AppMessage);
  });
}
const waiting: ((value: unknown) => void)[] = [];
process.on('message', () => waiting.shift()?.(undefined));

const sent = new Set<string>();

/** The transport of a proxy with mistakes; without any, the proxy uses its own. */
async function mistakenFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  const isPayout = /payout\/(batch\/)?create-order$/.test(url);
  if (!isPayout || typeof init?.body !== 'string') return fetch(input, init);
  const body = JSON.parse(init.body) as { request_id: string };
  if (mistakes.has('swallows-payouts') && body.request_id < '5') {
    return Response.json({
      code: 0,
      msg: 'SUCCESS',
      data: { pay_order_id: `PO${body.request_id}`, ...body, order_status: 'PENDING_CONFIRM' },
    });
  }
  if (mistakes.has('fresh-id') && sent.has(body.request_id)) body.request_id = randomUUID().slice(0, 20);
  sent.add(body.request_id);
  const headers = { ...(init.headers as Record<string, string>) };
  for (const name of Object.keys(headers)) {
    if (name.toLowerCase() === 'x-auth-signature') headers[name] = signLesspay(body, APP_SECRET);
  }
  return fetch(input, { ...init, headers, body: JSON.stringify(body) });
}

const log =
  (level: 'info' | 'warn' | 'error') =>
  (entry: LogRecord): void => {
    process.stderr.write(`${JSON.stringify({ at: Date.now(), pid: process.pid, level, ...entry })}\n`);
  };

const proxy = createSigningProxy({
  lesspay: {
    appId: APP_ID,
    appSecret: APP_SECRET,
    environment: { baseUrl: settings.upstream },
    toleranceMs: WEEK_MS,
  },
  leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY, environment: { baseUrl: settings.upstream }, poolReference: POOL },
  publicUrl: PUBLIC_URL,
  store: trouble
    ? disturbStore(await connectStore(settings.store), trouble, () => isCalm)
    : await connectStore(settings.store),
  payin: { resolveOrder: priceOf, statusQueryDelayMs: 500 },
  payout: {
    authorize: () => ({ id: 'op-1' }),
    // High enough for everybody: what they count has to survive all that happens here.
    limits: () => ({ perDay: '999999999999.00', perActorPerDay: '999999999999.00' }),
    routes: [
      { currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' },
      { currency: 'BRL', method: 'ewallet', wayCode: 'PAYRETAILERS_PAYOUT', endpoint: 'single' },
    ],
  },
  onPayin: record,
  onPayout: record,
  logger: { info: log('info'), warn: log('warn'), error: log('error') },
  now,
  upstreamTimeoutMs: settings.upstreamTimeoutMs,
  hookTimeoutMs: settings.hookTimeoutMs,
  ...(mistakes.has('fresh-id') || mistakes.has('swallows-payouts') ? { fetch: mistakenFetch } : {}),
});
const listener = toNodeListener(proxy);

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', PUBLIC_URL);
  const answer = (value: unknown): void => void response.end(JSON.stringify(value));
  const answerWith = (work: Promise<unknown>): void => {
    work.then(answer, (error: unknown) => {
      response.statusCode = 500;
      answer({ error: String(error) });
    });
  };
  if (pathname === '/control/clock') {
    aheadMs = Number(searchParams.get('ahead'));
    answer({ aheadMs });
  } else if (pathname === '/control/calm') {
    isCalm = true;
    answer({ isCalm });
  } else if (pathname === '/control/reconcile') {
    // As a cron job on every replica would.
    answerWith(
      proxy.reconcile({ olderThanMs: Number(searchParams.get('older')), limit: Number(searchParams.get('limit')) }),
    );
  } else if (pathname === '/control/unknown') {
    // As the page of whoever decides.
    answerWith(proxy.payouts.listUnknown({ limit: 3, after: searchParams.get('after') ?? undefined }));
  } else if (pathname === '/control/resolve') {
    const decision = searchParams.get('decision') as PayoutDecision;
    answerWith(
      proxy.payouts
        .resolve(searchParams.get('id') ?? '', decision, { actor: { id: 'op-1' } })
        .then(({ status }) => ({ says: status }))
        .catch((error: unknown) => {
          if (error instanceof ProblemError) return { says: error.code };
          throw error;
        }),
    );
  } else {
    listener(request, response);
  }
});
rmSync(settings.listen, { force: true });
server.listen(settings.listen, () => process.send?.('ready' satisfies AppMessage));
// As docs/never-pays-twice.md tells servers to end.
process.on('SIGTERM', () => {
  server.close();
  void proxy.close().then(() => process.exit());
});
// Without its campaign there is nobody left to serve.
process.on('disconnect', () => process.exit());
