import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { PayoutRoute } from 'lesspay-elements/proxy';
import type { ClientOptions } from '../../src/client.ts';
import { BatchSubmission } from '../../src/payouts/batch-submission.ts';
import { asTable, guessColumns } from '../../src/payouts/columns.ts';
import { type BatchDefaults, PayoutBatch } from '../../src/payouts/payout-batch.ts';
import { readTable } from '../../src/payouts/read-table.ts';
import { createShop, SHOP, type Shop } from '../proxy/fixture.ts';

const ROUTES: PayoutRoute[] = [
  { currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' },
  { currency: 'PHP', method: 'bank', wayCode: 'TAZAPAY_PAYOUT', wayType: 'BANK_TRANSFER' },
  { currency: 'BRL', method: 'ewallet', wayCode: 'PAYRETAILERS_PAYOUT', endpoint: 'single' },
];
const HEADER = 'reference,amount,provider,name,account number';
const line = (index: number, amount = '10') =>
  `R-${index},${amount},GCash,Maria ${'abcdefghij'[index % 10]},0917${String(1234567 + index)}`;

async function batchOf(lines: readonly string[], currency = 'PHP', defaults: BatchDefaults = {}): Promise<PayoutBatch> {
  const table = asTable(await readTable([HEADER, ...lines].join('\n')));
  const batch = new PayoutBatch(table, guessColumns(table), { currency, defaults });
  await batch.check();
  return batch;
}

type Fetch = typeof globalThis.fetch;
/** Stands between the page and the proxy. */
type Between = (call: () => Promise<Response>, path: string, method: string) => Promise<Response>;

function createDesk(
  around: Between = (call) => call(),
  upstream?: NonNullable<Parameters<typeof createShop>[0]>['upstream'],
) {
  const shop: Shop = createShop({
    options: { payout: { authorize: () => ({ id: 'op-1' }), routes: ROUTES } },
    ...(upstream ? { upstream } : {}),
  });
  const keys: (string | null)[] = [];
  const fetch: Fetch = (input, init) => {
    const request = new Request(input, init);
    if (request.method === 'POST') keys.push(request.headers.get('idempotency-key'));
    const headers = new Headers(request.headers);
    headers.set('sec-fetch-site', 'same-origin');
    const call = () => shop.proxy.fetch(new Request(request, { headers }));
    return around(call, new URL(request.url).pathname, request.method);
  };
  const client: ClientOptions = { proxy: '/lesspay', fetch };
  const open = () =>
    new BatchSubmission(
      () => client,
      () => undefined,
    );
  /** What reached the platform: every payout by its reference. */
  const received = () =>
    shop.sandbox.control.requests
      .filter(({ path, status }) => path.endsWith('/create-order') && status === 200)
      .flatMap(({ body }) => {
        const { payout_order_details: details, description } = body as {
          payout_order_details?: { mch_order_id: string }[];
          description?: string;
        };
        return details?.map((detail) => detail.mch_order_id) ?? [String(description)];
      });
  return { shop, submission: open(), open, received, keys };
}

/** What the proxy answers where it refuses. */
const problem = (code: string, status: number, more: object = {}) =>
  Response.json(
    { type: `https://docs.example#${code}`, title: code, status, code, detail: code, retryable: false, ...more },
    { status },
  );

const states = (batch: PayoutBatch) => batch.rows.map(({ outcome }) => outcome?.state);

describe('BatchSubmission', () => {
  before(() => {
    // The browser client asks for the page it runs on.
    Object.assign(globalThis, { document: { baseURI: `${SHOP}/admin` }, self: { origin: SHOP } });
  });

  it('sends all rows that are ready, each once', async () => {
    const { submission, received } = createDesk();
    const batch = await batchOf([line(1), line(2, '0'), line(3)]);
    await submission.send(batch);
    assert.deepEqual(states(batch), ['accepted', undefined, 'accepted']);
    assert.deepEqual(received(), ['R-1', 'R-3']);
    assert.equal(submission.progress, 1);
    assert.deepEqual(batch.counts, { total: 3, ready: 0, wrong: 1, duplicate: 0, accepted: 2, unknown: 0 });
  });

  it('splits a long batch into requests that the proxy takes', async () => {
    const { submission, received, shop } = createDesk();
    const batch = await batchOf(Array.from({ length: 1100 }, (_, index) => line(index)));
    await submission.send(batch);
    assert.equal(new Set(received()).size, 1100);
    assert.equal(received().length, 1100);
    assert.equal(submission.requestIds.length, 3);
    assert.ok(shop.sandbox.control.requests.length >= 3);
  });

  it('sends one by one over a channel that takes one payout per request', async () => {
    const { submission, received } = createDesk();
    const batch = await batchOf(['R-1,10,,Fulano,11144477735', 'R-2,20,,Beltrano,maria@mail.example'], 'BRL', {
      method: 'ewallet',
    });
    await submission.send(batch);
    assert.deepEqual(states(batch), ['accepted', 'accepted']);
    assert.deepEqual(received(), ['R-1', 'R-2']);
  });

  it('does not send again what was taken when the corrected file comes', async () => {
    const { submission, received } = createDesk();
    const first = await batchOf([line(1), 'R-2,10,GCash,Maria,0917']);
    await submission.send(first);
    const corrected = await batchOf([line(1), 'R-2,10,GCash,Maria,09171234568']);
    submission.markSent(corrected);
    assert.deepEqual(states(corrected), ['already-sent', undefined]);
    await submission.send(corrected);
    assert.deepEqual(received(), ['R-1', 'R-2']);
  });

  it('does not pay a reference again whose amount was changed after it was taken', async () => {
    const { submission } = createDesk();
    const first = await batchOf([line(1)]);
    await submission.send(first);
    const changed = await batchOf([line(1, '11')]);
    submission.markSent(changed);
    assert.deepEqual(changed.rows[0]?.outcome?.differs, true);
    assert.deepEqual(changed.ready, []);
  });

  it('leaves out, after a reload, what the proxy says was sent before, and sends the rest', async () => {
    const { open, received } = createDesk();
    const lines = [line(1), line(2), line(3), line(4)];
    await open().send(await batchOf(lines.slice(0, 2)));
    const again = await batchOf(lines);
    await open().send(again);
    assert.deepEqual(states(again), ['already-sent', 'already-sent', 'accepted', 'accepted']);
    assert.deepEqual(received().sort(), ['R-1', 'R-2', 'R-3', 'R-4']);
  });

  it('keeps the outcome open when the answer is lost, and finds out without paying twice', async () => {
    let lost = true;
    const { submission, received } = createDesk(async (call, path) => {
      const response = await call();
      if (lost && path.endsWith('/payouts')) throw new TypeError('network');
      return response;
    });
    const batch = await batchOf([line(1), line(2)]);
    await submission.send(batch);
    assert.deepEqual(states(batch), ['unknown', 'unknown']);
    assert.equal(submission.unknown, 2);
    assert.deepEqual(batch.ready, [], 'rows whose outcome is open are not sent anew');
    await submission.check();
    assert.deepEqual(states(batch), ['unknown', 'unknown']);
    lost = false;
    await submission.check();
    assert.deepEqual(states(batch), ['accepted', 'accepted']);
    assert.deepEqual(received(), ['R-1', 'R-2']);
  });

  it('keeps the outcome open for the same rows of another file', async () => {
    let lost = true;
    const { submission, received } = createDesk(async (call, path) => {
      const response = await call();
      if (lost && path.endsWith('/payouts')) throw new TypeError('network');
      return response;
    });
    const first = await batchOf([line(1), line(2)]);
    await submission.send(first);
    const again = await batchOf([line(1), line(2), line(3)]);
    submission.markSent(again);
    assert.deepEqual(states(again), ['unknown', 'unknown', undefined]);
    lost = false;
    await submission.check();
    assert.deepEqual(states(again), ['accepted', 'accepted', undefined]);
    await submission.send(again);
    assert.deepEqual(received(), ['R-1', 'R-2', 'R-3']);
  });

  it('brings a payout that failed later back on its row, and lets it be sent again', async () => {
    const { submission, shop, received } = createDesk();
    const batch = await batchOf([line(1), line(2)]);
    await submission.send(batch);
    const [requestId = ''] = submission.requestIds;
    shop.sandbox.control.settle(requestId, { 'R-1': 'succeeded', 'R-2': 'failed' });
    await shop.sandbox.control.idle();
    shop.clock.now += 10_000;
    await submission.follow();
    assert.deepEqual(states(batch), ['accepted', 'refused']);
    assert.equal(batch.rows[0]?.outcome?.status, 'succeeded');
    assert.equal(submission.isFollowing, false);
    batch.edit(1, 'accountNumber', '09189999999');
    submission.markSent(batch);
    await submission.send(batch);
    assert.deepEqual(received(), ['R-1', 'R-2', 'R-2']);
  });

  describe('stops before the rest', () => {
    const isPost = (path: string, method: string) => method === 'POST' && path.endsWith('/payouts');
    const two = () => batchOf([line(1), 'R-2,10,GrabPay,Maria,09171234569']);

    it('where nobody may send, and leaves all rows ready', async () => {
      for (const [answer, code] of [
        [() => problem('forbidden', 403), 'forbidden'],
        [() => problem('not-found', 404), 'not-found'],
        [() => problem('upstream-unavailable', 503, { requestId: 'q1' }), 'upstream-unavailable'],
        [() => problem('body-timeout', 408), 'body-timeout'],
        [() => problem('too-many-requests', 429), 'too-many-requests'],
        [() => new Response('<html>Sign in</html>', { status: 401 }), 'bad-answer'],
      ] as const) {
        let isShut = true;
        const { submission, received, keys } = createDesk((call) => (isShut ? Promise.resolve(answer()) : call()));
        const batch = await two();
        await submission.send(batch);
        assert.deepEqual([submission.halted, keys.length], [code, 1], code);
        assert.deepEqual([batch.ready.length, submission.unknown, submission.progress], [2, 0, 1], code);
        isShut = false;
        await submission.send(batch);
        assert.equal(submission.halted, undefined);
        assert.deepEqual(received(), ['R-1', 'R-2']);
      }
    });

    it('where no answer comes through, so that the fewest outcomes are open', async () => {
      let isLost = true;
      const { submission, received, keys } = createDesk(async (call, path, method) => {
        const response = await call();
        if (isLost && isPost(path, method)) throw new TypeError('network');
        return response;
      });
      const batch = await two();
      await submission.send(batch);
      assert.deepEqual(states(batch), ['unknown', undefined]);
      assert.deepEqual([submission.halted, submission.unknown, keys.length], ['network', 1, 1]);
      isLost = false;
      await submission.send(batch);
      assert.deepEqual(states(batch), ['unknown', 'accepted'], 'the open row is not sent anew');
      await submission.check();
      assert.deepEqual(states(batch), ['accepted', 'accepted']);
      assert.deepEqual(received(), ['R-1', 'R-2']);
    });

    it('where the platform gives no answer', async () => {
      let isDown = true;
      const { submission, received } = createDesk(undefined, (request, next) =>
        isDown ? Promise.resolve(new Response('', { status: 502 })) : next(request),
      );
      const batch = await two();
      await submission.send(batch);
      assert.deepEqual(states(batch), ['unknown', undefined]);
      assert.equal(submission.halted, 'outcome-unknown');
      isDown = false;
      // Known by its number, but not to the platform: under its key it is sent once more, with the same id.
      await submission.check();
      assert.deepEqual(states(batch), ['accepted', undefined]);
      assert.deepEqual(received(), ['R-1']);
    });
  });

  describe('asking about an open outcome', () => {
    /** Loses the answer to the first request, then answers as told. */
    async function lostThen(answer: (call: () => Promise<Response>) => Promise<Response>, arrives = true) {
      let posts = 0;
      const desk = createDesk(async (call, _, method) => {
        if (method === 'GET') return call();
        posts += 1;
        if (posts > 1) return answer(call);
        if (arrives) await call();
        throw new TypeError('network');
      });
      const batch = await batchOf([line(1), line(2)]);
      await desk.submission.send(batch);
      return { ...desk, batch };
    }

    it('takes nothing from a refusal of whoever asks', async () => {
      for (const refusal of [
        () => problem('forbidden', 403),
        () => problem('not-found', 404),
        () => problem('idempotency-key-reused', 409),
        () => problem('rate-limited', 429),
        () => problem('too-many-requests', 429),
        () => new Response('<html>Sign in</html>', { status: 401 }),
      ]) {
        const { submission, batch, keys } = await lostThen(() => Promise.resolve(refusal()));
        await submission.check();
        assert.deepEqual(states(batch), ['unknown', 'unknown']);
        assert.deepEqual([submission.unknown, new Set(keys).size], [2, 1]);
      }
    });

    it('gives the rows back where nothing was taken, and sends none of them by itself', async () => {
      const errors = [{ path: 'payouts.1.recipient.accountNumber', code: 'upstream-refused' }];
      const refused = () => problem('upstream-refused', 422, { requestId: 'q1', upstreamCode: '30006', errors });
      const { submission, batch, keys, received } = await lostThen(() => Promise.resolve(refused()), false);
      await submission.check();
      assert.deepEqual(states(batch), [undefined, 'refused']);
      assert.equal(batch.rows[1]?.outcome?.field, 'accountNumber');
      assert.deepEqual([keys.length, submission.unknown, received()], [2, 0, []]);
    });

    it('gives the rows back where the platform cannot be reached', async () => {
      const down = () => problem('upstream-unavailable', 503, { requestId: 'q1' });
      const { submission, batch } = await lostThen(() => Promise.resolve(down()), false);
      await submission.check();
      assert.deepEqual(states(batch), [undefined, undefined]);
      assert.equal(submission.halted, 'upstream-unavailable');
    });

    it('does not take the new details of a reference for what was sent', async () => {
      const { submission, received } = await lostThen((call) => call());
      const changed = await batchOf([line(1, '11'), line(2), line(3)]);
      submission.markSent(changed);
      assert.deepEqual(states(changed), ['unknown', 'unknown', undefined]);
      await submission.check();
      assert.deepEqual(states(changed), ['already-sent', 'accepted', undefined]);
      assert.equal(changed.rows[0]?.outcome?.differs, true);
      assert.deepEqual([changed.counts.wrong, changed.counts.accepted, changed.counts.ready], [1, 1, 1]);
      await submission.send(changed);
      assert.deepEqual(received(), ['R-1', 'R-2', 'R-3']);
    });

    it('keeps every row of an open reference from being sent, also one that gets it by hand', async () => {
      const { submission, received } = await lostThen((call) => call());
      const twice = await batchOf([line(9, '77'), 'R-1,11,GCash,Maria,09171234599', line(1)]);
      submission.markSent(twice);
      assert.deepEqual(states(twice), [undefined, 'unknown', 'unknown']);
      twice.edit(0, 'reference', 'R-2');
      submission.markSent(twice, twice.rows.slice(0, 1));
      assert.deepEqual(states(twice), ['unknown', 'unknown', 'unknown']);
      await submission.send(twice);
      assert.deepEqual(received(), ['R-1', 'R-2']);
    });

    it('makes a row with other details ready when nothing of the earlier one was taken', async () => {
      const refused = () =>
        problem('upstream-refused', 422, {
          requestId: 'q1',
          upstreamCode: '30002',
          errors: [{ path: 'payouts.0.amount', code: 'upstream-refused' }],
        });
      const { submission } = await lostThen(() => Promise.resolve(refused()), false);
      const corrected = await batchOf([line(1, '11'), line(2)]);
      submission.markSent(corrected);
      await submission.check();
      assert.deepEqual(states(corrected), [undefined, undefined]);
    });

    it('stops at the first request without an answer', async () => {
      let isOff = true;
      const desk = createDesk(async (call) => {
        const response = await call();
        if (isOff) throw new TypeError('network');
        return response;
      });
      const batch = await batchOf([line(1), 'R-2,10,GrabPay,Maria,09171234569']);
      await desk.submission.send(batch);
      await desk.submission.send(batch);
      assert.equal(desk.submission.unknown, 2);
      desk.keys.length = 0;
      await desk.submission.check();
      assert.equal(desk.keys.length, 1);
      isOff = false;
      await desk.submission.check();
      assert.deepEqual(states(batch), ['accepted', 'accepted']);
      assert.deepEqual(desk.received(), ['R-1', 'R-2']);
    });
  });

  it('tells a failed payout on the rows of whichever file is in view, and lets it be paid again', async () => {
    const { submission, shop, received } = createDesk();
    await submission.send(await batchOf([line(1), line(2)]));
    const [requestId = ''] = submission.requestIds;
    const again = await batchOf([line(1), line(2, '11')]);
    submission.markSent(again);
    assert.deepEqual(states(again), ['already-sent', 'already-sent']);
    shop.sandbox.control.settle(requestId, 'failed');
    await shop.sandbox.control.idle();
    shop.clock.now += 10_000;
    await submission.follow();
    // The second row was corrected: what failed was not this payout.
    assert.deepEqual(states(again), ['refused', undefined]);
    assert.equal(again.rows[0]?.outcome?.status, 'failed');
    again.reopen(again.rows);
    await submission.send(again);
    assert.deepEqual(received(), ['R-1', 'R-2', 'R-1', 'R-2']);
  });

  it('gives a failed part back only when its whole request has ended', async () => {
    const { submission, shop } = createDesk();
    const batch = await batchOf([line(1), line(2)]);
    await submission.send(batch);
    const [requestId = ''] = submission.requestIds;
    const details = (status: string, part: string) => ({
      requestId,
      status,
      final: status !== 'processing',
      total: '20.00',
      currency: 'PHP',
      details: [
        { reference: 'R-1', amount: '10.00', status: 'succeeded' },
        { reference: 'R-2', amount: '10.00', status: part, failure: 'channel-failed' },
      ],
    });
    shop.proxy.fetch = () => Promise.resolve(Response.json(details('processing', 'failed')));
    await submission.follow();
    assert.deepEqual(states(batch), ['accepted', 'accepted']);
    shop.proxy.fetch = () => Promise.resolve(Response.json(details('partly-succeeded', 'failed')));
    await submission.follow();
    assert.deepEqual(states(batch), ['accepted', 'refused']);
    assert.equal(batch.rows[1]?.outcome?.code, 'channel-failed');
  });

  it('takes the parts of a refused request for refused, though nothing is told of them', async () => {
    const { submission, shop } = createDesk();
    const batch = await batchOf([line(1)]);
    await submission.send(batch);
    const [requestId = ''] = submission.requestIds;
    const details = [{ reference: 'R-1', amount: '10.00', status: 'unknown' }];
    const answer = { requestId, status: 'failed', final: true, total: '10.00', currency: 'PHP', details };
    shop.proxy.fetch = () => Promise.resolve(Response.json(answer));
    await submission.follow();
    assert.deepEqual(states(batch), ['refused']);
    assert.equal(submission.isFollowing, false);
  });

  it('asks about forty requests in one round, those that wait longest first', async () => {
    const asked: string[] = [];
    const { submission } = createDesk((call, path, method) => {
      if (method === 'GET') asked.push(path);
      return call();
    });
    const lines = Array.from(
      { length: 50 },
      (_, index) => `R-${index},10,,Fulano ${'abcdefghij'[index % 10]},maria${index}@mail.example`,
    );
    await submission.send(await batchOf(lines, 'BRL', { method: 'ewallet' }));
    assert.equal(submission.requestIds.length, 50);
    await submission.follow();
    assert.equal(asked.length, 40);
    await submission.follow();
    assert.equal(new Set(asked.slice(0, 50)).size, 50);
  });

  it('makes refused rows ready as they are', async () => {
    let isOpen = false;
    const { submission, received } = createDesk((call) =>
      isOpen ? call() : Promise.resolve(problem('payout-not-approved', 403)),
    );
    const batch = await batchOf([line(1), line(2)]);
    await submission.send(batch);
    assert.deepEqual(states(batch), ['refused', 'refused']);
    assert.deepEqual([submission.halted, batch.ready.length], [undefined, 0]);
    isOpen = true;
    batch.reopen(batch.rows);
    assert.equal(batch.ready.length, 2);
    await submission.send(batch);
    batch.reopen(batch.rows);
    assert.deepEqual(states(batch), ['accepted', 'accepted'], 'what was accepted stays so');
    assert.deepEqual(received(), ['R-1', 'R-2']);
  });

  it('does not loop where every payout is said to go another way', async () => {
    const errors = [0, 1].map((index) => ({ path: `payouts.${index}`, code: 'other-route' }));
    const { submission, keys } = createDesk(() => Promise.resolve(problem('no-route', 422, { errors })));
    const batch = await batchOf([line(1), line(2)]);
    await submission.send(batch);
    assert.deepEqual(states(batch), ['refused', 'refused']);
    assert.equal(keys.length, 1);
  });

  it('tells the same reference in another currency as another payout', async () => {
    const { submission } = createDesk();
    const text = 'reference,amount,name,account number,bank name,bic\nR-1,10,Maria Santos,0012345678,BDO,BNORPHMM';
    const table = asTable(await readTable(text));
    const of = async (currency: string) => {
      const batch = new PayoutBatch(table, guessColumns(table), {
        currency,
        defaults: { method: 'bank', country: 'PH' },
      });
      await batch.check();
      return batch;
    };
    await submission.send(await of('PHP'));
    const dollars = await of('USD');
    submission.markSent(dollars);
    assert.deepEqual([states(dollars), dollars.rows[0]?.outcome?.differs], [['already-sent'], true]);
  });
});
