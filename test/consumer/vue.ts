import type {} from 'lesspay-elements/vue';
import type { LesspayCheckout, LesspayRedirectEvent } from 'lesspay-elements';
import type { GlobalComponents } from 'vue';
import type { EventsOf, KnowsAll, Settable, Tag } from './elements.js';

type PropsOf<T extends keyof GlobalComponents> = InstanceType<GlobalComponents[T]>['$props'];

type Expected = {
  [T in Tag]: Settable<T> & {
    [Name in keyof EventsOf<T> & string as `on${Capitalize<Name>}`]?: ((event: EventsOf<T>[Name]) => void) | undefined;
  };
};
const isComplete: KnowsAll<{ [T in keyof GlobalComponents & Tag]: PropsOf<T> }, Expected> = true;

const form: PropsOf<'lesspay-recipient-form'> = {
  key: 'form',
  class: 'wide',
  title: 'The payee',
  currency: 'PHP',
  payout: true,
  'name-check': 'match',
  fields: { holderName: { label: 'Rider' } },
  'onLesspay-change': ({ recipient, issues }) => [recipient?.method, issues.length],
  'onLesspay-submitted': ({ requestId }) => requestId,
};
const picker: PropsOf<'lesspay-bank-picker'> = {
  readOnly: true,
  'allow-other': true,
  'onLesspay-change': ({ bank }) => bank?.name,
};
const checkout: PropsOf<'lesspay-checkout'> = {
  order: 'ORD-1',
  target: '_blank',
  'onLesspay-redirect': (event) => event.checkoutUrl === '' && event.preventDefault(),
};
const payment: PropsOf<'lesspay-payment-status'> = {
  requestId: 'a',
  'onLesspay-settled': ({ status }) => status === 'paid',
};
const payout: PropsOf<'lesspay-payout-status'> = {
  'request-id': 'a',
  'onLesspay-payout-settled': ({ details }) => details.length,
};
const batch: PropsOf<'lesspay-payout-batch'> = {
  currency: 'IDR',
  'onLesspay-batch-submitted': ({ requestIds }) => requestIds.length,
};
// @ts-expect-error -- there is no such tab
checkout.target = '_top';
// @ts-expect-error -- a redirect has a URL, and no status
checkout['onLesspay-redirect'] = ({ status }) => status;
// @ts-expect-error -- an id is text
payment.requestId = 1;
// @ts-expect-error -- a payment has an amount, and no details
payment['onLesspay-settled'] = ({ details }) => details;
// @ts-expect-error -- a payout's own event
payout['onLesspay-settled'] = ({ status }) => status;
// @ts-expect-error -- columns are an object
batch.columns = 'name,amount';
// @ts-expect-error -- a batch has many ids
batch['onLesspay-batch-submitted'] = ({ requestId }) => requestId;
// @ts-expect-error -- either one may type another bank, or not
picker['allow-other'] = 'no';
// @ts-expect-error -- a picker's change has no recipient
picker['onLesspay-change'] = ({ recipient }) => recipient;
// @ts-expect-error -- there is no such policy
form['name-check'] = 'sometimes';
// @ts-expect-error -- a form's change has no bank
form['onLesspay-change'] = ({ bank }) => bank;

/** What a template's reference holds, and what its listener hears. */
function follow(
  button: InstanceType<GlobalComponents['lesspay-checkout']>,
  event: LesspayRedirectEvent,
): LesspayCheckout {
  button.$emit('lesspay-redirect', event);
  // @ts-expect-error -- any event has no URL
  button.$emit('lesspay-redirect', new Event('lesspay-redirect'));
  // @ts-expect-error -- a payment's event
  button.$emit('lesspay-settled', event);
  return button;
}

export { batch, checkout, follow, form, isComplete, payment, payout, picker };
