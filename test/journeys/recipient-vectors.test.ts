import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { FormIssue, LesspayRecipientForm } from 'lesspay-elements';
import {
  checkAmount,
  checkBankAccount,
  checkBic,
  checkCountry,
  checkCurrency,
  checkIban,
  checkName,
  checkPixKey,
  checkRequestId,
  checkWalletAccount,
  checkWalletProvider,
  normalizeAmount,
  normalizeBankAccount,
  normalizeBic,
  normalizeCountry,
  normalizeCurrency,
  normalizeIban,
  normalizeName,
  normalizePixKey,
  normalizeRequestId,
  normalizeWalletAccount,
  normalizeWalletProvider,
  type IssueCode,
  type PixKeyType,
  recipientFields,
} from 'lesspay-elements/rules';
import { INPUT_CASES as cases, type InputCase } from '../vectors/input-cases.ts';
import { type RunningForm, runForm } from './running-form.ts';

type Case<Value = unknown> = InputCase & { value: Value };

/** What is chosen and filled in around the field that a case is typed into. */
interface Around {
  method: 'bank' | 'ewallet' | 'leanx';
  currency: string;
  country?: string;
  provider?: string;
  pixKeyType?: PixKeyType;
  /** The members that are right already. */
  members: Readonly<Record<string, unknown>>;
}

interface Typing {
  /** The member of the recipient, `amount` or `reference`. */
  field: string;
  normalize: (text: string, theCase: Case<string>) => string;
  check: (value: string, theCase: Case<string>) => IssueCode | undefined;
  around: (theCase: Case<string>, wire: string) => Around;
}

const HOLDER = { accountType: 'individual', holderName: 'Maria Clara Santos' };
const PH: Around = {
  method: 'bank',
  currency: 'PHP',
  members: { ...HOLDER, bankName: 'BDO Unibank, Inc.', bic: 'BNORPHMM', accountNumber: '001234567890' },
};

const without = (around: Around, field: string): Around => ({
  ...around,
  members: Object.fromEntries(Object.entries(around.members).filter(([name]) => name !== field)),
});

const usesIban = (country: string): boolean =>
  recipientFields({ method: 'bank', currency: 'EUR', country, accountType: 'individual' }).some(
    ({ name }) => name === 'iban',
  );

/** A bank in the country that a code names, or in Germany where it names none. */
function abroad(named: string): Around {
  const country = checkCountry(named) === undefined ? named : 'DE';
  const account = usesIban(country)
    ? { iban: country === 'DE' ? 'DE89370400440532013000' : undefined }
    : { accountNumber: '514012345678' };
  return {
    method: 'bank',
    currency: 'EUR',
    country,
    members: { ...HOLDER, bankName: 'A bank', bic: `ABCD${country}2A`, ...account },
  };
}

/** Amount cases name their currency at the start of the reason. */
const currencyOf = ({ why }: Case): string => /^([A-Z]{3}):/.exec(why)?.[1] ?? 'USD';
const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, VND: 0 };
/** The form sends an amount with all decimals of its currency, for that is what its review shows. */
function withDecimals(amount: string, currency: string): string {
  const [integer = '', fraction = ''] = amount.split('.');
  const decimals = DECIMALS[currency] ?? 2;
  return decimals === 0 ? integer : `${integer}.${fraction.padEnd(decimals, '0')}`;
}

function wallet(currency: string, provider: string): Typing {
  return {
    field: 'accountNumber',
    normalize: (text) => normalizeWalletAccount(currency, provider, text),
    check: (value) => checkWalletAccount(currency, provider, value),
    around: () => ({ method: 'ewallet', currency, provider, members: HOLDER }),
  };
}

function pixKey(type: PixKeyType): Typing {
  return {
    field: 'depositKey',
    normalize: (text) => normalizePixKey(type, text),
    check: (value) => checkPixKey(type, value),
    around: () => ({ method: 'ewallet', currency: 'BRL', pixKeyType: type, members: HOLDER }),
  };
}

const myAccount = (around: Around): Typing => ({
  field: 'accountNumber',
  normalize: (text) => normalizeBankAccount(text),
  check: (value) => checkBankAccount(value, 'MY'),
  around: () => around,
});

