import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { memoryStore, signTestWebhook } from 'lesspay-elements/proxy';
import { type Answer, APP_SECRET, ask, assertNothingLeaked, createShop, NOW, PRICED, type Shop } from './fixture.ts';

after(assertNothingLeaked);

const PATH = '/webhooks/lesspay/payin';

/** A shop with one open payment, and the clean notice that would settle it. */
async function withPayin(settings: Parameters<typeof createShop>[0] = {}) {
  const shop = createShop(settings);
  const { json } = await shop.post('/payins', { order: 'ORD-1' });
  const requestId = String(json.requestId);
  const notice = {
    request_id: requestId,
    pay_order_id: String(json.payOrderId),
    order_status: 'SUCCEED',
    order_status_int: 2,
    target_amount: '100.00',
    target_currency: 'PHP',
    product_name: 'Tea',
    api_version: 'v2',
  };
  return { shop, requestId, notice };
}

/** Signs and delivers a notice as the platform would. */
function deliver(shop: Shop, body: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Answer> {
  const signed = signTestWebhook(body, APP_SECRET, { now: shop.clock.now });
  return ask(shop.proxy, PATH, { method: 'POST', body: signed.body, headers: { ...signed.headers, ...headers } });
}

/** Settles the order upstream without telling the proxy. */
function settleSilently(shop: Shop, requestId: string, outcome: 'succeeded' | 'failed' | 'closed' = 'succeeded'): void {
  shop.sandbox.control.settle(requestId, outcome, { webhook: 'never' });
}

async function statusOf(shop: Shop, requestId: string): Promise<unknown> {
  return (await shop.get(`/payins/${requestId}`)).json.status;
}

describe('the pay-in webhook', () => {
  it('settles the order once the query API confirms, and answers SUCCESS as plain text', async () => {
    const { shop, requestId, notice } = await withPayin();
    settleSilently(shop, requestId);
    const answer = await deliver(shop, notice);
    assert.deepEqual(
      [answer.status, answer.text, answer.headers.get('content-type')],
      [200, 'SUCCESS', 'text/plain; charset=utf-8'],
    );
    assert.deepEqual(shop.payins, [
      {
        id: `payin.paid:${requestId}`,
        type: 'payin.paid',
        order: 'ORD-1',
        requestId,
        payOrderId: notice.pay_order_id,
        amount: '100.00',
        currency: 'PHP',
        status: 'paid',
        at: '2026-11-20T21:33:17.000Z',
      },
    ]);
    assert.equal(await statusOf(shop, requestId), 'paid');
  });

  it('does not believe a signed SUCCEED that the query API does not bear out', async () => {
    const { shop, requestId, notice } = await withPayin();
    const answer = await deliver(shop, notice);
    assert.deepEqual([answer.status, answer.json.code, answer.json.retryable], [409, 'not-confirmed', true]);
    assert.deepEqual(shop.payins, []);
    assert.equal(await statusOf(shop, requestId), 'pending');
  });

  it('believes the signature alone where the merchant says so, unless something is odd', async () => {
    const payin = { resolveOrder: () => PRICED, confirmByQuery: false };
    const sure = await withPayin({ options: { payin } });
    assert.equal((await deliver(sure.shop, sure.notice)).status, 200);
    assert.equal(sure.shop.payins.length, 1);
    for (const odd of [{ product_name: 'Tom & Jerry' }, { surprise: 'x' }, { description: '}' }]) {
      const { shop, notice } = await withPayin({ options: { payin } });
      assert.equal((await deliver(shop, { ...notice, ...odd })).json.code, 'not-confirmed', JSON.stringify(odd));
      assert.deepEqual(shop.payins, []);
    }
  });

  it('takes an ambiguous notice once the query API has confirmed it', async () => {
    const { shop, requestId, notice } = await withPayin();
    settleSilently(shop, requestId);
    assert.equal((await deliver(shop, { ...notice, success_url: 'https://shop.example/?a=1&b=2' })).status, 200);
    assert.equal(shop.payins.length, 1);
  });

  it('does not fall for a signature whose text was split anew, though every member is a known one', async () => {
    const { shop, requestId, notice } = await withPayin({
      options: { payin: { resolveOrder: () => PRICED, confirmByQuery: false } },
    });
    // What an attacker gets signed: a one-dollar order of his own whose description holds the victim's notice.
    const stolen = {
      description: `x&order_status=SUCCEED&order_status_int=2&pay_order_id=${notice.pay_order_id}&request_id=${requestId}&target_amount=100.00&target_currency=PHP&way_type=`,
      api_version: 'v2',
      order_status: 'SUCCEED',
      order_status_int: 2,
      pay_order_id: 'P1',
      request_id: 'HIS-OWN',
      target_amount: '1.00',
      target_currency: 'PHP',
    };
    const forged = {
      api_version: 'v2',
      description: 'x',
      order_status: 'SUCCEED',
      order_status_int: 2,
      pay_order_id: notice.pay_order_id,
      request_id: requestId,
      target_amount: '100.00',
      target_currency: 'PHP',
      way_type:
        '&order_status=SUCCEED&order_status_int=2&pay_order_id=P1&request_id=HIS-OWN&target_amount=1.00&target_currency=PHP',
    };
    const signed = signTestWebhook(stolen, APP_SECRET, { now: NOW });
    assert.equal(
      signTestWebhook(forged, APP_SECRET, { now: NOW }).headers['x-auth-signature'],
      signed.headers['x-auth-signature'],
    );
    const answer = await ask(shop.proxy, PATH, {
      method: 'POST',
      body: JSON.stringify(forged),
      headers: signed.headers,
    });
    assert.deepEqual([answer.status, answer.json.code], [409, 'not-confirmed']);
    assert.deepEqual(shop.payins, []);
  });

  it('answers 503 while the query API is away, so that the notice comes again', async () => {
    const { shop, requestId, notice } = await withPayin();
    settleSilently(shop, requestId);
    shop.sandbox.control.fail({ path: 'pay/query-order', how: '502' });
    assert.equal((await deliver(shop, notice)).json.code, 'upstream-unavailable');
    assert.equal((await deliver(shop, notice)).status, 200);
    assert.equal(shop.payins.length, 1);
  });

  it('refuses a notice for another payment, amount, currency or platform id, and raises an alarm', async () => {
    for (const change of [{ target_amount: '1.00' }, { target_currency: 'USD' }, { pay_order_id: 'P999' }]) {
      const { shop, requestId, notice } = await withPayin();
      settleSilently(shop, requestId);
      const answer = await deliver(shop, { ...notice, ...change });
      assert.deepEqual([answer.status, answer.json.code], [409, 'notice-mismatch'], JSON.stringify(change));
      assert.deepEqual(shop.payins, []);
      assert.ok(shop.logs.some(({ event }) => event === 'payin-mismatch'));
    }
    const { shop, notice } = await withPayin();
    assert.deepEqual((await deliver(shop, { ...notice, request_id: 'unknown' })).json.code, 'unknown-request');
  });

  it('compares amounts as numbers: 100 is 100.00', async () => {
    const { shop, requestId, notice } = await withPayin();
    settleSilently(shop, requestId);
    assert.equal((await deliver(shop, { ...notice, target_amount: '100' })).status, 200);
  });

  it('reports another amount as an event and a status of its own, never as paid', async () => {
    for (const [target_amount, receivedAmount] of [
      ['90.00', '90.00'],
      ['100.00', undefined],
    ] as const) {
      const { shop, requestId, notice } = await withPayin();
      shop.sandbox.control.settle(requestId, 'amount-differs', { amount: '90.00', webhook: 'never' });
      const answer = await deliver(shop, { ...notice, order_status: 'PAID', order_status_int: 12, target_amount });
      assert.equal(answer.text, 'SUCCESS');
      const [event] = shop.payins;
      assert.deepEqual(
        [event?.type, event?.status, event?.amount, event?.receivedAmount],
        ['payin.amount-differs', 'amount-differs', '100.00', receivedAmount],
      );
      assert.equal(await statusOf(shop, requestId), 'amount-differs');
    }
  });

  it('makes “another amount” of a SUCCEED with another amount when the query API says so, and never “paid”', async () => {
    const { shop, requestId, notice } = await withPayin();
    shop.sandbox.control.settle(requestId, 'amount-differs', { amount: '90.00', webhook: 'never' });
    assert.equal((await deliver(shop, { ...notice, target_amount: '90.00' })).text, 'SUCCESS');
    assert.deepEqual(
      shop.payins.map(({ type }) => type),
      ['payin.amount-differs'],
    );
    assert.equal((await deliver(shop, notice)).json.code, 'not-confirmed');
  });

  it('runs the hook once for fifty copies at once, a replay a day later, and a second proxy', async () => {
    const { shop, requestId, notice } = await withPayin();
    settleSilently(shop, requestId);
    const other = shop.replica();
    const signed = signTestWebhook(notice, APP_SECRET, { now: shop.clock.now });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        ask(index % 2 ? other : shop.proxy, PATH, { method: 'POST', body: signed.body, headers: signed.headers }),
      ),
    );
    assert.deepEqual(new Set(answers.map(({ text }) => text)), new Set(['SUCCESS']));
    shop.clock.now += 86_400_000;
    assert.equal((await deliver(shop, notice)).text, 'SUCCESS');
    assert.equal(shop.payins.length, 1);
  });

  it('answers 500 when the hook throws, keeps the status, and runs it again with the same event id and time', async () => {
    const seen: [id: string, at: string][] = [];
    let fails = 2;
    const { shop, requestId, notice } = await withPayin({
      options: {
        onPayin: ({ id, at }) => {
          seen.push([id, at]);
          if (fails-- > 0)
            throw new Error('database is away for Maria Santos 09171234567'.replace('Maria Santos', 'somebody'));
        },
      },
    });
    settleSilently(shop, requestId);
    const failed = await deliver(shop, notice);
    assert.deepEqual([failed.status, failed.json.code, failed.json.retryable], [500, 'hook-failed', true]);
    assert.ok(!failed.text.includes('database'));
    assert.equal(await statusOf(shop, requestId), 'pending');
    shop.clock.now += 60_000;
    assert.equal((await deliver(shop, notice)).status, 500);
    assert.equal((await deliver(shop, notice)).status, 200);
    assert.equal((await deliver(shop, notice)).status, 200);
    assert.equal(seen.length, 3);
    assert.equal(new Set(seen.map(String)).size, 1);
    assert.equal(await statusOf(shop, requestId), 'paid');
  });

  it('does not wait for ever for a hook, and does not start it again while it may still be running', async () => {
    let runs = 0;
    let finish = (): void => undefined;
    const { shop, requestId, notice } = await withPayin({
      options: {
        hookTimeoutMs: 100,
        onPayin: () => {
          runs += 1;
          return new Promise<void>((resolve) => (finish = resolve));
        },
      },
    });
    settleSilently(shop, requestId);
    assert.equal((await deliver(shop, notice)).json.code, 'hook-failed');
    assert.equal((await deliver(shop, notice)).json.code, 'hook-failed');
    assert.equal(runs, 1);
    finish();
    assert.equal((await deliver(shop, notice)).status, 200);
    assert.equal(runs, 1);
    assert.equal(await statusOf(shop, requestId), 'paid');
  });

  it('runs the hook again after a crash between hook and commit, with the same event id', async () => {
    const ids: string[] = [];
    const memory = memoryStore({ now: () => NOW });
    let isCrashing = false;
    const { shop, requestId, notice } = await withPayin({
      options: {
        hookTimeoutMs: 50,
        store: {
          ...memory,
          // After the hook the process is gone: nothing is written any more.
          replace: (...args) => (isCrashing ? new Promise<boolean>(() => undefined) : memory.replace(...args)),
        },
        onPayin: ({ id }) => {
          ids.push(id);
          isCrashing = ids.length === 1;
        },
      },
    });
    settleSilently(shop, requestId);
    assert.equal((await deliver(shop, notice)).status, 500);
    isCrashing = false;
    // The lease of the dead one has to end first.
    shop.clock.now += 10_000;
    const restarted = shop.replica({ store: memory });
    const signed = signTestWebhook(notice, APP_SECRET, { now: shop.clock.now });
    const answer = await ask(restarted, PATH, { method: 'POST', body: signed.body, headers: signed.headers });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(ids, [`payin.paid:${requestId}`, `payin.paid:${requestId}`]);
  });

  it('never goes back: a late FAILED, PENDING or CLOSED after paid is acknowledged and changes nothing', async () => {
    const { shop, requestId, notice } = await withPayin();
    settleSilently(shop, requestId);
    await deliver(shop, notice);
    for (const [order_status, order_status_int] of [
      ['FAILED', 3],
      ['PENDING_PAY', 1],
      ['CLOSED', 6],
      ['CANCELED', 4],
      ['PAID', 12],
    ] as const) {
      assert.equal((await deliver(shop, { ...notice, order_status, order_status_int })).text, 'SUCCESS');
    }
    assert.equal(shop.payins.length, 1);
    assert.equal(await statusOf(shop, requestId), 'paid');
  });

  it('lets money win over an earlier failure', async () => {
    const { shop, requestId, notice } = await withPayin({
      options: { payin: { resolveOrder: () => PRICED, confirmByQuery: false } },
    });
    await deliver(shop, { ...notice, order_status: 'FAILED', order_status_int: 3 });
    await deliver(shop, notice);
    assert.deepEqual(
      shop.payins.map(({ type }) => type),
      ['payin.failed', 'payin.paid'],
    );
    assert.equal(await statusOf(shop, requestId), 'paid');
  });

  it('tells of a refund after payment as an event of its own', async () => {
    const { shop, requestId } = await withPayin();
    shop.sandbox.control.settle(requestId, 'succeeded');
    await shop.sandbox.control.idle();
    shop.sandbox.control.refund(requestId);
    await shop.sandbox.control.idle();
    assert.deepEqual(
      shop.payins.map(({ type }) => type),
      ['payin.paid', 'payin.refunded'],
    );
    assert.deepEqual(
      shop.webhooks.map(({ status }) => status),
      [200, 200],
    );
    assert.equal(await statusOf(shop, requestId), 'refunded');
  });

  it('tells of declines and disputes once each, without touching the status', async () => {
    const { shop, requestId } = await withPayin();
    for (let round = 0; round < 2; round += 1) {
      shop.sandbox.control.decline(requestId);
      shop.sandbox.control.dispute(requestId);
      await shop.sandbox.control.idle();
    }
    assert.deepEqual(shop.payins.map(({ type, status }) => [type, status]).sort(), [
      ['payin.declined', 'pending'],
      ['payin.disputed', 'pending'],
    ]);
    assert.ok(shop.webhooks.length >= 2 && shop.webhooks.every(({ status }) => status === 200));
    assert.equal(await statusOf(shop, requestId), 'pending');
  });

  it('fulfils nothing by a risk notice, whatever status it carries and whatever the query API says', async () => {
    for (const [event, type] of [
      ['payment_declined', 'payin.declined'],
      ['dispute_received', 'payin.disputed'],
    ]) {
      const { shop, requestId, notice } = await withPayin();
      settleSilently(shop, requestId);
      assert.equal((await deliver(shop, { ...notice, event, event_data: { category: 'fraudulent' } })).text, 'SUCCESS');
      assert.deepEqual(
        shop.payins.map((told) => [told.type, told.status]),
        [[type, 'pending']],
      );
      assert.equal(await statusOf(shop, requestId), 'pending');
      // The payment's own notice does what it always does.
      assert.equal((await deliver(shop, notice)).text, 'SUCCESS');
      assert.equal(await statusOf(shop, requestId), 'paid');
    }
  });

  it('acknowledges a risk notice of a kind that it does not know, and tells the log', async () => {
    const { shop, requestId, notice } = await withPayin();
    assert.equal((await deliver(shop, { ...notice, event: 'something_new' })).text, 'SUCCESS');
    assert.deepEqual(shop.payins, []);
    assert.equal(await statusOf(shop, requestId), 'pending');
    assert.ok(shop.logs.some(({ event }) => event === 'payin-risk-unknown'));
  });

  it('accepts the previous secret while it is being replaced', async () => {
    const previous = 'previous-secret-0123456789';
    const { shop, requestId, notice } = await withPayin({
      options: {
        lesspay: {
          appId: '690b2b46e4b09c73147db688',
          appSecret: [APP_SECRET, previous],
          environment: { baseUrl: 'http://localhost:4010' },
        },
      },
    });
    settleSilently(shop, requestId);
    const signed = signTestWebhook(notice, previous, { now: NOW });
    const answer = await ask(shop.proxy, PATH, { method: 'POST', body: signed.body, headers: signed.headers });
    assert.equal(answer.status, 200);
  });

  it('signs with the current secret only, and says in the log when a notice still came with the previous one', async () => {
    const previous = 'previous-secret-0123456789';
    const lesspay = (appSecret: string[]) => ({
      lesspay: {
        appId: '690b2b46e4b09c73147db688',
        appSecret,
        environment: { baseUrl: 'http://localhost:4010' },
      },
    });
    // The sandbox knows the current secret alone, so that a request signed with the other one would have been refused.
    const { shop, notice } = await withPayin({ options: lesspay([APP_SECRET, previous]) });
    const used = () => shop.logs.filter(({ event }) => event === 'previous-secret-used');
    await deliver(shop, { ...notice, order_status: 'PENDING_PAY', order_status_int: 1 });
    assert.deepEqual(used(), []);
    for (const body of [notice, { ...notice, success_url: 'https://shop.example/?a=1&b=2' }]) {
      const signed = signTestWebhook(body, previous, { now: NOW });
      await ask(shop.proxy, PATH, { method: 'POST', body: signed.body, headers: signed.headers });
    }
    assert.deepEqual(used(), Array(2).fill({ event: 'previous-secret-used', kind: 'payin', secretIndex: 1 }));
    const swapped = createShop({ options: lesspay([previous, APP_SECRET]) });
    assert.equal((await swapped.post('/payins', { order: 'ORD-1' })).json.code, 'upstream-refused');
  });

  it('refuses a notice signed with no secret at all, or with the word undefined', async () => {
    const { shop, requestId, notice } = await withPayin();
    settleSilently(shop, requestId);
    for (const secret of ['', '   ', 'undefined', 'null', `${APP_SECRET}\n`]) {
      const signed = signTestWebhook(notice, secret, { now: NOW });
      const answer = await ask(shop.proxy, PATH, { method: 'POST', body: signed.body, headers: signed.headers });
      assert.deepEqual([answer.status, answer.json.code], [401, 'invalid-signature'], JSON.stringify(secret));
    }
    assert.deepEqual(shop.payins, []);
  });

  it('finds the payment even when the notice comes before the platform’s answer to the creation', async () => {
    let early: Promise<Answer> | undefined;
    const shop = createShop({
      upstream: async (request, next) => {
        const response = await next(request);
        if (!request.url.endsWith('pay/create-order')) return response;
        const [order] = shop.sandbox.control.orders;
        settleSilently(shop, order?.requestId ?? '');
        early = deliver(shop, {
          request_id: order?.requestId,
          pay_order_id: order?.payOrderId,
          order_status: 'SUCCEED',
          order_status_int: 2,
          target_amount: '100.00',
          target_currency: 'PHP',
          api_version: 'v2',
        });
        await early;
        return response;
      },
    });
    const opened = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal((await early)?.status, 200);
    assert.equal(shop.payins.length, 1);
    assert.equal(await statusOf(shop, shop.payins[0]?.requestId ?? ''), 'paid');
    assert.ok([201, 409].includes(opened.status), opened.text);
  });
});
