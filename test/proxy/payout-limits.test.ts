import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, memoryStore, type PayoutLimits, type PayoutOptions, type Store } from 'lesspay-elements/proxy';
import { type Answer, assertNothingLeaked, post, type Shop } from './fixture.ts';
import { createOffice, creations, GCASH, MAYBANK, newKey, pay, payout, PIX, statusOf } from './office.ts';
import { itKeepsLimits } from './payout-limits-suite.ts';

after(assertNothingLeaked);

const HOUR = 3_600_000;

let references = 0;

/** A payout that equals no other one. */
function of(amount: string) {
  references += 1;
  return payout(`L-${references}`, GCASH, amount);
}

/** An office whose payouts have these limits. */
function limited(
  limits: PayoutLimits | null | NonNullable<PayoutOptions['limits']>,
  options: NonNullable<Parameters<typeof createOffice>[0]> = {},
) {
  const { payout: more, ...rest } = options;
  return createOffice({
    ...rest,
    payout: { limits: typeof limits === 'function' ? limits : () => limits, ...more },
  });
}

function outcomeOf({ status, json }: Answer): unknown {
  return status === 202 ? json.status : json.code;
}

async function payAll(shop: Shop, amounts: string[]): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (const amount of amounts) outcomes.push(outcomeOf(await pay(shop, [of(amount)])));
  return outcomes;
}

async function settle(shop: Shop, answer: Answer, outcome: Parameters<Shop['sandbox']['control']['settle']>[1]) {
  shop.sandbox.control.settle(String(answer.json.requestId), outcome);
  await shop.sandbox.control.idle();
}

describe('the limit for one payout', () => {
  it('refuses what is above it, names each such payout, sends nothing, and leaves the key unused', async () => {
    const shop = limited({ perPayout: '10.00' });
    const key = newKey();
    const answer = await pay(shop, [of('10.01'), of('10.00'), of('9.99'), of('11')], { key });
    assert.deepEqual([answer.status, answer.json.code, answer.json.retryable], [403, 'payout-limit-exceeded', false]);
    assert.deepEqual(answer.json.errors, [
      { path: 'payouts.0', code: 'payout-limit-exceeded' },
      { path: 'payouts.3', code: 'payout-limit-exceeded' },
    ]);
    assert.equal(creations(shop).length, 0);
    assert.equal((await pay(shop, [of('10.00'), of('10')], { key })).status, 202);
  });

  it('is asked for with the exact payouts and the actor, before the review, and for nobody’s repetition', async () => {
    const seen: unknown[] = [];
    const shop = limited(
      ({ currency, total, payouts }, actor) => {
        seen.push(['limits', currency, total, payouts.map(({ amount }) => amount), actor.id]);
        return null;
      },
      { payout: { review: ({ total }) => Boolean(seen.push(['review', total])) } },
    );
    const key = newKey();
    const both = [of('0.10'), of('0.20')];
    for (let round = 0; round < 2; round += 1) assert.equal((await pay(shop, both, { key })).status, 202);
    assert.deepEqual(seen, [
      ['limits', 'PHP', '0.30', ['0.10', '0.20'], 'op-1'],
      ['review', '0.30'],
    ]);
  });

  it('cannot be got round by a hook that changes what it is shown', async () => {
    const tamper = (draft: { total: string; payouts: readonly { amount: string }[] }) => {
      draft.total = '0.01';
      for (const item of draft.payouts) item.amount = '0.01';
    };
    const shop = limited(
      (draft) => {
        tamper(draft);
        return { perPayout: '5.00', perDay: '5.00' };
      },
      {
        payout: {
          review: (draft) => {
            tamper(draft);
            return true;
          },
        },
      },
    );
    assert.deepEqual(await payAll(shop, ['5.01', '5.00', '0.01']), [
      'payout-limit-exceeded',
      'review',
      'payout-limit-exceeded',
    ]);
    assert.equal(creations(shop)[0]?.total_amount, '5.00');
  });
});

