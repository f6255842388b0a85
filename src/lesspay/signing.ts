import { sha256UpperHex } from './digest.ts';
import { stringToSign } from './string-to-sign.ts';

export { stringToSign } from './string-to-sign.ts';
export { verifyLesspay } from './verify.ts';
export type { LesspayBody, VerifyLesspayOptions, VerifyLesspayReason, VerifyLesspayResult } from './verify.ts';
export { signTestWebhook } from './test-webhook.ts';

/** Lesspay's body signature: SHA-256 of `stringToSign`, as 64 upper-case hex digits. */
export function signLesspay(body: unknown, secret: string): string {
  return sha256UpperHex(stringToSign(body, secret));
}
