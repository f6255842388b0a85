import { createHash } from 'node:crypto';
import { html, type Html } from './html.ts';
import { STYLESHEET } from './stylesheet.ts';

/** Path of the stylesheet under the sandbox's base; named for its content, so that it can be cached for good. */
export const STYLESHEET_PATH = `/assets/${createHash('sha256').update(STYLESHEET).digest('hex').slice(0, 16)}.css`;

/** What a page needs besides its content. */
export interface PageOptions {
  title: string;
  /** Path prefix of the sandbox (`/sandbox` or empty). */
  prefix: string;
  main: Html;
  /** Class of the body: which page it is. */
  kind: 'cashier' | 'console';
  status?: number;
  /** Origins outside the sandbox to which a form of this page may lead. Chromium applies form-action to the redirect that answers a form, too. */
  formTargets?: readonly string[];
}

/** A page of the sandbox, under a policy that allows its own stylesheet and its own forms and nothing else. */
export function page({ title, prefix, main, kind, status = 200, formTargets = [] }: PageOptions): Response {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="${prefix}${STYLESHEET_PATH}" />
      </head>
      <body class="${kind}">
        ${main}
      </body>
    </html> `;
  return new Response(document.text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        "style-src 'self'",
        `form-action ${["'self'", ...new Set(formTargets)].join(' ')}`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      // Not no-referrer: under it browsers send `Origin: null` with forms, and the same-origin check could not tell.
      'referrer-policy': 'same-origin',
    },
  });
}

/** The stylesheet's own answer. */
export function stylesheet(): Response {
  return new Response(STYLESHEET, {
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** A 303, as browsers need it after a form. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}

/**
 * Whether a form post comes from the sandbox's own pages: by Sec-Fetch-Site, else by exact Origin. A request with neither header
 * does not come from a current browser; `undefined` leaves the decision to the caller.
 */
export function isSameOrigin(request: Request, origin: string): boolean | undefined {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const from = request.headers.get('origin');
  return from === null ? undefined : from === origin;
}
