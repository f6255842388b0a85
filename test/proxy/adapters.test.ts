import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import connect from 'connect';
import express, { type RequestHandler } from 'express';
import express4 from 'express4';
import Fastify, { type FastifyInstance } from 'fastify';
import { Hono } from 'hono';
import { encryptedStore, memoryStore, signTestWebhook, type SigningProxy } from 'lesspay-elements/proxy';
import { fastifyProxy } from 'lesspay-elements/proxy/fastify';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { describeAdapter, gate, type Mounted } from './adapter-suite.ts';
import { APP_SECRET, assertNothingLeaked, createShop, NOW } from './fixture.ts';
import { createOffice, pay } from './office.ts';

after(assertNothingLeaked);

function end(server: Server): void {
  server.closeAllConnections();
  server.close();
}

async function listen(listener: RequestListener): Promise<{ origin: string; close: () => void }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => end(server) };
}

async function mountedAt(listener: RequestListener, path = '/lesspay', cart?: string): Promise<Mounted> {
  const { origin, close } = await listen(listener);
  return { base: origin + path, close, ...(cart === undefined ? {} : { cart: origin + cart }) };
}

/** A server whose handlers are functions from Request to Response, as Next's route handlers are. */
async function mountFetch(
  fetcher: (request: Request) => Response | Promise<Response>,
  path = '/lesspay',
): Promise<Mounted> {
  const server = serve({ fetch: fetcher, port: 0, hostname: '127.0.0.1' }) as Server;
  if (!server.listening) await once(server, 'listening');
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, close: () => end(server) };
}

describeAdapter('node:http', {
  isNode: true,
  mount: (proxy) => mountedAt(toNodeListener(proxy)),
});

for (const [version, framework] of [
  ['4', express4],
  ['5', express],
] as const) {
  describeAdapter(`Express ${version}`, {
    isNode: true,
    mount: (proxy) => {
      const app = framework();
      app.use(toNodeListener(proxy));
      app.use(framework.json());
      app.get('/cart', (_request, response) => void response.send('the cart'));
      return mountedAt(app as RequestListener, '/lesspay', '/cart');
    },
  });

  describeAdapter(`Express ${version}, below a router's prefix`, {
    isNode: true,
    mount: (proxy) => {
      const app = framework();
      const router = framework.Router();
      router.use('/lesspay', toNodeListener(proxy));
      app.use('/api/v1', router);
      app.get('/lesspay-cart', (_request, response) => void response.send('the cart'));
      return mountedAt(app as RequestListener, '/api/v1/lesspay', '/lesspay-cart');
    },
  });
}

describeAdapter('Connect', {
  isNode: true,
  mount: (proxy) => {
    const app = connect();
    app.use(toNodeListener(proxy));
    app.use('/cart', (_request, response) => response.end('the cart'));
    return mountedAt(app, '/lesspay', '/cart');
  },
});

async function mountFastify(app: FastifyInstance, path: string): Promise<Mounted> {
  app.get('/cart', () => 'the cart');
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return { base: origin + path, cart: `${origin}/cart`, close: () => app.close() };
}

describeAdapter('Fastify', {
  isNode: true,
  async mount(proxy) {
    const app = Fastify({ forceCloseConnections: true });
    await app.register(fastifyProxy, { proxy });
    return mountFastify(app, '/lesspay');
  },
});

describeAdapter('Fastify, below a prefix', {
  isNode: true,
  async mount(proxy) {
    const app = Fastify({ forceCloseConnections: true });
    await app.register(fastifyProxy, { proxy, prefix: '/api/lesspay' });
    return mountFastify(app, '/api/lesspay');
  },
});

describeAdapter('Hono', {
  isNode: false,
  mount(proxy) {
    const app = new Hono();
    app.all('/lesspay/*', (context) => proxy.fetch(context.req.raw));
    return mountFetch(app.fetch);
  },
});

describeAdapter('a Next route handler', {
  isNode: false,
  mount(proxy) {
    // app/lesspay/[...path]/route.ts exports one function per method.
    const handler = (request: Request) => proxy.fetch(request);
    const route: Record<string, typeof handler> = {
      GET: handler,
      POST: handler,
      PUT: handler,
      HEAD: handler,
      OPTIONS: handler,
    };
    return mountFetch((request) => route[request.method]?.(request) ?? new Response(null, { status: 405 }));
  },
});

