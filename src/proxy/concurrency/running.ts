/** Work that has begun and has to end before the process may. */
export interface Running {
  readonly isClosing: boolean;
  /** Aborted once nothing new may begin. */
  readonly closing: AbortSignal;
  /** Counts work that says itself when it has ended, by `ended`. */
  begun: () => void;
  ended: () => void;
  /** Counts work until it has ended, well or badly; gives it back. */
  track: <T>(work: Promise<T>) => Promise<T>;
  /** Lets nothing new begin; `true` when all that had begun has ended in time. */
  close: (timeoutMs: number) => Promise<boolean>;
}

/** Makes the count of one proxy's work; `afterwards` is what has to end when nothing is left to count. */
export function createRunning(afterwards: () => void | Promise<void>): Running {
  let count = 0;
  const closing = new AbortController();
  let isClosing = false;
  const idle = new Set<() => void>();

  function begun(): void {
    count += 1;
  }

  function ended(): void {
    count -= 1;
    if (count > 0) return;
    for (const tell of idle) tell();
    idle.clear();
  }

  function untilIdle(): Promise<void> {
    return count === 0 ? Promise.resolve() : new Promise((resolve) => idle.add(resolve));
  }

  return {
    get isClosing() {
      return isClosing;
    },
    closing: closing.signal,
    begun,
    ended,
    track(work) {
      begun();
      work.then(ended, ended);
      return work;
    },
    async close(timeoutMs) {
      isClosing = true;
      closing.abort();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const tooLate = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), timeoutMs);
      });
      const allEnded = untilIdle()
        .then(afterwards)
        .then(() => true);
      try {
        return await Promise.race([allEnded, tooLate]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
