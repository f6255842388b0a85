import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createShop } from './fixture.ts';

const DAY_MS = 86_400_000;

const PAYOUT = {
  currency: 'PHP',
  payouts: [
    {
      reference: 'SALARY-1',
      amount: '100.00',
      recipient: {
        method: 'ewallet',
        provider: 'GCash',
        accountType: 'individual',
        holderName: 'Maria Santos',
        accountNumber: '09171234567',
      },
    },
  ],
};

const payoutOptions = {
  authorize: () => ({ id: 'anna' }),
  routes: [{ currency: 'PHP', method: 'ewallet' as const, provider: 'GCash', wayCode: 'GCASH' }],
};

function due(shop: ReturnType<typeof createShop>, kind: string): Promise<string[]> | undefined {
  return shop.store.due?.({ kind, before: shop.clock.now, limit: 10 });
}

describe('how long records are kept', () => {
  it('keeps and lists an open payout for ever, and forgets an ended one after retentionMs', async () => {
    const shop = createShop({ options: { payout: payoutOptions, retentionMs: 10 * DAY_MS } });
    const { json } = await shop.post('/payouts', PAYOUT, { 'idempotency-key': 'salary-key-1' });
    const id = String(json.requestId);
    assert.equal(json.status, 'review');
    shop.clock.now += 1_000 * DAY_MS;
    assert.deepEqual(await due(shop, 'payout'), [`payout:${id}`]);
    shop.sandbox.control.settle(id, 'succeeded');
    await shop.sandbox.control.idle();
    assert.equal((await shop.get(`/payouts/${id}`)).json.status, 'succeeded');
    assert.deepEqual(await due(shop, 'payout'), []);
    shop.clock.now += 10 * DAY_MS - 1;
    assert.equal((await shop.get(`/payouts/${id}`)).status, 200);
    shop.clock.now += 2;
    assert.equal((await shop.get(`/payouts/${id}`)).status, 404);
  });

  it('lists an open payment and takes it off when it is paid', async () => {
    const shop = createShop();
    const { json } = await shop.post('/payins', { order: 'ORD-1' });
    const id = String(json.requestId);
    assert.deepEqual(await due(shop, 'payin'), [`payin:${id}`]);
    shop.sandbox.control.settle(id, 'succeeded');
    await shop.sandbox.control.idle();
    assert.equal((await shop.get(`/payins/${id}`)).json.status, 'paid');
    assert.deepEqual(await due(shop, 'payin'), []);
  });
});
