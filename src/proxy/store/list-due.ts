import { ConfigError } from '../config.ts';
import type { DueQuery, Store } from './store.ts';

/** What a store lists of the keys that somebody has to look at; a `ConfigError` where it cannot, naming who wants it. */
export function listDue(store: Store, query: DueQuery, caller: 'reconcile' | 'payouts.listUnknown'): Promise<string[]> {
  if (typeof store.due === 'function') return store.due(query);
  throw new ConfigError(`store: has no due(query), by which ${caller} finds what is open; use a store that has it.`);
}
