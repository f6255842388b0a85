import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { memoryStore, type PayoutRoute, signTestWebhook } from 'lesspay-elements/proxy';
import { createRules } from 'lesspay-elements/rules';
import {
  APP_SECRET,
  ask,
  assertNothingLeaked,
  AUTH_TOKEN,
  createShop,
  HASH_KEY,
  post,
  type Shop,
  UPSTREAM,
} from './fixture.ts';
import { createOffice, creations, GCASH, MAYBANK, newKey, pay, payout, PIX, ROUTES, statusOf } from './office.ts';

after(assertNothingLeaked);

describe('payout routes', () => {
  it('do not exist without payout.authorize', async () => {
    const shop = createShop();
    for (const path of ['/payouts', '/leanx/account-checks', '/webhooks/lesspay/payout', '/webhooks/leanx']) {
      assert.equal((await shop.post(path, {})).status, 404, path);
    }
    for (const path of ['/payouts/x', '/banks?country=PH&currency=PHP', '/leanx/banks']) {
      assert.equal((await shop.get(path)).status, 404, path);
    }
  });

  it('answer 403 when authorize says null, before the body is read, and ask for each action by name', async () => {
    const actions: string[] = [];
    const shop = createOffice({
      payout: {
        authorize: ({ action }) => {
          actions.push(action);
          return null;
        },
      },
    });
    assert.equal((await pay(shop)).json.code, 'forbidden');
    assert.equal((await shop.post('/leanx/account-checks', 'not json')).status, 403);
    for (const path of ['/payouts/x', '/banks?country=PH&currency=PHP', '/leanx/banks'])
      assert.equal((await shop.get(path)).status, 403);
    assert.deepEqual(actions, ['create-payout', 'check-account', 'read-payout', 'list-banks', 'list-banks']);
    assert.equal(shop.sandbox.control.requests.length, 0);
  });

  it('answer 500 when authorize throws or returns something without an id', async () => {
    for (const authorize of [() => Promise.reject(new Error('session store away')), () => ({}) as { id: string }]) {
      const shop = createOffice({ payout: { authorize } });
      const answer = await pay(shop);
      assert.deepEqual([answer.status, answer.json.code], [500, 'merchant-error']);
      assert.ok(!answer.text.includes('session store'));
    }
  });
});

