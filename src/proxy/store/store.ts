/** A JSON value, which is all that a store keeps. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

/** What {@link Store.get} finds: the value and the version that a later `replace` has to name. */
export interface StoredValue {
  value: JsonValue;
  version: string;
}

/** How a value is kept. Every write says it anew: nothing is taken over from the write before. */
export interface StoreWriteOptions {
  /** How long the value is kept; without it, for good. */
  expiresInMs?: number | undefined;
  /**
   * When somebody has to look at the value, in epoch milliseconds of the proxy's clock: lists the key for {@link Store.due}.
   * A write without it takes the key off the list.
   */
  dueAt?: number | undefined;
  /**
   * Asks `insert` for the version it has written instead of `true`, so that it need not be read for the next write. A store may
   * answer `true` all the same, at the price of one more `get` for every new payment.
   */
  tellVersion?: boolean | undefined;
}

/** Which of the listed keys {@link Store.due} is asked for. */
export interface DueQuery {
  /** What stands before the first colon of the keys: `'payout'` for `payout:…`. */
  kind: string;
  /** Keys whose `dueAt` is this moment or earlier, in epoch milliseconds. */
  before: number;
  /** How many at most. */
  limit: number;
}

/**
 * Where the proxy keeps its payments and payouts. Every write is atomic: two replicas that `insert` one key or `replace`
 * one version never both get `true`. Values are JSON; keys are at most 200 printable ASCII characters.
 *
 * A write that throws may have happened or not: whoever repeats it reads first. A write that has happened is seen by
 * every later `get`, on every replica, and outlives the process.
 */
export interface Store {
  /** The value under a key, unless there is none or it has expired. */
  get(key: string): Promise<StoredValue | undefined>;
  /** Writes a new key; `false` when the key is there already, `true` or the version otherwise (see `tellVersion`). */
  insert(key: string, value: JsonValue, options?: StoreWriteOptions): Promise<boolean | string>;
  /** Writes over a version that was read before; `false` when another writer came first. */
  replace(key: string, expectedVersion: string, value: JsonValue, options?: StoreWriteOptions): Promise<boolean>;
  /**
   * The keys that were last written with a `dueAt` that has come, soonest first: what `proxy.reconcile` works through.
   *
   * A value and its place in the list are written in one step, so that a crash leaves both or neither and no open payment
   * is ever unlisted. A store that cannot do so lists first and writes the value then: a key without a value is skipped by
   * its reader, a value without a listing would be forgotten. The list is a hint and hands nothing out: all replicas may
   * be told the same keys at once, and each of them reads the value again and claims it by `replace`. Whoever looked
   * at a value and leaves it open writes it with a later `dueAt`, or it stays first in the list.
   *
   * Optional: without it the proxy works, but nothing finds the payments that no page and no notice asks for.
   */
  due?(query: DueQuery): Promise<string[]>;
  /**
   * Resolves once what the store does by itself has ended, such as deleting what has expired; never rejects.
   * `proxy.close()` waits for it, so that the connections may be ended after.
   *
   * Optional: a store that only does what it is asked for has no need of it.
   */
  idle?(): Promise<void>;
}
