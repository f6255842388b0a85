import type {} from 'lesspay-elements/react-18';
import { useEffect, useRef, type ReactElement } from 'react';
import type { LesspayCheckout } from 'lesspay-elements';

export function Pay(): ReactElement {
  const button = useRef<LesspayCheckout>(null);
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
      <lesspay-recipient-form value='{"method":"ewallet"}' name-check="off" required="" name="payee" />
      <lesspay-payment-status request-id="a" />
      <lesspay-payout-status request-id="a" />
      <lesspay-payout-batch currency="IDR" />
      <lesspay-bank-picker allow-other="" />
      {/* @ts-expect-error -- React 18 would write disabled="false", which is disabled */}
      <lesspay-checkout disabled={false} />
      {/* @ts-expect-error -- there is no such tab */}
      <lesspay-checkout target="_top" />
    </>
  );
}
