import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ConfigError, createSigningProxy, memoryStore, type PricedOrder } from 'lesspay-elements/proxy';
import { PROBLEM_CODES } from '../../src/protocol/problem.ts';
import { assertNothingLeaked, createShop, post, PRICED, type Shop, SHOP } from './fixture.ts';

after(assertNothingLeaked);

const createOrder = 'pay/create-order';
const queryOrder = 'pay/query-order';

function sent(shop: Shop, path: string): Record<string, unknown>[] {
  return shop.sandbox.control.requests
    .filter((request) => request.path.endsWith(path))
    .map((request) => request.body as Record<string, unknown>);
}

function idsCreated(shop: Shop): Set<unknown> {
  return new Set(sent(shop, createOrder).map((body) => body.request_id));
}

describe('POST /payins', () => {
  it('opens the order at the price of the shop and answers 201 with the checkout', async () => {
    const shop = createShop();
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(answer.status, 201, answer.text);
    const { requestId, payOrderId, checkoutUrl, ...rest } = answer.json;
    assert.match(String(requestId), /^[0-9a-hjkmnp-tv-z]{20}$/);
    assert.match(String(payOrderId), /^P\d+$/);
    assert.match(String(checkoutUrl), /^http:\/\/localhost:4010\//);
    assert.deepEqual(rest, {
      status: 'pending',
      expiresAt: '2026-11-20T22:03:17.000Z',
      amount: '100.00',
      currency: 'PHP',
    });
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const [body] = sent(shop, createOrder);
    assert.equal(body?.target_amount, '100.00');
    assert.equal(body.notify_url, `${SHOP}/lesspay/webhooks/lesspay/payin`);
    assert.equal(body.success_url, `https://shop.example/return?request_id=${String(requestId)}`);
  });

  it('reads no record that it has just inserted, where the store tells the version', async () => {
    for (const [tells, expected] of [
      [true, ['get order', 'insert payin', 'insert order', 'replace payin']],
      [false, ['get order', 'insert payin', 'insert order', 'get payin', 'replace payin']],
    ] as const) {
      const memory = memoryStore();
      const calls: string[] = [];
      const note = (name: string, key: string) => calls.push(`${name} ${key.slice(0, key.indexOf(':'))}`);
      const shop = createShop({
        options: {
          store: {
            get: (key) => (note('get', key), memory.get(key)),
            insert: (key, value, options) => (
              note('insert', key),
              memory.insert(key, value, { ...options, tellVersion: tells && options?.tellVersion })
            ),
            replace: (key, ...rest) => (note('replace', key), memory.replace(key, ...rest)),
          },
        },
      });
      const answer = await shop.post('/payins', { order: 'ORD-1' });
      assert.equal(answer.status, 201, answer.text);
      assert.deepEqual(calls, expected);
      const { value } = (await memory.get(`payin:${String(answer.json.requestId)}`))!;
      const { checkoutUrl, payOrderId, leaseUntil, outgoing } = value as Record<string, unknown>;
      assert.deepEqual([checkoutUrl, payOrderId], [answer.json.checkoutUrl, answer.json.payOrderId]);
      assert.deepEqual([leaseUntil, outgoing], [0, undefined]);
    }
  });

  it('keeps what somebody wrote to the record while the platform was answering', async () => {
    const store = memoryStore();
    const shop = createShop({ options: { store } });
    const meddled = shop.replica({
      store,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const { request_id } = (await request.clone().json()) as { request_id: string };
        const { value, version } = (await store.get(`payin:${request_id}`))!;
        assert.ok(await store.replace(`payin:${request_id}`, version, { ...(value as object), askedSince: 7 }));
        return shop.sandbox.fetch(request);
      },
    });
    const answer = await post(meddled, '/payins', { order: 'ORD-1' });
    assert.equal(answer.status, 201, answer.text);
    const { value } = (await store.get(`payin:${String(answer.json.requestId)}`))!;
    const { askedSince, checkoutUrl, status } = value as Record<string, unknown>;
    assert.deepEqual([askedSince, checkoutUrl, status], [7, answer.json.checkoutUrl, 'pending']);
  });

  it('answers the same open order again with 200 and the same body', async () => {
    const shop = createShop();
    const first = await shop.post('/payins', { order: 'ORD-1' });
    const second = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.deepEqual(second.json, first.json);
    assert.equal(idsCreated(shop).size, 1);
  });

  it('opens one payment for ten clicks at once, also over two proxies that share a store', async () => {
    const shop = createShop();
    const other = shop.replica();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(index % 2 ? other : shop.proxy, '/payins', { order: 'ORD-1' })),
    );
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
    assert.deepEqual(
      answers
        .map(({ status }) => status)
        .sort()
        .at(-1),
      201,
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(sent(shop, createOrder).length, 1);
  });

  it('keeps two orders apart', async () => {
    const shop = createShop();
    const [a, b] = await Promise.all(['ORD-1', 'ORD-2'].map((order) => shop.post('/payins', { order })));
    assert.notEqual(a?.json.requestId, b?.json.requestId);
  });

  it('answers 404 for an order that the shop does not know', async () => {
    const shop = createShop();
    const answer = await shop.post('/payins', { order: 'NOPE' });
    assert.equal(answer.status, 404);
    assert.deepEqual(
      [answer.json.code, answer.json.type, answer.json.retryable],
      ['order-not-found', 'https://shop.example/lesspay/problems#order-not-found', false],
    );
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    assert.equal(shop.sandbox.control.requests.length, 0);
  });

  it('explains every code on the page that problem types point to', async () => {
    const shop = createShop();
    const page = await shop.get('/problems');
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
    for (const code of PROBLEM_CODES) assert.ok(page.text.includes(`<h2 id="${code}">`), code);
  });

  it('answers 409 once the order is paid, and sends nothing', async () => {
    const shop = createShop();
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    shop.sandbox.control.settle(String(json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual(
      [answer.status, answer.json.code, answer.json.requestId],
      [409, 'order-already-paid', json.requestId],
    );
    assert.equal(idsCreated(shop).size, 1);
  });

  it('asks the query API before it hands out an older checkout again, and sees a payment whose notice was lost', async () => {
    const shop = createShop();
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    shop.sandbox.control.settle(String(json.requestId), 'succeeded', { webhook: 'never' });
    shop.clock.now += 3_000;
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(answer.json.code, 'order-already-paid');
    assert.deepEqual(
      shop.payins.map(({ type }) => type),
      ['payin.paid'],
    );
  });

  it('makes a new payment after the earlier one ended unpaid', async () => {
    for (const outcome of ['failed', 'canceled', 'closed'] as const) {
      const shop = createShop();
      const { json } = await shop.post('/payins', { order: 'ORD-1' });
      shop.sandbox.control.settle(String(json.requestId), outcome);
      await shop.sandbox.control.idle();
      const answer = await shop.post('/payins', { order: 'ORD-1' });
      assert.equal(answer.status, 201, outcome);
      assert.notEqual(answer.json.requestId, json.requestId);
    }
  });

  it('makes no new payment after another amount was paid', async () => {
    const shop = createShop();
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    shop.sandbox.control.settle(String(json.requestId), 'amount-differs', { amount: '90.00' });
    await shop.sandbox.control.idle();
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.code, 'order-already-paid');
  });

  it('refuses another price while a payment is open, and takes another spelling of the same one', async () => {
    let priced: PricedOrder = PRICED;
    const shop = createShop({ options: { payin: { resolveOrder: () => priced } } });
    const first = await shop.post('/payins', { order: 'ORD-1' });
    priced = { ...PRICED, amount: '100' };
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).status, 200);
    priced = { ...PRICED, amount: '120.00' };
    const changed = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual([changed.status, changed.json.code], [409, 'order-changed']);
    assert.equal(changed.json.requestId, first.json.requestId);
  });

  it('lets a payment that the platform never closed block its order no longer than its expiry and a grace', async () => {
    const shop = createShop({
      // The sandbox closes what has expired; a platform that does not is played by changing its answer.
      upstream: async (request, next) => {
        const response = await next(request);
        if (!request.url.endsWith(queryOrder)) return response;
        const text = (await response.text())
          .replaceAll('"CLOSED"', '"PENDING_PAY"')
          .replaceAll(/"order_status_int":6/g, '"order_status_int":1');
        return new Response(text, response);
      },
    });
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    shop.clock.now += 1_800_000 + 599_000;
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.requestId, json.requestId);
    shop.clock.now += 10_000;
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(answer.status, 201, answer.text);
    assert.notEqual(answer.json.requestId, json.requestId);
  });

  for (const how of ['accept-then-reset', 'accept-then-502', 'accept-then-html', 'accept-then-hang'] as const) {
    it(`finds the payment by its id after ${how}`, async () => {
      const shop = createShop({ options: { upstreamTimeoutMs: 150 } });
      shop.sandbox.control.fail({ path: createOrder, how });
      const answer = await shop.post('/payins', { order: 'ORD-1' });
      assert.equal(answer.status, 201, answer.text);
      assert.equal(sent(shop, createOrder).length, 1);
      assert.equal(shop.sandbox.control.orders.length, 1);
    });
  }

  for (const how of ['reset', '502', 'html', 'hang'] as const) {
    it(`sends the same id once more after ${how}, when the platform does not know it`, async () => {
      const shop = createShop({ options: { upstreamTimeoutMs: 150 } });
      shop.sandbox.control.fail({ path: createOrder, how });
      const answer = await shop.post('/payins', { order: 'ORD-1' });
      assert.equal(answer.status, 201, answer.text);
      assert.equal(idsCreated(shop).size, 1);
      assert.equal(shop.sandbox.control.orders.length, 1);
    });
  }

  it('answers 503 while the outcome is unknown and goes on with the same id at the next click', async () => {
    const shop = createShop();
    shop.sandbox.control.fail({ path: createOrder, how: '502', times: 2 });
    const lost = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual([lost.status, lost.json.code, lost.json.retryable], [503, 'outcome-unknown', true]);
    assert.equal((await shop.get(`/payins/${String(lost.json.requestId)}`)).json.status, 'unknown');
    const found = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(found.status, 200, found.text);
    assert.equal(found.json.requestId, lost.json.requestId);
    assert.equal(idsCreated(shop).size, 1);
  });

  it('takes over from a replica that died while opening the payment, under the same id', async () => {
    const shop = createShop({ options: { upstreamTimeoutMs: 100 } });
    // The first replica's work never comes back, as if its process had ended; the platform has taken the order.
    let isDead = true;
    const dead = shop.replica({
      fetch: async (input, init) => {
        const response = await shop.sandbox.fetch(new Request(input, init));
        return isDead ? new Promise<Response>(() => undefined) : response;
      },
      upstreamTimeoutMs: 1_000,
      answerTimeoutMs: 50,
    });
    const lost = await post(dead, '/payins', { order: 'ORD-1' });
    assert.equal(lost.json.code, 'outcome-unknown');
    shop.clock.now += 250_000;
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    isDead = false;
    assert.equal(answer.status, 200, answer.text);
    assert.equal(shop.sandbox.control.orders.length, 1);
    assert.equal(shop.sandbox.control.orders[0]?.requestId, answer.json.requestId);
  });

  it('keeps a payment open that another replica has opened while the first one slept, whatever that one was told', async () => {
    const moments = new EventTarget();
    const moment = (name: string) => new Promise((then) => moments.addEventListener(name, then));
    const asleep = moment('asleep');
    const woken = moment('wake');
    const shop = createShop();
    const sleepy = shop.replica({
      fetch: async () => {
        moments.dispatchEvent(new Event('asleep'));
        await woken;
        return Response.json({ code: 5000, msg: 'busy', data: null });
      },
    });
    const sleeper = post(sleepy, '/payins', { order: 'ORD-1' });
    await asleep;
    shop.clock.now += 250_000;
    const opened = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(opened.status, 200, opened.text);
    moments.dispatchEvent(new Event('wake'));
    assert.equal((await sleeper).json.requestId, opened.json.requestId);
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.requestId, opened.json.requestId);
    assert.equal(shop.sandbox.control.orders.length, 1);
  });

  it('does not block an order for ever whose checkout URL was lost and cannot be asked for again', async () => {
    const shop = createShop({
      upstream: async (request, next) => {
        const response = await next(request);
        if (!request.url.endsWith(queryOrder)) return response;
        const text = (await response.text())
          .replaceAll(/"checkout_url":"[^"]*",?/g, '')
          .replaceAll('"CLOSED"', '"PENDING_PAY"')
          .replaceAll(/"order_status_int":6/g, '"order_status_int":1');
        return new Response(text, response);
      },
    });
    shop.sandbox.control.fail({ path: createOrder, how: 'accept-then-reset' });
    const lost = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual([lost.status, lost.json.code], [503, 'outcome-unknown'], lost.text);
    shop.clock.now += 60_000;
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.requestId, lost.json.requestId);
    shop.clock.now += 2_400_000;
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(answer.status, 201, answer.text);
    assert.notEqual(answer.json.requestId, lost.json.requestId);
  });

  it('says 503 without an unknown outcome when nothing could be sent', async () => {
    const refused = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    });
    const shop = createShop({ upstream: () => Promise.reject(refused) });
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual([answer.status, answer.json.code], [503, 'upstream-unavailable']);
  });

  it('says 502 with the platform’s code when it refuses, and none of its text', async () => {
    const shop = createShop({
      upstream: (request, next) =>
        request.url.endsWith(createOrder)
          ? Promise.resolve(Response.json({ code: 5000, msg: 'SECRET-UPSTREAM-TEXT', data: null }))
          : next(request),
    });
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual([answer.status, answer.json.code, answer.json.upstreamCode], [502, 'upstream-refused', '5000']);
    assert.ok(!answer.text.includes('SECRET-UPSTREAM-TEXT'));
    assert.ok(!JSON.stringify(shop.logs).includes('SECRET-UPSTREAM-TEXT'));
    assert.deepEqual(shop.payins, []);
  });

  it('never hands out a checkout URL of a host that is not listed', async () => {
    for (const url of [
      'https://evil.example/c/1',
      'javascript:alert(1)',
      'http://localhost:4011/c/1',
      'http://localhost:4010@evil.example/',
    ]) {
      const shop = createShop({
        upstream: async (request, next) => {
          const response = await next(request);
          if (!request.url.endsWith(createOrder)) return response;
          return new Response(
            (await response.text()).replaceAll(/"http:\/\/localhost:4010[^"]*"/g, JSON.stringify(url)),
            response,
          );
        },
      });
      const answer = await shop.post('/payins', { order: 'ORD-1' });
      assert.equal(answer.status, 500, url);
      assert.equal(answer.json.code, 'merchant-error');
      assert.ok(!answer.text.includes('evil.example'));
    }
  });

  it('accepts a checkout on a listed host', async () => {
    const shop = createShop({
      options: {
        lesspay: {
          appId: '690b2b46e4b09c73147db688',
          appSecret: 'Wy31kFZf4jkE+Y2XZhmFuQ',
          environment: { baseUrl: 'https://api.pay.example' },
          checkoutHosts: ['*.pay.example'],
        },
        leanx: undefined,
      },
      sandbox: { baseUrl: 'https://cashier.pay.example' },
    });
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(answer.status, 201, answer.text);
    assert.match(String(answer.json.checkoutUrl), /^https:\/\/cashier\.pay\.example\//);
  });
});

