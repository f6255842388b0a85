import { html } from '../../../server/html.ts';
import { pageOf } from './layout.ts';

/** Says that there is no such order, or none of this shopper's. */
export function missing(cookies: readonly string[]): Response {
  const main = html`<main id="main" class="order">
    <h1>We cannot find that order</h1>
    <p>Orders are shown only in the browser that placed them.</p>
    <p><a class="button" href="/">Back to the shop</a></p>
  </main>`;
  return pageOf({ title: 'Not found · Luad', main, status: 404 }, cookies);
}
