import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { memoryStore, signTestWebhook, type Store, StoreError } from 'lesspay-elements/proxy';
import { type Answer, APP_SECRET, ask, assertNothingLeaked, type Shop } from './fixture.ts';
import { createOffice, creations, pay, payout } from './office.ts';

after(assertNothingLeaked);

/** A notice that says what either kind of notice has to. */
function noticeOf(shop: Shop, requestId: string): { body: string; headers: Record<string, string> } {
  const body = {
    api_version: 'V2',
    request_id: requestId,
    pay_order_id: 'P1',
    order_status: 'SUCCEED',
    target_amount: '1.00',
    target_currency: 'PHP',
  };
  return signTestWebhook(body, APP_SECRET, { now: shop.clock.now });
}

/** A store whose n-th call loses its connection: before the server has done anything, or before its answer is there. */
function failingStore(store: Store): { store: Store; failAt: (call: number, when: 'before' | 'after') => void } {
  let left = Infinity;
  let isDone = false;
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left !== 0) return work();
    if (isDone) await work();
    throw new StoreError('connection-lost', 'The connection was lost; a write may have happened.');
  };
  return {
    store: {
      get: (...args) => call(() => store.get(...args)),
      insert: (...args) => call(() => store.insert(...args)),
      replace: (...args) => call(() => store.replace(...args)),
      due: (query) => store.due?.(query) ?? Promise.resolve([]),
    },
    failAt(calls, when) {
      left = calls;
      isDone = when === 'after';
    },
  };
}

describe('a store that cannot be reached', () => {
  it('is a 503 that may be tried again, on every route', async () => {
    for (const code of ['connection-lost', 'timeout', 'not-connected'] as const) {
      const fail = () => Promise.reject(new StoreError(code, 'The store is away.'));
      const shop = createOffice({ store: { get: fail, insert: fail, replace: fail } });
      const answers: Answer[] = [
        await shop.post('/payins', { order: 'ORD-1' }),
        await pay(shop),
        await shop.get('/payins/r1'),
        await shop.get('/payouts/r1'),
        await ask(shop.proxy, '/webhooks/lesspay/payin', { method: 'POST', ...noticeOf(shop, 'r1') }),
      ];
      for (const { status, json } of answers) {
        assert.deepEqual([status, json.code, json.retryable], [503, 'outcome-unknown', true]);
      }
      assert.deepEqual(creations(shop), []);
    }
  });

  it('is a 500 where trying again would not help', async () => {
    for (const code of ['refused', 'unreadable', 'missing-table'] as const) {
      const fail = () => Promise.reject(new StoreError(code, 'It will not.'));
      const shop = createOffice({ store: { get: fail, insert: fail, replace: fail } });
      const { status, json } = await pay(shop);
      assert.deepEqual([status, json.code], [500, 'internal-error']);
    }
  });

  it('never gets a key that a notice has made up', async () => {
    const memory = memoryStore();
    const keys: string[] = [];
    const get = memory.get.bind(memory);
    memory.get = (key) => {
      keys.push(key);
      return get(key);
    };
    const shop = createOffice({ store: memory });
    for (const id of ['a\u0000b', 'ä', 'a b', 'x'.repeat(255), '../payout', ':']) {
      for (const kind of ['payin', 'payout']) {
        const init = { method: 'POST', ...noticeOf(shop, id) };
        const answer = await ask(shop.proxy, `/webhooks/lesspay/${kind}`, init);
        assert.deepEqual([answer.status, answer.json.code], [404, 'unknown-request'], `${kind} ${id}`);
      }
    }
    assert.deepEqual(keys, []);
  });
});

describe('a store that loses any one of its answers', () => {
  for (const when of ['before', 'after'] as const) {
    it(`costs no payout and no second one (${when} the call)`, async () => {
      let calls = 1;
      for (let wasHit = true; wasHit; calls += 1) {
        const failing = failingStore(memoryStore({ now: () => shop.clock.now }));
        const shop = createOffice({ store: failing.store });
        failing.failAt(calls, when);
        const key = 'attempt-00000001';
        let answer = await pay(shop, [payout('S-1')], { key });
        wasHit = answer.status !== 202;
        for (let tries = 0; answer.status !== 202; tries += 1) {
          assert.ok(tries < 5, `${calls}: ${answer.text}`);
          assert.ok(answer.status === 503 || answer.status === 409, `${calls}: ${answer.text}`);
          shop.clock.now += 30_000;
          answer = await pay(shop, [payout('S-1')], { key });
        }
        const id = String(answer.json.requestId);
        assert.equal(creations(shop).length, 1, String(calls));
        assert.equal(creations(shop)[0]?.request_id, id);
        shop.sandbox.control.settle(id, 'succeeded');
        await shop.sandbox.control.idle();
        wasHit ||= shop.webhooks.some(({ status }) => status !== 200);
        for (let rounds = 0; (await shop.get(`/payouts/${id}`)).json.status !== 'succeeded'; rounds += 1) {
          assert.ok(rounds < 5, String(calls));
          shop.clock.now += 3_600_000;
          await shop.proxy.reconcile({ olderThanMs: 0 });
        }
        assert.equal((await pay(shop, [payout('S-1')], { key })).json.requestId, id);
        assert.equal((await pay(shop, [payout('S-1')])).json.code, 'duplicate-payout');
        assert.equal(creations(shop).length, 1, String(calls));
        assert.deepEqual([...new Set(shop.payouts.map((event) => event.id))], [`payout.succeeded:${id}`]);
      }
      assert.ok(calls > 8, String(calls));
    });

    it(`costs no payment, no second one and no second fulfilment (${when} the call)`, async () => {
      let calls = 1;
      for (let wasHit = true; wasHit; calls += 1) {
        const failing = failingStore(memoryStore({ now: () => shop.clock.now }));
        const shop = createOffice({ store: failing.store });
        failing.failAt(calls, when);
        let answer = await shop.post('/payins', { order: 'ORD-1' });
        let tries = 0;
        for (; answer.status > 201; tries += 1) {
          assert.ok(tries < 5, `${calls}: ${answer.text}`);
          assert.equal(answer.status, 503, `${calls}: ${answer.text}`);
          shop.clock.now += 30_000;
          answer = await shop.post('/payins', { order: 'ORD-1' });
        }
        const id = String(answer.json.requestId);
        const opened = shop.sandbox.control.requests.filter(({ path }) => path.endsWith('pay/create-order'));
        assert.equal(opened.length, 1, String(calls));
        shop.sandbox.control.settle(id, 'succeeded');
        await shop.sandbox.control.idle();
        wasHit = tries > 0 || shop.webhooks.some(({ status }) => status !== 200);
        for (let rounds = 0; (await shop.get(`/payins/${id}`)).json.status !== 'paid'; rounds += 1) {
          assert.ok(rounds < 5, String(calls));
          shop.clock.now += 3_600_000;
          await shop.proxy.reconcile({ olderThanMs: 0 });
        }
        assert.equal((await shop.post('/payins', { order: 'ORD-1' })).json.code, 'order-already-paid');
        assert.deepEqual([...new Set(shop.payins.map((event) => event.id))], [`payin.paid:${id}`], String(calls));
      }
      assert.ok(calls > 12, String(calls));
    });
  }
});
