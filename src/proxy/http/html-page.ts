import { createHash } from 'node:crypto';
import type { ProxyAnswer } from './exchange.ts';

const STYLE =
  'body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#1c1b1a;background:#fff}' +
  'h1{font-size:1.5rem;line-height:1.2}h2{font-size:1.125rem;margin:2rem 0 0}p{margin:.5rem 0}a{color:#0b57d0}small{color:#5c5a57}' +
  '@media(prefers-color-scheme:dark){body{color:#ecebe9;background:#161615}a{color:#a8c7fa}small{color:#a9a6a1}}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A page of the proxy's own: no script, no request to anywhere. `main` is HTML, with every foreign text escaped. */
export function htmlPage(status: number, title: string, main: string): ProxyAnswer {
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
      `<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${main}</main></body></html>`,
  };
}

/** Makes text safe between tags and inside double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
