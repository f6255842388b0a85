import { kindOf } from './kind-of.ts';
import type { JsonValue, Store, StoreWriteOptions } from './store.ts';

interface Entry {
  /** As JSON text, so that neither side can change the other's object. */
  json: string;
  version: number;
  expiresAt: number;
  dueAt: number | undefined;
}

/** The fewest writes between two sweeps of what has expired; a larger store is swept after as many writes as it has entries. */
const SWEEP_EVERY = 1000;

/**
 * A store in this process's memory: right for tests, demos and one process that may forget. Payments that are open
 * when the process ends are not remembered, and a second replica does not see them.
 */
export function memoryStore(options: { now?: (() => number) | undefined } = {}): Store {
  const now = options.now ?? Date.now;
  const entries = new Map<string, Entry>();
  /** The keys that have a `dueAt`, by kind: most records are settled and never looked at again. */
  const listed = new Map<string, Set<string>>();
  let writesUntilSweep = SWEEP_EVERY;
  let lastVersion = 0;

  function live(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry && entry.expiresAt <= now()) {
      forget(key);
      return undefined;
    }
    return entry;
  }

  function forget(key: string): void {
    entries.delete(key);
    listed.get(kindOf(key))?.delete(key);
  }

  function write(key: string, json: string, { expiresInMs, dueAt }: StoreWriteOptions): void {
    writesUntilSweep -= 1;
    lastVersion += 1;
    if (writesUntilSweep <= 0) {
      const time = now();
      for (const [other, entry] of entries) if (entry.expiresAt <= time) forget(other);
      writesUntilSweep = Math.max(SWEEP_EVERY, entries.size);
    }
    entries.set(key, {
      json,
      version: lastVersion,
      expiresAt: expiresInMs === undefined ? Infinity : now() + expiresInMs,
      dueAt,
    });
    const kind = kindOf(key);
    const keys = listed.get(kind) ?? new Set<string>();
    if (dueAt === undefined) keys.delete(key);
    else listed.set(kind, keys.add(key));
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
      write(key, JSON.stringify(value), options);
      return Promise.resolve(true);
    },
    replace(key, expectedVersion, value, options = {}) {
      const entry = live(key);
      if (!entry || String(entry.version) !== expectedVersion) return Promise.resolve(false);
      write(key, JSON.stringify(value), options);
      return Promise.resolve(true);
    },
    due({ kind, before, limit }) {
      const due: { key: string; dueAt: number }[] = [];
      for (const key of listed.get(kind) ?? []) {
        const dueAt = live(key)?.dueAt;
        if (dueAt !== undefined && dueAt <= before) due.push({ key, dueAt });
      }
      due.sort((a, b) => a.dueAt - b.dueAt);
      return Promise.resolve(due.slice(0, limit).map(({ key }) => key));
    },
  };
}
