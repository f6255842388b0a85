import type { LesspayPayoutStatus, PayoutFailure, PayoutStatus as Status } from 'lesspay-elements';
import { cutOff, onceThen, refusal, reply, silence, type Answer } from './proxy.ts';
import { press, until, type Exhibit, type PayoutStatus } from './specimen.ts';

const REQUEST = { 'request-id': 'po_q7m2kd94xt0cwz8n5hbr' };

type Row = readonly [reference: string, amount: string, status: Status, failure?: PayoutFailure | undefined];

const batch = (status: Status, final: boolean, total: string, rows: readonly Row[]): Answer => {
  const details = rows.map(([reference, amount, own, failure]) => ({ reference, amount, status: own, failure }));
  return () => reply({ requestId: REQUEST['request-id'], status, final, total, currency: 'PHP', details });
};

const one = (status: Status, final: boolean, failure?: PayoutFailure): Answer =>
  batch(status, final, '1250.00', [['INV-2041', '1250.00', status, failure]]);

const shown = (status: Status, title: string, about: string, answer: Answer): PayoutStatus => ({
  state: status,
  title,
  about,
  attributes: REQUEST,
  answer,
});

const RIDERS = [
  ['RIDER-0801', '1180.00'],
  ['RIDER-0802', '940.50'],
  ['RIDER-0803', '1325.00'],
  ['RIDER-0804', '760.00'],
  ['RIDER-0805', '2010.00'],
] as const;
const TOTAL = '6215.50';
const all = (status: Status): Row[] => RIDERS.map(([reference, amount]) => [reference, amount, status]);

const PARTLY = batch('partly-succeeded', true, TOTAL, [
  ...all('succeeded').slice(0, 2),
  ['RIDER-0803', '1325.00', 'failed', 'name-mismatch'],
  ['RIDER-0804', '760.00', 'succeeded'],
  ['RIDER-0805', '2010.00', 'refunded', 'refunded'],
]);
const MANY = Array.from({ length: 120 }, (_, index): Row => [`RIDER-${1001 + index}`, '1250.00', 'succeeded']);

/** What the page says while the payout is open. */
function waiting(): Node {
  const line = document.createElement('p');
  line.textContent = 'You can leave this page; the list of payouts has this one, too.';
  return line;
}

const specimens: readonly PayoutStatus[] = [
  { state: 'checking', title: 'Checking', about: 'Before the first answer.', attributes: REQUEST, answer: silence },
  shown('review', 'In review', 'The platform looks at payouts by hand.', batch('review', false, TOTAL, all('review'))),
  shown(
    'processing',
    'Processing',
    'Some have arrived, some are on their way.',
    batch('processing', false, TOTAL, [
      ...all('succeeded').slice(0, 2),
      ...all('processing').slice(2, 4),
      ['RIDER-0805', '2010.00', 'failed', 'account-invalid'],
    ]),
  ),
  shown('succeeded', 'Succeeded', 'All of it has arrived.', batch('succeeded', true, TOTAL, all('succeeded'))),
  shown('partly-succeeded', 'Partly succeeded', 'What failed says why, and what to do.', PARTLY),
  {
    ...shown('partly-succeeded', 'Failed only', 'The operator looks at what failed.', PARTLY),
    state: 'failed-only',
    act: (element) => press(element, 'input[type=checkbox]'),
  },
  {
    ...shown(
      'succeeded',
      'Many',
      'Fifty at a time; whoever asks for more goes on reading there.',
      batch('succeeded', true, '150000.00', MANY),
    ),
    state: 'many',
  },
  shown('failed', 'Failed', 'One payout that did not arrive.', one('failed', true, 'bank-unavailable')),
  shown('canceled', 'Canceled', 'No money has moved.', one('canceled', true, 'canceled')),
  shown('refunded', 'Refunded', 'The money came back.', one('refunded', true, 'refunded')),
  shown('closed', 'Closed', 'Closed before it was paid.', one('closed', true, 'closed')),
  shown('unknown', 'Not known', 'It may have been taken. Never called failed.', one('unknown', false)),
  {
    ...shown('review', 'Words of the page', 'Shown while waiting.', one('review', false)),
    state: 'waiting',
    content: waiting,
  },
  {
    ...shown('review', 'Nothing new', 'Asked by hand, and the answer is the same.', one('review', false)),
    state: 'nothing-new',
    act: askAgain,
  },
  {
    ...shown('review', 'Asking', 'Asked by hand, before the answer.', onceThen(one('review', false), silence)),
    state: 'asking',
    act: askAgain,
  },
  {
    state: 'lost',
    title: 'Answer lost',
    about: 'The last answer did not come; what was known stays.',
    attributes: REQUEST,
    answer: onceThen(one('review', false), cutOff),
    act: askAgain,
  },
  {
    state: 'offline',
    title: 'Offline',
    about: 'Asking goes on with the network.',
    attributes: REQUEST,
    offline: true,
    answer: silence,
  },
  {
    state: 'missing',
    title: 'Not found',
    about: 'There is no such payout.',
    attributes: REQUEST,
    answer: () => refusal('payout-not-found', 404),
  },
  {
    state: 'forbidden',
    title: 'Forbidden',
    about: 'This operator may not see it.',
    attributes: REQUEST,
    answer: () => refusal('forbidden', 403),
  },
];

async function askAgain(element: LesspayPayoutStatus): Promise<void> {
  await until(() => element.matches(':state(review)') && !element.matches(':state(asking)'));
  await press(element, '[part=secondary]');
}

/** `<lesspay-payout-status>` in its states. */
export const payoutStatus: Exhibit<LesspayPayoutStatus> = {
  tag: 'lesspay-payout-status',
  title: 'Payout status',
  about: 'A payout request and each of its payouts, until all is final.',
  define: () => import('lesspay-elements/define/lesspay-payout-status'),
  specimens,
};
