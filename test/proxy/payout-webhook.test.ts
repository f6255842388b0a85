import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { memoryStore, signTestWebhook, type SigningProxy, type Store } from 'lesspay-elements/proxy';
import { type Answer, APP_SECRET, ask, assertNothingLeaked, HASH_KEY, type Shop } from './fixture.ts';
import { createOffice, MAYBANK, pay, payout, statusOf } from './office.ts';

after(assertNothingLeaked);

const DAY = 86_400_000;

type Members = Record<string, unknown>;

/** An office with one batch under way, and the clean notice that would end it well. */
async function withBatch(options: Parameters<typeof createOffice>[0] = {}) {
  const shop = createOffice(options);
  const { json } = await pay(shop, [payout('S-1'), payout('S-2')]);
  const id = String(json.requestId);
  const detail = (reference: string, status: string) => ({ mch_order_id: reference, amount: '10.00', status });
  const notice = {
    request_id: id,
    pay_order_id: shop.sandbox.control.payouts[0]?.payOrderId,
    order_status: 'SUCCESS',
    currency: 'PHP',
    total_amount: '20.00',
    details: [detail('S-1', 'Succeeded'), detail('S-2', 'Succeeded')],
  };
  return { shop, id, notice, detail };
}

function deliver(shop: Shop, body: Members, proxy: SigningProxy = shop.proxy): Promise<Answer> {
  const signed = signTestWebhook(body, APP_SECRET, { now: shop.clock.now });
  return ask(proxy, '/webhooks/lesspay/payout', { method: 'POST', body: signed.body, headers: signed.headers });
}

/** Ends the batch at the platform, whose own notices are held back. */
async function settleSilently(shop: Shop, id: string, outcome: Parameters<Shop['sandbox']['control']['settle']>[1]) {
  shop.sandbox.control.holdWebhooks();
  shop.sandbox.control.settle(id, outcome);
  await shop.sandbox.control.idle();
}

/** An office with one Malaysian payout under way, and the claims of the callback that would end it well. */
async function withMalaysian(options: Parameters<typeof createOffice>[0] = {}) {
  const shop = createOffice(options);
  const { json } = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
  const id = String(json.requestId);
  const [invoice] = shop.sandbox.control.leanxPayouts;
  assert.ok(invoice);
  const claims = {
    client_data: { external_invoice_ref: id, virtual_pool_reference: invoice.invoiceNo },
    invoice_status: 'SUCCESS',
    invoice_status_id: 2,
    amount: '10.00',
    payout_service_id: 1,
  };
  return { shop, id, claims };
}

function callBack(shop: Shop, claims: Members, proxy: SigningProxy = shop.proxy): Promise<Answer> {
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  const signed = `${encode('{"alg":"HS256","typ":"JWT"}')}.${encode(JSON.stringify(claims))}`;
  const data = `${signed}.${createHmac('sha256', HASH_KEY).update(signed).digest('base64url')}`;
  const body = JSON.stringify({ data, response_code: 2100 });
  return ask(proxy, '/webhooks/leanx', { method: 'POST', body });
}

const typesOf = (shop: Shop) => shop.payouts.map(({ type }) => type);

