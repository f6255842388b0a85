import type { PayoutStatus } from '../protocol/status.ts';

/** LeanX docs, Payout Status Checking; compared without case, because live accounts differ. */
const WORDS: Readonly<Record<string, PayoutStatus>> = {
  PENDING: 'processing',
  // Manual approval by LeanX operations, 30 to 40 minutes.
  STATUS_PENDING_APPROVAL: 'review',
  SUCCESS: 'succeeded',
  FAILED: 'failed',
};

/** A LeanX payout's status in our words; `unknown` for anything that is not published. */
export function readLeanxStatus(word: string | undefined): PayoutStatus {
  const upper = word?.trim().toUpperCase() ?? '';
  return (Object.hasOwn(WORDS, upper) ? WORDS[upper] : undefined) ?? 'unknown';
}
