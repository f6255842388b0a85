import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  checkField,
  homeCountry,
  normalizeField,
  parseRecipient,
  recipientFields,
  recipientMethods,
  recipientSchema,
  recipientWarnings,
} from 'lesspay-elements/rules';
import type { FieldSpec, Recipient, RecipientChoice } from 'lesspay-elements/rules';

const BANK = {
  method: 'bank',
  country: 'PH',
  accountType: 'business',
  holderName: 'Santos Trading Inc.',
  accountNumber: '138000000001',
  bic: 'HSBCPH22',
  bankName: 'Hong Kong and Shanghai Banking Corp.',
};
const WALLET = {
  method: 'ewallet',
  provider: 'GCash',
  accountType: 'individual',
  holderName: 'Juan dela Cruz',
  accountNumber: '09171234501',
};
const PIX = {
  method: 'ewallet',
  provider: 'PIX',
  accountType: 'individual',
  holderName: 'João da Silva',
  accountNumber: '11144477735',
  depositKeyType: 'cpf',
  depositKey: '11144477735',
};
const LEANX = {
  method: 'leanx',
  bankId: 77,
  accountNumber: '514012345678',
  holderName: 'Ahmad bin Ali',
  recipientReference: 'Invoice 1042',
};

function issues(value: unknown, currency?: string): string[] {
  const result = parseRecipient(value, { currency });
  return result.ok ? [] : result.issues.map(({ path, code }) => `${path}: ${code}`);
}

/** A recipient made of the fields' own examples. */
function fill(choice: RecipientChoice, fields: FieldSpec[]): Record<string, unknown> {
  const recipient: Record<string, unknown> = { method: choice.method };
  if (choice.method !== 'leanx') recipient.accountType = choice.accountType;
  if (choice.country !== undefined) recipient.country = choice.country;
  if (choice.provider !== undefined) recipient.provider = choice.provider;
  for (const { name, example } of fields) {
    const value = name === 'bankId' ? 77 : example;
    if (value === undefined) continue;
    const [head = '', tail] = name.split('.');
    if (tail === undefined) recipient[head] = value;
    else recipient[head] = { ...(recipient[head] as object | undefined), [tail]: value };
  }
  if (recipient.depositKey !== undefined) recipient.accountNumber = recipient.depositKey;
  return recipient;
}

const CURRENCIES = 'PHP IDR BRL MYR INR THB VND CNY HKD SGD KRW JPY AUD CAD USD EUR GBP NGN KES PKR MXN'.split(' ');
const CHOICES: RecipientChoice[] = CURRENCIES.flatMap((currency) =>
  recipientMethods(currency).flatMap((method) =>
    (['individual', 'business'] as const).flatMap((accountType): RecipientChoice[] => {
      const choice = { method, currency, accountType };
      if (method === 'bank') return [{ ...choice, country: homeCountry(currency) ?? 'DE' }];
      if (method === 'leanx') return [choice];
      const providers = { PHP: ['GCash', 'GrabPay', 'PayMaya'], IDR: ['Gopay', 'ShopeePay'], BRL: ['PIX'] };
      return providers[currency as keyof typeof providers].map((provider) => ({ ...choice, provider }));
    }),
  ),
);

