/** The sandbox's clock: real time plus what `advance` added, with timers that follow both. */
export interface Clock {
  /** Real time, or the injected one. Timestamps of messages use it, so that a peer never sees the sandbox in its future. */
  wall(): number;
  /** Real time plus everything advanced. Expiry, review and retries use it. */
  now(): number;
  /** Runs a task after `ms`, or when `advance` passes it. Does not keep the process alive. */
  after(ms: number, run: () => void): Timer;
  /** Moves the clock forward and runs what became due, in order. */
  advance(ms: number): void;
  /** Forgets every timer. */
  clear(): void;
}

/** A pending task. */
export interface Timer {
  /** Runs it at once instead of later. */
  runNow(): void;
  cancel(): void;
}

/** The longest delay that setTimeout takes; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

interface Task extends Timer {
  readonly due: number;
}

/** Creates a clock over `wall`, the source of real milliseconds. */
export function createClock(wall: () => number): Clock {
  let advanced = 0;
  const tasks = new Set<Task>();
  const now = () => wall() + advanced;

  return {
    wall,
    now,
    after(ms, run) {
      const cancel = () => {
        clearTimeout(handle);
        tasks.delete(task);
      };
      const runNow = () => {
        if (!tasks.has(task)) return;
        cancel();
        run();
      };
      const task: Task = { due: now() + ms, cancel, runNow };
      tasks.add(task);
      const handle = ms > MAX_TIMEOUT_MS ? undefined : setTimeout(runNow, ms);
      handle?.unref();
      return task;
    },
    advance(ms) {
      const target = now() + ms;
      for (;;) {
        const [first] = [...tasks].filter((task) => task.due <= target).sort((a, b) => a.due - b.due);
        if (!first) break;
        advanced += Math.max(0, first.due - now());
        first.runNow();
      }
      advanced += Math.max(0, target - now());
    },
    clear() {
      for (const task of [...tasks]) task.cancel();
    },
  };
}
