/** What went wrong on the way to an upstream or in its answer. */
export type UpstreamErrorKind =
  // No answer within `upstreamTimeoutMs`. It is asked about; see whether the upstream is slow.
  | 'timeout'
  // The connection could not be made or broke off. See DNS, firewall and the upstream's own pages.
  | 'network'
  // An HTTP status that is no answer, such as 502. It is asked about; see whether the upstream is down.
  | 'http'
  // A redirect, which is never followed. Check `environment`: it should be the host itself.
  | 'redirect'
  // More than a megabyte of answer. Check `environment`; the upstream does not answer like this.
  | 'too-large'
  // An answer that is no JSON, such as a page of HTML. See whether a gateway stands between.
  | 'not-json'
  // JSON without the members that are documented. Compare it with the platform's documentation, and report it.
  | 'shape'
  // The upstream's own no. Look its code up.
  | 'refused';

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
