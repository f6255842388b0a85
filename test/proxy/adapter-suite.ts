import assert from 'node:assert/strict';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { after, describe, it } from 'node:test';
import { signTestWebhook } from 'lesspay-elements/proxy';
import type { SigningProxy } from 'lesspay-elements/proxy';
import { APP_SECRET, createShop, NOW, PRICED, type Shop } from './fixture.ts';

/** A server with the proxy in it, as its framework mounts it. */
export interface Mounted {
  /** Where the proxy's own paths begin, with everything before them. */
  base: string;
  /** A path of the shop's own on the same server, which answers `the cart`. */
  cart?: string;
  close: () => Promise<void> | void;
}

/** How one framework mounts the proxy. */
export interface Adapter {
  mount: (proxy: SigningProxy) => Promise<Mounted>;
  /** It sees the sockets themselves, not a `Request` that something else has made of them. */
  isNode: boolean;
}

const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
const ORDER = JSON.stringify({ order: 'ORD-1' });

interface Problem {
  code: string;
  detail: string;
  retryable: boolean;
}

/** Runs the tests that every adapter has to pass, through the framework itself and over a socket. */
export function describeAdapter(name: string, { mount, isNode }: Adapter): void {
  describe(`the proxy under ${name}`, () => {
    const mounted: Mounted[] = [];
    after(async () => {
      for (const { close } of mounted) await close();
    });

    async function serve(
      settings?: Parameters<typeof createShop>[0],
    ): Promise<{ shop: Shop; base: string; cart?: string }> {
      const shop = createShop(settings);
      const server = await mount(shop.proxy);
      mounted.push(server);
      return { shop, ...server };
    }

    const open = (base: string) => fetch(`${base}/payins`, { method: 'POST', headers: json, body: ORDER });

    it('opens a payment, verifies its notice over the raw bytes and tells the status', async () => {
      const { shop, base } = await serve();
      const opened = await open(base);
      assert.equal(opened.status, 201);
      // Fastify adds the charset.
      assert.match(opened.headers.get('content-type') ?? '', /^application\/json(; charset=utf-8)?$/);
      assert.equal(opened.headers.get('cache-control'), 'no-store');
      const { requestId = '', payOrderId = '' } = (await opened.json()) as Record<string, string>;
      shop.sandbox.control.settle(requestId, 'succeeded', { webhook: 'never' });
      const signed = signTestWebhook(
        {
          request_id: requestId,
          pay_order_id: payOrderId,
          order_status: 'SUCCEED',
          order_status_int: 2,
          target_amount: '100.00',
          target_currency: 'PHP',
          description: 'ñandú 😀',
          api_version: 'v2',
        },
        APP_SECRET,
        { now: NOW },
      );
      // White space that no parser keeps: only the raw bytes verify to the same body, and what was parsed would not be read at all.
      const spaced = signed.body.replace('{', '{ \n ');
      const notice = await fetch(`${base}/webhooks/lesspay/payin`, {
        method: 'POST',
        headers: signed.headers,
        body: spaced,
      });
      assert.deepEqual([notice.status, await notice.text()], [200, 'SUCCESS']);
      const status = (await (await fetch(`${base}/payins/${requestId}`)).json()) as { status: string };
      assert.equal(status.status, 'paid');
      assert.deepEqual(
        shop.payins.map(({ type }) => type),
        ['payin.paid'],
      );
    });

    it('takes a plain form and answers with a redirect', async () => {
      const { base } = await serve();
      const answer = await fetch(`${base}/payins`, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ order: 'ORD-1' }),
        redirect: 'manual',
      });
      assert.equal(answer.status, 303);
      assert.match(answer.headers.get('location') ?? '', /^https?:\/\//);
    });

    it('answers errors as problems: method, media type, origin, size, unknown paths below it', async () => {
      const { base } = await serve();
      const cases: [string, RequestInit, number, string][] = [
        ['/payins', {}, 405, 'method-not-allowed'],
        ['/payins', { method: 'PUT', body: 'x' }, 405, 'method-not-allowed'],
        ['/payins', { method: 'OPTIONS' }, 405, 'method-not-allowed'],
        [
          '/payins',
          { method: 'POST', headers: { ...json, 'content-type': 'text/plain' }, body: ORDER },
          415,
          'unsupported-media-type',
        ],
        [
          '/payins',
          { method: 'POST', headers: { 'content-type': 'application/json' }, body: ORDER },
          403,
          'forbidden-origin',
        ],
        ['/payins', { method: 'POST', headers: json, body: '{"order":' }, 400, 'malformed-body'],
        ['/payins', { method: 'POST', headers: json, body: '' }, 400, 'malformed-body'],
        ['/payins', { method: 'POST', headers: json, body: `"${'x'.repeat(70_000)}"` }, 413, 'body-too-large'],
        ['/payins/none', {}, 404, 'payin-not-found'],
        ['/nothing', {}, 404, 'not-found'],
        ['/webhooks/lesspay/payin', { method: 'POST', body: '{}' }, 401, 'invalid-signature'],
      ];
      for (const [path, init, status, code] of cases) {
        const answer = await fetch(base + path, init);
        const problem = (await answer.json()) as Problem;
        assert.deepEqual([answer.status, problem.code], [status, code], `${init.method ?? 'GET'} ${path}`);
        assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json(; charset=utf-8)?$/);
      }
      const head = await fetch(`${base}/payins/none`, { method: 'HEAD' });
      assert.deepEqual([head.status, head.headers.get('allow'), await head.text()], [405, 'GET', '']);
    });

    it('answers a preflight of a listed origin', async () => {
      const { base } = await serve({ options: { allowedOrigins: ['https://admin.example'] } });
      const answer = await fetch(`${base}/payins`, {
        method: 'OPTIONS',
        headers: { origin: 'https://admin.example', 'access-control-request-method': 'POST' },
      });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get('access-control-allow-origin'), 'https://admin.example');
    });

    it('believes publicUrl, not the socket, about its own origin behind a TLS-terminating proxy', async () => {
      const { base } = await serve();
      const post = (origin: string) =>
        fetch(`${base}/payins`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            origin,
            'x-forwarded-proto': 'https',
            'x-forwarded-host': 'evil.example',
          },
          body: ORDER,
        });
      assert.equal((await post('https://shop.example')).status, 201);
      for (const origin of ['http://shop.example', 'https://evil.example', new URL(base).origin]) {
        assert.equal((await post(origin)).status, 403, origin);
      }
    });

    it('leaves the shop’s own paths to the shop', async () => {
      const { cart } = await serve();
      if (cart !== undefined) assert.equal(await (await fetch(cart)).text(), 'the cart');
    });

    it('gives the merchant’s callbacks a web request with the headers, and the framework’s own', async () => {
      const seen: unknown[] = [];
      const { base } = await serve({
        options: {
          payin: {
            resolveOrder: (_order, { request, native }) => {
              seen.push(
                request.headers.get('cookie'),
                new URL(request.url).pathname.endsWith('/payins'),
                native !== undefined,
              );
              return PRICED;
            },
          },
        },
      });
      await fetch(`${base}/payins`, { method: 'POST', headers: { ...json, cookie: 'sid=1' }, body: ORDER });
      assert.deepEqual(seen, ['sid=1', true, isNode]);
    });

    it('serves many requests over one kept-alive connection', async () => {
      const { base } = await serve();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ports = new Set<number | undefined>();
      const send = (method: string, path: string, body?: string) =>
        new Promise<number>((resolve, reject) => {
          const outgoing = httpRequest(base + path, { method, agent, headers: json }, (answer) => {
            ports.add(outgoing.socket?.localPort);
            answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
          });
          outgoing.on('error', reject).end(body);
        });
      const statuses: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        statuses.push(
          await send('POST', '/payins', ORDER),
          await send('GET', '/payins/none'),
          await send('POST', '/payins', '{"price":1}'),
          await send('HEAD', '/payins/none'),
          await send('POST', '/webhooks/lesspay/payin', '{}'),
        );
      }
      agent.destroy();
      const [first, ...rest] = statuses;
      assert.equal(first, 201);
      assert.deepEqual(rest, [404, 400, 405, 401, 200, 404, 400, 405, 401, 200, 404, 400, 405, 401]);
      // What stands between the socket and `fetch` may close it by a rule of its own.
      if (isNode) assert.equal(ports.size, 1);
    });

    it('keeps a connection whose body it has refused, however far it had come', async () => {
      const { base } = await serve();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ports = new Set<number | undefined>();
      const send = (path: string, given: Record<string, string>, body: string) =>
        new Promise<number>((resolve, reject) => {
          // A `fetch` that meets a body of unknown length lets go of it.
          const headers = isNode ? given : { ...given, 'content-length': String(body.length) };
          const outgoing = httpRequest(base + path, { method: 'POST', agent, headers }, (answer) => {
            ports.add(outgoing.socket?.localPort);
            answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
          });
          outgoing.on('error', reject);
          // Head first, as a client does that streams what it sends.
          outgoing.flushHeaders();
          setTimeout(() => outgoing.end(body), 20);
        });
      const long = 'x'.repeat(300_000);
      const statuses = [
        await send('/payins', { ...json, 'sec-fetch-site': 'cross-site' }, ORDER),
        await send('/payins', { ...json, 'content-type': 'text/plain' }, long),
        await send('/payins', json, long),
        await send('/payins', { ...json, 'content-length': String(long.length) }, long),
        await send('/payouts', { ...json, 'content-length': String(long.length) }, long),
        await send('/webhooks/lesspay/payin', { 'content-encoding': 'gzip' }, long),
        await send('/payins', json, ORDER),
      ];
      agent.destroy();
      assert.deepEqual(statuses, [403, 415, 413, 413, 404, 415, 201]);
      if (isNode) assert.equal(ports.size, 1);
    });

    it('reads bodies in chunks, and those without a content type', async () => {
      const { base } = await serve();
      const send = (path: string, headers: Record<string, string>, parts: string[]) =>
        new Promise<number>((resolve, reject) => {
          const outgoing = httpRequest(base + path, { method: 'POST', headers }, (answer) => {
            answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
          });
          outgoing.on('error', reject);
          for (const part of parts) outgoing.write(part);
          outgoing.end();
        });
      assert.equal(await send('/payins', json, [ORDER.slice(0, 3), ORDER.slice(3)]), 201);
      assert.equal(await send('/webhooks/lesspay/payin', {}, ['{}']), 401);
      assert.equal(await send('/payins', { 'sec-fetch-site': 'same-origin' }, [ORDER]), 415);
      assert.equal(await send('/payins', { ...json, 'content-length': '0' }, []), 400);
    });

    it('goes on after clients that go away in the middle', async () => {
      const { base } = await serve();
      const { port, hostname, pathname } = new URL(`${base}/payins`);
      const head = `POST ${pathname} HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n`;
      for (const bytes of [
        `${head}Content-Length: 100\r\n\r\n{`,
        `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"ord\r\n`,
        `${head}Content-Length: ${ORDER.length}\r\n\r\n${ORDER}`,
      ]) {
        const socket = connect(Number(port), hostname);
        await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
        socket.write(bytes);
        await new Promise((resolve) => setTimeout(resolve, 20));
        socket.destroy();
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.ok([200, 201].includes((await open(base)).status));
    });

    it('gives a client that stops sending up after its time, and takes no more than the limit from one that does not stop', async () => {
      const { base } = await serve({ options: { bodyTimeoutMs: 1_000 } });
      const { port, hostname, pathname } = new URL(`${base}/payins`);
      const head = `POST ${pathname} HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n`;
      const started = Date.now();
      const [slow, endless, other] = await Promise.all([
        converse(Number(port), hostname, `${head}Content-Length: 10\r\n\r\n{`),
        converse(
          Number(port),
          hostname,
          `${head}Transfer-Encoding: chunked\r\n\r\n`,
          `4000\r\n${'x'.repeat(0x4000)}\r\n`,
        ),
        open(base),
      ]);
      assert.match(slow.answer, /^HTTP\/1\.1 408 /);
      assert.match(endless.answer, /^HTTP\/1\.1 413 /);
      assert.ok(endless.sentBytes < 8_000_000, `it took ${endless.sentBytes} bytes`);
      assert.equal(other.status, 201);
      assert.ok(Date.now() - started < 10_000);
    });

    it('refuses new requests with 503 while it closes, and waits for those at work', async () => {
      const held = gate();
      const arrived = gate();
      const { shop, base } = await serve({
        upstream: async (request, next) => {
          arrived.open();
          await held.opened;
          return next(request);
        },
      });
      const atWork = open(base);
      await arrived.opened;
      const closed = shop.proxy.close();
      const late = await open(base);
      const problem = (await late.json()) as Problem;
      assert.deepEqual([late.status, problem.code, problem.retryable], [503, 'shutting-down', true]);
      assert.ok(Number(late.headers.get('retry-after')) > 0);
      held.open();
      assert.equal((await atWork).status, 201);
      assert.equal(await closed, true);
    });
  });
}

/** Something to wait for until the test says so. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Sends bytes over a socket of its own, then `more` again and again, until the other side answers or ends it. */
function converse(
  port: number,
  host: string,
  bytes: string,
  more?: string,
): Promise<{ answer: string; sentBytes: number }> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    let answer = '';
    let timer: ReturnType<typeof setInterval> | undefined;
    const finish = (): void => {
      clearInterval(timer);
      socket.destroy();
      resolve({ answer, sentBytes: socket.bytesWritten });
    };
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (answer.includes('\r\n\r\n')) finish();
    });
    socket.on('error', finish).on('close', finish);
    socket.write(bytes);
    if (more !== undefined) timer = setInterval(() => socket.write(more), 1);
    setTimeout(finish, 5_000).unref();
  });
}
