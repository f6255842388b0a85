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

function createDesk(around: (call: () => Promise<Response>, path: string) => Promise<Response> = (call) => call()) {
  const shop: Shop = createShop({
    options: { payout: { authorize: () => ({ id: 'op-1' }), routes: ROUTES } },
  });
  const fetch: Fetch = (input, init) => {
    const request = new Request(input, init);
    const headers = new Headers(request.headers);
    headers.set('sec-fetch-site', 'same-origin');
    return around(() => shop.proxy.fetch(new Request(request, { headers })), new URL(request.url).pathname);
  };
  const client: ClientOptions = { proxy: '/lesspay', fetch };
  let changes = 0;
  const submission = new BatchSubmission(
    () => client,
    () => (changes += 1),
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
  return { shop, submission, received, changes: () => changes };
}

const states = (batch: PayoutBatch) => batch.rows.map(({ outcome }) => outcome?.state);

describe('BatchSubmission', () => {
  before(() => {
    // The browser client asks for the page it runs on.
    Object.assign(globalThis, { document: { baseURI: `${SHOP}/admin` }, self: { origin: SHOP } });
  });

  it('sends all rows that are ready, each once', async () => {
    const { submission, received } = createDesk();
    const batch = await batchOf([line(1), line(2, '0'), line(3)]);
    await submission.send('PHP', batch.ready);
    assert.deepEqual(states(batch), ['accepted', undefined, 'accepted']);
    assert.deepEqual(received(), ['R-1', 'R-3']);
    assert.equal(submission.progress, 1);
    assert.deepEqual(batch.counts, { total: 3, ready: 0, wrong: 1, duplicate: 0, accepted: 2, unknown: 0 });
  });

  it('splits a long batch into requests that the proxy takes', async () => {
    const { submission, received, shop } = createDesk();
    const batch = await batchOf(Array.from({ length: 1100 }, (_, index) => line(index)));
    await submission.send('PHP', batch.ready);
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
    await submission.send('BRL', batch.ready);
    assert.deepEqual(states(batch), ['accepted', 'accepted']);
    assert.deepEqual(received(), ['R-1', 'R-2']);
  });

  it('does not send again what was taken when the corrected file comes', async () => {
    const { submission, received } = createDesk();
    const first = await batchOf([line(1), 'R-2,10,GCash,Maria,0917']);
    await submission.send('PHP', first.ready);
    const corrected = await batchOf([line(1), 'R-2,10,GCash,Maria,09171234568']);
    submission.markSent(corrected);
    assert.deepEqual(states(corrected), ['already-sent', undefined]);
    await submission.send('PHP', corrected.ready);
    assert.deepEqual(received(), ['R-1', 'R-2']);
  });

  it('does not pay a reference again whose amount was changed after it was taken', async () => {
    const { submission } = createDesk();
    const first = await batchOf([line(1)]);
    await submission.send('PHP', first.ready);
    const changed = await batchOf([line(1, '11')]);
    submission.markSent(changed);
    assert.deepEqual(changed.rows[0]?.outcome?.differs, true);
    assert.deepEqual(changed.ready, []);
  });

  it('leaves out, after a reload, what the proxy says was sent before, and sends the rest', async () => {
    const { shop, received } = createDesk();
    const client: ClientOptions = {
      proxy: '/lesspay',
      fetch: (input, init) => {
        const request = new Request(input, init);
        const headers = new Headers(request.headers);
        headers.set('sec-fetch-site', 'same-origin');
        return shop.proxy.fetch(new Request(request, { headers }));
      },
    };
    const open = () =>
      new BatchSubmission(
        () => client,
        () => undefined,
      );
    const lines = [line(1), line(2), line(3), line(4)];
    await open().send('PHP', (await batchOf(lines.slice(0, 2))).ready);
    const again = await batchOf(lines);
    await open().send('PHP', again.ready);
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
    await submission.send('PHP', batch.ready);
    assert.deepEqual(states(batch), ['unknown', 'unknown']);
    assert.ok(submission.hasUnknown);
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
    await submission.send('PHP', first.ready);
    const again = await batchOf([line(1), line(2), line(3)]);
    submission.markSent(again);
    assert.deepEqual(states(again), ['unknown', 'unknown', undefined]);
    lost = false;
    await submission.check();
    assert.deepEqual(states(again), ['accepted', 'accepted', undefined]);
    await submission.send('PHP', again.ready);
    assert.deepEqual(received(), ['R-1', 'R-2', 'R-3']);
  });

  it('brings a payout that failed later back on its row, and lets it be sent again', async () => {
    const { submission, shop, received } = createDesk();
    const batch = await batchOf([line(1), line(2)]);
    await submission.send('PHP', batch.ready);
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
    await submission.send('PHP', batch.ready);
    assert.deepEqual(received(), ['R-1', 'R-2', 'R-2']);
  });
});
