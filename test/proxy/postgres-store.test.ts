import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from 'lesspay-elements/proxy';
import { postgresMigrations, type PostgresPool, postgresStore } from 'lesspay-elements/proxy/postgres';
import pg from 'pg';
import { createClient } from 'redis';
import { itNeedsServer, startPostgres } from './database-servers.ts';
import { createOffice, pay, payout } from './office.ts';
import { itKeepsLimits } from './payout-limits-suite.ts';
import { itIsSharedByProcesses } from './store-processes.ts';
import { failureOf, itIsAStore, itSurvivesACrash } from './store-suite.ts';

const PERSONAL = 'Maria Santos 09171234567';

function poolOf(socket: string, settings: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres', ...settings });
  // Lost idle connections are the test's business.
  return pool.on('error', () => undefined);
}

// Before the first suite: a runner that has nothing to run while a server starts takes the file for done.
const server = await startPostgres();

describe('postgresStore', () => {
  it('names what is wrong with a pool', () => {
    const wrong: [unknown, RegExp][] = [
      [undefined, /undefined/],
      [null, /null/],
      ['postgres://localhost/shop', /string/],
      [() => undefined, /postgres\.js/],
      [{}, /no query/],
      [new pg.Client(), /single connection/],
      [createClient(), /redisStore/],
    ];
    for (const [pool, message] of wrong) {
      assert.throws(
        () => postgresStore(pool as PostgresPool),
        (error) => error instanceof StoreError && error.code === 'wrong-client' && message.test(error.message),
      );
    }
  });

  it('names a table that cannot be one', () => {
    for (const table of ['', 'Records', '1st', 'a.b.c', 'a"b', 'records; drop table x', 'x'.repeat(51), '.a', 'ä']) {
      assert.throws(() => postgresMigrations(table), { name: 'StoreError', code: 'wrong-option' }, table);
      assert.throws(() => postgresStore(new pg.Pool(), { table }), { code: 'wrong-option' }, table);
    }
  });

  it('says that no server is there, and that the pool has ended', async () => {
    const pool = poolOf('/nowhere');
    assert.equal((await failureOf(postgresStore(pool).get('a'))).code, 'connection-lost');
    await pool.end();
    assert.equal((await failureOf(postgresStore(pool).get('a'))).code, 'not-connected');
  });

  it('waits no longer than timeoutMs', async () => {
    const started = Date.now();
    const store = postgresStore({ query: () => new Promise(() => undefined) }, { timeoutMs: 50 });
    assert.equal((await failureOf(store.insert('a', 1))).code, 'timeout');
    assert.equal((await failureOf(store.migrate())).code, 'timeout');
    assert.ok(Date.now() - started < 2_000);
  });
});

