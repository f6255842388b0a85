import { contentSecurityPolicy } from '../../app.ts';
import { frame } from '../../frame.ts';
import { html, type Html } from '../../../server/html.ts';
import { merchant } from './merchant.ts';

const { LESSPAY_BASE_URL = '' } = process.env;
const { styles, header, footer } = frame('Route handlers, as in Next', LESSPAY_BASE_URL, { Shop: '/' });
const policy = contentSecurityPolicy(LESSPAY_BASE_URL);

/** The shopper's session; what a first visit needs is in `cookies`. */
export function visitorOf(request: Request): { session: string; cookies: string[] } {
  return merchant.visitor(request.headers.get('cookie'), new URL(request.url).pathname);
}

/** Answers with a redirect, as a form that was posted wants it. */
export function redirectTo(path: string, cookies: readonly string[]): Response {
  return withCookies(new Response(null, { status: 303, headers: { location: path } }), cookies);
}

/** Answers with a page in the layout of all pages. */
export function pageOf(
  { title, main, status = 200 }: { title: string; main: Html; status?: number },
  cookies: readonly string[],
): Response {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${styles}
        <script type="module" src="/assets/client.js"></script>
      </head>
      <body>
        ${header} ${main} ${footer}
      </body>
    </html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-cache',
  };
  return withCookies(new Response(page.text, { status, headers }), cookies);
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}