describe('the limit for one day', () => {
  it('adds exactly, takes the last cent, and refuses the next', async () => {
    const shop = limited({ perDay: '0.30' });
    assert.deepEqual(await payAll(shop, ['0.10', '0.20', '0.01']), ['review', 'review', 'payout-limit-exceeded']);
    const large = limited({ perDay: '999999999999.99' });
    assert.deepEqual(await payAll(large, ['999999999999.98', '0.01', '0.01']), [
      'review',
      'review',
      'payout-limit-exceeded',
    ]);
  });

  it('refuses once and for all under one key, also when there is room again', async () => {
    const shop = limited({ perDay: '10.00' });
    const first = await pay(shop, [of('10.00')]);
    const [item, key] = [of('1.00'), newKey()];
    const refused = await pay(shop, [item], { key });
    assert.equal(outcomeOf(refused), 'payout-limit-exceeded');
    shop.sandbox.control.reject(String(first.json.requestId));
    await shop.sandbox.control.idle();
    assert.equal((await pay(shop, [item], { key })).text, refused.text);
    assert.equal(outcomeOf(await pay(shop, [item])), 'review', 'a new attempt is a new question');
  });

  it('lets through exactly as many of fifty payouts at once over three proxies as fit', async () => {
    const shop = limited({ perDay: '70.00' });
    const proxies = [shop.proxy, shop.replica(), shop.replica()];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        post(
          proxies[index % 3] ?? shop.proxy,
          '/payouts',
          { currency: 'PHP', payouts: [of('10.00')] },
          { 'idempotency-key': newKey() },
        ),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === 202).length, 7);
    assert.equal(answers.filter((answer) => outcomeOf(answer) === 'payout-limit-exceeded').length, 43);
    assert.equal(creations(shop).length, 7);
  });

  it('counts an attempt once, however often and wherever it is repeated', async () => {
    const shop = limited({ perDay: '10.00' });
    const other = shop.replica();
    const body = { currency: 'PHP', payouts: [of('10.00')] };
    const key = { 'idempotency-key': newKey() };
    const answers = await Promise.all(
      [shop.proxy, other, shop.proxy, other].map((proxy) => post(proxy, '/payouts', body, key)),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
  });

  it('counts each currency and each actor for itself, and the shop’s own limit over all of them', async () => {
    const shop = limited({ perDay: '25.00', perActorPerDay: '10.00' });
    const as = async (operator: string, amount: string) =>
      outcomeOf(await pay(shop, [of(amount)], { headers: { 'x-operator': operator } }));
    assert.equal(await as('op-1', '10.00'), 'review');
    assert.equal(await as('op-1', '0.01'), 'payout-limit-exceeded');
    assert.equal(await as('op-2', '10.00'), 'review');
    assert.equal(await as('__proto__', '5.01'), 'payout-limit-exceeded');
    assert.equal(await as('__proto__', '5.00'), 'review');
    const reais = await pay(shop, [payout('B-1', PIX, '10.00')], { currency: 'BRL' });
    assert.equal(outcomeOf(reais), 'review');
  });

  it('counts also what those pay who have no limit', async () => {
    const shop = limited((_, { id }) => (id === 'chief' ? null : { perDay: '10.00' }));
    assert.equal((await pay(shop, [of('9.00')], { headers: { 'x-operator': 'chief' } })).status, 202);
    assert.deepEqual(await payAll(shop, ['1.01', '1.00']), ['payout-limit-exceeded', 'review']);
  });

  it('begins anew at midnight of its time zone', async () => {
    // The clock of the tests: 21:33 in London, 05:33 of the next day in Manila.
    const utc = limited({ perDay: '10.00' });
    const manila = limited({ perDay: '10.00' }, { payout: { limitsTimeZone: 'Asia/Manila' } });
    for (const shop of [utc, manila])
      assert.deepEqual(await payAll(shop, ['10.00', '1.00']), ['review', 'payout-limit-exceeded']);
    for (const shop of [utc, manila]) shop.clock.now += 3 * HOUR;
    assert.deepEqual(await payAll(utc, ['10.00']), ['review']);
    assert.deepEqual(await payAll(manila, ['1.00']), ['payout-limit-exceeded']);
    manila.clock.now += 16 * HOUR;
    assert.deepEqual(await payAll(manila, ['10.00']), ['review']);
  });

  it('has room again for what failed: refused or rejected, as a whole or in part', async () => {
    const shop = limited({ perDay: '10.00' });
    await settle(shop, await pay(shop, [of('10.00')]), 'failed');
    const rejected = await pay(shop, [of('10.00')]);
    shop.sandbox.control.reject(String(rejected.json.requestId));
    await shop.sandbox.control.idle();
    assert.deepEqual(await payAll(shop, ['10.00', '0.01']), ['review', 'payout-limit-exceeded']);
    const partly = limited({ perDay: '10.00' });
    const [paid, lost] = [of('6.00'), of('4.00')];
    const batch = await pay(partly, [paid, lost]);
    assert.deepEqual(await payAll(partly, ['0.01']), ['payout-limit-exceeded']);
    await settle(partly, batch, { [paid.reference]: 'succeeded', [lost.reference]: 'failed' });
    assert.deepEqual(await payAll(partly, ['4.01', '4.00']), ['payout-limit-exceeded', 'review']);

    let isRefusing = true;
    const refused = createOffice(
      { payout: { limits: () => ({ perDay: '10.00' }) } },
      {
        upstream: (request, next) =>
          isRefusing && request.url.endsWith('create-order')
            ? Promise.resolve(Response.json({ code: 30006, msg: 'no', data: null }))
            : next(request),
      },
    );
    assert.equal(outcomeOf(await pay(refused, [of('10.00')])), 'upstream-refused');
    isRefusing = false;
    assert.deepEqual(await payAll(refused, ['10.00']), ['review']);
  });

  it('keeps the place of what succeeded, came back later, or is not known', async () => {
    const shop = limited({ perDay: '10.00' });
    const answer = await pay(shop, [of('10.00')]);
    await settle(shop, answer, 'succeeded');
    shop.sandbox.control.refund(String(answer.json.requestId));
    await shop.sandbox.control.idle();
    assert.equal((await statusOf(shop, answer.json.requestId)).status, 'refunded');
    assert.deepEqual(await payAll(shop, ['0.01']), ['payout-limit-exceeded']);

    const unknown = limited({ perDay: '10.00' });
    unknown.sandbox.control.fail({ path: 'create-payout-invoice', how: '502' });
    const lost = await pay(unknown, [payout('M-1', MAYBANK, '10.00')], { currency: 'MYR' });
    assert.equal(lost.json.status, 'unknown');
    const again = () => pay(unknown, [payout('M-2', MAYBANK, '0.01')], { currency: 'MYR' });
    assert.equal(outcomeOf(await again()), 'payout-limit-exceeded');
    unknown.clock.now += HOUR / 4;
    await unknown.proxy.payouts.resolve(String(lost.json.requestId), 'failed');
    assert.equal(outcomeOf(await again()), 'processing');
  });

  it('counts a payout again that turns out paid after it had failed', async () => {
    const shop = limited({ perDay: '10.00' });
    shop.sandbox.control.fail({ path: 'create-payout-invoice', how: 'accept-then-reset' });
    shop.sandbox.control.fail({ path: 'get-payout-transaction-by-id', how: '502', times: 2 });
    const lost = await pay(shop, [payout('M-1', MAYBANK, '10.00')], { currency: 'MYR' });
    const id = String(lost.json.requestId);
    shop.clock.now += HOUR / 4;
    await shop.proxy.payouts.resolve(id, 'failed');
    assert.equal(outcomeOf(await pay(shop, [payout('M-2', MAYBANK, '4.00')], { currency: 'MYR' })), 'processing');
    shop.sandbox.control.settle(id, 'succeeded');
    await shop.sandbox.control.idle();
    assert.equal((await statusOf(shop, id)).status, 'succeeded');
    assert.equal(
      outcomeOf(await pay(shop, [payout('M-3', MAYBANK, '0.01')], { currency: 'MYR' })),
      'payout-limit-exceeded',
    );
  });

  it('gives back what a process had counted that died before sending', async () => {
    const store = memoryStore({ now: () => shop.clock.now });
    let isDead = false;
    const dying: Store = {
      ...store,
      replace: (key, version, value, options) => {
        if (typeof value === 'object' && value !== null && 'sentAt' in value) isDead = true;
        return isDead ? new Promise<boolean>(() => undefined) : store.replace(key, version, value, options);
      },
    };
    const shop: Shop = limited({ perDay: '10.00' }, { store });
    const doomed = shop.replica({ store: dying, answerTimeoutMs: 50 });
    const body = { currency: 'PHP', payouts: [of('10.00')] };
    assert.equal((await post(doomed, '/payouts', body, { 'idempotency-key': newKey() })).json.code, 'outcome-unknown');
    assert.deepEqual(await payAll(shop, ['1.00']), ['payout-limit-exceeded']);
    shop.clock.now += HOUR / 4;
    await shop.proxy.reconcile();
    assert.deepEqual(await payAll(shop, ['10.00']), ['review']);
  });

  it('gives back by reconcile what could not be given back at the end', async () => {
    const store = memoryStore({ now: () => shop.clock.now });
    let isBroken = false;
    const breaking: Store = {
      ...store,
      replace: (key, ...rest) =>
        isBroken && key.startsWith('payout-sum:')
          ? Promise.reject(new Error('store is away'))
          : store.replace(key, ...rest),
    };
    const shop: Shop = limited({ perDay: '10.00' }, { store: breaking });
    const answer = await pay(shop, [of('10.00')]);
    isBroken = true;
    await settle(shop, answer, 'failed');
    isBroken = false;
    assert.equal((await statusOf(shop, answer.json.requestId)).status, 'failed');
    assert.ok(shop.logs.some(({ event }) => event === 'payout-limit-not-released'));
    assert.deepEqual(await payAll(shop, ['1.00']), ['payout-limit-exceeded']);
    shop.clock.now += HOUR;
    await shop.proxy.reconcile();
    assert.deepEqual(await payAll(shop, ['10.00']), ['review']);
  });

  it('sends nothing while the hook throws or gives what is no amount, and names the hook', async () => {
    const wrong: unknown[] = [
      { perDay: 10 },
      { perPayout: '1,000.00' },
      { perActorPerDay: '0.001' },
      { perDay: '-1' },
      { perDay: '' },
    ];
    for (const limits of wrong) {
      const shop = limited(() => limits as PayoutLimits);
      const answer = await pay(shop, [of('1.00')]);
      assert.deepEqual([answer.status, answer.json.code], [500, 'merchant-error'], JSON.stringify(limits));
      assert.match(String(answer.json.detail), /^payout\.limits: per/);
      assert.equal(creations(shop).length, 0);
    }
    const throwing = limited(() => Promise.reject(new Error('database is away')));
    assert.deepEqual(await payAll(throwing, ['1.00']), ['merchant-error']);
    assert.deepEqual(await payAll(limited({ perDay: '0' }), ['0.01']), ['payout-limit-exceeded']);
  });

  it('refuses at start a time zone that does not exist and limits that are no function', () => {
    for (const limitsTimeZone of ['Manila', '', 8 as unknown as string]) {
      assert.throws(
        () => limited(null, { payout: { limitsTimeZone } }),
        (error: Error) => error instanceof ConfigError && error.message.startsWith('payout.limitsTimeZone'),
      );
    }
    assert.throws(() => createOffice({ payout: { limits: { perDay: '1.00' } as never } }), /payout\.limits/);
  });
});

