import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertNothingLeaked, AUTH_TOKEN, createShop, HASH_KEY, type Shop, UPSTREAM } from './fixture.ts';
import { createOffice, MAYBANK, newKey, pay, payout, PIX, statusOf } from './office.ts';

after(assertNothingLeaked);

const MINUTE = 60_000;

const broken = (code: string) =>
  Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('broken'), { code }) });

/** Every answer that does not say what has happened, by what it looks like to whoever waits for it. */
const LOST: Readonly<Record<string, (reply: Response) => Response | Promise<Response>>> = {
  'a time-out': () => new Promise<Response>(() => undefined),
  'a reset connection': () => Promise.reject(broken('ECONNRESET')),
  'a connection that ends early': () => Promise.reject(broken('UND_ERR_SOCKET')),
  'HTTP 500': () => new Response('{"error":"x"}', { status: 500 }),
  'HTTP 502 with HTML': () => new Response('<html>bad gateway</html>', { status: 502 }),
  'HTTP 503 with a refusal': () => Response.json({ code: 30006, msg: 'no', data: null }, { status: 503 }),
  'HTTP 504 without a body': () => new Response(null, { status: 504 }),
  'HTML with status 200': () => new Response('<html>maintenance</html>'),
  'an empty answer': () => new Response(''),
  'truncated JSON': async (reply) => new Response((await reply.text()).slice(0, 20)),
  'code 0 without data': () => Response.json({ code: 0, msg: 'SUCCESS', data: null }),
  'a redirect': () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } }),
  'code 30011': () => Response.json({ code: 30011, msg: 'duplicate', data: null }),
  'code 1201': () => Response.json({ code: 1201, msg: 'duplicate data', data: null }),
  'code 10': () => Response.json({ code: 10, msg: 'system exception', data: null }),
  'an unpublished code': () => Response.json({ code: 30055, msg: 'who knows', data: null }),
  'HTTP 400 with an unpublished code': () => Response.json({ code: 30055, msg: 'x', data: null }, { status: 400 }),
  'another payout’s id': () =>
    Response.json({ code: 0, data: { request_id: 'another', pay_order_id: 'P9', order_status: 'PENDING_CONFIRM' } }),
};

/** What stands between proxy and platform: loses the answers of the first `times` creations, which may have arrived. */
function losing(how: keyof typeof LOST, create: RegExp, { arrives, times = 1 }: { arrives: boolean; times?: number }) {
  const sent: string[] = [];
  let left = times;
  return {
    sent,
    upstream: async (request: Request, next: (request: Request) => Promise<Response>): Promise<Response> => {
      const path = new URL(request.url).pathname;
      const isCreation = create.test(path);
      sent.push(isCreation ? 'create' : 'query');
      if (!isCreation || left <= 0) return next(request);
      left -= 1;
      // What never arrives is lost on the way there; the platform's answer to it is not ours to see either.
      const reply = arrives ? await next(request) : Response.json({ code: 0, msg: 'SUCCESS', data: {} });
      const lost = LOST[how];
      assert.ok(lost);
      return lost(reply);
    },
  };
}

const CREATE_PAYOUT = /payout\/(?:batch\/)?create-order$/;
const CREATE_PAYIN = /pay\/create-order$/;
const CREATE_LEANX = /create-payout-invoice$/;
const LEANX = {
  authToken: AUTH_TOKEN,
  hashKey: HASH_KEY,
  environment: { baseUrl: UPSTREAM },
  poolReference: 'VA-8F9FD0-132317969417-PAYOUT',
};
const QUICK = { upstreamTimeoutMs: 120 };

function idsOf(shop: Shop, path: RegExp): Set<unknown> {
  const bodies = shop.sandbox.control.requests.filter((request) => path.test(request.path));
  return new Set(
    bodies.map(({ body }) => {
      const { request_id, external_invoice_ref } = body as Record<string, unknown>;
      return request_id ?? external_invoice_ref;
    }),
  );
}

