import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { signLesspay } from 'lesspay-elements/proxy';
import { type Answer, ask, assertNothingLeaked, createShop, NOW, type Shop } from './fixture.ts';

after(assertNothingLeaked);

type Members = Record<string, unknown>;
interface Hazard {
  id: string;
  kind: 'sign' | 'collision' | 'implementation-bug' | 'protocol';
  body?: Members;
  a?: Members;
  b?: Members;
  signature?: string;
}

const { secret, vectors } = JSON.parse(
  readFileSync(new URL('../vectors/signing-hazards.json', import.meta.url), 'utf8'),
) as { secret: string; vectors: Hazard[] };

const PAYIN = '/webhooks/lesspay/payin';
const PAYOUT = '/webhooks/lesspay/payout';

/** The payments that the hazards speak of, as the platform calls them: its id of every one of them is P1. */
const ORDERS: Readonly<Record<string, { requestId: string; amount: string; currency: string }>> = {
  'ORD-R1': { requestId: 'R1', amount: '100.00', currency: 'PHP' },
  'ORD-VICTIM': { requestId: 'VICTIM', amount: '1000.00', currency: 'USD' },
};

/** A platform that knows both payments, of which nobody has paid any, and a shop that believes a signature alone. */
async function createVictim({ isPaid = false } = {}): Promise<Shop> {
  const shop = createShop({
    upstream: async (request) => {
      const body = JSON.parse(await request.text()) as { request_id: string };
      const order = Object.values(ORDERS).find(({ requestId }) => requestId === body.request_id);
      const data = request.url.endsWith('create-order')
        ? { checkout_url: `http://localhost:4010/cashier/${body.request_id}`, order_data: { payOrderId: 'P1' } }
        : {
            records: [
              {
                request_id: body.request_id,
                pay_order_id: 'P1',
                order_status: isPaid ? 'SUCCEED' : 'PENDING_PAY',
                target_amount: order?.amount,
                target_currency: order?.currency,
              },
            ],
          };
      return Response.json({ code: 0, msg: 'SUCCESS', data });
    },
    options: {
      lesspay: { appId: 'app', appSecret: secret, environment: { baseUrl: 'http://localhost:4010' } },
      payin: {
        resolveOrder: (order) => ({
          ...{ productName: 'Mug', description: 'A mug', amount: '1.00', currency: 'USD', ...ORDERS[order] },
          ...{ successUrl: 'https://shop.example/', failUrl: 'https://shop.example/' },
        }),
        authorizeStatus: () => true,
        confirmByQuery: false,
      },
      payout: {
        authorize: () => ({ id: 'op-1' }),
        routes: [{ currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' }],
        confirmByQuery: false,
      },
    },
  });
  for (const order of Object.keys(ORDERS)) assert.equal((await shop.post('/payins', { order })).status, 201);
  return shop;
}

function deliver(shop: Shop, path: string, body: Members | string, signature: string, at = NOW): Promise<Answer> {
  return ask(shop.proxy, path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'x-auth-signature': signature,
      'x-auth-timestamp': String(at),
    },
  });
}