describe('a proxy whose publicUrl has a path', () => {
  it('is found with that path and without it, as what stands before it strips it or not', async () => {
    for (const path of ['/store/lesspay', '/lesspay']) {
      const shop = createShop({ options: { publicUrl: 'https://shop.example/store' } });
      const { base, close } = await mountedAt(toNodeListener(shop.proxy), path);
      const opened = await post(`${base}/payins`, '{"order":"ORD-1"}', { 'sec-fetch-site': 'same-origin' });
      assert.equal(opened.status, 201, path);
      assert.equal(
        shop.sandbox.control.orders[0]?.notifyUrl,
        'https://shop.example/store/lesspay/webhooks/lesspay/payin',
      );
      close();
    }
  });
});

function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

describe('a body parser that was mounted before the proxy', () => {
  const signed = signTestWebhook({ request_id: 'x' }, APP_SECRET, { now: NOW });
  const notice = ['/webhooks/lesspay/payin', signed.headers, signed.body] as const;
  // Not even the origin check comes first.
  const order = ['/payins', { 'content-type': 'application/json' }, '{"order":"ORD-1"}'] as const;
  const form = ['/payins', { 'content-type': 'application/x-www-form-urlencoded' }, 'order=ORD-1'] as const;
  type Sent = readonly [path: string, headers: Record<string, string>, body: string];
  type Mount = (proxy: SigningProxy) => Promise<Mounted>;

  /** The first request of a server, which must say at once what is wrong. */
  async function assertNamed(mount: Mount, fix: RegExp, requests: readonly Sent[] = [notice, order]): Promise<void> {
    for (const [path, headers, body] of requests) {
      const shop = createShop();
      const { base, close } = await mount(shop.proxy);
      const answer = await fetch(base + path, { method: 'POST', headers, body });
      const answered = await answer.text();
      assert.equal(answer.status, 500, path);
      // Had it waited for the body, that would be late. A plain form's shopper gets a page, which is not for the developer.
      if (body !== form[2]) {
        const problem = JSON.parse(answered) as { code: string; detail: string };
        assert.equal(problem.code, 'body-already-read');
        assert.match(problem.detail, fix);
      }
      const logged = shop.logs.find(({ code }) => code === 'body-already-read');
      assert.match(String(logged?.message), fix);
      await close();
    }
  }

  /** What a parser has kept serves as well as the socket. */
  async function assertHarmless(mount: Mount, [path, headers, body]: Sent, status = 201): Promise<void> {
    const shop = createShop();
    const { base, close } = await mount(shop.proxy);
    const init = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', ...headers }, body };
    assert.equal((await fetch(base + path, { ...init, redirect: 'manual' })).status, status);
    await close();
  }

  const keep = {
    verify: (request: IncomingMessage, _response: unknown, raw: Buffer) =>
      void Object.assign(request, { rawBody: raw }),
  };
  const MOVE = /Mount the proxy before express\.json\(\) and every other body parser/;

  for (const [version, framework] of [
    ['4', express4],
    ['5', express],
  ] as const) {
    const behind =
      (parser: RequestHandler): Mount =>
      (proxy) => {
        const app = framework();
        app.use(parser);
        app.use(toNodeListener(proxy));
        return mountedAt(app as RequestListener);
      };

    it(`is named under Express ${version} on the first request, with the fix`, async () => {
      await assertNamed(behind(framework.json()), MOVE);
      await assertNamed(behind(framework.urlencoded({ extended: true })), MOVE, [form]);
      await assertNamed(behind(framework.text({ type: '*/*' })), MOVE, [notice, order, form]);
    });

    it(`does no harm under Express ${version} when it keeps the bytes, or is not for these`, async () => {
      await assertHarmless(behind(framework.json(keep)), order);
      await assertHarmless(behind(framework.urlencoded({ extended: true, ...keep })), form, 303);
      await assertHarmless(behind(framework.raw({ type: '*/*' })), order);
      await assertHarmless(behind(framework.raw({ type: '*/*' })), form, 303);
      await assertHarmless(behind(framework.text()), order);
      // Read, kept and forged is a forged notice, not a trap.
      await assertHarmless(behind(framework.json(keep)), ['/webhooks/lesspay/payin', order[1], '{}'], 401);
    });
  }

  it('is named under Connect', () =>
    assertNamed((proxy) => {
      const app = connect();
      // What `body-parser` exports.
      app.use(express.json());
      app.use(toNodeListener(proxy));
      return mountedAt(app);
    }, MOVE));

  it('is named under Fastify, when the listener is called from a route', () =>
    assertNamed(async (proxy) => {
      const app = Fastify({ forceCloseConnections: true });
      const listener = toNodeListener(proxy);
      app.all('/lesspay/*', (request, reply) => {
        reply.hijack();
        listener(request.raw, reply.raw);
      });
      return mountFastify(app, '/lesspay');
    }, /register fastifyProxy of lesspay-elements\/proxy\/fastify/));

  it('is named under Fastify, when a hook reads before the plugin', () =>
    assertNamed(async (proxy) => {
      const app = Fastify({ forceCloseConnections: true });
      app.addHook('onRequest', async ({ raw }) => {
        await text(raw);
      });
      await app.register(fastifyProxy, { proxy });
      return mountFastify(app, '/lesspay');
    }, /give its bytes on from preParsing/));

  it('is named under Hono, when a handler before has asked for the body', () =>
    assertNamed((proxy) => {
      const app = new Hono();
      app.use(async (context, next) => {
        await context.req.json();
        await next();
      });
      app.all('/lesspay/*', (context) => proxy.fetch(context.req.raw));
      return mountFetch(app.fetch);
    }, /before request\.json\(\)/));

  it('is named under the pages router of Next', () =>
    assertNamed((proxy) => {
      const listener = toNodeListener(proxy);
      return mountedAt(nextApiRoute((request, response) => listener(request, response, {} as never)));
    }, /bodyParser: false/));

  it('is named where a request was read, or is being read, before it was passed on', async () => {
    const mend = /before request\.json\(\)/;
    await assertNamed(
      (proxy) =>
        mountFetch(async (request) => {
          await request.text();
          return proxy.fetch(request);
        }),
      mend,
    );
    await assertNamed(
      (proxy) =>
        mountFetch((request) => {
          request.body?.getReader();
          return proxy.fetch(request);
        }),
      mend,
    );
  });

  it('does no harm where a clone was read', () =>
    assertHarmless(
      (proxy) =>
        mountFetch(async (request) => {
          await request.clone().text();
          return proxy.fetch(request);
        }),
      order,
    ));
});

