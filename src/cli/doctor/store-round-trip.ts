import { randomBytes } from 'node:crypto';
import type { Store } from '../../proxy/index.ts';
import { withTimeout } from '../../proxy/store/store-error.ts';
import { type Finding, findingsOf } from './finding.ts';
import { messageOf } from './setup.ts';

const { ok, problem, warning } = findingsOf('store');

/** Nothing can be deleted from a store; the trace of an examination is gone after this time. */
const TRACE_MS = 60_000;

/** Writes, reads and replaces a value, and holds the store to its promises. */
export async function checkStore(store: Store | undefined, timeoutMs: number): Promise<Finding[]> {
  const durable =
    'Give redisStore(client) or postgresStore(pool): payments that are open when the process ends are forgotten otherwise, and replicas do not see each other.';
  if (store === undefined) return [warning('None is given, so payments are kept in memory.', durable)];
  const started = performance.now();
  let broken: string | undefined;
  try {
    broken = await withTimeout(roundTrip(store), timeoutMs, `no answer within ${timeoutMs} ms.`);
  } catch (error) {
    return [
      problem(
        `It failed: ${messageOf(error)}`,
        'See that the server runs, that this machine may reach it, and that the client is connected before the proxy is made.',
      ),
    ];
  }
  if (broken !== undefined) {
    return [
      problem(
        broken,
        'Use redisStore or postgresStore, or hold your own store against the Store interface: without it money can be sent twice.',
      ),
    ];
  }
  const tookMs = Math.round(performance.now() - started);
  const findings =
    tookMs > 1_000
      ? [warning(`A round trip took ${tookMs} ms.`, 'Put the store nearer: every payment writes to it several times.')]
      : [ok(`A value was written, read and replaced in ${tookMs} ms.`)];
  if (typeof store.due !== 'function') {
    findings.push(
      warning('It has no due(query).', 'Without it proxy.reconcile cannot find what is open; use a store that has it.'),
    );
  }
  return findings;
}

/** What the store does wrong, if anything. */
async function roundTrip(store: Store): Promise<string | undefined> {
  const key = `doctor:${randomBytes(9).toString('hex')}`;
  const first = { from: 'doctor', list: [1, null, 'ü'], at: 1.5 };
  const options = { expiresInMs: TRACE_MS };
  if ((await store.get(key)) !== undefined) return 'It finds a key that nobody has written.';
  if (!(await store.insert(key, first, options))) return 'It refuses to insert a new key.';
  if (await store.insert(key, { from: 'another' }, options)) return 'It inserts a key that is there already.';
  const found = await store.get(key);
  if (found === undefined) return 'It does not find what it has just written.';
  if (!isEqual(found.value, first)) return 'It gives a value back changed.';
  if (typeof found.version !== 'string') return 'It gives no version with a value.';
  const turns = await Promise.all(
    ['a', 'b', 'c', 'd'].map((from) => store.replace(key, found.version, { from }, options)),
  );
  if (turns.filter(Boolean).length !== 1) return 'Of four writers of one version not exactly one wins.';
  if (await store.replace(key, found.version, { from: 'late' }, options)) return 'It replaces a version that is gone.';
  return undefined;
}

/** Postgres orders the members of an object anew. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => isEqual((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
  );
}
