import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { PayinEvent, PayoutEvent } from 'lesspay-elements/proxy';
import pg from 'pg';
import type { Fulfilment } from './evidence.ts';
import { askOverSocket } from './unix-http.ts';

/** Where the shop's own database is. `log`: an append-only file behind a unix socket, `postgres`: a database server. */
export type ShopDatabaseAddress = { kind: 'log' | 'postgres'; socket: string };

/** An event as the shop takes it: `key` is what its effect is keyed by, which should be the event's id. */
export interface ShopEntry {
  key: string;
  event: PayinEvent | PayoutEvent;
  /** Whether goods leave. */
  isFulfilling: boolean;
}

/** All that is in the shop's database. */
export interface ShopRecords {
  fulfilments: Fulfilment[];
  /** The events that had an effect. */
  events: (PayinEvent | PayoutEvent)[];
  /** How often the shop was told of an event, with those it had already. */
  told: number;
}

/** A replica's connection to the shop's database. */
export interface ShopDatabase {
  /** Has the event's effect once, whatever happens around it; resolves when it is durable. */
  take: (entry: ShopEntry) => Promise<void>;
}

/** The shop's database as its campaign has it. */
export interface ShopDatabaseServer {
  address: ShopDatabaseAddress;
  read: () => Promise<ShopRecords>;
  stop: () => Promise<void>;
}

const TABLES = `
  CREATE TABLE shop_told (key text NOT NULL);
  CREATE TABLE shop_events (key text PRIMARY KEY, event jsonb NOT NULL);
  CREATE TABLE shop_fulfilments (order_reference text NOT NULL, request_id text NOT NULL, amount text NOT NULL, currency text NOT NULL)`;

/** Connects a replica. */
export function connectShopDatabase(address: ShopDatabaseAddress): ShopDatabase {
  if (address.kind === 'log') return { take: (entry) => takeByLog(address.socket, entry) };
  const pool = new pg.Pool({ host: address.socket, user: 'postgres', database: 'postgres', max: 5 });
  pool.on('error', () => undefined);
  return { take: (entry) => takeInTransaction(pool, entry) };
}

/** As docs/never-pays-twice.md tells merchants: the event's key and its effect in one transaction. */
async function takeInTransaction(pool: pg.Pool, { key, event, isFulfilling }: ShopEntry): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO shop_told VALUES ($1)', [key]);
    const { rowCount } = await client.query('INSERT INTO shop_events VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      key,
      JSON.stringify(event),
    ]);
    if (rowCount === 1 && isFulfilling && 'order' in event) {
      const { order, requestId, amount, currency } = event;
      await client.query('INSERT INTO shop_fulfilments VALUES ($1, $2, $3, $4)', [order, requestId, amount, currency]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function takeByLog(socket: string, entry: ShopEntry): Promise<void> {
  const { status } = await askOverSocket(socket, { path: '/events', body: JSON.stringify(entry) });
  if (status !== 200) throw new Error('The shop’s database did not take the event');
}

/** Starts the shop's database in a folder of the campaign, or in its Postgres. */
export async function startShopDatabase(kind: ShopDatabaseAddress['kind'], place: string): Promise<ShopDatabaseServer> {
  return kind === 'log' ? startLog(place) : startTables(place);
}

async function startTables(socket: string): Promise<ShopDatabaseServer> {
  const pool = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres', max: 1 });
  pool.on('error', () => undefined);
  await pool.query(`DROP TABLE IF EXISTS shop_told, shop_events, shop_fulfilments; ${TABLES}`);
  return {
    address: { kind: 'postgres', socket },
    async read() {
      const { rows: told } = await pool.query<{ count: string }>('SELECT count(*) FROM shop_told');
      const { rows: events } = await pool.query<{ event: PayinEvent }>('SELECT event FROM shop_events');
      const { rows: fulfilments } = await pool.query<Fulfilment>(
        'SELECT order_reference AS order, request_id AS "requestId", amount, currency FROM shop_fulfilments',
      );
      return { fulfilments, events: events.map(({ event }) => event), told: Number(told[0]?.count) };
    },
    stop: () => pool.end(),
  };
}

/** A line is one transaction: it is there as a whole or not at all, and durable before the shop hears that it is. */
async function startLog(folder: string): Promise<ShopDatabaseServer> {
  const socket = `${folder}/shop.sock`;
  const file = `${folder}/shop.log`;
  const descriptor = openSync(file, 'a+');
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      writeSync(descriptor, `${text}\n`);
      fsyncSync(descriptor);
      response.end();
    });
  });
  rmSync(socket, { force: true });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    address: { kind: 'log', socket },
    read() {
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
      const entries = lines.map((line) => JSON.parse(line) as ShopEntry);
      const first = [...new Map([...entries].reverse().map((entry) => [entry.key, entry])).values()];
      const fulfilments = first.flatMap(({ event, isFulfilling }) => {
        if (!isFulfilling || !('order' in event)) return [];
        const { order, requestId, amount, currency } = event;
        return [{ order, requestId, amount, currency }];
      });
      return Promise.resolve({ fulfilments, events: first.map(({ event }) => event), told: entries.length });
    },
    async stop() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      closeSync(descriptor);
    },
  };
}
