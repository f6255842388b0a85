import type { CreatePayoutsRequest, LesspayPayoutBatch } from 'lesspay-elements';
import { cutOff, refusal, reply, silence, type Answer } from './proxy.ts';
import { find, press, until, type Exhibit, type PayoutBatch } from './specimen.ts';

const HEADER = 'Reference,Payee,Wallet,Mobile number,Amount';
const RIGHT = `${HEADER}
RIDER-0801,Althea Ramos,GCash,0917 123 4501,"1,180.00"
RIDER-0802,Ramon Villanueva,GCash,+63 918 555 0142,940.50
RIDER-0803,Liza Mae Ocampo,PayMaya,0920-555-0193,1325
RIDER-0805,Jose Rizal Mercado,PayMaya,0918 123 4567,2010.00`;
const WRONG = `${RIGHT}
RIDER-0804,Jun Pascual,Gopay,0917 555 0121,760.00
RIDER-0801,=1+1,GCash,0917,0`;
const TWICE = `${RIGHT}
RIDER-0806,Althea Ramos,GCash,0917 123 4501,"1,180.00"`;
/** Two headers that say nothing. */
const ODD = `Reference,Payee,Foo,Bar,Amount
RIDER-0801,Althea Ramos,GCash,0917 123 4501,"1,180.00"
RIDER-0802,Ramon Villanueva,GCash,+63 918 555 0142,940.50`;

const LONG = [
  HEADER,
  ...Array.from({ length: 60 }, (_, at) => `RIDER-${1001 + at},Althea Ramos,GCash,0917 123 ${4501 + at},1180.00`),
].join('\n');
/** An account number as a spreadsheet leaves it. */
const ROUNDED = `Reference,Payee,Bank,SWIFT,Account number,Country,Amount
VENDOR-11,Budi Santoso,Bank Mandiri,BMRIIDJA,1234567890123450,ID,1500000`;

/** A file whose end does not come. */
class EndlessFile extends Blob {
  override arrayBuffer(): Promise<ArrayBuffer> {
    return new Promise(() => undefined);
  }
}

const BATCH = { currency: 'PHP' };

const taken: Answer = ({ body }) => {
  const { payouts } = body as CreatePayoutsRequest;
  const [first] = payouts;
  return reply(
    { requestId: `po_${first?.reference ?? ''}`, status: 'review', total: first?.amount ?? '', count: payouts.length },
    202,
  );
};

const sent = (state: string, title: string, about: string, answer: Answer): PayoutBatch => ({
  state,
  title,
  about,
  attributes: BATCH,
  answer,
  async act(element) {
    await element.load(RIGHT);
    await element.submit();
  },
});

const specimens: readonly PayoutBatch[] = [
  {
    state: 'empty',
    title: 'Empty',
    about: 'A place to drop, choose or paste a table.',
    attributes: BATCH,
    answer: taken,
    // Its tools are loaded when it is first used.
    act: (element) => find(element, 'textarea'),
  },
  {
    state: 'not-read',
    title: 'Not read',
    about: 'The file is no table.',
    attributes: BATCH,
    // What a workbook begins with: a ZIP archive.
    act: (element) => element.load(new Blob([Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0)])),
  },
  {
    state: 'reading',
    title: 'Reading',
    about: 'A large file, with its progress.',
    attributes: BATCH,
    async act(element) {
      void element.load(new EndlessFile());
      await until(() => element.step === 'reading');
    },
  },
  {
    state: 'columns',
    title: 'Columns',
    about: 'Headers that do not say what they hold.',
    attributes: BATCH,
    act: (element) => element.load(ODD),
  },
  {
    state: 'rows',
    title: 'Rows',
    about: 'All of them ready.',
    attributes: BATCH,
    act: (element) => element.load(RIGHT),
  },
  {
    state: 'errors',
    title: 'Errors',
    about: 'What is wrong, at its cell, corrected in place.',
    attributes: BATCH,
    act: (element) => element.load(WRONG),
  },
  {
    state: 'duplicates',
    title: 'Possible duplicates',
    about: 'The same amount to the same account twice.',
    attributes: BATCH,
    act: (element) => element.load(TWICE),
  },
  {
    state: 'warnings',
    title: 'Warnings',
    about: 'Accepted, but it looks as if a spreadsheet had rounded it.',
    attributes: { currency: 'IDR' },
    act: (element) => element.load(ROUNDED),
  },
  {
    state: 'removed',
    title: 'Row taken out',
    about: 'And the way to take it back.',
    attributes: BATCH,
    async act(element) {
      await element.load(RIGHT);
      await press(element, '[part=remove]');
    },
  },
  {
    state: 'none-left',
    title: 'Nothing to show',
    about: 'The filter has no rows any more.',
    attributes: BATCH,
    async act(element) {
      await element.load(`${RIGHT}\nRIDER-0804,Jun Pascual,Gopay,0917 555 0121,760.00`);
      await press(element, '[part=filter][aria-pressed=true]');
      await press(element, '[part=remove]');
    },
  },
  {
    state: 'many',
    title: 'Pages',
    about: 'Twenty-five rows at a time.',
    attributes: BATCH,
    act: (element) => element.load(LONG),
  },
  {
    state: 'review',
    title: 'Review',
    about: 'Exactly what will be sent.',
    attributes: BATCH,
    async act(element) {
      await element.load(TWICE);
      await toReview(element);
    },
  },
  {
    state: 'sending',
    title: 'Sending',
    about: 'With its progress.',
    attributes: BATCH,
    answer: silence,
    async act(element) {
      await element.load(RIGHT);
      void element.submit();
      await until(() => element.step === 'sending');
    },
  },
  sent('sent', 'Sent', 'All were accepted.', taken),
  sent('refused', 'Refused', 'What was refused is back on its row.', (asked) =>
    JSON.stringify(asked.body).includes('PayMaya') ? refusal('payout-not-approved', 403) : taken(asked),
  ),
  sent('unknown', 'Not known', 'Answers were lost: asked about again, never paid twice.', cutOff),
  {
    ...sent('checking', 'Checking', 'The outcomes are being asked for.', cutOff),
    async act(element) {
      await element.load(RIGHT);
      await element.submit();
      element.fetch = silence;
      await press(element, '[part=banner] button');
    },
  },
  {
    ...sent('open', 'Not known, from before', 'Whoever takes another file is told of what is still open.', cutOff),
    async act(element) {
      await element.load(RIGHT);
      await element.submit();
      await element.clear();
    },
  },
  {
    ...sent('again', 'Sent before', 'The same table a second time: nothing of it is sent again.', taken),
    async act(element) {
      await element.load(RIGHT);
      await element.submit();
      await element.load(RIGHT);
    },
  },
  sent('forbidden', 'Forbidden', 'This operator may not send payouts.', () => refusal('forbidden', 403)),
];

async function toReview(element: LesspayPayoutBatch): Promise<void> {
  await press(element, '[part=primary]');
  await until(() => element.step === 'review');
}

/** `<lesspay-payout-batch>` in its states. */
export const payoutBatch: Exhibit<LesspayPayoutBatch> = {
  tag: 'lesspay-payout-batch',
  title: 'Payout batch',
  about: 'Many payouts from a CSV file or a pasted table.',
  define: () => import('lesspay-elements/define/lesspay-payout-batch'),
  specimens,
};
