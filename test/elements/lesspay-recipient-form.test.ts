import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import 'lesspay-elements/define/lesspay-recipient-form';
import type { LesspayBankPicker, LesspayRecipientForm, Recipient } from 'lesspay-elements';
import { LesspayRecipientChangeEvent, registerLocale } from 'lesspay-elements';
import { en } from 'lesspay-elements/locales/en';
import { createRules, ISSUE_CODES, parseRecipient, recipientFields } from 'lesspay-elements/rules';
import { choose, faded, inside, type, until, wordsOf } from './shadow-controls.ts';
import { deferred, problem, StubProxy, type ProxyAnswer } from './stub-proxy.ts';

const BANK: Recipient = {
  method: 'bank',
  country: 'PH',
  accountType: 'individual',
  holderName: 'Maria Clara Santos',
  bankName: 'BDO Unibank, Inc.',
  bic: 'BNORPHMM',
  accountNumber: '001234567890',
};

const LEANX_BANKS: ProxyAnswer = {
  json: {
    banks: [
      { id: 1, name: 'MBSB BANK BERHAD', reference: 'PAYOUT_MBSB_BANK_WEBPAY', active: true },
      { id: 77, name: 'MALAYAN BANKING BERHAD', reference: 'PAYOUT_MAYBANK_WEBPAY', active: true },
    ],
    fetchedAt: '2026-11-20T10:00:00Z',
    stale: false,
  },
};

const control = (form: LesspayRecipientForm, name: string) =>
  inside<HTMLInputElement>(form, `#f-${name.replace('.', '-')}`);
const radio = (form: LesspayRecipientForm, name: string, value: string) =>
  inside<HTMLInputElement>(form, `[data-field=${name}][value=${value}]`);
const message = (form: LesspayRecipientForm, name: string) =>
  wordsOf(form.renderRoot.querySelector(`#f-${name.replace('.', '-')}-error`));
const labels = (form: LesspayRecipientForm) =>
  Array.from(form.renderRoot.querySelectorAll('[part=label]'), wordsOf).concat(
    Array.from(form.renderRoot.querySelectorAll<LesspayBankPicker>('lesspay-bank-picker'), ({ label }) => label),
  );

async function enter(form: LesspayRecipientForm, name: string, text: string): Promise<void> {
  const input = control(form, name);
  type(input, text);
  input.blur();
  await form.updateComplete;
}

