import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryStore } from 'lesspay-elements/proxy';
import { itIsAStore } from './store-suite.ts';

describe('memoryStore', () => {
  itIsAStore(() => {
    const clock = { now: 1_000_000 };
    const store = memoryStore({ now: () => clock.now });
    return { store, replica: store, pass: (ms) => void (clock.now += ms) };
  });

  it('sweeps what has expired, so that it does not grow for ever', async () => {
    const clock = { now: 0 };
    const store = memoryStore({ now: () => clock.now });
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 30_000; n += 1) {
      clock.now += 10;
      await store.insert(`k${n}`, 'x'.repeat(1_000), { expiresInMs: 100, dueAt: n });
    }
    collect();
    assert.ok(process.memoryUsage().heapUsed - before < 10_000_000);
  });
});