describe('the limits of a day over memory', () => {
  itKeepsLimits(
    () => {
      // The stores of the replicas see one clock, which passes as the tests have it.
      const store = memoryStore();
      return Promise.resolve([store, store, store]);
    },
    { isFast: true },
  );

  it('refuses nobody by a place that another payout takes only until the shop’s own limit refuses it', async () => {
    const memory = memoryStore();
    let refuse = (): void => undefined;
    const isRefusing = new Promise<void>((resolve) => (refuse = resolve));
    const shop: Shop = limited(
      { perDay: '100.00', perActorPerDay: '60.00' },
      {
        store: {
          ...memory,
          async get(key) {
            // Between the actor's sum and everybody's.
            if (/^payout-sum:PHP:[^:]+$/.test(key) && isLate) await isRefusing;
            return memory.get(key);
          },
        },
      },
    );
    let isLate = false;
    assert.equal((await pay(shop, [of('50.00')], { headers: { 'x-operator': 'op-2' } })).status, 202);
    isLate = true;
    const large = pay(shop, [of('60.00')]);
    await sleep(20);
    const small = pay(shop, [of('40.00')]);
    await sleep(20);
    refuse();
    assert.deepEqual(await Promise.all([large, small].map(async (answer) => outcomeOf(await answer))), [
      'payout-limit-exceeded',
      'review',
    ]);
  });
});
