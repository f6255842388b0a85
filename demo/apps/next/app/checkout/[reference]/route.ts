import { html } from '../../../../../server/html.ts';
import { orderValues } from '../../../../../server/pages.ts';
import { decimal } from '../../../../../server/catalogue.ts';
import { pageOf, visitorOf } from '../../layout.ts';
import { merchant } from '../../merchant.ts';
import { missing } from '../../missing.ts';

/** An order that is to be paid. The form inside the element pays it too, before and without the script. */
export async function GET(request: Request, { params }: { params: Promise<{ reference: string }> }): Promise<Response> {
  const { reference } = await params;
  const { session, cookies } = visitorOf(request);
  const order = merchant.orders.find(reference, session);
  if (!order) return missing(cookies);
  const { orderLines = '', total = '' } = orderValues(order);
  const main = html`<main id="main" class="order">
    <p class="eyebrow">Order ${reference}</p>
    <h1>Check out</h1>
    <section class="panel summary" aria-label="Summary">
      <ul class="lines">
        ${orderLines}
      </ul>
      <dl class="sums">
        <div class="total">
          <dt>Total</dt>
          <dd>${total}</dd>
        </div>
      </dl>
      <lesspay-checkout order="${reference}" amount="${decimal(order.totalCents)}" currency="PHP">
        <form method="post" action="/lesspay/payins">
          <input type="hidden" name="order" value="${reference}" />
          <button class="button wide">Pay ${total}</button>
        </form>
      </lesspay-checkout>
      <p class="fine soft">You pay on Lesspay’s secure page and come back here. We never see your card.</p>
    </section>
  </main>`;
  return pageOf({ title: `Check out ${reference} · Luad`, main }, cookies);
}
