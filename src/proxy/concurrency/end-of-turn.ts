/**
 * Collects what comes up in one turn of Node's event loop and does it in a row at the turn's end. Work of one kind in a row finds
 * its code and its data in the processor's caches, and what it writes wakes a reader once instead of every time. `work` must not
 * throw.
 */
export function atEndOfTurn<T>(work: (item: T) => void): (item: T) => void {
  let items: T[] = [];
  function run(): void {
    const batch = items;
    items = [];
    for (const item of batch) work(item);
  }
  return (item) => {
    if (items.push(item) === 1) setImmediate(run);
  };
}

/** Waits until all is done that was left for the end of this turn, and what came of that for the end of the next. */
export async function turnsHaveEnded(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    await new Promise<void>((resolve) => {
      // Platforms without it have no adapter of ours that leaves anything.
      if (typeof setImmediate === 'function') setImmediate(resolve);
      else setTimeout(resolve, 0);
    });
  }
}
