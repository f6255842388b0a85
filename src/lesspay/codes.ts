import type { UpstreamOutcome } from '../upstream/error.ts';

/** The member of our request that a business code is about. */
export type LesspayCodeField =
  'currency' | 'total' | 'accountType' | 'country' | 'account' | 'reference' | 'amount' | 'requestId';

/** What a business code of Lesspay means. */
export interface LesspayCode {
  meaning: string;
  /** For a call that creates something: `refused` = it was not taken; `unknown` = it may have been, so ask by its request id. */
  outcome: UpstreamOutcome;
  /** The upstream has no such order. */
  notFound?: true;
  field?: LesspayCodeField;
}

/**
 * The published business codes (Lesspay docs, Pay In Error Codes and Pay Out Error Codes; read 2026-11-20). 30012–30019 and
 * 30022–30079 exist but are not published: a code that is not here has an unknown outcome.
 */
export const LESSPAY_CODES: Readonly<Record<string, LesspayCode>> = {
  // Pay-in
  '10': { meaning: 'system exception', outcome: 'unknown' },
  '11': { meaning: 'parameter error', outcome: 'refused' },
  '12': { meaning: 'database service exception', outcome: 'unknown' },
  // Also the answer to a repeated request whose first answer was lost.
  '1201': { meaning: 'duplicate data', outcome: 'unknown', field: 'requestId' },
  '1202': { meaning: 'data not found', outcome: 'refused', notFound: true },
  '5000': { meaning: 'create failed', outcome: 'refused' },
  '5002': { meaning: 'update failed', outcome: 'refused' },
  '5003': { meaning: 'record not found', outcome: 'refused', notFound: true },
  '5004': { meaning: 'permission error', outcome: 'refused' },
  '9999': { meaning: 'custom business error', outcome: 'refused' },
  // Payout
  '30000': { meaning: 'invalid parameter', outcome: 'refused' },
  '30001': { meaning: 'unsupported currency', outcome: 'refused', field: 'currency' },
  '30002': { meaning: 'amount mismatch', outcome: 'refused', field: 'total' },
  '30003': { meaning: 'review rejected', outcome: 'refused' },
  '30004': { meaning: 'invalid beneficiary type', outcome: 'refused', field: 'accountType' },
  '30005': { meaning: 'invalid country code', outcome: 'refused', field: 'country' },
  '30006': { meaning: 'invalid bank account', outcome: 'refused', field: 'account' },
  '30007': { meaning: 'duplicate detail id', outcome: 'refused', field: 'reference' },
  '30008': { meaning: 'invalid transaction type', outcome: 'refused' },
  '30009': { meaning: 'invalid amount format', outcome: 'refused', field: 'amount' },
  // The id was used for something else before, and that may have been paid: not a failure of this payout.
  '30010': { meaning: 'idempotency conflict', outcome: 'unknown', field: 'requestId' },
  '30011': { meaning: 'duplicate request id', outcome: 'unknown', field: 'requestId' },
  '30020': { meaning: 'order not found', outcome: 'refused', notFound: true },
  '30021': { meaning: 'detail not found', outcome: 'refused', notFound: true },
};

/** The published meaning of a business code, or undefined for one that is not published. */
export function lesspayCode(code: string): LesspayCode | undefined {
  return Object.hasOwn(LESSPAY_CODES, code) ? LESSPAY_CODES[code] : undefined;
}