describe('resolveOrder', () => {
  const wrong: [name: string, change: Partial<Record<keyof PricedOrder, unknown>>][] = [
    ['amount', { amount: '0.00' }],
    ['amount', { amount: 100 }],
    ['amount', { amount: '1e2' }],
    ['amount', { amount: '100.001' }],
    ['currency', { currency: 'XXX' }],
    ['productName', { productName: '' }],
    ['description', { description: undefined }],
    ['successUrl', { successUrl: 'javascript:alert(1)' }],
    ['successUrl', { successUrl: 'http://localhost/return' }],
    ['failUrl', { failUrl: `https://shop.example/${'a'.repeat(250)}` }],
    ['expiresInSeconds', { expiresInSeconds: 0.5 }],
    ['requestId', { requestId: 'a'.repeat(21) }],
    ['requestId', { requestId: 'guessable-1' }],
    ['wayCode', { wayCode: 'A&B' }],
    ['threeDSecure', { threeDSecure: 'yes' }],
  ];
  for (const [name, change] of wrong) {
    it(`is told by name about a wrong ${name}: ${JSON.stringify(change).slice(0, 60)}`, async () => {
      const shop = createShop({ orders: { 'ORD-1': { ...PRICED, ...change } as PricedOrder } });
      const answer = await shop.post('/payins', { order: 'ORD-1' });
      assert.deepEqual([answer.status, answer.json.code], [500, 'merchant-error']);
      assert.match(String(answer.json.detail), new RegExp(`^payin\\.resolveOrder: ${name}:`));
      assert.equal(shop.sandbox.control.requests.length, 0);
    });
  }

  it('may give long product texts: they are cut to the platform’s limits and the log says so once', async () => {
    const long = { ...PRICED, productName: '🍵 Tea & biscuits '.repeat(4), description: 'x'.repeat(80) };
    const shop = createShop({ orders: { 'ORD-1': long, 'ORD-2': long } });
    for (const order of ['ORD-1', 'ORD-2']) assert.equal((await shop.post('/payins', { order })).status, 201);
    const [body] = sent(shop, createOrder);
    assert.ok(String(body?.product_name).length <= 30 && !String(body?.product_name).includes('&'));
    assert.equal(String(body?.description).length, 50);
    assert.deepEqual(
      shop.logs.filter(({ event }) => event === 'text-cut').map(({ member }) => member),
      ['productName', 'description'],
    );
  });

  it('gets the request of the browser and decides for every shopper, also for one who shares an open payment', async () => {
    const shop = createShop({
      options: {
        payin: { resolveOrder: (_, { request }) => (request.headers.get('cookie') === 'me=1' ? PRICED : null) },
      },
    });
    const [mine, theirs] = await Promise.all([
      shop.post('/payins', { order: 'ORD-1' }, { cookie: 'me=1' }),
      shop.post('/payins', { order: 'ORD-1' }, { cookie: 'me=2' }),
    ]);
    assert.deepEqual([mine.status, theirs.status], [201, 404]);
  });

  it('that throws gives a 500 without its text, which goes to the log', async () => {
    const shop = createShop({
      options: {
        payin: {
          resolveOrder: () => {
            throw new Error('no row for card 4111111111111111');
          },
        },
      },
    });
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual([answer.status, answer.json.code], [500, 'merchant-error']);
    assert.ok(!answer.text.includes('no row'));
    assert.match(JSON.stringify(shop.logs), /no row for card \*\*\*\*1111/);
  });

  it('may supply a request id where authorizeStatus decides who reads it', async () => {
    let requestId = 'SHOP-0001';
    const shop = createShop({
      options: {
        payin: {
          resolveOrder: () => ({ ...PRICED, requestId }),
          authorizeStatus: ({ request }) => request.headers.get('cookie') === 'me=1',
        },
      },
    });
    const other = shop.replica();
    const answers = await Promise.all(
      [shop.proxy, other, shop.proxy, other].map((proxy) => post(proxy, '/payins', { order: 'ORD-1' })),
    );
    assert.deepEqual(new Set(answers.map(({ json }) => json.requestId)), new Set(['SHOP-0001']));
    assert.equal((await shop.get('/payins/SHOP-0001', { cookie: 'me=1' })).json.status, 'pending');
    assert.equal((await shop.get('/payins/SHOP-0001', { cookie: 'me=2' })).status, 404);
    shop.sandbox.control.settle('SHOP-0001', 'failed');
    await shop.sandbox.control.idle();
    const reused = await shop.post('/payins', { order: 'ORD-1' });
    assert.match(String(reused.json.detail), /requestId: was used before/);
    requestId = 'SHOP-0002';
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.requestId, 'SHOP-0002');
  });

  it('is asked for nothing when pay-ins are not configured', async () => {
    const shop = createShop({ options: { payin: undefined } });
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).status, 404);
    assert.throws(
      () =>
        createSigningProxy({
          lesspay: { appId: 'a', appSecret: 'x'.repeat(16), environment: { baseUrl: 'http://localhost:1' } },
          publicUrl: SHOP,
          payin: {} as never,
        }),
      ConfigError,
    );
  });
});

