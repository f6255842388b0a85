import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Store } from 'lesspay-elements/proxy';

const WORKER = fileURLToPath(new URL('store-worker.ts', import.meta.url));
const CLIENTS = 25;

interface Result {
  won: number[];
  /** Epoch milliseconds. */
  from: number;
  until: number;
}

/** What one store has to do for fifty clients over two processes at once; each of `kinds` is one process. */
export function itIsSharedByProcesses(
  kinds: readonly ['redis' | 'ioredis' | 'postgres', 'redis' | 'ioredis' | 'postgres'],
  socket: string,
  space: string,
  store: Store,
): void {
  it('loses no change and hands no key out twice among fifty clients in two processes', async () => {
    const workers = kinds.map((kind, index) => {
      const args = [WORKER, kind, socket, space, `process ${index}`, String(CLIENTS)];
      const { stdin, stdout } = spawn(process.execPath, ['--import', 'tsx', ...args], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      return { stdin, lines: createInterface({ input: stdout })[Symbol.asyncIterator]() };
    });
    for (const { lines } of workers) assert.equal((await lines.next()).value, 'ready');
    for (const { stdin } of workers) stdin.write('go\n');
    const results = await Promise.all(
      workers.map(async ({ lines }) => JSON.parse(String((await lines.next()).value)) as Result),
    );
    assert.ok(
      Math.max(...results.map(({ from }) => from)) < Math.min(...results.map(({ until }) => until)),
      'the processes ran one after the other',
    );
    const won = results.map((result) => result.won);
    assert.equal((await store.get('counter'))?.value, 10 * CLIENTS * kinds.length);
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