describe('<lesspay-recipient-form>', () => {
  let proxy: StubProxy;

  beforeEach(async () => {
    proxy = new StubProxy(() => problem('not-found', 404));
    await setViewport({ width: 900, height: 900 });
  });
  afterEach(() => proxy.restore());

  async function recipientForm(
    template = html`<lesspay-recipient-form currency="PHP"></lesspay-recipient-form>`,
  ): Promise<LesspayRecipientForm> {
    const form = await fixture<LesspayRecipientForm>(template);
    await until(
      () => !form.renderRoot.querySelector('#f-country') || control(form, 'country').children.length > 200,
      'The countries did not come.',
    );
    await form.updateComplete;
    return form;
  }

  it('passes the accessibility audit with each method, empty and with every message shown', async () => {
    proxy.answer(() => LEANX_BANKS);
    for (const [currency, method] of [
      ['PHP', 'bank'],
      ['BRL', 'bank'],
      ['EUR', 'bank'],
      ['PHP', 'ewallet'],
      ['BRL', 'ewallet'],
      ['MYR', 'leanx'],
    ] as const) {
      const form = await recipientForm(
        html`<lesspay-recipient-form
          proxy="/lesspay"
          currency=${currency}
          method=${method}
          country=${currency === 'EUR' ? 'DE' : ''}
          required
        ></lesspay-recipient-form>`,
      );
      await expect(form).to.be.accessible();
      form.reportValidity();
      await form.updateComplete;
      expect(form.renderRoot.querySelector('#summary'), `${currency} ${method}`).not.to.equal(null);
      await faded(form);
      await expect(form).to.be.accessible();
    }
  });

  it('passes the accessibility audit disabled', async () => {
    await expect(
      await recipientForm(html`<lesspay-recipient-form currency="PHP" disabled></lesspay-recipient-form>`),
    ).to.be.accessible();
  });

  describe('fields', () => {
    it('are those of the rules, for each method, currency, country and account type', async () => {
      const form = await recipientForm();
      const texts = en.recipientForm;
      for (const [method, currency, country, accountType] of [
        ['bank', 'PHP', 'PH', 'individual'],
        ['bank', 'INR', 'IN', 'business'],
        ['bank', 'EUR', 'DE', 'individual'],
        ['bank', 'USD', 'US', 'individual'],
        ['bank', 'BRL', 'BR', 'business'],
        ['bank', 'JPY', 'JP', 'business'],
        ['bank', 'CNY', 'CN', 'individual'],
        ['ewallet', 'PHP', '', 'individual'],
        ['ewallet', 'BRL', '', 'individual'],
        ['leanx', 'MYR', '', 'individual'],
      ] as const) {
        form.method = method;
        form.currency = currency;
        form.country = country;
        await form.updateComplete;
        if (method !== 'leanx') choose(radio(form, 'accountType', accountType), accountType);
        await form.updateComplete;
        const shown = labels(form);
        const specs = recipientFields({ method, currency, country, accountType });
        for (const { labelKey, required } of specs) {
          const label = texts[`field.${labelKey}`];
          expect(shown, `${method} ${currency}`).to.contain(
            required || label === 'Bank' ? label : `${label} (optional)`,
          );
        }
      }
    });

    it('are not corrected, completed or kept by the browser', async () => {
      const form = await recipientForm();
      for (const input of form.renderRoot.querySelectorAll<HTMLInputElement>('input.input')) {
        expect(input.getAttribute('autocomplete')).to.equal('off');
        expect(input.getAttribute('autocorrect')).to.equal('off');
        expect(input.getAttribute('spellcheck')).to.equal('false');
      }
    });

    it('keep their values when method and currency change and the field is still there', async () => {
      const form = await recipientForm();
      await enter(form, 'holderName', 'Maria Clara Santos');
      await enter(form, 'accountNumber', '001234567890');
      choose(radio(form, 'method', 'ewallet'), 'ewallet');
      await form.updateComplete;
      expect(control(form, 'holderName').value).to.equal('Maria Clara Santos');
      expect(control(form, 'accountNumber').value, 'a wallet number is no account number').to.equal('');
      choose(radio(form, 'provider', 'GCash'), 'GCash');
      await enter(form, 'accountNumber', '0917 123 4567');
      choose(control(form, 'currency'), 'IDR');
      await form.updateComplete;
      expect(control(form, 'accountNumber').value).to.equal('09171234567');
      expect(form.renderRoot.querySelector(':checked[data-field=provider]')).to.equal(null);
      choose(control(form, 'currency'), 'PHP');
      await form.updateComplete;
      expect(radio(form, 'provider', 'GCash').checked).to.equal(true);
      choose(radio(form, 'method', 'leanx'), 'leanx');
      await form.updateComplete;
      expect(form.currency).to.equal('MYR');
      expect(control(form, 'accountNumber').value).to.equal('0012 3456 7890');
      choose(radio(form, 'method', 'bank'), 'bank');
      await form.updateComplete;
      expect(form.currency).to.equal('PHP');
      expect(form.country).to.equal('PH');
      expect(control(form, 'accountNumber').value).to.equal('0012 3456 7890');
    });

    it('follow the home country of the currency until the operator chooses another', async () => {
      const form = await recipientForm();
      expect(form.country).to.equal('PH');
      choose(control(form, 'currency'), 'THB');
      expect(form.country).to.equal('TH');
      choose(control(form, 'country'), 'SG');
      choose(control(form, 'currency'), 'USD');
      expect(form.country).to.equal('SG');
    });

    it('take the page’s own label, hint, default, read-only and hidden', async () => {
      const form = await recipientForm(
        html`<lesspay-recipient-form
          currency="PHP"
          .fields=${{
            holderName: { label: 'Payee', hint: 'As in the contract', default: 'Maria' },
            country: { hidden: true },
            bankName: { default: 'BDO', hidden: true },
            bic: { default: 'BNORPHMM', readonly: true },
          }}
        ></lesspay-recipient-form>`,
      );
      expect(labels(form)).to.contain('Payee').and.not.to.contain('Country').and.not.to.contain('Bank');
      expect(wordsOf(form.renderRoot.querySelector('#f-holderName-hint'))).to.equal('As in the contract');
      expect(control(form, 'bic').readOnly).to.equal(true);
      await enter(form, 'accountNumber', '1234567890');
      expect(form.value).to.deep.equal({
        method: 'bank',
        country: 'PH',
        accountType: 'individual',
        holderName: 'Maria',
        bankName: 'BDO',
        bic: 'BNORPHMM',
        accountNumber: '1234567890',
      });
    });

    it('follow the merchant’s own tables', async () => {
      const rules = createRules({ tables: { walletProviders: { PHP: ['GCash', 'Coins'] } } });
      const form = await recipientForm(
        html`<lesspay-recipient-form currency="PHP" method="ewallet" .rules=${rules}></lesspay-recipient-form>`,
      );
      const providers = form.renderRoot.querySelectorAll<HTMLInputElement>('[data-field=provider]');
      expect(Array.from(providers, ({ value }) => value)).to.deep.equal(['GCash', 'Coins']);
    });

    it('offer only the methods and currencies that the page names', async () => {
      const form = await recipientForm(
        html`<lesspay-recipient-form methods="ewallet bank" currencies="IDR PHP EUR"></lesspay-recipient-form>`,
      );
      const methods = form.renderRoot.querySelectorAll<HTMLInputElement>('[data-field=method]');
      expect(Array.from(methods, ({ value }) => value)).to.deep.equal(['bank', 'ewallet']);
      const options = control(form, 'currency').querySelectorAll('option');
      expect(Array.from(options, ({ value }) => value)).to.deep.equal(['', 'IDR', 'PHP', 'EUR']);
    });
  });

  it('accepts and refuses what parseRecipient does, for every currency, country, method and field', async () => {
    const form = await recipientForm();
    const { tables } = createRules();
    const bad = ['<', 'zz', '4111111111111111', 'DEUTDEFF', 'GB29NWBK60161331926819', 'x'.repeat(150), '0000000', ''];
    let compared = 0;
    const compare = (currency: string, recipient: object, what: string) => {
      form.currency = currency;
      form.value = recipient as Record<string, unknown>;
      const expected = parseRecipient(recipient, { currency });
      const agreed = (form.issues.length === 0) === expected.ok;
      expect(agreed, `${what}: ${JSON.stringify([form.issues, expected])}`).to.equal(true);
      // An object that lost its last member is left out by the form.
      if (expected.ok && !JSON.stringify(recipient).includes('{}'))
        expect(form.value, what).to.deep.equal(expected.recipient);
      compared += 1;
    };
    const corridors = Array.from(tables.corridors, ([currency, countries]) =>
      [...countries.keys(), 'DE', 'GP', 'PH'].map((country) => ({ method: 'bank' as const, currency, country })),
    ).flat();
    const wallets = Array.from(tables.wallets, ([currency, providers]) =>
      providers.map(({ name }) => ({ method: 'ewallet' as const, currency, provider: name })),
    ).flat();
    const choices = [...corridors, ...wallets, { method: 'leanx' as const, currency: 'MYR' }];
    for (const choice of choices.filter(({ currency }) => currency !== '')) {
      for (const accountType of ['individual', 'business'] as const) {
        const { method, currency, ...own } = choice;
        const base: Record<string, unknown> = { method, ...own, ...(method === 'leanx' ? {} : { accountType }) };
        const specs = recipientFields({ ...choice, accountType });
        const put = (holder: Record<string, unknown>, name: string, value: unknown) => {
          const [head = '', tail] = name.split('.');
          if (tail === undefined) holder[head] = value;
          else holder[head] = { ...(holder[head] as object | undefined), [tail]: value };
        };
        for (const { name, example } of specs) put(base, name, name === 'bankId' ? 77 : example);
        if (base.depositKey !== undefined) base.accountNumber = base.depositKey;
        compare(currency, JSON.parse(JSON.stringify(base)) as object, `${currency} as it should be`);
        for (const { name } of specs.filter((spec) => spec.control === 'text')) {
          for (const text of bad) {
            const changed = JSON.parse(JSON.stringify(base)) as Record<string, unknown>;
            // An empty text is a field left out.
            put(changed, name, text === '' ? undefined : text);
            if (name === 'depositKey') changed.accountNumber = text === '' ? undefined : text;
            compare(currency, JSON.parse(JSON.stringify(changed)) as object, `${currency} ${name} “${text}”`);
          }
        }
      }
    }
    expect(compared).to.be.greaterThan(1000);
  }).timeout(60_000);

  describe('typing', () => {
    it('groups an IBAN in fours and leaves the caret behind the same character', async () => {
      const form = await recipientForm(
        html`<lesspay-recipient-form currency="EUR" country="DE"></lesspay-recipient-form>`,
      );
      const input = control(form, 'iban');
      input.focus();
      await sendKeys({ type: 'de8937040044' });
      expect(input.value).to.equal('DE89 3704 0044');
      input.setSelectionRange(4, 4);
      await sendKeys({ type: 'x' });
      expect(input.value).to.equal('DE89 X370 4004 4');
      expect(input.selectionStart).to.equal(6);
      await sendKeys({ press: 'Backspace' });
      expect(input.value).to.equal('DE89 3704 0044');
      expect(input.selectionStart).to.equal(4);
      await sendKeys({ press: 'Delete' });
      expect(input.value).to.equal('DE89 7040 044');
    });

    it('takes what people paste', async () => {
      const form = await recipientForm();
      await enter(form, 'accountNumber', ' ００12-3456\u200b 7890 ');
      await enter(form, 'bic', 'bnor-ph mm');
      await enter(form, 'holderName', '  Maria\u00a0Clara   Santos ');
      expect(control(form, 'accountNumber').value).to.equal('0012 3456 7890');
      expect(control(form, 'bic').value).to.equal('BNORPHMM');
      expect(control(form, 'holderName').value).to.equal('Maria Clara Santos');
      expect(wordsOf(form.renderRoot.querySelector('#f-bic-hint'))).to.equal('Philippines · head office');
      expect(form.issues).to.deep.equal([{ path: 'bankName', code: 'required' }]);
    });

    it('accepts every spelling of a wallet’s number, and a name of one word', async () => {
      const form = await recipientForm(
        html`<lesspay-recipient-form currency="IDR" method="ewallet"></lesspay-recipient-form>`,
      );
      choose(radio(form, 'provider', 'Gopay'), 'Gopay');
      await enter(form, 'holderName', 'Suharto');
      for (const [typed, wire] of [
        ['0812 3456 7890', '081234567890'],
        ['+62 812-3456-7890', '+6281234567890'],
        ['6281234567890', '+6281234567890'],
      ] as const) {
        await enter(form, 'accountNumber', typed);
        expect(form.value, typed).to.deep.equal({
          method: 'ewallet',
          provider: 'Gopay',
          accountType: 'individual',
          holderName: 'Suharto',
          accountNumber: wire,
        });
      }
    });

    it('finds the type of a PIX key, shows it, and leaves it to the operator once chosen', async () => {
      const form = await recipientForm(
        html`<lesspay-recipient-form currency="BRL" method="ewallet"></lesspay-recipient-form>`,
      );
      for (const [typed, keyType, key] of [
        ['111.444.777-35', 'cpf', '11144477735'],
        ['Maria@Example.com', 'email', 'maria@example.com'],
        ['+55 (11) 91234-5678', 'phone', '+5511912345678'],
        ['123E4567-E89B-12D3-A456-426655440000', 'random', '123e4567-e89b-12d3-a456-426655440000'],
        ['12.ABC.345/01DE-35', 'cnpj', '12ABC34501DE35'],
      ] as const) {
        await enter(form, 'depositKey', typed);
        expect(radio(form, 'depositKeyType', keyType).checked, typed).to.equal(true);
        expect(control(form, 'depositKey').value).to.equal(key);
      }
      expect(wordsOf(form.renderRoot.querySelector('#f-depositKey-warning'))).to.contain('letters');
      await enter(form, 'holderName', 'Maria');
      expect(form.value).to.include({ depositKeyType: 'cnpj', accountNumber: '12ABC34501DE35' });

      choose(radio(form, 'depositKeyType', 'phone'), 'phone');
      await enter(form, 'depositKey', '111.444.777-35');
      expect(radio(form, 'depositKeyType', 'phone').checked).to.equal(true);
      expect(message(form, 'depositKey')).to.contain('looks like a PIX key of type CPF, not Phone');
    });
  });

  describe('messages', () => {
    it('come when a field is left, not while it is typed in, and go as soon as it is right', async () => {
      const form = await recipientForm();
      const input = control(form, 'bic');
      type(input, 'BNOR');
      await form.updateComplete;
      expect(message(form, 'bic')).to.equal('');
      input.blur();
      await form.updateComplete;
      expect(message(form, 'bic')).to.equal('A SWIFT / BIC has 8 or 11 characters, you have 4.');
      expect(input.getAttribute('aria-invalid')).to.equal('true');
      expect(input.getAttribute('aria-describedby')).to.contain('f-bic-error');
      type(input, 'BNORPHM');
      await form.updateComplete;
      expect(message(form, 'bic')).to.contain('you have 7');
      type(input, 'BNORPHMM');
      await form.updateComplete;
      expect(message(form, 'bic')).to.equal('');
      type(input, 'BNORPHMM1');
      await form.updateComplete;
      expect(message(form, 'bic'), 'right once, it is left alone again').to.equal('');
    });

    it('do not come for an empty field that was only passed', async () => {
      const form = await recipientForm();
      control(form, 'bic').focus();
      control(form, 'bic').blur();
      await form.updateComplete;
      expect(form.renderRoot.querySelector('.error')).to.equal(null);
    });

    it('say what is wrong and how to put it right', async () => {
      const form = await recipientForm(
        html`<lesspay-recipient-form currency="EUR" country="DE"></lesspay-recipient-form>`,
      );
      const said = async (name: string, text: string) => {
        await enter(form, name, text);
        return message(form, name);
      };
      expect(await said('iban', 'DE89 3704 0044 0532 0130 0')).to.equal(
        'This IBAN is one digit short for Germany: 22 characters, you have 21.',
      );
      expect(await said('iban', 'GB29 NWBK 6016 1331 9268 19')).to.contain(
        'another country (United Kingdom, not Germany)',
      );
      expect(await said('iban', 'DE89370400440532013001')).to.contain('check digits');
      expect(await said('bic', 'BNORPHMM')).to.contain('another country (Philippines, not Germany)');
      expect(await said('bic', 'DEUTDE00')).to.contain('test SWIFT / BIC');
      expect(await said('holderName', 'Maria <b>')).to.contain('“<” cannot be in a name');
      form.currency = 'PHP';
      form.country = 'PH';
      await form.updateComplete;
      expect(await said('accountNumber', '4111 1111 1111 1111')).to.contain('card number');
      form.method = 'ewallet';
      form.currency = 'IDR';
      await form.updateComplete;
      choose(radio(form, 'provider', 'Gopay'), 'Gopay');
      expect(await said('accountNumber', '1234')).to.contain('Enter the wallet number, such as 081234567890.');
      expect(await said('accountNumber', '09171234567')).to.contain('another country (Philippines, not Indonesia)');
    });

    it('exist for every code that a field can have', () => {
      const texts: Partial<Record<string, string>> = en.issues;
      const codes = ISSUE_CODES.filter((code) => !code.startsWith('url-'));
      expect(codes).to.have.length.above(50);
      for (const code of codes) expect(texts[code], code).to.be.a('string').and.not.equal('');
    });

    it('speak the language of the page', async () => {
      registerLocale('ms', {
        recipientForm: { 'field.holderName': 'Pemegang akaun' },
        issues: { required: 'Isi {label}.' },
      });
      const form = await recipientForm(
        html`<lesspay-recipient-form lang="ms" currency="PHP" required></lesspay-recipient-form>`,
      );
      form.reportValidity();
      await form.updateComplete;
      expect(message(form, 'holderName')).to.equal('Isi pemegang akaun.');
    });
  });

  describe('LeanX', () => {
    let answer: ProxyAnswer | Promise<ProxyAnswer>;
    const region = (form: LesspayRecipientForm) => wordsOf(form.renderRoot.querySelector('.check-region'));
    const checks = () => proxy.calls.filter(({ url }) => url.pathname.endsWith('/account-checks'));

    beforeEach(() => {
      answer = { json: { state: 'unresolved' } };
      proxy.answer(({ url }) => (url.pathname.endsWith('/leanx/banks') ? LEANX_BANKS : answer));
    });

    async function leanxForm(): Promise<LesspayRecipientForm> {
      const form = await recipientForm(
        html`<lesspay-recipient-form proxy="/lesspay" method="leanx"></lesspay-recipient-form>`,
      );
      const picker = inside<LesspayBankPicker>(form, '#f-bankId');
      await until(() => picker.listState === 'ready', 'The list did not come.');
      type(inside(picker, 'input'), 'mbb');
      await picker.updateComplete;
      inside(picker, '[role=option]').click();
      await form.updateComplete;
      return form;
    }

    it('makes a recipient of bank, account, name and reference', async () => {
      const form = await leanxForm();
      await enter(form, 'accountNumber', '5140 1234 5678');
      await enter(form, 'holderName', 'Nurul Ain');
      await enter(form, 'recipientReference', 'Invoice 1042');
      expect(form.value).to.deep.equal({
        method: 'leanx',
        bankId: 77,
        accountNumber: '514012345678',
        holderName: 'Nurul Ain',
        recipientReference: 'Invoice 1042',
      });
    });

    it('asks the bank for the name once bank and account are there, and again with the name', async () => {
      const form = await leanxForm();
      await enter(form, 'accountNumber', '514012345678');
      await enter(form, 'holderName', 'Nurul Ain');
      control(form, 'holderName').focus();
      control(form, 'holderName').blur();
      await until(() => checks().length === 2, 'The bank was not asked twice.');
      expect(checks().map(({ body }) => body)).to.deep.equal([
        { bankId: 77, accountNumber: '514012345678' },
        { bankId: 77, accountNumber: '514012345678', name: 'Nurul Ain' },
      ]);
    });

    it('shows each answer honestly, with a tick for a real match only', async () => {
      const form = await leanxForm();
      await enter(form, 'holderName', 'Nurul Ain');
      for (const [given, words, tick] of [
        [
          { json: { state: 'match', holderName: 'NURUL AIN' } },
          'The bank has the same name on this account. The bank has: NURUL AIN',
          true,
        ],
        [{ json: { state: 'match' } }, 'The bank has the same name on this account.', true],
        [{ json: { state: 'match', holderName: ' ' } }, 'Nothing is confirmed: no name was compared.', false],
        [
          { json: { state: 'close-match', holderName: 'NURUL A' } },
          'Similar, but not the same. The bank has: NURUL A',
          false,
        ],
        [{ json: { state: 'no-match', holderName: 'ALI' } }, 'The bank has another name.', false],
        [{ json: { state: 'unresolved' } }, 'Nothing is confirmed: no name was compared.', false],
        [{ json: { state: 'verified!' } }, 'Nothing is confirmed: no name was compared.', false],
        [problem('account-check-unavailable', 503), 'Nothing is confirmed: the bank could not be asked.', false],
      ] as const) {
        answer = given;
        await enter(form, 'accountNumber', String(100_000_000 + checks().length));
        await until(() => region(form).startsWith(words), `“${region(form)}” should be “${words}”`);
        expect(form.renderRoot.querySelector('.banner.success') !== null, words).to.equal(tick);
        await expect(form).to.be.accessible();
      }
    });

    it('lets the operator take the bank’s name, and drops the answer when the account changes', async () => {
      answer = { json: { state: 'no-match', holderName: 'NURUL AIN BINTI AHMAD' } };
      const form = await leanxForm();
      await enter(form, 'holderName', 'Nurul');
      await enter(form, 'accountNumber', '514012345678');
      await until(() => region(form).includes('AHMAD'), 'The answer did not come.');
      answer = { json: { state: 'match', holderName: 'NURUL AIN BINTI AHMAD' } };
      inside(form, '.check-region button').click();
      await until(() => form.renderRoot.querySelector('.banner.success'), 'The name was not compared again.');
      expect(control(form, 'holderName').value).to.equal('NURUL AIN BINTI AHMAD');
      type(control(form, 'accountNumber'), '5140123');
      await form.updateComplete;
      expect(region(form)).to.equal('');
    });

    it('takes no answer about an account that is no longer entered', async () => {
      const slow = deferred<ProxyAnswer>();
      answer = slow.promise;
      const form = await leanxForm();
      await enter(form, 'holderName', 'Nurul');
      await enter(form, 'accountNumber', '514012345678');
      answer = { json: { state: 'no-match', holderName: 'ALI' } };
      await enter(form, 'accountNumber', '999912345678');
      slow.resolve({ json: { state: 'match', holderName: 'NURUL' } });
      await until(() => region(form).includes('ALI'), 'The answer did not come.');
      await nextFrame();
      expect(form.renderRoot.querySelector('.banner.success')).to.equal(null);
    });
  });

  describe('bank field', () => {
    const picker = (form: LesspayRecipientForm) => inside<LesspayBankPicker>(form, '#f-bankName');
    const template = html`<lesspay-recipient-form proxy="/lesspay" currency="PHP"></lesspay-recipient-form>`;

    it('offers the banks that the channel knows and lets another name stand', async () => {
      proxy.answer(() => ({ json: { banks: [{ code: 'BNORPHMM', name: 'BDO Unibank, Inc.' }] } }));
      const form = await recipientForm(template);
      await until(() => picker(form).listState === 'ready', 'The list did not come.');
      form.value = { ...BANK, bankName: '' };
      type(inside(picker(form), 'input'), 'bdo');
      await picker(form).updateComplete;
      inside(picker(form), '[role=option]').click();
      expect(form.value).to.deep.equal(BANK);
      type(inside(picker(form), 'input'), 'Rural Bank of Angeles');
      inside(picker(form), 'input').blur();
      expect(form.value).to.deep.equal({ ...BANK, bankName: 'Rural Bank of Angeles' });
    });

    it('is a plain text field when the list fails', async () => {
      const form = await recipientForm(template);
      await until(() => picker(form).listState === 'failed', 'The list came.');
      form.value = { ...BANK, bankName: '' };
      await form.updateComplete;
      type(inside(picker(form), 'input'), 'BDO Unibank, Inc.');
      expect(form.value).to.deep.equal(BANK);
    });
  });

  describe('in a form', () => {
    async function inForm(): Promise<[HTMLFormElement, LesspayRecipientForm]> {
      const element = await fixture<HTMLFormElement>(
        html`<form>
          <fieldset>
            <lesspay-recipient-form name="payee" currency="PHP" required></lesspay-recipient-form>
          </fieldset>
        </form>`,
      );
      const [form] = Array.from(element.querySelectorAll<LesspayRecipientForm>('lesspay-recipient-form'));
      if (!form) throw new Error('The form is not there.');
      await form.updateComplete;
      return [element, form];
    }

    it('gives the recipient as JSON, at once and only when it is right', async () => {
      const [element, form] = await inForm();
      expect(new FormData(element).has('payee')).to.equal(false);
      form.value = BANK;
      expect(JSON.parse(new FormData(element).get('payee') as string)).to.deep.equal(BANK);
      form.value = { ...BANK, bic: 'X' };
      expect(new FormData(element).has('payee')).to.equal(false);
      expect(form.value).to.equal(undefined);
    });

    it('shows every value it was given, and gives it back unchanged', async () => {
      const [, form] = await inForm();
      const recipients: [string, Recipient][] = [
        ['PHP', BANK],
        ['EUR', { ...BANK, country: 'DE', bic: 'DEUTDEFF', iban: 'DE89370400440532013000', accountNumber: undefined }],
        ['USD', { ...BANK, country: 'US', bic: undefined, codes: { aba: '021000021' } }],
        [
          'PHP',
          {
            method: 'ewallet',
            provider: 'GCash',
            accountType: 'business',
            holderName: 'A',
            accountNumber: '09171234567',
          },
        ],
        [
          'BRL',
          {
            method: 'ewallet',
            provider: 'PIX',
            accountType: 'individual',
            holderName: 'A',
            depositKeyType: 'cpf',
            depositKey: '11144477735',
            accountNumber: '11144477735',
          },
        ],
        [
          'MYR',
          { method: 'leanx', bankId: 77, accountNumber: '514012345678', holderName: 'A', recipientReference: 'R' },
        ],
      ];
      for (const [currency, recipient] of recipients) {
        form.currency = currency;
        form.value = recipient;
        const sent = JSON.parse(JSON.stringify(recipient)) as Recipient;
        expect(form.value, currency).to.deep.equal(sent);
        expect(parseRecipient(form.value, { currency }).ok).to.equal(true);
      }
    });

    it('takes back what it told a page, and undoes nothing that is half typed', async () => {
      const [, form] = await inForm();
      form.addEventListener('lesspay-change', ({ recipient }) => (form.value = recipient));
      form.value = BANK;
      await form.updateComplete;
      const input = control(form, 'accountNumber');
      // As it is typed: the form's own spelling comes when the field is left.
      type(input, '0012-3456 7890');
      await form.updateComplete;
      expect(input.value).to.equal('0012-3456 7890');
      type(control(form, 'bic'), 'BNORP');
      await form.updateComplete;
      expect(form.value).to.equal(undefined);
      expect(control(form, 'bic').value).to.equal('BNORP');
      expect(control(form, 'holderName').value).to.equal(BANK.holderName);
    });

    it('is emptied by null', async () => {
      const [, form] = await inForm();
      form.value = { ...BANK, bic: 'X' };
      form.value = null;
      await form.updateComplete;
      expect(control(form, 'holderName').value).to.equal('');
    });

    it('is :invalid with the message of the first field that is wrong', async () => {
      const [element, form] = await inForm();
      expect(form.matches(':invalid')).to.equal(true);
      expect(form.validity.valueMissing).to.equal(true);
      expect(form.validationMessage).to.equal('Enter the account holder.');
      form.value = { ...BANK, bic: 'X' };
      expect(form.validity.customError).to.equal(true);
      expect(form.validationMessage).to.equal('A SWIFT / BIC has 8 or 11 characters, you have 1.');
      expect(element.checkValidity()).to.equal(false);
      form.value = BANK;
      expect(form.matches(':valid')).to.equal(true);
      expect(element.checkValidity()).to.equal(true);
    });

    it('shows nothing on a check, and everything on a submit', async () => {
      const [element, form] = await inForm();
      expect(form.checkValidity()).to.equal(false);
      await form.updateComplete;
      expect(form.renderRoot.querySelector('.error')).to.equal(null);
      let submitted = 0;
      element.addEventListener('submit', (event) => {
        event.preventDefault();
        submitted += 1;
      });
      element.requestSubmit();
      await form.updateComplete;
      expect(submitted).to.equal(0);
      expect(message(form, 'holderName')).to.equal('Enter the account holder.');
      expect(wordsOf(form.renderRoot.querySelector('#summary-title'))).to.equal('4 fields need your attention');
      form.value = BANK;
      element.requestSubmit();
      expect(submitted).to.equal(1);
    });

    it('leads from the summary to the field', async () => {
      const [, form] = await inForm();
      form.reportValidity();
      await form.updateComplete;
      inside(form, '#summary a[href="#f-bic"]').click();
      expect((form.renderRoot as ShadowRoot).activeElement?.id).to.equal('f-bic');
      expect(location.hash).to.equal('');
    });

    it('submits on Enter, with the value as it was typed last', async () => {
      const [element, form] = await inForm();
      form.value = { ...BANK, bic: '' };
      await form.updateComplete;
      let sent: unknown;
      element.addEventListener('submit', (event) => {
        event.preventDefault();
        sent = JSON.parse(new FormData(element).get('payee') as string);
      });
      control(form, 'bic').focus();
      await sendKeys({ type: 'bnor ph mm' });
      await sendKeys({ press: 'Enter' });
      expect(sent).to.deep.equal(BANK);
    });

    it('is reset to what the page gave', async () => {
      const [element, form] = await inForm();
      form.value = BANK;
      choose(control(form, 'currency'), 'THB');
      element.reset();
      await form.updateComplete;
      expect(form.currency).to.equal('PHP');
      expect(control(form, 'holderName').value).to.equal('');
      form.setAttribute('value', JSON.stringify(BANK));
      form.value = { ...BANK, holderName: 'Someone else' };
      element.reset();
      expect(form.value).to.deep.equal(BANK);
    });

    it('is disabled with its fieldset', async () => {
      const [element, form] = await inForm();
      inside(form, '#f-bic');
      for (const fieldset of element.querySelectorAll('fieldset')) fieldset.disabled = true;
      await form.updateComplete;
      for (const input of form.renderRoot.querySelectorAll('input, select')) {
        expect((input as HTMLInputElement).disabled).to.equal(true);
      }
      expect(form.matches(':state(disabled)')).to.equal(true);
      expect(new FormData(element).has('payee')).to.equal(false);
    });

    it('may stay empty where it is not required, but not half filled', async () => {
      const form = await recipientForm();
      expect(form.checkValidity()).to.equal(true);
      await enter(form, 'holderName', 'Maria');
      expect(form.checkValidity()).to.equal(false);
    });

    it('comes back as it was after Back, without a card number', async () => {
      const form = await recipientForm();
      form.formStateRestoreCallback(
        JSON.stringify([
          { method: 'bank', currency: 'THB', country: 'SG', provider: '', accountType: 'business' },
          [['holderName', 'Maria']],
          ['country'],
        ]),
      );
      await form.updateComplete;
      expect([form.currency, form.country]).to.deep.equal(['THB', 'SG']);
      expect(control(form, 'holderName').value).to.equal('Maria');
      form.formStateRestoreCallback('from another version');
      expect(form.currency).to.equal('THB');
    });

    it('tells each change with the recipient once it is right, and what is not', async () => {
      const [, form] = await inForm();
      form.value = { ...BANK, bic: '' };
      await form.updateComplete;
      const told: LesspayRecipientChangeEvent[] = [];
      form.addEventListener('lesspay-change', (event) => {
        if (event instanceof LesspayRecipientChangeEvent) told.push(event);
      });
      type(control(form, 'bic'), 'BNOR');
      type(control(form, 'bic'), 'BNORPHMM');
      expect(told.map(({ recipient, issues }) => [recipient?.method, issues])).to.deep.equal([
        [undefined, [{ path: 'bic', code: 'bic-length' }]],
        ['bank', []],
      ]);
    });
  });
});
