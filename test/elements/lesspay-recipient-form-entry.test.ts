import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import 'lesspay-elements/define/lesspay-recipient-form';
import type { LesspayBankPicker, LesspayRecipientForm, LesspayRecipientFormEvent, Recipient } from 'lesspay-elements';
import { createRules } from 'lesspay-elements/rules';
import { choose, faded, inside, type, until, wordsOf } from './shadow-controls.ts';
import { problem, StubProxy, type ProxyAnswer } from './stub-proxy.ts';

const BANK: Recipient = {
  method: 'bank',
  country: 'PH',
  accountType: 'individual',
  holderName: 'Maria Clara Santos',
  bankName: 'BDO Unibank, Inc.',
  bic: 'BNORPHMM',
  accountNumber: '001234567890',
};
const LEANX: Recipient = {
  method: 'leanx',
  bankId: 77,
  accountNumber: '514012345678',
  holderName: 'Nurul Ain',
  recipientReference: 'Invoice 1042',
};
const LEANX_BANKS: ProxyAnswer = {
  json: {
    banks: [{ id: 77, name: 'MALAYAN BANKING BERHAD', reference: 'PAYOUT_MAYBANK_WEBPAY', active: true }],
    fetchedAt: '2026-11-20T10:00:00Z',
    stale: false,
  },
};

const control = (form: LesspayRecipientForm, name: string) =>
  inside<HTMLInputElement>(form, `#f-${name.replace('.', '-')}`);
const message = (form: LesspayRecipientForm, name: string) =>
  wordsOf(form.renderRoot.querySelector(`#f-${name.replace('.', '-')}-error`));

async function enter(form: LesspayRecipientForm, name: string, text: string): Promise<void> {
  const input = control(form, name);
  type(input, text);
  input.blur();
  await form.updateComplete;
}

