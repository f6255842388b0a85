import type { Store } from 'lesspay-elements/proxy';
import type { AppTrouble } from './app-settings.ts';
import { createRandom } from './random.ts';

/** A store that breaks off calls before or after it has done them, and that kills its process at one of them. */
export function disturbStore(store: Store, { seed, storeFaults, dies }: AppTrouble, isCalm: () => boolean): Store {
  const luck = createRandom(seed).fork('store');
  let calls = 0;

  async function call<T>(run: () => Promise<T>): Promise<T> {
    calls += 1;
    const isLast = calls === dies?.call && !isCalm();
    if (isLast && dies.when === 'before') process.kill(process.pid, 'SIGKILL');
    const isStruck = luck.chance(storeFaults) && !isCalm();
    if (isStruck && luck.chance(0.5)) throw new Error('The store was not reached');
    const result = await run();
    if (isLast) process.kill(process.pid, 'SIGKILL');
    if (isStruck) throw new Error('The store’s answer was lost');
    return result;
  }

  return {
    get: (key) => call(() => store.get(key)),
    insert: (key, value, options) => call(() => store.insert(key, value, options)),
    replace: (key, version, value, options) => call(() => store.replace(key, version, value, options)),
    due: (query) => call(() => store.due?.(query) ?? Promise.resolve([])),
  };
}
