import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { memoryStore, type ReconcileReport, signTestWebhook, type Store } from 'lesspay-elements/proxy';
import { APP_SECRET, ask, assertNothingLeaked, createShop, NOW, post, type Shop } from './fixture.ts';
import { createOffice, creations, MAYBANK, newKey, pay, payout, statusOf } from './office.ts';

after(assertNothingLeaked);

const MINUTE = 60_000;
const CREATE = 'batch/create-order';
const QUERY = 'payout/query';

function counts({ checked, moved, waiting, busy, failed }: ReconcileReport): number[] {
  return [checked, moved, waiting, busy, failed];
}

function queries(shop: Shop, path = QUERY): number {
  return shop.sandbox.control.requests.filter((request) => request.path.endsWith(path)).length;
}

function ids(shop: Shop): Set<unknown> {
  return new Set(creations(shop).map(({ request_id, external_invoice_ref }) => request_id ?? external_invoice_ref));
}

/** A store, and the view of it that a process has until it dies: from then on nothing comes back, nor is it written. */
function dyingStore(shop: () => Shop, dies: (value: Record<string, unknown>) => boolean = () => false) {
  const store = memoryStore({ now: () => shop().clock.now });
  const process = { isDead: false };
  const dying: Store = {
    ...store,
    replace: (key, version, value, options) => {
      if (dies(value as Record<string, unknown>)) process.isDead = true;
      return process.isDead ? new Promise<boolean>(() => undefined) : store.replace(key, version, value, options);
    },
  };
  return { store, dying, process };
}

