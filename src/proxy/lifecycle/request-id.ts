import { randomBytes } from 'node:crypto';
import { checkRequestId } from '../../rules/request-id.ts';

/** Crockford's base32 in lower case: no i, l, o, u to misread. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Longest `request_id` of a pay-in: the vendor's demo limits it to 20 characters where the documentation says 64
 * (Lesspay docs, Create Payin; read 2026-11-20).
 */
export const PAYIN_REQUEST_ID_LENGTH = 20;

/** Random bytes are fetched for many ids at once: one call for 20 bytes costs as much as signing an order. */
const IDS_AT_ONCE = 128;
/** Fetched when the first id is wanted: some platforms allow no randomness while a module loads. */
let bytes: Buffer | undefined;
let used = 0;

/** A new request id: 20 characters with 100 random bits, since it is the shopper's only key to the payment's status. */
export function createRequestId(): string {
  if (bytes === undefined || used === bytes.length) {
    bytes = randomBytes(IDS_AT_ONCE * PAYIN_REQUEST_ID_LENGTH);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = ALPHABET.charCodeAt((bytes[at] ?? 0) & 31);
    used = 0;
  }
  const end = used + PAYIN_REQUEST_ID_LENGTH;
  const id = bytes.toString('latin1', used, end);
  // A dump of the memory shows no id that has been handed out.
  bytes.fill(0, used, end);
  used = end;
  return id;
}

/** Whether a text from outside can be an id of ours; no other goes into a store's key. */
export function isRequestId(text: string): boolean {
  return checkRequestId(text) === undefined;
}
