import type { ProxyContext } from './context.ts';
import { elapsedMs } from './journal/journal.ts';
import { errorFields } from './journal/log.ts';
import { listDue } from './store/list-due.ts';
import { readRecord, type Versioned } from './store/records.ts';

/** Options of `proxy.reconcile`. */
export interface ReconcileOptions {
  /** Leaves alone what was made, or last worked on, less than this time ago: its notice may be on its way. 60000 by default. */
  olderThanMs?: number | undefined;
  /** How many payments and payouts to look at, in turns; a whole number, 100 by default. */
  limit?: number | undefined;
  /** Stops taking up further ones; those under way are finished. */
  signal?: AbortSignal | undefined;
}

/** What one run of `proxy.reconcile` has done. */
export interface ReconcileReport {
  /** Payments and payouts that were looked at. */
  checked: number;
  /** Those whose status has moved. */
  moved: number;
  /** Those that are as open as before; each is looked at again later and later. */
  waiting: number;
  /** Those that somebody else, another replica perhaps, is at work on. */
  busy: number;
  /** Those that could not be asked for, or whose hook failed; the log says why. */
  failed: number;
  /** Whether open ones were left over by `limit` or `signal`. */
  more: boolean;
}

/** What became of one record; `undefined` when there was nothing to do for it. */
export type ReconcileOutcome = 'moved' | 'waiting' | 'busy' | undefined;

/** Brings one open record to where the upstream has it. */
export type ReconcileOne<T> = (found: Versioned<T>) => Promise<ReconcileOutcome>;

/** Asks the upstream about everything that is not final (Lesspay docs, Pay In Development Guidelines, step 4). */
export type Reconcile = (options?: ReconcileOptions) => Promise<ReconcileReport>;

/** How many upstream queries one run makes side by side. */
const AT_ONCE = 8;

/** One kind of record: the first part of its keys, and what to do for it. */
export interface ReconcileKind {
  kind: 'payin' | 'payout';
  one: ReconcileOne<never>;
}

/**
 * Makes `proxy.reconcile`. Every replica may run it at any time: a record is worked on by whoever claims its version, and
 * the claim moves it back in the list, so that neither the others nor a crash make it a case for two.
 */
export function createReconcile({ store, now, logger }: ProxyContext, kinds: readonly ReconcileKind[]): Reconcile {
  return async function reconcile({ olderThanMs = 60_000, limit = 100, signal } = {}) {
    requireCount(olderThanMs, 'olderThanMs');
    requireCount(limit, 'limit');
    if (!Number.isInteger(limit)) throw new RangeError('reconcile: limit must be a whole number.');
    const report: ReconcileReport = { checked: 0, moved: 0, waiting: 0, busy: 0, failed: 0, more: false };
    const started = performance.now();
    const before = now() - olderThanMs;
    const due = await Promise.all(
      // One more than is wanted tells whether something is left over.
      kinds.map(async ({ kind, one }) =>
        (await listDue(store, { kind, before, limit: limit + 1 }, 'reconcile')).map((key) => ({ key, one })),
      ),
    );
    const queue = inTurns(due);
    if (queue.length > limit) report.more = true;
    queue.length = Math.min(queue.length, limit);
    const total = queue.length;

    async function work(): Promise<void> {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (signal?.aborted) {
          report.more = true;
          return;
        }
        const outcome = await check(next.key, next.one);
        if (outcome === undefined) continue;
        report.checked += 1;
        report[outcome] += 1;
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, total) }, work));
    logger.info({ event: 'reconciled', ...report });
    logger.observe?.(
      { type: 'reconcile', ...report, durationMs: elapsedMs(started) },
      report.failed > 0 ? 'warn' : 'info',
    );
    return report;
  };

  async function check(key: string, one: ReconcileOne<never>): Promise<ReconcileOutcome | 'failed'> {
    try {
      const found = await readRecord<never>(store, key);
      return found && (await one(found));
    } catch (error) {
      const requestId = key.slice(key.indexOf(':') + 1);
      logger.warn({ event: 'reconcile-failed', requestId, ...errorFields(error) });
      return 'failed';
    }
  }
}

/** One of each list after the other, so that many open payouts keep no payment waiting, nor the other way round. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}

function requireCount(value: number, name: string): void {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`reconcile: ${name} must be a number, 0 or more.`);
}
