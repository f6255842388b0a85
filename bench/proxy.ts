import { signLesspay } from 'lesspay-elements/proxy';
import { BENCH_APP, type BenchServer, load, type RequestBytes, type ServerKind, startServer } from './proxy-load.ts';
import type { Ratio } from './ratio.ts';

const ROUNDS = 9;
const ROUND_MS = 700;
const MEMORY_REQUESTS = 100_000;
const MEMORY_BUDGET_BYTES = 30_000_000;

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

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

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
export async function benchProxy(): Promise<{ ratios: Ratio[]; failures: string[] }> {
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

    for (const { label, perSecond, cpu } of rows) {
      console.log(
        `${label}: ${Math.round(median(perSecond))} requests/s, ${Math.round(median(cpu))} µs of processor each`,
      );
    }
    const ratios = peers.map(({ server, label, perSecond }): Ratio => {
      const sorted = perSecond.map((value, n) => (own.perSecond[n] ?? 0) / value).sort((a, b) => a - b);
      return {
        name: `${own.label}, requests a second`,
        peer: label,
        ratio: median(sorted),
        lowest: sorted[0] ?? Number.NaN,
        highest: sorted.at(-1) ?? Number.NaN,
        ...(server.kind === 'fastify-http-proxy' ? { atLeast: 1.2 } : {}),
      };
    });
    return { ratios, failures: await benchMemory(upstream.origin) };
  } finally {
    for (const server of stop) server.stop();
  }
}

/**
 * Resident memory over 100,000 new orders, garbage collected. What a store keeps is the store's: the first process has one that
 * forgets all but the last thousand records, as if a database had them; the second one's memoryStore says what an order costs it.
 */
async function benchMemory(upstream: string): Promise<string[]> {
  const failures: string[] = [];
  for (const kind of ['lesspay-recent', 'lesspay'] as const) {
    const server = await startServer(kind, upstream);
    if (!server) throw new Error('The signing proxy of the bench did not start.');
    try {
      await load(server.origin, order, (sent) => sent >= 20_000);
      const before = (await server.report('memory')).rssBytes;
      const requests = kind === 'lesspay' ? MEMORY_REQUESTS / 5 : MEMORY_REQUESTS;
      await load(server.origin, order, (sent) => sent >= requests);
      const grown = (await server.report('memory')).rssBytes - before;
      if (kind === 'lesspay') {
        console.log(`memoryStore keeps ${(grown / requests).toFixed(0)} bytes of resident memory per order`);
        continue;
      }
      const text = `resident memory grows by ${(grown / 1e6).toFixed(1)} MB over ${requests} POST /payins`;
      console.log(`${text} (records kept elsewhere, budget ${MEMORY_BUDGET_BYTES / 1e6} MB)`);
      if (!(grown < MEMORY_BUDGET_BYTES)) failures.push(text);
    } finally {
      server.stop();
    }
  }
  return failures;
}