describe('the payout webhook', () => {
  it('ends every payout of a batch by its own status, with the notice alone where the merchant says so', async () => {
    for (const confirmByQuery of [true, false]) {
      const { shop, id, notice, detail } = await withBatch({ payout: { confirmByQuery } });
      await settleSilently(shop, id, { 'S-1': 'failed', 'S-2': 'succeeded' });
      const details = [detail('S-2', 'SUCCEED'), detail('S-1', 'FAILED')];
      const answer = await deliver(shop, { ...notice, order_status: 'PARTIAL_SUCCESS', details });
      assert.equal(answer.text, 'SUCCESS', answer.text);
      const ends = (await statusOf(shop, id)).details as { reference: string; status: string }[];
      assert.deepEqual(
        ends.map(({ reference, status }) => [reference, status]),
        [
          ['S-1', 'failed'],
          ['S-2', 'succeeded'],
        ],
      );
      assert.deepEqual(typesOf(shop), ['payout.partly-succeeded']);
      assert.deepEqual(shop.payouts[0]?.details, ends);
    }
  });

  it('runs the hook once for fifty copies at once over two proxies, a replay a day later, and a restarted process', async () => {
    const { shop, id, notice } = await withBatch();
    await settleSilently(shop, id, 'succeeded');
    const other = shop.replica();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => deliver(shop, notice, index % 2 ? other : shop.proxy)),
    );
    assert.deepEqual(new Set(answers.map(({ text }) => text)), new Set(['SUCCESS']));
    shop.clock.now += DAY;
    assert.equal((await deliver(shop, notice, shop.replica())).text, 'SUCCESS');
    assert.deepEqual(
      shop.payouts.map((event) => event.id),
      [`payout.succeeded:${id}`],
    );
  });

  it('acknowledges what comes late or out of order, and goes back for none of it', async () => {
    const { shop, id, notice, detail } = await withBatch({ payout: { confirmByQuery: false } });
    await deliver(shop, { ...notice, order_status: 'PENDING_PAY', details: [] });
    await deliver(shop, notice);
    for (const [order_status, status] of [
      ['PENDING_CONFIRM', 'CREATED'],
      ['PENDING_PAY', 'PROCESSING'],
      ['FAILED', 'FAILED'],
      ['CANCELED', 'CANCELED'],
      ['CLOSED', 'CLOSED'],
      ['PARTIAL_SUCCESS', 'FAILED'],
      ['SUCCEED', 'SUCCEEDED'],
    ]) {
      const late = { ...notice, order_status, details: [detail('S-1', status ?? ''), detail('S-2', status ?? '')] };
      assert.equal((await deliver(shop, late)).text, 'SUCCESS', order_status);
    }
    const { status, details } = await statusOf(shop, id);
    assert.equal(status, 'succeeded');
    assert.deepEqual(
      (details as { status: string }[]).map((one) => one.status),
      ['succeeded', 'succeeded'],
    );
    assert.deepEqual(typesOf(shop), ['payout.processing', 'payout.succeeded']);
  });

  it('answers within the hook’s time when the hook hangs, and SUCCESS only once it is through', async () => {
    let finish = (): void => undefined;
    let runs = 0;
    const { shop, id, notice } = await withBatch({
      hookTimeoutMs: 80,
      onPayout: () => {
        runs += 1;
        return new Promise<void>((resolve) => (finish = resolve));
      },
    });
    await settleSilently(shop, id, 'succeeded');
    const started = performance.now();
    assert.equal((await deliver(shop, notice)).json.code, 'hook-failed');
    assert.ok(performance.now() - started < 2_000);
    assert.notEqual((await statusOf(shop, id)).status, 'succeeded');
    finish();
    assert.equal((await deliver(shop, notice)).text, 'SUCCESS');
    assert.equal(runs, 1);
  });

  it('does not say SUCCESS while the store cannot take what the hook has been told, and says the same event again', async () => {
    const store = memoryStore();
    let isBroken = false;
    const breaking: Store = {
      ...store,
      replace: (...args) => (isBroken ? Promise.reject(new Error('store is away')) : store.replace(...args)),
    };
    const ids: string[] = [];
    const { shop, id, notice } = await withBatch({
      store: breaking,
      onPayout: (event) => {
        ids.push(event.id);
        isBroken = ids.length === 1;
      },
    });
    await settleSilently(shop, id, 'succeeded');
    assert.equal((await deliver(shop, notice)).status, 500);
    isBroken = false;
    // The lease of the one that could not write has to end first.
    shop.clock.now += 60_000;
    assert.equal((await deliver(shop, notice)).text, 'SUCCESS');
    assert.deepEqual(new Set(ids), new Set([`payout.succeeded:${id}`]));
    assert.equal((await statusOf(shop, id)).status, 'succeeded');
  });
});

