import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, describe, it } from 'node:test';
import express from 'express';
import { signTestWebhook } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { APP_SECRET, assertNothingLeaked, createShop, NOW, PRICED, type Shop } from './fixture.ts';

const servers: Server[] = [];

after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  assertNothingLeaked();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
const ORDER = JSON.stringify({ order: 'ORD-1' });

/** Opens a payment through a mounted proxy and settles it by a signed notice to the same mount. */
async function payAndSettle(shop: Shop, base: string): Promise<void> {
  const opened = await fetch(`${base}/payins`, { method: 'POST', headers: json, body: ORDER });
  assert.equal(opened.status, 201);
  const { requestId, payOrderId } = (await opened.json()) as Record<string, string>;
  shop.sandbox.control.settle(String(requestId), 'succeeded', { webhook: 'never' });
  const signed = signTestWebhook(
    {
      request_id: requestId,
      pay_order_id: payOrderId,
      order_status: 'SUCCEED',
      order_status_int: 2,
      target_amount: '100.00',
      target_currency: 'PHP',
      api_version: 'v2',
    },
    APP_SECRET,
    { now: NOW },
  );
  const notice = await fetch(`${base}/webhooks/lesspay/payin`, {
    method: 'POST',
    headers: signed.headers,
    body: signed.body,
  });
  assert.deepEqual([notice.status, await notice.text()], [200, 'SUCCESS']);
  const status = await fetch(`${base}/payins/${String(requestId)}`);
  assert.equal(((await status.json()) as { status: string }).status, 'paid');
}

