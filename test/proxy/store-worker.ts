/**
 * A replica in a process of its own: `redis|ioredis|postgres <socket> <prefix or table> <name>`. Adds to one counter and
 * races for keys, and prints which of them it has won.
 */
import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import type { Store } from 'lesspay-elements/proxy';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import { createClient } from 'redis';

const [kind, socket = '', space = '', name = ''] = process.argv.slice(2);
const { store, close } = await connect();
for (let n = 0; n < 100; n += 1) await add(store);
const won: number[] = [];
for (let n = 0; n < 200; n += 1) if (await store.insert(`raced:${n}`, name, { dueAt: n })) won.push(n);
await close();
console.log(JSON.stringify(won));

async function connect(): Promise<{ store: Store; close: () => unknown }> {
  if (kind === 'redis') {
    const client = await createClient({ socket: { path: socket, tls: false } }).connect();
    return { store: redisStore(client, { prefix: space }), close: () => client.destroy() };
  }
  if (kind === 'ioredis') {
    const client = new Redis(socket);
    return { store: redisStore(client, { prefix: space }), close: () => client.disconnect() };
  }
  const pool = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres' });
  const made = postgresStore(pool, { table: space });
  // Every replica does so when it starts.
  await made.migrate();
  return { store: made, close: () => pool.end() };
}

async function add(own: Store): Promise<void> {
  for (;;) {
    const found = await own.get('counter');
    if (!found) {
      if (await own.insert('counter', 1)) return;
      continue;
    }
    assert.ok(typeof found.value === 'number');
    if (await own.replace('counter', found.version, found.value + 1)) return;
  }
}
