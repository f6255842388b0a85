import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { LeanxOptions, LesspayOptions, SigningProxyOptions } from 'lesspay-elements/proxy';
import {
  APP_ID,
  APP_SECRET,
  assertNothingLeaked,
  AUTH_TOKEN,
  createShop,
  HASH_KEY,
  type Shop,
  UPSTREAM,
} from './fixture.ts';

after(assertNothingLeaked);

const payout: SigningProxyOptions['payout'] = {
  authorize: () => ({ id: 'op-1' }),
  routes: [{ currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' }],
};

/** A shop whose requests are spelled as these options say. */
function shopThatSends(output: LesspayOptions['output'], amountAs?: LeanxOptions['amountAs']): Shop {
  const environment = { baseUrl: UPSTREAM };
  return createShop({
    options: {
      lesspay: { appId: APP_ID, appSecret: APP_SECRET, environment, output },
      leanx: {
        authToken: AUTH_TOKEN,
        hashKey: HASH_KEY,
        environment,
        poolReference: 'VA-8F9FD0-132317969417-PAYOUT',
        amountAs,
      },
      payout,
    },
  });
}

function bodySentTo(shop: Shop, path: string): Record<string, unknown> {
  const request = shop.sandbox.control.requests.find((one) => one.path.endsWith(path));
  assert.ok(request, `nothing was sent to ${path}`);
  return request.body as Record<string, unknown>;
}

async function payByWallet(shop: Shop): Promise<Record<string, unknown>> {
  const recipient = {
    method: 'ewallet',
    provider: 'GCash',
    accountType: 'individual',
    holderName: 'Maria Santos',
    accountNumber: '09171234567',
  };
  const body = { currency: 'PHP', payouts: [{ reference: 'S-1', amount: '10.00', recipient }] };
  const answer = await shop.post('/payouts', body, { 'idempotency-key': 'output-test-1' });
  assert.equal(answer.status, 202, answer.text);
  return bodySentTo(shop, 'payout/batch/create-order');
}

describe('the output options', () => {
  it('decide where a batch says what its destination is', async () => {
    for (const [destinationType, root, detail] of [
      ['root', 'ewallet', undefined],
      ['detail', undefined, 'ewallet'],
      ['both', 'ewallet', 'ewallet'],
    ] as const) {
      const body = await payByWallet(shopThatSends({ payout: { destinationType } }));
      const [first] = body.payout_order_details as Record<string, unknown>[];
      assert.deepEqual([body.destination_type, first?.destination_type], [root, detail], destinationType);
    }
  });

  it('decide which way type a route without one gets', async () => {
    const named = await payByWallet(shopThatSends({ payout: { wayTypes: { batchWallet: 'WALLET_TRANSFER' } } }));
    assert.equal(named.way_type, 'WALLET_TRANSFER');
    const omitted = await payByWallet(shopThatSends({ payout: { batchWayType: 'omitted' } }));
    assert.equal('way_type' in omitted, false);
  });

  it('decide whether an expiry is a number or a text', async () => {
    for (const [expiredTimeAs, sent] of [
      ['integer', 1800],
      ['string', '1800'],
    ] as const) {
      const shop = shopThatSends({ payin: { expiredTimeAs } });
      await shop.post('/payins', { order: 'ORD-1' });
      assert.equal(bodySentTo(shop, 'pay/create-order').expired_time, sent);
    }
  });

  it('decide whether LeanX gets an amount as a number or as a text', async () => {
    for (const [amountAs, sent] of [
      ['number', 13],
      ['string', '13.00'],
    ] as const) {
      const shop = shopThatSends(undefined, amountAs);
      const recipient = {
        method: 'leanx',
        bankId: 1,
        accountNumber: '8011408168',
        holderName: 'Siti Nurhaliza',
        recipientReference: 'S-1',
      };
      const body = { currency: 'MYR', payouts: [{ reference: 'S-1', amount: '13.00', recipient }] };
      await shop.post('/payouts', body, { 'idempotency-key': 'output-test-2' });
      assert.equal(bodySentTo(shop, 'create-payout-invoice').amount, sent);
    }
  });
});