describe('<lesspay-recipient-form>, filled', () => {
  let proxy: StubProxy;
  let check: ProxyAnswer;

  beforeEach(() => {
    check = { json: { state: 'unresolved' } };
    proxy = new StubProxy(({ url }) => {
      if (url.pathname.endsWith('/leanx/banks')) return LEANX_BANKS;
      return url.pathname.endsWith('/account-checks') ? check : problem('not-found', 404);
    });
  });
  afterEach(() => proxy.restore());

  describe('as the page has set it up', () => {
    it('shows the recipient’s fields in the page’s order, and says what is missing in that order', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form
          proxy=""
          currency="PHP"
          required
          .fields=${{ accountNumber: { order: -1 }, holderName: { order: 2 } }}
        ></lesspay-recipient-form>`,
      );
      const names = Array.from(
        form.renderRoot.querySelectorAll<HTMLElement>('.ruled [data-field]'),
        ({ dataset }) => dataset.field,
      );
      expect(names).to.deep.equal(['accountNumber', 'bankName', 'bic', 'holderName']);
      expect(form.issues.map(({ path }) => path)).to.deep.equal(names);
    });

    it('takes defaults, read-only and hidden for choices', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form
          proxy=""
          .fields=${{
            method: { default: 'ewallet', hidden: true },
            currency: { default: 'PHP', readonly: true, label: 'Paid in', hint: 'Agreed' },
            provider: { default: 'GCash', readonly: true },
            accountType: { default: 'business' },
          }}
        ></lesspay-recipient-form>`,
      );
      expect(form.renderRoot.querySelector('[data-field=method]')).to.equal(null);
      expect(inside<HTMLSelectElement>(form, '#f-currency').disabled).to.equal(true);
      expect(wordsOf(form.renderRoot.querySelector('label[for=f-currency]'))).to.equal('Paid in');
      expect(wordsOf(form.renderRoot.querySelector('#f-currency-hint'))).to.equal('Agreed');
      const others = form.renderRoot.querySelectorAll<HTMLInputElement>('[data-field=provider]:disabled');
      expect(Array.from(others, ({ value }) => value)).to.deep.equal(['GrabPay', 'PayMaya']);
      await enter(form, 'accountNumber', '09171234567');
      await enter(form, 'holderName', 'Maria');
      expect(form.value).to.include({ provider: 'GCash', accountType: 'business' });
      form.formResetCallback();
      expect([form.method, form.currency]).to.deep.equal(['ewallet', 'PHP']);
    });

    it('takes a default and read-only for a bank that is picked', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form
          method="leanx"
          .fields=${{ bankId: { default: '77', readonly: true, label: 'Paying bank', hint: 'Fixed' } }}
        ></lesspay-recipient-form>`,
      );
      const picker = inside<LesspayBankPicker>(form, '#f-bankId');
      await until(() => picker.listState === 'ready', 'The list did not come.');
      await picker.updateComplete;
      expect([picker.text, picker.readOnly, picker.label, picker.hint]).to.deep.equal([
        'MALAYAN BANKING BERHAD',
        true,
        'Paying bank',
        'Fixed',
      ]);
    });

    it('keeps a PIX key type that the page has set, whatever is typed', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form
          proxy=""
          currency="BRL"
          method="ewallet"
          .fields=${{ depositKeyType: { default: 'email', readonly: true }, depositKey: { hint: 'From the contract' } }}
        ></lesspay-recipient-form>`,
      );
      await enter(form, 'depositKey', '111.444.777-35');
      expect(inside<HTMLInputElement>(form, '[data-field=depositKeyType]:checked').value).to.equal('email');
      expect(message(form, 'depositKey')).to.contain('CPF, not E-mail');
      expect(wordsOf(form.renderRoot.querySelector('#f-depositKey-hint'))).to.equal('From the contract');
    });

    it('warns of a CNPJ with letters unless the merchant’s channel takes it', async () => {
      for (const [cnpjLetters, warns] of [
        [false, true],
        [true, false],
      ] as const) {
        const form = await fixture<LesspayRecipientForm>(
          html`<lesspay-recipient-form
            proxy=""
            currency="BRL"
            method="ewallet"
            .rules=${createRules({ tables: { cnpjLetters } })}
          ></lesspay-recipient-form>`,
        );
        await enter(form, 'depositKey', '12.ABC.345/01DE-35');
        await enter(form, 'holderName', 'Maria');
        expect(form.value, 'it is valid').to.include({ depositKey: '12ABC34501DE35' });
        expect(form.renderRoot.querySelector('#f-depositKey-warning') !== null).to.equal(warns);
      }
    });
  });

  describe('by the browser', () => {
    it('takes a value that is announced by input, by change, or not before the field is left', async () => {
      for (const events of [['input'], ['change'], ['input', 'change'], ['focusout']]) {
        const form = await fixture<LesspayRecipientForm>(
          html`<lesspay-recipient-form
            proxy=""
            currency="PHP"
            country="PH"
            .value=${{ ...BANK, bic: '' }}
          ></lesspay-recipient-form>`,
        );
        const told: string[] = [];
        form.addEventListener('lesspay-change', () => told.push('change'));
        const input = control(form, 'bic');
        input.value = 'BNORPHMM';
        for (const event of events) input.dispatchEvent(new Event(event, { bubbles: true }));
        expect(form.value, events.join()).to.deep.equal(BANK);
        expect(told, events.join()).to.have.length(1);
        const select = inside<HTMLSelectElement>(form, '#f-currency');
        select.value = 'THB';
        for (const event of ['input', 'change']) select.dispatchEvent(new Event(event, { bubbles: true }));
        expect(form.currency).to.equal('THB');
        expect(told, 'one change, one event').to.have.length(2);
      }
    });

    it('comes back after Back as it was left, in its form, and without a card’s number', async () => {
      const kept: string[] = [];
      const setFormValue = Object.getOwnPropertyDescriptor(ElementInternals.prototype, 'setFormValue')!;
      Object.defineProperty(ElementInternals.prototype, 'setFormValue', {
        ...setFormValue,
        value(this: ElementInternals, value: string | null, state?: string) {
          if (state) kept.push(state);
          (setFormValue.value as typeof this.setFormValue).call(this, value, state);
        },
      });
      const page = html`<form>
        <lesspay-recipient-form name="payee" proxy="" currency="USD" payout></lesspay-recipient-form>
      </form>`;
      try {
        const before = await fixture<HTMLFormElement>(page);
        const form = before.querySelector<LesspayRecipientForm>('lesspay-recipient-form')!;
        choose(inside<HTMLSelectElement>(form, '#f-currency'), 'PHP');
        form.value = BANK;
        form.amount = '1250';
        await enter(form, 'holderName', 'Maria Santos');
        const state = kept.at(-1) ?? '';

        const after = await fixture<HTMLFormElement>(page);
        const restored = after.querySelector<LesspayRecipientForm>('lesspay-recipient-form')!;
        restored.formStateRestoreCallback(state);
        await restored.updateComplete;
        expect(restored.value).to.deep.equal({ ...BANK, holderName: 'Maria Santos' });
        expect([restored.currency, restored.amount]).to.deep.equal(['PHP', '1250.00']);
        expect(control(restored, 'accountNumber').value).to.equal('0012 3456 7890');
        expect(JSON.parse(new FormData(after).get('payee') as string)).to.deep.equal(restored.value);

        await enter(restored, 'accountNumber', '4111 1111 1111 1111');
        expect(kept.at(-1)).not.to.contain('4111');
      } finally {
        Object.defineProperty(ElementInternals.prototype, 'setFormValue', setFormValue);
      }
    });

    it('points its message at the field that is wrong', async () => {
      const anchors: (string | undefined)[] = [];
      const setValidity = Object.getOwnPropertyDescriptor(ElementInternals.prototype, 'setValidity')!;
      Object.defineProperty(ElementInternals.prototype, 'setValidity', {
        ...setValidity,
        value(this: ElementInternals, ...[flags, text, anchor]: Parameters<ElementInternals['setValidity']>) {
          if (this.shadowRoot?.host.localName === 'lesspay-recipient-form') anchors.push(anchor?.id);
          (setValidity.value as typeof this.setValidity).call(this, flags, text, anchor);
        },
      });
      try {
        const form = await fixture<LesspayRecipientForm>(
          html`<lesspay-recipient-form proxy="" currency="PHP" required></lesspay-recipient-form>`,
        );
        expect(anchors.at(-1)).to.equal('f-holderName');
        form.value = { ...BANK, bic: 'X' };
        expect(anchors.at(-1)).to.equal('f-bic');
        form.value = BANK;
        expect(anchors.at(-1)).to.equal(undefined);
      } finally {
        Object.defineProperty(ElementInternals.prototype, 'setValidity', setValidity);
      }
    });

    it('asks for the keyboard that a field wants, and capitals only where they help', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form proxy="" currency="PHP" payout></lesspay-recipient-form>`,
      );
      const attribute = (name: string, of: string) => control(form, name).getAttribute(of);
      expect(attribute('holderName', 'autocapitalize')).to.equal('words');
      expect(attribute('bic', 'autocapitalize')).to.equal('characters');
      expect(attribute('accountNumber', 'autocapitalize')).to.equal('off');
      expect(attribute('amount', 'inputmode')).to.equal('decimal');
    });
  });

  describe('by hand', () => {
    async function ibanInput(): Promise<[LesspayRecipientForm, HTMLInputElement]> {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form proxy="" currency="EUR" country="DE"></lesspay-recipient-form>`,
      );
      const input = control(form, 'iban');
      input.focus();
      return [form, input];
    }

    it('leaves the caret where it was when digits are deleted in the middle of an IBAN', async () => {
      const [, input] = await ibanInput();
      await sendKeys({ type: 'DE89370400440532013000' });
      expect(input.value).to.equal('DE89 3704 0044 0532 0130 00');
      input.setSelectionRange(7, 7);
      await sendKeys({ press: 'Backspace' });
      expect(input.value).to.equal('DE89 3040 0440 5320 1300 0');
      expect(input.selectionStart).to.equal(6);
      await sendKeys({ type: '7' });
      expect(input.value).to.equal('DE89 3704 0044 0532 0130 00');
      expect(input.selectionStart).to.equal(7);
      input.setSelectionRange(5, 14);
      await sendKeys({ press: 'Delete' });
      expect(input.value).to.equal('DE89 0532 0130 00');
      expect(input.selectionStart).to.be.within(4, 5);
    });

    it('takes an IBAN pasted into the middle, full-width digits and invisible characters too', async () => {
      const [form, input] = await ibanInput();
      await sendKeys({ type: 'DE8900' });
      input.setSelectionRange(4, 4);
      input.setRangeText(' 3704 0044 0532 0130', 4, 4, 'end');
      input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
      expect(input.value).to.equal('DE89 3704 0044 0532 0130 00');
      expect(input.selectionStart).to.equal(24);
      await enter(form, 'iban', 'iban: de89\u20093704\u200b0044－0532－0130－００');
      expect(input.value).to.equal('DE89 3704 0044 0532 0130 00');
      expect(wordsOf(form.renderRoot.querySelector('#f-iban-hint'))).to.equal('Germany');
    });

    it('holds what the field shows after an undo', async () => {
      const [form, input] = await ibanInput();
      await sendKeys({ type: 'DE8937' });
      input.value = 'DE89 3';
      input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }));
      await form.updateComplete;
      expect(input.value).to.equal('DE89 3');
      input.value = 'DE893704';
      input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyRedo' }));
      expect(input.value).to.equal('DE89 3704');
    });

    it('keeps leading zeros, and infers the type of a mistyped PIX key only until it can be right', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form proxy="" currency="BRL" method="ewallet"></lesspay-recipient-form>`,
      );
      const chosen = () =>
        form.renderRoot.querySelector<HTMLInputElement>('[data-field=depositKeyType]:checked')?.value;
      await enter(form, 'depositKey', '012.345.678-91');
      expect(chosen()).to.equal('cpf');
      await enter(form, 'depositKey', '012.345.678-90');
      expect([chosen(), message(form, 'depositKey'), control(form, 'depositKey').value]).to.deep.equal([
        'cpf',
        '',
        '01234567890',
      ]);
      await enter(form, 'depositKey', 'maria@example.com');
      expect(chosen()).to.equal('email');
      await enter(form, 'depositKey', '');
      expect(chosen()).to.equal(undefined);
    });

    it('leaves alone what the page has put into its slots', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form proxy="" currency="PHP">
          <label slot="after"><input type="checkbox" data-field="holderName" value="x" /> I have checked</label>
          <button slot="after" type="button" data-act="review">Help</button>
        </lesspay-recipient-form>`,
      );
      let told = 0;
      form.addEventListener('lesspay-change', () => (told += 1));
      form.querySelector('input')?.click();
      form.querySelector('button')?.click();
      expect(told).to.equal(0);
      expect(control(form, 'holderName').value).to.equal('');
    });

    it('gives the page its events as one union, told apart by type', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form
          proxy=""
          currency="PHP"
          country="PH"
          .value=${{ ...BANK, bic: '' }}
        ></lesspay-recipient-form>`,
      );
      let bic: string | undefined;
      const listen = (event: LesspayRecipientFormEvent) => {
        if (event.type === 'lesspay-change' && event.recipient?.method === 'bank') ({ bic } = event.recipient);
      };
      form.addEventListener('lesspay-change', (event) => listen(event as LesspayRecipientFormEvent));
      await enter(form, 'bic', 'BNORPHMM');
      expect(bic).to.equal('BNORPHMM');
    });
  });

  describe('with a name check', () => {
    const region = (form: LesspayRecipientForm) => wordsOf(form.renderRoot.querySelector('.check-region'));

    async function checked(policy: string, answer: ProxyAnswer): Promise<LesspayRecipientForm> {
      check = answer;
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form
          method="leanx"
          name-check=${policy}
          payout
          amount="10"
          reference="INV-1"
          .value=${LEANX}
        ></lesspay-recipient-form>`,
      );
      await until(() => region(form) !== '' && !region(form).startsWith('Asking'), 'The bank was not asked.');
      return form;
    }
    const answer = (state: string): ProxyAnswer => ({ json: { state, holderName: 'NURUL A' } });

    it('goes on with the answers that the policy allows, and with no other', async () => {
      const states = ['match', 'close-match', 'no-match', 'unresolved'];
      for (const [policy, enough] of [
        ['advise', states],
        ['close-match', ['match', 'close-match']],
        ['match', ['match']],
        ['typo', ['match']],
      ] as const) {
        for (const state of states) {
          const form = await checked(policy, answer(state));
          const may = (enough as readonly string[]).includes(state);
          expect(form.value !== undefined, `${policy} ${state}`).to.equal(may);
          expect(form.review(), `${policy} ${state}`).to.equal(may);
          expect(await form.submit().then((outcome) => outcome !== undefined), `${policy} ${state}`).to.equal(may);
          expect(form.renderRoot.querySelector('.banner.success') !== null).to.equal(state === 'match');
        }
      }
    });

    it('says why it does not go on and what to do, at the name and in the summary', async () => {
      for (const state of ['close-match', 'no-match', 'unresolved']) {
        const form = await checked('match', answer(state));
        expect(region(form))
          .to.contain('must confirm this name before you can go on')
          .and.not.to.contain('You can go on.');
        expect(message(form, 'holderName'), 'not before the operator wants to go on').to.equal('');
        expect(form.issues).to.deep.equal([{ path: 'holderName', code: 'name-not-confirmed' }]);
        form.review();
        await form.updateComplete;
        expect(message(form, 'holderName')).to.contain('Check bank, account number and name');
        expect(wordsOf(inside(form, '#summary'))).to.contain('Account holder');
        await faded(form);
        await expect(form).to.be.accessible();
      }
    });

    it('waits for the answer, and says that the bank could not be asked', async () => {
      const form = await checked('close-match', problem('account-check-unavailable', 503));
      expect(region(form)).to.contain('could not be asked');
      expect(form.value).to.equal(undefined);
      check = answer('match');
      inside(form, '.check-region button').click();
      await until(() => form.value, 'It was not asked again.');
      expect(form.review()).to.equal(true);
      await form.updateComplete;
      await expect(form).to.be.accessible();
    });

    it('drops a confirmation with the name it was about', async () => {
      const form = await checked('match', answer('match'));
      expect(form.value).to.deep.equal(LEANX);
      type(control(form, 'holderName'), 'Ali');
      expect(form.value).to.equal(undefined);
      expect(form.renderRoot.querySelector('#f-holderName-error')).to.equal(null);
    });

    it('asks nothing when it is off', async () => {
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form method="leanx" name-check="off" .value=${LEANX}></lesspay-recipient-form>`,
      );
      await enter(form, 'holderName', 'Nurul');
      expect(form.value).to.include({ holderName: 'Nurul' });
      expect(inside(form, '.check-region').matches(':empty'), 'it takes no room').to.equal(true);
      expect(proxy.calls.filter(({ url }) => url.pathname.endsWith('/account-checks'))).to.deep.equal([]);
    });
  });
});
