import type {} from 'lesspay-elements/svelte';
import type { LesspayCheckout } from 'lesspay-elements';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { EventsOf, KnowsAll, Settable, Tag } from './elements.js';

type Expected = {
  [T in Tag]: Settable<T> & {
    [Name in keyof EventsOf<T> & string as `on${Name}` | `on:${Name}`]?:
      ((event: EventsOf<T>[Name]) => void) | undefined;
  };
};
// Svelte takes any name for a tag: one that is missing shows only here.
const isComplete: KnowsAll<SvelteHTMLElements, Expected> = true;

const form: SvelteHTMLElements['lesspay-recipient-form'] = {
  class: 'wide',
  currency: 'PHP',
  payout: true,
  'name-check': 'match',
  fields: { holderName: { label: 'Rider' } },
  'onlesspay-change': ({ recipient, issues }) => [recipient?.method, issues.length],
  'on:lesspay-submitted': ({ requestId }) => requestId,
};
const checkout: SvelteHTMLElements['lesspay-checkout'] = {
  order: 'ORD-1',
  target: '_blank',
  disabled: false,
  'onlesspay-redirect': (event) => event.checkoutUrl === '' && event.preventDefault(),
  onclick: ({ currentTarget }): LesspayCheckout => currentTarget,
};
const picker: SvelteHTMLElements['lesspay-bank-picker'] = {
  readonly: true,
  'onlesspay-change': ({ bank }) => bank?.name,
};
const payment: SvelteHTMLElements['lesspay-payment-status'] = {
  requestId: 'a',
  'onlesspay-settled': ({ status }) => status === 'paid',
};
const payout: SvelteHTMLElements['lesspay-payout-status'] = {
  'request-id': 'a',
  'onlesspay-payout-settled': ({ details }) => details.length,
};
const batch: SvelteHTMLElements['lesspay-payout-batch'] = {
  currency: 'IDR',
  'on:lesspay-batch-submitted': ({ requestIds }) => requestIds.length,
};
// @ts-expect-error -- there is no such tab
checkout.target = '_top';
// @ts-expect-error -- a redirect has a URL, and no status
checkout['onlesspay-redirect'] = ({ status }) => status;
// @ts-expect-error -- an id is text
payment.requestId = 1;
// @ts-expect-error -- a payment has an amount, and no details
payment['onlesspay-settled'] = ({ details }) => details;
// @ts-expect-error -- a payout's own event
payout['onlesspay-settled'] = ({ status }) => status;
// @ts-expect-error -- columns are an object
batch.columns = 'name,amount';
// @ts-expect-error -- a batch has many ids
batch['on:lesspay-batch-submitted'] = ({ requestId }) => requestId;
// @ts-expect-error -- either one may type another bank, or not
picker['allow-other'] = 'no';
// @ts-expect-error -- a picker's change has no recipient
picker['onlesspay-change'] = ({ recipient }) => recipient;
// @ts-expect-error -- there is no such policy
form['name-check'] = 'sometimes';
// @ts-expect-error -- a form's change has no bank
form['onlesspay-change'] = ({ bank }) => bank;

export { batch, checkout, form, isComplete, payment, payout, picker };