const TYPED: readonly (readonly [field: string, where: string, typing: Typing])[] = [
  [
    'iban',
    'in EUR',
    {
      field: 'iban',
      normalize: (text) => normalizeIban(text),
      check: (value) => checkIban(value),
      around: (_case, wire) => without(abroad(usesIban(wire.slice(0, 2)) ? wire.slice(0, 2) : 'DE'), 'iban'),
    },
  ],
  [
    'bic',
    'in EUR',
    {
      field: 'bic',
      normalize: (text) => normalizeBic(text),
      check: (value) => checkBic(value),
      around: (_case, wire) => without(abroad(wire.slice(4, 6)), 'bic'),
    },
  ],
  ['cpf', 'as a PIX key', pixKey('cpf')],
  ['cnpj', 'as a PIX key', pixKey('cnpj')],
  ['pix_phone', 'as a PIX key', pixKey('phone')],
  ['pix_email', 'as a PIX key', pixKey('email')],
  ['pix_random', 'as a PIX key', pixKey('random')],
  ['php_wallet_mobile', 'of GCash', wallet('PHP', 'GCash')],
  ['idr_wallet_mobile', 'of Gopay', wallet('IDR', 'Gopay')],
  [
    'my_account',
    'in a bank transfer',
    myAccount({ method: 'bank', currency: 'MYR', members: { ...HOLDER, bankName: 'Maybank', bic: 'MBBEMYKL' } }),
  ],
  [
    'my_account',
    'of LeanX',
    myAccount({
      method: 'leanx',
      currency: 'MYR',
      members: { bankId: 77, holderName: 'Nurul Aisyah', recipientReference: 'Invoice 1042' },
    }),
  ],
  [
    'name',
    'of the holder',
    {
      field: 'holderName',
      normalize: (text) => normalizeName(text),
      check: (value) => checkName(value),
      around: () => without(PH, 'holderName'),
    },
  ],
  [
    'amount',
    'of the payout',
    {
      field: 'amount',
      normalize: (text, theCase) => {
        const currency = currencyOf(theCase);
        const amount = normalizeAmount(text, currency);
        return checkAmount(amount, currency) === undefined ? withDecimals(amount, currency) : amount;
      },
      check: (value, theCase) => checkAmount(value, currencyOf(theCase)),
      around: (theCase) => ({ ...PH, country: 'PH', currency: currencyOf(theCase) }),
    },
  ],
  [
    'request_id',
    'as the reference',
    {
      field: 'reference',
      normalize: (text) => normalizeRequestId(text),
      check: (value) => checkRequestId(value),
      around: () => PH,
    },
  ],
];

/** Fields of the wire, the webhook or the page: nobody types them into this form. */
const NOT_TYPED = new Set([
  'amount_type',
  'checkout_url',
  'create_order_extra_fields',
  'http_request',
  'notify_url',
  'request_id_type',
  'signature_header',
  'timestamp_header',
  'upstream_text',
  'webhook_raw_body',
  'webhook_semantics',
]);

const FORM = 'lesspay-recipient-form';
const PIX_KEY_TYPE_NAMES = { cpf: 'CPF', cnpj: 'CNPJ', email: 'E-mail', phone: 'Phone', random: 'Random key' } as const;

interface Reading {
  value: Record<string, unknown> | undefined;
  amount: string;
  reference: string;
  currency: string;
  country: string;
  issues: FormIssue[];
  shown: string;
}

