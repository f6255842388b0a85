import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { type PayinEvent, signTestWebhook } from 'lesspay-elements/proxy';
import { type Answer, APP_SECRET, ask, assertNothingLeaked, createShop, PRICED, type Shop } from './fixture.ts';

after(assertNothingLeaked);

const PATH = '/webhooks/lesspay/payin';
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A shop that believes signed notices, with one open payment. */
async function withPayin(onPayin: (event: PayinEvent) => void | Promise<void>, hookTimeoutMs = 100) {
  const shop = createShop({
    options: { hookTimeoutMs, onPayin, payin: { resolveOrder: () => PRICED, confirmByQuery: false } },
  });
  const { json } = await shop.post('/payins', { order: 'ORD-1' });
  const requestId = String(json.requestId);
  const notice = (order_status: string, order_status_int: number) => ({
    request_id: requestId,
    pay_order_id: String(json.payOrderId),
    order_status,
    order_status_int,
    target_amount: '100.00',
    target_currency: 'PHP',
    api_version: 'v2',
  });
  return { shop, requestId, paid: notice('SUCCEED', 2), refund: notice('REFUND', 5) };
}

function deliver(shop: Shop, body: Record<string, unknown>, proxy = shop.proxy): Promise<Answer> {
  const signed = signTestWebhook(body, APP_SECRET, { now: shop.clock.now });
  return ask(proxy, PATH, { method: 'POST', body: signed.body, headers: signed.headers });
}

describe('a hook', () => {
  it('that is slow keeps its lease while it runs, so that no replica starts it beside itself', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const slow = async () => {
      runs += 1;
      running += 1;
      most = Math.max(most, running);
      await wait(7_000);
      running -= 1;
    };
    const { shop, paid } = await withPayin(slow);
    // A clock that runs with the real one: the lease of 5.1 seconds would end while the hook runs.
    const started = Date.now();
    const from = shop.clock.now;
    const ticking = setInterval(() => (shop.clock.now = from + Date.now() - started), 50);
    const other = shop.replica();
    assert.equal((await deliver(shop, paid)).json.code, 'hook-failed');
    for (let round = 0; round < 11; round += 1) {
      const answer = await deliver(shop, paid, round % 2 ? shop.proxy : other);
      assert.deepEqual([answer.status, answer.json.retryable], [500, true]);
      await wait(450);
    }
    await wait(1_500);
    assert.equal((await deliver(shop, paid, other)).text, 'SUCCESS');
    clearInterval(ticking);
    assert.deepEqual([runs, most], [1, 1]);
  });

  it('that hangs for ever is not run again by its own process, whatever the clock says', async () => {
    let runs = 0;
    const { shop, paid } = await withPayin(() => {
      runs += 1;
      return new Promise<void>(() => undefined);
    });
    for (let hour = 0; hour < 3; hour += 1) {
      shop.clock.now += 3_600_000;
      assert.equal((await deliver(shop, paid)).json.code, 'hook-failed');
    }
    assert.equal(runs, 1);
  });

  it('hears of a refund only after it has dealt with the payment', async () => {
    const log: string[] = [];
    const { shop, paid, refund, requestId } = await withPayin(async ({ type }) => {
      log.push(`${type} begins`);
      await wait(60);
      log.push(`${type} ends`);
    }, 2_000);
    const answers = await Promise.all([
      deliver(shop, paid),
      wait(20).then(() => deliver(shop, refund, shop.replica())),
    ]);
    assert.deepEqual(
      answers.map(({ text }) => text),
      ['SUCCESS', 'SUCCESS'],
    );
    assert.deepEqual(log, ['payin.paid begins', 'payin.paid ends', 'payin.refunded begins', 'payin.refunded ends']);
    assert.equal((await shop.get(`/payins/${requestId}`)).json.status, 'refunded');
  });

  it('is not told of a payment that was refunded before its notice came', async () => {
    const { shop, paid, refund } = await withPayin(() => undefined);
    const seen: string[] = [];
    const told = shop.replica({ onPayin: ({ type }) => void seen.push(type) });
    await deliver(shop, refund, told);
    assert.equal((await deliver(shop, paid, told)).text, 'SUCCESS');
    assert.deepEqual(seen, ['payin.refunded']);
  });
});
