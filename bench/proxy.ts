import { signLesspay } from 'lesspay-elements/proxy';
import { whyMissing } from './peers.ts';
import { BENCH_APP, type BenchServer, load, type RequestBytes, type ServerKind, startServer } from './proxy-load.ts';
import { median } from './quantile.ts';
import { pairedRatio } from './ratio.ts';
import type { Figure, Missing, Section } from './report.ts';

const ROUNDS = 9;
const ROUND_MS = 700;
const MEMORY_REQUESTS = 100_000;
const MEMORY_BUDGET_MB = 30;

/** What the signing proxy sends upstream for an order of this bench: the bytes that the others only forward. */
function upstreamBody(n: number): string {
  const requestId = `LP${String(n).padStart(18, '0')}`;
  return JSON.stringify({
    request_id: requestId,
    product_name: 'Enamel mug',
    description: `One enamel mug, order B-${n}`,
    target_amount: '19.90',
    target_currency: 'PHP',
    transaction_type: 'PAY_IN',
    success_url: `https://shop.bench.example/thanks?request_id=${requestId}`,
    fail_url: `https://shop.bench.example/sorry?request_id=${requestId}`,
    notify_url: 'https://shop.bench.example/lesspay/webhooks/lesspay/payin',
    api_version: 'V2',
    pay_access_type: 1,
    expired_time: 1800,
  });
}

const SIGNATURE = signLesspay({ request_id: 'any' }, BENCH_APP.appSecret);

const post = (path: string, headers: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: shop.bench.example\r\nContent-Type: application/json\r\n${headers}` +
  `Content-Length: ${body.length}\r\n\r\n${body}`;

const order: RequestBytes = (n) => post('/lesspay/payins', 'Sec-Fetch-Site: same-origin\r\n', `{"order":"B-${n}"}`);
const signed: RequestBytes = (n) =>
  post(
    '/api/global/v1/pay/create-order',
    `x-app-id: ${BENCH_APP.appId}\r\nx-auth-signature: ${SIGNATURE}\r\nx-timestamp: ${1_795_210_397_000 + n}\r\n`,
    upstreamBody(n),
  );

interface Row {
  server: BenchServer;
  bytes: RequestBytes;
  label: string;
  perSecond: number[];
  /** Microseconds of the server's processor time per request. */
  cpu: number[];
}

const PEERS: readonly (readonly [ServerKind, string])[] = [
  ['fastify-http-proxy', '@fastify/http-proxy, forwarding the same bytes'],
  ['pool', 'an undici pool, forwarding the same bytes'],
  ['http-proxy-middleware', 'http-proxy-middleware, forwarding the same bytes'],
  ['echo', 'a bare node:http echo'],
];

async function round(row: Row): Promise<void> {
  const { cpuMicros } = await row.server.report('processor');
  const started = performance.now();
  const answered = await load(row.server.origin, row.bytes, () => performance.now() - started > ROUND_MS);
  const seconds = (performance.now() - started) / 1000;
  row.perSecond.push(answered / seconds);
  row.cpu.push(((await row.server.report('processor')).cpuMicros - cpuMicros) / answered);
}

/**
 * `POST /payins` through `toNodeListener` (validate, store, sign, send, check, answer) by turns with servers that only forward, all
 * before one constant upstream on loopback, each in a process of its own.
 */
export async function benchProxy(): Promise<Section[]> {
  const upstream = await startServer('upstream');
  if (!upstream) throw new Error('The upstream of the bench did not start.');
  const stop = [upstream];
  try {
    const start = async (kind: ServerKind, label: string, bytes: RequestBytes): Promise<Row[]> => {
      const server = await startServer(kind, upstream.origin);
      if (!server) return [];
      stop.push(server);
      return [{ server, bytes, label, perSecond: [], cpu: [] }];
    };
    const [own] = await start('lesspay', 'POST /payins under toNodeListener', order);
    if (!own) throw new Error('The signing proxy of the bench did not start.');
    const peers: Row[] = [];
    for (const [kind, label] of PEERS) peers.push(...(await start(kind, label, signed)));
    const rows = [own, ...peers];
    // What is not warm yet would be compared with what is.
    for (const { server, bytes } of rows) await load(server.origin, bytes, (sent) => sent >= 4_000);
    for (let n = 0; n < ROUNDS; n += 1) for (const row of rows) await round(row);

    const figures = rows.map(({ server, label, perSecond, cpu }): Figure => ({
      name: label,
      unit: '/s',
      value: median(perSecond),
      note: `${Math.round(median(cpu))} µs of processor each`,
      ...(server === own.server
        ? {}
        : {
            ratio: {
              ...pairedRatio(own.perSecond, perSecond),
              ...(server.kind === 'fastify-http-proxy' ? { atLeast: 1.2 } : {}),
            },
          }),
    }));
    const started = new Set(rows.map(({ server }) => server.kind));
    const missing = PEERS.filter(([kind]) => !started.has(kind)).map(([kind, name]): Missing => {
      const why = whyMissing([kind === 'fastify-http-proxy' ? '@fastify/http-proxy' : kind]);
      return { name, why: why ?? 'Its process did not start.', judged: kind === 'fastify-http-proxy' };
    });
    return [
      {
        title: 'The signing proxy: requests a second',
        about: `POST /payins (validate, store, sign, send, check, answer) in turns with servers that only forward, all before one constant upstream, each in a process of its own; medians of ${ROUNDS} rounds of ${ROUND_MS} ms.`,
        figures,
        missing,
      },
      await benchMemory(upstream.origin),
    ];
  } finally {
    for (const server of stop) server.stop();
  }
}

/**
 * Resident memory over 100,000 new orders, garbage collected. What a store keeps is the store's: the first process has one that
 * forgets all but the last thousand records, as if a database had them; the second one's memoryStore says what an order costs it.
 */
async function benchMemory(upstream: string): Promise<Section> {
  const figures: Figure[] = [];
  for (const kind of ['lesspay-recent', 'lesspay'] as const) {
    const server = await startServer(kind, upstream);
    if (!server) throw new Error('The signing proxy of the bench did not start.');
    try {
      await load(server.origin, order, (sent) => sent >= 20_000);
      const before = (await server.report('memory')).rssBytes;
      const requests = kind === 'lesspay' ? MEMORY_REQUESTS / 5 : MEMORY_REQUESTS;
      await load(server.origin, order, (sent) => sent >= requests);
      const grown = (await server.report('memory')).rssBytes - before;
      figures.push(
        kind === 'lesspay'
          ? { name: 'what memoryStore keeps of each order', unit: 'B', value: grown / requests }
          : {
              name: `growth over ${requests.toLocaleString('en')} POST /payins, records kept elsewhere`,
              unit: 'MB',
              value: grown / 1e6,
              atMost: MEMORY_BUDGET_MB,
            },
      );
    } finally {
      server.stop();
    }
  }
  return {
    title: 'The signing proxy: memory',
    about: 'Resident memory of the process after a collection of garbage.',
    figures,
  };
}