describe('toNodeListener', () => {
  it('serves node:http, with 404 for what is not the proxy’s', async () => {
    const shop = createShop();
    const base = await listen(toNodeListener(shop.proxy));
    await payAndSettle(shop, `${base}/lesspay`);
    const other = await fetch(`${base}/other`);
    assert.deepEqual([other.status, other.headers.get('content-type')], [404, 'application/problem+json']);
  });

  it('serves Express at the root and passes other paths on', async () => {
    const shop = createShop();
    const app = express();
    app.use(toNodeListener(shop.proxy));
    app.get('/cart', (_, response) => void response.send('the cart'));
    const base = await listen(app as RequestListener);
    await payAndSettle(shop, `${base}/lesspay`);
    assert.equal(await (await fetch(`${base}/cart`)).text(), 'the cart');
  });

  it('leaves the shop its own paths when it has no base path', async () => {
    const shop = createShop({ options: { basePath: '' } });
    const app = express();
    app.use(toNodeListener(shop.proxy));
    app.get('/cart', (_, response) => void response.send('the cart'));
    const base = await listen(app as RequestListener);
    await payAndSettle(shop, base);
    assert.equal(await (await fetch(`${base}/cart`)).text(), 'the cart');
  });

  it('serves Express under a prefix that it strips, before and after the base path', async () => {
    const stripped = createShop();
    const app = express();
    app.use('/lesspay', toNodeListener(stripped.proxy));
    await payAndSettle(stripped, `${await listen(app as RequestListener)}/lesspay`);
    const nested = createShop();
    const api = express();
    api.use('/api', toNodeListener(nested.proxy));
    await payAndSettle(nested, `${await listen(api as RequestListener)}/api/lesspay`);
  });

  it('works after a parser that keeps the bytes as a Buffer, in body or in rawBody', async () => {
    const raw = createShop();
    const app = express();
    app.use(express.raw({ type: () => true }));
    app.use(toNodeListener(raw.proxy));
    await payAndSettle(raw, `${await listen(app as RequestListener)}/lesspay`);
    const kept = createShop();
    const other = express();
    other.use(
      express.json({
        verify: (request, _, bytes) => {
          (request as { rawBody?: Buffer }).rawBody = bytes;
        },
      }),
    );
    other.use(toNodeListener(kept.proxy));
    await payAndSettle(kept, `${await listen(other as RequestListener)}/lesspay`);
  });

  it('says what is wrong and how to mend it when express.json() ran first', async () => {
    const shop = createShop();
    const app = express();
    app.use(express.json());
    app.use(toNodeListener(shop.proxy));
    const base = await listen(app as RequestListener);
    const signed = signTestWebhook({ request_id: 'x' }, APP_SECRET, { now: NOW });
    const answer = await fetch(`${base}/lesspay/webhooks/lesspay/payin`, {
      method: 'POST',
      headers: signed.headers,
      body: signed.body,
    });
    const problem = (await answer.json()) as Record<string, string>;
    assert.deepEqual([answer.status, problem.code], [500, 'body-already-read']);
    assert.match(String(problem.detail), /Mount the proxy before express\.json\(\)/);
    assert.ok(
      shop.logs.some(({ code, message }) => code === 'body-already-read' && String(message).includes('express.json')),
    );
  });

  it('gives the merchant’s callbacks the framework’s own request, and a web request with its headers', async () => {
    const seen: unknown[] = [];
    const shop = createShop({
      options: {
        payin: {
          resolveOrder: (_, { request, native }) => {
            seen.push(request.headers.get('cookie'), new URL(request.url).pathname, (native as { user?: string }).user);
            return PRICED;
          },
        },
      },
    });
    const app = express();
    app.use((request, _, next) => {
      (request as unknown as { user: string }).user = 'maria';
      next();
    });
    app.use('/lesspay', toNodeListener(shop.proxy));
    const base = await listen(app as RequestListener);
    await fetch(`${base}/lesspay/payins`, { method: 'POST', headers: { ...json, cookie: 'sid=1' }, body: ORDER });
    assert.deepEqual(seen, ['sid=1', '/lesspay/payins', 'maria']);
  });

  it('stops reading a body over the limit and closes the connection', async () => {
    const shop = createShop();
    const base = await listen(toNodeListener(shop.proxy));
    const head =
      'POST /lesspay/payins HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n';
    const declared = await raw(base, `${head}Content-Length: 100000000\r\n\r\n{`);
    assert.match(declared, /^HTTP\/1\.1 413 /);
    assert.match(declared, /connection: close/i);
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const chunked = await raw(base, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(6)}`);
    assert.match(chunked, /^HTTP\/1\.1 413 /);
  });

  it('closes a connection whose body comes too slowly', async () => {
    const shop = createShop({ options: { bodyTimeoutMs: 80 } });
    const base = await listen(toNodeListener(shop.proxy));
    const answer = await raw(
      base,
      'POST /lesspay/webhooks/lesspay/payin HTTP/1.1\r\nHost: shop\r\nContent-Length: 10\r\n\r\n{',
    );
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.match(answer, /"code":"body-timeout"/);
  });

  it('answers odd request lines and header texts as problems, never with a 500', async () => {
    const shop = createShop();
    const base = await listen(toNodeListener(shop.proxy));
    for (const target of [
      '/lesspay/payins/..',
      '/lesspay/../payins',
      '/lesspay//payins',
      '/lesspay/payins/%0d%0a',
      '/lesspay/payins/%zz',
      '/lesspay/payins/é'.replace('é', '%c3'),
      'http://other.example/lesspay/payins/x',
      '/lesspay/payins/x?a=%zz',
      '*',
    ]) {
      const answer = await raw(base, `GET ${target} HTTP/1.1\r\nHost: sh op\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 40[04] /, target);
    }
  });

  it('survives a client that goes away in the middle', async () => {
    const shop = createShop();
    const base = await listen(toNodeListener(shop.proxy));
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    socket.write(
      'POST /lesspay/payins HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 100\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await fetch(`${base}/lesspay/payins/none`)).status, 404);
  });
});

/** Writes bytes to a fresh socket and reads until the server closes it, or has said enough. */
function raw(base: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.write(text);
    setTimeout(() => socket.destroy(), 2_000).unref();
  });
}
