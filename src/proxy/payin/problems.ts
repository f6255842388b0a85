import { ProblemError } from '../http/problem.ts';

/** The problem of an order for which nothing more is due. */
export function alreadyPaid(requestId: string): ProblemError {
  return new ProblemError('order-already-paid', 'This order is paid; nothing more is due.', { requestId });
}

/** The problem of a payment about which the upstream has not been heard; the same request goes on with the same id. */
export function payinUnknown(detail: string, requestId?: string): ProblemError {
  return new ProblemError('outcome-unknown', detail, { requestId });
}
