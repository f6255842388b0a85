import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertNothingLeaked, createShop, type Shop } from './fixture.ts';

after(assertNothingLeaked);

function createOffice(settings: Omit<NonNullable<Parameters<typeof createShop>[0]>, 'options'> = {}): Shop {
  return createShop({
    ...settings,
    options: {
      payout: {
        authorize: () => ({ id: 'op-1' }),
        routes: [{ currency: 'PHP', method: 'bank', wayCode: 'TAZAPAY_PAYOUT' }],
      },
    },
  });
}

function calls(shop: Shop, path: string): number {
  return shop.sandbox.control.requests.filter((request) => request.path.endsWith(path)).length;
}

/** Lets a refresh in the background end. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('GET /banks', () => {
  it('lists the banks of the channel and asks for them once', async () => {
    const shop = createOffice();
    const answers = await Promise.all([1, 2, 3].map(() => shop.get('/banks?country=PH&currency=PHP')));
    for (const { status, json } of answers) {
      assert.equal(status, 200);
      assert.ok((json.banks as { code: string; name: string }[]).every(({ code, name }) => code !== '' && name !== ''));
    }
    assert.equal(calls(shop, 'payout/bank'), 1);
  });

  it('says which parameter is wrong, and when there is no channel', async () => {
    const shop = createOffice();
    const cases: [string, number, string][] = [
      ['', 400, 'country'],
      ['?country=PH', 400, 'currency'],
      ['?country=ph&currency=PHP', 400, 'country'],
      ['?country=PH&currency=__proto__', 400, 'currency'],
      ['?country=PH&currency=PHP&wayCode=X', 400, 'wayCode'],
      ['?country=PH&country=US&currency=PHP', 400, 'country'],
      ['?country=ID&currency=IDR', 422, 'currency'],
    ];
    for (const [query, status, path] of cases) {
      const answer = await shop.get(`/banks${query}`);
      assert.deepEqual([answer.status, (answer.json.errors as { path: string }[])[0]?.path], [status, path], query);
    }
    assert.equal(calls(shop, 'payout/bank'), 0);
  });

  it('answers 503 when the very first list cannot be had', async () => {
    const shop = createOffice();
    shop.sandbox.control.fail({ path: 'payout/bank', how: 'html' });
    const answer = await shop.get('/banks?country=PH&currency=PHP');
    assert.deepEqual([answer.status, answer.json.code, answer.json.retryable], [503, 'upstream-unavailable', true]);
    assert.equal((await shop.get('/banks?country=PH&currency=PHP')).status, 200);
  });
});

describe('GET /leanx/banks', () => {
  it('lists LeanX’s banks with the time of the list', async () => {
    const shop = createOffice();
    const { json, status } = await shop.get('/leanx/banks');
    assert.equal(status, 200);
    assert.deepEqual([json.fetchedAt, json.stale], ['2026-11-20T21:33:17.000Z', false]);
    const [bank] = json.banks as object[];
    assert.deepEqual(Object.keys(bank ?? {}), ['id', 'name', 'reference', 'active']);
  });

  it('refreshes an old list behind the answer, and keeps the last good one while LeanX is away', async () => {
    const shop = createOffice();
    await shop.get('/leanx/banks');
    shop.clock.now += 3_600_000;
    shop.sandbox.control.fail({ path: 'list-payout-services', how: '502' });
    assert.equal((await shop.get('/leanx/banks')).json.stale, false);
    await settled();
    const stale = await shop.get('/leanx/banks');
    assert.deepEqual([stale.json.stale, stale.json.fetchedAt], [true, '2026-11-20T21:33:17.000Z']);
    assert.equal(calls(shop, 'list-payout-services'), 2);
    shop.clock.now += 30_000;
    await shop.get('/leanx/banks');
    await settled();
    const fresh = await shop.get('/leanx/banks');
    assert.deepEqual([fresh.json.stale, fresh.json.fetchedAt], [false, '2026-11-20T22:33:47.000Z']);
  });
});

describe('POST /leanx/account-checks', () => {
  const check = (shop: Shop, body: object) => shop.post('/leanx/account-checks', body);

  it('compares the typed name with the bank’s', async () => {
    const shop = createOffice();
    shop.sandbox.control.setAccountName('8011408168', 'SITI NURHALIZA BINTI TARUDIN');
    const ask = async (name?: string) =>
      (await check(shop, { bankId: 1, accountNumber: '8011408168', ...(name === undefined ? {} : { name }) })).json;
    assert.deepEqual(await ask('Siti Nurhaliza Tarudin'), {
      state: 'match',
      holderName: 'SITI NURHALIZA BINTI TARUDIN',
    });
    assert.equal((await ask('Siti Nurhalisa Tarudin')).state, 'close-match');
    assert.equal((await ask('Tan Ah Kow')).state, 'no-match');
    assert.equal((await ask()).state, 'unresolved');
    assert.equal((await ask('')).state, 'unresolved');
  });

  it('is unresolved when the account is unknown, the bank tells no name, or LeanX is away', async () => {
    const shop = createOffice();
    for (const name of [null, '', '   ']) {
      shop.sandbox.control.setAccountName('8011408168', name);
      assert.deepEqual((await check(shop, { bankId: 1, accountNumber: '8011408168', name: 'Siti' })).json, {
        state: 'unresolved',
      });
    }
    shop.sandbox.control.fail({ path: 'check-verification-bank', how: 'reset' });
    assert.deepEqual((await check(shop, { bankId: 1, accountNumber: '8011408168', name: 'Siti' })).json, {
      state: 'unresolved',
    });
  });

  it('refuses what the rules refuse before it asks', async () => {
    const shop = createOffice();
    for (const [body, path] of [
      [{ bankId: 1, accountNumber: '0000000000' }, 'accountNumber'],
      [{ bankId: 1, accountNumber: 'abc' }, 'accountNumber'],
      [{ bankId: '1', accountNumber: '8011408168' }, 'bankId'],
      [{ bankId: 0, accountNumber: '8011408168' }, 'bankId'],
      [{ accountNumber: '8011408168' }, 'bankId'],
      [{ bankId: 1, accountNumber: '8011408168', bic: 'X' }, 'bic'],
    ] as const) {
      const answer = await check(shop, body);
      assert.deepEqual(
        [answer.status, (answer.json.errors as { path: string }[])[0]?.path],
        [400, path],
        JSON.stringify(body),
      );
    }
    assert.equal(calls(shop, 'check-verification-bank'), 0);
  });
});