describe('reconcile, for payouts', () => {
  it('sends what never reached the platform again under the same id', async () => {
    const shop = createOffice();
    shop.sandbox.control.fail({ path: CREATE, how: '502', times: 2 });
    const { json } = await pay(shop);
    assert.equal((await statusOf(shop, json.requestId)).status, 'unknown');
    assert.deepEqual(counts(await shop.proxy.reconcile()), [0, 0, 0, 0, 0], 'it is too young');
    shop.clock.now += 2 * MINUTE;
    assert.deepEqual(counts(await shop.proxy.reconcile()), [1, 1, 0, 0, 0]);
    assert.equal((await statusOf(shop, json.requestId)).status, 'review');
    assert.deepEqual([ids(shop).size, shop.sandbox.control.payouts.length], [1, 1]);
  });

  it('finds what the platform has taken and nobody heard of', async () => {
    const shop = createOffice();
    shop.sandbox.control.fail({ path: CREATE, how: 'accept-then-reset' });
    shop.sandbox.control.fail({ path: QUERY, how: 'html' });
    const { json } = await pay(shop);
    assert.equal(json.status, 'unknown');
    shop.clock.now += 2 * MINUTE;
    assert.equal((await shop.proxy.reconcile()).moved, 1);
    assert.equal((await statusOf(shop, json.requestId)).status, 'review');
    assert.equal(creations(shop).length, 1);
  });

  it('ends a payout whose process died before sending, without paying and without a word to the hook', async () => {
    const { store, dying } = dyingStore(
      () => shop,
      (value) => 'sentAt' in value,
    );
    const shop: Shop = createOffice({ store });
    const doomed = shop.replica({ store: dying, answerTimeoutMs: 50 });
    const key = newKey();
    const body = { currency: 'PHP', payouts: [payout()] };
    const lost = await post(doomed, '/payouts', body, { 'idempotency-key': key });
    assert.equal(lost.json.code, 'outcome-unknown');
    shop.clock.now += 2 * MINUTE;
    assert.deepEqual(counts(await shop.proxy.reconcile()), [1, 1, 0, 0, 0]);
    assert.equal(creations(shop).length, 0);
    assert.deepEqual(shop.payouts, []);
    const again = await pay(shop, [payout()], { key });
    assert.deepEqual([again.status, again.json.status], [202, 'closed']);
    const status = await statusOf(shop, again.json.requestId);
    assert.deepEqual([status.status, status.final], ['closed', true]);
    assert.equal((await pay(shop)).json.status, 'review');
    assert.equal(creations(shop).length, 1);
  });

  it('goes on with a payout whose process died before the answer came, be it sent or not', async () => {
    for (const [name, reached] of [
      ['between writing and sending', false],
      ['between sending and answer', true],
    ] as const) {
      const { store, dying, process } = dyingStore(() => shop);
      const shop: Shop = createOffice({ store });
      const doomed = shop.replica({
        store: dying,
        upstreamTimeoutMs: 1_000,
        answerTimeoutMs: 50,
        fetch: async (input, init) => {
          process.isDead = true;
          if (reached) await shop.sandbox.fetch(new Request(input, init));
          return new Promise<Response>(() => undefined);
        },
      });
      await post(doomed, '/payouts', { currency: 'PHP', payouts: [payout()] }, { 'idempotency-key': newKey() });
      assert.equal((await shop.proxy.reconcile({ olderThanMs: 0 })).busy, 1, name);
      shop.clock.now += 2 * MINUTE;
      assert.equal((await shop.proxy.reconcile()).moved, 1, name);
      assert.deepEqual([ids(shop).size, shop.sandbox.control.payouts.length], [1, 1], name);
    }
  });

  it('follows a payout whose notices are lost, and tells of each status once, from two replicas at the same time', async () => {
    const shop = createOffice({}, { sandbox: { deliver: () => Promise.reject(new TypeError('no route')) } });
    const other = shop.replica();
    const { json } = await pay(shop);
    const id = String(json.requestId);
    const both = async () => {
      shop.clock.now += 2 * MINUTE;
      return Promise.all([shop.proxy.reconcile(), other.reconcile()]);
    };
    shop.sandbox.control.approve(id);
    const reports = await both();
    assert.equal(
      reports.reduce((sum, { moved }) => sum + moved, 0),
      1,
    );
    assert.equal(queries(shop), 1);
    shop.sandbox.control.settle(id, 'succeeded');
    await both();
    assert.equal((await statusOf(shop, id)).status, 'succeeded');
    assert.deepEqual(
      shop.payouts.map(({ id: event }) => event),
      [`payout.processing:${id}`, `payout.succeeded:${id}`],
    );
    assert.deepEqual(counts((await both())[0]), [0, 0, 0, 0, 0]);
  });

  it('asks about a payout in review ever less often, and soon again once it has moved', async () => {
    const shop = createOffice();
    const { json } = await pay(shop);
    const asked: number[] = [];
    for (let second = 0; second < 4_000; second += 1) {
      shop.clock.now += 1_000;
      const before = queries(shop);
      await shop.proxy.reconcile({ olderThanMs: 0 });
      if (queries(shop) > before) asked.push(second + 1);
    }
    assert.deepEqual(asked, [1, 6, 21, 66, 201, 606, 1821]);
    shop.sandbox.control.approve(String(json.requestId));
    shop.clock.now = NOW + 2 * 3_600_000;
    assert.deepEqual(counts(await shop.proxy.reconcile({ olderThanMs: 0 })), [1, 1, 0, 0, 0]);
    shop.clock.now += 1_000;
    assert.deepEqual(counts(await shop.proxy.reconcile({ olderThanMs: 0 })), [1, 0, 1, 0, 0]);
    assert.equal((await statusOf(shop, json.requestId)).status, 'processing');
  });

  it('does not send a Malaysian payout again before LeanX has denied it for an hour, and then under the same reference', async () => {
    const shop = createOffice();
    shop.sandbox.control.fail({ path: 'create-payout-invoice', how: '502', times: 1 });
    const { json } = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
    for (let minute = 0; minute < 59; minute += 1) {
      shop.clock.now += MINUTE;
      await shop.proxy.reconcile();
    }
    assert.equal(creations(shop).length, 1);
    shop.clock.now += 3_600_000;
    assert.equal((await shop.proxy.reconcile()).moved, 1);
    assert.deepEqual([creations(shop).length, ids(shop).size], [2, 1]);
    assert.deepEqual([...ids(shop)], [json.requestId]);
  });

  it('never sends a Malaysian payout again by itself where the shop wants it so', async () => {
    const shop = createOffice();
    const leanx = {
      authToken: 'LP-00000000-MM|7394e58e-edee-4c42-9ca5-bcbc449f1b9f|00000000000000000000',
      hashKey: '00000000000000000000',
      environment: { baseUrl: 'http://localhost:4010' },
      poolReference: 'VA-8F9FD0-132317969417-PAYOUT',
      denialAfterMs: Infinity,
    };
    const patient = createOffice(
      { leanx },
      { sandbox: { leanx: { authToken: leanx.authToken, hashKey: leanx.hashKey } } },
    );
    patient.sandbox.control.fail({ path: 'create-payout-invoice', how: '502', times: 1 });
    await pay(patient, [payout('S-1', MAYBANK)], { currency: 'MYR' });
    patient.clock.now += 86_400_000;
    assert.equal((await patient.proxy.reconcile()).waiting, 1);
    assert.equal(creations(patient).length, 1);
    assert.equal(creations(shop).length, 0);
  });

  it('raises an alarm and sends nothing more when the platform has another payout under our id', async () => {
    const errors: unknown[] = [];
    const quiet = () => undefined;
    let isTaken = true;
    const shop = createOffice(
      { logger: { info: quiet, warn: quiet, error: ({ event }) => errors.push(event) } },
      {
        upstream: (request, next) =>
          request.url.endsWith(CREATE) && isTaken
            ? Promise.resolve(Response.json({ code: 30010, msg: 'conflict', data: null }))
            : next(request),
      },
    );
    const { json } = await pay(shop);
    assert.equal(json.status, 'unknown');
    assert.deepEqual(errors, ['payout-id-conflict']);
    isTaken = false;
    for (let hour = 0; hour < 5; hour += 1) {
      shop.clock.now += 3_600_000;
      assert.equal((await shop.proxy.reconcile()).waiting, 1);
    }
    assert.equal(shop.sandbox.control.payouts.length, 0);
    assert.equal((await statusOf(shop, json.requestId)).status, 'unknown');
  });

  it('does not take the refusal of a second request for the end, before the first can no longer arrive', async () => {
    let late: Request | undefined;
    const shop = createOffice(
      { upstreamTimeoutMs: 100 },
      {
        upstream: async (request, next) => {
          if (!request.url.endsWith(CREATE)) return next(request);
          if (late) return Response.json({ code: 30001, msg: 'unsupported', data: null });
          late = request.clone();
          throw new TypeError('reset');
        },
      },
    );
    const { json } = await pay(shop);
    assert.equal(json.status, 'unknown');
    shop.clock.now += MINUTE;
    assert.equal((await shop.proxy.reconcile({ olderThanMs: 0 })).waiting, 1);
    // The first request was on its way all the time.
    assert.ok(late);
    await shop.sandbox.fetch(late);
    shop.clock.now += 5 * MINUTE;
    assert.equal((await shop.proxy.reconcile({ olderThanMs: 0 })).moved, 1);
    assert.equal((await statusOf(shop, json.requestId)).status, 'review');

    late = undefined;
    const lost = await pay(shop, [payout('S-2')]);
    shop.clock.now += 5 * MINUTE;
    assert.equal((await shop.proxy.reconcile({ olderThanMs: 0 })).moved >= 1, true);
    const status = await statusOf(shop, lost.json.requestId);
    assert.deepEqual([status.status, status.final], ['failed', true]);
  });

  it('goes on after one that cannot be asked for, and stops where it is told to', async () => {
    const shop = createOffice();
    for (let index = 0; index < 12; index += 1) await pay(shop, [payout(`S-${index}`)]);
    shop.clock.now += 2 * MINUTE;
    shop.sandbox.control.fail({ path: QUERY, how: '502', times: 1 });
    const some = await shop.proxy.reconcile({ limit: 5 });
    assert.deepEqual([...counts(some), some.more], [5, 0, 4, 0, 1, true]);
    const stopped = await shop.proxy.reconcile({ signal: AbortSignal.abort() });
    assert.deepEqual([stopped.checked, stopped.more], [0, true]);
    const rest = await shop.proxy.reconcile();
    assert.deepEqual([rest.checked, rest.more], [7, false]);
    for (const limit of [Number.NaN, -1, 0.5, Infinity]) await assert.rejects(shop.proxy.reconcile({ limit }), /limit/);
  });

  it('says what is missing in a store that cannot list what is open', async () => {
    const store = memoryStore();
    delete store.due;
    const shop = createOffice({ store });
    await assert.rejects(shop.proxy.reconcile(), /^ConfigError: store:/);
  });
});

