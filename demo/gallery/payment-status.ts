import type { LesspayPaymentStatus, PayinStatus } from 'lesspay-elements';
import { onceThen, refusal, reply, silence } from './proxy.ts';
import { press, until, type Exhibit, type PaymentStatus } from './specimen.ts';

const PAYMENT = { 'request-id': 'pi_7Qm2kd94xt0cwz8n5hbr', order: 'ORD-2041' };

/** What the merchant says while the payment is open. */
function waiting(): Node {
  const line = document.createElement('p');
  line.textContent = 'You can leave this page; we will write as soon as the payment is in.';
  return line;
}

/** What the merchant offers after a failure. */
function wayOn(): Node {
  const line = document.createElement('p');
  line.slot = 'failed';
  const link = document.createElement('a');
  link.href = '/';
  link.textContent = 'Back to your cart';
  line.append(link);
  return line;
}

const says = (status: PayinStatus, final: boolean) => () =>
  reply({ requestId: PAYMENT['request-id'], status, final, amount: '1250.00', currency: 'PHP' });

const ended = (status: PayinStatus, title: string, about: string): PaymentStatus => ({
  state: status,
  title,
  about,
  attributes: PAYMENT,
  answer: says(status, true),
});

async function askAgain(element: LesspayPaymentStatus): Promise<void> {
  await until(() => element.matches(':state(pending)') && !element.matches(':state(asking)'));
  await press(element, '[part=check-now]');
}

const specimens: readonly PaymentStatus[] = [
  {
    state: 'checking',
    title: 'Checking',
    about: 'Before the first answer.',
    attributes: PAYMENT,
    answer: silence,
    content: waiting,
  },
  {
    state: 'pending',
    title: 'Pending',
    about: 'The shopper is back before the payment is.',
    attributes: PAYMENT,
    answer: says('pending', false),
    content: waiting,
  },
  {
    state: 'unknown',
    title: 'Not known',
    about: 'The platform does not say yet. Never called failed.',
    attributes: PAYMENT,
    answer: says('unknown', false),
    content: waiting,
  },
  {
    state: 'nothing-new',
    title: 'Nothing new',
    about: 'Asked by hand, and the answer is the same.',
    attributes: PAYMENT,
    answer: says('pending', false),
    content: waiting,
    act: askAgain,
  },
  {
    state: 'asking',
    title: 'Asking',
    about: 'Asked by hand, before the answer.',
    attributes: PAYMENT,
    answer: onceThen(says('pending', false), silence),
    content: waiting,
    act: askAgain,
  },
  {
    state: 'offline',
    title: 'Offline',
    about: 'Asking goes on with the network.',
    attributes: PAYMENT,
    offline: true,
    answer: says('pending', false),
    content: waiting,
  },
  ended('paid', 'Paid', 'Nothing is left to do.'),
  ended('failed', 'Failed', 'Another try from the shop may do.'),
  {
    ...ended('failed', 'Failed, with a way on', 'The shop says what to do next, in the slot of this status.'),
    state: 'failed-slot',
    content: wayOn,
  },
  ended('canceled', 'Canceled', 'Stopped on the hosted checkout.'),
  ended('refunded', 'Refunded', 'The money is on its way back.'),
  ended('closed', 'Closed', 'The time to pay is over.'),
  ended('amount-differs', 'Amount differs', 'Another amount came in than the order’s.'),
  {
    state: 'not-found',
    title: 'Not found',
    about: 'There is no such payment for this shopper.',
    attributes: PAYMENT,
    answer: () => refusal('payin-not-found', 404),
  },
  { state: 'no-id', title: 'No payment', about: 'The address names none.' },
];

/** `<lesspay-payment-status>` in its states. */
export const paymentStatus: Exhibit<LesspayPaymentStatus> = {
  tag: 'lesspay-payment-status',
  title: 'Payment status',
  about: 'Follows a payment after the shopper’s return.',
  define: () => import('lesspay-elements/define/lesspay-payment-status'),
  specimens,
};
