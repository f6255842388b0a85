import { sleep } from '../concurrency/sleep.ts';
import type { JsonValue, Store, StoredValue, StoreWriteOptions } from './store.ts';

/** A record of ours as the store returned it. */
export interface Versioned<T> {
  record: T;
  version: string;
}

/** How long a record is kept and when it is looked at again, by what it says. */
export type Keep<T> = (record: T) => StoreWriteOptions;

/** How often a change is tried again when other writers come first; each time one of them has made progress. */
const MAX_ATTEMPTS = 50;

/** What an attempt to write says when another writer came first. */
export const LOST = Symbol('lost');

/** Reads a record that the proxy itself wrote. */
export async function readRecord<T>(store: Store, key: string): Promise<Versioned<T> | undefined> {
  return asRecord(await store.get(key));
}

/** What a store has found, as the record that the proxy itself wrote. */
export function asRecord<T>(found: StoredValue | undefined): Versioned<T> | undefined {
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
  return untilWritten(async () => {
    const found = await readRecord<T>(store, key);
    if (!found) return undefined;
    const changed = change(found.record);
    if (!changed) return found.record;
    return (await store.replace(key, found.version, toJson(changed), keep(changed))) ? changed : LOST;
  });
}

/** Tries until no other writer comes first; each attempt reads anew. */
export async function untilWritten<T>(attempt: () => Promise<T | typeof LOST>, maxAttempts = MAX_ATTEMPTS): Promise<T> {
  for (let lost = 0; lost < maxAttempts; lost += 1) {
    const outcome = await attempt();
    if (outcome !== LOST) return outcome;
    // With many writers the one that never comes first is let in by chance.
    await sleep(Math.random() * lost);
  }
  throw new Error(`The store refused ${maxAttempts} writes in a row`);
}

/** Writes a record over the version that was found, or as a new one where none was; `false` when another writer came first. */
export function putRecord(
  store: Store,
  key: string,
  version: string | undefined,
  record: object,
  options: StoreWriteOptions,
): Promise<boolean | string> {
  const value = toJson(record);
  return version === undefined ? store.insert(key, value, options) : store.replace(key, version, value, options);
}

/**
 * A record as the store's JSON: without the members that are `undefined`. Records are never changed once they are made, so that one
 * without such members is its own JSON.
 */
export function toJson(record: object): JsonValue {
  return (isPlain(record) ? record : plain(record)) as JsonValue;
}

function isPlain(value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  for (const name in value) if (!isPlain((value as Record<string, unknown>)[name])) return false;
  return true;
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
