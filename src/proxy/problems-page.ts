import { PROBLEM_CODES, type ProblemCode } from '../protocol/problem.ts';
import type { ProxyAnswer } from './exchange.ts';
import { escapeHtml, htmlPage } from './html-page.ts';
import { titleOf } from './problem.ts';

/** What each code means and what to do, for the developer who follows a problem's `type`. */
const MEANINGS: Readonly<Record<ProblemCode, string>> = {
  'not-found': 'No such route, or the feature is not configured (payouts without authorize).',
  'method-not-allowed': 'The Allow header names the method.',
  'unsupported-media-type': 'Send application/json in UTF-8, uncompressed; a form only where listed.',
  'body-too-large': '64 KiB for browsers, 1 MiB for payouts, 256 KiB for webhooks.',
  'body-timeout': 'The body took longer than 10 s. Send it again.',
  'body-already-read': 'A body parser ran before the proxy. Mount the proxy first.',
  'malformed-body': 'Not JSON, too deep, a member twice, or a forbidden member name.',
  'invalid-request': 'errors names each member that is missing, unknown or of the wrong kind.',
  'forbidden-origin': 'The request is not from your own page. List the origin in allowedOrigins if it is yours.',
  forbidden: 'authorize or authorizeStatus said no.',
  'too-many-requests': 'Nothing was done. Send it again after Retry-After; limiter.routes sets the limits.',
  'order-not-found': 'resolveOrder returned null.',
  'order-already-paid': 'Nothing more is due.',
  'order-changed': "The order's price changed while a payment for the earlier price is open. Use a new reference.",
  'payin-not-found': 'No payment has this id.',
  'idempotency-key-missing': 'Send an Idempotency-Key, one per attempt to pay.',
  'idempotency-key-invalid': '8 to 128 letters, digits, - or _.',
  'idempotency-key-reused': 'The key was used for another request.',
  'invalid-recipient': "errors names each field with the rule's code.",
  'no-route': 'No channel in payout.routes takes this payout; nothing was sent.',
  'duplicate-payout':
    'The same reference, amount and recipient is already under way; errors names each such payout, requestId the request of the first.',
  'payout-limit-exceeded':
    'Above what payout.limits allows for one payout or for the day; errors names each payout that alone is too much.',
  'payout-not-approved': 'payout.review said no.',
  'payout-not-found': 'No payout has this id.',
  'payout-state-known': 'proxy.payouts.resolve was called for a payout whose outcome is known; nothing was changed.',
  'invalid-signature': 'The notice is not signed with a configured secret.',
  'invalid-timestamp': "The notice's time is malformed or too far off. Check the clock.",
  'wrong-api-version': 'The notice is not of the configured API version.',
  'unknown-request': 'The notice is about a payment that this store does not know.',
  'notice-mismatch': 'The notice disagrees with the recorded ids, amount or currency.',
  'not-confirmed': 'The query API does not say what the notice says. The upstream will send it again.',
  'upstream-refused': 'The upstream said no; upstreamCode is its number. Nothing was charged or sent.',
  'upstream-unavailable': 'The upstream cannot be reached; nothing was sent. Try again.',
  'outcome-unknown':
    'The answer was lost. Send the same request again: it asks first and never opens a second payment.',
  'shutting-down': 'This replica is going away; nothing was done. Send the same request again.',
  'hook-failed': 'Your onPayin or onPayout threw or took too long; the upstream will send the notice again.',
  'merchant-error': 'Your callback gave something unusable; the log says what.',
  'internal-error': 'A fault of this package; the log has it.',
};

/** The page that the `type` of every problem points into, one section per code. */
export function problemsPage(): ProxyAnswer {
  const sections = PROBLEM_CODES.map(
    (code) =>
      `<h2 id="${code}">${escapeHtml(titleOf(code))}</h2><p><small>${code}</small></p><p>${escapeHtml(MEANINGS[code])}</p>`,
  );
  return htmlPage(200, 'Problem codes', sections.join(''));
}
