import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStore, type Store } from 'lesspay-elements/proxy';
import { type Answer, createShop, PRICED, type Shop } from './fixture.ts';
import { GCASH, payout } from './office.ts';

const DAY_MS = 86_400_000;

const PAYOUT = { currency: 'PHP', payouts: [payout('SALARY-1', GCASH, '100.00')] };

const payoutOptions = {
  authorize: () => ({ id: 'anna' }),
  routes: [{ currency: 'PHP', method: 'ewallet' as const, provider: 'GCash', wayCode: 'GCASH' }],
};

function due(shop: Shop, kind: string): Promise<string[]> | undefined {
  return shop.store.due?.({ kind, before: shop.clock.now, limit: 10 });
}

function pay(shop: Shop, key: string): Promise<Answer> {
  return shop.post('/payouts', PAYOUT, { 'idempotency-key': key });
}

async function settle(shop: Shop, id: string, outcome: 'succeeded' | 'failed' = 'succeeded'): Promise<void> {
  shop.sandbox.control.settle(id, outcome);
  await shop.sandbox.control.idle();
}

/** What the store holds under every key that was ever written, as text. */
function spyOn(store: Store): { store: Store; dump: () => Promise<Record<string, string>> } {
  const keys = new Set<string>();
  return {
    store: {
      ...store,
      insert(key, value, options) {
        keys.add(key);
        return store.insert(key, value, options);
      },
    },
    async dump() {
      const held: Record<string, string> = {};
      for (const key of keys) {
        const found = await store.get(key);
        if (found) held[key] = JSON.stringify(found.value);
      }
      return held;
    },
  };
}

