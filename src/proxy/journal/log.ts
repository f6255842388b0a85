/** One structured log record: flat, safe to print as JSON. `event` says what happened. */
export interface LogRecord {
  event: string;
  [name: string]: string | number | boolean | undefined;
}

/** Where log records go; pino, winston and `console` fit after at most a line of glue. */
export interface Logger {
  info(record: LogRecord): void;
  warn(record: LogRecord): void;
  error(record: LogRecord): void;
}

/** The default logger: one JSON line per record. */
export const consoleLogger: Logger = {
  // eslint-disable-next-line no-console -- without a logger of the merchant's own the console is where logs belong
  info: (record) => console.info(line('info', record)),
  // eslint-disable-next-line no-console -- as above
  warn: (record) => console.warn(line('warn', record)),
  // eslint-disable-next-line no-console -- as above
  error: (record) => console.error(line('error', record)),
};

function line(level: string, record: LogRecord): string {
  return JSON.stringify({ time: new Date().toISOString(), level, ...record });
}

/** An account number or key with all but its last four characters hidden; short ones are hidden whole. */
export function maskAccount(account: string): string {
  return account.length < 8 ? '****' : `****${account.slice(-4)}`;
}

/** Fields that hold ids of payments, which may be bare digits and are what one searches a log for. */
const IDS = new Set(['requestId', 'payOrderId', 'eventId']);

/**
 * Wraps a logger so that text from outside (a merchant's error message, a path) never carries a secret, a signature or
 * an account into the log, and so that a failing logger fails nothing else.
 */
export function createSafeLogger(logger: Logger, secrets: readonly string[]): Logger {
  const isClean = (record: LogRecord): boolean => {
    for (const name in record) {
      const value = record[name];
      if (value === undefined || (typeof value === 'string' && redact(value, secrets, IDS.has(name)) !== value))
        return false;
    }
    return true;
  };
  const clean = (record: LogRecord): LogRecord => {
    if (isClean(record)) return record;
    const safe: LogRecord = { event: record.event };
    for (const name of Object.keys(record)) {
      const value = record[name];
      if (value === undefined) continue;
      safe[name] = typeof value === 'string' ? redact(value, secrets, IDS.has(name)) : value;
    }
    return safe;
  };
  const write = (level: keyof Logger) => (record: LogRecord) => {
    try {
      logger[level](clean(record));
    } catch {
      // A full disk or a broken transport must not turn a confirmed payment into a 500.
    }
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** Codes, paths and ids: too short for a digest, nothing in them for the patterns of {@link redact} but digits and tokens. */
const PLAIN = /^[\w./:-]{0,63}$/;
const ACCOUNT_OR_TOKEN = /\d{9}|eyJ/;

function redact(text: string, secrets: readonly string[], isId: boolean): string {
  let hasSecret = false;
  for (const secret of secrets) hasSecret ||= text.includes(secret);
  // Most values of most records, at a tenth of the cost.
  if (!hasSecret && PLAIN.test(text) && (isId || !ACCOUNT_OR_TOKEN.test(text))) return text;
  let safe = text;
  if (hasSecret) for (const secret of secrets) safe = safe.replaceAll(secret, '[secret]');
  safe = safe
    .replace(/[0-9A-Fa-f]{64,}/g, '[digest]')
    // Log injection: a line break in a value must not start a record of its own (ASVS 5.0, 16.4.1).
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 500);
  if (isId) return safe;
  return (
    safe
      .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
      .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, '[email]')
      // Account numbers, phones and tax ids; amounts are shorter.
      .replace(/(?<![\w-])\+?\d{9,34}(?!\w)/g, (digits) => maskAccount(digits))
  );
}

/** A thrown value as two log fields; the message is redacted by the safe logger. */
export function errorFields(error: unknown): { error: string; message?: string } {
  if (error instanceof Error) return { error: error.name, message: error.message };
  return { error: typeof error };
}
