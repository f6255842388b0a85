import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import 'lesspay-elements/define/lesspay-bank-picker';
import { LesspayBankChangeEvent, type LesspayBankPicker } from 'lesspay-elements';
import { inside, type, until, wordsOf } from './shadow-controls.ts';
import { deferred, problem, StubProxy, type ProxyAnswer } from './stub-proxy.ts';

const vectors = (await (await fetch('/test/vectors/inputs.json')).json()) as {
  cases: { field: string; value: unknown }[];
};

const NAMES = [
  'MBSB BANK BERHAD',
  'BANK PERTANIAN MALAYSIA BHD (AGROBANK)',
  'MALAYAN BANKING BERHAD',
  'BANK SIMPANAN NASIONAL',
  'CIMB BANK BERHAD',
  'HONG LEONG BANK BERHAD',
  'Société Générale',
];

function leanx(names: readonly string[] = NAMES, more: object = {}): ProxyAnswer {
  const banks = names.map((name, i) => ({
    id: i + 1,
    name,
    reference: i === 0 ? 'PAYOUT_MBSB_BANK_WEBPAY' : `PAYOUT_B${i + 1}_WEBPAY`,
    active: name !== 'HONG LEONG BANK BERHAD',
  }));
  return { json: { banks, fetchedAt: '2026-11-20T10:00:00Z', stale: false, ...more } };
}

const field = (picker: LesspayBankPicker) => inside<HTMLInputElement>(picker, '[role=combobox]');
const rows = (picker: LesspayBankPicker) =>
  Array.from(picker.renderRoot.querySelectorAll('[role=option]'), (row) => wordsOf(row.querySelector('.name')));
const active = (picker: LesspayBankPicker) => {
  const id = field(picker).getAttribute('aria-activedescendant');
  return id === null ? undefined : wordsOf(picker.renderRoot.querySelector(`#${id} .name`));
};
const isOpen = (picker: LesspayBankPicker) => field(picker).getAttribute('aria-expanded') === 'true';

async function search(picker: LesspayBankPicker, text: string): Promise<string[]> {
  type(field(picker), text);
  await picker.updateComplete;
  return rows(picker);
}

let bases = 0;

