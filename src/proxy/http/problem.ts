import type { FieldError, Problem, ProblemCode } from '../../protocol/problem.ts';

/**
 * The HTTP status, the title and the patience of each code; RFC 9457 wants the title to stay the same for a type.
 * `otherStatus` is what some of its answers have instead (`ProblemExtras.status`).
 */
const KINDS: Record<ProblemCode, { status: number; otherStatus?: number; title: string; retryable?: true }> = {
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'body-too-large': { status: 413, title: 'Body too large' },
  'body-timeout': { status: 408, title: 'Body took too long', retryable: true },
  'body-already-read': { status: 500, title: 'Body already read' },
  'malformed-body': { status: 400, title: 'Malformed body' },
  'invalid-request': { status: 400, title: 'Invalid request' },
  'forbidden-origin': { status: 403, title: 'Foreign origin' },
  forbidden: { status: 403, title: 'Not allowed' },
  'too-many-requests': { status: 429, title: 'Too many requests', retryable: true },
  'order-not-found': { status: 404, title: 'Order not found' },
  'order-already-paid': { status: 409, title: 'Order already paid' },
  'order-changed': { status: 409, title: 'Order changed' },
  'payin-not-found': { status: 404, title: 'Payment not found' },
  'idempotency-key-missing': { status: 400, title: 'Idempotency key missing' },
  'idempotency-key-invalid': { status: 400, title: 'Idempotency key invalid' },
  'idempotency-key-reused': { status: 422, title: 'Idempotency key reused' },
  'invalid-recipient': { status: 422, title: 'Invalid recipient' },
  'no-route': { status: 422, title: 'No payout channel' },
  'duplicate-payout': { status: 409, title: 'Duplicate payout' },
  'payout-limit-exceeded': { status: 403, title: 'Payout limit exceeded' },
  'payout-not-approved': { status: 403, title: 'Payout not approved' },
  'payout-state-known': { status: 409, title: 'Payout decided' },
  'payout-not-found': { status: 404, title: 'Payout not found' },
  'invalid-signature': { status: 401, title: 'Invalid signature' },
  'invalid-timestamp': { status: 401, title: 'Invalid timestamp' },
  'wrong-api-version': { status: 401, title: 'Wrong API version' },
  'unknown-request': { status: 404, title: 'Unknown request' },
  'notice-mismatch': { status: 409, title: 'Notice does not match' },
  'not-confirmed': { status: 409, title: 'Not confirmed', retryable: true },
  'upstream-refused': { status: 502, otherStatus: 422, title: 'Refused by the payment platform' },
  'upstream-unavailable': { status: 503, title: 'Payment platform unavailable', retryable: true },
  'outcome-unknown': { status: 503, otherStatus: 409, title: 'Outcome not known yet', retryable: true },
  'shutting-down': { status: 503, title: 'Shutting down', retryable: true },
  'hook-failed': { status: 500, title: 'Merchant hook failed', retryable: true },
  'merchant-error': { status: 500, title: 'Merchant configuration error' },
  'internal-error': { status: 500, otherStatus: 503, title: 'Internal error', retryable: true },
};

/** What every answer with a code has in common. */
export function problemKind(code: ProblemCode): { title: string; statuses: readonly number[]; retryable: boolean } {
  const { title, status, otherStatus, retryable = false } = KINDS[code];
  return { title, statuses: otherStatus === undefined ? [status] : [status, otherStatus], retryable };
}

/** What a problem may carry besides its code and detail. */
export interface ProblemExtras {
  /** Where one code has two statuses: a refused pay-in is a bad gateway, a refused payout is the sender's to correct. */
  status?: number | undefined;
  retryable?: boolean | undefined;
  requestId?: string | undefined;
  upstreamCode?: string | undefined;
  errors?: FieldError[] | undefined;
  /** The `Allow` header of a 405. */
  allow?: string | undefined;
  /** The `Retry-After` header. */
  retryAfterSeconds?: number | undefined;
  /** For the log only: never part of the answer. */
  cause?: unknown;
}

/** Thrown by a route to answer with a problem; `detail` must hold nothing that the caller may not see. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.code = code;
    this.extras = extras;
  }

  get status(): number {
    return this.extras.status ?? KINDS[this.code].status;
  }

  /** The RFC 9457 document; `docsUrl` is the page whose anchors are the codes. */
  toProblem(docsUrl: string): Problem {
    const { retryable, requestId, upstreamCode, errors } = this.extras;
    return {
      type: `${docsUrl}#${this.code}`,
      title: KINDS[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.message,
      retryable: retryable ?? KINDS[this.code].retryable ?? false,
      ...(requestId === undefined ? {} : { requestId }),
      ...(upstreamCode === undefined ? {} : { upstreamCode }),
      ...(errors === undefined ? {} : { errors }),
    };
  }
}