describe('how long records are kept', () => {
  it('keeps and lists an open payout for ever, and forgets an ended one after retentionMs', async () => {
    const shop = createShop({ options: { payout: payoutOptions, retentionMs: 10 * DAY_MS } });
    const { json } = await pay(shop, 'salary-key-1');
    const id = String(json.requestId);
    assert.equal(json.status, 'review');
    shop.clock.now += 1_000 * DAY_MS;
    assert.deepEqual(await due(shop, 'payout'), [`payout:${id}`]);
    await settle(shop, id);
    assert.equal((await shop.get(`/payouts/${id}`)).json.status, 'succeeded');
    assert.deepEqual(await due(shop, 'payout'), []);
    shop.clock.now += 10 * DAY_MS - 1;
    assert.equal((await shop.get(`/payouts/${id}`)).status, 200);
    shop.clock.now += 2;
    assert.equal((await shop.get(`/payouts/${id}`)).status, 404);
  });

  it('finds an open payout again by its key and by its equal, however long it takes', async () => {
    const shop = createShop({ options: { payout: payoutOptions, retentionMs: DAY_MS } });
    const { json } = await pay(shop, 'salary-key-1');
    shop.clock.now += 100 * DAY_MS;
    assert.equal((await pay(shop, 'salary-key-1')).json.requestId, json.requestId);
    const other = await pay(shop, 'salary-key-2');
    assert.deepEqual([other.json.code, other.json.requestId], ['duplicate-payout', json.requestId]);
    assert.equal(shop.sandbox.control.requests.filter(({ path }) => path.endsWith('create-order')).length, 1);
  });

  it('keeps the keys of an ended payout longer than the payout, and none for ever', async () => {
    const { store, dump } = spyOn(memoryStore({ now: () => shop.clock.now }));
    const shop = createShop({ options: { payout: payoutOptions, retentionMs: 10 * DAY_MS, store } });
    const { json } = await pay(shop, 'salary-key-1');
    await settle(shop, String(json.requestId));
    shop.clock.now += 10 * DAY_MS - 1;
    assert.equal((await pay(shop, 'salary-key-1')).json.requestId, json.requestId);
    assert.equal((await pay(shop, 'salary-key-2')).json.code, 'duplicate-payout');
    shop.clock.now += 2;
    assert.deepEqual(
      Object.keys(await dump()).map((key) => key.split(':')[0]),
      ['payout-key', 'payout-equal', 'payout', 'payout-key'],
    );
    await shop.proxy.reconcile({ olderThanMs: 0 });
    shop.clock.now += 12 * DAY_MS;
    assert.deepEqual(await dump(), {});
  });

  it('has reconcile end the keys of a payout whose process died after its end', async () => {
    const { store, dump } = spyOn(memoryStore({ now: () => shop.clock.now }));
    const shop = createShop({ options: { payout: payoutOptions, retentionMs: 10 * DAY_MS, store } });
    const { json } = await pay(shop, 'salary-key-1');
    const replace = store.replace.bind(store);
    // The process dies right after the payout's end.
    store.replace = (key, ...rest) =>
      key.startsWith('payout:') ? replace(key, ...rest) : Promise.reject(new Error('gone'));
    await settle(shop, String(json.requestId));
    store.replace = replace;
    shop.clock.now += 100 * DAY_MS;
    assert.equal((await pay(shop, 'salary-key-1')).json.requestId, json.requestId);
    assert.deepEqual(await due(shop, 'payout'), [`payout:${String(json.requestId)}`]);
    await shop.proxy.reconcile();
    assert.deepEqual(await due(shop, 'payout'), []);
    shop.clock.now += 12 * DAY_MS;
    assert.deepEqual(await dump(), {});
  });

  it('prolongs a payout and its keys together when it moves after its end', async () => {
    const shop = createShop({ options: { payout: payoutOptions, retentionMs: 10 * DAY_MS } });
    const { json } = await pay(shop, 'salary-key-1');
    const id = String(json.requestId);
    await settle(shop, id);
    shop.clock.now += 9 * DAY_MS;
    shop.sandbox.control.refund(id);
    await shop.sandbox.control.idle();
    assert.equal((await shop.get(`/payouts/${id}`)).json.status, 'refunded');
    shop.clock.now += 9 * DAY_MS;
    assert.equal((await pay(shop, 'salary-key-1')).json.requestId, id);
  });

  it('lists an open payment and takes it off when it is paid', async () => {
    const shop = createShop();
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    const id = String(json.requestId);
    assert.deepEqual(await due(shop, 'payin'), [`payin:${id}`]);
    await settle(shop, id);
    assert.equal((await shop.get(`/payins/${id}`)).json.status, 'paid');
    assert.deepEqual(await due(shop, 'payin'), []);
  });

  it('keeps an open payment and its order for ever, and knows that it was paid in the end', async () => {
    const shop = createShop({ options: { retentionMs: 60_000 } });
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    const id = String(json.requestId);
    shop.clock.now += 1_000 * DAY_MS;
    assert.deepEqual(await due(shop, 'payin'), [`payin:${id}`]);
    await settle(shop, id);
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.code, 'order-already-paid');
  });

  it('forgets an ended payment and its order, however it ended', async () => {
    const { store, dump } = spyOn(memoryStore({ now: () => shop.clock.now }));
    const shop = createShop({ options: { retentionMs: 10 * DAY_MS, store } });
    for (const outcome of ['succeeded', 'failed'] as const) {
      const { json } = await shop.post('/payins', { order: `ORD-${outcome}` });
      await settle(shop, String(json.requestId), outcome);
    }
    shop.clock.now += 10 * DAY_MS - 1;
    assert.equal(Object.keys(await dump()).length, 4);
    shop.clock.now += 2;
    assert.deepEqual(
      Object.keys(await dump()).map((key) => key.split(':')[0]),
      ['order', 'order'],
    );
    shop.clock.now += DAY_MS;
    assert.deepEqual(await dump(), {});
  });

  it('has reconcile end the order of a payment whose process died after its end', async () => {
    const { store, dump } = spyOn(memoryStore({ now: () => shop.clock.now }));
    const shop = createShop({ options: { retentionMs: 10 * DAY_MS, store } });
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    const id = String(json.requestId);
    const replace = store.replace.bind(store);
    let isDead = false;
    store.replace = async (key, version, value, options) => {
      if (isDead) throw new Error('gone');
      const isWritten = await replace(key, version, value, options);
      // The process dies right after the payment's end.
      isDead = (value as { status?: string }).status === 'paid';
      return isWritten;
    };
    await settle(shop, id);
    store.replace = replace;
    shop.clock.now += 100 * DAY_MS;
    assert.equal((await shop.get(`/payins/${id}`)).json.status, 'paid');
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.code, 'order-already-paid');
    assert.deepEqual(await due(shop, 'payin'), [`payin:${id}`]);
    await shop.proxy.reconcile();
    assert.deepEqual(await due(shop, 'payin'), []);
    shop.clock.now += 12 * DAY_MS;
    assert.deepEqual(await dump(), {});
  });

  it('keeps an order whose payment ended for as long as the payment that came after it', async () => {
    const { store } = spyOn(memoryStore({ now: () => shop.clock.now }));
    const shop = createShop({
      options: { retentionMs: DAY_MS, store },
      orders: { 'ORD-LONG': { ...PRICED, expiresInSeconds: 30 * 86_400 } },
    });
    const first = await shop.post('/payins', { order: 'ORD-LONG' });
    const replace = store.replace.bind(store);
    store.replace = (key, ...rest) =>
      key.startsWith('order:') ? Promise.reject(new Error('gone')) : replace(key, ...rest);
    await settle(shop, String(first.json.requestId), 'failed');
    store.replace = replace;
    const second = await shop.post('/payins', { order: 'ORD-LONG' });
    assert.notEqual(second.json.requestId, first.json.requestId);
    assert.equal((await due(shop, 'payin'))?.length, 2);
    // Clears up after the first, whose order has the second by now.
    await shop.proxy.reconcile({ olderThanMs: 0 });
    shop.clock.now += 20 * DAY_MS;
    assert.equal((await shop.get(`/payins/${String(first.json.requestId)}`)).status, 404);
    assert.equal((await shop.post('/payins', { order: 'ORD-LONG' })).json.requestId, second.json.requestId);
  });

  it('gives up a payment that stays open at the platform, and still takes a late notice of it', async () => {
    for (const isPaidLate of [true, false]) {
      const { store, dump } = spyOn(memoryStore({ now: () => shop.clock.now }));
      const shop = createShop({
        options: { retentionMs: 10 * DAY_MS, store },
        // A platform that never closes what nobody has paid.
        upstream: async (request, next) => {
          const answer = await next(request);
          const text = await answer.text();
          return new Response(
            text.replace('"CLOSED"', '"PENDING_PAY"').replace('"order_status_int":6', '"order_status_int":1'),
            answer,
          );
        },
      });
      const { json } = await shop.post('/payins', { order: 'ORD-1' });
      const id = String(json.requestId);
      shop.clock.now += 7 * DAY_MS;
      assert.equal((await shop.proxy.reconcile()).waiting, 1);
      assert.equal((await due(shop, 'payin'))?.length, 0);
      shop.clock.now += DAY_MS;
      assert.equal((await shop.proxy.reconcile()).waiting, 1);
      assert.ok(shop.logs.some(({ event }) => event === 'payin-given-up'));
      shop.clock.now += 9 * DAY_MS;
      assert.equal((await shop.proxy.reconcile()).checked, 0);
      assert.equal((await shop.get(`/payins/${id}`)).json.status, 'pending');
      if (isPaidLate) {
        // The page that read it has prolonged the payment beyond its order.
        shop.clock.now += 8 * DAY_MS;
        await settle(shop, id);
        assert.deepEqual(
          shop.payins.map(({ type }) => type),
          ['payin.paid'],
        );
        shop.clock.now += 9 * DAY_MS;
        assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.code, 'order-already-paid');
      }
      shop.clock.now += 12 * DAY_MS;
      assert.deepEqual(await dump(), {});
    }
  });

  it('knows a paid order for as long as its payment, also after a refund prolonged it', async () => {
    const shop = createShop({ options: { retentionMs: 10 * DAY_MS } });
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    const id = String(json.requestId);
    await settle(shop, id);
    for (let days = 0; days < 18; days += 9) {
      shop.clock.now += 9 * DAY_MS;
      assert.equal((await shop.get(`/payins/${id}`)).status, 200);
      assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.code, 'order-already-paid');
      if (days === 0) shop.sandbox.control.refund(id);
      await shop.sandbox.control.idle();
    }
    shop.clock.now += 12 * DAY_MS;
    assert.equal((await shop.get(`/payins/${id}`)).status, 404);
  });
});