describe('recipientFields', () => {
  for (const choice of CHOICES) {
    const label = [choice.currency, choice.method, choice.provider ?? choice.country, choice.accountType].join(' ');
    it(`gives ${label} examples that make an acceptable recipient, each field of which is needed or optional as it says`, () => {
      const fields = recipientFields(choice);
      const full = fill(choice, fields);
      assert.deepEqual(issues(full, choice.currency), []);
      assert.deepEqual(issues(full), []);
      const context = { ...choice, depositKeyType: 'cpf' as const };
      for (const { name, required, rule, example, maxLength } of fields) {
        const without = fill(
          choice,
          fields.filter((field) => field.name !== name),
        );
        const found = issues(without, choice.currency);
        assert.equal(
          found.some((issue) => issue.startsWith(`${name}: required`)),
          required,
          `${name}: ${found.join()}`,
        );
        if (example === undefined) continue;
        assert.ok(maxLength === undefined || example.length <= maxLength, name);
        assert.equal(checkField(rule, example, context), undefined, name);
        assert.equal(normalizeField(rule, example, context), example, name);
        assert.notEqual(checkField(rule, '', context), undefined, name);
      }
    });
  }

  const names = (choice: RecipientChoice): string =>
    recipientFields(choice)
      .map(({ name, required }) => name + (required ? '' : '?'))
      .join(' ');

  it('follows the bank codes of each currency', () => {
    const bank = (currency: string, country: string, accountType: 'individual' | 'business' = 'business'): string =>
      names({ method: 'bank', currency, country, accountType });
    assert.equal(bank('PHP', 'PH'), 'holderName bankName bic accountNumber');
    assert.equal(bank('EUR', 'DE'), 'holderName bankName iban bic');
    assert.equal(bank('AUD', 'AU'), 'holderName bankName codes.bsb accountNumber');
    assert.equal(bank('GBP', 'GB'), 'holderName bankName codes.sortCode accountNumber');
    assert.equal(bank('USD', 'US'), 'holderName bankName codes.aba accountNumber bic?');
    assert.equal(bank('CNY', 'CN'), 'holderName bankName bic accountNumber codes.cnaps?');
    assert.equal(bank('CNY', 'CN', 'individual'), 'holderName bankName bic accountNumber codes.cnaps? nationalId?');
  });

  it('falls back to a BIC transfer for a currency paid abroad, by IBAN where the country has one', () => {
    const bank = (currency: string, country: string): string =>
      names({ method: 'bank', currency, country, accountType: 'individual' });
    assert.equal(bank('USD', 'PH'), 'holderName bankName bic accountNumber');
    assert.equal(bank('USD', 'FR'), 'holderName bankName iban bic');
    assert.equal(bank('PHP', 'GG'), 'holderName bankName iban bic');
    assert.equal(bank('CHF', 'CH'), 'holderName bankName iban bic');
    assert.equal(bank('XXX', 'constructor'), 'holderName bankName bic accountNumber');
  });

  it('asks for a deposit key for PIX, a number for other wallets, and a bank of the list for LeanX', () => {
    const accountType = 'individual';
    assert.equal(
      names({ method: 'ewallet', currency: 'BRL', provider: 'PIX', accountType }),
      'depositKeyType depositKey holderName',
    );
    assert.equal(
      names({ method: 'ewallet', currency: 'PHP', provider: 'GCash', accountType }),
      'accountNumber holderName',
    );
    assert.equal(
      names({ method: 'leanx', currency: 'MYR', accountType }),
      'bankId accountNumber holderName recipientReference',
    );
    assert.deepEqual(recipientMethods('MYR'), ['bank', 'leanx']);
    assert.deepEqual(recipientMethods('PHP'), ['bank', 'ewallet']);
    assert.deepEqual(recipientMethods('USD'), ['bank']);
  });
});

