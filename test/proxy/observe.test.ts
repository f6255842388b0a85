import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import {
  ALARMS,
  createSigningProxy,
  type PayinEvent,
  type ProxyEvent,
  type SigningProxyOptions,
  signTestWebhook,
  WARNINGS,
} from 'lesspay-elements/proxy';
import {
  APP_ID,
  APP_SECRET,
  ask,
  assertNothingLeaked,
  AUTH_TOKEN,
  createShop,
  HASH_KEY,
  post,
  PRICED,
  type Shop,
} from './fixture.ts';
import { createOffice, GCASH, MAYBANK, newKey, pay, payout, PIX } from './office.ts';

after(assertNothingLeaked);

const PAYIN_NOTICE = '/webhooks/lesspay/payin';
const CREATE = 'pay/create-order';

type Of<T extends ProxyEvent['type']> = Extract<ProxyEvent, { type: T }>;

/** The events of one type. */
function of<T extends ProxyEvent['type']>(events: readonly ProxyEvent[], type: T): Of<T>[] {
  return events.filter((event): event is Of<T> => event.type === type);
}

/** A shop whose events are kept. */
function watched(options: Parameters<typeof createOffice>[0] = {}, settings: Parameters<typeof createOffice>[1] = {}) {
  const events: ProxyEvent[] = [];
  const shop = createOffice({ observe: (event) => void events.push(event), ...options }, settings);
  return { shop, events };
}

function deliver(shop: Shop, body: Record<string, unknown>, secret = APP_SECRET, proxy = shop.proxy) {
  const signed = signTestWebhook(body, secret, { now: shop.clock.now });
  return ask(proxy, PAYIN_NOTICE, { method: 'POST', body: signed.body, headers: signed.headers });
}

async function openPayin(shop: Shop) {
  const { json } = await shop.post('/payins', { order: 'ORD-1' });
  const requestId = String(json.requestId);
  return {
    requestId,
    notice: {
      request_id: requestId,
      pay_order_id: String(json.payOrderId),
      order_status: 'SUCCEED',
      order_status_int: 2,
      target_amount: '100.00',
      target_currency: 'PHP',
      api_version: 'v2',
    },
  };
}

