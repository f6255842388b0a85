import type { PayoutFailure } from '../protocol/status.ts';

/** What cannot be a reason's length; the rest of a longer text is not read. */
const MAX_LENGTH = 300;

/** The sender's own account is not the recipient's, whatever is wrong with it. */
const OF_SENDER = /\b(?:payer|merchant|sender|remitter|debit|source|your)\b/;

// Not the name on it: that has a reason of its own.
const ACCOUNT = '(?:account|acct|iban|wallet|pix key|beneficiary|recipient|payee)s?(?! (?:holder )?names?\\b)';
const UNUSABLE =
  '(?:invalid|incorrect|wrong|unknown|closed|frozen|blocked|dormant|inactive|non ?existent|unregistered)';

/**
 * Neither the Fetch Payout page nor the Payout Webhook page lists the texts of `fail_reason` and `rejected_reason` (read
 * 2026-11-20), so only words that leave no doubt are read. The numbers are those of the Payout Error Codes page.
 */
const REASONS: readonly (readonly [PayoutFailure, RegExp])[] = [
  ['review-rejected', /\b30003\b|\breview (?:was )?(?:rejected|refused)\b/],
  [
    'account-invalid',
    new RegExp(
      `\\b30006\\b|\\b${UNUSABLE} (?:[a-z]+ ){0,3}${ACCOUNT}\\b` +
        `|\\b${ACCOUNT} (?:[a-z]+ ){0,3}(?:${UNUSABLE}|not (?:exist|found|registered|active|valid))\\b`,
    ),
  ],
  [
    'name-mismatch',
    /\bnames? (?:[a-z]+ ){0,5}(?:mismatch(?:es|ed)?|(?:not|doesn t) match|differs?|different|inconsistent|invalid|incorrect|wrong)\b|\b(?:mismatch(?:ed|ing)?|incorrect|wrong|invalid|different) (?:[a-z]+ ){0,3}name\b/,
  ],
  [
    'balance-insufficient',
    /\binsufficient (?:[a-z]+ ){0,2}(?:balance|funds?)\b|\bnot enough (?:balance|funds|money)\b|\bbalance (?:[a-z]+ ){0,2}(?:insufficient|not enough|too low)\b/,
  ],
  [
    'limit-exceeded',
    /\b(?:exceed(?:s|ed|ing)?|over|above|below|under) (?:[a-z]+ ){0,5}limits?\b|\blimits? (?:[a-z]+ ){0,2}(?:exceeded|reached)\b/,
  ],
  [
    'bank-unavailable',
    /\b(?:bank|institution|channel|wallet|provider)(?: [a-z]+){0,3} (?:unavailable|offline|not available|(?:under|in) maintenance)\b/,
  ],
];

/** Our word for an upstream's text on why a payout failed; `undefined` where it says nothing certain, or two things. */
export function readFailReason(text: string | undefined): PayoutFailure | undefined {
  if (!text) return undefined;
  // `ACCOUNT_NOT_FOUND`, `account-not-found` and "Account not found." say the same.
  const words = text
    .slice(0, MAX_LENGTH)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  const read = REASONS.filter(([, pattern]) => pattern.test(words)).map(([failure]) => failure);
  const [failure] = read;
  if (read.length !== 1 || (failure === 'account-invalid' && OF_SENDER.test(words))) return undefined;
  return failure;
}
