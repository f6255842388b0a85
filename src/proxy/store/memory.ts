import { kindOf } from './kind-of.ts';
import type { JsonValue, Store, StoreWriteOptions } from './store.ts';

interface Entry {
  readonly key: string;
  /** As JSON text, so that neither side can change the other's object. */
  json: string;
  /** As a number, which the entry holds itself where a text would be one more thing to keep. */
  version: number;
  /** Undefined for what is kept for good, as what is open is. */
  expiresAt: number | undefined;
  dueAt: number | undefined;
  /** Whether it stands in the list of its kind. */
  isListed: boolean;
}

/**
 * The fewest writes of what expires between two sweeps of what has expired; a larger store is swept after as many of them as it has
 * entries.
 */
const SWEEP_EVERY = 1000;

/**
 * A store in this process's memory: right for tests, demos and one process that may forget. Payments that are open
 * when the process ends are not remembered, and a second replica does not see them.
 */
export function memoryStore(options: { now?: (() => number) | undefined } = {}): Store {
  const now = options.now ?? Date.now;
  const entries = new Map<string, Entry>();
  /** By kind, the entries that have a `dueAt`, and some that have none any more: most records are settled and never looked at again. */
  const lists = new Map<string, Entry[]>();
  let writesUntilSweep = SWEEP_EVERY;
  let lastVersion = 0;

  function live(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry?.expiresAt !== undefined && entry.expiresAt <= now()) {
      forget(entry);
      return undefined;
    }
    return entry;
  }

  function forget(entry: Entry): void {
    entries.delete(entry.key);
    entry.dueAt = undefined;
  }

  function write(entry: Entry, value: JsonValue, { expiresInMs, dueAt }: StoreWriteOptions): void {
    lastVersion += 1;
    entry.json = JSON.stringify(value);
    entry.version = lastVersion;
    entry.expiresAt = expiresInMs === undefined ? undefined : now() + expiresInMs;
    entry.dueAt = dueAt;
    if (dueAt === undefined || entry.isListed) return;
    entry.isListed = true;
    const kind = kindOf(entry.key);
    const list = lists.get(kind);
    if (list) list.push(entry);
    else lists.set(kind, [entry]);
  }

  /** The entries of a kind that have a `dueAt`, the only ones that are listed any longer. */
  function listed(kind: string): Entry[] {
    const list = (lists.get(kind) ?? []).filter((entry) => {
      entry.isListed = entry.dueAt !== undefined;
      return entry.isListed;
    });
    lists.set(kind, list);
    return list;
  }

  function sweepNowAndThen({ expiresInMs }: StoreWriteOptions): void {
    // What is kept for good is no reason to look for what has expired.
    if (expiresInMs === undefined) return;
    writesUntilSweep -= 1;
    if (writesUntilSweep > 0) return;
    const time = now();
    for (const entry of entries.values()) {
      if (entry.expiresAt !== undefined && entry.expiresAt <= time) forget(entry);
    }
    for (const kind of lists.keys()) listed(kind);
    writesUntilSweep = Math.max(SWEEP_EVERY, entries.size);
  }

  return {
    get(key) {
      const entry = live(key);
      if (!entry) return Promise.resolve(undefined);
      return Promise.resolve({
        value: JSON.parse(entry.json) as JsonValue,
        version: String(entry.version),
      });
    },
    insert(key, value, options = {}) {
      if (live(key)) return Promise.resolve(false);
      sweepNowAndThen(options);
      const entry: Entry = { key, json: '', version: 0, expiresAt: undefined, dueAt: undefined, isListed: false };
      write(entry, value, options);
      entries.set(key, entry);
      return Promise.resolve(options.tellVersion === true ? String(entry.version) : true);
    },
    replace(key, expectedVersion, value, options = {}) {
      const entry = live(key);
      if (!entry || String(entry.version) !== expectedVersion) return Promise.resolve(false);
      sweepNowAndThen(options);
      write(entry, value, options);
      return Promise.resolve(true);
    },
    due({ kind, before, limit }) {
      const time = now();
      const due: { key: string; dueAt: number }[] = [];
      for (const { key, dueAt, expiresAt } of listed(kind)) {
        const isLive = expiresAt === undefined || expiresAt > time;
        if (isLive && dueAt !== undefined && dueAt <= before) due.push({ key, dueAt });
      }
      due.sort((a, b) => a.dueAt - b.dueAt);
      return Promise.resolve(due.slice(0, limit).map(({ key }) => key));
    },
  };
}
