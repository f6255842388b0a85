import type { ProxyCall } from '../http/exchange.ts';
import { ProblemError } from '../http/problem.ts';
import { elapsedMs, type Journal } from '../journal/journal.ts';
import { errorFields } from '../journal/log.ts';
import type { HookFact, HookName } from '../journal/proxy-event.ts';
import type { RequestContext } from '../options.ts';

/** What the merchant's callbacks get to see of a request; the web request is made when one of them looks at it. */
export function requestContext(call: ProxyCall): RequestContext {
  return new LazyRequestContext(call);
}

class LazyRequestContext implements RequestContext {
  readonly native?: unknown;
  readonly #call: ProxyCall;
  #request: Request | undefined;

  constructor(call: ProxyCall) {
    this.#call = call;
    if (call.native !== undefined) this.native = call.native;
  }

  get request(): Request {
    this.#request ??= this.#call.request();
    return this.#request;
  }
}

/** Calls one of the merchant's callbacks; what it throws goes to the log, and the caller learns only its name. */
export async function askMerchant<T>(name: HookName, logger: Journal, ask: () => T | Promise<T>): Promise<T> {
  const started = logger.observe && performance.now();
  try {
    const answer = await ask();
    tellEnd(logger, name, started, 'ok');
    return answer;
  } catch (error) {
    // A merchant may answer with a problem of ours on purpose.
    if (error instanceof ProblemError) {
      tellEnd(logger, name, started, 'refused');
      throw error;
    }
    tellEnd(logger, name, started, 'failed');
    logger.error({ event: 'merchant-callback-failed', callback: name, ...errorFields(error) });
    throw merchantError(`The shop's ${name} failed; its log says why.`);
  }
}

function tellEnd(logger: Journal, name: HookName, started: number | undefined, outcome: HookFact['outcome']): void {
  if (started === undefined) return;
  logger.observe?.(
    { type: 'hook', name, outcome, durationMs: elapsedMs(started) },
    outcome === 'failed' ? 'error' : 'info',
  );
}

/** The problem of a merchant's callback that gave something that cannot be used. */
export function merchantError(detail: string): ProblemError {
  return new ProblemError('merchant-error', detail);
}
