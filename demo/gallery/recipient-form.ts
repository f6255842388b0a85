import type { LesspayRecipientForm, Recipient } from 'lesspay-elements';
import { banksAt } from './banks.ts';
import { cutOff, onceThen, refusal, reply, silence, type Answer } from './proxy.ts';
import { press, until, type Exhibit, type RecipientForm } from './specimen.ts';

const BANK: Recipient = {
  method: 'bank',
  country: 'PH',
  accountType: 'individual',
  holderName: 'Maria Clara Santos',
  bankName: 'BDO Unibank, Inc.',
  bic: 'BNORPHMM',
  accountNumber: '001234567890',
};

const WALLET: Recipient = {
  method: 'ewallet',
  provider: 'GCash',
  accountType: 'individual',
  holderName: 'Maria Clara Santos',
  accountNumber: '09171234567',
};

const MALAYSIAN: Recipient = {
  method: 'leanx',
  bankId: 77,
  accountNumber: '514012345678',
  holderName: 'Nurul Aisyah binti Ahmad',
  recipientReference: 'INV-2041',
};

const CNPJ: Recipient = {
  method: 'ewallet',
  provider: 'PIX',
  accountType: 'business',
  holderName: 'Padaria do João',
  accountNumber: '12ABC34501DE35',
  depositKeyType: 'cnpj',
  depositKey: '12ABC34501DE35',
};

/** How each payout is begun. */
const PAYOUT = { payout: '', currency: 'PHP', country: 'PH' };
const PAYMENT = { amount: '1250.00', reference: 'INV-2041' };
const REQUEST_ID = 'po_q7m2kd94xt0cwz8n5hbr';

/** Answers for the lists and for the check of a name; `payouts` for the rest. */
const proxy =
  (payouts: Answer = silence, check: Answer = () => reply({ state: 'unresolved' })): Answer =>
  (asked) => {
    if (/\/banks\b/.test(asked.path)) return banksAt(asked.path);
    if (asked.path.endsWith('/account-checks')) return check(asked);
    return payouts(asked);
  };

const taken = (status: string): Response =>
  reply({ requestId: REQUEST_ID, status, total: PAYMENT.amount, count: 1 }, 202);

const review = async (element: LesspayRecipientForm) => {
  await element.updateComplete;
  element.review();
  await until(() => element.step === 'review');
};

const send = async (element: LesspayRecipientForm) => {
  await review(element);
  void element.submit();
  await until(() => element.step !== 'review');
};

const empty = (state: string, title: string, about: string, attributes: Readonly<Record<string, string>>) =>
  ({ state, title, about, attributes: { payout: '', ...attributes }, answer: proxy() }) satisfies RecipientForm;

const filled = (state: string, title: string, about: string, recipient: Recipient, currency: string) =>
  ({
    state,
    title,
    about,
    attributes: { payout: '', currency, method: recipient.method, ...PAYMENT },
    properties: { value: recipient },
    answer: proxy(),
  }) satisfies RecipientForm;

const named = (state: string, title: string, about: string, answer: object | Answer, policy = 'advise') =>
  ({
    state,
    title,
    about,
    attributes: { payout: '', currency: 'MYR', method: 'leanx', amount: '120.50', 'name-check': policy },
    properties: { value: MALAYSIAN },
    answer: proxy(silence, typeof answer === 'function' ? (answer as Answer) : () => reply(answer)),
  }) satisfies RecipientForm;

const sent = (
  state: string,
  title: string,
  about: string,
  answer: Answer,
  act: RecipientForm['act'] = send,
): RecipientForm => ({
  state,
  title,
  about,
  attributes: { ...PAYOUT, method: 'ewallet', ...PAYMENT },
  properties: { value: WALLET },
  answer: proxy(answer),
  act,
});

const checkAgain = async (element: LesspayRecipientForm) => {
  await send(element);
  await until(() => element.step === 'unknown');
  await press(element, '[part=primary]');
};

/** Words of the page around the fields. */
function pageWords(): Node {
  const words = document.createDocumentFragment();
  for (const [slot, text] of [
    ['before', 'Who is paid for INV-2041?'],
    ['after', 'We keep these details until the invoice is settled.'],
  ] as const) {
    const line = document.createElement('p');
    line.slot = slot;
    line.textContent = text;
    words.append(line);
  }
  return words;
}

const complain = async (element: LesspayRecipientForm) => {
  await element.updateComplete;
  element.review();
};

