import { createHmac } from 'node:crypto';

/** What of a LeanX request its optional signature covers; the body is not part of it. */
export interface LeanxRequest {
  method: string;
  /** From `/api/v1/…`; a query string is cut off, because the signature leaves it out. */
  path: string;
  /** Unix seconds. */
  timestamp: string | number;
  /** Unique per request, e.g. a UUID. */
  nonce: string;
}

/** The merchant's keys. */
export interface LeanxCredentials {
  /** `merchant id|uuid|hash key`. */
  authToken: string;
  hashKey: string;
}

/**
 * The `x-signature` of a request: HMAC-SHA256 by the hash key (as text) over method, UUID, path, timestamp, auth token and nonce,
 * joined by `|`, in lower-case hex. The LeanX page names no separator; its own SDK joins with `|`.
 */
export function signLeanx(
  { method, path, timestamp, nonce }: LeanxRequest,
  { authToken, hashKey }: LeanxCredentials,
): string {
  const uuid = authToken.split('|')[1] ?? '';
  const pathOnly = path.replace(/[?#].*$/s, '');
  const message = [method.toUpperCase(), uuid, pathOnly, String(timestamp), authToken, nonce].join('|');
  return createHmac('sha256', hashKey).update(message, 'utf8').digest('hex');
}
