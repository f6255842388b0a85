import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Store } from 'lesspay-elements/proxy';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import { createClient } from 'redis';
import { itNeedsServer, startPostgres, startRedis } from './database-servers.ts';
import type { Answer, Shop } from './fixture.ts';
import { createOffice, GCASH, MAYBANK, PIX } from './office.ts';
import { recordKey, withEncryption } from './record-encryption.ts';

const RECIPIENTS = {
  wallet: { currency: 'PHP', recipient: GCASH },
  pix: { currency: 'BRL', recipient: { ...PIX, holderName: 'Joana Prado' } },
  leanx: { currency: 'MYR', recipient: MAYBANK },
};
/** What of them, and of an order, must be in no store once the platform has it. */
const PERSONAL = /Maria|Santos|9171234567|Joana|Prado|11144477735|Nurhaliza|8011408168|tins of tea|shop\.example/;

function pay(shop: Shop, kind: keyof typeof RECIPIENTS): Promise<Answer> {
  const { currency, recipient } = RECIPIENTS[kind];
  const body = { currency, payouts: [{ reference: `REF-${kind}`, amount: '100.00', recipient }] };
  return shop.post('/payouts', body, { 'idempotency-key': `attempt-${kind}` });
}

/** What a database that other people can read may tell of people. `dump` is everything that is in it, as text. */
function itTellsNothingOfPeople(create: () => Promise<{ store: Store; dump: () => Promise<string> }>): void {
  it('holds nobody’s name or account once the platform has the payment, however it ends', async () => {
    const { store, dump } = await create();
    // Nothing ends before this test ends it.
    const shop = createOffice({ store }, { sandbox: { settleDelayMs: 3_600_000 } });
    const made: string[] = [];
    for (const kind of ['wallet', 'pix', 'leanx'] as const) {
      const { status, json } = await pay(shop, kind);
      assert.equal(status, 202, JSON.stringify(json));
      made.push(String(json.requestId));
    }
    for (const order of ['ORD-1', 'ORD-2']) {
      const { status, json } = await shop.post('/payins', { order });
      assert.equal(status, 201);
      made.push(String(json.requestId));
    }
    const open = await dump();
    for (const id of made) assert.ok(open.includes(id));
    assert.doesNotMatch(open.replaceAll(/"checkoutUrl":"[^"]*"/g, ''), PERSONAL);
    for (const [index, id] of made.entries()) shop.sandbox.control.settle(id, index % 2 ? 'succeeded' : 'failed');
    await shop.sandbox.control.idle();
    assert.equal(shop.payins.length + shop.payouts.length, made.length);
    const ended = await dump();
    for (const id of made) assert.ok(ended.includes(id));
    assert.doesNotMatch(ended, PERSONAL);
  });

  it('holds what has to be sent again until it is known to have arrived, and with encryption nobody can read it', async () => {
    for (const isEncrypted of [false, true]) {
      const { store, dump } = await create();
      let isDown = true;
      const shop = createOffice(
        { store: isEncrypted ? withEncryption(store, recordKey('2026-11')) : store },
        { upstream: (request, next) => (isDown ? Promise.reject(new TypeError('fetch failed')) : next(request)) },
      );
      assert.equal((await pay(shop, 'wallet')).json.status, 'unknown');
      const waiting = await dump();
      if (isEncrypted) assert.doesNotMatch(waiting, /Maria|Santos|9171234567|REF-wallet|op-1|"currency"|"requestId"/);
      else assert.match(waiting, /Maria Santos.*09171234567|09171234567.*Maria Santos/);
      isDown = false;
      const again = await pay(shop, 'wallet');
      assert.equal(again.json.status, 'review');
      const [sent, ...more] = shop.sandbox.control.requests.filter(({ path }) => path.endsWith('create-order'));
      assert.deepEqual(more, []);
      assert.match(JSON.stringify(sent), /09171234567/);
      assert.doesNotMatch(await dump(), PERSONAL);
    }
  });
}

const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);

if (redis) {
  const client = await createClient({ socket: { path: redis.socket, tls: false } }).connect();
  after(async () => {
    client.destroy();
    await redis.stop();
  });

  describe('what lies in Redis', () => {
    itTellsNothingOfPeople(async () => {
      await client.flushAll();
      return {
        store: redisStore(client),
        async dump() {
          const keys = await client.keys('*');
          const values = keys.map(async (key) => (key.includes(':due:') ? client.zRange(key, 0, -1) : client.get(key)));
          return JSON.stringify([keys, await Promise.all(values)]).replaceAll('\\"', '"');
        },
      };
    });
  });
} else {
  describe('what lies in Redis', () => itNeedsServer('redis-server', 'redis-server'));
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

  describe('what lies in Postgres', () => {
    itTellsNothingOfPeople(async () => {
      await pool.query('drop table if exists lesspay_records');
      const store = postgresStore(pool);
      await store.migrate();
      return {
        store,
        async dump() {
          const { rows } = await pool.query<{ text: string }>('select r::text as text from lesspay_records r');
          return rows.map(({ text }) => text.replaceAll('""', '"')).join('\n');
        },
      };
    });
  });
} else {
  describe('what lies in Postgres', () => itNeedsServer('postgres', 'postgresql'));
}
