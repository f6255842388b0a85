import { expect, fixture, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import 'lesspay-elements/define/lesspay-payout-batch';
import type { CreatePayoutsRequest, LesspayBatchSubmittedEvent, LesspayPayoutBatch } from 'lesspay-elements';
import { inside, until, wordsOf } from './shadow-controls.ts';
import { problem, StubProxy, type ProxyAnswer, type ProxyCall } from './stub-proxy.ts';

const HEADER = 'Reference,Amount,Wallet,Name,Wallet number';
const GOOD = `${HEADER}\nR-1,1250,GCash,Maria Clara,09171234567\nR-2,99.50,PayMaya,Jose Rizal,09181234567`;
const MIXED = `${GOOD}\nR-3,0,Gopay,=1+1,0917\nR-1,5,GCash,Ana,09191234567`;

let requests = 0;
function accept({ body }: ProxyCall): ProxyAnswer {
  const { payouts } = body as CreatePayoutsRequest;
  requests += 1;
  return {
    status: 202,
    json: { requestId: `request-${requests}`, status: 'review', total: '0.00', count: payouts.length },
  };
}

const cell = (batch: LesspayPayoutBatch, row: number, field: string) =>
  inside<HTMLInputElement>(batch, `#c-${row}-${field}`);
const note = (batch: LesspayPayoutBatch, row: number, field: string) =>
  wordsOf(batch.renderRoot.querySelector(`#c-${row}-${field}-note`));
const state = (batch: LesspayPayoutBatch, row: number) =>
  wordsOf(batch.renderRoot.querySelectorAll('tbody tr')[row]?.querySelector('.state'));
const primary = (batch: LesspayPayoutBatch) => inside<HTMLButtonElement>(batch, '[part=primary]');
const button = (batch: LesspayPayoutBatch, text: string) => {
  const found = [...batch.renderRoot.querySelectorAll('button')].find((own) => wordsOf(own).startsWith(text));
  if (!found) throw new Error(`There is no button "${text}".`);
  return found;
};
async function correct(batch: LesspayPayoutBatch, row: number, field: string, text: string): Promise<void> {
  const input = cell(batch, row, field);
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await batch.updateComplete;
}

describe('<lesspay-payout-batch>', () => {
  let proxy: StubProxy;
  const sent = () =>
    proxy.calls
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (body as CreatePayoutsRequest).payouts.map(({ reference }) => reference));

  beforeEach(async () => {
    proxy = new StubProxy(accept);
    await setViewport({ width: 1100, height: 900 });
  });
  afterEach(() => proxy.restore());

  async function open(csv = ''): Promise<LesspayPayoutBatch> {
    const batch = await fixture<LesspayPayoutBatch>(html`<lesspay-payout-batch currency="PHP"></lesspay-payout-batch>`);
    await until(() => batch.renderRoot.querySelector('.drop'), 'the batch is ready');
    if (csv) {
      await batch.load(csv);
      await batch.updateComplete;
    }
    return batch;
  }

  it('passes the a11y audit in every step', async () => {
    const batch = await open();
    await expect(batch).to.be.accessible();
    await batch.load('Reference,Sum,Foo\nR-1,5,x');
    expect(batch.step).to.equal('columns');
    await expect(batch).to.be.accessible();
    await batch.load(`${MIXED}\nR-9,1250,GCash,M. Clara,09171234567`);
    await expect(batch).to.be.accessible();
    button(batch, 'All').click();
    await batch.updateComplete;
    await expect(batch).to.be.accessible();
    primary(batch).click();
    await batch.updateComplete;
    expect(batch.step).to.equal('review');
    await expect(batch).to.be.accessible();
    inside<HTMLInputElement>(batch, '#confirm').click();
    await batch.updateComplete;
    await batch.submit();
    await expect(batch).to.be.accessible();
    await setViewport({ width: 360, height: 800 });
    await expect(batch).to.be.accessible();
  });

  it('checks every row and says what is wrong at the cell', async () => {
    const batch = await open(MIXED);
    expect(batch.step).to.equal('rows');
    expect(batch.counts).to.include({ total: 4, ready: 2, wrong: 2 });
    expect(batch.total).to.equal('1349.50');
    // Only what has to be corrected is shown first.
    expect(batch.renderRoot.querySelectorAll('tbody tr').length).to.equal(2);
    expect(note(batch, 2, 'amount')).to.equal('Enter an amount above zero.');
    expect(note(batch, 2, 'holderName')).to.contain('cannot be in a name');
    expect(note(batch, 3, 'reference')).to.equal('This reference is used in an earlier row. Enter another.');
    expect(cell(batch, 2, 'amount').getAttribute('aria-invalid')).to.equal('true');
    expect(cell(batch, 2, 'amount').getAttribute('aria-describedby')).to.equal('c-2-amount-note');
  });

  it('checks a corrected row at once and keeps it in view', async () => {
    const batch = await open(MIXED);
    await correct(batch, 3, 'reference', 'R-4');
    expect(note(batch, 3, 'reference')).to.equal('');
    expect(state(batch, 1)).to.equal('Ready');
    expect(batch.total).to.equal('1354.50');
  });

  it('asks which column is what where the header does not say, and remembers the answer', async () => {
    const csv = 'Reference,Sum,Payee,Where,Number\nR-1,5,Maria Clara,GCash,09171234567';
    const batch = await open(csv);
    expect(batch.step).to.equal('columns');
    expect(wordsOf(batch.renderRoot.querySelector('.banner'))).to.contain('Account number');
    for (const [column, field] of [
      ['3', 'provider'],
      ['4', 'accountNumber'],
    ]) {
      const select = inside<HTMLSelectElement>(batch, `#col-${column}`);
      select.value = field ?? '';
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await until(() => batch.usedColumns?.[Number(column)] === field, 'the column is set');
    }
    primary(batch).click();
    await batch.updateComplete;
    expect(batch.counts?.ready).to.equal(1);
    await batch.load(csv.replace('R-1', 'R-2'));
    expect(batch.step).to.equal('rows');
    expect(batch.usedColumns).to.deep.equal(['reference', 'amount', 'holderName', 'provider', 'accountNumber']);
  });

  it('says what is wrong with a table that cannot be read, and keeps the place to choose another', async () => {
    const batch = await open();
    await batch.load('a,b\n"x,1\n2');
    expect(wordsOf(batch.renderRoot.querySelector('[role=alert]'))).to.contain('row 2 is out of place or never closed');
    expect(batch.step).to.equal('empty');
    await batch.load(GOOD);
    expect(batch.step).to.equal('rows');
  });

  it('takes rows pasted from a spreadsheet', async () => {
    const batch = await open();
    const data = new DataTransfer();
    data.setData('text/plain', GOOD.replaceAll(',', '\t'));
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    if (!paste.clipboardData?.getData('text/plain')) {
      // WebKitGTK gives a made-up event no data: what the paste would type is entered instead.
      const area = inside<HTMLTextAreaElement>(batch, 'textarea');
      area.value = GOOD.replaceAll(',', '\t');
      area.dispatchEvent(new Event('change'));
    } else inside(batch, 'textarea').dispatchEvent(paste);
    await until(() => batch.step === 'rows', 'the rows are shown');
    expect(batch.counts?.ready).to.equal(2);
  });

  it('shows exactly what will be sent and sends it once', async () => {
    const batch = await open(GOOD);
    let told: LesspayBatchSubmittedEvent | undefined;
    batch.addEventListener('lesspay-batch-submitted', (event) => (told = event));
    primary(batch).click();
    await batch.updateComplete;
    const tableText = () => wordsOf(batch.renderRoot.querySelector('tbody'));
    await until(() => tableText().includes('₱'), 'money is written as money');
    const table = tableText();
    for (const text of ['R-1', 'Maria Clara', 'GCash', '09171234567', '₱1,250.00', 'R-2', 'PayMaya']) {
      expect(table).to.contain(text);
    }
    const send = primary(batch);
    expect(wordsOf(send)).to.equal('Send 2 payouts · ₱1,349.50');
    send.click();
    send.click();
    await batch.submit();
    expect(sent()).to.deep.equal([['R-1'], ['R-2']]);
    expect(new Set(proxy.calls.map(({ headers }) => headers.get('idempotency-key'))).size).to.equal(2);
    expect(told?.counts.accepted).to.equal(2);
    expect(told?.requestIds.length).to.equal(2);
    expect(state(batch, 0)).to.equal('In review');
    expect(batch.counts?.ready).to.equal(0);
  });

  it('asks for a word about duplicates before it sends them', async () => {
    const batch = await open(`${GOOD}\nR-3,1250.00,GCash,M. Clara,+639171234567`);
    expect(state(batch, 2)).to.contain('Possible duplicate');
    expect(state(batch, 2)).to.contain('row 2');
    primary(batch).click();
    await batch.updateComplete;
    expect(primary(batch).disabled).to.equal(true);
    await batch.submit();
    expect(sent()).to.deep.equal([]);
    inside<HTMLInputElement>(batch, '#confirm').click();
    await batch.updateComplete;
    await batch.submit();
    expect(sent().flat()).to.deep.equal(['R-1', 'R-3', 'R-2']);
  });

  it('brings a refused row back with its reason and sends it again without the others', async () => {
    proxy.answer((call) => {
      const { payouts } = call.body as CreatePayoutsRequest;
      if (!payouts.some(({ recipient }) => 'accountNumber' in recipient && recipient.accountNumber === '09181234567'))
        return accept(call);
      const answer = problem('upstream-refused', 422) as { json: object };
      const errors = [{ path: 'payouts.0.recipient.accountNumber', code: 'upstream-refused' }];
      return { status: 422, json: { ...answer.json, upstreamCode: '30006', errors } };
    });
    const batch = await open(GOOD);
    await batch.submit();
    expect(note(batch, 1, 'accountNumber')).to.match(/account.* was refused/);
    expect(wordsOf(batch.renderRoot.querySelector('#outcome'))).to.contain('1 was refused');
    await correct(batch, 1, 'accountNumber', '09180000000');
    await batch.submit();
    expect(sent()).to.deep.equal([['R-1'], ['R-2'], ['R-2']]);
    expect(batch.counts).to.include({ accepted: 2, wrong: 0 });
  });

  it('finds the one payout that the platform refused among many', async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `R-${index},5,GCash,Maria,0917${1000000 + index}`);
    proxy.answer((call) => {
      const { payouts } = call.body as CreatePayoutsRequest;
      if (!payouts.some(({ reference }) => reference === 'R-7')) return accept(call);
      const answer = problem('upstream-refused', 422) as { json: object };
      const path = payouts.length > 1 ? 'payouts' : 'payouts.0.recipient.accountNumber';
      return {
        status: 422,
        json: { ...answer.json, upstreamCode: '30006', errors: [{ path, code: 'upstream-refused' }] },
      };
    });
    const batch = await open([HEADER, ...lines].join('\n'));
    await batch.submit();
    expect(batch.counts).to.include({ accepted: 11, wrong: 1 });
    expect(note(batch, 7, 'accountNumber')).to.match(/account.* was refused/);
  });

  it('offers to check, never to send again, when the outcome is not known', async () => {
    proxy.answer(() => new TypeError('network'));
    const batch = await open(GOOD);
    await batch.submit();
    expect(state(batch, 0)).to.equal('Outcome not known');
    // It stopped there: the other row went nowhere.
    expect(state(batch, 1)).to.equal('Ready');
    expect(wordsOf(batch.renderRoot.querySelector('#outcome'))).to.contain('The rest was not sent and is still ready.');
    await expect(batch).to.be.accessible();
    proxy.answer(accept);
    button(batch, 'Check again').click();
    await until(() => batch.counts?.accepted === 1, 'the outcome is known');
    const keys = proxy.calls.map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys).size).to.equal(1);
    expect(sent()).to.deep.equal([['R-1'], ['R-1']]);
    await until(() => batch.shadowRoot?.activeElement?.id === 'outcome', 'the focus is on the news');
  });

  it('does not pay again what was accepted when a corrected file is loaded', async () => {
    const batch = await open(GOOD);
    await batch.submit();
    await batch.load(`${GOOD}\nR-3,10,GCash,Ana,09191234567`);
    expect(batch.counts).to.include({ accepted: 2, ready: 1 });
    await batch.submit();
    expect(sent()).to.deep.equal([['R-1'], ['R-2'], ['R-3']]);
  });

  it('keeps what was sent when the page hands over its settings once more', async () => {
    const batch = await open(GOOD);
    await batch.submit();
    batch.defaults = {};
    await batch.updateComplete;
    batch.defaults = { method: 'ewallet' };
    await batch.updateComplete;
    await new Promise((done) => setTimeout(done, 50));
    expect(batch.counts).to.include({ accepted: 2, ready: 0 });
    expect(state(batch, 0)).to.equal('In review');
  });

  it('takes a row out and puts it back', async () => {
    const batch = await open(GOOD);
    inside(batch, '[aria-label="Remove row 2"]').click();
    await batch.updateComplete;
    expect(batch.total).to.equal('99.50');
    inside(batch, '#undo').click();
    await batch.updateComplete;
    expect(batch.total).to.equal('1349.50');
  });

  it('draws a page of ten thousand rows, and goes to the next problem wherever it stands', async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) =>
      index === 7321 ? `R-${index},5,GCash,Maria,0917` : `R-${index},0.10,GCash,Maria,0917${1000000 + index}`,
    );
    const batch = await open([HEADER, ...lines].join('\n'));
    expect(batch.counts).to.include({ total: 10_000, ready: 9999, wrong: 1 });
    expect(batch.total).to.equal('999.90');
    button(batch, 'All').click();
    await batch.updateComplete;
    expect(batch.renderRoot.querySelectorAll('tbody tr').length).to.equal(25);
    button(batch, 'Next problem').click();
    await until(() => batch.shadowRoot?.activeElement?.id === 'c-7321-accountNumber', 'the cell has the focus');
  });

  it('moves by Enter and the arrows, and Escape takes the typing back', async () => {
    const batch = await open(GOOD);
    const first = cell(batch, 0, 'amount');
    first.focus();
    first.value = '7';
    first.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    expect(first.value).to.equal('1250');
    first.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    expect(batch.shadowRoot?.activeElement?.id).to.equal('c-1-amount');
  });
});
