/** A JSON value, which is all that a store keeps. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

/** What {@link Store.get} finds: the value and the version that a later `replace` has to name. */
export interface StoredValue {
  value: JsonValue;
  version: string;
}

/** How long a value is kept; without it, for good. */
export interface StoreWriteOptions {
  expiresInMs?: number | undefined;
}

/**
 * Where the proxy keeps its payments and payouts. Every write is atomic: two replicas that `insert` one key or `replace`
 * one version never both get `true`. Values are JSON; keys are at most 200 printable ASCII characters.
 */
export interface Store {
  /** The value under a key, unless there is none or it has expired. */
  get(key: string): Promise<StoredValue | undefined>;
  /** Writes a new key; `false` when the key is there already. */
  insert(key: string, value: JsonValue, options?: StoreWriteOptions): Promise<boolean>;
  /** Writes over a version that was read before; `false` when another writer came first. */
  replace(key: string, expectedVersion: string, value: JsonValue, options?: StoreWriteOptions): Promise<boolean>;
}