describe('observe', () => {
  it('is told of a payment from the click to the hook, with routes, outcomes and durations', async () => {
    const { shop, events } = watched();
    const { requestId } = await openPayin(shop);
    shop.sandbox.control.settle(requestId, 'succeeded');
    await shop.sandbox.control.idle();
    const brief = events.map((event) => {
      if (event.type === 'request') return `${event.method} ${event.route} ${event.status}`;
      if (event.type === 'upstream-call') return `${event.upstream} ${event.operation} ${event.outcome}`;
      if (event.type === 'hook') return `hook ${event.name} ${event.outcome}`;
      if (event.type === 'webhook') return `webhook ${event.kind} ${event.verdict} by ${event.secretIndex}`;
      return event.type;
    });
    assert.deepEqual(brief, [
      'hook payin.resolveOrder ok',
      'lesspay create-payin ok',
      'POST create-payin 201',
      'lesspay query-payin ok',
      'hook onPayin ok',
      'webhook payin accepted by 0',
      'POST lesspay-payin-notice 200',
    ]);
    for (const event of events) {
      assert.equal(event.level, 'info');
      assert.equal(event.at, '2026-11-20T21:33:17.000Z');
      if ('durationMs' in event) assert.ok(event.durationMs >= 0 && event.durationMs < 5_000);
    }
    assert.deepEqual(of(events, 'upstream-call')[0], {
      type: 'upstream-call',
      upstream: 'lesspay',
      operation: 'create-payin',
      outcome: 'ok',
      failure: undefined,
      httpStatus: 200,
      upstreamCode: '0',
      attempt: 1,
      durationMs: of(events, 'upstream-call')[0]?.durationMs,
      at: '2026-11-20T21:33:17.000Z',
      level: 'info',
    });
    assert.deepEqual(of(events, 'webhook')[0], {
      type: 'webhook',
      kind: 'payin',
      verdict: 'accepted',
      secretIndex: 0,
      requestId,
      noticed: 'paid',
      stored: 'pending',
      at: '2026-11-20T21:33:17.000Z',
      level: 'info',
    });
  });

  it('counts every sending of one id, and says when nobody knows the outcome', async () => {
    const { shop, events } = watched();
    shop.sandbox.control.fail({ path: CREATE, how: '502', times: 2 });
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(answer.json.code, 'outcome-unknown');
    const sent = of(events, 'upstream-call').filter(({ operation }) => operation === 'create-payin');
    assert.deepEqual(
      sent.map(({ attempt, outcome, failure, httpStatus, level }) => [attempt, outcome, failure, httpStatus, level]),
      [
        [1, 'unknown', 'not-json', 502, 'warn'],
        [2, 'unknown', 'not-json', 502, 'warn'],
      ],
    );
    assert.deepEqual(
      of(events, 'unknown-outcome').map(({ kind, requestId }) => [kind, requestId]),
      [['payin', answer.json.requestId]],
    );
    const [request] = of(events, 'request');
    assert.deepEqual(
      [request?.status, request?.code, request?.requestId, request?.level],
      [503, 'outcome-unknown', answer.json.requestId, 'error'],
    );
  });

  it('raises an alarm at 30010, another payout under our id', async () => {
    let times = 0;
    const { shop, events } = watched(
      {},
      {
        upstream: async (request, next) => {
          if (!request.url.endsWith('/batch/create-order')) return next(request);
          times += 1;
          return Response.json({ code: 30010, msg: 'conflict' });
        },
      },
    );
    const { json } = await pay(shop);
    assert.equal(json.status, 'unknown');
    assert.equal(times, 1);
    assert.deepEqual(
      of(events, 'alarm').map(({ name, requestId, upstreamCode, level }) => [name, requestId, upstreamCode, level]),
      [['payout-id-conflict', json.requestId, '30010', 'error']],
    );
    assert.deepEqual(
      of(events, 'unknown-outcome').map(({ kind }) => kind),
      ['payout'],
    );
    assert.equal(of(events, 'upstream-call').find(({ attempt }) => attempt !== undefined)?.attempt, 1);
  });

  it('judges every notice: accepted, stale, risk and refused, and names the secret that signed', async () => {
    const previous = 'previous-secret-0123456789';
    const { shop, events } = watched({
      lesspay: {
        appId: APP_ID,
        appSecret: [APP_SECRET, previous],
        environment: { baseUrl: 'http://localhost:4010' },
      },
      payin: { resolveOrder: () => PRICED, confirmByQuery: false },
    });
    const { notice } = await openPayin(shop);
    await deliver(shop, { ...notice, event: 'dispute_received' });
    await deliver(shop, notice, previous);
    await deliver(shop, notice);
    await deliver(shop, notice, 'a-strangers-secret-0000');
    await deliver(shop, { ...notice, target_currency: 'EUR' });
    assert.deepEqual(
      of(events, 'webhook').map(({ verdict, secretIndex, code, level }) => [verdict, secretIndex, code, level]),
      [
        ['risk', 0, undefined, 'info'],
        ['accepted', 1, undefined, 'info'],
        ['stale', 0, undefined, 'info'],
        ['refused', undefined, 'invalid-signature', 'warn'],
        ['refused', undefined, 'notice-mismatch', 'warn'],
      ],
    );
    assert.deepEqual(
      of(events, 'alarm').map(({ name, member, source }) => [name, member, source]),
      [['payin-mismatch', 'currency', 'notice']],
    );
  });

  it('is told of hooks that throw, take too long or refuse, and of the end of those nobody waited for', async () => {
    let onPayin: (event: PayinEvent) => void | Promise<void> = () => {
      throw new Error('no database');
    };
    const { shop, events } = watched({
      hookTimeoutMs: 30,
      payin: { resolveOrder: () => PRICED, confirmByQuery: false },
      onPayin: (event) => onPayin(event),
    });
    const { notice } = await openPayin(shop);
    assert.equal((await deliver(shop, notice)).status, 500);
    onPayin = () => new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal((await deliver(shop, notice)).status, 500);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const hooks = of(events, 'hook').filter(({ name }) => name === 'onPayin');
    assert.deepEqual(
      hooks.map(({ outcome, eventId, level }) => [outcome, eventId, level]),
      [
        ['failed', `payin.paid:${notice.request_id}`, 'error'],
        ['timeout', `payin.paid:${notice.request_id}`, 'error'],
        ['ok', `payin.paid:${notice.request_id}`, 'info'],
      ],
    );
    assert.ok((hooks[2]?.durationMs ?? 0) >= 50);
  });

  it('is told of each run of reconcile', async () => {
    const { shop, events } = watched();
    const { requestId } = await openPayin(shop);
    shop.sandbox.control.settle(requestId, 'succeeded', { webhook: 'never' });
    shop.clock.now += 300_000;
    await shop.proxy.reconcile();
    const [run] = of(events, 'reconcile');
    assert.deepEqual([run?.checked, run?.moved, run?.failed, run?.level], [1, 1, 0, 'info']);
  });

  it('raises an alarm at a body parser before the proxy', async () => {
    const { shop, events } = watched();
    const request = new Request('https://shop.example/lesspay/payins', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: '{"order":"ORD-1"}',
    });
    await request.text();
    assert.equal((await shop.proxy.fetch(request)).status, 500);
    assert.deepEqual(
      of(events, 'alarm').map(({ name, level }) => [name, level]),
      [['body-parser-found', 'error']],
    );
  });

  it('knows paths and methods that nobody has only as none and other', async () => {
    const { shop, events } = watched();
    await ask(shop.proxy, '/payins/09171234567/x', { method: 'PUT' });
    await ask(shop.proxy, '/payins', { method: 'MARIA' });
    assert.deepEqual(
      of(events, 'request').map(({ route, method, status }) => [route, method, status]),
      [
        ['none', 'other', 404],
        ['none', 'other', 405],
      ],
    );
  });

  it('never sees personal data, amounts, references, texts or secrets, whatever happens', async () => {
    const marks = {
      order: 'ORD-MARK-ORDER',
      reference: 'MARK-REFERENCE',
      operator: 'mark-operator@office.example',
      cookie: 'MARK-COOKIE',
      error: 'MARK-ERROR 4111111111111111 mark-shopper@mail.example',
      amount: '4321.09',
      name: GCASH.holderName,
      account: GCASH.accountNumber,
      tax: PIX.depositKey,
      malaysian: MAYBANK.accountNumber,
      malaysianName: MAYBANK.holderName,
    };
    let isBroken = false;
    const { shop, events } = watched(
      {
        payin: {
          resolveOrder: (order) => {
            if (isBroken) throw new Error(marks.error);
            return { ...PRICED, amount: marks.amount, productName: `${marks.name} ${order}` };
          },
        },
        onPayin: () => {
          if (isBroken) throw new Error(`${marks.error} ${APP_SECRET}`);
        },
      },
      { sandbox: { reviewDelayMs: 0 } },
    );
    const headers = { cookie: marks.cookie, 'x-operator': marks.operator };
    const recipients = [GCASH, PIX, MAYBANK] as const;
    const currencies = ['PHP', 'BRL', 'MYR'] as const;
    const keys: string[] = [];
    for (const how of [undefined, 'accept-then-reset', '502', 'html', 'reset'] as const) {
      if (how) shop.sandbox.control.fail({ path: 'order', how, times: 2 });
      await shop.post('/payins', { order: `${marks.order}-${how}` }, headers);
      for (const [index, recipient] of recipients.entries()) {
        const key = newKey();
        keys.push(key);
        if (how) shop.sandbox.control.fail({ path: 'create', how });
        const body = payout(`${marks.reference}-${how}-${index}`, recipient, marks.amount);
        await pay(shop, [body], { currency: currencies[index] ?? 'PHP', key, headers });
      }
    }
    await shop.post('/leanx/account-checks', { bankId: 1, accountNumber: marks.malaysian, name: marks.malaysianName });
    await shop.post('/payins', { order: marks.order, [marks.name]: marks.account }, headers);
    await shop.post('/payouts', { currency: 'PHP', payouts: [{ ...payout(), note: marks.account }] });
    await pay(shop, [payout(marks.reference, { ...GCASH, accountNumber: '4111111111111111' })]);
    await shop.get(`/payins/${marks.account}`);
    await shop.get(`/banks?country=${marks.name}&currency=${marks.account}`);
    const { requestId, notice } = await openPayin(shop);
    isBroken = true;
    shop.sandbox.control.settle(requestId, 'succeeded');
    await shop.post('/payins', { order: `${marks.order}-broken` }, headers);
    await deliver(shop, { ...notice, product_name: marks.name, target_amount: marks.amount });
    await deliver(shop, { ...notice, request_id: marks.account }, 'a-strangers-secret-0000');
    await deliver(shop, { ...notice, request_id: marks.account });
    isBroken = false;
    shop.clock.now += 600_000;
    await shop.sandbox.control.clock.advance(0);
    await shop.sandbox.control.flush();
    await shop.proxy.reconcile({ olderThanMs: 0 });

    const kinds = new Set(events.map(({ type }) => type));
    for (const type of [
      'request',
      'upstream-call',
      'webhook',
      'hook',
      'reconcile',
      'unknown-outcome',
      'warning',
    ] as const) {
      assert.ok(kinds.has(type), `the flows make no event of type ${type}`);
    }
    assert.ok(events.length > 100, `${events.length} events`);
    const forbidden = [...Object.values(marks), ...keys, '4111111111111111', APP_SECRET, HASH_KEY, AUTH_TOKEN, APP_ID];
    for (const event of events) {
      const json = JSON.stringify(event);
      for (const mark of forbidden) assert.ok(!json.includes(mark), `${mark} is in ${json}`);
      assert.doesNotMatch(json, /[0-9A-F]{64}|&key=|https?:|MARK/i);
      for (const value of Object.values(event)) {
        assert.ok(['string', 'number', 'boolean', 'undefined'].includes(typeof value), `${json} is flat`);
        if (typeof value === 'string') assert.match(value, /^[\w.:-]{1,80}$/, json);
      }
    }
  });

  it('harms no request by throwing, rejecting, never ending or being slow, and the log says so once', async () => {
    for (const observe of [
      () => {
        throw new Error('no meter');
      },
      () => Promise.reject(new Error('no meter')),
      () => new Promise(() => undefined),
      () => {
        const until = performance.now() + 5;
        while (performance.now() < until);
      },
    ]) {
      const shop = createShop({ options: { observe } });
      const { requestId } = await openPayin(shop);
      shop.sandbox.control.settle(requestId, 'succeeded');
      await shop.sandbox.control.idle();
      assert.equal(shop.payins.length, 1);
      assert.equal((await shop.get(`/payins/${requestId}`)).json.status, 'paid');
      const failures = shop.logs.filter(({ event }) => event === 'observer-failed').length;
      assert.equal(failures, String(observe).includes('no meter') ? 1 : 0);
    }
  });

  it('leaves the log lines as they are, and costs nothing when it is not set', async () => {
    const lines = async (options: Partial<SigningProxyOptions>) => {
      const shop = createShop({ options });
      const { requestId } = await openPayin(shop);
      shop.sandbox.control.settle(requestId, 'succeeded');
      await shop.sandbox.control.idle();
      return shop.logs.map(({ event }) => event);
    };
    assert.deepEqual(await lines({ observe: () => undefined }), await lines({}));
    const clock = { reads: 0 };
    const proxy = createSigningProxy({
      lesspay: { appId: APP_ID, appSecret: APP_SECRET, environment: { baseUrl: 'http://localhost:4010' } },
      publicUrl: 'https://shop.example',
      payin: { resolveOrder: () => null },
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      now: () => {
        clock.reads += 1;
        return 0;
      },
    });
    const before = clock.reads;
    await post(proxy, '/payins', { order: 'X' });
    assert.equal(clock.reads, before, 'no event was stamped');
  });

  it('has a name for every warning and error in the sources', () => {
    const files = readdirSync('src/proxy', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const names = files.flatMap((file) => {
      const source = readFileSync(`src/proxy/${file}`, 'utf8');
      return [...source.matchAll(/(?:logger|lines)\.(?:warn|error)\(\{\s*event: '([^']+)'/g)].map(
        (match) => match[1] ?? '',
      );
    });
    const journal = readFileSync('src/proxy/journal/journal.ts', 'utf8');
    const known = new Set<string>([...ALARMS, ...WARNINGS]);
    assert.ok(names.length > 20, `${names.length} names`);
    assert.deepEqual(
      names.filter((name) => !known.has(name) && !journal.includes(`'${name}'`)),
      [],
      'add the name to ALARMS or WARNINGS in src/proxy/journal/proxy-event.ts',
    );
  });
});
