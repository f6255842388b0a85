import type {} from 'lesspay-elements/vue';
import type { GlobalComponents } from 'vue';

type PropsOf<Tag extends keyof GlobalComponents> = InstanceType<GlobalComponents[Tag]>['$props'];

const form: PropsOf<'lesspay-recipient-form'> = {
  class: 'wide',
  currency: 'PHP',
  payout: true,
  'name-check': 'match',
  fields: { holderName: { label: 'Rider' } },
  'onLesspay-change': ({ recipient, issues }) => [recipient?.method, issues.length],
};
const picker: PropsOf<'lesspay-bank-picker'> = {
  readOnly: true,
  'onLesspay-change': ({ bank }) => bank?.name,
};
const others: [
  PropsOf<'lesspay-checkout'>,
  PropsOf<'lesspay-payment-status'>,
  PropsOf<'lesspay-payout-status'>,
  PropsOf<'lesspay-payout-batch'>,
] = [{ order: 'ORD-1', target: '_blank' }, { requestId: 'a' }, { 'request-id': 'a' }, { currency: 'IDR' }];
// @ts-expect-error -- there is no such tab
others[0].target = '_top';
// @ts-expect-error -- a picker's change has no recipient
picker['onLesspay-change'] = ({ recipient }) => recipient;

export { form, others, picker };