describe('reconcile, for payments', () => {
  it('sees a payment whose notice was lost, and tells the shop once', async () => {
    const shop = createShop();
    const other = shop.replica();
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    shop.sandbox.control.settle(String(json.requestId), 'succeeded', { webhook: 'never' });
    shop.clock.now += 2 * MINUTE;
    await Promise.all([shop.proxy.reconcile(), other.reconcile()]);
    assert.deepEqual(
      shop.payins.map(({ id }) => id),
      [`payin.paid:${String(json.requestId)}`],
    );
    assert.equal(queries(shop, 'pay/query-order'), 1);
  });

  it('closes quietly what was never opened, and with an event what somebody was sent to', async () => {
    const shop = createShop({
      upstream: async (request, next) => {
        if (!request.url.endsWith('query-order')) return next(request);
        return Response.json({ code: 1202, msg: 'data not found', data: null });
      },
    });
    shop.sandbox.control.fail({ path: 'pay/create-order', how: '502', times: 2 });
    const never = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(never.json.code, 'outcome-unknown');
    const opened = await shop.post('/payins', { order: 'ORD-2' });
    assert.equal(opened.status, 201);
    shop.clock.now += 10 * MINUTE;
    assert.deepEqual(counts(await shop.proxy.reconcile()), [2, 0, 2, 0, 0]);
    shop.clock.now += 60 * MINUTE;
    assert.deepEqual(counts(await shop.proxy.reconcile()), [2, 2, 0, 0, 0]);
    assert.deepEqual(
      shop.payins.map(({ id }) => id),
      [`payin.closed:${String(opened.json.requestId)}`],
    );
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).status, 201);
  });

  it('is not kept waiting by many open payouts, nor keeps them waiting', async () => {
    const shop = createOffice();
    await pay(shop, [payout('S-1')]);
    await pay(shop, [payout('S-2')]);
    await shop.post('/payins', { order: 'ORD-1' });
    await shop.post('/payins', { order: 'ORD-2' });
    shop.clock.now += 2 * MINUTE;
    const { checked, more } = await shop.proxy.reconcile({ limit: 2 });
    assert.deepEqual([checked, more], [2, true]);
    assert.deepEqual([queries(shop), queries(shop, 'pay/query-order')], [1, 1]);
    assert.equal((await shop.proxy.reconcile({ limit: 2 })).more, false);
    assert.deepEqual([queries(shop), queries(shop, 'pay/query-order')], [2, 2]);
  });

  it('tries a hook that failed again', async () => {
    let fails = 1;
    const seen: string[] = [];
    const shop = createShop({
      options: {
        onPayin: ({ id }) => {
          seen.push(id);
          if (fails-- > 0) throw new Error('database is away');
        },
      },
    });
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    shop.sandbox.control.settle(String(json.requestId), 'succeeded', { webhook: 'never' });
    shop.clock.now += 2 * MINUTE;
    assert.equal((await shop.proxy.reconcile()).failed, 1);
    shop.clock.now += 2 * MINUTE;
    assert.equal((await shop.proxy.reconcile()).moved, 1);
    assert.deepEqual(seen, [`payin.paid:${String(json.requestId)}`, `payin.paid:${String(json.requestId)}`]);
  });
});

