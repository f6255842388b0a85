import { cutOff, refusal, reply, silence } from './proxy.ts';
import type { Checkout, Exhibit } from './specimen.ts';
import type { LesspayCheckout } from 'lesspay-elements';

const ORDER = { order: 'ORD-2041', amount: '1250.00', currency: 'PHP' };

const start = async (element: LesspayCheckout) => {
  await element.updateComplete;
  element.click();
};

/** The form that a shopper without JavaScript sends. */
function orderForm(): Node {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/lesspay/payins';
  const order = document.createElement('input');
  order.type = 'hidden';
  order.name = 'order';
  order.value = ORDER.order;
  const submit = document.createElement('button');
  submit.append('Pay for the table');
  form.append(order, submit);
  return form;
}

const specimens: readonly Checkout[] = [
  { state: 'idle', title: 'Idle', about: 'With the amount in its label.', attributes: ORDER },
  {
    state: 'without-amount',
    title: 'Without an amount',
    about: 'Where the page says the price itself.',
    attributes: { order: 'ORD-2041' },
  },
  {
    state: 'own-label',
    title: 'Own label',
    about: 'Words of the page in the slot.',
    attributes: ORDER,
    content: () => document.createTextNode('Reserve the table'),
  },
  {
    state: 'new-tab',
    title: 'New tab',
    about: 'It says so to who cannot see where a click leads.',
    attributes: { ...ORDER, target: '_blank' },
  },
  {
    state: 'form',
    title: 'Form inside',
    about: 'What works before the script has loaded; its button gives the words.',
    attributes: { amount: ORDER.amount, currency: ORDER.currency },
    content: orderForm,
  },
  {
    state: 'sending',
    title: 'Sending',
    about: 'The order is being opened; the button keeps its width.',
    attributes: ORDER,
    answer: silence,
    act: start,
  },
  {
    state: 'redirecting',
    title: 'Redirecting',
    about: 'The page is being left. After ten seconds it is taken to have stayed.',
    attributes: ORDER,
    answer: () =>
      reply(
        // Answers "no content", with which a page stays where it is.
        { requestId: 'pi_7Qm2kd94xt0cwz8n5hbr', status: 'pending', checkoutUrl: `${location.origin}/gallery/stay` },
        201,
      ),
    act: start,
  },
  {
    state: 'failed',
    title: 'Failed',
    about: 'Nothing was charged, and another try may do.',
    attributes: ORDER,
    answer: cutOff,
    act: start,
  },
  {
    state: 'unreachable',
    title: 'Out of reach',
    about: 'The platform does not answer the shop.',
    attributes: ORDER,
    answer: () => refusal('upstream-unavailable', 503),
    act: start,
  },
  {
    state: 'failed-for-good',
    title: 'Failed for good',
    about: 'Another try would end the same way, so none is offered.',
    attributes: ORDER,
    answer: () => refusal('order-already-paid', 409),
    act: start,
  },
  {
    state: 'disabled',
    title: 'Disabled',
    about: 'The page has something to settle first.',
    attributes: { ...ORDER, disabled: '' },
  },
];

/** `<lesspay-checkout>` in its states. */
export const checkout: Exhibit<LesspayCheckout> = {
  tag: 'lesspay-checkout',
  title: 'Checkout',
  about: 'A button that opens the hosted checkout.',
  define: () => import('lesspay-elements/define/lesspay-checkout'),
  specimens,
};