describe('a payout whose answer is lost', () => {
  for (const how of Object.keys(LOST)) {
    it(`by ${how} is asked for and not sent again where it has arrived`, async () => {
      const { sent, upstream } = losing(how, CREATE_PAYOUT, { arrives: true });
      const shop = createOffice(QUICK, { upstream });
      const answer = await pay(shop);
      assert.deepEqual([answer.status, answer.json.status], [202, 'review'], answer.text);
      assert.deepEqual(sent, ['create', 'query']);
      assert.equal(shop.sandbox.control.payouts.length, 1);
    });

    it(`by ${how} is sent again under the same id only after the platform has said that it does not know it`, async () => {
      const { sent, upstream } = losing(how, CREATE_PAYOUT, { arrives: false });
      const shop = createOffice(QUICK, { upstream });
      const answer = await pay(shop, [payout('S-1', PIX)], { currency: 'BRL' });
      assert.deepEqual([answer.status, answer.json.status], [202, 'review'], answer.text);
      assert.deepEqual(sent, ['create', 'query', 'create']);
      assert.deepEqual(idsOf(shop, CREATE_PAYOUT), new Set([answer.json.requestId]));
      assert.equal(shop.sandbox.control.payouts.length, 1);
    });

    it(`by ${how}, with a query that fails too, is unknown and not sent again until the query answers`, async () => {
      const { sent, upstream } = losing(how, CREATE_PAYOUT, { arrives: true });
      const shop = createOffice(QUICK, { upstream });
      shop.sandbox.control.fail({ path: 'payout/query', how: 'html', times: 2 });
      const key = newKey();
      const answer = await pay(shop, [payout()], { key });
      assert.deepEqual([answer.status, answer.json.status], [202, 'unknown'], answer.text);
      assert.equal((await pay(shop, [payout()], { key })).json.status, 'unknown');
      assert.deepEqual(sent, ['create', 'query', 'query']);
      assert.equal((await pay(shop, [payout()], { key })).json.status, 'review');
      assert.deepEqual(sent, ['create', 'query', 'query', 'query']);
      assert.equal(shop.sandbox.control.payouts.length, 1);
    });
  }

  // Of LeanX no code is published, so that there the status alone says that a request was bad.
  for (const how of Object.keys(LOST).filter((name) => !name.startsWith('HTTP 400'))) {
    it(`by ${how} on the way to LeanX is asked for, and not sent again by anybody for an hour`, async () => {
      for (const arrives of [true, false]) {
        const { sent, upstream } = losing(how, CREATE_LEANX, { arrives });
        const shop = createOffice(QUICK, { upstream });
        const key = newKey();
        const answer = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR', key });
        assert.deepEqual([answer.status, answer.json.status], [202, arrives ? 'processing' : 'unknown'], answer.text);
        for (let quarter = 0; quarter < 3; quarter += 1) {
          shop.clock.now += 15 * MINUTE;
          await shop.proxy.reconcile();
          await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR', key });
          await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
          await statusOf(shop, answer.json.requestId);
        }
        assert.equal(sent.filter((one) => one === 'create').length, 1);
        assert.ok(sent.includes('query'));
        assert.equal(shop.sandbox.control.leanxPayouts.length, arrives ? 1 : 0);
        const queried = shop.sandbox.control.requests.filter(({ path }) => path.endsWith('transaction-by-id'));
        assert.ok(queried.length > 0);
      }
    });
  }

  it('is sent to LeanX again under the same reference when it still denies it after an hour, or never where you say so', async () => {
    for (const [denialAfterMs, creations] of [
      [undefined, 2],
      [Infinity, 1],
    ] as const) {
      const { sent, upstream } = losing('HTTP 500', CREATE_LEANX, { arrives: false });
      const shop = createOffice(QUICK, { upstream });
      const patient = shop.replica(denialAfterMs === undefined ? {} : { leanx: { ...LEANX, denialAfterMs } });
      const { json } = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
      shop.clock.now += 61 * MINUTE;
      await patient.reconcile();
      assert.equal(sent.filter((one) => one === 'create').length, creations);
      assert.equal((await statusOf(shop, json.requestId)).status, creations === 2 ? 'processing' : 'unknown');
      assert.ok(idsOf(shop, CREATE_LEANX).size <= 1);
    }
  });
});

describe('a payment whose answer is lost', () => {
  for (const how of Object.keys(LOST)) {
    it(`by ${how} is found under its id and opened once`, async () => {
      for (const arrives of [true, false]) {
        const { sent, upstream } = losing(how, CREATE_PAYIN, { arrives });
        const shop = createShop({ options: QUICK, upstream });
        const answer = await shop.post('/payins', { order: 'ORD-1' });
        assert.equal(answer.status, 201, answer.text);
        assert.deepEqual(sent, arrives ? ['create', 'query'] : ['create', 'query', 'create']);
        assert.deepEqual(idsOf(shop, CREATE_PAYIN), new Set([answer.json.requestId]));
        assert.equal(shop.sandbox.control.orders.length, 1);
      }
    });
  }
});
