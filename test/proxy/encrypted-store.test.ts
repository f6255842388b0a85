import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { encryptedStore, type EncryptedStoreOptions, type JsonValue, memoryStore } from 'lesspay-elements/proxy';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import { itNeedsServer, startPostgres, startRedis } from './database-servers.ts';
import { createShop } from './fixture.ts';
import { GCASH, payout } from './office.ts';
import { recordKey, withEncryption } from './record-encryption.ts';
import { failureOf, itIsAStore } from './store-suite.ts';

const OLD = recordKey('2026-11');
const NEW = recordKey('2027-01');

// Before the first suite: a runner that has nothing to run while a server starts takes the file for done.
const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);

describe('encryptedStore', () => {
  const plain: EncryptedStoreOptions = { encrypt: (text) => text, decrypt: (text) => text };

  itIsAStore(() => {
    const clock = { now: 1_000_000 };
    const memory = memoryStore({ now: () => clock.now });
    return {
      store: withEncryption(memory, NEW),
      replica: withEncryption(memory, NEW),
      pass: (ms) => void (clock.now += ms),
    };
  });

  it('names an option that cannot work', () => {
    for (const options of [{}, { encrypt: plain.encrypt }, { decrypt: plain.decrypt }, { ...plain, encrypt: 'aes' }]) {
      assert.throws(() => encryptedStore(memoryStore(), options as EncryptedStoreOptions), { code: 'wrong-option' });
    }
  });

  it('reads under every key it is given and writes under the first', async () => {
    const memory = memoryStore();
    await withEncryption(memory, OLD).insert('payout:a', { n: 1 });
    const rotating = withEncryption(memory, `${NEW},${OLD}`);
    const { value, version } = (await rotating.get('payout:a'))!;
    assert.deepEqual(value, { n: 1 });
    const alone = withEncryption(memory, NEW);
    const error = await failureOf(alone.get('payout:a'));
    assert.equal(error.code, 'unreadable');
    assert.match(error.message, /payout:a .*lacks the encryption key/);
    assert.match((error.cause as Error).message, /no record key 2026-11/);
    await rotating.replace('payout:a', version, { n: 2 });
    assert.deepEqual((await alone.get('payout:a'))?.value, { n: 2 });
  });

  it('finds out a value that was changed or put in another one’s place', async () => {
    const memory = memoryStore();
    const store = withEncryption(memory, NEW);
    await store.insert('payout:a', { requestId: 'a' });
    const { value } = (await memory.get('payout:a'))!;
    await memory.insert('payout:b', value);
    assert.equal((await failureOf(store.get('payout:b'))).code, 'unreadable');
    const { sealed } = value as { sealed: string };
    const flipped = sealed.slice(0, 40) + (sealed[40] === 'A' ? 'B' : 'A') + sealed.slice(41);
    for (const changed of [flipped, sealed.slice(0, -8), '', 'x', sealed.replace('2027', '2028')]) {
      await memory.insert(`payout:${changed}`, { sealed: changed });
      await memory.replace('payout:a', (await memory.get('payout:a'))!.version, { sealed: changed });
      assert.equal((await failureOf(store.get('payout:a'))).code, 'unreadable', changed);
    }
  });

  it('reads what was written before there was encryption only when it is told to, and seals it then', async () => {
    const memory = memoryStore();
    const before: JsonValue[] = [{ requestId: 'a' }, { sealed: 'x', more: 1 }, { sealed: 1 }, [1], 'text', null];
    for (const [n, value] of before.entries()) await memory.insert(`payout:${n}`, value);
    const moving = encryptedStore(memory, { ...plain, encrypt: (text) => `sealed ${text}`, acceptPlain: true });
    for (const [n, value] of before.entries()) {
      const error = await failureOf(encryptedStore(memory, plain).get(`payout:${n}`));
      assert.equal(error.code, 'unreadable');
      assert.match(error.message, /acceptPlain/);
      const { version, ...found } = (await moving.get(`payout:${n}`))!;
      assert.deepEqual(found.value, value);
      assert.equal(await moving.replace(`payout:${n}`, version, value), true);
      assert.deepEqual((await memory.get(`payout:${n}`))?.value, { sealed: `sealed ${JSON.stringify(value)}` });
    }
  });

  it('writes nothing when encrypt fails, and gives nothing when decrypt does', async () => {
    const personal = 'Maria Santos 09171234567';
    const never = new Promise<string>(() => undefined);
    const broken: [Partial<EncryptedStoreOptions>, string][] = [
      [{ encrypt: () => assert.fail('no key') }, 'refused'],
      [{ encrypt: () => Promise.reject(new Error('no key')) }, 'refused'],
      [{ encrypt: () => undefined as unknown as string }, 'wrong-option'],
      [{ encrypt: () => never, timeoutMs: 20 }, 'timeout'],
    ];
    for (const [options, code] of broken) {
      const memory = memoryStore();
      await memory.insert('b', 1);
      const { version } = (await memory.get('b'))!;
      const store = encryptedStore(memory, { ...plain, ...options });
      assert.equal((await failureOf(store.insert('a', personal))).code, code);
      assert.equal((await failureOf(store.replace('b', version, personal))).code, code);
      assert.equal(await memory.get('a'), undefined);
      assert.deepEqual(await memory.get('b'), { value: 1, version });
    }
    const unreadable: [Partial<EncryptedStoreOptions>, string][] = [
      [{ decrypt: () => assert.fail('no key') }, 'unreadable'],
      [{ decrypt: () => Promise.reject(new Error('no key')) }, 'unreadable'],
      [{ decrypt: () => personal }, 'unreadable'],
      [{ decrypt: () => ({}) as unknown as string }, 'wrong-option'],
      [{ decrypt: () => never, timeoutMs: 20 }, 'timeout'],
    ];
    for (const [options, code] of unreadable) {
      const store = encryptedStore(memoryStore(), { ...plain, ...options });
      await store.insert('a', personal);
      const error = await failureOf(store.get('a'));
      assert.equal(error.code, code);
      assert.doesNotMatch(`${error.stack} ${String(error.cause)}`, /Maria|0917/);
    }
  });

  it('cannot list what the store beneath cannot', () => {
    const memory = memoryStore();
    delete memory.due;
    assert.ok(!('due' in encryptedStore(memory, plain)));
  });
});

