import { stringify } from 'lossless-json';
import { sha256UpperHex } from './digest.ts';
import { stringToSign } from './string-to-sign.ts';

/** A signed webhook as Lesspay would post it. */
export interface TestWebhook {
  /** The JSON text; send it unchanged. */
  body: string;
  headers: Record<'content-type' | 'x-auth-timestamp' | 'x-auth-signature', string>;
}

/** Signs a notice of your own making, for tests of your webhook hooks. */
export function signTestWebhook(
  body: Readonly<Record<string, unknown>>,
  secret: string,
  { now = Date.now }: { now?: number | (() => number) | undefined } = {},
): TestWebhook {
  return {
    body: stringify(body) ?? '{}',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-auth-timestamp': String(typeof now === 'function' ? now() : now),
      'x-auth-signature': sha256UpperHex(stringToSign(body, secret)),
    },
  };
}
