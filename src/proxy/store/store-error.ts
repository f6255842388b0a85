/**
 * What went wrong in a store. Nothing was written after `wrong-client`, `wrong-option`, `not-connected`, `missing-table`
 * and `refused`; after `connection-lost` and `timeout` a write may have happened.
 */
export type StoreErrorCode =
  // What was given is no client or pool of a driver that the store knows. Give the one that the message names.
  | 'wrong-client'
  // An option of the store cannot work. Correct the one that the message names.
  | 'wrong-option'
  // The client is not connected, or its pool has ended. Connect it before the proxy is used, and end it after `proxy.close()`.
  | 'not-connected'
  // The connection broke, and a write may have happened. Nothing: the next try reads before it writes.
  | 'connection-lost'
  // No answer in time, and a write may have happened. See whether the database is overloaded.
  | 'timeout'
  // The table is not there. Call `migrate()`, or run the printed statements.
  | 'missing-table'
  // The database does not do it: full, read-only, or no right to. Read its own words in the message.
  | 'refused'
  // A value is no JSON of this package, or cannot be decrypted. Check the key ring and what else writes to the table.
  | 'unreadable';

/** Thrown by the stores of this package; the message says what to do and never holds a value. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  /** Whether the store was only not to be reached: the same call may succeed later. */
  get isPassing(): boolean {
    return this.code === 'connection-lost' || this.code === 'timeout' || this.code === 'not-connected';
  }

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause: withoutValues(cause) });
    this.code = code;
  }
}

/** The driver's error by its words alone: ioredis hangs the command's arguments on it, pg the failing row. */
function withoutValues(cause: unknown): Error {
  if (!(cause instanceof Error)) return new Error('The driver threw something that is no error');
  const copy = new Error(cause.message);
  copy.name = cause.name;
  if (cause.stack !== undefined) copy.stack = cause.stack;
  return copy;
}

/** Waits for a driver no longer than `timeoutMs`: most of them queue commands without end while a server is away. */
export async function withTimeout<T>(
  work: Promise<T>,
  timeoutMs: number,
  message = `The store did not answer within ${timeoutMs} ms; a write may still take effect.`,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreError('timeout', message)), timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