describe('POST /payins from a plain form', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  it('answers 303 to the checkout', async () => {
    const shop = createShop();
    const answer = await shop.post('/payins', 'order=ORD-1', form);
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('location') ?? '', /^http:\/\/localhost:4010\//);
    const again = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(again.json.checkoutUrl, answer.headers.get('location'));
  });

  it('answers failures with a page that says what happened, without any of the form’s text', async () => {
    const shop = createShop();
    const answer = await shop.post('/payins', `order=${encodeURIComponent('<script>x</script>')}`, form);
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
    assert.match(
      answer.text,
      /<html lang="en">.*<h1>We could not find this order<\/h1>.*href="https:\/\/shop\.example\/"/s,
    );
    assert.ok(!answer.text.includes('script>'));
  });

  it('refuses a second field, the same field twice, and a foreign page', async () => {
    const shop = createShop();
    for (const [body, status] of [
      ['order=ORD-1&amount=1', 400],
      ['order=ORD-1&order=ORD-2', 400],
      ['', 400],
    ] as const) {
      assert.equal((await shop.post('/payins', body, form)).status, status, body);
    }
    const foreign = await shop.post('/payins', 'order=ORD-1', { ...form, 'sec-fetch-site': 'cross-site' });
    assert.equal(foreign.status, 403);
    assert.equal(shop.sandbox.control.requests.length, 0);
  });
});