const PAYOUT = { currency: 'PHP', payouts: [payout('SALARY-1', GCASH, '100.00')] };

describe('a proxy whose records cannot be decrypted', () => {
  it('takes none of them for unknown: it opens, pays, acknowledges and closes nothing until it can read them', async () => {
    let key = OLD;
    let older: string[] = [];
    const memory = memoryStore({ now: () => shop.clock.now });
    const shop = createShop({
      options: {
        store: encryptedStore(memory, {
          encrypt: (text) => `${key} ${text}`,
          decrypt: (sealed) => {
            const known = [key, ...older].find((own) => sealed.startsWith(`${own} `));
            return known === undefined ? assert.fail('the key is not there') : sealed.slice(known.length + 1);
          },
        }),
        payout: {
          authorize: () => ({ id: 'anna' }),
          routes: [{ currency: 'PHP', method: 'ewallet', provider: 'GCash', wayCode: 'GCASH' }],
        },
      },
    });
    const { control } = shop.sandbox;
    const payin = String((await shop.post('/payins', { order: 'ORD-1' })).json.requestId);
    const payoutId = String(
      (await shop.post('/payouts', PAYOUT, { 'idempotency-key': 'salary-key-1' })).json.requestId,
    );
    const made = () => control.requests.filter(({ path }) => !path.includes('query')).length;
    const before = made();
    assert.equal(before, 2);

    key = NEW;
    shop.clock.now += 60_000;
    assert.equal((await shop.post('/payins', { order: 'ORD-1' })).status, 500);
    assert.equal((await shop.get(`/payins/${payin}`)).status, 500);
    for (const attempt of ['salary-key-1', 'salary-key-2']) {
      const answer = await shop.post('/payouts', PAYOUT, { 'idempotency-key': attempt });
      assert.deepEqual([answer.status, answer.json.code], [500, 'internal-error']);
    }
    assert.equal((await shop.get(`/payouts/${payoutId}`)).status, 500);
    control.settle(payin, 'succeeded');
    control.settle(payoutId, 'succeeded');
    await control.idle();
    assert.ok(shop.webhooks.length >= 2);
    assert.ok(shop.webhooks.every(({ status }) => status === 500));
    const { failed, moved } = await shop.proxy.reconcile({ olderThanMs: 0 });
    assert.deepEqual([failed, moved], [2, 0]);
    assert.equal(made(), before);
    assert.deepEqual([shop.payins, shop.payouts], [[], []]);
    assert.ok(shop.logs.some(({ message }) => String(message).includes('could not be decrypted')));

    older = [OLD];
    shop.clock.now += 60_000;
    await shop.proxy.reconcile({ olderThanMs: 0 });
    await control.idle();
    assert.equal((await shop.get(`/payins/${payin}`)).json.status, 'paid');
    assert.equal((await shop.get(`/payouts/${payoutId}`)).json.status, 'succeeded');
    assert.equal(made(), before);
    assert.deepEqual([shop.payins.length, shop.payouts.length], [1, 1]);
  });
});

if (redis) {
  const client = new Redis(redis.socket).on('error', () => undefined);
  after(async () => {
    client.disconnect();
    await redis.stop();
  });
  let prefixes = 0;

  describe('encryptedStore over Redis', { concurrency: true }, () => {
    itIsAStore(() => {
      const store = redisStore(client, { prefix: `test${(prefixes += 1)}:` });
      return { store: withEncryption(store, NEW), replica: withEncryption(store, `${NEW},${OLD}`), pass: sleep };
    });
  });
} else {
  describe('encryptedStore over Redis', () => itNeedsServer('redis-server', 'redis-server'));
}

if (postgres) {
  const pool = new pg.Pool({ host: postgres.socket, user: 'postgres', database: 'postgres' }).on(
    'error',
    () => undefined,
  );
  after(async () => {
    await pool.end();
    await postgres.stop();
  });
  let tables = 0;

  describe('encryptedStore over Postgres', { concurrency: true }, () => {
    itIsAStore(async () => {
      const store = postgresStore(pool, { table: `records_${(tables += 1)}` });
      await store.migrate();
      return { store: withEncryption(store, NEW), replica: withEncryption(store, `${NEW},${OLD}`), pass: sleep };
    });
  });
} else {
  describe('encryptedStore over Postgres', () => itNeedsServer('postgres', 'postgresql'));
}
