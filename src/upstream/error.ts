/** What went wrong on the way to an upstream or in its answer. */
export type UpstreamErrorKind =
  'timeout' | 'network' | 'http' | 'redirect' | 'too-large' | 'not-json' | 'shape' | 'refused';

/** Whether the call may have taken effect: `refused` = certainly not, `unknown` = it may have; ask before sending again. */
export type UpstreamOutcome = 'refused' | 'unknown';

/** The facts of a failed upstream call. */
export interface UpstreamFailure {
  kind: UpstreamErrorKind;
  outcome: UpstreamOutcome;
  message: string;
  upstreamCode?: string | undefined;
  httpStatus?: number | undefined;
}

/** A failed upstream call. Holds nothing of the request, its signature or the upstream's own text. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly kind: UpstreamErrorKind;
  readonly outcome: UpstreamOutcome;
  /** The upstream's own numeric code (`30006`), where it answered with one. */
  readonly upstreamCode?: string;
  readonly httpStatus?: number;

  constructor({ kind, outcome, message, upstreamCode, httpStatus }: UpstreamFailure) {
    super(message);
    this.kind = kind;
    this.outcome = outcome;
    if (upstreamCode !== undefined) this.upstreamCode = upstreamCode;
    if (httpStatus !== undefined) this.httpStatus = httpStatus;
  }
}
