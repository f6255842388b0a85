import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as shipped from 'lesspay-elements/rules';
import { createRules } from 'lesspay-elements/rules';
import type { Recipient, RuleTableOverrides } from 'lesspay-elements/rules';

const CARD = '4111111111111111';

describe('createRules', () => {
  it('gives the shipped rules when nothing is changed', () => {
    const rules = createRules();
    const wallet = {
      method: 'ewallet',
      provider: 'GCash',
      accountType: 'individual',
      holderName: 'Juan',
      accountNumber: '09171234501',
    };
    assert.deepEqual(
      rules.parseRecipient(wallet, { currency: 'PHP' }),
      shipped.parseRecipient(wallet, { currency: 'PHP' }),
    );
    assert.deepEqual(rules.walletProviders('IDR'), shipped.walletProviders('IDR'));
    for (const [name, member] of Object.entries(rules)) {
      if (typeof member === 'function') assert.equal(typeof shipped[name as keyof typeof shipped], 'function', name);
    }
  });

  it("takes a channel's own wallets, bare or with the form of their accounts", () => {
    const rules = createRules({
      tables: {
        walletProviders: {
          IDR: ['GoPay', 'OVO'],
          KES: [
            {
              name: 'safaricom-ke',
              account: { kind: 'mobile', callingCode: '254', national: '[17]\\d{8}', example: '0712345678' },
            },
          ],
        },
      },
    });
    assert.deepEqual(rules.walletProviders('IDR'), ['GoPay', 'OVO']);
    assert.deepEqual(rules.walletProviders('PHP'), ['GCash', 'GrabPay', 'PayMaya']);
    assert.equal(rules.checkWalletProvider('IDR', 'Gopay'), 'wallet-provider-unknown');
    assert.equal(rules.checkWalletAccount('IDR', 'OVO', '081223344556'), undefined);
    assert.equal(rules.checkWalletAccount('KES', 'safaricom-ke', '+254712345678'), undefined);
    assert.equal(rules.normalizeWalletAccount('KES', 'safaricom-ke', '254 712 345 678'), '+254712345678');
    assert.deepEqual(rules.recipientMethods('KES'), ['bank', 'ewallet']);
    const recipient = {
      method: 'ewallet',
      provider: 'OVO',
      accountType: 'individual',
      holderName: 'Suharto',
      accountNumber: '081223344556',
    };
    assert.ok(rules.parseRecipient(recipient, { currency: 'IDR' }).ok);
    assert.ok(!shipped.parseRecipient(recipient, { currency: 'IDR' }).ok);
  });

  it("takes a rail's decimals and takes currencies out", () => {
    const rules = createRules({ tables: { currencies: { IDR: 0, RUB: null } } });
    assert.equal(rules.checkAmount('1000.50', 'IDR'), 'amount-decimals');
    assert.equal(rules.sumAmounts(['1000', '500'], 'IDR'), '1500');
    assert.equal(rules.checkCurrency('RUB'), 'currency-unknown');
    assert.equal(shipped.checkAmount('1000.50', 'IDR'), undefined);
  });

  it('refuses, warns of or allows a card number in an account', () => {
    const recipient = {
      method: 'leanx',
      bankId: 1,
      accountNumber: CARD,
      holderName: 'Ali',
      recipientReference: 'x',
    } as Recipient;
    const warn = createRules({ tables: { cardNumbers: 'warn' } });
    assert.ok(warn.parseRecipient(recipient).ok);
    assert.deepEqual(warn.recipientWarnings(recipient), [{ path: 'accountNumber', code: 'card-number' }]);
    const allow = createRules({ tables: { cardNumbers: 'allow' } });
    assert.equal(allow.checkBankAccount(CARD), undefined);
    assert.deepEqual(allow.recipientWarnings(recipient), []);
    const refuse = createRules({ tables: { cardCountries: [] } });
    assert.equal(refuse.checkBankAccount(CARD, 'CN'), 'card-number');
  });

  it("takes a channel's own fields, countries, account bounds and code shapes", () => {
    const rules = createRules({
      tables: {
        recipientFields: { THB: { TH: 'codes.bankCode accountNumber' } },
        countries: ['XK'],
        accountShapes: { TH: { min: 10, max: 12, digits: true } },
        bankCodes: { TH: { bankCode: '00[24]|014' } },
        cnpjLetters: true,
      },
    });
    const choice = { method: 'bank', currency: 'THB', country: 'TH', accountType: 'individual' } as const;
    assert.deepEqual(
      rules.recipientFields(choice).map(({ name }) => name),
      ['holderName', 'bankName', 'codes.bankCode', 'accountNumber'],
    );
    const recipient = {
      method: 'bank',
      country: 'TH',
      accountType: 'individual',
      holderName: 'Ratri',
      bankName: 'KBANK',
      codes: { bankCode: '004' },
      accountNumber: '1234567890',
    };
    assert.ok(rules.parseRecipient(recipient, { currency: 'THB' }).ok);
    assert.deepEqual(
      rules.parseRecipient({ ...recipient, codes: { bankCode: '003' }, accountNumber: '123' }, { currency: 'THB' }),
      {
        ok: false,
        issues: [
          { path: 'codes.bankCode', code: 'code-format' },
          { path: 'accountNumber', code: 'account-length' },
        ],
      },
    );
    assert.equal(rules.checkCountry('XK'), undefined);
    assert.equal(shipped.checkCountry('XK'), 'country-unknown');
  });

  it("takes a channel's limits, the narrowest of those that apply", () => {
    const rules = createRules({
      tables: {
        limits: [
          { currency: 'PHP', min: '1.00', max: '500000' },
          { currency: 'PHP', method: 'ewallet', max: '50000.00' },
          { currency: 'PHP', method: 'ewallet', provider: 'GrabPay', min: '20', max: '100000' },
        ],
      },
    });
    const wallet = (provider: string) => ({ currency: 'PHP', method: 'ewallet' as const, provider });
    assert.deepEqual(rules.amountLimits(wallet('GrabPay')), { min: '20', max: '50000.00' });
    assert.deepEqual(rules.amountLimits({ currency: 'IDR' }), {});
    assert.equal(rules.payoutAmountIssue('0.99', { currency: 'PHP', method: 'bank' }), 'amount-below-limit');
    assert.equal(rules.payoutAmountIssue('1', { currency: 'PHP', method: 'bank' }), undefined);
    assert.equal(rules.payoutAmountIssue('50000.01', wallet('GCash')), 'amount-above-limit');
    assert.equal(rules.payoutAmountIssue('50000', wallet('GCash')), undefined);
    assert.equal(rules.payoutAmountIssue('19.99', wallet('GrabPay')), 'amount-below-limit');
    assert.equal(rules.payoutAmountIssue('0', wallet('GCash')), 'amount-zero');
    assert.equal(createRules().payoutAmountIssue('999999', wallet('GCash')), undefined, 'none are shipped');
  });

  it('names the limit that cannot be meant', () => {
    const limit = (limits: NonNullable<RuleTableOverrides['limits']>) => () => createRules({ tables: { limits } });
    assert.throws(limit([{ currency: 'XAU', max: '1' }]), /limits\[0\]\.currency/);
    assert.throws(
      limit([
        { currency: 'PHP', max: '1' },
        { currency: 'JPY', max: '10.5' },
      ]),
      /limits\[1\]\.max/,
    );
    assert.throws(limit([{ currency: 'PHP' }]), /neither min nor max/);
    assert.throws(limit([{ currency: 'PHP', min: '2', max: '1.99' }]), /min is above its max/);
  });

  it("takes fields that a currency's wallets ask for besides", () => {
    const rules = createRules({ tables: { walletFields: { BRL: 'taxId email?' } } });
    const choice = { method: 'ewallet', currency: 'BRL', provider: 'PIX', accountType: 'individual' } as const;
    const names = (own: Pick<typeof rules, 'recipientFields'>) =>
      own.recipientFields(choice).map(({ name, required }) => [name, required]);
    assert.deepEqual(names(rules).slice(3), [
      ['taxId', true],
      ['email', false],
    ]);
    assert.equal(names(shipped).length, 3);
    const pix = {
      method: 'ewallet',
      provider: 'PIX',
      accountType: 'individual',
      holderName: 'Fulano de Tal',
      accountNumber: '11144477735',
      depositKeyType: 'cpf',
      depositKey: '11144477735',
    };
    assert.deepEqual(rules.parseRecipient(pix, { currency: 'BRL' }), {
      ok: false,
      issues: [{ path: 'taxId', code: 'required' }],
    });
    assert.ok(rules.parseRecipient({ ...pix, taxId: '11144477735' }, { currency: 'BRL' }).ok);
    assert.throws(() => createRules({ tables: { walletFields: { BRL: 'bic' } } }), /walletFields\.BRL names "bic"/);
  });

  it('learns a currency from data alone', () => {
    const rules = createRules({
      tables: {
        recipientFields: { BDT: { BD: 'codes.branchCode accountNumber:17 phone nationalId?@individual' } },
        walletProviders: {
          BDT: [
            {
              name: 'bKash',
              account: { kind: 'mobile', callingCode: '880', national: '1[3-9]\\d{8}', example: '01712345678' },
            },
          ],
        },
        accountShapes: { BD: { min: 10, max: 17, digits: true } },
        bankCodes: { BD: { bankCode: '\\d{3}', branchCode: '\\d{9}' } },
        limits: [{ currency: 'BDT', max: '25000' }],
      },
    });
    assert.equal(rules.homeCountry('BDT'), 'BD');
    assert.deepEqual(rules.recipientMethods('BDT'), ['bank', 'ewallet']);
    const bank = { method: 'bank', currency: 'BDT', country: 'BD', accountType: 'individual' } as const;
    assert.deepEqual(
      rules.recipientFields(bank).map(({ name }) => name),
      ['holderName', 'bankName', 'codes.branchCode', 'accountNumber', 'phone', 'nationalId'],
    );
    const wallet = {
      method: 'ewallet',
      provider: 'bKash',
      accountType: 'individual',
      holderName: 'Rahim Uddin',
      accountNumber: rules.normalizeWalletAccount('BDT', 'bKash', '+880 1712-345678'),
    };
    assert.equal(wallet.accountNumber, '+8801712345678');
    assert.ok(rules.parseRecipient(wallet, { currency: 'BDT' }).ok);
    assert.ok(rules.toLesspayDetail(wallet as Recipient, { reference: 'R-1', amount: '10.00', currency: 'BDT' }).ok);
    assert.equal(shipped.parseRecipient(wallet, { currency: 'BDT' }).ok, false);
  });

  it('offers a currency nowhere that was taken out', () => {
    const rules = createRules({ tables: { currencies: { PHP: null } } });
    assert.deepEqual(rules.recipientMethods('PHP'), ['bank']);
    assert.equal(rules.homeCountry('PHP'), undefined);
    assert.deepEqual(rules.walletProviders('PHP'), []);
    assert.equal(rules.homeCountry('IDR'), 'ID');
  });

  it('has no e-wallets where the channel has none', () => {
    const rules = createRules({ tables: { walletProviders: { PHP: [] } } });
    assert.deepEqual(rules.recipientMethods('PHP'), ['bank']);
    assert.equal(rules.checkWalletProvider('PHP', 'GCash'), 'wallet-account-unsupported');
  });

  it('asks a field of one kind of holder only, at wallets as at banks', () => {
    const rules = createRules({ tables: { walletFields: { PHP: 'dateOfBirth@individual nationalId?@business' } } });
    const of = (accountType: 'individual' | 'business') => {
      const names = rules
        .recipientFields({ method: 'ewallet', currency: 'PHP', provider: 'GCash', accountType })
        .map(({ name }) => name);
      const wallet = {
        method: 'ewallet',
        provider: 'GCash',
        accountType,
        holderName: 'Ana',
        accountNumber: '09171234501',
      };
      return [...names.slice(2), rules.parseRecipient(wallet, { currency: 'PHP' }).ok];
    };
    assert.deepEqual(of('individual'), ['dateOfBirth', false]);
    assert.deepEqual(of('business'), ['nationalId', true]);
  });

  it("asks for what the demo's channels want, and writes it for them", () => {
    const rules = createRules({
      tables: {
        recipientFields: {
          PHP: {
            PH: 'holderName firstName lastName bankName codes.bankCode accountNumber dateOfBirth phone address.line1 address.city address.state address.country',
          },
          IDR: { ID: 'firstName lastName codes.bankCode accountNumber bankProvince bankCity purposeCode?' },
        },
      },
    });
    const epay = { method: 'bank', currency: 'PHP', country: 'PH', accountType: 'individual' } as const;
    assert.deepEqual(
      rules.recipientFields(epay).map(({ name }) => name),
      'holderName firstName lastName bankName codes.bankCode accountNumber dateOfBirth phone address.line1 address.city address.state address.country'.split(
        ' ',
      ),
    );
    const recipient = {
      method: 'bank',
      country: 'PH',
      accountType: 'individual',
      holderName: 'Maria Clara Santos',
      firstName: 'Maria Clara',
      lastName: 'Santos',
      bankName: 'SM Bank',
      codes: { bankCode: 'SMBP' },
      accountNumber: '138000000001',
      dateOfBirth: rules.normalizeField('date-of-birth', '15-01-1990', epay),
      phone: '+639171234567',
      address: { line1: '12 Main Street', city: 'Manila', state: 'NCR', country: 'PH' },
    };
    const read = rules.parseRecipient(recipient, { currency: 'PHP' });
    assert.ok(read.ok);
    assert.deepEqual(rules.toLesspayBeneficiary(read.recipient), {
      ok: true,
      beneficiary: {
        beneficiary_type: 'individual',
        beneficiary_info: {
          name: 'Maria Clara Santos',
          first_name: 'Maria Clara',
          last_name: 'Santos',
          phone: { calling_code: '63', number: '9171234567' },
          address: { country: 'PH', state: 'NCR', city: 'Manila', line1: '12 Main Street' },
          date_of_birth: '1990-01-15',
        },
        destination: {
          type: 'bank',
          bank: {
            country: 'PH',
            bank_name: 'SM Bank',
            account_number: '138000000001',
            bank_codes: { bank_code: 'SMBP' },
          },
        },
      },
    });
    const refused = rules.toLesspayDetail(read.recipient, { reference: 'R-1', amount: '1', currency: 'PHP' });
    assert.ok(!refused.ok);
    assert.deepEqual(
      refused.issues.filter(({ code }) => code === 'route-cannot-carry').map(({ path }) => path),
      'firstName lastName codes.bankCode dateOfBirth phone address.line1 address.city address.state address.country'.split(
        ' ',
      ),
    );
    assert.deepEqual(rules.parseRecipient({ ...recipient, dateOfBirth: undefined }, { currency: 'PHP' }), {
      ok: false,
      issues: [{ path: 'dateOfBirth', code: 'required' }],
    });
    const awepay = { method: 'bank', currency: 'IDR', country: 'ID', accountType: 'business' } as const;
    assert.deepEqual(
      rules.recipientFields(awepay).map(({ name, required }) => name + (required ? '' : '?')),
      'holderName bankName firstName lastName codes.bankCode accountNumber bankProvince bankCity purposeCode?'.split(
        ' ',
      ),
    );
  });

  const wrong: [what: string, tables: object, message: RegExp][] = [
    ['a table that does not exist', { walletProvider: {} }, /^walletProvider is no table; there are currencies,/],
    [
      'a field that does not exist',
      { recipientFields: { THB: { TH: 'swift' } } },
      /^recipientFields\.THB\.TH: .*"swift"/,
    ],
    [
      "a wallet's field at a bank",
      { recipientFields: { THB: { TH: 'walletNumber' } } },
      /^recipientFields\.THB\.TH names "walletNumber"/,
    ],
    ['a currency that does not exist', { recipientFields: { BTH: { TH: 'bic' } } }, /^recipientFields\.BTH /],
    ['a country that does not exist', { recipientFields: { GBP: { UK: 'bic' } } }, /^recipientFields\.GBP\.UK /],
    [
      "a bank's field at a wallet",
      { walletFields: { BRL: 'bic' } },
      /^walletFields\.BRL names "bic"; it can name firstName, /,
    ],
    ['fields of wallets that there are not', { walletFields: { USD: 'email' } }, /^walletFields\.USD /],
    ['wallets of no currency', { walletProviders: { php: ['GCash'] } }, /^walletProviders\.php /],
    ['a wallet without a name', { walletProviders: { PHP: [' '] } }, /^walletProviders\.PHP\[0\]\.name /],
    [
      'a broken pattern',
      { walletProviders: { KES: [{ name: 'M', account: { kind: 'pattern', pattern: '(' } }] } },
      /^walletProviders\.KES\[0\]\.account\.pattern /,
    ],
    [
      'a calling code with a plus',
      { walletProviders: { KES: [{ name: 'M', account: { kind: 'mobile', callingCode: '+254', national: '7' } }] } },
      /^walletProviders\.KES\[0\]\.account\.callingCode /,
    ],
    [
      'an account of an unknown kind',
      { walletProviders: { KES: [{ name: 'M', account: { kind: 'phone' } }] } },
      /^walletProviders\.KES\[0\]\.account\.kind /,
    ],
    ['a range upside down', { accountShapes: { TH: { min: 12, max: 10, digits: true } } }, /^accountShapes\.TH /],
    ['a choice that is none', { cardNumbers: 'no' }, /^cardNumbers /],
    ['a country in lower case', { cardCountries: ['cn'] }, /^cardCountries\.cn /],
    ['a country of three letters', { countries: ['XKX'] }, /^countries\[0\] /],
    ['a broken code shape', { bankCodes: { TH: { bankCode: '[' } } }, /^bankCodes\.TH\.bankCode /],
    ['decimals that are none', { currencies: { IDR: 0.5 } }, /^currencies\.IDR /],
    [
      'a limit of an unknown method',
      { limits: [{ currency: 'PHP', method: 'wallet', max: '1' }] },
      /^limits\[0\]\.method /,
    ],
  ];
  for (const [what, tables, message] of wrong) {
    it(`names the option that has ${what}`, () => {
      assert.throws(() => createRules({ tables }), { name: 'TypeError', message });
    });
  }
});