describe('POST /payouts', () => {
  it('sends a batch and answers 202 with its review', async () => {
    const shop = createOffice();
    const answer = await pay(shop, [
      payout('S-1', GCASH, '10.00'),
      payout('S-2', { ...GCASH, provider: 'PayMaya' }, '5.50'),
    ]);
    assert.equal(answer.status, 202, answer.text);
    assert.deepEqual({ ...answer.json, requestId: '' }, { requestId: '', status: 'review', total: '15.50', count: 2 });
    const [body] = creations(shop);
    assert.deepEqual(
      [body?.request_id, body?.total_amount, body?.way_code, body?.notify_url],
      [answer.json.requestId, '15.50', 'TAZAPAY_PAYOUT', 'https://shop.example/lesspay/webhooks/lesspay/payout'],
    );
  });

  it('sends a single payout where the route says so, and only one of them', async () => {
    const shop = createOffice();
    const answer = await pay(shop, [payout('S-1', PIX)], { currency: 'BRL' });
    assert.equal(answer.status, 202, answer.text);
    assert.equal(shop.sandbox.control.payouts[0]?.kind, 'single');
    const two = await pay(shop, [payout('S-2', PIX), payout('S-3', PIX)], { currency: 'BRL' });
    assert.deepEqual(
      [two.status, two.json.code, two.json.errors],
      [422, 'no-route', [{ path: 'payouts.1', code: 'other-route' }]],
    );
  });

  it('sends a Malaysian payout through LeanX with our own id as its reference', async () => {
    const shop = createOffice();
    const answer = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
    assert.equal(answer.status, 202, answer.text);
    const [sent] = shop.sandbox.control.leanxPayouts;
    assert.equal(creations(shop)[0]?.external_invoice_ref, answer.json.requestId);
    assert.ok(sent);
    shop.clock.now += 10_000;
    shop.sandbox.control.settle(String(answer.json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    assert.deepEqual(
      shop.webhooks.map(({ url, status }) => [url, status]),
      [['https://shop.example/lesspay/webhooks/leanx', 200]],
    );
    assert.equal((await statusOf(shop, answer.json.requestId)).status, 'succeeded');
    assert.deepEqual(shop.payouts.map(({ type }) => type).at(-1), 'payout.succeeded');
  });

  it('polls LeanX, which calls back for successes only', async () => {
    const shop = createOffice();
    const { json } = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
    shop.sandbox.control.settle(String(json.requestId), 'failed');
    await shop.sandbox.control.idle();
    shop.clock.now += 10_000;
    const status = await statusOf(shop, json.requestId);
    assert.deepEqual([status.status, status.final], ['failed', true]);
    assert.deepEqual(shop.payouts.map(({ type }) => type).at(-1), 'payout.failed');
  });

  it('needs an Idempotency-Key of 8 to 128 plain characters', async () => {
    const shop = createOffice();
    const body = { currency: 'PHP', payouts: [payout()] };
    assert.equal((await shop.post('/payouts', body)).json.code, 'idempotency-key-missing');
    for (const key of ['short', 'with blank in it', 'x'.repeat(129), 'emoji-…-here'.replace('…', 'é')]) {
      const answer = await shop.post('/payouts', body, { 'idempotency-key': key });
      assert.deepEqual([answer.status, answer.json.code], [400, 'idempotency-key-invalid'], key);
    }
    assert.equal(creations(shop).length, 0);
  });

  it('answers the same key and body alike, ten times at once and over two proxies, with one payout', async () => {
    const shop = createOffice();
    const other = shop.replica();
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        post(
          index % 2 ? other : shop.proxy,
          '/payouts',
          { currency: 'PHP', payouts: [payout()] },
          { 'idempotency-key': key },
        ),
      ),
    );
    assert.deepEqual(
      new Set(answers.map(({ status, text }) => `${status} ${text}`)).size,
      1,
      answers.map(({ text }) => text).join('\n'),
    );
    assert.equal(answers[0]?.status, 202);
    assert.equal(creations(shop).length, 1);
    assert.deepEqual((await pay(shop, [payout()], { key })).json, answers[0].json);
  });

  it('has stored the request and every reference before the first byte leaves', async () => {
    for (const [payouts, currency] of [
      [[payout('S-1'), payout('S-2')], 'PHP'],
      [[payout('S-3', PIX)], 'BRL'],
      [[payout('S-4', MAYBANK)], 'MYR'],
    ] as const) {
      const seen: unknown[] = [];
      const shop: Shop = createOffice(
        {},
        {
          upstream: async (request, next) => {
            const body = (await request.clone().json()) as Record<string, unknown>;
            const id = String(body.request_id ?? body.external_invoice_ref);
            const found = await shop.store.get(`payout:${id}`);
            const { details = [], sentAt } = (found?.value ?? {}) as {
              details?: { reference: string }[];
              sentAt?: number;
            };
            seen.push([details.map(({ reference }) => reference), sentAt === shop.clock.now]);
            return next(request);
          },
        },
      );
      assert.equal((await pay(shop, [...payouts], { currency })).status, 202);
      assert.deepEqual(seen, [[payouts.map(({ reference }) => reference), true]]);
    }
  });

  it('answers 409, to be sent again, to the same key on another replica while the first is still sending', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const shop = createOffice(
      { answerTimeoutMs: 600 },
      {
        upstream: async (request, next) => {
          if (request.url.endsWith('create-order')) await held;
          return next(request);
        },
      },
    );
    const [key, body] = [newKey(), { currency: 'PHP', payouts: [payout()] }];
    const first = post(shop.replica({ answerTimeoutMs: 60_000 }), '/payouts', body, { 'idempotency-key': key });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await post(shop.proxy, '/payouts', body, { 'idempotency-key': key });
    assert.deepEqual([second.status, second.json.code, second.json.retryable], [409, 'outcome-unknown', true]);
    release();
    const sent = await first;
    assert.equal(sent.status, 202);
    assert.equal((await post(shop.proxy, '/payouts', body, { 'idempotency-key': key })).text, sent.text);
    assert.equal(creations(shop).length, 1);
  });

  it('refuses the same key with another body, and keeps the keys of two operators apart', async () => {
    const shop = createOffice();
    const key = newKey();
    await pay(shop, [payout('S-1')], { key });
    const other = await pay(shop, [payout('S-1', GCASH, '11.00')], { key });
    assert.deepEqual([other.status, other.json.code], [422, 'idempotency-key-reused']);
    const colleague = await pay(shop, [payout('S-9')], { key, headers: { 'x-operator': 'op-2' } });
    assert.equal(colleague.status, 202);
    assert.equal(creations(shop).length, 2);
  });

  it('refuses an equal payout under another key while the first has not failed, and names it', async () => {
    const shop = createOffice();
    const first = await pay(shop, [payout('S-1')]);
    const second = await pay(shop, [payout('S-0'), payout('S-1')]);
    assert.deepEqual(
      [second.status, second.json.code, second.json.requestId],
      [409, 'duplicate-payout', first.json.requestId],
    );
    assert.deepEqual(second.json.errors, [{ path: 'payouts.1', code: 'duplicate-payout' }]);
    shop.sandbox.control.reject(String(first.json.requestId));
    await shop.sandbox.control.idle();
    assert.equal((await pay(shop, [payout('S-1')])).status, 202);
    // The refused batch has not kept its other payout to itself.
    assert.equal((await pay(shop, [payout('S-0')])).status, 202);
  });

  it('goes by the merchant’s own rules: wallets, fields and limits', async () => {
    const rules = createRules({
      tables: {
        walletProviders: { PHP: ['GCash', 'Coins'] },
        limits: [{ currency: 'PHP', method: 'ewallet', provider: 'Coins', max: '500.00' }],
      },
    });
    const own = createOffice({ payout: { rules } });
    const coins = { ...GCASH, provider: 'Coins' };
    // Past the proxy's rules: the sandbox, as the documentation, knows no such wallet.
    assert.equal((await pay(own, [payout('C-1', coins, '500.00')])).json.code, 'upstream-refused');
    const above = await pay(own, [payout('C-2', coins, '500.01')]);
    assert.deepEqual(above.json.errors, [{ path: 'payouts.0.amount', code: 'amount-above-limit' }]);
    assert.equal((await pay(own, [payout('C-3', GCASH, '500.01')])).status, 202);
    const shipped = await pay(createOffice(), [payout('C-1', coins, '5.00')]);
    assert.deepEqual((shipped.json.errors as { code: string }[])[0]?.code, 'wallet-provider-unknown');
    assert.throws(() => createOffice({ payout: { rules: { tables: {} } as never } }), /payout\.rules/);
  });

  it('names all payouts of a request that were sent before, and sends none of it', async () => {
    const shop = createOffice();
    const all = Array.from({ length: 70 }, (_, index) => payout(`S-${index}`));
    const first = await pay(
      shop,
      [all[1], all[40], all[69]].flatMap((one) => one ?? []),
    );
    const second = await pay(shop, all);
    assert.deepEqual(
      [second.status, second.json.code, second.json.requestId],
      [409, 'duplicate-payout', first.json.requestId],
    );
    const paths = (second.json.errors as { path: string }[]).map(({ path }) => path);
    assert.deepEqual(paths, ['payouts.1', 'payouts.40', 'payouts.69']);
    assert.equal(creations(shop).length, 1);
    assert.equal(
      (
        await pay(
          shop,
          all.filter((_, index) => ![1, 40, 69].includes(index)),
        )
      ).status,
      202,
    );
  });

  it('refuses two equal payouts at once under two keys but for one', async () => {
    const shop = createOffice();
    const answers = await Promise.all([1, 2, 3, 4].map(() => pay(shop, [payout('S-1')])));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409, 409, 409]);
    assert.equal(creations(shop).length, 1);
  });

  it('names every refused member at once', async () => {
    const shop = createOffice();
    const answer = await pay(shop, [
      payout('S-1', { ...GCASH, accountNumber: '0917' }, '0.00'),
      payout('S-1', { ...GCASH, provider: 'Gopay' }),
      payout('S 3'),
    ]);
    assert.deepEqual([answer.status, answer.json.code], [422, 'invalid-recipient']);
    const paths = (answer.json.errors as { path: string }[]).map(({ path }) => path);
    for (const path of [
      'payouts.0.amount',
      'payouts.0.recipient.accountNumber',
      'payouts.1.reference',
      'payouts.1.recipient.provider',
      'payouts.2.reference',
    ]) {
      assert.ok(paths.includes(path), `${path} in ${paths.join(' ')}`);
    }
    assert.ok(!answer.text.includes('0917'));
    assert.equal(creations(shop).length, 0);
  });

  it('refuses unknown members, an empty list and a wrong currency as 400', async () => {
    const shop = createOffice();
    const bodies: [unknown, string][] = [
      [{ currency: 'PHP', payouts: [payout()], notify_url: 'https://evil.example' }, 'notify_url'],
      [{ currency: 'PHP', payouts: [{ ...payout(), wayCode: 'X' }] }, 'payouts.0.wayCode'],
      [{ currency: 'PHP', payouts: [] }, 'payouts'],
      [{ currency: 'XXX', payouts: [payout()] }, 'currency'],
      [{ payouts: [payout()] }, 'currency'],
      [[], ''],
    ];
    for (const [body, path] of bodies) {
      const answer = await shop.post('/payouts', body, { 'idempotency-key': newKey() });
      assert.deepEqual([answer.status, answer.json.code], [400, 'invalid-request']);
      assert.equal((answer.json.errors as { path: string }[])[0]?.path, path);
    }
  });

  it('refuses a payout without a channel, and two channels in one request', async () => {
    const shop = createOffice({
      payout: {
        routes: [
          ...ROUTES.slice(0, 1),
          { currency: 'PHP', method: 'ewallet', provider: 'GrabPay', wayCode: 'OTHER' },
        ].reverse() as PayoutRoute[],
      },
    });
    const idr = await pay(shop, [payout('S-1', { ...GCASH, provider: 'Gopay', accountNumber: '081234567890' })], {
      currency: 'IDR',
    });
    assert.deepEqual(
      [idr.status, idr.json.code, idr.json.errors],
      [422, 'no-route', [{ path: 'payouts.0', code: 'no-route' }]],
    );
    const mixed = await pay(shop, [payout('S-1'), payout('S-2', { ...GCASH, provider: 'GrabPay' })]);
    assert.deepEqual(mixed.json.errors, [{ path: 'payouts.1', code: 'other-route' }]);
    assert.equal(creations(shop).length, 0);
  });

  it('asks the shop’s review after the rules and before anything is sent', async () => {
    const seen: unknown[] = [];
    const shop = createOffice({
      payout: {
        review: (draft, actor) => {
          seen.push([draft.total, draft.payouts.length, actor.id]);
          return draft.total === '1.00';
        },
      },
    });
    const refused = await pay(shop);
    assert.deepEqual([refused.status, refused.json.code], [403, 'payout-not-approved']);
    assert.equal(creations(shop).length, 0);
    assert.equal((await pay(shop, [payout('S-1', GCASH, '1.00')])).status, 202);
    assert.deepEqual(seen, [
      ['10.00', 1, 'op-1'],
      ['1.00', 1, 'op-1'],
    ]);
  });

  for (const how of [
    'accept-then-reset',
    'accept-then-502',
    'accept-then-html',
    'accept-then-hang',
    'reset',
    '502',
    'hang',
  ] as const) {
    it(`pays once under one id after ${how}`, async () => {
      const shop = createOffice({ upstreamTimeoutMs: 150 });
      shop.sandbox.control.fail({ path: 'batch/create-order', how });
      const answer = await pay(shop);
      assert.deepEqual([answer.status, answer.json.status], [202, 'review'], answer.text);
      assert.equal(new Set(creations(shop).map(({ request_id }) => request_id)).size, 1);
      assert.equal(shop.sandbox.control.payouts.length, 1);
    });
  }

  it('answers 202 “unknown” when nothing comes through, and goes on with the same id for the same key', async () => {
    const shop = createOffice();
    const key = newKey();
    shop.sandbox.control.fail({ path: 'batch/create-order', how: '502', times: 2 });
    const lost = await pay(shop, [payout()], { key });
    assert.deepEqual([lost.status, lost.json.status], [202, 'unknown']);
    assert.equal((await statusOf(shop, lost.json.requestId)).status, 'unknown');
    const again = await pay(shop, [payout()], { key });
    assert.deepEqual([again.status, again.json.status, again.json.requestId], [202, 'review', lost.json.requestId]);
    assert.equal(new Set(creations(shop).map(({ request_id }) => request_id)).size, 1);
  });

  it('brings an unknown payout to its end when somebody sends it again under another key, and makes no second one', async () => {
    const shop = createOffice();
    shop.sandbox.control.fail({ path: 'batch/create-order', how: '502', times: 2 });
    const lost = await pay(shop, [payout()]);
    const again = await pay(shop, [payout()]);
    assert.deepEqual([again.status, again.json.requestId], [409, lost.json.requestId]);
    assert.equal((await statusOf(shop, lost.json.requestId)).status, 'review');
    assert.equal(shop.sandbox.control.payouts.length, 1);
  });

  it('never sends a Malaysian payout twice, since LeanX may pay twice', async () => {
    const shop = createOffice();
    const key = newKey();
    shop.sandbox.control.fail({ path: 'create-payout-invoice', how: '502', times: 1 });
    const lost = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR', key });
    assert.deepEqual([lost.status, lost.json.status], [202, 'unknown'], lost.text);
    assert.equal((await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR', key })).json.status, 'unknown');
    assert.equal(creations(shop).length, 1);
  });

  it('answers 503 when nothing could be sent, and the same key sends it later', async () => {
    let isDown = true;
    const refused = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    });
    const shop = createOffice({}, { upstream: (request, next) => (isDown ? Promise.reject(refused) : next(request)) });
    const key = newKey();
    const down = await pay(shop, [payout()], { key });
    assert.deepEqual([down.status, down.json.code, down.json.retryable], [503, 'upstream-unavailable', true]);
    isDown = false;
    const up = await pay(shop, [payout()], { key });
    assert.deepEqual([up.status, up.json.requestId], [202, down.json.requestId]);
  });

  it('pays of a request that was never sent only what is asked for again, under whichever key', async () => {
    let isDown = true;
    const refused = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    });
    const shop = createOffice({}, { upstream: (request, next) => (isDown ? Promise.reject(refused) : next(request)) });
    const key = newKey();
    const both = [payout('S-1'), payout('S-2')];
    const given = await pay(shop, both, { key });
    assert.deepEqual([given.status, given.json.code], [503, 'upstream-unavailable']);
    isDown = false;
    // The operator has taken S-2 out meanwhile.
    const rest = await pay(shop, [payout('S-1')]);
    assert.deepEqual([rest.status, rest.json.status], [202, 'review']);
    const paid = () =>
      shop.sandbox.control.payouts.flatMap(({ details }) => details.map(({ reference }) => reference)).sort();
    assert.deepEqual(paid(), ['S-1']);
    // The first key stands for both, one of which is under way by now: it pays neither again.
    const again = await pay(shop, both, { key });
    assert.deepEqual([again.status, again.json.status], [202, 'closed']);
    assert.deepEqual(paid(), ['S-1']);
    assert.equal((await pay(shop, [payout('S-2')])).status, 202);
    assert.deepEqual(paid(), ['S-1', 'S-2']);
  });

  it('sends nothing for a sender that fell asleep before sending and whose payout another key has paid since', async () => {
    const store = memoryStore({ now: () => shop.clock.now });
    const moments = new EventTarget();
    const moment = (name: string) => new Promise((then) => moments.addEventListener(name, then));
    const asleep = moment('asleep');
    const woken = moment('wake');
    let isFirst = true;
    const shop: Shop = createOffice({
      store: {
        ...store,
        replace: async (key, version, value, settings) => {
          if (isFirst && typeof value === 'object' && value !== null && 'sentAt' in value) {
            isFirst = false;
            moments.dispatchEvent(new Event('asleep'));
            await woken;
          }
          return store.replace(key, version, value, settings);
        },
      },
    });
    const sleeper = pay(shop, [payout('S-1'), payout('S-2')]);
    await asleep;
    shop.clock.now += 10 * 60_000;
    assert.equal((await pay(shop, [payout('S-1')])).status, 202);
    moments.dispatchEvent(new Event('wake'));
    const answer = await sleeper;
    assert.deepEqual([answer.status, answer.json.status], [202, 'closed']);
    assert.equal(creations(shop).length, 1);
  });

  it('takes the word of a sender that slept over its lease for nothing, since others have sent meanwhile', async () => {
    const moments = new EventTarget();
    const moment = (name: string) => new Promise((then) => moments.addEventListener(name, then));
    const asleep = moment('asleep');
    const woken = moment('wake');
    const broken = (code: string) => Object.assign(new TypeError('fetch failed'), { code });
    let sends = 0;
    let isSilent = true;
    const shop = createOffice(
      {},
      {
        upstream: async (request, next) => {
          if (!request.url.endsWith('create-order')) {
            if (isSilent && sends > 1) throw broken('ECONNRESET');
            return next(request);
          }
          sends += 1;
          if (sends === 1) {
            moments.dispatchEvent(new Event('asleep'));
            await woken;
            throw broken('ECONNREFUSED');
          }
          await next(request);
          throw broken('ECONNRESET');
        },
      },
    );
    const replica = shop.replica();
    const key = newKey();
    const body = { currency: 'PHP', payouts: [payout()] };
    const sleeper = post(replica, '/payouts', body, { 'idempotency-key': key });
    await asleep;
    shop.clock.now += 10 * 60_000;
    const other = await pay(shop, [payout()], { key });
    assert.deepEqual([other.status, other.json.status], [202, 'unknown']);
    moments.dispatchEvent(new Event('wake'));
    const answer = await sleeper;
    assert.deepEqual([answer.status, answer.json.code], [409, 'outcome-unknown'], answer.text);
    isSilent = false;
    shop.clock.now += 10 * 60_000;
    await shop.proxy.reconcile();
    assert.equal((await statusOf(shop, other.json.requestId)).status, 'review');
    assert.equal((await pay(shop)).json.code, 'duplicate-payout');
    assert.equal(shop.sandbox.control.payouts.length, 1);
  });

  it('answers a refusal with 422, the platform’s code and the member it is about; the same key gets the same answer', async () => {
    const shop = createOffice(
      {},
      {
        upstream: (request, next) =>
          request.url.endsWith('create-order')
            ? Promise.resolve(Response.json({ code: 30006, msg: 'SECRET-UPSTREAM-TEXT 09171234567', data: null }))
            : next(request),
      },
    );
    const key = newKey();
    const answer = await pay(shop, [payout()], { key });
    assert.deepEqual([answer.status, answer.json.code, answer.json.upstreamCode], [422, 'upstream-refused', '30006']);
    assert.deepEqual(answer.json.errors, [{ path: 'payouts.0.recipient.accountNumber', code: 'upstream-refused' }]);
    assert.ok(!answer.text.includes('SECRET-UPSTREAM-TEXT'));
    assert.equal((await pay(shop, [payout()], { key })).text, answer.text);
    // Nothing was paid, so the corrected or even the same payout may be sent under a new key.
    assert.equal((await pay(shop, [payout()])).status, 422);
  });

  it('forgets the account numbers once the platform has them', async () => {
    const shop = createOffice();
    const { json } = await pay(shop);
    const stored = JSON.stringify(await shop.store.get(`payout:${String(json.requestId)}`));
    assert.ok(!stored.includes('09171234567') && !stored.includes('Maria Santos'), stored);
  });
});

