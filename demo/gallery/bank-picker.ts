import type { LesspayBankPicker } from 'lesspay-elements';
import { malaysianBanks } from './banks.ts';
import { cutOff, reply, silence } from './proxy.ts';
import { enter, press, until, type BankPicker, type Exhibit } from './specimen.ts';

const FIELD = { source: 'leanx', label: 'Bank', name: 'bank' };
const MAYBANK = '77';

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
];

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
