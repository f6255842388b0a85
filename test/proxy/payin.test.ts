import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createShop } from './fixture.ts';

describe('POST /payins', () => {
  it('opens the order at the price of the shop and answers 201 with the checkout', async () => {
    const shop = createShop();
    const answer = await shop.post('/payins', { order: 'ORD-1' });
    assert.equal(answer.status, 201, answer.text);
    assert.match(String(answer.json.requestId), /^[0-9a-hjkmnp-tv-z]{20}$/);
    assert.match(String(answer.json.checkoutUrl), /^http:\/\/localhost:4010\//);
    shop.sandbox.control.settle(String(answer.json.requestId), 'succeeded');
    await shop.sandbox.control.idle();
    assert.deepEqual(
      shop.webhooks.map(({ status }) => status),
      [200],
      JSON.stringify(shop.logs),
    );
    assert.equal((await shop.get(`/payins/${String(answer.json.requestId)}`)).json.status, 'paid');
    console.log(shop.payins, shop.logs);
  });
});
