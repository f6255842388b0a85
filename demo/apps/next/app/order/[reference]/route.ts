import { html } from '../../../../../server/html.ts';
import { orderValues } from '../../../../../server/pages.ts';
import { pageOf, visitorOf } from '../../layout.ts';
import { merchant } from '../../merchant.ts';
import { missing } from '../../missing.ts';

/** The page a shopper comes back to. */
export async function GET(request: Request, { params }: { params: Promise<{ reference: string }> }): Promise<Response> {
  const { reference } = await params;
  const { session, cookies } = visitorOf(request);
  const order = merchant.orders.find(reference, session);
  if (!order) return missing(cookies);
  const { orderLines = '', total = '', withoutScript = '' } = orderValues(order);
  const main = html`<main id="main" class="order">
    <p class="eyebrow">Order ${reference}</p>
    <h1>Thank you</h1>
    <section class="panel status" aria-label="Payment">
      <lesspay-payment-status>
        <p>You can leave this page: we hold the pots for you and write as soon as the payment is in.</p>
      </lesspay-payment-status>
      <noscript>
        <p>${withoutScript} <a href="">Look again</a></p>
      </noscript>
    </section>
    <section class="panel" aria-label="What you ordered">
      <ul class="lines">
        ${orderLines}
      </ul>
      <dl class="sums">
        <div class="total">
          <dt>Total</dt>
          <dd>${total}</dd>
        </div>
      </dl>
    </section>
    <p><a href="/">Back to the shop</a></p>
  </main>`;
  return pageOf({ title: `Order ${reference} · Luad`, main }, cookies);
}
