import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { signTestWebhook } from 'lesspay-elements/proxy';
import { type Answer, APP_SECRET, ask, assertNothingLeaked, createShop, HASH_KEY, NOW, type Shop } from './fixture.ts';
import { casesOf } from '../vectors/input-cases.ts';

after(assertNothingLeaked);

const HOOKS = { lesspay: '/webhooks/lesspay/payout', leanx: '/webhooks/leanx', payin: '/webhooks/lesspay/payin' };
const SHOPPING = { currency: 'PHP', amount: '100.00', order: 'ORD-1' };

/** A shop with one payment and one payout of each platform that are done upstream, of which the proxy has not heard. */
async function createOffice({ confirmByQuery = true } = {}) {
  const shop = createShop({
    sandbox: { settleDelayMs: 1e12 },
    options: {
      payin: {
        resolveOrder: () => ({
          ...{ amount: SHOPPING.amount, currency: SHOPPING.currency, productName: 'Tea', description: 'Tea' },
          ...{ successUrl: 'https://shop.example/', failUrl: 'https://shop.example/' },
        }),
        confirmByQuery,
      },
      payout: {
        authorize: () => ({ id: 'op-1' }),
        routes: [{ currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' }],
        confirmByQuery,
      },
    },
  });
  const { control } = shop.sandbox;
  control.holdWebhooks();
  const { json: payin } = await shop.post('/payins', { order: SHOPPING.order });
  const { json: lesspay } = await shop.post(
    '/payouts',
    {
      currency: 'PHP',
      payouts: [
        {
          reference: 'S-1',
          amount: '10.00',
          recipient: {
            ...{ method: 'ewallet', provider: 'GCash', accountType: 'individual' },
            ...{ holderName: 'Maria Santos', accountNumber: '09171234567' },
          },
        },
      ],
    },
    { 'idempotency-key': 'key-00000001' },
  );
  const { json: leanx } = await shop.post(
    '/payouts',
    {
      currency: 'MYR',
      payouts: [
        {
          reference: 'L-1',
          amount: '25.50',
          recipient: {
            ...{ method: 'leanx', bankId: 1, accountNumber: '8011408168' },
            ...{ holderName: 'Siti Nurhaliza', recipientReference: 'Salary' },
          },
        },
      ],
    },
    { 'idempotency-key': 'key-00000002' },
  );
  for (const { requestId } of [payin, lesspay, leanx]) control.settle(String(requestId), 'succeeded');
  shop.payouts.length = 0;
  const [order] = control.payouts;
  const [invoice] = control.leanxPayouts;
  return {
    shop,
    payin: {
      request_id: payin.requestId,
      pay_order_id: payin.payOrderId,
      order_status: 'SUCCEED',
      order_status_int: 2,
      target_amount: '100.00',
      target_currency: 'PHP',
      api_version: 'v2',
    },
    notice: {
      request_id: lesspay.requestId,
      pay_order_id: order?.payOrderId,
      order_status: 'SUCCEED',
      currency: 'PHP',
      total_amount: '10.00',
      details: [{ mch_order_id: 'S-1', amount: '10.00', status: 'Succeeded' }],
    },
    claims: {
      client_data: { virtual_pool_reference: invoice?.invoiceNo, external_invoice_ref: leanx.requestId },
      invoice_status: 'SUCCESS',
      amount: '25.50',
      payout_service_id: 1,
    },
  };
}

function post(
  shop: Shop,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> | [string, string][],
): Promise<Answer> {
  return ask(shop.proxy, path, { method: 'POST', body, headers });
}

function token(claims: string): string {
  const input = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.${Buffer.from(claims).toString('base64url')}`;
  return `${input}.${createHmac('sha256', HASH_KEY).update(input).digest('base64url')}`;
}

function assertRefused(shop: Shop, answer: Answer): void {
  assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text}`);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.deepEqual([...shop.payins, ...shop.payouts], []);
}

describe('the payout webhooks', () => {
  it('settle the clean notices that the cases below are made of', async () => {
    const { shop, notice, claims } = await createOffice();
    const signed = signTestWebhook(notice, APP_SECRET, { now: NOW });
    assert.equal((await post(shop, HOOKS.lesspay, signed.body, signed.headers)).text, 'SUCCESS');
    const body = JSON.stringify({ data: token(JSON.stringify(claims)) });
    assert.equal((await post(shop, HOOKS.leanx, body, {})).text, 'SUCCESS');
    assert.deepEqual(
      shop.payouts.map(({ type }) => type),
      ['payout.succeeded', 'payout.succeeded'],
    );
  });

  for (const { id, value, why } of casesOf('signature_header')) {
    it(`${id} gets 401: ${why}`, async () => {
      const { shop, notice } = await createOffice();
      const signed = signTestWebhook(notice, APP_SECRET, { now: NOW });
      const all = Array.isArray(value) ? (value as string[]) : [String(value)];
      const headers = all.map((one): [string, string] => ['x-auth-signature', one]);
      const answer = await post(shop, HOOKS.lesspay, signed.body, headers);
      assertRefused(shop, answer);
      assert.equal(answer.json.code, 'invalid-signature');
    });
  }

  for (const { id, value, valid, why } of casesOf('timestamp_header')) {
    it(`${id} ${valid ? 'is taken' : 'gets 401'}: ${why}`, async () => {
      const { shop, notice } = await createOffice();
      const signed = signTestWebhook(notice, APP_SECRET, { now: NOW });
      const headers = { ...signed.headers, 'x-auth-timestamp': String(value) };
      const answer = await post(shop, HOOKS.lesspay, signed.body, headers);
      if (valid) {
        assert.equal(answer.text, 'SUCCESS');
        return;
      }
      assertRefused(shop, answer);
      assert.equal(answer.json.code, 'invalid-timestamp');
    });
  }

  for (const { id, value, why } of casesOf('webhook_raw_body')) {
    it(`${id} alone is no payout notice, however it is signed: ${why}`, async () => {
      const { shop, notice } = await createOffice();
      const text = typeof value === 'string' ? value.replace('…1 MiB+1…', 'x'.repeat(1_048_577)) : undefined;
      const bytes = text ?? Buffer.from((value as { base64: string }).base64, 'base64');
      let lenient: Record<string, unknown> = {};
      try {
        lenient = JSON.parse(text ?? '') as Record<string, unknown>;
      } catch {
        // No parser reads it, so nothing but a foreign signature can stand over it.
      }
      for (const signed of [lenient, notice]) {
        const { headers } = signTestWebhook(signed, APP_SECRET, { now: NOW });
        assertRefused(shop, await post(shop, HOOKS.lesspay, bytes, headers));
      }
      // To LeanX: as the callback itself, and as a token's claims.
      assertRefused(shop, await post(shop, HOOKS.leanx, bytes, {}));
      if (text !== undefined && text.length < 100_000) {
        assertRefused(shop, await post(shop, HOOKS.leanx, JSON.stringify({ data: token(text) }), {}));
      }
    });
  }
});

describe('amounts and ids in signed notices', () => {
  for (const { id, value, valid, why } of casesOf('amount', 'amount_type')) {
    // What the platform received is another amount than the order's, or none at all.
    it(`${id} as the amount of a notice ${valid && value === '100' ? 'is the order’s own' : 'pays nothing'}: ${why}`, async () => {
      const { shop, payin, notice, claims } = await createOffice({ confirmByQuery: false });
      const isOrdered = valid && Number(value) === 100;
      const asPayin = signTestWebhook({ ...payin, target_amount: value }, APP_SECRET, { now: NOW });
      const paid = await post(shop, HOOKS.payin, asPayin.body, asPayin.headers);
      if (isOrdered) assert.equal(paid.text, 'SUCCESS');
      else assertRefused(shop, paid);
      shop.payins.length = 0;
      const asPayout = signTestWebhook({ ...notice, total_amount: value ?? '0' }, APP_SECRET, { now: NOW });
      assertRefused(shop, await post(shop, HOOKS.lesspay, asPayout.body, asPayout.headers));
      const data = token(JSON.stringify({ ...claims, amount: value }));
      assertRefused(shop, await post(shop, HOOKS.leanx, JSON.stringify({ data }), {}));
    });
  }

  for (const { id, value, why } of casesOf('request_id', 'request_id_type')) {
    it(`${id} as the id of a notice, a callback or a path leads nowhere: ${why}`, async () => {
      const { shop, payin, notice, claims } = await createOffice({ confirmByQuery: false });
      for (const [path, body] of [
        [HOOKS.payin, payin],
        [HOOKS.lesspay, notice],
      ] as const) {
        const signed = signTestWebhook({ ...body, request_id: value }, APP_SECRET, { now: NOW });
        assertRefused(shop, await post(shop, path, signed.body, signed.headers));
      }
      const claimed = { ...claims, client_data: { ...claims.client_data, external_invoice_ref: value } };
      const data = token(JSON.stringify(claimed));
      assertRefused(shop, await post(shop, HOOKS.leanx, JSON.stringify({ data }), {}));
      if (typeof value !== 'string' || value === '') return;
      for (const path of ['payins', 'payouts']) {
        assertRefused(shop, await shop.get(`/${path}/${encodeURIComponent(value)}`));
      }
    });
  }
});
