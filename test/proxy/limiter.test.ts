import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import {
  ConfigError,
  createSigningProxy,
  DEFAULT_LIMITS,
  type LimiterOptions,
  memoryStore,
  type ProxyEvent,
  type SigningProxy,
  type Store,
} from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import { createClient } from 'redis';
import { itNeedsServer, startPostgres, startRedis } from './database-servers.ts';
import { APP_SECRET, assertNothingLeaked, createShop, type Shop, SHOP } from './fixture.ts';
import { createOffice, pay } from './office.ts';

after(assertNothingLeaked);

const ADDRESS = '203.0.113.7';
const TIGHT = { burst: 3, perMinute: 6 };

interface Told {
  status: number;
  retryAfter: string | null;
  text: string;
}

/** Asks for a status, the cheapest of the routes, as the client at an address. */
async function read(proxy: SigningProxy, remoteAddress: string | undefined, forwardedFor?: string): Promise<Told> {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  const response = await proxy.fetch(new Request(`${SHOP}/lesspay/payins/none`, { headers }), { remoteAddress });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
}

function limited(limiter: LimiterOptions, options: Parameters<typeof createOffice>[0] = {}): Shop {
  return createOffice({ limiter: { ...limiter, routes: { 'read-payin': TIGHT, ...limiter.routes } }, ...options });
}

async function statuses(times: number, ask: () => Promise<{ status: number }>): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < times; n += 1) found.push((await ask()).status);
  return found;
}

/** A store of which every call can be made to fail, and that counts them. */
function watchedStore() {
  const inner = memoryStore({ now: () => 0 });
  const state = { calls: 0, writes: 0, isDown: false };
  const guard = async <T>(isWrite: boolean, work: () => Promise<T>): Promise<T> => {
    await new Promise((resolve) => setImmediate(resolve));
    state.calls += 1;
    if (isWrite) state.writes += 1;
    if (state.isDown) throw new Error('the store is down');
    return work();
  };
  const store: Store = {
    get: (key) => guard(false, () => inner.get(key)),
    insert: (...args) => guard(true, () => inner.insert(...args)),
    replace: (...args) => guard(true, () => inner.replace(...args)),
  };
  return { store, state };
}

/** Sixty requests over four replicas at once; of one actor twenty are let through, and not one more. */
async function race(stores: readonly Store[]): Promise<void> {
  const shop = createShop({ options: { limiter: { routes: { 'read-payin': { burst: 20, perMinute: 0.1 } } } } });
  const replicas = stores.map((store) => shop.replica({ store }));
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => read(replicas[n % replicas.length] ?? shop.proxy, ADDRESS)),
  );
  assert.equal(answers.filter(({ status }) => status === 404).length, 20);
  assert.equal(answers.filter(({ status }) => status === 429).length, 40);
  const [first] = replicas;
  assert.ok(first);
  assert.equal((await read(first, '203.0.113.8')).status, 404, 'another client has a bucket of its own');
  shop.clock.now += 10 * 60_000;
  assert.deepEqual(await statuses(2, () => read(first, ADDRESS)), [404, 429], 'one token after ten minutes');
}

// Before the first suite: a runner that has nothing to run while a server starts takes the file for done.
const redis = await startRedis();
const postgres = await startPostgres();

