import { createSafeLogger, type Logger, type LogRecord } from './log.ts';
import { ALARMS, type EventLevel, type Observe, type ProxyEvent, type ProxyFact } from './proxy-event.ts';

/**
 * Where everything goes that the proxy has to say, once: people get it as lines (`logger`), machines as events
 * (`observe`). What is only a line is said by `info`, `warn` and `error`; a warning or an error is an event as well.
 */
export interface Journal extends Logger {
  /** Tells the observer. Undefined when there is none, so that nobody measures what nobody wants to know. */
  readonly observe?: ((fact: ProxyFact, level?: EventLevel) => void) | undefined;
}

/** What a journal needs. */
export interface JournalOptions {
  logger: Logger;
  observe: Observe | undefined;
  /** What must never appear in a line. */
  secrets: readonly string[];
  now: () => number;
}

/** Lines whose event is told where more is known than the line says. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'request-failed',
  'upstream-call',
  'webhook',
  'limited',
  'hook-failed',
  'hook-timeout',
  'merchant-callback-failed',
]);

/** Lines that say that an outcome is not known. */
const UNKNOWN_OUTCOMES: ReadonlyMap<string, 'payin' | 'payout'> = new Map([
  ['payin-outcome-unknown', 'payin'],
  ['payout-outcome-unknown', 'payout'],
]);

const ALARM_NAMES: ReadonlySet<string> = new Set(ALARMS);

/** The members of a line that an event may hold: ids, codes and words of ours. */
const CONCERNS = ['requestId', 'upstreamCode', 'member', 'source', 'kind', 'secretIndex', 'code'] as const;

/** Makes the journal of one proxy. */
export function createJournal({ logger, observe, secrets, now }: JournalOptions): Journal {
  const lines = createSafeLogger(logger, secrets);
  if (observe === undefined) return lines;
  let hasFailed = false;

  function failed(): void {
    // Once: a transport that is down would otherwise fill the log.
    if (hasFailed) return;
    hasFailed = true;
    lines.warn({ event: 'observer-failed', message: 'options.observe threw or rejected; it is called all the same.' });
  }

  function tell(fact: ProxyFact, level: EventLevel = 'info'): void {
    const event: ProxyEvent = { ...fact, at: new Date(now()).toISOString(), level };
    try {
      const result = observe?.(event);
      if (result instanceof Promise) result.catch(failed);
    } catch {
      failed();
    }
  }

  return {
    info: (record) => lines.info(record),
    warn(record) {
      lines.warn(record);
      if (!TOLD_ELSEWHERE.has(record.event)) tell(factOf(record), 'warn');
    },
    error(record) {
      lines.error(record);
      if (!TOLD_ELSEWHERE.has(record.event)) tell(factOf(record), 'error');
    },
    observe: tell,
  };
}

function factOf(record: LogRecord): ProxyFact {
  const kind = UNKNOWN_OUTCOMES.get(record.event);
  if (kind !== undefined) return { type: 'unknown-outcome', kind, requestId: String(record.requestId) };
  const fact: Record<string, unknown> = {
    type: ALARM_NAMES.has(record.event) ? 'alarm' : 'warning',
    name: record.event,
  };
  for (const member of CONCERNS) if (record[member] !== undefined) fact[member] = record[member];
  // The names are those of the two lists: a test reads them out of the sources.
  return fact as unknown as ProxyFact;
}

/** Milliseconds since a moment of `performance.now()`, to a tenth. */
export function elapsedMs(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10;
}