const specimens: readonly RecipientForm[] = [
  empty('bank', 'Bank, empty', 'An account at a bank of the Philippines.', {
    method: 'bank',
    currency: 'PHP',
    country: 'PH',
  }),
  empty('iban', 'IBAN, empty', 'An account in Germany, where the IBAN says it all.', {
    method: 'bank',
    currency: 'EUR',
    country: 'DE',
  }),
  {
    ...empty('wallet', 'E-wallet, empty', 'A wallet of the Philippines.', { method: 'ewallet', currency: 'PHP' }),
    answer: proxy(() => taken('review')),
  },
  empty('pix', 'PIX, empty', 'A deposit key of Brazil.', { method: 'ewallet', currency: 'BRL' }),
  empty('malaysia', 'Malaysian bank, empty', 'The live list, and the bank asked about the name.', {
    method: 'leanx',
    currency: 'MYR',
  }),
  {
    state: 'recipient',
    title: 'Recipient alone',
    about: 'A field of the page’s own form, which sends it; words of the page above and below.',
    attributes: { method: 'bank', currency: 'PHP', country: 'PH', required: '', name: 'recipient' },
    answer: proxy(),
    content: pageWords,
  },
  {
    state: 'own-fields',
    title: 'Own words',
    about: 'Fields renamed, explained or left out by the page.',
    attributes: { ...PAYOUT, method: 'ewallet', methods: 'ewallet', currencies: 'PHP' },
    properties: {
      fields: {
        holderName: { label: 'Rider', hint: 'As in the GCash account' },
        accountType: { hidden: true },
        currency: { hidden: true },
      },
    },
    answer: proxy(),
  },
  filled('bank-filled', 'Bank, filled', 'Everything is right.', BANK, 'PHP'),
  filled('wallet-filled', 'E-wallet, filled', 'Everything is right.', WALLET, 'PHP'),
  {
    ...empty('bank-messages', 'Bank, messages', 'Reviewed too early: a summary, and a message at each field.', {
      method: 'bank',
      currency: 'PHP',
      country: 'PH',
    }),
    act: complain,
  },
  {
    ...empty('wallet-messages', 'E-wallet, messages', 'What is wrong says how to put it right.', {
      method: 'ewallet',
      currency: 'PHP',
      amount: '0',
      reference: 'INV 2041',
    }),
    properties: { value: { ...WALLET, holderName: '=Maria', accountNumber: '0917123' } },
    act: complain,
  },
  {
    ...empty('pix-messages', 'PIX, messages', 'A CPF with a typing error.', {
      method: 'ewallet',
      currency: 'BRL',
      ...PAYMENT,
    }),
    properties: {
      value: {
        method: 'ewallet',
        provider: 'PIX',
        accountType: 'individual',
        holderName: 'João da Silva',
        accountNumber: '12345678900',
        depositKeyType: 'cpf',
        depositKey: '12345678900',
      },
    },
    act: complain,
  },
  {
    ...empty('malaysia-messages', 'Malaysian bank, messages', 'Reviewed too early.', {
      method: 'leanx',
      currency: 'MYR',
    }),
    act: complain,
  },
  filled('warning', 'Warning', 'Accepted, but worth a second look: a CNPJ of the new kind.', CNPJ, 'BRL'),
  {
    ...empty('banks-failed', 'Banks not loaded', 'The list did not come, and can be asked for again.', {
      method: 'leanx',
      currency: 'MYR',
    }),
    answer: cutOff,
  },
  named('name-asking', 'Name being compared', 'The bank is being asked.', silence),
  named('name-failed', 'Bank not reached', 'The bank could not be asked.', cutOff),
  named(
    'name-needed',
    'Name needed',
    'A page that wants a match: there is no way on with another name.',
    { state: 'no-match', holderName: 'TAN MEI LING' },
    'match',
  ),
  named('name-match', 'Name matches', 'The bank has the same name.', {
    state: 'match',
    holderName: 'NURUL AISYAH BINTI AHMAD',
  }),
  named('name-close', 'Name is similar', 'The operator decides.', {
    state: 'close-match',
    holderName: 'NURUL AISYAH',
  }),
  named('name-differs', 'Name differs', 'The bank has another name.', {
    state: 'no-match',
    holderName: 'TAN MEI LING',
  }),
  named('name-unresolved', 'Name not compared', 'The bank gave no answer.', { state: 'unresolved' }),
  {
    ...filled('disabled', 'Disabled', 'As by a fieldset around it.', WALLET, 'PHP'),
    attributes: { ...PAYOUT, method: 'ewallet', ...PAYMENT, disabled: '' },
  },
  {
    ...filled('readonly', 'Read only', 'Who is paid is given by the page.', WALLET, 'PHP'),
    properties: {
      value: WALLET,
      fields: Object.fromEntries(
        ['method', 'currency', 'accountType', 'provider', 'holderName', 'accountNumber', 'amount', 'reference'].map(
          (name) => [name, { readonly: true }],
        ),
      ),
    },
  },
  sent('review', 'Review', 'Exactly what will be sent, and the way back.', silence, review),
  sent('sending', 'Sending', 'On its way, once, however often it is clicked.', silence),
  sent('accepted', 'Accepted', 'The platform reviews payouts by hand.', () => taken('review')),
  sent('succeeded', 'Completed', 'The money has arrived.', () => taken('succeeded')),
  sent('processing', 'On its way', 'Accepted, and past the review.', () => taken('processing')),
  sent('failed', 'Failed', 'Accepted, and then not paid.', () => taken('failed')),
  sent('canceled', 'Ended', 'Canceled after it was accepted.', () => taken('canceled')),
  sent('unknown', 'Not known', 'The answer was lost: the only way on is to ask about this payout.', cutOff),
  sent('checking', 'Checking', 'The outcome is being asked for.', onceThen(cutOff, silence), checkAgain),
  sent('unchanged', 'Still not known', 'Asked again, and nobody knows yet.', cutOff, async (element) => {
    await checkAgain(element);
    await until(() => element.shadowRoot?.querySelector('p[role=status]:not(.intro, :empty)'));
  }),
  sent('refused', 'Refused', 'No money has left.', () => refusal('upstream-unavailable', 503)),
  sent('refused-field', 'Field refused', 'The platform refused a value; it is marked where it was entered.', () =>
    refusal('upstream-refused', 422, {
      upstreamCode: '30006',
      errors: [{ path: 'payouts.0.recipient.accountNumber', code: 'upstream-refused' }],
    }),
  ),
  sent('forbidden', 'Forbidden', 'This operator may not send payouts.', () => refusal('forbidden', 403)),
];

/** `<lesspay-recipient-form>` in its states. */
export const recipientForm: Exhibit<LesspayRecipientForm> = {
  tag: 'lesspay-recipient-form',
  title: 'Recipient form',
  about: 'Who is paid, how and how much, checked as it is typed.',
  define: () => import('lesspay-elements/define/lesspay-recipient-form'),
  specimens,
};
