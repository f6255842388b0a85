/**
 * Replicas in a process of its own: `redis|ioredis|postgres <socket> <prefix or table> <name> <clients>`. Each client has a
 * connection of its own. Once told to by a line, all of them add to one counter and race for keys at once. Prints which keys
 * this process has won, and when it began and ended.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import type { Store } from 'lesspay-elements/proxy';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import { createClient } from 'redis';

const [kind, socket = '', space = '', name = '', clients = '1'] = process.argv.slice(2);
const connected = await Promise.all(Array.from({ length: Number(clients) }, connect));
console.log('ready');
await once(process.stdin, 'data');
const won: number[] = [];
const from = Date.now();
await Promise.all(
  connected.map(async ({ store }) => {
    for (let n = 0; n < 10; n += 1) await add(store);
    for (let n = 0; n < 200; n += 1) if (await store.insert(`raced:${n}`, name, { dueAt: n })) won.push(n);
  }),
);
const until = Date.now();
await Promise.all(connected.map(({ close }) => close()));
console.log(JSON.stringify({ won, from, until }));
process.stdin.destroy();

async function connect(): Promise<{ store: Store; close: () => unknown }> {
  if (kind === 'redis') {
    const client = await createClient({ socket: { path: socket, tls: false } }).connect();
    return { store: redisStore(client, { prefix: space }), close: () => client.destroy() };
  }
  if (kind === 'ioredis') {
    const client = new Redis(socket);
    return { store: redisStore(client, { prefix: space }), close: () => client.disconnect() };
  }
  const pool = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres', max: 1 });
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
