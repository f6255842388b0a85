import { expect, fixture, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import 'lesspay-elements/define/lesspay-payout-batch';
import { registerLocale, type CreatePayoutsRequest, type LesspayPayoutBatch } from 'lesspay-elements';
import { id } from 'lesspay-elements/locales/id';
import { inside, until, wordsOf } from './shadow-controls.ts';
import { deferred, problem, StubProxy, type ProxyAnswer, type ProxyCall } from './stub-proxy.ts';

const HEADER = 'Reference,Amount,Wallet,Name,Wallet number';
/** Two requests: a channel takes one wallet at a time. */
const TWO = `${HEADER}\nR-1,1250,GCash,Maria Clara,09171234567\nR-2,99.50,PayMaya,Jose Rizal,09181234567`;

let requests = 0;
function accept({ body }: ProxyCall): ProxyAnswer {
  const { payouts } = body as CreatePayoutsRequest;
  requests += 1;
  return {
    status: 202,
    json: { requestId: `taken-${requests}`, status: 'review', total: '0.00', count: payouts.length },
  };
}

const state = (batch: LesspayPayoutBatch, row: number) =>
  wordsOf(batch.renderRoot.querySelectorAll('tbody tr')[row]?.querySelector('.state'));
const note = (batch: LesspayPayoutBatch, row: number, field: string) =>
  wordsOf(batch.renderRoot.querySelector(`#c-${row}-${field}-note`));
const outcome = (batch: LesspayPayoutBatch) => wordsOf(batch.renderRoot.querySelector('#outcome'));
const all = (batch: LesspayPayoutBatch) => wordsOf(batch.renderRoot);
function button(batch: LesspayPayoutBatch, text: string): HTMLButtonElement {
  const found = [...batch.renderRoot.querySelectorAll('button')].find((own) => wordsOf(own).startsWith(text));
  if (!found) throw new Error(`There is no button "${text}".`);
  return found;
}
async function press(batch: LesspayPayoutBatch, text: string): Promise<void> {
  button(batch, text).click();
  await batch.updateComplete;
}
async function enter(batch: LesspayPayoutBatch, row: number, field: string, text: string): Promise<void> {
  const input = inside<HTMLInputElement>(batch, `#c-${row}-${field}`);
  input.value = text;
  input.dispatchEvent(new Event('change'));
  await batch.updateComplete;
}

describe('<lesspay-payout-batch>, sent', () => {
  let proxy: StubProxy;
  const posts = () => proxy.calls.filter(({ method }) => method === 'POST');
  const sent = () =>
    posts().map(({ body }) => (body as CreatePayoutsRequest).payouts.map(({ reference }) => reference));

  beforeEach(async () => {
    proxy = new StubProxy(accept);
    await setViewport({ width: 1100, height: 900 });
  });
  afterEach(() => proxy.restore());

  async function open(csv = TWO, lang = 'en'): Promise<LesspayPayoutBatch> {
    const batch = await fixture<LesspayPayoutBatch>(
      html`<lesspay-payout-batch currency="PHP" lang=${lang}></lesspay-payout-batch>`,
    );
    await batch.load(csv);
    return batch;
  }

  it('stops where the operator may not send, says why, and keeps every row ready', async () => {
    proxy.answer(() => problem('forbidden', 403));
    const batch = await open();
    await batch.submit();
    expect(sent()).to.deep.equal([['R-1']]);
    expect(outcome(batch)).to.equal('You may not send payouts here. Ask an administrator.');
    expect([state(batch, 0), state(batch, 1)]).to.deep.equal(['Ready', 'Ready']);
    await expect(batch).to.be.accessible();
    await until(() => batch.shadowRoot?.activeElement?.id === 'outcome', 'the focus is on the reason');
    // Another table knows nothing of it.
    await batch.load(TWO);
    expect(batch.renderRoot.querySelector('#outcome')).to.equal(null);
  });

  it('says what was sent before it stopped, and sends the rest later', async () => {
    proxy.answer((call) => (sent().length > 1 ? problem('upstream-unavailable', 503, true) : accept(call)));
    const batch = await open();
    await batch.submit();
    expect(outcome(batch)).to.contain('1 payout was accepted.');
    expect(outcome(batch)).to.contain('Lesspay cannot be reached and nothing was sent. Try again.');
    expect(outcome(batch)).to.contain('The rest was not sent and is still ready.');
    expect(wordsOf(inside(batch, '[part=primary]'))).to.equal('Review 1 payout');
    proxy.answer(accept);
    await batch.submit();
    expect(sent()).to.deep.equal([['R-1'], ['R-2'], ['R-2']]);
    expect(outcome(batch)).to.contain('2 payouts were accepted.');
  });

  it('makes refused rows ready as they are, and sends nothing without a review', async () => {
    proxy.answer(() => problem('payout-not-approved', 403));
    const batch = await open();
    await batch.submit();
    expect(state(batch, 0)).to.contain('Your review refused this payout.');
    expect(outcome(batch)).to.contain('2 were refused');
    await expect(batch).to.be.accessible();
    proxy.calls.length = 0;
    proxy.answer(accept);
    await press(batch, 'Make them ready as they are');
    expect([state(batch, 0), state(batch, 1)]).to.deep.equal(['Ready', 'Ready']);
    expect(posts()).to.deep.equal([]);
    await batch.submit();
    expect(sent()).to.deep.equal([['R-1'], ['R-2']]);
  });

  it('brings a payout that failed at once back on its row, with the reason', async () => {
    proxy.answer((call) => {
      if (call.method === 'POST') {
        const { json } = accept(call) as { json: object };
        return { status: 202, json: { ...json, status: 'failed' } };
      }
      const requestId = call.url.pathname.split('/').at(-1);
      const details = ['R-1', 'R-2'].map((reference) => ({
        reference,
        amount: '1.00',
        status: 'failed',
        failure: 'name-mismatch',
      }));
      return { json: { requestId, status: 'failed', final: true, total: '1.00', currency: 'PHP', details } };
    });
    const batch = await open();
    await batch.submit();
    expect(state(batch, 0)).to.contain('Failed');
    expect(state(batch, 0)).to.contain('The name is not the account’s.');
    expect(state(batch, 0)).to.contain('no money has moved');
    expect(batch.counts).to.include({ wrong: 2, accepted: 0 });
    proxy.answer(accept);
    await enter(batch, 0, 'holderName', 'Maria Clara Santos');
    await batch.submit();
    expect(sent().at(-1)).to.deep.equal(['R-1']);
  });

  it('keeps open outcomes in sight when another file is chosen', async () => {
    proxy.answer(() => new TypeError('network'));
    const batch = await open();
    await batch.submit();
    await press(batch, 'Choose another file');
    expect(batch.step).to.equal('empty');
    expect(all(batch)).to.contain('Of 1 the outcome is not known.');
    await expect(batch).to.be.accessible();
    proxy.answer(accept);
    await press(batch, 'Check again');
    await until(() => !all(batch).includes('the outcome is not known'), 'the outcome is known');
    await batch.load(TWO);
    expect(state(batch, 0)).to.equal('Sent before');
    expect(batch.counts).to.include({ accepted: 1, ready: 1 });
  });

  it('asks to look at a reference that was sent with other details', async () => {
    const batch = await open();
    await batch.submit();
    await batch.load(TWO.replace('1250', '1350'));
    expect(batch.counts).to.include({ accepted: 1, wrong: 1, ready: 0 });
    // What has to be corrected is shown first.
    expect(batch.renderRoot.querySelectorAll('tbody tr').length).to.equal(1);
    expect(state(batch, 0)).to.contain('This reference was sent before, with other details.');
    await expect(batch).to.be.accessible();
    await batch.submit();
    expect(sent()).to.deep.equal([['R-1'], ['R-2']]);
    await enter(batch, 0, 'reference', 'R-1b');
    expect(state(batch, 0)).to.equal('Ready');
    await batch.submit();
    expect(sent()).to.deep.equal([['R-1'], ['R-2'], ['R-1b']]);
  });

  it('takes another table only when the first is sent, so that it knows what was', async () => {
    const answered = deferred<ProxyAnswer>();
    proxy.answer((call) => (sent().length > 1 ? accept(call) : answered.promise));
    const batch = await open();
    const sending = batch.submit();
    await until(() => batch.step === 'sending', 'it is being sent');
    await expect(batch).to.be.accessible();
    const loading = batch.load(TWO);
    const clearing = batch.clear();
    const again = batch.load(TWO);
    expect(batch.step).to.equal('sending');
    answered.resolve({ status: 202, json: { requestId: 'first', status: 'review', total: '1250.00', count: 1 } });
    await Promise.all([sending, loading, clearing, again]);
    expect(batch.step).to.equal('rows');
    expect(batch.counts).to.include({ accepted: 2, ready: 0 });
    expect(sent()).to.deep.equal([['R-1'], ['R-2']]);
  });

  it('keeps writing the money of its rows when the page’s currency is another', async () => {
    const batch = await open();
    await batch.submit();
    batch.currency = 'IDR';
    await batch.updateComplete;
    expect(all(batch)).not.to.contain('IDR');
    await batch.load(TWO);
    expect(all(batch)).to.contain('IDR');
    expect(batch.counts).to.include({ accepted: 0 });
  });

  it('says it in Indonesian', async () => {
    registerLocale('id', id);
    proxy.answer(() => problem('forbidden', 403));
    const batch = await open(
      `${HEADER},Tipe\nR-1,1250,GCash,Maria,09171234567,\nR-2,5,GCash,Ana,0918 123 4567,tabungan`,
      'id',
    );
    expect(note(batch, 1, 'accountType')).to.equal('Isi “perorangan” atau “badan usaha”.');
    await batch.submit();
    expect(outcome(batch)).to.contain('Anda tidak boleh mengirim');
    proxy.answer(() => problem('payout-not-approved', 403));
    await batch.submit();
    expect(outcome(batch)).to.contain('1 ditolak');
    await press(batch, 'Jadikan siap apa adanya');
    expect(batch.counts).to.include({ ready: 1, wrong: 1 });
    proxy.answer(() => new TypeError('network'));
    await batch.submit();
    expect(outcome(batch)).to.contain('Hasil 1 pembayaran belum diketahui.');
    const english = /\b(?:the|payout|row|sent|ready|check|choose|file)\b/i;
    expect(all(batch)).not.to.match(english);
  });
});

describe('<lesspay-payout-batch>, rows that were not understood', () => {
  it('asks at the cell for what it does not know', async () => {
    const batch = await fixture<LesspayPayoutBatch>(html`<lesspay-payout-batch currency="PHP"></lesspay-payout-batch>`);
    await batch.load(
      [
        'Reference,Amount,Method,Wallet,Name,Account number,Type',
        'R-1,5,cheque,,Maria,09171234567,',
        'R-2,5,wallet,GCash,Maria,09171234567,savings',
        'R-3,1,250.00,wallet,GCash,Maria,09171234567,x',
      ].join('\n'),
    );
    expect(note(batch, 0, 'method')).to.equal('Enter “bank” or “e-wallet”, and only the details of that one.');
    expect(note(batch, 1, 'accountType')).to.equal('Enter “individual” or “business”.');
    expect(note(batch, 2, 'amount')).to.contain('more cells than in the header');
    await expect(batch).to.be.accessible();
  });

  it('takes an amount that was right when Enter is pressed in it', async () => {
    const batch = await fixture<LesspayPayoutBatch>(html`<lesspay-payout-batch currency="PHP"></lesspay-payout-batch>`);
    await batch.load(`${HEADER}\nR-1,5,GCash,Maria,09171234567,paid on Friday`);
    expect(batch.counts?.ready).to.equal(0);
    const amount = inside<HTMLInputElement>(batch, '#c-0-amount');
    amount.focus();
    amount.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await batch.updateComplete;
    expect(batch.counts?.ready).to.equal(1);
  });

  it('warns of zeros that a spreadsheet may have written, and sends all the same', async () => {
    const batch = await fixture<LesspayPayoutBatch>(html`<lesspay-payout-batch currency="PHP"></lesspay-payout-batch>`);
    await batch.load('Reference,Amount,Name,Account number,Bank,SWIFT\nR-1,5,Maria,1234567890123450,BDO,BNORPHMM');
    expect(note(batch, 0, 'accountNumber')).to.contain('Compare this number with its source.');
    expect(inside(batch, '#c-0-accountNumber').getAttribute('aria-invalid')).to.equal(null);
    expect(batch.counts?.ready).to.equal(1);
    await expect(batch).to.be.accessible();
  });

  it('says that a workbook is none of its business, and what to do', async () => {
    const batch = await fixture<LesspayPayoutBatch>(html`<lesspay-payout-batch currency="PHP"></lesspay-payout-batch>`);
    await batch.load(new Blob([new Uint8Array([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0])]));
    expect(wordsOf(batch.renderRoot.querySelector('[role=alert]'))).to.contain('Save it as CSV');
    await expect(batch).to.be.accessible();
  });

  it('keeps what was corrected and taken out when a column is set anew', async () => {
    const batch = await fixture<LesspayPayoutBatch>(html`<lesspay-payout-batch currency="PHP"></lesspay-payout-batch>`);
    await batch.load(`${TWO}\nR-3,7,GCash,Ana,0917`);
    inside<HTMLInputElement>(batch, '#c-2-accountNumber').value = '09171234569';
    inside(batch, '#c-2-accountNumber').dispatchEvent(new Event('change'));
    await batch.updateComplete;
    button(batch, 'All').click();
    await batch.updateComplete;
    inside(batch, '[aria-label="Remove row 2"]').click();
    await batch.updateComplete;
    button(batch, 'Change columns').click();
    await batch.updateComplete;
    const select = inside<HTMLSelectElement>(batch, '#col-3');
    select.value = '';
    select.dispatchEvent(new Event('change'));
    await until(() => batch.usedColumns?.[3] === undefined, 'the column is left out');
    select.value = 'holderName';
    select.dispatchEvent(new Event('change'));
    await until(() => batch.usedColumns?.[3] === 'holderName', 'the column is set');
    expect(batch.counts).to.include({ total: 2, ready: 2 });
    expect(batch.total).to.equal('106.50');
  });
});
