import type { ProxyCall } from './exchange.ts';
import { elapsedMs, type Journal } from './journal.ts';
import { errorFields } from './log.ts';
import type { RequestContext } from './options.ts';
import { ProblemError } from './problem.ts';
import type { HookFact, HookName } from './proxy-event.ts';

/** What the merchant's callbacks get to see of a request; the web request is made when one of them looks at it. */
export function requestContext(call: ProxyCall): RequestContext {
  let request: Request | undefined;
  const context: RequestContext = {
    get request() {
      request ??= call.request();
      return request;
    },
  };
  if (call.native !== undefined) context.native = call.native;
  return context;
}

/** Calls one of the merchant's callbacks; what it throws goes to the log, and the caller learns only its name. */
export async function askMerchant<T>(name: HookName, logger: Journal, ask: () => T | Promise<T>): Promise<T> {
  const started = logger.observe && performance.now();
  const ended = (outcome: HookFact['outcome'], level: 'info' | 'error'): void => {
    if (started !== undefined) logger.observe?.({ type: 'hook', name, outcome, durationMs: elapsedMs(started) }, level);
  };
  try {
    const answer = await ask();
    ended('ok', 'info');
    return answer;
  } catch (error) {
    // A merchant may answer with a problem of ours on purpose.
    if (error instanceof ProblemError) {
      ended('refused', 'info');
      throw error;
    }
    ended('failed', 'error');
    logger.error({ event: 'merchant-callback-failed', callback: name, ...errorFields(error) });
    throw merchantError(`The shop's ${name} failed; its log says why.`);
  }
}

/** The problem of a merchant's callback that gave something that cannot be used. */
export function merchantError(detail: string): ProblemError {
  return new ProblemError('merchant-error', detail);
}
