import 'lesspay-elements/define';
import 'lesspay-elements/define/lesspay-checkout';
import {
  createPayin,
  type LesspayBankPickerEventMap,
  LesspayCheckout,
  type LesspayCheckoutEventMap,
  type LesspayErrorEvent,
  type LesspayPaymentStatusEventMap,
  type LesspayPayoutBatchEventMap,
  type LesspayPayoutStatusEventMap,
  type LesspayRecipientFormEventMap,
  type LesspayRedirectEvent,
  ProxyError,
  type Recipient,
  registerLocale,
} from 'lesspay-elements';
import { en } from 'lesspay-elements/locales/en';
import { checkIban, type IssueCode, parseRecipient } from 'lesspay-elements/rules';
import type { EventsOf, KnowsAll, Tag } from './elements.js';

interface EventMaps {
  'lesspay-bank-picker': LesspayBankPickerEventMap;
  'lesspay-checkout': LesspayCheckoutEventMap;
  'lesspay-payment-status': LesspayPaymentStatusEventMap;
  'lesspay-payout-batch': LesspayPayoutBatchEventMap;
  'lesspay-payout-status': LesspayPayoutStatusEventMap;
  'lesspay-recipient-form': LesspayRecipientFormEventMap;
}
type Declared = Extract<keyof HTMLElementTagNameMap, `lesspay-${string}`>;
// What is not listed would not be looked for in the frameworks' types.
const areListed: Declared extends Tag ? true : Exclude<Declared, Tag> = true;
const saysAll: KnowsAll<EventMaps, { [T in Tag]: EventsOf<T> }> = true;

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

const picker = document.createElement('lesspay-bank-picker');
picker.addEventListener('lesspay-change', function (event) {
  // `this` and the event are this element's; a form's event of the same name tells something else.
  const chosen: string = event.bank?.name ?? this.text;
  document.title = chosen;
});
picker.addEventListener('focus', (event: FocusEvent) => event.preventDefault());
const form = document.querySelector('lesspay-recipient-form');
form?.addEventListener('lesspay-change', ({ issues, recipient: payee }) => {
  document.title = payee?.holderName ?? String(issues[0]?.code);
});
const onSubmitted = ({ requestId }: LesspayRecipientFormEventMap['lesspay-submitted']): void => {
  document.title = requestId;
};
form?.addEventListener('lesspay-submitted', onSubmitted, { once: true });
form?.removeEventListener('lesspay-submitted', onSubmitted);
// @ts-expect-error -- a form's change has no bank
form?.addEventListener('lesspay-change', ({ bank }) => bank);
document.querySelector('lesspay-payout-batch')?.addEventListener('lesspay-batch-submitted', ({ requestIds }) => {
  document.title = requestIds.join();
});
document.querySelector('lesspay-payment-status')?.addEventListener('lesspay-settled', ({ status }) => {
  document.title = status;
});

// @ts-expect-error -- an order is text
button.order = 1;

export { areListed, issue, recipient, saysAll };