describe('an order with two payments', () => {
  it('is paid once the earlier one is, and offers the later one no more', async () => {
    let isClosedByPlatform = false;
    const shop = createShop({
      // The sandbox closes what has expired; a platform that does not is played by changing its answer.
      upstream: async (request, next) => {
        const response = await next(request);
        if (!request.url.endsWith('query-order') || isClosedByPlatform) return response;
        const text = (await response.text())
          .replaceAll('"CLOSED"', '"PENDING_PAY"')
          .replaceAll(/"order_status_int":6/g, '"order_status_int":1');
        return new Response(text, response);
      },
    });
    const first = await shop.post('/payins', { order: 'ORD-1' });
    shop.clock.now += 41 * MINUTE;
    const second = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual([second.status, second.json.requestId === first.json.requestId], [201, false]);
    isClosedByPlatform = true;
    shop.sandbox.control.settle(String(first.json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    const third = await shop.post('/payins', { order: 'ORD-1' });
    assert.deepEqual(
      [third.status, third.json.code, third.json.requestId],
      [409, 'order-already-paid', first.json.requestId],
    );
  });

  it('is fulfilled once when both are paid, over two proxies at once and again a day later', async () => {
    const shop = createShop();
    const other = shop.replica();
    const first = await shop.post('/payins', { order: 'ORD-1' });
    // Called failed, so that the order gets another payment, and paid after all.
    shop.sandbox.control.settle(String(first.json.requestId), 'failed');
    await shop.sandbox.control.idle();
    const second = await shop.post('/payins', { order: 'ORD-1' });
    assert.notEqual(second.json.requestId, first.json.requestId);
    shop.payins.length = 0;
    const notices = [first, second].map(({ json }) => {
      shop.sandbox.control.settle(String(json.requestId), 'succeeded', { webhook: 'never' });
      return {
        request_id: json.requestId,
        pay_order_id: json.payOrderId,
        order_status: 'SUCCEED',
        order_status_int: 2,
        target_amount: '100.00',
        target_currency: 'PHP',
        api_version: 'v2',
      };
    });
    for (let day = 0; day < 2; day += 1) {
      const answers = await Promise.all(
        notices.map((notice, index) => {
          const { body, headers } = signTestWebhook(notice, APP_SECRET, { now: shop.clock.now });
          const path = '/webhooks/lesspay/payin';
          return ask(index === day ? other : shop.proxy, path, { method: 'POST', body, headers });
        }),
      );
      assert.deepEqual(
        answers.map(({ text }) => text),
        ['SUCCESS', 'SUCCESS'],
      );
      shop.clock.now += 86_400_000;
    }
    assert.deepEqual(shop.payins.map(({ type }) => type).sort(), ['payin.paid', 'payin.paid-twice']);
    const paid = shop.payins.find(({ type }) => type === 'payin.paid');
    const twice = shop.payins.find(({ type }) => type === 'payin.paid-twice');
    assert.ok(paid && twice);
    assert.equal(twice.id, `payin.paid-twice:${twice.requestId}`);
    assert.deepEqual([twice.firstRequestId, paid.firstRequestId], [paid.requestId, undefined]);
    const alarms = shop.logs.filter(({ event }) => event === 'payin-paid-twice');
    assert.deepEqual(
      alarms.map(({ requestId }) => requestId),
      [twice.requestId],
    );
  });
});
