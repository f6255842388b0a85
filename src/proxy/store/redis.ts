import { createHash, randomBytes } from 'node:crypto';
import { kindOf } from './kind-of.ts';
import { StoreError, withTimeout } from './store-error.ts';
import type { JsonValue, Store, StoredValue, StoreWriteOptions } from './store.ts';

/** What the store uses of a client of `redis` (node-redis 4 and later: a client, a pool or a cluster). */
export interface NodeRedisClient {
  get(key: string): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  evalSha(sha1: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** What the store uses of a client of `ioredis` (a `Redis` or a `Cluster`). */
export interface IoredisClient {
  readonly status: string;
  get(key: string): Promise<unknown>;
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
  evalsha(sha1: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
}

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /**
   * Stands before every key; `'lesspay:'` by default. On a cluster it needs a hash tag, such as `'{lesspay}:'`, because a
   * record and its place in the list of what is due are written together.
   */
  prefix?: string | undefined;
  /** Longest wait for an answer; 10000 by default. */
  timeoutMs?: number | undefined;
}

type Call = (keys: string[], args: string[]) => Promise<unknown>;

interface Script {
  text: string;
  sha1: string;
}

/** Bytes of a version in front of the value. */
const VERSION_LENGTH = 16;
const VERSION = /^[\w-]{16}$/;

/**
 * Compares and sets in one step. The client draws the new version, so that a command which a driver sends again after a
 * lost connection (ioredis does) finds its own write and says so, instead of calling itself the loser. Where a script is
 * cut short the order decides: a key is listed before its value is there and taken off after.
 */
const WRITE = script(`
local found = redis.call('GETRANGE', KEYS[1], 0, ${VERSION_LENGTH - 1})
if found == ARGV[2] then return 1 end
if found ~= ARGV[1] then return 0 end
if ARGV[5] ~= '' then redis.call('ZADD', KEYS[2], ARGV[5], ARGV[6]) end
if ARGV[4] == '' then
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3])
else
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3], 'PX', ARGV[4])
end
if ARGV[5] == '' then redis.call('ZREM', KEYS[2], ARGV[6]) end
return 1
`);

const LISTED = script(`return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', ARGV[2], ARGV[3])`);

/** Keeps of some listed keys those whose value is there, and takes the others off: they have expired. */
const ALIVE = script(`
local alive = {}
for index, member in ipairs(ARGV) do
  if redis.call('EXISTS', KEYS[index + 1]) == 1 then alive[#alive + 1] = member
  else redis.call('ZREM', KEYS[1], member) end
end
return alive
`);

/** How many listed keys are looked at in one call, so that no script holds the server up. */
const LIST_CHUNK = 500;

/**
 * A store in Redis 6 or later, over the client that the application has already: of `redis` (node-redis 4 and later) or of
 * `ioredis`. Redis has to be told to keep what it is given: `appendonly yes` and `maxmemory-policy noeviction`.
 */
export function redisStore(client: NodeRedisClient | IoredisClient, options: RedisStoreOptions = {}): Store {
  const { timeoutMs = 10_000 } = options;
  const runner = runnerOf(client);
  const prefix = readPrefix(options.prefix ?? 'lesspay:', isCluster(client));
  const recordKey = (key: string): string => `${prefix}record:${key}`;
  const dueKey = (kind: string): string => `${prefix}due:${kind}`;

  /** Every answer of the driver comes through here, so that its errors leave as ours. */
  async function ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await withTimeout(work(), timeoutMs);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  function run({ sha1, text }: Script, keys: string[], args: string[]): Promise<unknown> {
    return ask(async () => {
      try {
        return await runner.evalSha(sha1)(keys, args);
      } catch (error) {
        // The server has restarted or is another node of the cluster; eval brings the script along.
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return runner.eval(text)(keys, args);
      }
    });
  }

  async function write(
    key: string,
    expected: string,
    value: JsonValue,
    { expiresInMs, dueAt }: StoreWriteOptions,
  ): Promise<false | string> {
    const version = randomBytes((VERSION_LENGTH * 3) / 4).toString('base64url');
    const answer = await run(
      WRITE,
      [recordKey(key), dueKey(kindOf(key))],
      [
        expected,
        version,
        JSON.stringify(value),
        expiresInMs === undefined ? '' : String(Math.max(1, Math.ceil(expiresInMs))),
        dueAt === undefined ? '' : String(dueAt),
        key,
      ],
    );
    return Number(answer) === 1 && version;
  }

  return {
    async get(key) {
      const text = textOf(await ask(() => client.get(recordKey(key))));
      return text === undefined ? undefined : parse(text, key);
    },
    async insert(key, value, writeOptions = {}) {
      const version = await write(key, '', value, writeOptions);
      return writeOptions.tellVersion === true ? version : version !== false;
    },
    async replace(key, expectedVersion, value, writeOptions = {}) {
      // An empty version is how the script is told to insert.
      return expectedVersion !== '' && (await write(key, expectedVersion, value, writeOptions)) !== false;
    },
    async due({ kind, before, limit }) {
      const found: string[] = [];
      while (found.length < limit) {
        const count = Math.min(LIST_CHUNK, limit - found.length);
        const members = listOf(
          await run(
            LISTED,
            [dueKey(kind)],
            [before === Infinity ? '+inf' : String(before), String(found.length), String(count)],
          ),
        );
        if (members.length === 0) break;
        found.push(...listOf(await run(ALIVE, [dueKey(kind), ...members.map(recordKey)], members)));
      }
      return found;
    },
  };
}

function script(source: string): Script {
  const text = source.trim();
  return { text, sha1: createHash('sha1').update(text).digest('hex') };
}

/** One shape for both drivers, which pass a script's keys and arguments differently. */
function runnerOf(client: NodeRedisClient | IoredisClient): {
  eval: (text: string) => Call;
  evalSha: (sha1: string) => Call;
} {
  requireClient(client);
  if ('evalSha' in client) {
    return {
      eval: (text) => (keys, args) => client.eval(text, { keys, arguments: args }),
      evalSha: (sha1) => (keys, args) => client.evalSha(sha1, { keys, arguments: args }),
    };
  }
  return {
    eval: (text) => (keys, args) => client.eval(text, keys.length, ...keys, ...args),
    evalSha: (sha1) => (keys, args) => client.evalsha(sha1, keys.length, ...keys, ...args),
  };
}

function requireClient(client: unknown): void {
  if (typeof client !== 'object' || client === null) {
    throw wrongClient(`got ${client === null ? 'null' : typeof client}`);
  }
  const given = client as Readonly<Record<string, unknown>>;
  const has = (name: string): boolean => typeof given[name] === 'function';
  if (has('then') && !has('eval')) throw wrongClient('this is a promise of one; await it first');
  if (has('query')) throw wrongClient('this looks like a Postgres pool, which goes to postgresStore');
  if (has('evalSha') && has('eval') && has('get')) return;
  if (!has('evalsha') || !has('eval') || !has('get')) throw wrongClient('this has no get, eval and evalSha');
  if (typeof given.status !== 'string') {
    throw wrongClient('this one answers by callbacks: version 3 of redis, or its legacy mode. Use version 4 or later');
  }
}

function wrongClient(what: string): StoreError {
  return new StoreError('wrong-client', `redisStore needs a client of redis (4 or later) or ioredis; ${what}.`);
}

/** Clusters say what they are in different words: ioredis by `isCluster`, node-redis by listing its masters. */
function isCluster(client: object): boolean {
  return 'masters' in client || ('isCluster' in client && client.isCluster === true);
}

function readPrefix(prefix: unknown, onCluster: boolean): string {
  if (typeof prefix !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(prefix)) {
    throw new StoreError(
      'wrong-option',
      'redisStore: prefix must be 1 to 64 printable ASCII characters without blanks.',
    );
  }
  // What stands in braces decides on the slot (Redis cluster specification, hash tags).
  if (onCluster && !/^[^{]*\{[^}]+\}/.test(prefix)) {
    throw new StoreError('wrong-option', "redisStore: on a cluster prefix needs a hash tag, such as '{lesspay}:'.");
  }
  return prefix;
}

function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : '';
  // What the server itself answers begins with a word in capitals (Redis serialization protocol, simple errors).
  const [, reply] = /^([A-Z]{2,}) /.exec(message) ?? [];
  if (reply !== undefined) return new StoreError('refused', `Redis refused the command with ${reply}.`, error);
  if (/client is (?:closed|offline)|isn't writeable/i.test(message)) {
    return new StoreError(
      'not-connected',
      'The Redis client is not connected: await client.connect() before the first request, and close it last.',
      error,
    );
  }
  return new StoreError('connection-lost', 'The connection to Redis was lost; a write may have happened.', error);
}

/** A reply as text, also where the application has told its client to give bytes. */
function textOf(reply: unknown): string | undefined {
  if (reply === null || reply === undefined) return undefined;
  if (typeof reply === 'string') return reply;
  if (reply instanceof Uint8Array) return new TextDecoder().decode(reply);
  throw new StoreError('unreadable', 'The Redis client gave a reply that is no text.');
}

function listOf(reply: unknown): string[] {
  if (!Array.isArray(reply)) throw new StoreError('unreadable', 'The Redis client gave a reply that is no list.');
  return reply.map((member: unknown) => textOf(member) ?? '');
}

function parse(text: string, key: string): StoredValue {
  const version = text.slice(0, VERSION_LENGTH);
  try {
    if (VERSION.test(version)) return { value: JSON.parse(text.slice(VERSION_LENGTH)) as JsonValue, version };
  } catch {
    // As below: it is not ours.
  }
  throw new StoreError('unreadable', `Redis holds something under ${key} that this store did not write.`);
}
