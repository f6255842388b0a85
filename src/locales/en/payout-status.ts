import type { PayoutFailure, PayoutStatus } from '../../protocol/status.ts';

const titles = {
  'title.review': 'In review',
  'title.processing': 'On its way',
  'title.succeeded': 'Completed',
  'title.partly-succeeded': 'Completed in part',
  'title.failed': 'Failed',
  'title.canceled': 'Canceled',
  'title.refunded': 'Came back',
  'title.closed': 'Closed',
  'title.unknown': 'Outcome not known yet',
} as const satisfies Record<`title.${PayoutStatus}`, string>;

const lines = {
  'text.review': 'Lesspay reviews payouts by hand; you will see it here.',
  'text.processing': 'The money is on its way to the recipients.',
  'text.succeeded': 'All of the money has arrived.',
  'text.partly-succeeded': 'A part has arrived. See below which payouts failed, and why.',
  'text.failed': 'No money has arrived. See below why, correct it and send it again.',
  'text.canceled': 'It was canceled, and no money has moved.',
  'text.refunded': 'The money came back to your account.',
  'text.closed': 'It was closed, and no money has moved.',
  'text.unknown': 'It may have been taken. Do not enter it again: this page asks until it is known.',
} as const satisfies Record<`text.${PayoutStatus}`, string>;

const failures = {
  'failure.review-rejected': 'Lesspay’s review refused it. Contact Lesspay before you send it again.',
  'failure.account-invalid':
    'This account does not take money. Ask the recipient for the account number, then send it again.',
  'failure.name-mismatch': 'The name is not the account’s. Correct the account holder, then send it again.',
  'failure.balance-insufficient': 'Your Lesspay balance was too low. Top it up, then send it again.',
  'failure.limit-exceeded':
    'The amount is outside the limits of the bank or wallet. Send another amount, or use another account.',
  'failure.bank-unavailable': 'The recipient’s bank or wallet was not available. Send it again later.',
  'failure.channel-failed':
    'The recipient’s bank or wallet refused it. Check the account and the name, then send it again.',
  'failure.canceled': 'It was canceled. Send it again if it is still due.',
  'failure.refunded':
    'The recipient’s bank or wallet sent it back. Check the account and the name, then send it again.',
  'failure.closed': 'It was closed before it was paid. Send it again if it is still due.',
} as const satisfies Record<`failure.${PayoutFailure}`, string>;

/** English texts of `<lesspay-payout-status>`, and why a payout failed. */
export const payoutStatus = {
  ...titles,
  ...lines,
  ...failures,
  'checking.title': 'Looking for the payout',
  'checking.text': 'This takes a moment.',
  'missing.title': 'We could not find this payout',
  'missing.text': 'Check its number, or open it again from your list of payouts.',
  'forbidden.title': 'You may not see this payout',
  'forbidden.text': 'Ask an administrator, or sign in again.',
  offline: 'You are offline. We look again as soon as you are back.',
  lost: 'The last answer was lost. We keep asking.',
  total: 'Total',
  count: 'Payouts',
  number: 'Payout number',
  details: 'The payouts of this batch',
  reference: 'Reference',
  amount: 'Amount',
  state: 'State',
  progress: '{done} of {count} completed',
  'progress.failed': '{done} of {count} completed, {failed} failed',
  failedOnly: 'Show failed ones only',
  more: 'Show {count} more',
  checkNow: 'Check now',
  checking: 'Checking…',
  nothingNew: 'Nothing new yet.',
} as const;