describe('<lesspay-bank-picker>', () => {
  let proxy: StubProxy;
  /** Of its own for each test, for what was chosen before is remembered by proxy. */
  let base = '';

  beforeEach(async () => {
    base = `/lesspay-${(bases += 1)}`;
    proxy = new StubProxy(() => leanx());
    await setViewport({ width: 900, height: 700 });
  });
  afterEach(() => proxy.restore());

  async function picker(
    template = html`<lesspay-bank-picker proxy=${base} label="Bank" required></lesspay-bank-picker>`,
  ): Promise<LesspayBankPicker> {
    const element = await fixture<LesspayBankPicker>(template);
    await until(() => element.listState === 'ready' || element.listState === 'failed', 'The list did not come.');
    await element.updateComplete;
    return element;
  }

  it('passes the accessibility audit closed, open, filtered, without a match, failed and disabled', async () => {
    const element = await picker();
    await expect(element).to.be.accessible();
    field(element).click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    await search(element, 'bank');
    await expect(element).to.be.accessible();
    await search(element, 'zzzz');
    await expect(element).to.be.accessible();
    element.disabled = true;
    await element.updateComplete;
    await expect(element).to.be.accessible();

    proxy.answer(() => problem('upstream-unavailable', 503, true));
    await expect(await picker()).to.be.accessible();
    proxy.answer(() => leanx([]));
    await expect(await picker()).to.be.accessible();
  });

  it('passes the accessibility audit as a bottom sheet, and chooses from it', async () => {
    await setViewport({ width: 450, height: 700 });
    const element = await picker();
    await expect(element).to.be.accessible();
    field(element).click();
    await until(() => inside<HTMLDialogElement>(element, 'dialog').open, 'The sheet did not open.');
    await expect(element).to.be.accessible();
    const input = inside<HTMLInputElement>(element, '#search');
    expect((element.renderRoot as ShadowRoot).activeElement === input).to.equal(true);
    type(input, 'agro');
    await element.updateComplete;
    inside(element, '[role=option]').click();
    await until(() => !inside<HTMLDialogElement>(element, 'dialog').open, 'The sheet did not close.');
    expect(element.value).to.equal('2');
    expect(field(element).value).to.equal('BANK PERTANIAN MALAYSIA BHD (AGROBANK)');
  });

  describe('search', () => {
    it('finds a bank by name, word, abbreviation, initials and code, without regard to case or diacritics', async () => {
      const element = await picker();
      expect((await search(element, 'bsn'))[0]).to.equal('BANK SIMPANAN NASIONAL');
      expect((await search(element, 'MBB'))[0]).to.equal('MALAYAN BANKING BERHAD');
      expect((await search(element, 'maybank'))[0]).to.equal('MALAYAN BANKING BERHAD');
      expect((await search(element, 'nasional simp'))[0]).to.equal('BANK SIMPANAN NASIONAL');
      expect((await search(element, 'societe'))[0]).to.equal('Société Générale');
      expect((await search(element, 'B5'))[0]).to.equal('CIMB BANK BERHAD');
      expect(await search(element, 'zzzz')).to.deep.equal([]);
      expect(wordsOf(element.renderRoot)).to.contain('No bank matches “zzzz”.');
    });

    it('sets the matched letters in bold', async () => {
      const element = await picker();
      await search(element, 'bank mal');
      const marks = Array.from(element.renderRoot.querySelectorAll('#option-0 b'), wordsOf);
      expect(marks).to.have.members(['BANK', 'MAL']);
    });

    it('puts the banks chosen before first, for this page only', async () => {
      const element = await picker();
      for (const text of ['cimb', 'agro']) {
        await search(element, text);
        await sendKeys({ press: 'Enter' });
      }
      const other = await picker();
      field(other).click();
      await other.updateComplete;
      expect(rows(other).slice(0, 3)).to.deep.equal([
        'BANK PERTANIAN MALAYSIA BHD (AGROBANK)',
        'CIMB BANK BERHAD',
        'MBSB BANK BERHAD',
      ]);
      expect(wordsOf(inside(other, '#option-1'))).to.contain('chosen before');
      expect(wordsOf(inside(other, '#option-2'))).to.not.contain('chosen before');
      expect([localStorage.length, sessionStorage.length]).to.deep.equal([0, 0]);
    });

    it('finds what a longer query still fits, and starts anew where a query is another', async () => {
      const element = await picker();
      await search(element, 'bank s');
      expect(await search(element, 'bank simp')).to.deep.equal(['BANK SIMPANAN NASIONAL']);
      expect((await search(element, 'ban')).length).to.be.greaterThan(3);
      expect(await search(element, '(')).to.deep.equal([]);
      expect(await search(element, '(agro')).to.deep.equal(['BANK PERTANIAN MALAYSIA BHD (AGROBANK)']);
    });

    it('draws what is seen, at most fifty rows, and says how many more there are', async () => {
      proxy.answer(() => leanx(Array.from({ length: 362 }, (_, i) => `Bank number ${i + 1}`)));
      const element = await picker();
      const seen = (await search(element, 'bank')).length;
      expect(seen).to.equal(10);
      expect(inside(element, '#option-0').getAttribute('aria-setsize')).to.equal('50');
      expect(wordsOf(element.renderRoot)).to.contain('312 more: keep typing');
      inside(element, '[role=listbox]').dispatchEvent(new Event('scroll'));
      await element.updateComplete;
      expect(rows(element)).to.have.length(50);
    });

    it('shows text of the upstream as text', async () => {
      const hostile = vectors.cases
        .filter((entry) => entry.field === 'upstream_text')
        .map((entry) => String(entry.value));
      expect(hostile.length).to.be.greaterThan(1);
      proxy.answer(() => leanx(hostile));
      const element = await picker();
      field(element).click();
      await element.updateComplete;
      const names = Array.from(element.renderRoot.querySelectorAll('.option .name'), ({ textContent }) => textContent);
      expect(names).to.deep.equal(hostile);
      expect(element.renderRoot.querySelectorAll('script, .option img, .option svg, .option style')).to.have.length(0);
    });
  });

  describe('keyboard', () => {
    it('opens, moves, jumps, takes and closes', async () => {
      const element = await picker();
      element.focus();
      expect(isOpen(element)).to.equal(false);
      await sendKeys({ press: 'ArrowDown' });
      expect(isOpen(element)).to.equal(true);
      expect(active(element)).to.equal(NAMES[0]);
      await sendKeys({ press: 'ArrowDown' });
      expect(active(element)).to.equal(NAMES[1]);
      await sendKeys({ press: 'End' });
      expect(active(element)).to.equal(NAMES.at(-1));
      await sendKeys({ press: 'Home' });
      expect(active(element)).to.equal(NAMES[0]);
      await sendKeys({ press: 'ArrowUp' });
      expect(active(element)).to.equal(NAMES.at(-1));
      await sendKeys({ press: 'Escape' });
      expect(isOpen(element)).to.equal(false);
      expect(element.value).to.equal('');
      await sendKeys({ press: 'ArrowUp' });
      await sendKeys({ press: 'Enter' });
      expect(element.value).to.equal('7');
      expect(isOpen(element)).to.equal(false);
    });

    it('takes the likeliest bank on Enter, and on Tab only the one that is left', async () => {
      const element = await picker();
      // WebKit leaves the focus where it is when there is nowhere to go.
      element.after(document.createElement('button'));
      element.focus();
      await sendKeys({ type: 'simp' });
      await sendKeys({ press: 'Enter' });
      expect(element.value).to.equal('4');

      field(element).select();
      await sendKeys({ type: 'bank' });
      await sendKeys({ press: 'Tab' });
      expect(element.value).to.equal('');
      expect(field(element).value).to.equal('bank');
      await element.updateComplete;
      expect(wordsOf(element.renderRoot.querySelector('.error'))).to.equal('Choose a bank from the list.');

      element.focus();
      field(element).select();
      await sendKeys({ type: 'cimb' });
      await sendKeys({ press: 'Tab' });
      expect(element.value).to.equal('5');
      await element.updateComplete;
      expect(element.renderRoot.querySelector('.error')).to.equal(null);
    });

    it('does not choose a bank that takes no payouts now', async () => {
      const element = await picker();
      await search(element, 'hong');
      const row = inside(element, '[role=option]');
      expect(row.getAttribute('aria-disabled')).to.equal('true');
      expect(wordsOf(row)).to.contain('not available now');
      row.click();
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      expect(element.value).to.equal('');
    });
  });

  describe('list', () => {
    it('says that it is loading, and finds the bank of an early value when it has come', async () => {
      const answer = deferred<ProxyAnswer>();
      proxy.answer(() => answer.promise);
      const element = await fixture<LesspayBankPicker>(
        html`<lesspay-bank-picker proxy=${base} label="Bank" value="4"></lesspay-bank-picker>`,
      );
      field(element).click();
      await element.updateComplete;
      expect(wordsOf(element.renderRoot)).to.contain('Loading the banks…');
      answer.resolve(leanx());
      await until(() => element.listState === 'ready', 'The list did not come.');
      await element.updateComplete;
      expect(field(element).value).to.equal('BANK SIMPANAN NASIONAL');
      expect(element.bank?.id).to.equal('4');
    });

    it('finds what was typed before the list came', async () => {
      for (const [allowOther, typed, found, marked] of [
        [true, 'cimb ', ['CIMB BANK BERHAD'], undefined],
        [true, 'Village ', [], undefined],
        [false, 'cimb', ['CIMB BANK BERHAD'], 'CIMB BANK BERHAD'],
      ] as const) {
        const answer = deferred<ProxyAnswer>();
        proxy.answer(() => answer.promise);
        const element = await fixture<LesspayBankPicker>(
          html`<lesspay-bank-picker proxy=${base} label="Bank" ?allow-other=${allowOther}></lesspay-bank-picker>`,
        );
        await search(element, typed);
        expect(wordsOf(element.renderRoot), typed).to.contain('Loading the banks…');
        answer.resolve(leanx());
        await until(() => element.listState === 'ready', 'The list did not come.');
        await element.updateComplete;
        expect(rows(element), typed).to.deep.equal(found);
        expect(isOpen(element), typed).to.equal(found.length > 0);
        expect(active(element), typed).to.equal(marked);
        expect(field(element).value, 'the caret stays behind what was typed').to.equal(typed);
      }
    });

    it('says when the list is old', async () => {
      proxy.answer(() => leanx(NAMES, { stale: true, fetchedAt: new Date(Date.now() - 3 * 3_600_000).toISOString() }));
      const element = await picker();
      field(element).click();
      await element.updateComplete;
      expect(wordsOf(element.renderRoot)).to.contain('List from 3 hours ago');
      expect(element.matches(':state(stale)')).to.equal(true);
    });

    it('says when it could not be loaded, and loads it when asked again', async () => {
      proxy.answer(() => problem('upstream-unavailable', 503, true));
      const element = await picker();
      expect(wordsOf(element.renderRoot.querySelector('.note'))).to.contain('could not be loaded');
      proxy.answer(() => leanx());
      inside(element, '.note button').click();
      await until(() => element.listState === 'ready', 'The list did not come.');
      await element.updateComplete;
      expect(element.renderRoot.querySelector('.note')).to.equal(null);
      expect(await search(element, 'cimb')).to.deep.equal(['CIMB BANK BERHAD']);
    });

    it('asks Lesspay for the banks of a country and currency, and anew when they change', async () => {
      proxy.answer(({ url }) => ({
        json: { banks: [{ code: 'X1', name: `Bank of ${url.searchParams.get('country') ?? ''}` }] },
      }));
      const element = await picker(
        html`<lesspay-bank-picker proxy=${base} source="lesspay" country="PH" currency="PHP"></lesspay-bank-picker>`,
      );
      expect(await search(element, 'x1')).to.deep.equal(['Bank of PH']);
      element.country = 'TH';
      element.currency = 'THB';
      await element.updateComplete;
      await until(() => element.listState === 'ready', 'The list did not come.');
      expect(await search(element, 'bank')).to.deep.equal(['Bank of TH']);
      expect(proxy.calls.map(({ url }) => url.pathname + url.search)).to.deep.equal([
        `${base}/banks?country=PH&currency=PHP`,
        `${base}/banks?country=TH&currency=THB`,
      ]);
    });

    it('lets another name stand where the page allows it, also without a list', async () => {
      const template = html`<lesspay-bank-picker proxy=${base} label="Bank" allow-other></lesspay-bank-picker>`;
      const element = await picker(template);
      await search(element, 'Village Bank');
      expect(isOpen(element)).to.equal(false);
      field(element).blur();
      expect(element.value).to.equal('Village Bank');
      expect(element.bank).to.equal(undefined);
      await search(element, 'cimb bank berhad');
      field(element).blur();
      expect(element.value).to.equal('5');

      proxy.answer(() => problem('upstream-unavailable', 503, true));
      const alone = await picker(template);
      await search(alone, 'Village Bank');
      field(alone).blur();
      expect(alone.value).to.equal('Village Bank');
      expect(alone.checkValidity()).to.equal(true);
      expect(wordsOf(alone.renderRoot.querySelector('.note'))).to.contain('Type the bank’s name.');
    });
  });

  describe('in a form', () => {
    async function form(): Promise<[HTMLFormElement, LesspayBankPicker]> {
      const element = await fixture<HTMLFormElement>(
        html`<form>
          <label for="bank">Bank of the payee</label>
          <fieldset>
            <lesspay-bank-picker id="bank" name="bank" proxy=${base} required></lesspay-bank-picker>
          </fieldset>
        </form>`,
      );
      const [control] = Array.from(element.querySelectorAll<LesspayBankPicker>('lesspay-bank-picker'));
      if (!control) throw new Error('The picker is not there.');
      await until(() => control.listState === 'ready', 'The list did not come.');
      await control.updateComplete;
      return [element, control];
    }

    it('takes its name from the label around it', async () => {
      const [, control] = await form();
      expect(field(control).getAttribute('aria-label')).to.equal('Bank of the payee');
      await expect(control).to.be.accessible();
    });

    it('gives its value, is reset and is disabled with the form', async () => {
      const [element, control] = await form();
      expect(new FormData(element).has('bank')).to.equal(false);
      control.value = '4';
      expect(new FormData(element).get('bank')).to.equal('4');
      await control.updateComplete;
      expect(field(control).value).to.equal('BANK SIMPANAN NASIONAL');
      element.reset();
      await control.updateComplete;
      expect(control.value).to.equal('');
      expect(field(control).value).to.equal('');
      const [fieldset] = Array.from(element.querySelectorAll('fieldset'));
      if (fieldset) fieldset.disabled = true;
      await control.updateComplete;
      expect(field(control).disabled).to.equal(true);
      expect(control.matches(':state(disabled)')).to.equal(true);
    });

    it('is missing, unknown or valid, and shows it only after a report', async () => {
      const [element, control] = await form();
      expect(control.validity.valueMissing).to.equal(true);
      expect(control.matches(':invalid')).to.equal(true);
      expect(control.checkValidity()).to.equal(false);
      await control.updateComplete;
      expect(control.renderRoot.querySelector('.error')).to.equal(null);
      element.reportValidity();
      await control.updateComplete;
      expect(wordsOf(control.renderRoot.querySelector('.error'))).to.equal('Choose a bank.');
      control.value = '99';
      expect(control.validationMessage).to.equal('Choose a bank from the list.');
      control.value = '4';
      expect(control.checkValidity()).to.equal(true);
      await control.updateComplete;
      expect(control.renderRoot.querySelector('.error')).to.equal(null);
    });

    it('tells each change once', async () => {
      const [element, control] = await form();
      const told: [string | undefined, string][] = [];
      element.addEventListener('lesspay-change', (event) => {
        if (event instanceof LesspayBankChangeEvent) told.push([event.bank?.name, event.value]);
      });
      await search(control, 'simp');
      inside(control, '[role=option]').click();
      field(control).blur();
      await search(control, 'simpan');
      expect(told).to.deep.equal([
        ['BANK SIMPANAN NASIONAL', '4'],
        [undefined, ''],
      ]);
    });
  });
});
