/** Does one piece of work for a key together with all others that wait for that key. */
export type InBatches<T, R> = (key: string, item: T) => Promise<R>;

/** What is done for one key at once: as many results as items. */
type WorkOff<T, R> = (key: string, items: readonly T[]) => Promise<R[]>;

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (reason: unknown) => void;
}

/**
 * Makes the line before a record that many want to change: of each process one is at it, and takes along up to `size` of
 * those who have come meanwhile. So they need not race one another, and many at once cost the store no more than one.
 */
export function createBatches<T, R>(workOff: WorkOff<T, R>, size = Infinity): InBatches<T, R> {
  const lines = new Map<string, Waiting<T, R>[]>();

  async function serve(key: string, line: Waiting<T, R>[]): Promise<void> {
    while (line.length > 0) {
      const batch = line.splice(0, size);
      try {
        const results = await workOff(
          key,
          batch.map(({ item }) => item),
        );
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    lines.delete(key);
  }

  return (key, item) =>
    new Promise((resolve, reject) => {
      const line = lines.get(key) ?? [];
      line.push({ item, resolve, reject });
      if (lines.has(key)) return;
      lines.set(key, line);
      void serve(key, line);
    });
}
