import type { LesspayBody } from '../../lesspay/verify.ts';
import { verifyLesspay, type VerifyLesspayReason } from '../../lesspay/verify.ts';
import type { ProblemCode } from '../../protocol/problem.ts';
import type { ProxyContext } from '../context.ts';
import type { ProxyCall } from '../http/exchange.ts';
import { ProblemError } from '../http/problem.ts';
import type { Logger } from '../journal/log.ts';

/** A notice whose signature is right. */
export interface VerifiedNotice {
  body: LesspayBody;
  /** The signed text could belong to another body too: nothing may be believed before the query API has been asked. */
  isAmbiguous: boolean;
  /** Which of the configured secrets has signed it. */
  secretIndex: number;
}

const CODES: Record<Exclude<VerifyLesspayReason, 'ambiguous'>, ProblemCode> = {
  'missing-signature': 'invalid-signature',
  'malformed-signature': 'invalid-signature',
  'wrong-signature': 'invalid-signature',
  'malformed-body': 'malformed-body',
  'duplicate-key': 'malformed-body',
  'forbidden-key': 'malformed-body',
  'unsafe-number': 'malformed-body',
  'timestamp-out-of-range': 'invalid-timestamp',
  'wrong-api-version': 'wrong-api-version',
};

/** Verifies a Lesspay notice's bytes; throws the problem that the platform gets to see. */
export function verifyNotice(
  { config, logger, now }: ProxyContext,
  kind: 'payin' | 'payout',
  call: ProxyCall,
  rawBody: Uint8Array,
): VerifiedNotice {
  const result = verifyLesspay({
    kind,
    rawBody,
    signature: call.header('x-auth-signature'),
    timestamp: call.header('x-auth-timestamp'),
    secrets: config.lesspay.secrets,
    apiVersion: 'v2',
    now,
    toleranceMs: config.lesspay.toleranceMs,
  });
  if (result.ok || result.reason === 'ambiguous') {
    const { body, secretIndex } = result;
    notePreviousSecret(logger, kind, secretIndex);
    return { body, isAmbiguous: !result.ok, secretIndex };
  }
  if (result.reason === 'timestamp-out-of-range') {
    // As numbers, which the log does not mask: a clock that is off is found by comparing the two.
    logger.warn({ event: 'webhook-timestamp', theirs: Number(call.header('x-auth-timestamp')), ours: now() });
  }
  throw new ProblemError(CODES[result.reason], result.message);
}

/**
 * Says that a notice was signed with a secret that is being replaced: it may be taken out of the configuration once this has
 * not been seen for as long as notices are repeated.
 */
export function notePreviousSecret(logger: Logger, kind: 'payin' | 'payout' | 'leanx', secretIndex: number): void {
  if (secretIndex > 0) logger.warn({ event: 'previous-secret-used', kind, secretIndex });
}

/** The problem of a signed notice that is not what the documentation describes; `path` is our evidence, in their words. */
export function unreadableNotice(path: string): ProblemError {
  return new ProblemError(
    'invalid-request',
    'The notice is signed, but a member is missing or has an undocumented value.',
    {
      errors: [{ path, code: 'wrong-type' }],
    },
  );
}
