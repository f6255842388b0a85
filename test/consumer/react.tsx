import type {} from 'lesspay-elements/react';
import { useRef, type ReactElement } from 'react';
import type { LesspayRecipientForm, Recipient } from 'lesspay-elements';

export function Payout(props: {
  recipient: Recipient | undefined;
  onRecipient(recipient: Recipient): void;
}): ReactElement {
  const form = useRef<LesspayRecipientForm>(null);
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
        order="ORD-1"
        target="_blank"
        disabled={false}
        onlesspay-redirect={(event) => event.preventDefault()}
      >
        Pay
      </lesspay-checkout>
      <lesspay-payment-status request-id="a" onlesspay-settled={({ status }) => status === 'paid'} />
      <lesspay-payout-status requestId="a" />
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
      {/* @ts-expect-error -- a picker's change has no recipient */}
      <lesspay-bank-picker onlesspay-change={({ recipient }) => recipient} />
    </section>
  );
}
