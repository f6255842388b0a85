import type { JsonValue, Store, StoreWriteOptions } from './store.ts';

/** A record of ours as the store returned it. */
export interface Versioned<T> {
  record: T;
  version: string;
}

/** How long a record is kept and when it is looked at again, by what it says. */
export type Keep<T> = (record: T) => StoreWriteOptions;

/** How often a change is tried again when other writers come first; each time one of them has made progress. */
const MAX_ATTEMPTS = 50;

/** Reads a record that the proxy itself wrote. */
export async function readRecord<T>(store: Store, key: string): Promise<Versioned<T> | undefined> {
  const found = await store.get(key);
  return found && { record: found.value as T, version: found.version };
}

/**
 * Changes a record whatever other writers do meanwhile: `change` gets the newest one and may be called again. It returns
 * the record as written, or as found when `change` wants nothing.
 */
export async function updateRecord<T extends object>(
  store: Store,
  key: string,
  keep: Keep<T>,
  change: (record: T) => T | undefined,
): Promise<T | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const found = await readRecord<T>(store, key);
    if (!found) return undefined;
    const changed = change(found.record);
    if (!changed) return found.record;
    if (await store.replace(key, found.version, toJson(changed), keep(changed))) return changed;
  }
  throw new Error(`The store refused ${MAX_ATTEMPTS} writes in a row`);
}

/**
 * A record as the store's JSON: without the members that are `undefined`. A copy by hand costs a fifth of one by way of text, and
 * names without `Object.entries`, which makes an array for every member, half of that again.
 */
export function toJson(record: object): JsonValue {
  return plain(record) as JsonValue;
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined) copy[name] = plain(member);
  }
  return copy;
}
