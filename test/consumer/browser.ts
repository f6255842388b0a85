import 'lesspay-elements/define';
import 'lesspay-elements/define/lesspay-checkout';
import {
  createPayin,
  LesspayCheckout,
  type LesspayErrorEvent,
  type LesspayRedirectEvent,
  ProxyError,
  type Recipient,
  registerLocale,
} from 'lesspay-elements';
import { en } from 'lesspay-elements/locales/en';
import { checkIban, type IssueCode, parseRecipient } from 'lesspay-elements/rules';

const button: LesspayCheckout = document.createElement('lesspay-checkout');
button.order = 'ORD-1';
button.addEventListener('lesspay-redirect', (event: LesspayRedirectEvent) => {
  const url: string = event.checkoutUrl;
  if (url === '') event.preventDefault();
});
button.addEventListener('lesspay-error', (event: LesspayErrorEvent) => {
  const { retryable }: { retryable: boolean } = event;
  button.disabled = !retryable;
});

const issue: IssueCode | undefined = checkIban('GB29NWBK60161331926819');
const read = parseRecipient({ method: 'bank' });
const recipient: Recipient | undefined = read.ok ? read.recipient : undefined;
registerLocale('en-PH', { checkout: { pay: 'Pay now' } });

try {
  await createPayin({ proxy: '/lesspay' }, { order: 'ORD-1' });
} catch (error) {
  if (error instanceof ProxyError && error.outcome === 'unknown') document.title = en.checkout.pay;
}

// @ts-expect-error -- an order is text
button.order = 1;

export { issue, recipient };
