import type { UpstreamOutcome } from './error.ts';

/** What may be logged of one upstream call: never a body, a header or an id. */
export interface UpstreamCall {
  api: 'lesspay' | 'leanx';
  path: string;
  durationMs: number;
  outcome: 'ok' | UpstreamOutcome;
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
