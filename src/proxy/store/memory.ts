import type { JsonValue, Store } from './store.ts';

interface Entry {
  /** As JSON text, so that neither side can change the other's object. */
  json: string;
  version: number;
  expiresAt: number;
}

/** How many writes pass between two sweeps of what has expired. */
const SWEEP_EVERY = 1000;

/**
 * A store in this process's memory: right for tests, demos and one process that may forget. Payments that are open
 * when the process ends are not remembered, and a second replica does not see them.
 */
export function memoryStore(options: { now?: (() => number) | undefined } = {}): Store {
  const now = options.now ?? Date.now;
  const entries = new Map<string, Entry>();
  let writes = 0;
  let lastVersion = 0;

  function live(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry && entry.expiresAt <= now()) {
      entries.delete(key);
      return undefined;
    }
    return entry;
  }

  function write(key: string, json: string, expiresInMs: number | undefined): void {
    writes += 1;
    lastVersion += 1;
    if (writes % SWEEP_EVERY === 0) {
      const time = now();
      for (const [other, entry] of entries) if (entry.expiresAt <= time) entries.delete(other);
    }
    entries.set(key, {
      json,
      version: lastVersion,
      expiresAt: expiresInMs === undefined ? Infinity : now() + expiresInMs,
    });
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
    insert(key, value, { expiresInMs } = {}) {
      if (live(key)) return Promise.resolve(false);
      write(key, JSON.stringify(value), expiresInMs);
      return Promise.resolve(true);
    },
    replace(key, expectedVersion, value, { expiresInMs } = {}) {
      const entry = live(key);
      if (!entry || String(entry.version) !== expectedVersion) return Promise.resolve(false);
      write(key, JSON.stringify(value), expiresInMs);
      return Promise.resolve(true);
    },
  };
}
