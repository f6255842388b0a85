/** How long one slice of work may take: with a garbage collection in it, it is still shorter than a frame. */
const SLICE_MS = 5;

/** What a long piece of work tells and heeds. */
export interface SlicedWork {
  /** Ends the work early; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Told after every slice how much is done, 0 to 1. */
  onProgress?: ((done: number) => void) | undefined;
}

/** Gives the page a turn: to paint, and to answer the person in front of it. */
export function nextTurn(): Promise<void> {
  // A timer would wait 4 ms each time, and a second in a tab that nobody sees (HTML, timer nesting and throttling).
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}

/** Does `work` for 0 to `count` - 1, in slices short enough that the page stays responsive in between. */
export async function inSlices(
  count: number,
  work: (index: number) => void,
  { signal, onProgress }: SlicedWork = {},
): Promise<void> {
  let started = performance.now();
  for (let index = 0; index < count; index += 1) {
    work(index);
    if (performance.now() - started < SLICE_MS) continue;
    onProgress?.((index + 1) / count);
    await nextTurn();
    signal?.throwIfAborted();
    started = performance.now();
  }
  onProgress?.(1);
}