describe('what records hold', () => {
  it('is nothing of a recipient once the platform has the payout, however it ends', async () => {
    for (const outcome of ['succeeded', 'failed'] as const) {
      const { store, dump } = spyOn(memoryStore({ now: () => shop.clock.now }));
      const shop = createShop({ options: { payout: payoutOptions, store } });
      const { json } = await pay(shop, 'salary-key-1');
      assert.doesNotMatch(JSON.stringify(await dump()), /Maria|0917/);
      await settle(shop, String(json.requestId), outcome);
      assert.doesNotMatch(JSON.stringify(await dump()), /Maria|0917/);
    }
  });

  it('is what a lost payout needs to be sent again, until it is known', async () => {
    const { store, dump } = spyOn(memoryStore({ now: () => shop.clock.now }));
    const shop = createShop({
      options: { payout: payoutOptions, store, upstreamTimeoutMs: 100 },
      upstream: (request, next) => (isDown ? Promise.reject(new TypeError('fetch failed')) : next(request)),
    });
    let isDown = true;
    const lost = await pay(shop, 'salary-key-1');
    assert.equal(lost.json.status, 'unknown');
    assert.match(JSON.stringify(await dump()), /09171234567/);
    isDown = false;
    assert.equal((await pay(shop, 'salary-key-1')).status, 202);
    assert.doesNotMatch(JSON.stringify(await dump()), /Maria|0917/);
  });

  it('is nothing of what the checkout showed once the platform has the payment, nor where it was once that has ended', async () => {
    const { store, dump } = spyOn(memoryStore({ now: () => shop.clock.now }));
    const shop = createShop({ options: { store } });
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    assert.doesNotMatch(JSON.stringify(await dump()), /tins of tea/);
    assert.match(JSON.stringify(await dump()), /checkoutUrl/);
    await settle(shop, String(json.requestId));
    assert.doesNotMatch(JSON.stringify(await dump()), /checkoutUrl/);
  });
});
