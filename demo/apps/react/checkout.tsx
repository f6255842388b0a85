import type {} from 'lesspay-elements/react';
import type { ReactElement } from 'react';
import type { OrderView } from '../page.ts';
import { Lines, Total } from './lines.tsx';

/** An order that is to be paid. The form inside the element pays it too, before and without the script. */
export function Checkout({ order: { reference, lines, total, amount } }: { order: OrderView }): ReactElement {
  return (
    <main id="main" className="order">
      <p className="eyebrow">{`Order ${reference}`}</p>
      <h1>Check out</h1>
      <section className="panel summary" aria-label="Summary">
        <Lines lines={lines} />
        <Total total={total} />
        <lesspay-checkout order={reference} amount={amount} currency="PHP">
          <form method="post" action="/lesspay/payins">
            <input type="hidden" name="order" value={reference} />
            <button className="button wide">{`Pay ${total}`}</button>
          </form>
        </lesspay-checkout>
        <p className="fine soft">You pay on Lesspay’s secure page and come back here. We never see your card.</p>
      </section>
    </main>
  );
}
