/**
 * Every code the proxy can answer with, as RFC 9457 `application/problem+json`. Closed: a new failure gets a new code.
 */
export const PROBLEM_CODES = [
  // the request itself
  'not-found',
  'method-not-allowed',
  'unsupported-media-type',
  'body-too-large',
  'body-timeout',
  'body-already-read',
  'malformed-body',
  'invalid-request',
  'forbidden-origin',
  'forbidden',
  'too-many-requests',
  // pay-in
  'order-not-found',
  'order-already-paid',
  'order-changed',
  'payin-not-found',
  // payout
  'idempotency-key-missing',
  'idempotency-key-invalid',
  'idempotency-key-reused',
  'invalid-recipient',
  'no-route',
  'duplicate-payout',
  'payout-not-approved',
  'payout-limit-exceeded',
  'payout-not-found',
  'payout-state-known',
  // webhooks
  'invalid-signature',
  'invalid-timestamp',
  'wrong-api-version',
  'unknown-request',
  'notice-mismatch',
  'not-confirmed',
  // upstream and server
  'upstream-refused',
  'upstream-unavailable',
  'outcome-unknown',
  'shutting-down',
  'hook-failed',
  'merchant-error',
  'internal-error',
] as const;

/** One of {@link PROBLEM_CODES}. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One refused member of a request: `path` is dotted with numeric indexes (`payouts.0.recipient.iban`). */
export interface FieldError {
  path: string;
  /** An `IssueCode` of the rules, or a code of the request's shape (`required`, `unknown-member`, `wrong-type`). */
  code: string;
}

/** RFC 9457 problem details, as every failed proxy route answers. Holds nothing of the upstream's own text. */
export interface Problem {
  /** Documentation URL of the code. */
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  /** What happened and what to do next, in English, for the developer and the log. */
  detail: string;
  /** Whether the same request may be sent again unchanged. */
  retryable: boolean;
  /** The payment or payout concerned, where there is one. */
  requestId?: string;
  /** The upstream's own numeric code, where it refused (`30006`), so that a page can show its readable message. */
  upstreamCode?: string;
  errors?: FieldError[];
}