/** An API route as Next's pages router calls it with its default body parser (next/dist/server/api-utils, Next 15). */
function nextApiRoute(handler: (request: IncomingMessage, response: ServerResponse) => void): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      Object.assign(request, {
        body: JSON.parse(Buffer.concat(chunks).toString()) as unknown,
        previewData: false,
        query: {},
      });
      handler(request, response);
    });
  };
}

describe('the Fastify plugin', () => {
  it('leaves the application’s own parsers as they are, before and after it', async () => {
    const shop = createShop();
    const app = Fastify();
    app.post('/before', (request) => ({ got: request.body }));
    await app.register(fastifyProxy, { proxy: shop.proxy });
    app.post('/after', (request) => ({ got: request.body }));
    for (const url of ['/before', '/after']) {
      const answer = await app.inject({ method: 'POST', url, payload: { a: 1 } });
      assert.deepEqual(answer.json(), { got: { a: 1 } });
    }
    const odd = await app.inject({
      method: 'POST',
      url: '/after',
      headers: { 'content-type': 'text/odd' },
      payload: 'x',
    });
    assert.equal(odd.statusCode, 415);
  });

  it('gives unknown paths to the application’s own 404 where the proxy has no base path', async () => {
    const shop = createShop({ options: { basePath: '' } });
    const app = Fastify();
    app.setNotFoundHandler((_request, reply) => reply.code(404).send('the shop’s 404'));
    await app.register(fastifyProxy, { proxy: shop.proxy });
    assert.equal((await app.inject({ url: '/nowhere' })).body, 'the shop’s 404');
    assert.equal((await app.inject({ url: '/payins/none' })).json<{ code: string }>().code, 'payin-not-found');
  });

  it('reads what a hook before it has put in the body’s place', async () => {
    const { PassThrough } = await import('node:stream');
    const shop = createShop();
    const app = Fastify();
    app.addHook('preParsing', (_request, _reply, payload, done) => done(null, payload.pipe(new PassThrough())));
    await app.register(fastifyProxy, { proxy: shop.proxy });
    const answer = await app.inject({
      method: 'POST',
      url: '/lesspay/payins',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      payload: '{"order":"ORD-1"}',
    });
    assert.equal(answer.statusCode, 201);
  });

  it('runs the application’s hooks on its answers', async () => {
    const shop = createShop();
    const app = Fastify();
    app.addHook('onSend', (_request, reply, payload, done) => {
      void reply.header('x-shop', 'yes');
      done(null, payload);
    });
    await app.register(fastifyProxy, { proxy: shop.proxy });
    assert.equal((await app.inject({ url: '/lesspay/payins/none' })).headers['x-shop'], 'yes');
  });
});