describe('The input cases, typed into the form', { timeout: 240_000 }, () => {
  let run: RunningForm;
  let page: Page;
  let complaints: string[];
  before(async () => {
    run = await runForm();
    const visit = await run.visit({ payout: '' }, { permissions: ['clipboard-read', 'clipboard-write'] });
    ({ page, complaints } = visit);
  });
  after(async () => {
    await run.close();
    assert.deepEqual(complaints, []);
  });

  /** An empty form with these choices and members; everything that the case does not type is right. */
  async function prepare({ method, currency, country, provider, pixKeyType, members }: Around): Promise<void> {
    await page.evaluate(
      async ([selector, value, chosenMethod, chosenCurrency]) => {
        const form = document.querySelector<LesspayRecipientForm>(selector);
        if (!form) throw new Error('There is no form.');
        form.form?.reset();
        form.currencies = '';
        form.method = chosenMethod;
        form.currency = chosenCurrency;
        form.value = value;
        form.amount = '1';
        form.reference = 'REF-1';
        await form.updateComplete;
      },
      [FORM, { method, country, provider, ...members }, method, currency] as const,
    );
    if (pixKeyType) await page.getByRole('radio', { name: PIX_KEY_TYPE_NAMES[pixKeyType], exact: true }).check();
  }

  /** Types into a field as a person does, pasting what no key can type, and leaves it with Tab. */
  async function enter(field: string, text: string): Promise<void> {
    const input = page.locator(`${FORM} input[data-field="${field}"]`);
    await input.focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    if (/\p{C}/u.test(text)) {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await page.keyboard.press('ControlOrMeta+V');
    } else if (text.length > 100) await page.keyboard.insertText(text);
    else await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }

  const read = (field = ''): Promise<Reading> =>
    page.evaluate(
      async ([selector, name]) => {
        const form = document.querySelector<LesspayRecipientForm>(selector);
        if (!form) throw new Error('There is no form.');
        await form.updateComplete;
        const { value, amount, reference, currency, country, issues } = form;
        const input = form.shadowRoot?.querySelector<HTMLInputElement>(`input[data-field="${name}"]`);
        return {
          value: value && { ...value },
          amount,
          reference,
          currency,
          country,
          issues,
          shown: input?.value ?? '',
        };
      },
      [FORM, field] as const,
    );

  const setChoice = (name: 'currency' | 'country', value: string) =>
    page.evaluate(
      ([selector, property, chosen]) => {
        const form = document.querySelector<LesspayRecipientForm>(selector);
        if (form) form[property] = chosen;
      },
      [FORM, name, value] as const,
    );

  const optionsOf = (name: string): Promise<string[]> =>
    page
      .locator(`${FORM} [data-field="${name}"] option, ${FORM} input[type=radio][data-field="${name}"]`)
      .evaluateAll((found) => found.map((each) => (each as HTMLOptionElement | HTMLInputElement).value));

  const codeOf = ({ issues }: Reading, field: string) => issues.find(({ path }) => path === field)?.code;

  it('are all typed but those that no field of the form takes', () => {
    const typed = new Set([...TYPED.map(([field]) => field), 'country', 'currency', 'wallet_provider', 'pix_combo']);
    const fields = new Set(cases.map(({ field }) => field));
    assert.deepEqual([...fields].filter((field) => !typed.has(field)).sort(), [...NOT_TYPED].sort());
  });

  for (const [name, where, { field, normalize, check, around }] of TYPED) {
    describe(`${name} ${where}`, () => {
      for (const theCase of cases.filter((each): each is Case<string> => each.field === name)) {
        const { id, value, valid, why, normalizes_to: normalized } = theCase;
        it(`${valid ? 'takes' : 'does not send'} ${id}: ${why}`, async () => {
          const wire = normalize(value, theCase);
          const code = wire === '' ? 'required' : check(wire, theCase);
          await prepare(around(theCase, wire));
          await enter(field, value);
          const reading = await read(field);
          assert.equal(codeOf(reading, field), code, 'as the rules say of the normalized value');
          const others = reading.issues.filter(({ path }) => path !== field);
          assert.deepEqual(others, [], 'everything else is right');
          const sent = field === 'amount' || field === 'reference' ? reading[field] : reading.value?.[field];
          if (code !== undefined) {
            assert.equal(valid, false);
            assert.equal(normalized, undefined);
            assert.ok(reading.value === undefined || field === 'amount' || field === 'reference');
            return;
          }
          assert.equal(sent, wire);
          assert.equal(reading.shown.replaceAll(/[ ,]/g, ''), wire.replaceAll(/[ ,]/g, ''), 'and it is shown so');
          if (valid) assert.equal(wire, value);
          else assert.notEqual(wire, value, 'only after it was put right');
          if (normalized !== undefined) assert.equal(sent, normalized);
        });
      }
    });
  }

  describe('pix_combo', () => {
    for (const theCase of cases.filter(({ field }) => field === 'pix_combo')) {
      const { id, valid, why } = theCase;
      const value = theCase.value as { currency: string; deposit_key_type: PixKeyType; deposit_key: string };
      it(`${valid ? 'takes' : 'does not send'} ${id}: ${why}`, async () => {
        const { currency, deposit_key_type: type, deposit_key: key } = value;
        await prepare({ method: 'ewallet', currency, pixKeyType: type, members: HOLDER });
        await enter('depositKey', key);
        const reading = await read('depositKey');
        const wire = normalizePixKey(type, key);
        assert.equal(codeOf(reading, 'depositKey'), checkPixKey(type, wire));
        assert.equal(reading.value?.depositKey, wire);
        assert.equal(reading.value.accountNumber, wire, 'the account repeats the key');
        assert.equal(reading.value.depositKeyType, type);
        assert.equal(wire === key, valid);
      });
    }
  });

  describe('wallet_provider', () => {
    for (const theCase of cases.filter(({ field }) => field === 'wallet_provider')) {
      const { id, valid, why } = theCase;
      const { currency, provider } = theCase.value as { currency: string; provider: string };
      it(`${valid ? 'offers' : 'does not offer'} ${id}: ${why}`, async () => {
        await prepare({ method: 'ewallet', currency, members: {} });
        assert.equal((await optionsOf('provider')).includes(provider), valid || checkCurrency(currency) !== undefined);
        // A page can prefill what the operator cannot choose.
        await prepare({ method: 'ewallet', currency, provider, members: { ...HOLDER } });
        const reading = await read();
        const [upper, trimmed] = [normalizeCurrency(currency), normalizeWalletProvider('PHP', provider)];
        const code = checkWalletProvider(upper, trimmed);
        assert.equal(codeOf(reading, 'provider'), currency === 'BRL' ? undefined : code);
        if (!valid && code === undefined) {
          assert.notDeepEqual([upper, trimmed], [currency, provider], 'only after it was put right');
        }
      });
    }
  });

  describe('currency', () => {
    for (const theCase of cases.filter((each): each is Case<string> => each.field === 'currency')) {
      const { id, value, valid, why } = theCase;
      it(`${valid ? 'takes' : 'does not send'} ${id}: ${why}`, async () => {
        await prepare({ ...PH, members: {} });
        if (valid) {
          await page.evaluate(
            async ([selector, code]) => {
              const form = document.querySelector<LesspayRecipientForm>(selector);
              if (form) form.currencies = `PHP ${code}`;
              await form?.updateComplete;
            },
            [FORM, value] as const,
          );
          await page.locator(`${FORM} select[data-field=currency]`).focus();
          await page.keyboard.type(value);
          await page.keyboard.press('Tab');
        } else {
          assert.ok(!(await optionsOf('currency')).includes(value), 'it is not on the list');
          await setChoice('currency', value);
        }
        const reading = await read();
        const wire = normalizeCurrency(value);
        assert.equal(codeOf(reading, 'currency'), checkCurrency(wire));
        assert.equal(reading.currency, wire);
        assert.equal(wire === value && checkCurrency(wire) === undefined, valid);
      });
    }
  });

  describe('country', () => {
    for (const theCase of cases.filter((each): each is Case<string> => each.field === 'country')) {
      const { id, value, valid, why } = theCase;
      it(`${valid ? 'takes' : 'does not send'} ${id}: ${why}`, async () => {
        await prepare({ method: 'bank', currency: 'USD', country: 'US', members: {} });
        assert.equal((await optionsOf('country')).includes(value), valid);
        if (valid) {
          await page.locator(`${FORM} select[data-field=country]`).focus();
          await page.keyboard.type(new Intl.DisplayNames('en', { type: 'region' }).of(value) ?? '');
          await page.keyboard.press('Tab');
        } else await setChoice('country', value);
        const reading = await read();
        const wire = normalizeCountry(value);
        assert.equal(codeOf(reading, 'country'), checkCountry(wire));
        assert.equal(reading.country, wire);
        assert.equal(wire === value && checkCountry(wire) === undefined, valid);
      });
    }
  });
});
