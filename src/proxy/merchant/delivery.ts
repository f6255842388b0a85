import { randomBytes } from 'node:crypto';
import { sleep } from '../concurrency/sleep.ts';
import { ProblemError } from '../http/problem.ts';
import { elapsedMs, type Journal } from '../journal/journal.ts';
import { errorFields } from '../journal/log.ts';
import type { HookFact } from '../journal/proxy-event.ts';
import { type Keep, readRecord, toJson, updateRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** How far the delivery of one event to the merchant's hook has come. */
export interface Delivery {
  state: 'running' | 'failed' | 'done';
  /** When the event was first seen, ISO 8601; the same for every try. */
  at: string;
  /** Which call holds the lease. */
  owner: string;
  /** Until when nobody else may run the hook, in epoch milliseconds. */
  leaseUntil: number;
}

/** A record that remembers what its hooks have been told. */
export interface Deliverable {
  deliveries: Record<string, Delivery>;
}

/** One event to deliver, and what it means for the record. */
export interface DeliveryTask<T extends Deliverable> {
  /** Key of the record in the store. */
  key: string;
  eventId: string;
  keep: Keep<T>;
  /** Whether the event still changes anything. */
  isDue(record: T): boolean;
  /** Tells the merchant. */
  run(record: T, at: string): void | Promise<void>;
  /** The record once the merchant knows. */
  settle(record: T): T;
}

/** What the deliveries of one proxy need. */
export interface DeliveryOptions {
  store: Store;
  logger: Journal;
  now: () => number;
  hookTimeoutMs: number;
  /** Counts what must end before the process may. */
  track: <T>(work: Promise<T>) => Promise<T>;
}

/**
 * Delivers an event once over all replicas; `false` when there was nothing (left) to deliver. Rejects when the hook failed
 * or when nobody should wait for it any longer.
 */
export type Deliver = <T extends Deliverable>(task: DeliveryTask<T>) => Promise<boolean>;

const POLL_MS = 50;

/**
 * Makes the function that runs merchant hooks once per event: the one that writes the lease into the record runs the
 * hook, everybody else waits for its end. The record moves on only after the hook has. The lease is renewed for as long as
 * the hook runs, so a slow one is never started a second time beside itself; when the process dies in between, the lease
 * ends and the hook runs again with the same event id. The events of one record are told one after the other.
 */
export function createDeliver({ store, logger, now, hookTimeoutMs, track }: DeliveryOptions): Deliver {
  const leaseMs = hookTimeoutMs + 5_000;
  /** Deliveries of this process until their hook has really ended, however long nobody has waited for it. */
  const running = new Map<string, Promise<boolean>>();

  return function deliver(task) {
    const id = `${task.key} ${task.eventId}`;
    let delivery = running.get(id);
    if (!delivery) {
      delivery = track(deliverOnce(task).finally(() => running.delete(id)));
      // Nobody may be waiting any more when it fails; its end is written down all the same.
      delivery.catch(() => undefined);
      running.set(id, delivery);
    }
    return withDeadline(delivery, task.eventId);
  };

  async function withDeadline(delivery: Promise<boolean>, eventId: string): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        logger.error({ event: 'hook-timeout', eventId, hookTimeoutMs });
        observe(eventId, 'timeout', hookTimeoutMs);
        reject(hookFailed('took too long'));
      }, hookTimeoutMs);
    });
    try {
      return await Promise.race([delivery, deadline]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function deliverOnce<T extends Deliverable>(task: DeliveryTask<T>): Promise<boolean> {
    const owner = randomBytes(9).toString('base64url');
    for (let waitedMs = 0; ;) {
      const found = await readRecord<T>(store, task.key);
      if (!found) return false;
      const { record, version } = found;
      const earlier = record.deliveries[task.eventId];
      if (earlier?.state === 'done' || !task.isDue(record)) return false;
      if (Object.values(record.deliveries).some(({ state, leaseUntil }) => state === 'running' && leaseUntil > now())) {
        if (waitedMs >= hookTimeoutMs) throw hookFailed('is still running');
        await sleep(POLL_MS);
        waitedMs += POLL_MS;
        continue;
      }
      const at = earlier?.at ?? new Date(now()).toISOString();
      const lease: Delivery = { state: 'running', at, owner, leaseUntil: now() + leaseMs };
      const claimed = withDelivery(record, task.eventId, lease);
      if (await store.replace(task.key, version, toJson(claimed), task.keep(claimed))) {
        await runHook(task, claimed, lease);
        return true;
      }
    }
  }

  async function runHook<T extends Deliverable>(task: DeliveryTask<T>, record: T, lease: Delivery): Promise<void> {
    const { eventId } = task;
    const heartbeat = setInterval(() => void track(renew(task, lease)), leaseMs / 3);
    // A hook that never ends must not keep alive a process that wants to end.
    if (typeof heartbeat === 'object') heartbeat.unref();
    const started = performance.now();
    try {
      await task.run(record, lease.at);
    } catch (error) {
      logger.error({ event: 'hook-failed', eventId, ...errorFields(error) });
      observe(eventId, 'failed', elapsedMs(started));
      await mark(task, lease, { ...lease, state: 'failed' });
      throw hookFailed('failed');
    } finally {
      clearInterval(heartbeat);
    }
    observe(eventId, 'ok', elapsedMs(started));
    await mark(task, lease, { ...lease, state: 'done' });
  }

  function observe(eventId: string, outcome: HookFact['outcome'], durationMs: number): void {
    const name = eventId.startsWith('payin.') ? 'onPayin' : 'onPayout';
    logger.observe?.({ type: 'hook', name, outcome, eventId, durationMs }, outcome === 'ok' ? 'info' : 'error');
  }

  async function renew<T extends Deliverable>(task: DeliveryTask<T>, lease: Delivery): Promise<void> {
    try {
      await updateRecord<T>(store, task.key, task.keep, (record) => {
        const current = record.deliveries[task.eventId];
        if (current?.state !== 'running' || current.owner !== lease.owner) return undefined;
        return withDelivery(record, task.eventId, { ...lease, leaseUntil: now() + leaseMs });
      });
    } catch (error) {
      // The next beat may come through before the lease ends.
      logger.warn({ event: 'hook-lease-not-renewed', eventId: task.eventId, ...errorFields(error) });
    }
  }

  async function mark<T extends Deliverable>(task: DeliveryTask<T>, lease: Delivery, next: Delivery): Promise<void> {
    await updateRecord<T>(store, task.key, task.keep, (record) => {
      const current = record.deliveries[task.eventId];
      if (current?.state === 'done') return undefined;
      // A hook that failed after its lease went to somebody else says nothing about theirs.
      if (next.state === 'failed' && current?.owner !== lease.owner) return undefined;
      const marked = withDelivery(record, task.eventId, next);
      return next.state === 'done' ? task.settle(marked) : marked;
    });
  }
}

function withDelivery<T extends Deliverable>(record: T, eventId: string, delivery: Delivery): T {
  return { ...record, deliveries: { ...record.deliveries, [eventId]: delivery } };
}

function hookFailed(what: string): ProblemError {
  return new ProblemError('hook-failed', `The shop's hook ${what}; send the notice again later.`);
}
