import { createHash } from 'node:crypto';
import type { ProblemCode } from '../protocol/problem.ts';
import type { ProxyAnswer } from './exchange.ts';

const STYLE =
  'body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#1c1b1a;background:#fff}' +
  'h1{font-size:1.5rem;line-height:1.2}a{color:#0b57d0}small{color:#5c5a57}' +
  '@media(prefers-color-scheme:dark){body{color:#ecebe9;background:#161615}a{color:#a8c7fa}small{color:#a9a6a1}}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

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
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
      '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">' +
      `<title>${heading}</title><style>${STYLE}</style></head><body><main><h1>${heading}</h1><p>${text}</p>` +
      `<p><a href="${escapeAttribute(shopUrl)}">Back to the shop</a></p><p><small>${status} ${code}</small></p></main></body></html>`,
  };
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