describe('the LeanX callback', () => {
  it('is compared with the stored payout by amount, bank, reference and invoice number, and believed in none but all', async () => {
    const { shop, id, claims } = await withMalaysian();
    await settleSilently(shop, id, 'succeeded');
    shop.payouts.length = 0;
    const { claims: others } = await withMalaysian();
    const wrong: [Members, number, string][] = [
      [{ ...claims, amount: '10.01' }, 409, 'notice-mismatch'],
      [{ ...claims, amount: '1000.00' }, 409, 'notice-mismatch'],
      [{ ...claims, payout_service_id: 77 }, 409, 'notice-mismatch'],
      [{ ...claims, payout_service_id: '2' }, 409, 'notice-mismatch'],
      [{ ...claims, client_data: { ...claims.client_data, external_invoice_ref: 'S-1' } }, 404, 'unknown-request'],
      [{ ...claims, client_data: others.client_data }, 404, 'unknown-request'],
      [
        { ...claims, client_data: { ...claims.client_data, virtual_pool_reference: 'PAYOUT-0000:000000-LEANX' } },
        409,
        'notice-mismatch',
      ],
      [{ ...claims, invoice_status: 'PAID' }, 400, 'invalid-request'],
      [{ ...claims, amount: '-10.00' }, 400, 'invalid-request'],
    ];
    for (const [body, status, code] of wrong) {
      const answer = await callBack(shop, body);
      assert.deepEqual([answer.status, answer.json.code], [status, code], JSON.stringify(body));
    }
    assert.deepEqual(typesOf(shop), []);
    assert.equal(shop.logs.filter(({ event }) => event === 'payout-mismatch').length, 5);
    assert.equal((await callBack(shop, claims)).text, 'SUCCESS');
    assert.deepEqual(typesOf(shop), ['payout.succeeded']);
  });

  it('settles once for fifty copies over two proxies, and never goes back', async () => {
    const { shop, id, claims } = await withMalaysian({ payout: { confirmByQuery: false } });
    const other = shop.replica();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => callBack(shop, claims, index % 2 ? other : shop.proxy)),
    );
    assert.deepEqual(new Set(answers.map(({ text }) => text)), new Set(['SUCCESS']));
    for (const invoice_status of ['FAILED', 'PENDING', 'STATUS_PENDING_APPROVAL']) {
      assert.equal((await callBack(shop, { ...claims, invoice_status })).text, 'SUCCESS');
    }
    assert.equal((await statusOf(shop, id)).status, 'succeeded');
    assert.deepEqual(
      shop.payouts.map((event) => event.id),
      [`payout.processing:${id}`, `payout.succeeded:${id}`],
    );
  });

  it('cannot speak for a payout of the other platform', async () => {
    const { shop, id, notice } = await withBatch();
    const { claims } = await withMalaysian();
    const foreign = { ...claims, amount: '20.00', client_data: { external_invoice_ref: id } };
    assert.equal((await callBack(shop, foreign)).json.code, 'unknown-request');
    const malaysian = await withMalaysian();
    const lesspay = { ...notice, request_id: malaysian.id, currency: 'MYR', total_amount: '10.00', details: [] };
    assert.equal((await deliver(malaysian.shop, lesspay)).json.code, 'unknown-request');
  });

  it('raises an alarm when it says otherwise than an operator has decided', async () => {
    for (const [decision, invoice_status, alarms] of [
      ['succeeded', 'FAILED', 1],
      ['succeeded', 'PENDING', 0],
      ['failed', 'PENDING', 1],
      ['failed', 'FAILED', 0],
    ] as const) {
      const shop = createOffice();
      shop.sandbox.control.fail({ path: 'create-payout-invoice', how: '502' });
      const { json } = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
      const id = String(json.requestId);
      shop.clock.now += 300_000;
      await shop.proxy.payouts.resolve(id, decision);
      const claims = { client_data: { external_invoice_ref: id }, invoice_status, amount: '10.00' };
      assert.equal((await callBack(shop, claims)).text, 'SUCCESS');
      const found = shop.logs.filter(({ event }) => event === 'payout-decision-contradicted');
      assert.equal(found.length, alarms, `${decision} ${invoice_status}`);
    }
  });
});
