import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, Redis } from 'ioredis';
import { StoreError } from 'lesspay-elements/proxy';
import { type NodeRedisClient, redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import { createClient, createClientPool, createCluster, RESP_TYPES } from 'redis';
import { itNeedsServer, type RedisCluster, startRedis, startRedisCluster } from './database-servers.ts';
import { itKeepsLimits } from './payout-limits-suite.ts';
import { itIsSharedByProcesses } from './store-processes.ts';
import { failureOf, itIsAStore, itSurvivesACrash } from './store-suite.ts';

/** A client of node-redis whose lost connections are the test's business. */
function clientOf(path: string) {
  return createClient({ socket: { path, tls: false, reconnectStrategy: 50 } }).on('error', () => undefined);
}

/** node-redis over a cluster, by its first node. */
function clusterOf(port: number) {
  return createCluster({ rootNodes: [{ url: `redis://127.0.0.1:${port}` }] })
    .on('error', () => undefined)
    .connect();
}

/** A client of ioredis that gives a command up with its connection. */
function impatient(path: string): Redis {
  return new Redis(path, { retryStrategy: () => 50, maxRetriesPerRequest: 0 }).on('error', () => undefined);
}

// Before the first suite: a runner that has nothing to run while a server starts takes the file for done.
const server = await startRedis();
const clients = server && (await Promise.all([1, 2].map(() => clientOf(server.socket).connect())));

describe('redisStore', () => {
  it('names what is wrong with a client', () => {
    const callbacks = { get: () => true, eval: () => true, evalsha: () => true };
    const wrong: [unknown, RegExp][] = [
      [undefined, /undefined/],
      [null, /null/],
      ['redis://localhost:6379', /string/],
      [{}, /no get, eval and evalSha/],
      [Promise.resolve({}), /await it/],
      [new pg.Pool(), /postgresStore/],
      [callbacks, /version 3/],
    ];
    for (const [client, message] of wrong) {
      assert.throws(
        () => redisStore(client as NodeRedisClient),
        (error) => error instanceof StoreError && error.code === 'wrong-client' && message.test(error.message),
      );
    }
  });

  it('names an option that cannot work', () => {
    const client = clientOf('/nowhere');
    const cluster = createCluster({ rootNodes: [{ url: 'redis://localhost:1' }] });
    for (const prefix of ['', ' ', 'a b', 'ä:', 'x'.repeat(65)]) {
      assert.throws(() => redisStore(client, { prefix }), { name: 'StoreError', code: 'wrong-option' });
    }
    assert.throws(() => redisStore(cluster), { code: 'wrong-option', message: /hash tag/ });
    assert.throws(() => redisStore(new Redis.Cluster(['localhost:1'], { lazyConnect: true }), { prefix: 'a:' }), {
      code: 'wrong-option',
    });
    redisStore(cluster, { prefix: '{shop}:' });
  });

  it('says that a client was never connected', async () => {
    assert.equal((await failureOf(redisStore(clientOf('/nowhere')).get('a'))).code, 'not-connected');
    const ioredis = new Redis('/nowhere', { lazyConnect: true, enableOfflineQueue: false }).on(
      'error',
      () => undefined,
    );
    assert.equal((await failureOf(redisStore(ioredis).insert('a', 1))).code, 'not-connected');
    ioredis.disconnect();
  });

  it('waits no longer than timeoutMs for a server that is away', async () => {
    const client = clientOf('/nowhere');
    client.connect().catch(() => undefined);
    const started = Date.now();
    assert.equal((await failureOf(redisStore(client, { timeoutMs: 100 }).insert('a', 1))).code, 'timeout');
    assert.ok(Date.now() - started < 2_000);
    client.destroy();
  });
});

if (server && clients) {
  const path = server.socket;
  const [nodeRedis, second] = clients as [(typeof clients)[0], (typeof clients)[0]];
  const ioredis = new Redis(path).on('error', () => undefined);
  after(async () => {
    nodeRedis.destroy();
    second.destroy();
    ioredis.disconnect();
    await server.stop();
  });
  let prefixes = 0;
  const newPrefix = () => `test${(prefixes += 1)}:`;

  describe('redisStore over node-redis', { concurrency: true }, () => {
    itIsAStore(() => {
      const prefix = newPrefix();
      return { store: redisStore(nodeRedis, { prefix }), replica: redisStore(second, { prefix }), pass: sleep };
    });
  });

  describe('redisStore over ioredis', { concurrency: true }, () => {
    itIsAStore(() => {
      const prefix = newPrefix();
      return { store: redisStore(ioredis, { prefix }), replica: redisStore(nodeRedis, { prefix }), pass: sleep };
    });
  });

  describe('redisStore over processes', () => {
    const prefix = newPrefix();
    itIsSharedByProcesses(['redis', 'ioredis'], path, prefix, redisStore(nodeRedis, { prefix }));
  });

  describe('the limits of a day over Redis', () => {
    itKeepsLimits(() => {
      const prefix = newPrefix();
      return Promise.resolve([
        redisStore(nodeRedis, { prefix }),
        redisStore(second, { prefix }),
        redisStore(ioredis, { prefix }),
      ]);
    });
  });

  describe('redisStore on a server', () => {
    it('keeps two prefixes apart', async () => {
      const one = redisStore(nodeRedis, { prefix: 'one:' });
      const two = redisStore(nodeRedis, { prefix: 'one:record:' });
      await one.insert('payout:a', 1, { dueAt: 1 });
      assert.equal(await two.get('payout:a'), undefined);
      assert.equal(await two.insert('payout:a', 2), true);
      assert.equal((await one.get('payout:a'))?.value, 1);
      assert.deepEqual(await two.due?.({ kind: 'payout', before: 1, limit: 1 }), []);
      assert.deepEqual(await one.due?.({ kind: 'payout', before: 1, limit: 1 }), ['payout:a']);
    });

    it('leaves Redis to forget what has expired', async () => {
      const prefix = newPrefix();
      const store = redisStore(nodeRedis, { prefix });
      await store.insert('a', 1, { expiresInMs: 60_000 });
      await store.insert('b', 1);
      const ttl = await nodeRedis.pTTL(`${prefix}record:a`);
      assert.ok(ttl > 50_000 && ttl <= 60_000, String(ttl));
      assert.equal(await nodeRedis.pTTL(`${prefix}record:b`), -1);
      await store.replace('a', (await store.get('a'))!.version, 2);
      assert.equal(await nodeRedis.pTTL(`${prefix}record:a`), -1);
    });

    it('finds its own write when a driver sends the command twice', async () => {
      const twice: NodeRedisClient = {
        get: (key) => nodeRedis.get(key),
        eval: (text, options) => nodeRedis.eval(text, options),
        evalSha: async (sha1, options) => {
          await nodeRedis.evalSha(sha1, options);
          return nodeRedis.evalSha(sha1, options);
        },
      };
      const prefix = newPrefix();
      await redisStore(nodeRedis, { prefix }).insert('other', 1);
      const store = redisStore(twice, { prefix });
      assert.equal(await store.insert('a', 1), true);
      assert.equal(await store.replace('a', (await store.get('a'))!.version, 2), true);
      assert.equal(await store.insert('a', 3), false);
    });

    it('brings its scripts along to a server that has forgotten them', async () => {
      for (const client of [nodeRedis, ioredis]) {
        const store = redisStore(client, { prefix: newPrefix() });
        await nodeRedis.scriptFlush();
        assert.equal(await store.insert('payout:a', 1, { dueAt: 1 }), true);
        await nodeRedis.scriptFlush();
        assert.deepEqual(await store.due?.({ kind: 'payout', before: 1, limit: 1 }), ['payout:a']);
      }
    });

    it('understands clients that were told to answer in bytes, and pools', async () => {
      const prefix = newPrefix();
      const bytes = nodeRedis.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
      const pool = createClientPool({ socket: { path, tls: false } });
      await pool.connect();
      for (const client of [bytes, pool]) {
        const store = redisStore(client, { prefix });
        const key = `payout:${client === bytes ? 'bytes' : 'pool'}`;
        assert.equal(await store.insert(key, 'Nguyễn', { dueAt: 1 }), true);
        assert.equal((await store.get(key))?.value, 'Nguyễn');
        assert.ok((await store.due?.({ kind: 'payout', before: 1, limit: 5 }))?.includes(key));
      }
      pool.destroy();
    });

    it('works with a client that puts a prefix of its own before every key', async () => {
      const prefixed = new Redis(path, { keyPrefix: 'shop:' });
      const prefix = newPrefix();
      const store = redisStore(prefixed, { prefix });
      await store.insert('payout:a', 1, { dueAt: 1 });
      await store.insert('payout:b', 1, { dueAt: 2, expiresInMs: 1 });
      await sleep(20);
      assert.deepEqual(await store.due?.({ kind: 'payout', before: 9, limit: 9 }), ['payout:a']);
      assert.equal(await nodeRedis.exists(`shop:${prefix}record:payout:a`), 1);
      prefixed.disconnect();
    });

    it('does not read what it did not write, and does not repeat it', async () => {
      const prefix = newPrefix();
      const store = redisStore(nodeRedis, { prefix });
      await nodeRedis.set(`${prefix}record:a`, 'Maria Santos 09171234567');
      const text = await failureOf(store.get('a'));
      assert.equal(text.code, 'unreadable');
      await nodeRedis.lPush(`${prefix}record:b`, 'Maria Santos 09171234567');
      const list = await failureOf(store.insert('b', 'Maria Santos 09171234567'));
      assert.equal(list.code, 'refused');
      const ours = await failureOf(redisStore(ioredis, { prefix }).insert('b', 'Maria Santos 09171234567'));
      assert.equal(ours.code, 'refused');
      for (const error of [text, list, ours]) {
        assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`, /Maria|0917/);
      }
    });

    it('says that Redis is full, and has written nothing', async () => {
      const full = (await startRedis())!;
      const client = await clientOf(full.socket).connect();
      const store = redisStore(client);
      await store.insert('a', 1);
      await client.configSet('maxmemory', '1');
      const error = await failureOf(store.insert('payout:b', 1, { dueAt: 1 }));
      assert.deepEqual([error.code, error.message.includes('OOM')], ['refused', true]);
      assert.equal(await store.get('payout:b'), undefined);
      assert.equal((await store.get('a'))?.value, 1);
      client.destroy();
      await full.stop();
    });

    for (const name of ['node-redis', 'ioredis'] as const) {
      itSurvivesACrash(`a crash of the server with ${name}`, startRedis, async (socket) => {
        const client = name === 'ioredis' ? impatient(socket) : await clientOf(socket).connect();
        return {
          store: redisStore(client, { timeoutMs: 1_000 }),
          reconnected: async () => {
            if (client instanceof Redis && client.status !== 'ready') await once(client, 'ready');
          },
          close: () => (client instanceof Redis ? client.disconnect() : client.destroy()),
        };
      });
    }
  });

  describe('redisStore on a cluster', { concurrency: true }, () => {
    let cluster: RedisCluster | undefined;
    let nodeRedisCluster: Awaited<ReturnType<typeof clusterOf>>;
    let ioredisCluster: Cluster;
    before(async () => {
      cluster = (await startRedisCluster())!;
      nodeRedisCluster = await clusterOf(cluster.port);
      ioredisCluster = new Redis.Cluster([{ host: '127.0.0.1', port: cluster.port }]).on('error', () => undefined);
    });
    after(async () => {
      nodeRedisCluster.destroy();
      ioredisCluster.disconnect();
      await cluster?.stop();
    });
    let tags = 0;
    itIsAStore(() => {
      // The prefixes of these tests are on both nodes.
      const prefix = `{test${(tags += 1)}}:`;
      const [store, replica] = [redisStore(nodeRedisCluster, { prefix }), redisStore(ioredisCluster, { prefix })];
      return tags % 2 ? { store, replica, pass: sleep } : { store: replica, replica: store, pass: sleep };
    });
  });
} else {
  describe('redisStore on a server', () => itNeedsServer('redis-server', 'redis-server'));
}