describe('proxy.close', () => {
  it('waits for a running hook, also one that its webhook no longer waits for', async () => {
    const hook = gate();
    const shop = createShop({ options: { hookTimeoutMs: 30, onPayin: () => hook.opened } });
    const opened = await shop.post('/payins', { order: 'ORD-1' });
    shop.sandbox.control.settle(String(opened.json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    assert.equal(shop.webhooks[0]?.status, 500);
    let hasEnded = false;
    const closed = shop.proxy.close().then((all) => {
      hasEnded = true;
      return all;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(hasEnded, false);
    hook.open();
    assert.equal(await closed, true);
    // What the hook did is written down: another replica does not run it again.
    const status = await shop
      .replica()
      .fetch(new Request(`https://shop.example/lesspay/payins/${String(opened.json.requestId)}`));
    assert.equal(((await status.json()) as { status: string }).status, 'paid');
  });

  it('waits for what follows an end that nobody waits for, such as the keys that are told to expire', async () => {
    for (const kind of ['order', 'payout-key'] as const) {
      const writing = gate();
      let hasExpiry = false;
      const memory = memoryStore();
      const shop = createOffice({
        store: {
          ...memory,
          async replace(key, version, value, options) {
            if (key.startsWith(`${kind}:`) && options?.expiresInMs !== undefined) {
              await writing.opened;
              hasExpiry = true;
            }
            return memory.replace(key, version, value, options);
          },
        },
      });
      const opened = kind === 'order' ? await shop.post('/payins', { order: 'ORD-1' }) : await pay(shop);
      shop.sandbox.control.settle(String(opened.json.requestId), 'succeeded');
      await shop.sandbox.control.idle();
      assert.equal(shop.webhooks.at(-1)?.status, 200, 'the webhook does not wait for it');
      const closed = shop.proxy.close();
      assert.equal(await Promise.race([closed, sleep(30, 'still open')]), 'still open');
      writing.open();
      assert.equal(await closed, true);
      assert.ok(hasExpiry);
    }
  });

  it('waits for what the store does by itself, also below encryption, and no longer than it was told', async () => {
    const sweeping = gate();
    const pool = {
      query: async (text: string) => {
        if (text.startsWith('delete')) await sweeping.opened;
        return { rows: text.startsWith('insert') ? [{}] : [] };
      },
    };
    const store = postgresStore(pool);
    for (let writes = 0; writes < 1_000; writes += 1) await store.insert(`a:${writes}`, 1);
    const plain = { encrypt: (text: string) => text, decrypt: (text: string) => text };
    const { proxy } = createShop({ options: { store: encryptedStore(store, plain) } });
    assert.equal(await proxy.close({ timeoutMs: 30 }), false);
    sweeping.open();
    assert.equal(await proxy.close(), true);
  });

  it('does not wait longer than it was told', async () => {
    const answer = gate();
    const shop = createShop({ upstream: (request, next) => answer.opened.then(() => next(request)) });
    const opening = shop.post('/payins', { order: 'ORD-1' });
    await new Promise((resolve) => setTimeout(resolve, 10));
    const started = Date.now();
    assert.equal(await shop.proxy.close({ timeoutMs: 40 }), false);
    // By itself it would wait 25 seconds.
    assert.ok(Date.now() - started < 10_000);
    // What was late still ends, and closing again waits for it.
    answer.open();
    assert.equal(await shop.proxy.close(), true);
    assert.equal((await opening).status, 201);
  });

  it('has written the last answer when it says that everything has ended', async () => {
    const asked = gate();
    const answer = gate();
    const shop = createShop({
      upstream(request, next) {
        asked.open();
        return answer.opened.then(() => next(request));
      },
    });
    const listener = toNodeListener(shop.proxy);
    let isWritten = false;
    const { base, close } = await mountedAt((request, response) => {
      response.on('prefinish', () => (isWritten = true));
      listener(request, response);
    });
    const opening = fetch(`${base}/payins`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: '{"order":"ORD-1"}',
    });
    await asked.opened;
    const closed = shop.proxy.close();
    assert.equal(isWritten, false);
    answer.open();
    assert.equal(await closed, true);
    assert.equal(isWritten, true);
    assert.equal((await opening).status, 201);
    close();
  });

  it('closes the connections of those it refuses', async () => {
    const shop = createShop();
    const { base, close } = await mountedAt(toNodeListener(shop.proxy));
    assert.equal(await shop.proxy.close(), true);
    const answer = await post(`${base}/payins`, '{"order":"ORD-1"}', { 'sec-fetch-site': 'same-origin' });
    assert.deepEqual([answer.status, answer.headers.get('connection')], [503, 'close']);
    close();
  });
});
