import type { UpstreamOutcome } from '../upstream/error.ts';

/** The member of our request that a business code is about. */
export type LesspayCodeField =
  | 'currency'
  | 'total'
  | 'accountType'
  | 'country'
  | 'account'
  | 'iban'
  | 'bic'
  | 'holderName'
  | 'depositKeyType'
  | 'reference'
  | 'amount'
  | 'requestId';

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

const INVALID_FIELD: LesspayCode = { meaning: 'invalid field', outcome: 'refused' };

/**
 * Codes of the channel behind the platform, by range: all refuse a field before anything is paid (Tazapay docs, Field
 * Validation Updates; read 2026-11-20). Which field `INVALID_FIELD` is about is not published.
 */
const CHANNEL_CODES: readonly (readonly [from: number, to: number, code: LesspayCode])[] = [
  [3900, 3907, { meaning: 'invalid IBAN', outcome: 'refused', field: 'iban' }],
  [3910, 3912, { meaning: 'invalid SWIFT code', outcome: 'refused', field: 'bic' }],
  [20036, 20036, { meaning: 'invalid holder name', outcome: 'refused', field: 'holderName' }],
  [20150, 20160, INVALID_FIELD],
  [20298, 20298, { meaning: 'amount outside the limits', outcome: 'refused', field: 'amount' }],
  [20300, 20300, { meaning: 'invalid deposit key type', outcome: 'refused', field: 'depositKeyType' }],
  [20320, 20326, INVALID_FIELD],
  [20361, 20361, INVALID_FIELD],
];

/** The published meaning of a business code, or undefined for one that is not published. */
export function lesspayCode(code: string): LesspayCode | undefined {
  if (Object.hasOwn(LESSPAY_CODES, code)) return LESSPAY_CODES[code];
  const number = /^[1-9][0-9]{3,4}$/.test(code) ? Number(code) : 0;
  return CHANNEL_CODES.find(([from, to]) => from <= number && number <= to)?.[2];
}
