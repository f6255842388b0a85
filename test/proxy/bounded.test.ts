import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { createSigningProxy, memoryStore, type SigningProxy } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { APP_ID, APP_SECRET, PRICED } from './fixture.ts';

const servers: Server[] = [];

after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A platform that answers orders for tea at once, and everything else without an end or a byte at a time. */
async function createPlatform(how: 'without end' | 'by bytes'): Promise<{ origin: string; sent: () => number }> {
  const answers: ServerResponse[] = [];
  const origin = await listen((request, response) => {
    void text(request).then((body) => {
      const { product_name: product } = JSON.parse(body) as { product_name?: string };
      response.writeHead(200, { 'content-type': 'application/json' });
      if (product === 'tea') {
        response.end(
          '{"code":0,"msg":"","data":{"pay_order_id":"P1","checkout_url":"https://checkout.example/cashier/1"}}',
        );
      } else if (how === 'without end') {
        answers.push(response);
        pour(response);
      } else {
        const timer = setInterval(() => response.write(' '), 1_000);
        response.on('close', () => clearInterval(timer));
      }
    });
  });
  return { origin, sent: () => answers.reduce((sum, { socket }) => sum + (socket?.bytesWritten ?? 0), 0) };
}

/** Far more than ten megabytes, as fast as they are taken. */
function pour(response: ServerResponse): void {
  const chunk = 'x'.repeat(65_536);
  let left = 800;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
  };
  more();
}

function createShopOn(upstream: string, options: Partial<Parameters<typeof createSigningProxy>[0]> = {}): SigningProxy {
  const quiet = (): void => undefined;
  return createSigningProxy({
    lesspay: {
      appId: APP_ID,
      appSecret: APP_SECRET,
      environment: { baseUrl: upstream },
      checkoutHosts: ['checkout.example'],
    },
    publicUrl: 'https://shop.example',
    store: memoryStore(),
    payin: { resolveOrder: (order) => ({ ...PRICED, productName: order.split('-')[0] ?? '' }) },
    logger: { info: quiet, warn: quiet, error: quiet },
    ...options,
  });
}

async function pay(base: string, order: string): Promise<{ status: number; code?: string }> {
  const answer = await fetch(`${base}/lesspay/payins`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ order }),
  });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, ...(code === undefined ? {} : { code }) };
}

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${name}-${n}`);

for (const [through, options] of [
  ['the connection pool', {}],
  ['an injected fetch', { fetch: (input, init) => globalThis.fetch(input, init) }],
] as const satisfies readonly (readonly [string, { fetch?: typeof fetch }])[]) {
  describe(`a bad upstream, called through ${through}`, () => {
    it('that never ends its answers costs no more than the limit of each, and others are served meanwhile', async () => {
      const platform = await createPlatform('without end');
      const base = await listen(toNodeListener(createShopOn(platform.origin, options)));
      const rss = process.memoryUsage.rss();
      const [bad, good] = await Promise.all([
        Promise.all(numbered('mug', 10).map((order) => pay(base, order))),
        Promise.all(numbered('tea', 20).map((order) => pay(base, order))),
      ]);
      assert.deepEqual(new Set(bad.map(({ status, code }) => `${status} ${code}`)), new Set(['503 outcome-unknown']));
      assert.deepEqual(new Set(good.map(({ status }) => status)), new Set([201]));
      // Ten orders, each sent and asked for, with answers of 52 MB of which one megabyte is read; the sockets' own buffers hold a few more.
      assert.ok(platform.sent() < 40 * 10_000_000, `it sent ${platform.sent()} bytes`);
      assert.ok(process.memoryUsage.rss() - rss < 250_000_000);
    });

    it('that sends a byte at a time is given up at the deadline, and others are served before', async () => {
      const platform = await createPlatform('by bytes');
      const base = await listen(
        toNodeListener(createShopOn(platform.origin, { ...options, upstreamTimeoutMs: 2_500 })),
      );
      const order: string[] = [];
      const told = async (name: string) => {
        const { status, code } = await pay(base, name);
        order.push(name);
        return `${status} ${code ?? ''}`;
      };
      const slow = numbered('mug', 50).map(told);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const good = await Promise.all(numbered('tea', 50).map(told));
      assert.deepEqual(new Set(good), new Set(['201 ']));
      assert.deepEqual(new Set(await Promise.all(slow)), new Set(['503 outcome-unknown']));
      assert.ok(
        order.slice(0, 50).every((name) => name.startsWith('tea')),
        'those that hang were answered before the others',
      );
    });
  });
}

describe('slow clients', () => {
  it('are cut off at the deadline of a body, and others are served meanwhile', async () => {
    const platform = await createPlatform('by bytes');
    const base = await listen(toNodeListener(createShopOn(platform.origin, { bodyTimeoutMs: 1_500 })));
    const { port, hostname } = new URL(base);
    let cut = 0;
    const ended = Array.from({ length: 200 }, async () => {
      const socket = connect(Number(port), hostname).setEncoding('utf8');
      await once(socket, 'connect');
      socket.write(
        'POST /lesspay/payins HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n' +
          'Sec-Fetch-Site: same-origin\r\nContent-Length: 15\r\n\r\n{',
      );
      // One byte a second keeps a socket from looking idle.
      const timer = setInterval(() => socket.write(' '), 1_000);
      let answer = '';
      for await (const chunk of socket) answer += String(chunk);
      clearInterval(timer);
      if (answer.startsWith('HTTP/1.1 408 ') && /\r\nconnection: close\r\n/i.test(answer)) cut += 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const good = await Promise.all(numbered('tea', 50).map((order) => pay(base, order)));
    assert.deepEqual(new Set(good.map(({ status }) => status)), new Set([201]));
    assert.equal(cut, 0);
    await Promise.all(ended);
    assert.equal(cut, 200);
  });
});
