import type { UpstreamErrorKind, UpstreamOutcome } from './error.ts';

/** What a call to an upstream is for, in our own words. */
export type UpstreamOperation =
  | 'create-payin'
  | 'query-payin'
  | 'create-payout'
  | 'create-batch-payout'
  | 'query-payout'
  | 'list-banks'
  | 'check-account'
  | 'read-balance'
  | 'trigger-notice'
  | 'validate-token';

/** What may be logged of one upstream call: never a body, a header or an id. */
export interface UpstreamCall {
  api: 'lesspay' | 'leanx';
  operation: UpstreamOperation;
  path: string;
  /** Which sending of the same id it was, where something is created. */
  attempt?: number | undefined;
  durationMs: number;
  outcome: 'ok' | UpstreamOutcome;
  /** How the call failed. */
  failure?: UpstreamErrorKind | undefined;
  httpStatus?: number | undefined;
  /** The code of the answer, `0` or `2000` included. */
  upstreamCode?: string | undefined;
}

/** Told of every upstream call once it has ended. */
export type OnUpstreamCall = (call: UpstreamCall) => void;

/** Tells of a call that has ended; a log that cannot be written must not turn what the upstream took into a failure. */
export function reportCall(onCall: OnUpstreamCall | undefined, call: UpstreamCall): void {
  try {
    onCall?.(call);
  } catch {
    // The call's own result is what counts.
  }
}
