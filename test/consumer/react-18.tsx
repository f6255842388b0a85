import type {} from 'lesspay-elements/react-18';
import { type JSX, type ReactElement, useEffect, useRef } from 'react';
import type { LesspayCheckout, LesspayRecipientForm } from 'lesspay-elements';
import type { Attributes, KnowsAll, Tag } from './elements.js';

type Expected = { [T in Tag]: Attributes<T> & { class?: string | undefined } };
export const isComplete: KnowsAll<JSX.IntrinsicElements, Expected> = true;

export function Pay(): ReactElement {
  const button = useRef<LesspayCheckout>(null);
  const form = useRef<LesspayRecipientForm>(null);
  useEffect(() => {
    const element = button.current;
    const onFailed = ({ retryable }: { retryable: boolean }): void => {
      if (element) element.disabled = !retryable;
    };
    element?.addEventListener('lesspay-error', onFailed);
    return () => element?.removeEventListener('lesspay-error', onFailed);
  }, []);
  return (
    <>
      <lesspay-checkout ref={button} class="wide" order="ORD-1" target="_blank" disabled="" />
      <lesspay-recipient-form ref={form} value='{"method":"ewallet"}' name-check="off" required="" name="payee" />
      <lesspay-payment-status request-id="a" />
      <lesspay-payout-status request-id="a" />
      <lesspay-payout-batch currency="IDR" />
      <lesspay-bank-picker allow-other="" />
      {/* @ts-expect-error -- React 18 would write disabled="false", which is disabled */}
      <lesspay-checkout disabled={false} />
      {/* @ts-expect-error -- there is no such tab */}
      <lesspay-checkout target="_top" />
      {/* @ts-expect-error -- another element's reference */}
      <lesspay-checkout ref={form} />
      {/* @ts-expect-error -- an id is text */}
      <lesspay-payment-status request-id={1} />
      {/* @ts-expect-error -- an id is text */}
      <lesspay-payout-status request-id={1} />
      {/* @ts-expect-error -- columns are an object, which no attribute holds */}
      <lesspay-payout-batch columns={{ amount: 'Total' }} />
      {/* @ts-expect-error -- React 18 would write allow-other="true", which the next reader takes for a value */}
      <lesspay-bank-picker allow-other={true} />
      {/* @ts-expect-error -- there is no such policy */}
      <lesspay-recipient-form name-check="sometimes" />
    </>
  );
}