describe('GET /payins/{requestId}', () => {
  it('answers 404 for ids that are unknown or malformed', async () => {
    const shop = createShop();
    for (const id of ['nope', 'a%2fb', '..%2f', 'a'.repeat(65), '-x', 'a%0d%0ab']) {
      const answer = await shop.get(`/payins/${id}`);
      assert.equal(answer.status, 404, id);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    }
  });

  it('says pending until the webhook has come, then paid', async () => {
    const shop = createShop();
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    const path = `/payins/${String(json.requestId)}`;
    assert.deepEqual((await shop.get(path)).json, {
      requestId: json.requestId,
      status: 'pending',
      final: false,
      amount: '100.00',
      currency: 'PHP',
    });
    shop.sandbox.control.settle(String(json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    const { status, final } = (await shop.get(path)).json;
    assert.deepEqual([status, final], ['paid', true]);
  });

  it('asks the query API by itself only after the webhook’s head start, and then seldom', async () => {
    const shop = createShop();
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    const path = `/payins/${String(json.requestId)}`;
    const queries = () => sent(shop, queryOrder).length;
    shop.clock.now += 60_000;
    await shop.get(path);
    shop.clock.now += 9_000;
    await shop.get(path);
    assert.equal(queries(), 0);
    shop.clock.now += 1_000;
    await Promise.all([shop.get(path), shop.get(path), shop.get(path)]);
    assert.equal(queries(), 1);
    shop.clock.now += 4_000;
    await shop.get(path);
    assert.equal(queries(), 1);
    shop.sandbox.control.settle(String(json.requestId), 'succeeded', { webhook: 'never' });
    shop.clock.now += 1_000;
    assert.equal((await shop.get(path)).json.status, 'paid');
    assert.equal(queries(), 2);
    assert.deepEqual(
      shop.payins.map(({ id }) => id),
      [`payin.paid:${String(json.requestId)}`],
    );
  });

  it('does not call an order paid because a query says so without an amount; the notice will', async () => {
    const shop = createShop({
      options: { payin: { resolveOrder: () => PRICED, statusQueryDelayMs: 0 } },
      upstream: async (request, next) => {
        const response = await next(request);
        if (!request.url.endsWith(queryOrder)) return response;
        return new Response((await response.text()).replaceAll(/"target_amount":"[^"]*",?/g, ''), response);
      },
    });
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    shop.sandbox.control.settle(String(json.requestId), 'succeeded', { webhook: 'hold' });
    shop.clock.now += 5_000;
    assert.equal((await shop.get(`/payins/${String(json.requestId)}`)).json.status, 'pending');
    shop.clock.now += 3_000;
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.code, 'order-already-paid');
    assert.deepEqual(shop.payins, []);
    shop.sandbox.control.releaseWebhooks();
    await shop.sandbox.control.idle();
    assert.equal((await shop.get(`/payins/${String(json.requestId)}`)).json.status, 'paid');
  });

  it('says what it knows when the query API is away', async () => {
    const shop = createShop({ options: { payin: { resolveOrder: () => PRICED, statusQueryDelayMs: 0 } } });
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    shop.sandbox.control.fail({ path: queryOrder, how: '502' });
    assert.equal((await shop.get(`/payins/${String(json.requestId)}`)).json.status, 'pending');
    shop.clock.now += 5_000;
    assert.equal((await shop.get(`/payins/${String(json.requestId)}`)).json.status, 'pending');
  });
});