if (server) {
  const pool = poolOf(server.socket);
  const second = poolOf(server.socket);
  after(async () => {
    await pool.end();
    await second.end();
    await server.stop();
  });
  let tables = 0;
  const newTable = (): string => `records_${(tables += 1)}`;
  const newStore = async (own = pool) => {
    const table = newTable();
    const store = postgresStore(own, { table });
    await store.migrate();
    return { table, store };
  };
  const countOf = async (table: string): Promise<number> => {
    const { rows } = await pool.query<{ count: string }>(`select count(*) from ${table}`);
    return Number(rows[0]?.count);
  };

  describe('postgresStore over pg', { concurrency: true }, () => {
    itIsAStore(async () => {
      const { store, table } = await newStore();
      return { store, replica: postgresStore(second, { table }), pass: sleep };
    });
  });

  describe('postgresStore over a pool of one connection', { concurrency: true }, () => {
    const single = poolOf(server.socket, { max: 1 });
    after(() => single.end());
    itIsAStore(async () => {
      const { store, table } = await newStore(single);
      return { store, replica: postgresStore(second, { table }), pass: sleep };
    });
  });

  describe('postgresStore under the strictest isolation', { concurrency: true }, () => {
    const options = '-c default_transaction_isolation=serializable';
    const strict = poolOf(server.socket, { options });
    after(() => strict.end());
    itIsAStore(async () => {
      const { store, table } = await newStore(strict);
      return { store, replica: postgresStore(strict, { table }), pass: sleep };
    });
  });

  describe('postgresStore over processes', () => {
    const table = newTable();
    itIsSharedByProcesses(['postgres', 'postgres'], server.socket, table, postgresStore(pool, { table }));
  });

  describe('the limits of a day over Postgres', () => {
    itKeepsLimits(async () => {
      const { store, table } = await newStore();
      return [store, postgresStore(pool, { table }), postgresStore(pool, { table })];
    });
  });

  describe('postgresStore on a server', () => {
    it('makes its table once, however many replicas ask for it at once', async () => {
      const table = newTable();
      await Promise.all(
        Array.from({ length: 30 }, (_, n) => postgresStore(n % 2 ? pool : second, { table }).migrate()),
      );
      const store = postgresStore(pool, { table });
      await store.insert('a', 1);
      await store.migrate();
      assert.equal((await store.get('a'))?.value, 1);
    });

    it('works in a schema of its own, over a table made by the printed statements', async () => {
      await pool.query('create schema payments');
      for (const statement of postgresMigrations('payments.records')) await pool.query(statement);
      for (const statement of postgresMigrations('payments.records')) await pool.query(statement);
      const store = postgresStore(pool, { table: 'payments.records' });
      assert.equal(await store.insert('payout:a', 1, { dueAt: 1 }), true);
      assert.deepEqual(await store.due({ kind: 'payout', before: 1, limit: 1 }), ['payout:a']);
      assert.equal(await countOf('payments.records'), 1);
    });

    it('needs no right but those on the rows of its table', async () => {
      const { table } = await newStore();
      await pool.query(
        `create role ${table}_app login; grant select, insert, update, delete on ${table} to ${table}_app`,
      );
      const app = poolOf(server.socket, { user: `${table}_app` });
      const store = postgresStore(app, { table });
      await store.insert('a', 1, { expiresInMs: 1 });
      await sleep(10);
      assert.equal(await store.insert('a', 2), true);
      assert.equal(await store.replace('a', (await store.get('a'))!.version, 3, { expiresInMs: 1 }), true);
      await sleep(10);
      assert.equal(await store.deleteExpired(), 1);
      assert.equal((await failureOf(postgresStore(app, { table: newTable() }).migrate())).code, 'refused');
      await app.end();
    });

    it('says that its table is missing, and how to make it', async () => {
      const error = await failureOf(postgresStore(pool, { table: 'nowhere' }).insert('a', 1));
      assert.equal(error.code, 'missing-table');
      assert.match(error.message, /nowhere.*migrate\(\)/);
    });

    it('deletes what has expired, by itself while it writes and when it is told to', async () => {
      const { store, table } = await newStore();
      for (let n = 0; n < 20; n += 1) await store.insert(`gone:${n}`, 1, { expiresInMs: 1 });
      await store.insert('stays:1', 1, { expiresInMs: 60_000 });
      await store.insert('stays:2', 1);
      await sleep(10);
      assert.equal(await countOf(table), 22);
      assert.equal(await store.deleteExpired(), 20);
      assert.equal(await countOf(table), 2);
      for (let n = 0; n < 1_100; n += 1) await store.insert(`gone:${n}`, 1, { expiresInMs: 1 });
      for (let tries = 0; (await countOf(table)) > 200; tries += 1) {
        assert.ok(tries < 100, 'nothing was swept');
        await sleep(20);
      }
      assert.equal((await store.get('stays:1'))?.value, 1);
      assert.equal((await store.get('stays:2'))?.value, 1);
    });

    it('finds what is due by its index', async () => {
      const { store, table } = await newStore();
      await pool.query(
        `insert into ${table} select 'payout:' || n, 'payout', '1', 'v', null, case when n % 100 = 0 then n end from generate_series(1, 20000) n`,
      );
      await pool.query(`analyze ${table}`);
      assert.equal((await store.due({ kind: 'payout', before: 1_000, limit: 5 })).length, 5);
      const plan = await pool.query<{ 'QUERY PLAN': string }>(
        `explain select key from ${table} where kind = 'payout' and due_at <= 1000 order by due_at, key limit 5`,
      );
      assert.match(plan.rows.map((row) => row['QUERY PLAN']).join('\n'), new RegExp(`${table}_due`));
    });

    it('does not read what it did not write, and repeats no value in an error', async () => {
      const { store, table } = await newStore();
      await store.insert('a', 1);
      await pool.query(`update ${table} set value = $1`, [PERSONAL]);
      await pool.query(`alter table ${table} add constraint short check (length(value) < 30)`);
      const errors = [await failureOf(store.get('a')), await failureOf(store.insert('b', [PERSONAL, PERSONAL]))];
      assert.deepEqual(
        errors.map(({ code }) => code),
        ['unreadable', 'refused'],
      );
      for (const error of errors) {
        assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`, /Maria|0917/);
      }
    });

    it('says that it may only read, as on a standby, and has written nothing', async () => {
      const { store, table } = await newStore();
      const standby = poolOf(server.socket, { options: '-c default_transaction_read_only=on' });
      const error = await failureOf(postgresStore(standby, { table }).insert('a', 1));
      assert.deepEqual([error.code, error.message.includes('25006')], ['refused', true]);
      assert.equal(await store.get('a'), undefined);
      await standby.end();
    });

    it('needs its one connection for a moment only, never while an upstream or a hook takes its time', async () => {
      const single = poolOf(server.socket, { max: 1 });
      const { store } = await newStore(single);
      let answerUpstream = (): void => undefined;
      const upstreamAnswers = new Promise<void>((done) => (answerUpstream = done));
      let endHook = (): void => undefined;
      const hookEnds = new Promise<void>((done) => (endHook = done));
      const asked = new Set<string>();
      const shop = createOffice(
        {
          store,
          onPayin: async ({ order }) => {
            // The shop's own statement in the same pool.
            await single.query('select 1');
            asked.add(order);
            if (order === 'ORD-HOOK') await hookEnds;
          },
        },
        {
          upstream: async (request, next) => {
            if (request.method === 'POST' && (await request.clone().text()).includes('"HANGS"')) {
              asked.add('HANGS');
              await upstreamAnswers;
            }
            return next(request);
          },
        },
      );
      const hanging = pay(shop, [payout('HANGS')]);
      const { json } = await shop.post('/payins', { order: 'ORD-HOOK' });
      shop.sandbox.control.settle(String(json.requestId), 'succeeded');
      for (let tries = 0; asked.size < 2; tries += 1) {
        assert.ok(tries < 100, [...asked].join());
        await sleep(20);
      }

      const others = await Promise.all(
        Array.from({ length: 20 }, async (_, n) => {
          const { status, json: opened } = await shop.post('/payins', { order: `ORD-${n}` });
          assert.equal(status, 201);
          assert.equal((await pay(shop, [payout(`S-${n}`)])).status, 202);
          return String(opened.requestId);
        }),
      );
      for (const id of others) assert.equal((await shop.get(`/payins/${id}`)).status, 200);
      assert.equal(single.totalCount, 1);
      answerUpstream();
      endHook();
      assert.equal((await hanging).status, 202);
      await shop.sandbox.control.idle();
      assert.equal((await shop.get(`/payins/${String(json.requestId)}`)).json.status, 'paid');
      await single.end();
    });

    itSurvivesACrash('a crash of the server', startPostgres, async (socket) => {
      const own = poolOf(socket, { connectionTimeoutMillis: 1_000 });
      const store = postgresStore(own, { timeoutMs: 2_000 });
      await store.migrate();
      return { store, close: () => own.end() };
    });
  });
} else {
  describe('postgresStore on a server', () => itNeedsServer('postgres', 'postgresql'));
}
