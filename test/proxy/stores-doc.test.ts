import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { type Store, StoreError } from 'lesspay-elements/proxy';
import { postgresMigrations } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import { freePort, itNeedsServer, startPostgres, startRedis } from './database-servers.ts';
import { documentedModule } from './documented-module.ts';

const text = readFileSync('docs/stores.md', 'utf8');

// Before the first suite: a runner that has nothing to run while a server starts takes the file for done.
const port = await freePort();
const redis = await startRedis({ port: String(port), bind: '127.0.0.1' });
const postgres = await startPostgres();

async function requireWorking(store: Store): Promise<void> {
  assert.equal(await store.insert('payout:a', { n: 1 }, { dueAt: 1 }), true);
  const { version } = (await store.get('payout:a'))!;
  assert.equal(await store.replace('payout:a', version, { n: 2 }, { dueAt: 2, expiresInMs: 60_000 }), true);
  assert.deepEqual(await store.due?.({ kind: 'payout', before: 2, limit: 1 }), ['payout:a']);
}

describe('docs/stores.md', () => {
  it('prints the migrations by its command', () => {
    const command = /^\s*(node -e .*)$/m.exec(text)?.[1] ?? '';
    const printed = execFileSync('sh', ['-c', command.replace('node -e', 'node --import tsx -e')], {
      encoding: 'utf8',
    });
    assert.equal(printed, `${postgresMigrations().join(';\n')};\n`);
  });
});

if (redis) {
  const url = `redis://127.0.0.1:${port}`;
  const admin = new Redis(url);
  after(async () => {
    admin.disconnect();
    await redis.stop();
  });

  describe('docs/stores.md, of Redis', () => {
    for (const name of ['redis.js', 'ioredis.js']) {
      it(`has a ${name} that works as it is`, async () => {
        await admin.flushall();
        process.env.REDIS_URL = url;
        const { store, client } = await documentedModule<{ store: Store; client: { disconnect: () => void } }>(name);
        await requireWorking(store);
        client.disconnect();
      });
    }

    it('names every command that the store needs', async () => {
      await admin.flushall();
      const rules = /`(~lesspay:\* [^`]+)`/.exec(text)?.[1]?.split(' ') ?? [];
      await admin.call('ACL', 'SETUSER', 'shop', 'on', '>password', ...rules);
      const shop = new Redis(url, { username: 'shop', password: 'password', enableReadyCheck: false });
      const store = redisStore(shop);
      await requireWorking(store);
      await store.replace('payout:a', (await store.get('payout:a'))!.version, 3);
      const elsewhere = redisStore(shop, { prefix: 'other:' });
      await assert.rejects(elsewhere.get('a'), (error) => error instanceof StoreError && error.code === 'refused');
      shop.disconnect();
    });
  });
} else {
  describe('docs/stores.md, of Redis', () => itNeedsServer('redis-server', 'redis-server'));
}

if (postgres) {
  after(() => postgres.stop());

  describe('docs/stores.md, of Postgres', () => {
    it('has a postgres.js that works as it is', async () => {
      process.env.DATABASE_URL = `postgresql:///postgres?host=${encodeURIComponent(postgres.socket)}&user=postgres`;
      const { store, pool } = await documentedModule<{ store: Store; pool: { end: () => Promise<void> } }>(
        'postgres.js',
      );
      await requireWorking(store);
      await pool.end();
    });
  });
} else {
  describe('docs/stores.md, of Postgres', () => itNeedsServer('postgres', 'postgresql'));
}
