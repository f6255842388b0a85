import { randomBytes } from 'node:crypto';
import { kindOf } from './kind-of.ts';
import { StoreError, withTimeout } from './store-error.ts';
import type { JsonValue, Store, StoreWriteOptions } from './store.ts';

/** What the store uses of a `Pool` of `pg`, or of anything that answers like one. */
export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Options of {@link postgresStore}. */
export interface PostgresStoreOptions {
  /** The table, with its schema where that is not the default one; `'lesspay_records'` by default. */
  table?: string | undefined;
  /** Longest wait for an answer; 10000 by default. */
  timeoutMs?: number | undefined;
}

/** A store in Postgres, with what its table needs besides. */
export interface PostgresStore extends Store {
  due: NonNullable<Store['due']>;
  idle: NonNullable<Store['idle']>;
  /** Creates the table and its indexes where they are missing; safe to run on every replica at every start. */
  migrate(): Promise<void>;
  /**
   * Deletes what has expired and tells how many rows that were. The store does it by itself now and then while it writes;
   * a scheduled call makes sure of it where little is written.
   */
  deleteExpired(): Promise<number>;
}

const DEFAULT_TABLE = 'lesspay_records';
/** Postgres cuts names at 63 characters, and the indexes are called as the table and a little more. */
const IDENTIFIER = /^[a-z_][a-z0-9_]{0,49}$/;

const SWEEP_EVERY = 1_000;
const SWEEP_ROWS = 1_000;
const MAX_ATTEMPTS = 5;

/**
 * The statements that make the table, each safe to repeat: for whoever changes the database only through migrations of
 * their own. `migrate` runs the same.
 */
export function postgresMigrations(table: string = DEFAULT_TABLE): string[] {
  const { name, quoted } = readTable(table);
  return [
    `create table if not exists ${quoted} (
  key text collate "C" primary key,
  kind text not null,
  value text not null,
  version text not null,
  expires_at timestamptz,
  due_at double precision
)`,
    `create index if not exists "${name}_due" on ${quoted} (kind, due_at) where due_at is not null`,
    `create index if not exists "${name}_expires" on ${quoted} (expires_at) where expires_at is not null`,
  ];
}

/** A store in Postgres 12 or later, over the application's own pool of `pg`. Its table is made by `migrate()`. */
export function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): PostgresStore {
  const { timeoutMs = 10_000 } = options;
  const { table = DEFAULT_TABLE } = options;
  const { quoted } = readTable(table);
  requirePool(pool);
  let writesLeft = SWEEP_EVERY;
  let sweep: Promise<unknown> = Promise.resolve();

  const alive = '(expires_at is null or expires_at > clock_timestamp())';
  const expiry = "clock_timestamp() + $5 * interval '1 millisecond'";
  const sql = {
    get: `select value, version from ${quoted} where key = $1 and ${alive}`,
    // One statement that also takes the place of a row that has expired and is not deleted yet.
    insert: `insert into ${quoted} as found (key, kind, value, version, expires_at, due_at)
values ($1, $2, $3, $4, ${expiry}, $6)
on conflict (key) do update
set value = excluded.value, version = excluded.version, expires_at = excluded.expires_at, due_at = excluded.due_at
where found.expires_at <= clock_timestamp()
returning key`,
    replace: `update ${quoted} set value = $3, version = $4, expires_at = ${expiry}, due_at = $6
where key = $1 and kind = $2 and version = $7 and ${alive}
returning key`,
    due: `select key from ${quoted} where kind = $1 and due_at <= $2 and ${alive} order by due_at, key limit $3`,
    deleteExpired: `delete from ${quoted} where key in (
  select key from ${quoted} where expires_at <= clock_timestamp() limit $1 for update skip locked
)
returning key`,
  };

  /** Every answer of the driver comes through here, so that its errors leave as ours. */
  async function query(text: string, values: unknown[]): Promise<unknown[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await withTimeout(pool.query(text, values), timeoutMs)).rows;
      } catch (error) {
        // Under stricter isolation than "read committed" one of two writers is sent away to try again.
        if (attempt < MAX_ATTEMPTS && isConflict(error)) continue;
        throw asStoreError(error, table);
      }
    }
  }

  async function write(
    text: string,
    key: string,
    value: JsonValue,
    { expiresInMs, dueAt }: StoreWriteOptions,
    ...more: string[]
  ): Promise<false | string> {
    const version = randomBytes(12).toString('base64url');
    const values = [key, kindOf(key), JSON.stringify(value), version, expiresInMs ?? null, dueAt ?? null, ...more];
    const rows = await query(text, values);
    sweepNowAndThen();
    return rows.length > 0 && version;
  }

  function sweepNowAndThen(): void {
    writesLeft -= 1;
    if (writesLeft > 0) return;
    writesLeft = SWEEP_EVERY;
    // The write it follows has succeeded and must not fail for it. What breaks here breaks the next write as well, which
    // says so; the rows wait for the next turn.
    const next = query(sql.deleteExpired, [SWEEP_ROWS]).catch(() => undefined);
    sweep = sweep.then(() => next);
  }

  return {
    async get(key) {
      const [row] = await query(sql.get, [key]);
      if (row === undefined) return undefined;
      const { value, version } = row as { value: string; version: string };
      return { value: parse(value, key), version };
    },
    async insert(key, value, writeOptions = {}) {
      const version = await write(sql.insert, key, value, writeOptions);
      return writeOptions.tellVersion === true ? version : version !== false;
    },
    async replace(key, expectedVersion, value, writeOptions = {}) {
      return (await write(sql.replace, key, value, writeOptions, expectedVersion)) !== false;
    },
    async due({ kind, before, limit }) {
      const rows = await query(sql.due, [kind, before, limit]);
      return rows.map((row) => (row as { key: string }).key);
    },
    async idle() {
      await sweep;
    },
    async migrate() {
      try {
        // Several replicas start at once, and "if not exists" alone lets two of them collide. Statements that are sent
        // together are one transaction (PostgreSQL docs, 55.2.2.1), at whose end the lock goes.
        const lock = `select pg_advisory_xact_lock(hashtext('lesspay-elements ${table}'))`;
        await withTimeout(pool.query([lock, ...postgresMigrations(table)].join(';\n')), timeoutMs);
      } catch (error) {
        throw asStoreError(error, table);
      }
    },
    async deleteExpired() {
      let deleted = 0;
      for (;;) {
        const rows = await query(sql.deleteExpired, [SWEEP_ROWS]);
        deleted += rows.length;
        if (rows.length < SWEEP_ROWS) return deleted;
      }
    },
  };
}

