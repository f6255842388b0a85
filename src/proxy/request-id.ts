import { randomBytes } from 'node:crypto';

/** Crockford's base32 in lower case: no i, l, o, u to misread. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Longest `request_id` of a pay-in: the vendor's demo limits it to 20 characters where the documentation says 64
 * (Lesspay docs, Create Payin; read 2026-11-20).
 */
export const PAYIN_REQUEST_ID_LENGTH = 20;

/** A new request id: 20 characters with 100 random bits, since it is the shopper's only key to the payment's status. */
export function createRequestId(): string {
  let id = '';
  for (const byte of randomBytes(PAYIN_REQUEST_ID_LENGTH)) id += ALPHABET.charAt(byte & 31);
  return id;
}