describe('the limiter', () => {
  it('is off unless it is asked for', async () => {
    const shop = createShop();
    assert.ok((await statuses(300, () => read(shop.proxy, ADDRESS))).every((status) => status === 404));
  });

  it('lets a burst through, then answers 429 with Retry-After and what to do, and fills up with time', async () => {
    const shop = limited({});
    assert.deepEqual(await statuses(3, () => read(shop.proxy, ADDRESS)), [404, 404, 404]);
    const refused = await read(shop.proxy, ADDRESS);
    assert.deepEqual([refused.status, refused.retryAfter], [429, '10']);
    const problem = JSON.parse(refused.text) as Record<string, unknown>;
    assert.deepEqual([problem.code, problem.retryable], ['too-many-requests', true]);
    assert.match(String(problem.detail), /wait 10 s.*limiter\.routes\['read-payin'\]/);
    shop.clock.now += 9_999;
    assert.equal((await read(shop.proxy, ADDRESS)).status, 429);
    shop.clock.now += 1;
    assert.deepEqual(await statuses(2, () => read(shop.proxy, ADDRESS)), [404, 429]);
    shop.clock.now += 3_600_000;
    assert.deepEqual(await statuses(4, () => read(shop.proxy, ADDRESS)), [404, 404, 404, 429]);
  });

  it('counts each route by itself', async () => {
    const shop = limited({ routes: { 'create-payin': { burst: 1, perMinute: 1 } } });
    const open = async () => {
      const response = await shop.proxy.fetch(
        new Request(`${SHOP}/lesspay/payins`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
          body: '{"order":"ORD-1"}',
        }),
        { remoteAddress: ADDRESS },
      );
      return response;
    };
    assert.deepEqual([(await open()).status, (await open()).status], [201, 429]);
    assert.equal((await read(shop.proxy, ADDRESS)).status, 404);
    assert.equal(shop.sandbox.control.requests.length, 1, 'what is refused goes nowhere');
  });

  it('shows a shopper without JavaScript a page, with Retry-After too', async () => {
    const shop = limited({ routes: { 'create-payin': { burst: 1, perMinute: 1 } } });
    const submit = () =>
      shop.proxy.fetch(
        new Request(`${SHOP}/lesspay/payins`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
          body: 'order=ORD-1',
        }),
        { remoteAddress: ADDRESS },
      );
    await submit();
    const refused = await submit();
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '60']);
    assert.match(await refused.text(), /<h1>Too many tries/);
  });

  it('counts those who pay out by their account, whatever their address', async () => {
    const shop = limited({ routes: { 'create-payouts': { burst: 2, perMinute: 1 } } });
    const as = (operator: string) => () => pay(shop, undefined, { headers: { 'x-operator': operator } });
    const first = await statuses(3, as('op-1'));
    assert.equal(first[2], 429);
    assert.ok(!first.slice(0, 2).includes(429));
    assert.notEqual((await as('op-2')()).status, 429);
  });

  it('leaves notices alone unless it is told to, and the page of problems always', async () => {
    const notice = (shop: Shop) =>
      shop.proxy.fetch(new Request(`${SHOP}/lesspay/webhooks/lesspay/payin`, { method: 'POST', body: '{}' }), {
        remoteAddress: ADDRESS,
      });
    const shop = limited({});
    assert.ok((await statuses(200, () => notice(shop))).every((status) => status === 401));
    const told = limited({ routes: { 'lesspay-payin-notice': TIGHT } });
    assert.deepEqual(await statuses(4, () => notice(told)), [401, 401, 401, 429]);
    assert.deepEqual(
      Object.keys(DEFAULT_LIMITS).filter((route) => /notice|problems/.test(route)),
      [],
    );
  });

  it('is not moved by a forged X-Forwarded-For', async () => {
    const shop = limited({});
    let n = 0;
    const forge = () => read(shop.proxy, ADDRESS, `198.51.100.${(n += 1)}`);
    assert.deepEqual(await statuses(5, forge), [404, 404, 404, 429, 429]);
  });

  it('reads X-Forwarded-For as far as the proxies are trusted, by number or by network', async () => {
    for (const trustedProxies of [1, ['10.0.0.0/8']]) {
      const shop = limited({ trustedProxies });
      let n = 0;
      // What the client made up stands left of what the proxy has seen.
      const through = (client: string) => () => read(shop.proxy, '10.1.2.3', `198.51.100.${(n += 1)}, ${client}`);
      assert.deepEqual(await statuses(4, through(ADDRESS)), [404, 404, 404, 429]);
      assert.equal((await through('203.0.113.8')()).status, 404);
      assert.equal((await through('not-an-address')()).status, 404, 'then the proxy itself is the client');
    }
    const around = limited({ trustedProxies: ['10.0.0.0/8'] });
    let n = 0;
    const direct = () => read(around.proxy, ADDRESS, `198.51.100.${(n += 1)}`);
    assert.deepEqual(await statuses(4, direct), [404, 404, 404, 429], 'who comes around the proxy is not believed');
  });

  it('takes the /64 of an IPv6 subscriber for one client, and a mapped IPv4 address for that address', async () => {
    const shop = limited({});
    let n = 0;
    const rotate = () => read(shop.proxy, `2001:db8:1:2::${(n += 1).toString(16)}`);
    assert.deepEqual(await statuses(4, rotate), [404, 404, 404, 429]);
    assert.equal((await read(shop.proxy, '2001:db8:1:3::1')).status, 404);
    assert.deepEqual(await statuses(3, () => read(shop.proxy, ADDRESS)), [404, 404, 404]);
    assert.equal((await read(shop.proxy, `::ffff:${ADDRESS}`)).status, 429);
  });

  it('asks limiter.actor who it is, with the address, the account and the route; nobody is not limited', async () => {
    const asked: unknown[] = [];
    const shop = limited({
      actor: ({ request, route, account, address }) => {
        asked.push([route, account, address]);
        return request.headers.get('x-forwarded-for');
      },
    });
    assert.deepEqual(await statuses(4, () => read(shop.proxy, ADDRESS, 'session-1')), [404, 404, 404, 429]);
    assert.equal((await read(shop.proxy, ADDRESS, 'session-2')).status, 404);
    assert.ok((await statuses(10, () => read(shop.proxy, ADDRESS))).every((status) => status === 404));
    await shop.get('/banks?country=PH&currency=PHP', { 'x-operator': 'op-7' });
    assert.deepEqual(asked[0], ['read-payin', undefined, ADDRESS]);
    assert.deepEqual(asked.at(-1), ['list-banks', 'op-7', undefined]);
  });

  it('knows the socket of node:http', async () => {
    const shop = limited({});
    const server = createServer(toNodeListener(shop.proxy)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = async () => {
      const outgoing = httpRequest({ port, host: '127.0.0.1', path: '/lesspay/payins/none', agent: false }).end();
      const [response] = (await once(outgoing, 'response')) as [{ statusCode: number; resume: () => void }];
      response.resume();
      return { status: response.statusCode };
    };
    assert.deepEqual(await statuses(4, ask), [404, 404, 404, 429]);
    server.close().closeAllConnections();
  });

  it('knows the second argument of Deno and Bun', async () => {
    const shop = limited({});
    const asks = [
      { remoteAddr: { hostname: ADDRESS, port: 1, transport: 'tcp' } },
      { requestIP: () => ({ address: ADDRESS, port: 1 }) },
      { remoteAddress: ADDRESS },
      { env: { KEY: 'x' } },
    ];
    const answers = await Promise.all(
      [...asks, ...asks].map((info) => shop.proxy.fetch(new Request(`${SHOP}/lesspay/payins/none`), info)),
    );
    assert.equal(answers.filter(({ status }) => status === 429).length, 3);
  });

  it('says once that it cannot tell clients apart', async () => {
    const shop = limited({});
    await statuses(5, () => read(shop.proxy, undefined));
    await statuses(3, () => read(shop.proxy, '10.0.0.1', ADDRESS));
    const warnings = shop.logs.filter(({ event }) => event.startsWith('limiter-'));
    assert.deepEqual(
      warnings.map(({ event }) => event),
      ['limiter-without-actor', 'limiter-behind-proxy'],
    );
    assert.match(String(warnings[1]?.message), /limiter\.trustedProxies/);
  });

  it('keeps neither addresses nor accounts in the store, and forgets a bucket when it is full again', async () => {
    const written: [string, unknown, unknown][] = [];
    const inner = memoryStore();
    const store: Store = {
      ...inner,
      insert: (key, value, options) => {
        written.push([key, value, options?.expiresInMs]);
        return inner.insert(key, value, options);
      },
    };
    const shop = limited({}, { store });
    await read(shop.proxy, ADDRESS);
    await shop.get('/banks?country=PH&currency=PHP', { 'x-operator': 'maria@office.example' });
    const text = JSON.stringify(written);
    assert.ok(!text.includes(ADDRESS) && !text.includes('maria') && !text.includes(APP_SECRET), text);
    assert.match(written[0]?.[0] ?? '', /^limit:read-payin:[\w-]{22}$/);
    assert.equal(written[0]?.[2], 11_000);
  });

  it('serves those who wait by one write, and costs the store nothing for those it has refused', async () => {
    const { store, state } = watchedStore();
    const shop = limited({ routes: { 'read-payin': { burst: 50, perMinute: 1 } } }, { store });
    const answers = await Promise.all(Array.from({ length: 500 }, () => read(shop.proxy, ADDRESS)));
    assert.equal(answers.filter(({ status }) => status === 429).length, 450);
    assert.ok(state.writes <= 3, `${state.writes} writes`);
    const before = state.calls;
    await statuses(100, () => read(shop.proxy, ADDRESS));
    assert.equal(state.calls, before);
  });

  it('lets everybody through while the store is down, or nobody where that is wanted, and says so once', async () => {
    for (const [onStoreFailure, status] of [
      [undefined, 200],
      ['allow', 200],
      ['refuse', 503],
    ] as const) {
      const { store, state } = watchedStore();
      const events: ProxyEvent[] = [];
      const routes = { 'explain-problems': TIGHT };
      const shop = limited({ onStoreFailure, routes }, { store, observe: (event) => events.push(event) });
      const ask = () => shop.proxy.fetch(new Request(`${SHOP}/lesspay/problems`), { remoteAddress: ADDRESS });
      state.isDown = true;
      assert.deepEqual(new Set(await statuses(5, ask)), new Set([status]));
      if (status === 503) assert.equal((await ask()).headers.get('retry-after'), '1');
      const alarms = events.filter(({ type }) => type === 'alarm');
      assert.deepEqual(
        alarms.map((event) => 'name' in event && event.name),
        ['limiter-store-failed'],
      );
      state.isDown = false;
      assert.deepEqual(await statuses(4, ask), [200, 200, 200, 429]);
    }
  });

  it('gives up on a store that refuses every write', async () => {
    const store: Store = { ...memoryStore(), insert: () => Promise.resolve(false) };
    const shop = limited({}, { store });
    assert.equal((await read(shop.proxy, ADDRESS)).status, 404);
    assert.equal(shop.logs.filter(({ event }) => event === 'limiter-store-failed').length, 1);
  });

  it('takes nothing back when a replica’s clock is behind', async () => {
    const shop = limited({});
    const late = shop.replica({ now: () => shop.clock.now - 30_000 });
    assert.deepEqual(await statuses(2, () => read(shop.proxy, ADDRESS)), [404, 404]);
    assert.deepEqual(await statuses(2, () => read(late, ADDRESS)), [404, 429]);
    shop.clock.now += 10_000;
    assert.deepEqual(await statuses(2, () => read(shop.proxy, ADDRESS)), [404, 429]);
  });

  it('tells the observer whom it refused, by route only', async () => {
    const events: ProxyEvent[] = [];
    const shop = limited({}, { observe: (event) => events.push(event) });
    await statuses(4, () => read(shop.proxy, ADDRESS));
    assert.deepEqual(
      events.filter(({ type }) => type === 'limited'),
      [{ type: 'limited', route: 'read-payin', retryAfterMs: 10_000, at: '2026-11-20T21:33:17.000Z', level: 'warn' }],
    );
    assert.ok(!JSON.stringify(events).includes(ADDRESS));
  });

  it('is refused by name when it cannot work', () => {
    const wrong: [unknown, RegExp][] = [
      [true, /^limiter: /],
      [{ route: {} }, /^limiter\.route: is not an option/],
      [{ routes: { 'create-payment': { burst: 1, perMinute: 1 } } }, /'create-payment'.*is not a route/],
      [{ routes: { 'create-payin': { burst: 0, perMinute: 1 } } }, /burst/],
      [{ routes: { 'create-payin': { burst: 1 } } }, /perMinute/],
      [{ routes: { 'create-payin': true } }, /burst/],
      [{ actor: 'ip' }, /limiter\.actor/],
      [{ trustedProxies: '10.0.0.0/8' }, /limiter\.trustedProxies/],
      [{ trustedProxies: -1 }, /limiter\.trustedProxies/],
      [{ trustedProxies: true }, /limiter\.trustedProxies/],
      [{ trustedProxies: ['10.0.0.0/33'] }, /trustedProxies\[0\]/],
      [{ trustedProxies: ['load-balancer'] }, /trustedProxies\[0\]/],
      [{ onStoreFailure: 'open' }, /onStoreFailure/],
    ];
    for (const [limiter, message] of wrong) {
      assert.throws(
        () =>
          createSigningProxy({
            lesspay: { appId: 'app', appSecret: APP_SECRET, environment: { baseUrl: 'http://localhost:1' } },
            publicUrl: SHOP,
            limiter: limiter as LimiterOptions,
          }),
        (error) => error instanceof ConfigError && message.test(error.message),
        JSON.stringify(limiter),
      );
    }
  });
});

describe('the limiter over replicas', () => {
  it('lets no more through than there are tokens, in memory', async () => {
    const store = memoryStore();
    await race([store, store, store, store]);
  });
});

if (!redis) itNeedsServer('redis-server', 'redis-server');
else {
  describe('the limiter over replicas with Redis', () => {
    after(redis.stop);
    it('lets no more through than there are tokens', async () => {
      const clients = await Promise.all(
        Array.from({ length: 4 }, () => createClient({ socket: { path: redis.socket, tls: false } }).connect()),
      );
      await race(clients.map((client) => redisStore(client)));
      for (const client of clients) client.destroy();
    });
  });
}

if (!postgres) itNeedsServer('postgres', 'postgresql');
else {
  describe('the limiter over replicas with Postgres', () => {
    after(postgres.stop);
    it('lets no more through than there are tokens', async () => {
      const pools = Array.from(
        { length: 4 },
        () => new pg.Pool({ host: postgres.socket, user: 'postgres', database: 'postgres' }),
      );
      const stores = pools.map((pool) => postgresStore(pool));
      await stores[0]?.migrate();
      await race(stores);
      for (const pool of pools) await pool.end();
    });
  });
}
