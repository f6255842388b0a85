import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFixture, payinBody } from './fixture.ts';

const CREATE = 'v1/pay/create-order';
const ID = 'r0000000001';

/** A merchant that gives each of the answers once, then SUCCESS. */
function answers(...list: (() => Response)[]) {
  return () => (list.shift() ?? (() => new Response('SUCCESS')))();
}

describe('webhook delivery', () => {
  it('retries on the schedule with the same body until the answer is SUCCESS', async () => {
    const { call, control, received } = createFixture(
      { webhookRetryMs: [1000, 5000] },
      answers(
        () => new Response('FAIL'),
        () => new Response('SUCCESS', { status: 500 }),
      ),
    );
    await call(CREATE, payinBody());
    control.settle(ID, 'succeeded');
    await control.idle();
    assert.equal(received.length, 1);
    await control.clock.advance(999);
    assert.equal(received.length, 1);
    await control.clock.advance(1);
    assert.equal(received.length, 2);
    await control.clock.advance(5000);
    assert.equal(received.length, 3);
    assert.equal(new Set(received.map(({ text }) => text)).size, 1);
    assert.equal(new Set(received.map(({ headers }) => headers.get('x-auth-signature'))).size, 1);
    assert.deepEqual(
      control.deliveries.map(({ attempt, status, acknowledged }) => [attempt, status, acknowledged]),
      [
        [1, 200, false],
        [2, 500, false],
        [3, 200, true],
      ],
    );
    await control.clock.advance(60_000);
    assert.equal(received.length, 3);
  });

  it('takes SUCCESS and {"code":0} for an acknowledgement and nothing else', async () => {
    const cases: [boolean, () => Response][] = [
      [true, () => new Response('SUCCESS')],
      [true, () => new Response(' SUCCESS\n', { status: 202 })],
      [true, () => Response.json({ code: 0 })],
      [false, () => new Response('success')],
      [false, () => new Response('"SUCCESS"')],
      [false, () => Response.json({ code: 1 })],
      [false, () => new Response(null, { status: 204 })],
      [false, () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } })],
      [false, () => new Response('SUCCESS', { status: 401 })],
    ];
    for (const [index, [acknowledged, answer]] of cases.entries()) {
      const { call, control } = createFixture({ webhookRetryMs: [] }, answer);
      await call(CREATE, payinBody());
      control.settle(ID, 'succeeded');
      await control.idle();
      assert.equal(control.deliveries[0]?.acknowledged, acknowledged, String(index));
      assert.equal(control.notices[0]?.state, acknowledged ? 'delivered' : 'given-up');
    }
  });

  it('does not follow redirects and gives up on a receiver that does not answer', async () => {
    const seen: RequestInit[] = [];
    const { call, control } = createFixture({
      webhookRetryMs: [],
      webhookTimeoutMs: 20,
      deliver: (_url, init) =>
        new Promise((_resolve, reject) => {
          seen.push(init ?? {});
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
        }),
    });
    await call(CREATE, payinBody());
    control.settle(ID, 'succeeded');
    await Promise.all([control.idle(), new Promise((resolve) => setTimeout(resolve, 60))]);
    assert.equal(seen[0]?.redirect, 'manual');
    assert.deepEqual(
      control.deliveries.map(({ status, error }) => [status, error]),
      [[undefined, 'TimeoutError']],
    );
  });

  it('doubles a single retry figure four times, then gives up', async () => {
    const { call, control, received } = createFixture({ webhookRetryMs: 100 }, () => new Response('FAIL'));
    await call(CREATE, payinBody());
    control.settle(ID, 'succeeded');
    await control.idle();
    for (const [wait, count] of [
      [100, 2],
      [200, 3],
      [400, 4],
      [800, 5],
      [1600, 6],
      [100_000, 6],
    ] as const) {
      await control.clock.advance(wait);
      assert.equal(received.length, count);
    }
    assert.equal(control.notices[0]?.state, 'given-up');
  });

  it('holds webhooks until they are released', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody());
    control.holdWebhooks();
    control.settle(ID, 'succeeded');
    await control.flush();
    assert.equal(received.length, 0);
    assert.equal(control.notices[0]?.state, 'held');
    control.releaseWebhooks();
    await control.idle();
    assert.equal(received.length, 1);
  });

  it('waits for webhookDelayMs, or for what the caller says', async () => {
    const { call, control, received } = createFixture({ webhookDelayMs: 1000 });
    await call(CREATE, payinBody());
    await call(CREATE, payinBody({ request_id: 'r2' }));
    await call(CREATE, payinBody({ request_id: 'r3' }));
    control.settle(ID, 'succeeded');
    control.settle('r2', 'succeeded', { webhook: 5000 });
    control.settle('r3', 'succeeded', { webhook: 'hold' });
    await control.clock.advance(1000);
    assert.equal(received.length, 1);
    await control.clock.advance(4000);
    assert.equal(received.length, 2);
    control.releaseWebhooks();
    await control.idle();
    assert.equal(received.length, 3);
  });

  it('flushes what waits, and sends the latest notice of an order again on demand', async () => {
    const { call, control, received } = createFixture({ webhookDelayMs: 60_000 });
    await call(CREATE, payinBody());
    assert.equal(control.resend(ID), false);
    control.settle(ID, 'succeeded');
    await control.flush();
    assert.equal(received.length, 1);
    assert.equal(control.resend(ID), true);
    await control.idle();
    assert.equal(received.length, 2);
    assert.equal(received[0]!.text, received[1]!.text);
  });

  it('runs what became due in the order of its time', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody({ request_id: 'late', expired_time: 120 }));
    await call(CREATE, payinBody({ request_id: 'early', expired_time: 60 }));
    await control.clock.advance(300_000);
    assert.deepEqual(
      received.map(({ body }) => body.request_id),
      ['early', 'late'],
    );
  });

  it('sends nothing more after close', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody({ expired_time: 60 }));
    control.close();
    await control.clock.advance(120_000);
    assert.equal(received.length, 0);
  });
});
