import type { ProblemCode } from '../../protocol/problem.ts';
import type { ProxyAnswer } from './exchange.ts';
import { escapeHtml, htmlPage } from './html-page.ts';

/** What a shopper reads, by code; anything else is a fault that is not the shopper's. */
const TEXTS: Partial<Record<ProblemCode, readonly [heading: string, text: string]>> = {
  'order-not-found': [
    'We could not find this order',
    'It may have expired. Go back to the shop and start the payment again.',
  ],
  'order-already-paid': ['This order is already paid', 'Nothing more is due, and you have not been charged again.'],
  'order-changed': [
    'This order has changed',
    'A payment with the earlier amount is still open. Go back to the shop, wait until it has ended, and try again.',
  ],
  'too-many-requests': [
    'Too many tries in a short time',
    'You have not been charged. Wait a minute, go back to the shop and press Pay again.',
  ],
  'outcome-unknown': [
    'The payment page is taking longer than usual',
    'You have not been charged. Wait a moment, go back to the shop and press Pay again: the same payment will go on.',
  ],
  'upstream-unavailable': [
    'The payment service cannot be reached',
    'You have not been charged. Wait a moment, go back to the shop and try again.',
  ],
};
const DEFAULT_TEXT = [
  'The payment could not be started',
  'You have not been charged. Go back to the shop and try again.',
] as const;

/** What a shopper without JavaScript sees when a plain form's payment cannot start. */
export function failurePage(status: number, code: ProblemCode, shopUrl: string): ProxyAnswer {
  const [heading, text] = TEXTS[code] ?? DEFAULT_TEXT;
  return htmlPage(
    status,
    heading,
    `<p>${text}</p><p><a href="${escapeHtml(shopUrl)}">Back to the shop</a></p><p><small>${status} ${code}</small></p>`,
  );
}
