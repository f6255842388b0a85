import type {} from 'lesspay-elements/react';
import { type JSX, type ReactElement, useRef } from 'react';
import type { LesspayCheckout, LesspayRecipientForm, Recipient } from 'lesspay-elements';
import type { EventsOf, KnowsAll, Settable, Tag } from './elements.js';

type Expected = {
  [T in Tag]: Settable<T> & { class?: string | undefined } & {
    [Name in keyof EventsOf<T> & string as `on${Name}`]?: ((event: EventsOf<T>[Name]) => void) | undefined;
  };
};
export const isComplete: KnowsAll<JSX.IntrinsicElements, Expected> = true;

export function Payout(props: {
  recipient: Recipient | undefined;
  onRecipient(recipient: Recipient): void;
}): ReactElement {
  const form = useRef<LesspayRecipientForm>(null);
  const button = useRef<LesspayCheckout>(null);
  return (
    <section>
      <lesspay-recipient-form
        ref={form}
        key="form"
        className="wide"
        proxy="/lesspay"
        currency="PHP"
        payout
        name-check="match"
        fields={{ holderName: { label: 'Rider' } }}
        value={props.recipient}
        onlesspay-change={({ recipient, issues }) => {
          if (recipient) props.onRecipient(recipient);
          else form.current?.reportValidity();
          document.title = String(issues.length);
        }}
        onlesspay-submitted={(event) => document.title === event.requestId}
      />
      <lesspay-checkout
        ref={button}
        order="ORD-1"
        target="_blank"
        disabled={false}
        onlesspay-redirect={(event) => event.checkoutUrl === '' && event.preventDefault()}
        onlesspay-error={({ retryable }) => retryable}
      >
        Pay
      </lesspay-checkout>
      <lesspay-payment-status request-id="a" onlesspay-settled={({ status }) => status === 'paid'} />
      <lesspay-payout-status requestId="a" onlesspay-payout-settled={({ details }) => details.length} />
      <lesspay-payout-batch currency="IDR" onlesspay-batch-submitted={({ requestIds }) => requestIds.length} />
      <lesspay-bank-picker readonly allow-other onlesspay-change={({ bank }) => bank?.name} />
      {/* @ts-expect-error -- there is no such tab */}
      <lesspay-checkout target="_top" />
      {/* @ts-expect-error -- an order is text */}
      <lesspay-checkout order={1} />
      {/* @ts-expect-error -- a status is read only */}
      <lesspay-checkout status="failed" />
      {/* @ts-expect-error -- a checkout has no currencies */}
      <lesspay-checkout currencies="PHP" />
      {/* @ts-expect-error -- another element's reference */}
      <lesspay-checkout ref={form} />
      {/* @ts-expect-error -- a redirect has a URL, and no status */}
      <lesspay-checkout onlesspay-redirect={({ status }) => status} />
      {/* @ts-expect-error -- an id is text */}
      <lesspay-payment-status request-id={1} />
      {/* @ts-expect-error -- a payment has an amount, and no details */}
      <lesspay-payment-status onlesspay-settled={({ details }) => details} />
      {/* @ts-expect-error -- a payout's own event */}
      <lesspay-payout-status onlesspay-settled={({ status }) => status} />
      {/* @ts-expect-error -- columns are an object */}
      <lesspay-payout-batch columns="name,amount" />
      {/* @ts-expect-error -- a batch has many ids */}
      <lesspay-payout-batch onlesspay-batch-submitted={({ requestId }) => requestId} />
      {/* @ts-expect-error -- either one may type another bank, or not */}
      <lesspay-bank-picker allow-other="no" />
      {/* @ts-expect-error -- a picker's change has no recipient */}
      <lesspay-bank-picker onlesspay-change={({ recipient }) => recipient} />
      {/* @ts-expect-error -- there is no such policy */}
      <lesspay-recipient-form name-check="sometimes" />
      {/* @ts-expect-error -- a form's change has no bank */}
      <lesspay-recipient-form onlesspay-change={({ bank }) => bank} />
    </section>
  );
}
