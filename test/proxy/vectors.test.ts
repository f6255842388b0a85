import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { signTestWebhook } from 'lesspay-elements/proxy';
import { type Answer, APP_SECRET, ask, assertNothingLeaked, createShop, NOW, type Shop } from './fixture.ts';
import { casesOf } from '../vectors/input-cases.ts';

after(assertNothingLeaked);

const HOOK = '/webhooks/lesspay/payin';

/** A refusal is a problem document with a code and a 4xx status. */
function assertRefused(answer: Answer): void {
  assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text}`);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(typeof answer.json.code, 'string');
}

/** What the shop would notice if anything had happened. */
async function stateOf(shop: Shop, requestId: string): Promise<unknown> {
  const { requests, orders, payouts } = shop.sandbox.control;
  const creations = requests.filter(({ path }) => path.endsWith('create-order')).length;
  const record = await shop.store.get(`payin:${requestId}`);
  return [record, creations, orders.length, payouts.length, shop.payins.length, shop.payouts.length];
}

/** A shop with an open payment that the platform holds for paid, so that only the proxy's own checks stand in the way. */
async function withPaidUpstream() {
  const shop = createShop();
  const { json } = await shop.post('/payins', { order: 'ORD-1' });
  const requestId = String(json.requestId);
  shop.sandbox.control.settle(requestId, 'succeeded', { webhook: 'never' });
  const notice = {
    request_id: requestId,
    pay_order_id: String(json.payOrderId),
    order_status: 'SUCCEED',
    order_status_int: 2,
    target_amount: '100.00',
    target_currency: 'PHP',
    api_version: 'v2',
  };
  return { shop, requestId, notice };
}

function deliver(
  shop: Shop,
  body: NonNullable<RequestInit['body']>,
  headers: NonNullable<RequestInit['headers']>,
): Promise<Answer> {
  return ask(shop.proxy, HOOK, { method: 'POST', body, headers });
}

describe('create_order_extra_fields', () => {
  for (const { id, value, why } of casesOf('create_order_extra_fields')) {
    it(`${id} is refused: ${why}`, async () => {
      const shop = createShop();
      const extra = value as { raw?: string };
      const bodies =
        extra.raw === undefined
          ? [JSON.stringify({ order: 'ORD-1', ...extra }), JSON.stringify(extra)]
          : [
              extra.raw,
              extra.raw.replace('{', '{"order":"ORD-1",'),
              extra.raw.replaceAll('"sku":"A"', '"order":"ORD-1"'),
            ];
      for (const body of bodies) assertRefused(await shop.post('/payins', body));
      assert.equal(shop.sandbox.control.requests.length, 0);
    });
  }
});

describe('http_request', () => {
  for (const { id, value, valid, why } of casesOf('http_request')) {
    for (const path of ['/payouts', '/payins']) {
      it(`${id} on ${path} is ${valid ? 'taken' : 'refused'}: ${why}`, async () => {
        const { method, auth, body, query, ...headers } = value as Record<string, string>;
        // A pay-in knows no operator, so the case without one is a payout's.
        if (auth === 'none' && path === '/payins') return;
        const shop = createShop({
          options: {
            payout: {
              authorize: () => (auth === 'admin' ? { id: 'op-1' } : null),
              routes: [{ currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' }],
            },
          },
        });
        const good =
          path === '/payins'
            ? { order: 'ORD-1' }
            : {
                currency: 'PHP',
                payouts: [
                  {
                    reference: 'S-1',
                    amount: '10.00',
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
        const answer = await ask(shop.proxy, `${path}${query === undefined ? '' : `?${query}`}`, {
          method: method ?? 'POST',
          headers: { 'idempotency-key': 'key-12345678', ...headers },
          ...(method === 'GET' ? {} : { body: new TextEncoder().encode(body ?? JSON.stringify(good)) }),
        });
        if (valid) {
          assert.ok([201, 202].includes(answer.status), answer.text);
          return;
        }
        assertRefused(answer);
        assert.equal(shop.sandbox.control.requests.length, 0);
      });
    }
  }
});

describe('webhook_raw_body', () => {
  for (const { id, value, valid, why } of casesOf('webhook_raw_body')) {
    it(`${id} ${valid ? 'is read' : 'is refused'}: ${why}`, async () => {
      const { shop, requestId, notice } = await withPaidUpstream();
      const before = await stateOf(shop, requestId);
      const text = typeof value === 'string' ? value.replace('…1 MiB+1…', 'x'.repeat(1_048_577)) : undefined;
      const bytes = text ?? Buffer.from((value as { base64: string }).base64, 'base64');
      // Signed as well as such a body can be: over what a lenient parser makes of it, and over the clean notice.
      let lenient: Record<string, unknown> = {};
      try {
        lenient = JSON.parse(text ?? '') as Record<string, unknown>;
      } catch {
        // No parser reads it, so nothing but a foreign signature can stand over it.
      }
      for (const signed of [
        signTestWebhook(lenient, APP_SECRET, { now: NOW }),
        signTestWebhook(notice, APP_SECRET, { now: NOW }),
      ]) {
        const answer = await deliver(shop, bytes, signed.headers);
        assertRefused(answer);
        if (!valid && text !== undefined && text.length > 1_000_000) assert.equal(answer.status, 413);
      }
      assert.deepEqual(await stateOf(shop, requestId), before);
      if (!valid) return;
      // What is legal JSON passes once it is a whole notice: the same quirk around this payment's members.
      const whole = { ...lenient, ...notice };
      const signed = signTestWebhook(whole, APP_SECRET, { now: NOW });
      const trailing = /\s*$/.exec(text ?? '')?.[0] ?? '';
      const answer = await deliver(shop, JSON.stringify(whole) + trailing, signed.headers);
      assert.equal(answer.text, 'SUCCESS');
      assert.equal(shop.payins.length, 1);
    });
  }
});

describe('webhook_semantics', () => {
  /** Cases that are legitimate news and must be acknowledged, though none of them may fulfil (again). */
  const acknowledged = new Set([
    'pending',
    'risk event',
    'same body delivered twice',
    'late FAILED after SUCCEED: state machine must not go back',
  ]);

  for (const { id, value, why } of casesOf('webhook_semantics')) {
    it(`${id} never fulfils: ${why}`, async () => {
      const { replay, after: earlier, ...members } = value as Record<string, unknown>;
      // The platform's query API says "paid" throughout: nothing but the notice itself stands in the way.
      const isPaidBefore = replay !== undefined || earlier !== undefined || members.order_status === 'REFUND';
      const { shop, requestId, notice } = await withPaidUpstream();
      if (isPaidBefore) {
        const signed = signTestWebhook(notice, APP_SECRET, { now: NOW });
        assert.equal((await deliver(shop, signed.body, signed.headers)).text, 'SUCCESS');
        assert.equal(shop.payins.length, 1);
      }
      const before = await stateOf(shop, requestId);
      const integers: Record<string, number> = { SUCCEED: 2, FAILED: 3, PARTIAL_SUCCESS: 11 };
      const body = { ...notice, order_status_int: integers[String(members.order_status)] ?? 2, ...members };
      const signed = signTestWebhook(body, APP_SECRET, { now: NOW });
      const answer = await deliver(shop, signed.body, signed.headers);
      if (acknowledged.has(why)) assert.equal(answer.text, 'SUCCESS');
      else assertRefused(answer);
      const fulfilled = shop.payins.filter(({ type }) => type === 'payin.paid').length;
      assert.equal(fulfilled, isPaidBefore ? 1 : 0);
      if (members.event !== undefined) {
        assert.deepEqual(
          shop.payins.map(({ type, status }) => [type, status]),
          [['payin.declined', 'pending']],
        );
      } else {
        assert.deepEqual(await stateOf(shop, requestId), before);
      }
    });
  }
});

describe('signature_header', () => {
  for (const { id, value, why } of casesOf('signature_header')) {
    it(`${id} gets 401: ${why}`, async () => {
      const { shop, requestId, notice } = await withPaidUpstream();
      const before = await stateOf(shop, requestId);
      const signed = signTestWebhook(notice, APP_SECRET, { now: NOW });
      const headers: [string, string][] = [['x-auth-timestamp', String(NOW)]];
      for (const one of Array.isArray(value) ? (value as string[]) : [String(value)])
        headers.push(['x-auth-signature', one]);
      const answer = await deliver(shop, signed.body, headers);
      assert.deepEqual([answer.status, answer.json.code], [401, 'invalid-signature']);
      assert.deepEqual(await stateOf(shop, requestId), before);
    });

    it(`${id} gets 401 also when its digits are this body’s right ones`, async () => {
      const { shop, requestId, notice } = await withPaidUpstream();
      const before = await stateOf(shop, requestId);
      const signed = signTestWebhook(notice, APP_SECRET, { now: NOW });
      const right = signed.headers['x-auth-signature'];
      const sample = '9B4B2AF5FDF706C8DF191D7B86A2572C442452E5B0D657D9A0A1734A6D2D8A8B';
      const transplanted = JSON.stringify(value)
        .replaceAll(sample, right)
        .replaceAll(sample.slice(0, 63), right.slice(0, 63));
      const parsed = JSON.parse(transplanted) as string | string[];
      const all = Array.isArray(parsed) ? parsed : [parsed];
      const answer = await deliver(
        shop,
        signed.body,
        all.map((one): [string, string] => ['x-auth-signature', one]),
      );
      // Blanks around a field's value are no part of it (RFC 9110, 5.5): HTTP takes them off before anybody sees them.
      if (parsed === `${right} `) {
        assert.equal(answer.text, 'SUCCESS');
        return;
      }
      assert.equal(answer.status, 401);
      assert.deepEqual(await stateOf(shop, requestId), before);
    });
  }
});

describe('timestamp_header', () => {
  for (const { id, value, valid, why } of casesOf('timestamp_header')) {
    it(`${id} ${valid ? 'is taken' : 'gets 401'}: ${why}`, async () => {
      const { shop, requestId, notice } = await withPaidUpstream();
      const before = await stateOf(shop, requestId);
      const signed = signTestWebhook(notice, APP_SECRET, { now: NOW });
      const answer = await deliver(shop, signed.body, { ...signed.headers, 'x-auth-timestamp': String(value) });
      if (valid) {
        assert.equal(answer.text, 'SUCCESS');
        assert.equal(shop.payins.length, 1);
        return;
      }
      assert.deepEqual([answer.status, answer.json.code], [401, 'invalid-timestamp']);
      assert.deepEqual(await stateOf(shop, requestId), before);
    });
  }
});
