import type { LesspayBankPicker } from 'lesspay-elements';
import { malaysianBanks, manyBanks } from './banks.ts';
import { cutOff, reply, silence } from './proxy.ts';
import { enter, find, press, until, type BankPicker, type Exhibit } from './specimen.ts';

const FIELD = { source: 'leanx', label: 'Bank', name: 'bank' };
const MAYBANK = '77';
const CITIBANK = '62';

const listed = (element: LesspayBankPicker) => until(() => element.listState === 'ready');
const open = async (element: LesspayBankPicker) => {
  element.focus();
  await press(element, '[part=input]');
};

const specimens: readonly BankPicker[] = [
  {
    state: 'loading',
    title: 'Loading',
    about: 'Opened before the list is there.',
    attributes: FIELD,
    answer: silence,
    act: open,
  },
  {
    state: 'ready',
    title: 'Ready',
    about: 'Nothing chosen yet, with a line of help.',
    attributes: { ...FIELD, hint: 'Where the recipient has the account' },
    answer: () => malaysianBanks(),
    act: listed,
  },
  {
    state: 'open',
    title: 'Open',
    about: 'The live list; a bank that cannot be reached now says so.',
    attributes: FIELD,
    answer: () => malaysianBanks(),
    async act(element) {
      await listed(element);
      await open(element);
    },
  },
  {
    state: 'typed',
    title: 'Typed',
    about: 'Filtered by name, abbreviation or code; what matches is bold.',
    attributes: FIELD,
    answer: () => malaysianBanks(),
    async act(element) {
      await listed(element);
      await search(element, 'bank is');
    },
  },
  {
    state: 'none-found',
    title: 'None found',
    about: 'No bank of the list matches.',
    attributes: FIELD,
    answer: () => malaysianBanks(),
    async act(element) {
      await listed(element);
      await search(element, 'zzz');
    },
  },
  {
    state: 'chosen',
    title: 'Chosen',
    about: 'The value is the bank’s id.',
    attributes: { ...FIELD, value: MAYBANK },
    answer: () => malaysianBanks(),
    act: listed,
  },
  {
    state: 'chosen-open',
    title: 'Chosen, open',
    about: 'The list begins with the banks chosen last; the chosen one is marked.',
    attributes: FIELD,
    answer: () => malaysianBanks(),
    async act(element) {
      await listed(element);
      await search(element, 'maybank');
      await press(element, '[part=option]');
      await open(element);
    },
  },
  {
    state: 'many',
    title: 'More than are drawn',
    about: 'Fifty rows at most; typing brings the others.',
    attributes: FIELD,
    answer: manyBanks,
    async act(element) {
      await listed(element);
      await open(element);
    },
  },
  {
    state: 'unlisted',
    title: 'Not of the list',
    about: 'What was typed is no bank of the list.',
    attributes: FIELD,
    answer: () => malaysianBanks(),
    async act(element) {
      await listed(element);
      element.text = 'Bank of Nowhere';
      await leave(element);
    },
  },
  {
    state: 'other',
    title: 'Another name',
    about: 'Where a name may be typed, it stands.',
    attributes: { ...FIELD, 'allow-other': '' },
    answer: () => malaysianBanks(),
    async act(element) {
      await listed(element);
      element.text = 'Bank of Nowhere';
    },
  },
  {
    state: 'not-now',
    title: 'Chosen, not available',
    about: 'The chosen bank cannot be reached now.',
    attributes: { ...FIELD, value: CITIBANK },
    answer: () => malaysianBanks(),
    async act(element) {
      await listed(element);
      await leave(element);
    },
  },
  {
    state: 'required',
    title: 'Missing',
    about: 'A form was sent without one.',
    attributes: { ...FIELD, required: '' },
    answer: () => malaysianBanks(),
    async act(element) {
      await listed(element);
      element.reportValidity();
    },
  },
  {
    state: 'empty',
    title: 'Empty',
    about: 'The channel reaches no bank now.',
    attributes: FIELD,
    answer: () => reply({ banks: [], fetchedAt: new Date().toISOString(), stale: false }),
    act: listed,
  },
  {
    state: 'failed',
    title: 'Failed',
    about: 'No list came.',
    attributes: FIELD,
    answer: cutOff,
  },
  {
    state: 'failed-other',
    title: 'Failed, name typed',
    about: 'Where a name may be typed, nobody has to wait for the list.',
    attributes: { ...FIELD, 'allow-other': '' },
    answer: cutOff,
  },
  {
    state: 'stale',
    title: 'Stale',
    about: 'The last good list, with its age.',
    attributes: FIELD,
    answer: () => malaysianBanks(true),
    async act(element) {
      await listed(element);
      await open(element);
    },
  },
  {
    state: 'offline',
    title: 'Offline',
    about: 'The list comes with the network.',
    attributes: FIELD,
    offline: true,
    answer: cutOff,
  },
  {
    state: 'disabled',
    title: 'Disabled',
    about: 'As by a fieldset around it.',
    attributes: { ...FIELD, value: MAYBANK, disabled: '' },
    answer: () => malaysianBanks(),
    act: listed,
  },
  {
    state: 'readonly',
    title: 'Read only',
    about: 'Shows its bank and takes no other.',
    attributes: { ...FIELD, value: MAYBANK, readonly: '' },
    answer: () => malaysianBanks(),
    act: listed,
  },
];

/** Someone was in the field and has left it. */
async function leave(element: LesspayBankPicker): Promise<void> {
  const input = await find<HTMLInputElement>(element, '[part=input]');
  input.focus();
  input.blur();
  await element.updateComplete;
}

/** On a narrow screen the input to search in is that of the sheet. */
async function search(element: LesspayBankPicker, text: string): Promise<void> {
  await open(element);
  await until(() => element.matches(':state(open)'));
  await enter(element, '[part=input]:not([readonly])', text, false);
}

/** `<lesspay-bank-picker>` in its states. */
export const bankPicker: Exhibit<LesspayBankPicker> = {
  tag: 'lesspay-bank-picker',
  title: 'Bank picker',
  about: 'A searchable, live list of banks.',
  define: () => import('lesspay-elements/define/lesspay-bank-picker'),
  specimens,
};
