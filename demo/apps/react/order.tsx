import type {} from 'lesspay-elements/react';
import type { LesspayPaymentStatus, PayinStatus } from 'lesspay-elements';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { OrderView } from '../page.ts';
import { type Go, Link } from './app.tsx';
import { Lines } from './lines.tsx';

/** The page a shopper comes back to. The element reads `?request_id=` and says what is true. */
export function Order({ order, go }: { order: OrderView; go: Go }): ReactElement {
  const status = useRef<LesspayPaymentStatus>(null);
  const [settled, setSettled] = useState<PayinStatus>();

  // Not `onlesspay-settled`: shoppers come here by a page load, and React 19 hydrates a custom element without its listeners.
  useEffect(() => {
    const element = status.current;
    const onSettled = (event: { status: PayinStatus }) => setSettled(event.status);
    element?.addEventListener('lesspay-settled', onSettled);
    return () => element?.removeEventListener('lesspay-settled', onSettled);
  }, []);

  return (
    <main id="main" className="order">
      <p className="eyebrow">{`Order ${order.reference}`}</p>
      <h1>Thank you</h1>
      <section className="panel status" aria-label="Payment">
        <lesspay-payment-status ref={status}>
          <p>You can leave this page: we hold the pots for you and write as soon as the payment is in.</p>
        </lesspay-payment-status>
        <noscript>
          <p>
            {`${order.withoutScript} `}
            <a href={`/order/${order.reference}`}>Look again</a>
          </p>
        </noscript>
        {settled === 'paid' && <p className="next">Your pots are wrapped and wait for you from Thursday.</p>}
        {(settled === 'failed' || settled === 'canceled') && (
          <p className="next">
            Nothing was charged and your order is kept.
            <Link className="button" to={`/checkout/${order.reference}`} go={go}>
              Pay again
            </Link>
          </p>
        )}
      </section>
      <section className="panel" aria-label="What you ordered">
        <Lines lines={order.lines} />
      </section>
      <p>
        <Link to="/" go={go}>
          Back to the shop
        </Link>
      </p>
    </main>
  );
}