describe('a payout’s way to its end', () => {
  it('goes over review and processing to succeeded, with one event for each', async () => {
    const shop = createOffice();
    const { json } = await pay(shop);
    const id = String(json.requestId);
    shop.sandbox.control.approve(id);
    shop.clock.now += 6_000;
    assert.equal((await statusOf(shop, id)).status, 'processing');
    shop.sandbox.control.settle(id, 'succeeded');
    await shop.sandbox.control.idle();
    assert.deepEqual(
      shop.webhooks.map(({ status }) => status),
      [200],
    );
    assert.deepEqual(await statusOf(shop, id), {
      requestId: id,
      status: 'succeeded',
      final: true,
      total: '10.00',
      currency: 'PHP',
      details: [{ reference: 'S-1', amount: '10.00', status: 'succeeded' }],
    });
    assert.deepEqual(
      shop.payouts.map(({ id: event, reference, amount }) => [event, reference, amount]),
      [
        [`payout.processing:${id}`, 'S-1', '10.00'],
        [`payout.succeeded:${id}`, 'S-1', '10.00'],
      ],
    );
  });

  it('ends under our reference where the platform has none: a single payout', async () => {
    const shop = createOffice();
    const { json } = await pay(shop, [payout('S-1', PIX)], { currency: 'BRL' });
    const id = String(json.requestId);
    shop.sandbox.control.settle(id, 'succeeded');
    await shop.sandbox.control.idle();
    assert.deepEqual(
      shop.webhooks.map(({ status }) => status),
      [200],
    );
    assert.deepEqual((await statusOf(shop, id)).details, [{ reference: 'S-1', amount: '10.00', status: 'succeeded' }]);
  });

  it('goes to a bank account abroad by its BIC', async () => {
    const shop = createOffice();
    const bank = {
      method: 'bank',
      country: 'PH',
      accountType: 'business',
      holderName: 'Maria Santos',
      accountNumber: '001234567891',
      bankName: 'HSBC Philippines',
      bic: 'HSBCPHMM',
    };
    const { json, status, text } = await pay(shop, [payout('S-1', bank, '100')]);
    assert.equal(status, 202, text);
    assert.equal(creations(shop)[0]?.way_type, 'BANK_TRANSFER');
    shop.sandbox.control.settle(String(json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    assert.equal((await statusOf(shop, json.requestId)).status, 'succeeded');
  });

  it('ends partly: each detail says how', async () => {
    const shop = createOffice();
    const { json } = await pay(shop, [payout('S-1'), payout('S-2')]);
    const id = String(json.requestId);
    shop.sandbox.control.settle(id, { 'S-1': 'succeeded', 'S-2': 'failed' });
    await shop.sandbox.control.idle();
    const { status, details } = await statusOf(shop, id);
    assert.equal(status, 'partly-succeeded');
    assert.deepEqual(
      (details as { reference: string; status: string; failure?: string }[]).map(({ reference, status: own }) => [
        reference,
        own,
      ]),
      [
        ['S-1', 'succeeded'],
        ['S-2', 'failed'],
      ],
    );
    assert.equal(shop.payouts.at(-1)?.type, 'payout.partly-succeeded');
    // What failed may be paid again; what was paid may not.
    assert.equal((await pay(shop, [payout('S-2')])).status, 202);
    assert.equal((await pay(shop, [payout('S-1')])).status, 409);
  });

  it('ends failed when the review rejects it', async () => {
    const shop = createOffice();
    const { json } = await pay(shop);
    shop.sandbox.control.reject(String(json.requestId), 'SECRET-UPSTREAM-TEXT');
    await shop.sandbox.control.idle();
    const answer = await shop.get(`/payouts/${String(json.requestId)}`);
    assert.deepEqual(answer.json.details, [
      { reference: 'S-1', amount: '10.00', status: 'failed', failure: 'review-rejected' },
    ]);
    assert.ok(!answer.text.includes('SECRET-UPSTREAM-TEXT'));
    assert.deepEqual(
      shop.payouts.map(({ type }) => type),
      ['payout.failed'],
    );
  });

  it('says what is wrong with a payout where the platform says it plainly, in our words', async () => {
    const shop = createOffice();
    const { json } = await pay(shop);
    shop.sandbox.control.reject(String(json.requestId), 'Beneficiary account name mismatch: PAYEE-NAME');
    await shop.sandbox.control.idle();
    const answer = await shop.get(`/payouts/${String(json.requestId)}`);
    assert.deepEqual(answer.json.details, [
      { reference: 'S-1', amount: '10.00', status: 'failed', failure: 'name-mismatch' },
    ]);
    assert.ok(!answer.text.includes('PAYEE-NAME'));
  });

  it('blames the channel, not the review, for a payout that was approved and failed before anyone asked', async () => {
    const shop = createOffice();
    const { json } = await pay(shop);
    shop.sandbox.control.settle(String(json.requestId), 'failed');
    await shop.sandbox.control.idle();
    const answer = await shop.get(`/payouts/${String(json.requestId)}`);
    assert.deepEqual(answer.json.details, [
      { reference: 'S-1', amount: '10.00', status: 'failed', failure: 'channel-failed' },
    ]);
  });

  it('tells of money that came back as an event of its own', async () => {
    const shop = createOffice();
    const { json } = await pay(shop);
    shop.sandbox.control.settle(String(json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    shop.sandbox.control.refund(String(json.requestId));
    await shop.sandbox.control.idle();
    assert.deepEqual(shop.payouts.map(({ type }) => type).slice(-2), ['payout.succeeded', 'payout.refunded']);
  });

  it('is not changed by notices that differ, are not confirmed, or are forged', async () => {
    const shop = createOffice();
    const { json } = await pay(shop);
    const [order] = shop.sandbox.control.payouts;
    const notice = {
      request_id: String(json.requestId),
      pay_order_id: order?.payOrderId,
      order_status: 'SUCCESS',
      currency: 'PHP',
      total_amount: '10.00',
      details: [{ mch_order_id: 'S-1', amount: '10.00', status: 'Succeeded' }],
    };
    const deliver = (body: Record<string, unknown>, secret = APP_SECRET) => {
      const signed = signTestWebhook(body, secret, { now: shop.clock.now });
      return ask(shop.proxy, '/webhooks/lesspay/payout', {
        method: 'POST',
        body: signed.body,
        headers: signed.headers,
      });
    };
    const refusals: [Record<string, unknown>, string][] = [
      [notice, 'not-confirmed'],
      [{ ...notice, total_amount: '1000.00' }, 'notice-mismatch'],
      [{ ...notice, currency: 'USD' }, 'notice-mismatch'],
      [{ ...notice, pay_order_id: 'P1' }, 'notice-mismatch'],
      [{ ...notice, details: [{ mch_order_id: 'S-2', amount: '10.00', status: 'Succeeded' }] }, 'notice-mismatch'],
      [{ ...notice, details: [{ mch_order_id: 'S-1', amount: '1.00', status: 'Succeeded' }] }, 'notice-mismatch'],
      [{ ...notice, order_status: 'PAID' }, 'invalid-request'],
      [{ ...notice, request_id: 'nobody' }, 'unknown-request'],
    ];
    for (const [body, code] of refusals) assert.equal((await deliver(body)).json.code, code, JSON.stringify(body));
    assert.equal((await deliver(notice, 'another-secret-0123456789')).json.code, 'invalid-signature');
    assert.equal((await statusOf(shop, json.requestId)).status, 'review');
    assert.deepEqual(shop.payouts, []);
  });

  it('runs onPayout again after a throw, and acknowledges a repeated notice without it', async () => {
    let throws = 1;
    const ids: string[] = [];
    const shop = createOffice({
      onPayout: ({ id }) => {
        ids.push(id);
        if (throws-- > 0) throw new Error('database is away');
      },
    });
    const { json } = await pay(shop);
    shop.sandbox.control.settle(String(json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    await shop.sandbox.control.flush();
    shop.sandbox.control.resend(String(json.requestId));
    await shop.sandbox.control.idle();
    assert.deepEqual(
      shop.webhooks.map(({ status }) => status),
      [500, 200, 200],
    );
    assert.deepEqual(ids, [`payout.succeeded:${String(json.requestId)}`, `payout.succeeded:${String(json.requestId)}`]);
  });

  it('takes a LeanX callback that is signed with the key that is being replaced, and says so in the log', async () => {
    const hashKey = ['current-key-0123456789', HASH_KEY];
    const leanx = { authToken: AUTH_TOKEN, hashKey, environment: { baseUrl: UPSTREAM }, poolReference: 'VA-1-PAYOUT' };
    const shop = createOffice({ leanx });
    const { json } = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
    shop.sandbox.control.settle(String(json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    assert.deepEqual(
      shop.webhooks.map(({ status }) => status),
      [200],
    );
    const used = shop.logs.filter(({ event }) => event === 'previous-secret-used');
    assert.deepEqual(used, [{ event: 'previous-secret-used', kind: 'leanx', secretIndex: 1 }]);
  });

  it('refuses a LeanX callback that is forged or unsigned', async () => {
    const shop = createOffice();
    const send = (body: string) => ask(shop.proxy, '/webhooks/leanx', { method: 'POST', body });
    assert.equal((await send('{}')).status, 400);
    assert.equal((await send('not json')).status, 400);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"a":1}').toString('base64url')}.`;
    assert.equal((await send(JSON.stringify({ data: unsigned }))).json.code, 'invalid-signature');
  });
});