function assertHarmless(shop: Shop, answer: Answer): void {
  assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text}`);
  assert.deepEqual([...shop.payins, ...shop.payouts], []);
}

/** A whole notice of R1 that says "paid", with a hazard's members in it. */
function notice(change: Members = {}): Members {
  return {
    api_version: 'v2',
    order_status: 'SUCCEED',
    order_status_int: 2,
    pay_order_id: 'P1',
    request_id: 'R1',
    target_amount: '100.00',
    target_currency: 'PHP',
    ...change,
  };
}

describe('every signing hazard, sent to the webhooks', () => {
  for (const row of vectors.filter(({ kind }) => kind !== 'protocol')) {
    it(`${row.id}: no body of it settles anything, under its own signature or the one it shares`, async () => {
      const shop = await createVictim();
      const bodies = [row.body, row.a, row.b].filter((body) => body !== undefined);
      assert.ok(bodies.length > 0);
      for (const body of bodies) {
        for (const signature of new Set([row.signature ?? '', ...bodies.map((one) => signLesspay(one, secret))])) {
          for (const path of [PAYIN, PAYOUT]) assertHarmless(shop, await deliver(shop, path, body, signature));
        }
      }
    });
  }

  // The same hazards around a notice that would settle R1, were it believed.
  const twists: [id: string, signed: Members, sent: Members, code: string][] = [
    [
      'object-vs-string',
      notice({ channel_biz_data: { a: '1', b: '2' } }),
      notice({ channel_biz_data: '{a=1&b=2}' }),
      'not-confirmed',
    ],
    [
      'resplit-value',
      notice({ description: 'a', error_msg: 'x' }),
      notice({ description: 'a&error_msg=x' }),
      'not-confirmed',
    ],
    ['resplit-key', notice({ description: '1=2' }), notice({ 'description=1': '2', description: '' }), 'not-confirmed'],
    ['string-vs-number', notice(), notice({ target_amount: 100 }), 'invalid-signature'],
    ['string-vs-number', notice({ target_amount: '100' }), notice({ target_amount: 100 }), 'invalid-request'],
    ['string-vs-bool', notice({ event: 'true' }), notice({ event: true }), 'invalid-request'],
    ['array-as-string', notice(), notice({ target_amount: ['100.00'] }), 'invalid-signature'],
    ['lone-surrogate', notice({ description: '\ufffd' }), notice({ description: '\ud800' }), 'malformed-body'],
  ];
  for (const [id, signed, sent, code] of twists) {
    it(`${id}: the twin of a notice is answered with ${code}`, async () => {
      const shop = await createVictim();
      const answer = await deliver(shop, PAYIN, sent, signLesspay(signed, secret));
      assertHarmless(shop, answer);
      assert.equal(answer.json.code, code, answer.text);
    });
  }

  it('null-member: members that are null change nothing: the notice is the same and settles once', async () => {
    const shop = await createVictim();
    const signature = signLesspay(notice(), secret);
    for (const body of [notice(), notice({ event: null, event_data: null, description: '' })]) {
      assert.equal((await deliver(shop, PAYIN, body, signature)).text, 'SUCCESS');
    }
    assert.equal(shop.payins.length, 1);
  });

  it('v1-unsigned-status-int, v1-event-strip: a body that chooses its own version is refused as such', async () => {
    for (const id of ['v1-unsigned-status-int', 'v1-event-strip']) {
      const { a, b, signature } = vectors.find((row) => row.id === id) ?? {};
      const shop = await createVictim({ isPaid: true });
      for (const body of [a ?? {}, b ?? {}]) {
        const answer = await deliver(shop, PAYIN, body, signature ?? '');
        assertHarmless(shop, answer);
        assert.equal(answer.json.code, 'wrong-api-version');
      }
    }
  });

  it('webhook-forgery-by-resplit: under version 2 the thousand dollars are not paid with one', async () => {
    const { a = {}, b = {} } = vectors.find((row) => row.id === 'webhook-forgery-by-resplit') ?? {};
    const shop = await createVictim();
    const signature = signLesspay({ ...a, api_version: 'v2' }, secret);
    assert.equal(signLesspay({ ...b, api_version: 'v2' }, secret), signature);
    const answer = await deliver(shop, PAYIN, { ...b, api_version: 'v2' }, signature);
    assertHarmless(shop, answer);
    assert.equal(answer.json.code, 'not-confirmed');
  });

  it('timestamp-not-signed: a fresh stamp on an old notice is believed, and fulfils nothing a second time', async () => {
    const shop = await createVictim();
    const signature = signLesspay(notice(), secret);
    assert.equal((await deliver(shop, PAYIN, notice(), signature)).text, 'SUCCESS');
    for (let days = 1; days < 400; days += 100) {
      shop.clock.now = NOW + days * 86_400_000;
      assert.equal((await deliver(shop, PAYIN, notice(), signature, shop.clock.now)).text, 'SUCCESS');
    }
    assert.equal(shop.payins.length, 1);
  });

  it('direction-not-signed: our own request, sent back as a notice under its own signature, is none', async () => {
    const requests: { body: string; signature: string }[] = [];
    const shop = createShop({
      upstream: async (request, next) => {
        requests.push({
          body: await request.clone().text(),
          signature: request.headers.get('x-auth-signature') ?? '',
        });
        return next(request);
      },
      options: {
        payin: { resolveOrder: () => ({ ...mug }), confirmByQuery: false },
        payout: { authorize: () => ({ id: 'op-1' }), routes: [] },
      },
    });
    await shop.post('/payins', { order: 'ORD-1' });
    const [request] = requests;
    assert.equal(request?.signature.length, 64);
    for (const path of [PAYIN, PAYOUT]) {
      const answer = await deliver(shop, path, request.body, request.signature);
      assertHarmless(shop, answer);
      assert.equal(answer.status, 400, answer.text);
    }
  });

  it('knows every row of the file', () => {
    const protocol = vectors.filter(({ kind }) => kind === 'protocol').map(({ id }) => id);
    assert.deepEqual(protocol, ['timestamp-not-signed', 'direction-not-signed']);
  });
});

const mug = {
  amount: '1.00',
  currency: 'USD',
  productName: 'Mug',
  description: 'A mug',
  successUrl: 'https://shop.example/',
  failUrl: 'https://shop.example/',
};
