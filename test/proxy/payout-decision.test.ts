import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  ConfigError,
  type DecisionDraft,
  memoryStore,
  type PayoutDecision,
  type UnknownPayouts,
} from 'lesspay-elements/proxy';
import { assertNothingLeaked, AUTH_TOKEN, createShop, PERSONAL, type Shop } from './fixture.ts';
import { createOffice, creations, MAYBANK, newKey, pay, payout, statusOf } from './office.ts';

after(assertNothingLeaked);

const MINUTE = 60_000;

/** An office with a Malaysian payout about which nobody knows anything, five minutes after it was sent. */
async function withUnknown(options: Parameters<typeof createOffice>[0] = {}) {
  const shop = createOffice(options);
  shop.sandbox.control.fail({ path: 'create-payout-invoice', how: '502' });
  const key = newKey();
  const { json } = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR', key });
  assert.equal(json.status, 'unknown');
  shop.clock.now += 5 * MINUTE;
  return { shop, key, id: String(json.requestId) };
}

function refuses(work: Promise<unknown>, code: string): Promise<void> {
  return assert.rejects(work, (error: { code?: string }) => error.code === code);
}

function eventsOf(shop: Shop) {
  return shop.payouts.map(({ type, decidedBy }) => [type, decidedBy]);
}

describe('proxy.payouts.resolve', () => {
  it('sends again under the same reference, once for two clicks and for two operators at once', async () => {
    const { shop, id } = await withUnknown();
    const other = shop.replica();
    const answers = await Promise.allSettled([
      shop.proxy.payouts.resolve(id, 'resend', { actor: { id: 'op-7' } }),
      other.payouts.resolve(id, 'resend', { actor: { id: 'op-8' } }),
    ]);
    assert.ok(answers.some(({ status }) => status === 'fulfilled'));
    assert.equal(creations(shop).length, 2);
    assert.equal(shop.sandbox.control.leanxPayouts.length, 1);
    assert.deepEqual(await shop.proxy.payouts.resolve(id, 'resend'), { requestId: id, status: 'processing' });
    assert.equal(creations(shop).length, 2);
    assert.ok(shop.logs.some(({ event, decision, by }) => event === 'payout-decided' && decision === 'resend' && by));
  });

  it('sends a second time at most once while the outcome stays unknown, however often it is clicked', async () => {
    const { shop, id } = await withUnknown();
    shop.sandbox.control.fail({ path: 'create-payout-invoice', how: '502', times: 2 });
    assert.deepEqual(await shop.proxy.payouts.resolve(id, 'resend'), { requestId: id, status: 'unknown' });
    assert.deepEqual(await shop.proxy.payouts.resolve(id, 'resend'), { requestId: id, status: 'unknown' });
    assert.equal(creations(shop).length, 2);
    shop.clock.now += 5 * MINUTE;
    await shop.proxy.payouts.resolve(id, 'resend');
    assert.equal(creations(shop).length, 3);
  });

  it('ends a payout as the operator says, with one event that says who, and tells the page', async () => {
    for (const decision of ['succeeded', 'failed'] as const) {
      const { shop, id, key } = await withUnknown();
      const decide = () => shop.proxy.payouts.resolve(id, decision, { actor: { id: 'op-7' } });
      assert.deepEqual(await decide(), { requestId: id, status: decision });
      assert.deepEqual(await decide(), { requestId: id, status: decision });
      assert.deepEqual(eventsOf(shop), [[`payout.${decision}`, 'op-7']]);
      const status = await statusOf(shop, id);
      assert.deepEqual([status.status, status.final], [decision, true]);
      assert.equal(
        (await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR', key })).json.status,
        decision,
        'the first key stands for what was decided',
      );
      const anew = await pay(shop, [payout('S-1', MAYBANK)], { currency: 'MYR' });
      assert.equal(anew.status, decision === 'failed' ? 202 : 409);
    }
  });

  it('refuses when the state is known, and learns it first where the upstream knows it by now', async () => {
    const { shop, id } = await withUnknown();
    const known = await pay(shop, [payout('S-2', MAYBANK)], { currency: 'MYR' });
    await refuses(shop.proxy.payouts.resolve(String(known.json.requestId), 'failed'), 'payout-state-known');
    await refuses(shop.proxy.payouts.resolve('nobody', 'failed'), 'payout-not-found');
    await assert.rejects(shop.proxy.payouts.resolve(id, 'maybe' as PayoutDecision), TypeError);
    await shop.proxy.payouts.resolve(id, 'failed');
    await refuses(shop.proxy.payouts.resolve(id, 'succeeded'), 'payout-state-known');

    const late = createOffice();
    late.sandbox.control.fail({ path: 'create-payout-invoice', how: 'accept-then-reset' });
    late.sandbox.control.fail({ path: 'get-payout-transaction-by-id', how: '502' });
    const lost = String((await pay(late, [payout('S-1', MAYBANK)], { currency: 'MYR' })).json.requestId);
    late.clock.now += 5 * MINUTE;
    await refuses(late.proxy.payouts.resolve(lost, 'failed'), 'payout-state-known');
    assert.notEqual((await statusOf(late, lost)).status, 'unknown');
    assert.deepEqual(
      eventsOf(late).filter(([, by]) => by !== undefined),
      [],
    );
  });

  it('waits until what was sent can no longer arrive before it may be called failed', async () => {
    const { shop, id } = await withUnknown();
    shop.clock.now -= 4 * MINUTE;
    await refuses(shop.proxy.payouts.resolve(id, 'failed'), 'outcome-unknown');
    assert.equal((await statusOf(shop, id)).status, 'unknown');
  });

  it('does not send blindly: without the upstream’s word only an end can be decided', async () => {
    const { shop, id } = await withUnknown();
    shop.sandbox.control.fail({ path: 'get-payout-transaction-by-id', how: '502', times: 2 });
    await refuses(shop.proxy.payouts.resolve(id, 'resend'), 'upstream-unavailable');
    assert.equal(creations(shop).length, 1);
    assert.equal((await shop.proxy.payouts.resolve(id, 'failed')).status, 'failed');
  });

  it('asks the shop’s reviewDecision', async () => {
    const seen: unknown[] = [];
    const { shop, id } = await withUnknown({
      payout: {
        reviewDecision: (asked: DecisionDraft, actor) => {
          seen.push([asked, actor?.id]);
          return actor?.id === 'chief';
        },
      },
    });
    await refuses(shop.proxy.payouts.resolve(id, 'failed', { actor: { id: 'op-7' } }), 'forbidden');
    assert.equal((await statusOf(shop, id)).status, 'unknown');
    await shop.proxy.payouts.resolve(id, 'failed', { actor: { id: 'chief' } });
    const asked = { requestId: id, currency: 'MYR', total: '10.00', references: ['S-1'], decision: 'failed' };
    assert.deepEqual(seen, [
      [asked, 'op-7'],
      [asked, 'chief'],
    ]);
  });

  it('does not let a machine send what an operator has ended while the hook has yet to hear of it', async () => {
    let fails = 1;
    const shop = createOffice({
      onPayout: () => {
        if (fails-- > 0) throw new Error('database is away');
      },
    });
    shop.sandbox.control.fail({ path: 'batch/create-order', how: '502', times: 2 });
    const id = String((await pay(shop)).json.requestId);
    shop.clock.now += 5 * MINUTE;
    await refuses(shop.proxy.payouts.resolve(id, 'failed'), 'hook-failed');
    shop.clock.now += 5 * MINUTE;
    await shop.proxy.reconcile();
    assert.equal(shop.sandbox.control.payouts.length, 0);
    assert.equal((await shop.proxy.payouts.resolve(id, 'failed')).status, 'failed');
  });

  it('lets the upstream’s later proof of payment win over an operator’s “failed”, and raises an alarm', async () => {
    const { shop, id } = await withUnknown();
    shop.sandbox.control.fail({ path: 'get-payout-transaction-by-id', how: '502' });
    await shop.proxy.payouts.resolve(id, 'failed');
    // It had arrived after all.
    await shop.sandbox.fetch(lostRequest(shop, id));
    shop.sandbox.control.settle(id, 'succeeded');
    await shop.sandbox.control.idle();
    assert.equal((await statusOf(shop, id)).status, 'succeeded');
    assert.deepEqual(eventsOf(shop), [
      ['payout.failed', 'operator'],
      ['payout.succeeded', undefined],
    ]);
    assert.ok(shop.logs.some(({ event }) => event === 'payout-decision-contradicted'));
  });

  it('says so where no payouts are configured', async () => {
    await assert.rejects(createShop().proxy.payouts.resolve('x', 'failed'), ConfigError);
  });
});

describe('proxy.payouts.listUnknown', () => {
  const ids = ({ payouts }: UnknownPayouts) => payouts.map(({ requestId }) => requestId);

  it('lists what nobody knows the outcome of, as its status shows it, and nothing that is known', async () => {
    const { shop, id } = await withUnknown();
    const sentAt = new Date(shop.clock.now - 5 * MINUTE).toISOString();
    assert.equal((await pay(shop)).json.status, 'review');
    const [unknown, ...others] = (await shop.proxy.payouts.listUnknown()).payouts;
    assert.deepEqual(others, []);
    assert.deepEqual(unknown, {
      requestId: id,
      upstream: 'leanx',
      currency: 'MYR',
      total: '10.00',
      details: (await statusOf(shop, id)).details,
      createdAt: sentAt,
      sentAt,
      isAtWork: false,
      isHalted: false,
    });
    for (const personal of PERSONAL) assert.ok(!JSON.stringify(unknown).includes(personal), personal);
    await shop.proxy.payouts.resolve(id, 'failed');
    assert.deepEqual(await shop.proxy.payouts.listUnknown(), { payouts: [] });
  });

  it('turns pages without losing one while reconcile moves them about', async () => {
    const shop = createOffice();
    shop.sandbox.control.fail({ path: 'create-payout-invoice', how: '502', times: 7 });
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const { json } = await pay(shop, [payout(`S-${index}`, MAYBANK)], { currency: 'MYR' });
      made.push(String(json.requestId));
      shop.clock.now += MINUTE;
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await shop.proxy.payouts.listUnknown({ limit: 3, after });
      assert.ok(page.payouts.length <= 3);
      seen.push(...ids(page));
      after = page.next;
      shop.clock.now += MINUTE;
      await shop.proxy.reconcile({ olderThanMs: 0, limit: 2 });
    } while (after !== undefined);
    assert.deepEqual(seen, [...made].sort());
  });

  it('finds a halted one, of which only an end can be decided', async () => {
    const shop = createOffice(
      {},
      {
        upstream: (request, next) =>
          request.url.endsWith('create-order')
            ? Promise.resolve(Response.json({ code: 30010, msg: 'no', data: null }))
            : next(request),
      },
    );
    const { json } = await pay(shop);
    const [halted] = (await shop.proxy.payouts.listUnknown()).payouts;
    assert.deepEqual([halted?.requestId, halted?.isHalted], [json.requestId, true]);
  });

  it('says what is wrong with its options, with the store, and where no payouts are configured', async () => {
    const { proxy } = createOffice();
    for (const limit of [0, -1, 1.5, Number.NaN])
      await assert.rejects(proxy.payouts.listUnknown({ limit }), RangeError);
    const store = memoryStore();
    delete store.due;
    await assert.rejects(createOffice({ store }).proxy.payouts.listUnknown(), ConfigError);
    await assert.rejects(createShop().proxy.payouts.listUnknown(), ConfigError);
  });
});

/** The payout request as it was sent and lost. */
function lostRequest(shop: Shop, id: string): Request {
  const [sent] = shop.sandbox.control.requests.filter(({ path }) => path.endsWith('create-payout-invoice'));
  assert.equal((sent?.body as { external_invoice_ref?: string }).external_invoice_ref, id);
  return new Request('http://localhost:4010/api/v1/merchant/create-payout-invoice', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'auth-token': AUTH_TOKEN },
    body: JSON.stringify(sent?.body),
  });
}
