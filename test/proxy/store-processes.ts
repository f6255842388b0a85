import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Store } from 'lesspay-elements/proxy';

const WORKER = fileURLToPath(new URL('store-worker.ts', import.meta.url));

/** What one store has to do for several processes at once; each of `kinds` is one process. */
export function itIsSharedByProcesses(
  kinds: readonly ('redis' | 'ioredis' | 'postgres')[],
  socket: string,
  space: string,
  store: Store,
): void {
  it('loses no change and hands no key out twice over processes', async () => {
    const run = promisify(execFile);
    const outputs = await Promise.all(
      kinds.map((kind, index) =>
        run(process.execPath, ['--import', 'tsx', WORKER, kind, socket, space, `process ${index}`]),
      ),
    );
    const won = outputs.map(({ stdout }) => JSON.parse(stdout) as number[]);
    assert.equal((await store.get('counter'))?.value, 100 * kinds.length);
    assert.deepEqual(
      won.flat().sort((a, b) => a - b),
      Array.from({ length: 200 }, (_, n) => n),
    );
    for (const [index, keys] of won.entries()) {
      for (const n of keys) assert.equal((await store.get(`raced:${n}`))?.value, `process ${index}`);
    }
    assert.deepEqual(
      await store.due?.({ kind: 'raced', before: 1_000, limit: 1_000 }),
      Array.from({ length: 200 }, (_, n) => `raced:${n}`),
    );
  });
}
