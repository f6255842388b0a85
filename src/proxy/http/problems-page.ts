import { PROBLEM_CODES, type ProblemCode } from '../../protocol/problem.ts';
import type { ProxyAnswer } from './exchange.ts';
import { escapeHtml, htmlPage } from './html-page.ts';
import { problemKind } from './problem.ts';

/** What each code means and what to do about it, for the developer who follows a problem's `type`. */
const GUIDE: Readonly<Record<ProblemCode, { means: string; remedy: string }>> = {
  'not-found': {
    means: 'No such route, or its feature is not configured: pay-ins without payin, payouts without payout.',
    remedy: 'Compare the path with basePath, and give createSigningProxy the option that the route needs.',
  },
  'method-not-allowed': {
    means: 'The route does not take this method.',
    remedy: 'Use the method that the Allow header names.',
  },
  'unsupported-media-type': {
    means: 'The body is not of a kind that the route reads.',
    remedy: 'Send application/json in UTF-8, uncompressed; a form only where listed.',
  },
  'body-too-large': {
    means: 'The body is over 64 KiB, of payouts over 1 MiB, of a notice over 256 KiB.',
    remedy: 'Send less at once: divide the payouts into several requests.',
  },
  'body-timeout': {
    means: 'The body took longer than bodyTimeoutMs (10 s) to arrive. Nothing was done.',
    remedy: 'Send it again.',
  },
  'body-already-read': {
    means: 'A body parser ran before the proxy, so the bytes that were signed are gone.',
    remedy: 'Mount the proxy before every body parser, or let the parser keep the bytes as rawBody.',
  },
  'malformed-body': {
    means: 'Not JSON, too deep, a member twice, or a forbidden member name.',
    remedy: 'Correct the body; the elements and the client of this package send one that is right.',
  },
  'invalid-request': {
    means: 'A member is missing, unknown or of the wrong kind.',
    remedy: 'Correct each member that errors names.',
  },
  'forbidden-origin': {
    means: 'The request is not from a page of your own.',
    remedy: 'List the origin in allowedOrigins if it is yours, and check that publicUrl is what the browser shows.',
  },
  forbidden: {
    means: 'Your payout.authorize or payout.reviewDecision said no.',
    remedy: 'Sign in as somebody who may; for a developer: see what the callback is given.',
  },
  'too-many-requests': {
    means: 'The limiter has let through all that it may. Nothing was done.',
    remedy: 'Send it again after Retry-After; limiter.routes sets the limits.',
  },
  'order-not-found': {
    means: 'Your payin.resolveOrder returned null: there is no such order for this shopper, or nothing is due for it.',
    remedy: 'Give the element the reference of an order that your server knows.',
  },
  'order-already-paid': {
    means: 'The order has been paid. Nothing more is due.',
    remedy: 'Show the order as paid.',
  },
  'order-changed': {
    means: "The order's price changed while a payment for the earlier price is open.",
    remedy: 'Use a new reference for the changed order.',
  },
  'payin-not-found': {
    means: 'No payment has this id, or authorizeStatus said that this shopper may not see it.',
    remedy: 'Take the requestId from the answer that opened the payment.',
  },
  'idempotency-key-missing': {
    means: 'A payout came without an Idempotency-Key.',
    remedy: 'Send an Idempotency-Key, one per attempt to pay.',
  },
  'idempotency-key-invalid': {
    means: 'The Idempotency-Key is not 8 to 128 letters, digits, - or _.',
    remedy: 'Use a random UUID.',
  },
  'idempotency-key-reused': {
    means: 'The key was used for another request.',
    remedy: 'Make a new key for a new intention; repeat a key only with the very same body.',
  },
  'invalid-recipient': {
    means: 'The rules do not take an amount, a reference or a recipient. Nothing was sent.',
    remedy: "Correct each field that errors names with the rule's code.",
  },
  'no-route': {
    means: 'No channel in payout.routes takes this payout. Nothing was sent.',
    remedy: 'Add the channel that the platform assigned to you, or choose another currency or method.',
  },
  'duplicate-payout': {
    means: 'The same reference, amount and recipient is under way or paid under another key.',
    remedy:
      'Look at the request that requestId names before anything else; errors names each such payout. A debt of its own needs a reference of its own.',
  },
  'payout-limit-exceeded': {
    means: 'Above what payout.limits allows for one payout or for the day. Nothing was sent.',
    remedy: 'Correct the amounts that errors names; where it names none the day is full, and tomorrow needs a new key.',
  },
  'payout-not-approved': {
    means: 'Your payout.review said no. Nothing was sent, and the key is unused.',
    remedy: 'Send the same request with the same key once it is approved.',
  },
  'payout-not-found': {
    means: 'No payout request has this id.',
    remedy: 'Take the requestId from the answer that took the payout.',
  },
  'payout-state-known': {
    means: 'The payout was to be decided by proxy.payouts.resolve, but its outcome is known. Nothing was changed.',
    remedy: 'Read its status and go by that.',
  },
  'invalid-signature': {
    means: 'The notice is not signed with a configured secret.',
    remedy: 'Check the secret, or somebody tries: the doctor tells which.',
  },
  'invalid-timestamp': {
    means: "The notice's time is malformed or too far off.",
    remedy: "Check this machine's clock; lesspay.toleranceMs is how far it may be off.",
  },
  'wrong-api-version': {
    means: 'The notice is not of API version V2, the one that signs every member.',
    remedy: 'Ask Lesspay to send V2 notices for your account.',
  },
  'unknown-request': {
    means: 'The notice is about a payment that this store does not know.',
    remedy: 'Check that every replica has the same store, and that no other shop has the same notice URL.',
  },
  'notice-mismatch': {
    means: 'The notice disagrees with the recorded ids, amount or currency.',
    remedy: 'Look at the alarm of the same moment; nothing is fulfilled by such a notice.',
  },
  'not-confirmed': {
    means: 'The query API does not say what the notice says, or not yet.',
    remedy: 'Nothing: the upstream sends it again, and reconcile asks.',
  },
  'upstream-refused': {
    means: 'The upstream said no; upstreamCode is its number. Nothing was charged or sent.',
    remedy: 'Correct what errors names, or look the number up; a corrected payout needs a new key.',
  },
  'upstream-unavailable': {
    means: 'The upstream cannot be reached. Nothing was sent.',
    remedy: 'Try again.',
  },
  'outcome-unknown': {
    means: 'The answer was lost, or somebody is at it at this moment.',
    remedy: 'Send the same request again, of a payout with the same key: it asks first and never pays a second time.',
  },
  'shutting-down': {
    means: 'This replica is going away. Nothing was done.',
    remedy: 'Send the same request again.',
  },
  'hook-failed': {
    means: 'Your onPayin or onPayout threw or took too long.',
    remedy: 'See its error in the log. Nothing is lost: the upstream sends the notice again.',
  },
  'merchant-error': {
    means: 'One of your callbacks threw, took too long or gave something unusable.',
    remedy: 'The log names the callback and what is wrong with its answer.',
  },
  'internal-error': {
    means: 'A fault of this package or of the store.',
    remedy: 'The log has it. The same request may be sent again.',
  },
};

/** The page that the `type` of every problem points into, one section per code. */
export function problemsPage(): ProxyAnswer {
  const sections = PROBLEM_CODES.map((code) => {
    const { title, statuses, retryable } = problemKind(code);
    const { means, remedy } = GUIDE[code];
    const facts = [code, statuses.join(' or '), retryable ? 'may be sent again unchanged' : ''].filter(Boolean);
    return (
      `<h2 id="${code}">${escapeHtml(title)}</h2><p><small>${facts.join(' · ')}</small></p>` +
      `<p>${escapeHtml(means)}</p><p>${escapeHtml(remedy)}</p>`
    );
  });
  return htmlPage(200, 'Problem codes', sections.join(''));
}