/** The table's name for SQL, where it cannot be a parameter. */
function readTable(table: unknown): { name: string; quoted: string } {
  const parts = typeof table === 'string' ? table.split('.') : [];
  const name = parts.at(-1) ?? '';
  if (parts.length < 1 || parts.length > 2 || !parts.every((part) => IDENTIFIER.test(part))) {
    throw new StoreError(
      'wrong-option',
      "postgresStore: table must be a name of up to 50 lower-case letters, digits and _, such as 'lesspay_records' or 'payments.records'.",
    );
  }
  return { name, quoted: parts.map((part) => `"${part}"`).join('.') };
}

function requirePool(pool: unknown): void {
  if (typeof pool !== 'object' || pool === null) {
    throw wrongClient(
      typeof pool === 'function'
        ? 'this is a function, perhaps postgres.js'
        : `got ${pool === null ? 'null' : typeof pool}`,
    );
  }
  const given = pool as Readonly<Record<string, unknown>>;
  if (typeof given.eval === 'function') throw wrongClient('this looks like a Redis client, which goes to redisStore');
  if (typeof given.query !== 'function') throw wrongClient('this has no query(text, values)');
  // A single connection is not mended once it breaks.
  if ('connectionParameters' in given || typeof given.release === 'function') {
    throw wrongClient('this is a single connection (Client); give the Pool it is from');
  }
}

function wrongClient(what: string): StoreError {
  return new StoreError('wrong-client', `postgresStore needs a Pool of pg; ${what}.`);
}

/** The error's SQLSTATE (PostgreSQL docs, appendix A); Node's own codes, such as EPIPE, begin otherwise. */
function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^(?:\d|F0|HV|P0|XX)[0-9A-Z]{3,4}$/.test(code) ? code : undefined;
}

/** Serialization failure and deadlock: the statement has changed nothing and may be sent again. */
function isConflict(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

function asStoreError(error: unknown, table: string): StoreError {
  if (error instanceof StoreError) return error;
  const state = sqlState(error);
  if (state === '42P01') {
    return new StoreError(
      'missing-table',
      `There is no table ${table}: await store.migrate() once before the first request, or run postgresMigrations() yourself.`,
      error,
    );
  }
  const message = error instanceof Error ? error.message : '';
  if (/pool after calling end/i.test(message)) {
    return new StoreError('not-connected', 'The Postgres pool has ended; end it after the proxy is closed.', error);
  }
  // Class 08 and 57P are connections that were refused or cut off by the server.
  if (state === undefined || state.startsWith('08') || state.startsWith('57P')) {
    return new StoreError('connection-lost', 'The connection to Postgres was lost; a write may have happened.', error);
  }
  return new StoreError('refused', `Postgres refused the statement with SQLSTATE ${state}.`, error);
}

function parse(json: string, key: string): JsonValue {
  try {
    return JSON.parse(json) as JsonValue;
  } catch {
    throw new StoreError('unreadable', `Postgres holds something under ${key} that this store did not write.`);
  }
}