describe('parseRecipient', () => {
  it('gives back what it accepts', () => {
    for (const [value, currency] of [
      [BANK, 'PHP'],
      [WALLET, 'PHP'],
      [PIX, 'BRL'],
      [LEANX, 'MYR'],
    ] as const) {
      assert.deepEqual(parseRecipient(value, { currency }), { ok: true, recipient: value });
      assert.deepEqual(parseRecipient(value), { ok: true, recipient: value });
    }
  });

  it('leaves out members that are undefined', () => {
    assert.deepEqual(parseRecipient({ ...BANK, iban: undefined }), { ok: true, recipient: BANK });
  });

  it('refuses members it does not know, at every depth and by any name', () => {
    assert.deepEqual(issues({ ...BANK, amount: '1' }), ['amount: unknown-member']);
    assert.deepEqual(issues({ ...BANK, codes: { swift: 'x' } }), ['codes.swift: unknown-member']);
    assert.deepEqual(issues({ ...LEANX, accountType: 'individual' }), ['accountType: unknown-member']);
    assert.deepEqual(issues({ ...BANK, provider: undefined }), ['provider: unknown-member']);
    const polluted: unknown = JSON.parse(`{"__proto__":{"method":"leanx"},${JSON.stringify(WALLET).slice(1)}`);
    assert.deepEqual(issues(polluted), ['__proto__: unknown-member']);
    assert.deepEqual(issues({ ...WALLET, constructor: 1 }), ['constructor: unknown-member']);
    assert.deepEqual(issues({ ...WALLET, ['x'.repeat(1000)]: 1 }), [`${'x'.repeat(64)}: unknown-member`]);
  });

  it('reads own members only', () => {
    assert.deepEqual(issues(Object.create(WALLET)), ['method: required']);
    assert.deepEqual(issues(Object.assign(Object.create(null), WALLET)), []);
  });

  it('refuses whatever is not an object, and a method that is not one', () => {
    for (const value of [null, undefined, 'x', 1, [], [WALLET], true])
      assert.deepEqual(issues(value), [': wrong-type']);
    assert.deepEqual(issues({}), ['method: required']);
    assert.deepEqual(issues({ method: 'card' }), ['method: method-unknown']);
    assert.deepEqual(issues({ method: 'toString' }), ['method: method-unknown']);
    assert.deepEqual(issues({ method: ['bank'] }), ['method: wrong-type']);
  });

  it('names every member that is missing or of another type', () => {
    assert.deepEqual(issues({ method: 'bank' }), [
      'country: required',
      'accountType: required',
      'holderName: required',
      'bankName: required',
      'accountNumber: account-or-iban-required',
    ]);
    assert.deepEqual(issues({ ...WALLET, accountNumber: 9171234501, holderName: null, accountType: 'person' }), [
      'accountType: account-type-unknown',
      'holderName: wrong-type',
      'accountNumber: wrong-type',
    ]);
    assert.deepEqual(issues({ ...LEANX, bankId: '77' }), ['bankId: wrong-type']);
    assert.deepEqual(issues({ ...LEANX, bankId: 7.7 }), ['bankId: bank-id-format']);
    assert.deepEqual(issues({ ...BANK, codes: 'x' }), ['codes: wrong-type']);
  });

  it("compares the BIC's and the IBAN's country with the bank's", () => {
    assert.deepEqual(issues({ ...BANK, bic: 'DEUTDEFF' }), ['bic: bic-country-mismatch']);
    const german = {
      ...BANK,
      country: 'DE',
      bic: 'DEUTDEFF',
      iban: 'DE89370400440532013000',
      accountNumber: undefined,
    };
    assert.deepEqual(issues(german, 'EUR'), []);
    assert.deepEqual(issues({ ...german, country: 'AT', bic: 'GIBAATWW' }, 'EUR'), ['iban: iban-country-mismatch']);
    const guernsey = { ...german, country: 'GG', bic: 'NWBKGB2L', iban: 'GB29NWBK60161331926819' };
    assert.deepEqual(issues(guernsey, 'EUR'), []);
  });

  it('asks for what the currency and country need', () => {
    assert.deepEqual(issues({ ...BANK, bic: undefined }), []);
    assert.deepEqual(issues({ ...BANK, bic: undefined }, 'PHP'), ['bic: required']);
    assert.deepEqual(issues({ ...BANK, country: 'DE', bic: 'DEUTDEFF' }, 'EUR'), ['iban: required']);
    assert.deepEqual(issues({ ...BANK, country: 'IN', bic: undefined }, 'INR'), [
      'codes.ifsc: required',
      'address.line1: required',
      'address.city: required',
    ]);
  });

  it("keeps wallets to the payout's currency", () => {
    assert.deepEqual(issues(WALLET, 'IDR'), ['provider: wallet-provider-unknown']);
    assert.deepEqual(issues({ ...WALLET, provider: 'Gopay' }, 'IDR'), ['accountNumber: wallet-account-format']);
    assert.deepEqual(issues({ ...WALLET, provider: 'Gopay', accountNumber: '081234567890' }), []);
    assert.deepEqual(issues({ ...WALLET, provider: 'Paypal' }), ['provider: wallet-provider-unknown']);
    assert.deepEqual(issues(LEANX, 'PHP'), ['method: method-not-for-currency']);
  });

  it('wants a PIX key with its type, repeated as the account', () => {
    assert.deepEqual(issues({ ...PIX, depositKeyType: 'phone' }), ['depositKey: pix-phone-format']);
    assert.deepEqual(issues({ ...PIX, depositKeyType: 'evp' }), ['depositKeyType: pix-key-type']);
    assert.deepEqual(issues({ ...PIX, accountNumber: '52998224725' }), ['accountNumber: deposit-key-differs']);
    assert.deepEqual(issues({ ...PIX, depositKey: undefined }), ['depositKey: required']);
    assert.deepEqual(issues({ ...PIX, depositKeyType: undefined }), ['depositKeyType: required']);
    assert.deepEqual(issues({ ...PIX, accountNumber: undefined }), ['accountNumber: required']);
  });

  it("takes a deposit key of another wallet only as its own mobile number's", () => {
    assert.deepEqual(issues({ ...WALLET, depositKeyType: 'phone', depositKey: '09171234501' }), []);
    assert.deepEqual(issues({ ...WALLET, depositKeyType: 'phone', depositKey: '09171234502' }), [
      'accountNumber: deposit-key-differs',
    ]);
    assert.deepEqual(issues({ ...WALLET, depositKeyType: 'cpf', depositKey: '09171234501' }), [
      'depositKeyType: pix-key-type',
    ]);
    assert.deepEqual(issues({ ...WALLET, depositKeyType: 'phone' }), ['depositKey: required']);
  });

  it('refuses a card number in an account, except where cards are paid to', () => {
    assert.deepEqual(issues({ ...LEANX, accountNumber: '4111111111111111' }), ['accountNumber: card-number']);
    assert.deepEqual(issues({ ...BANK, accountNumber: '4111111111111111' }), ['accountNumber: card-number']);
    const chinese = { ...BANK, country: 'CN', bic: 'ICBKCNBJ', accountNumber: '6200000000000005' };
    assert.deepEqual(issues(chinese, 'CNY'), []);
  });

  it('never throws and finds the same as the schema, whatever it is given', () => {
    const members = fc.record(
      Object.fromEntries(
        Object.keys({ ...BANK, ...PIX, ...LEANX, iban: '', codes: {}, address: {}, email: '', extra: 1 }).map(
          (name) => [
            name,
            fc.oneof(
              {
                weight: 6,
                arbitrary: fc.constantFrom(
                  ...[BANK, WALLET, PIX, LEANX].map((each) => (each as Record<string, unknown>)[name]),
                ),
              },
              { weight: 1, arbitrary: fc.anything() },
            ),
          ],
        ),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(members, fc.anything()),
        fc.option(fc.constantFrom('PHP', 'BRL', 'MYR', 'ZZZ'), { nil: undefined }),
        (value, currency) => {
          parseRecipient(value, { currency });
          assert.equal(recipientSchema.safeParse(value).success, parseRecipient(value).ok);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('recipientSchema', () => {
  it("carries the rules' codes and paths", () => {
    const result = recipientSchema.safeParse({ ...BANK, bic: 'DEUTDEFF', codes: { ifsc: 'x' } });
    assert.deepEqual(
      result.error?.issues.map(({ path, message }) => [path.join('.'), message]),
      [
        ['codes.ifsc', 'code-format'],
        ['bic', 'bic-country-mismatch'],
      ],
    );
    assert.deepEqual(recipientSchema.parse(PIX), PIX);
  });
});

describe('recipientWarnings', () => {
  it('warns of a CNPJ with letters, which the channel is not known to take', () => {
    const key = '12ABC34501DE35';
    const recipient = { ...PIX, depositKeyType: 'cnpj', accountNumber: key, depositKey: key } as Recipient;
    assert.deepEqual(issues(recipient, 'BRL'), []);
    assert.deepEqual(recipientWarnings(recipient), [{ path: 'depositKey', code: 'cnpj-letters' }]);
    assert.deepEqual(recipientWarnings(PIX as Recipient), []);
    assert.deepEqual(recipientWarnings(BANK as Recipient), []);
  });
});
