import { html, Html } from '../server/html.ts';
import { wordmark } from '../server/wordmark.ts';
import { type Page, titleOf } from './page.ts';

const STYLES = html`<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
  <link rel="stylesheet" href="/assets/theme.css" />
  <link rel="stylesheet" href="/assets/shop.css" />
  <link rel="stylesheet" href="/assets/admin.css" />
  <link rel="stylesheet" href="/assets/apps.css" />`;

/** The bar below each page that says what it is. */
function bar(stack: string, upstream: string): Html {
  return html`<aside class="mode-bar" aria-label="Demo">
    <strong>Sandbox</strong><span class="mode-note">${stack}</span> <a href="${upstream}/console">Cashier controls</a>
  </aside>`;
}

/** What stands around each page that is written as HTML: the styles, the header, the footer and the bar below. */
export function frame(
  stack: string,
  upstream: string,
  pages: Readonly<Record<string, string>>,
): Record<'styles' | 'header' | 'footer', Html> {
  const links = Object.entries(pages).map(([name, path]) => html`<a href="${path}">${name}</a> `);
  return {
    styles: STYLES,
    header: html`<a class="skip" href="#main">Skip to the content</a>
      <header class="site-header">
        <a class="wordmark" href="/" aria-label="Luad, home">${wordmark}</a>
        <nav aria-label="Main">${links}</nav>
      </header>`,
    footer: html`<footer class="site-footer"><p>Luad Stoneware · Escolta, Manila · hello@luad.example</p></footer>
      ${bar(stack, upstream)}`,
  };
}

/** The document around what a framework has rendered, with the page's data for the client that takes over. */
export function documentOf({
  page,
  markup,
  stack,
  upstream,
}: {
  page: Page;
  /** As the framework's renderer has escaped it. */
  markup: string;
  stack: string;
  upstream: string;
}): string {
  // Inside a script element only "<" could end it.
  const data = new Html(JSON.stringify(page).replaceAll('<', '\\u003c'));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${titleOf(page)}</title>
        ${STYLES}
        <script type="application/json" id="page">
          ${data}
        </script>
        <script type="module" src="/assets/client.js"></script>
      </head>
      <body>
        <div id="root">${new Html(markup)}</div>
        ${bar(stack, upstream)}
      </body>
    </html>`.text;
}
