import type {} from 'lesspay-elements/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

const form: SvelteHTMLElements['lesspay-recipient-form'] = {
  class: 'wide',
  currency: 'PHP',
  payout: true,
  'name-check': 'match',
  fields: { holderName: { label: 'Rider' } },
  'onlesspay-change': ({ recipient, issues }) => [recipient?.method, issues.length],
  'on:lesspay-submitted': ({ requestId }) => requestId,
};
const checkout: SvelteHTMLElements['lesspay-checkout'] = { order: 'ORD-1', target: '_blank', disabled: false };
const others: [
  SvelteHTMLElements['lesspay-bank-picker'],
  SvelteHTMLElements['lesspay-payment-status'],
  SvelteHTMLElements['lesspay-payout-status'],
  SvelteHTMLElements['lesspay-payout-batch'],
] = [{ readonly: true }, { requestId: 'a' }, { 'request-id': 'a' }, { currency: 'IDR' }];
// @ts-expect-error -- there is no such tab
checkout.target = '_top';

export { checkout, form, others };
