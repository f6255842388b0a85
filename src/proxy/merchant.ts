import type { ProxyCall } from './exchange.ts';
import { errorFields, type Logger } from './log.ts';
import type { RequestContext } from './options.ts';
import { ProblemError } from './problem.ts';

/** What the merchant's callbacks get to see of a request. */
export function requestContext(call: ProxyCall): RequestContext {
  const request = call.request();
  return call.native === undefined ? { request } : { request, native: call.native };
}

/** Calls one of the merchant's callbacks; what it throws goes to the log, and the caller learns only its name. */
export async function askMerchant<T>(name: string, logger: Logger, ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // A merchant may answer with a problem of ours on purpose.
    if (error instanceof ProblemError) throw error;
    logger.error({ event: 'merchant-callback-failed', callback: name, ...errorFields(error) });
    throw merchantError(`The shop's ${name} failed; its log says why.`);
  }
}

/** The problem of a merchant's callback that gave something that cannot be used. */
export function merchantError(detail: string): ProblemError {
  return new ProblemError('merchant-error', detail);
}
