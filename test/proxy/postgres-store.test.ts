import { after, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import pg from 'pg';
import { itNeedsServer, startPostgres } from './database-servers.ts';
import { itIsAStore } from './store-suite.ts';

const server = await startPostgres();
if (server) {
  const connect = (settings: pg.PoolConfig = {}) =>
    new pg.Pool({ host: server.socket, user: 'postgres', database: 'postgres', ...settings }).on(
      'error',
      () => undefined,
    );
  const pool = connect();
  const second = connect();
  after(async () => {
    await pool.end();
    await second.end();
    await server.stop();
  });
  let tables = 0;
  const newTable = () => `records_${(tables += 1)}`;

  describe('postgresStore', { concurrency: true }, () => {
    itIsAStore(async () => {
      const table = newTable();
      const store = postgresStore(pool, { table });
      await store.migrate();
      return { store, replica: postgresStore(second, { table }), pass: sleep };
    });
  });
} else {
  describe('postgresStore', () => itNeedsServer('postgres', 'postgresql'));
}
