import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as shipped from 'lesspay-elements/rules';
import { createRules } from 'lesspay-elements/rules';
import type { Recipient } from 'lesspay-elements/rules';

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

  it('throws for a field that does not exist', () => {
    assert.throws(() => createRules({ tables: { recipientFields: { THB: { TH: 'swift' } } } }), /"swift"/);
  });
});
