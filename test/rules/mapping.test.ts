import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toLeanxInvoice, toLesspayBeneficiary, toLesspayDetail } from 'lesspay-elements/rules';
import type { BankRecipient, EwalletRecipient, LeanxRecipient } from 'lesspay-elements/rules';

const BANK: BankRecipient = {
  method: 'bank',
  country: 'PH',
  accountType: 'business',
  holderName: 'Santos Trading Inc.',
  accountNumber: '138000000001',
  bic: 'HSBCPH22',
  bankName: 'Hong Kong and Shanghai Banking Corp.',
};
const WALLET: EwalletRecipient = {
  method: 'ewallet',
  provider: 'GCash',
  accountType: 'individual',
  holderName: 'Juan dela Cruz',
  accountNumber: '09171234501',
};
const LEANX: LeanxRecipient = {
  method: 'leanx',
  bankId: 77,
  accountNumber: '514012345678',
  holderName: 'Ahmad bin Ali',
  recipientReference: 'Invoice 1042',
};
const ORDER = { reference: 'POD1', amount: '100.00', currency: 'PHP' };

describe('toLesspayDetail', () => {
  it('writes a bank recipient with the members of Multiple Transfer Methods', () => {
    assert.deepEqual(toLesspayDetail(BANK, ORDER), {
      ok: true,
      detail: {
        mch_order_id: 'POD1',
        amount: '100.00',
        destination_type: 'bank',
        bank_account_name: 'Santos Trading Inc.',
        bank_account_no: '138000000001',
        bank_account_type: 'business',
        bank_name: 'Hong Kong and Shanghai Banking Corp.',
        bank_country_code: 'PH',
        bank_swift_code: 'HSBCPH22',
      },
    });
  });

  it('writes an e-wallet recipient, with the mobile number as its deposit key', () => {
    assert.deepEqual(toLesspayDetail(WALLET, ORDER), {
      ok: true,
      detail: {
        mch_order_id: 'POD1',
        amount: '100.00',
        destination_type: 'ewallet',
        e_wallet: {
          account_name: 'Juan dela Cruz',
          account_number: '09171234501',
          account_type: 'individual',
          provider: 'GCash',
          deposit_key_type: 'phone',
          deposit_key: '09171234501',
        },
      },
    });
  });

  it('writes an IBAN as the account number, and leaves destination_type to the root where asked', () => {
    const { accountNumber, ...rest } = BANK;
    assert.equal(accountNumber, '138000000001');
    const result = toLesspayDetail(
      { ...rest, country: 'DE', bic: 'DEUTDEFF', iban: 'DE89370400440532013000' },
      { ...ORDER, currency: 'EUR', destinationType: 'root' },
    );
    assert.ok(result.ok && 'bank_account_no' in result.detail);
    assert.equal(result.detail.bank_account_no, 'DE89370400440532013000');
    assert.ok(!('destination_type' in result.detail));
  });

  it('refuses what a batch has no member for, and drops nothing', () => {
    const full: BankRecipient = {
      ...BANK,
      codes: { aba: '021000021' },
      taxId: '11144477735',
      email: 'a@b.example',
      phone: '+639171234567',
    };
    assert.deepEqual(toLesspayDetail(full, ORDER), {
      ok: false,
      issues: [
        { path: 'codes.aba', code: 'route-cannot-carry' },
        { path: 'taxId', code: 'route-cannot-carry' },
        { path: 'email', code: 'route-cannot-carry' },
        { path: 'phone', code: 'route-cannot-carry' },
      ],
    });
    assert.deepEqual(toLesspayDetail({ ...BANK, iban: 'DE89370400440532013000' }, ORDER), {
      ok: false,
      issues: [{ path: 'accountNumber', code: 'route-cannot-carry' }],
    });
    assert.deepEqual(toLesspayDetail({ ...WALLET, taxId: '11144477735' }, ORDER), {
      ok: false,
      issues: [{ path: 'taxId', code: 'route-cannot-carry' }],
    });
    assert.deepEqual(toLesspayDetail(LEANX, ORDER), {
      ok: false,
      issues: [{ path: 'method', code: 'route-cannot-carry' }],
    });
  });

  it('wants a BIC, an account, a reference and an amount of the currency', () => {
    assert.deepEqual(
      toLesspayDetail(
        { ...BANK, bic: undefined, accountNumber: undefined },
        { reference: 'a b', amount: '1.005', currency: 'PHP' },
      ),
      {
        ok: false,
        issues: [
          { path: 'reference', code: 'request-id-characters' },
          { path: 'amount', code: 'amount-decimals' },
          { path: 'bic', code: 'required' },
          { path: 'accountNumber', code: 'account-or-iban-required' },
        ],
      },
    );
  });
});

describe('toLesspayBeneficiary', () => {
  it('carries every code and contact of a bank recipient', () => {
    const recipient: BankRecipient = {
      ...BANK,
      iban: 'DE89370400440532013000',
      codes: {
        bankCode: '341',
        branchCode: '1234',
        ifsc: 'SBIN0000300',
        bsb: '062000',
        aba: '021000021',
        sortCode: '200000',
        cnaps: '102100099996',
      },
      accountKind: 'savings',
      branchName: 'Makati',
      nationalId: 'A1234567',
      taxId: '11144477735',
      email: 'maria@mail.example',
      phone: '+639171234567',
      address: {
        country: 'PH',
        state: 'NCR',
        city: 'Manila',
        postalCode: '1000',
        line1: '12 Main Street',
        line2: 'Unit 3',
      },
    };
    assert.deepEqual(toLesspayBeneficiary(recipient), {
      ok: true,
      beneficiary: {
        beneficiary_type: 'business',
        beneficiary_info: {
          name: 'Santos Trading Inc.',
          email: 'maria@mail.example',
          phone: { calling_code: '63', number: '9171234567' },
          tax_id: '11144477735',
          address: {
            country: 'PH',
            state: 'NCR',
            city: 'Manila',
            postal_code: '1000',
            line1: '12 Main Street',
            line2: 'Unit 3',
          },
          national_id: 'A1234567',
        },
        destination: {
          type: 'bank',
          bank: {
            account_type: 'savings',
            country: 'PH',
            bank_name: 'Hong Kong and Shanghai Banking Corp.',
            account_number: '138000000001',
            iban: 'DE89370400440532013000',
            bank_codes: {
              swift_code: 'HSBCPH22',
              bank_code: '341',
              branch_code: '1234',
              ifsc_code: 'SBIN0000300',
              bsb_code: '062000',
              aba_code: '021000021',
              sort_code: '200000',
              cnaps: '102100099996',
            },
            branch_name: 'Makati',
          },
        },
      },
    });
  });

  it('writes an e-wallet with the single endpoint’s own names', () => {
    const pix: EwalletRecipient = {
      ...WALLET,
      provider: 'PIX',
      accountNumber: 'foo@bar.com',
      depositKeyType: 'email',
      depositKey: 'foo@bar.com',
    };
    assert.deepEqual(toLesspayBeneficiary(pix), {
      ok: true,
      beneficiary: {
        beneficiary_type: 'individual',
        beneficiary_info: { name: 'Juan dela Cruz' },
        destination: {
          type: 'ewallet',
          e_wallet: {
            ewallet_provider: 'PIX',
            account_number: 'foo@bar.com',
            account_type: 'email',
            deposit_key: 'foo@bar.com',
          },
        },
      },
    });
  });

  it('leaves out what is not there, and refuses a LeanX recipient', () => {
    const { bic, ...rest } = BANK;
    assert.equal(bic, 'HSBCPH22');
    const result = toLesspayBeneficiary(rest);
    assert.ok(result.ok && result.beneficiary.destination.type === 'bank');
    assert.ok(!('bank_codes' in result.beneficiary.destination.bank));
    assert.deepEqual(toLesspayBeneficiary(LEANX), {
      ok: false,
      issues: [{ path: 'method', code: 'route-cannot-carry' }],
    });
  });
});

describe('toLeanxInvoice', () => {
  it('writes the invoice of a Malaysian recipient', () => {
    assert.deepEqual(toLeanxInvoice(LEANX, { reference: 'INV-1', amount: '13.00', currency: 'MYR' }), {
      ok: true,
      invoice: {
        serviceId: 77,
        amount: '13.00',
        recipientName: 'Ahmad bin Ali',
        accountNumber: '514012345678',
        externalRef: 'INV-1',
        recipientReference: 'Invoice 1042',
      },
    });
  });

  it('refuses another method, another currency, and an amount beyond Decimal(10,2)', () => {
    assert.deepEqual(toLeanxInvoice(WALLET, ORDER), {
      ok: false,
      issues: [{ path: 'method', code: 'route-cannot-carry' }],
    });
    assert.deepEqual(toLeanxInvoice(LEANX, ORDER), {
      ok: false,
      issues: [{ path: 'method', code: 'method-not-for-currency' }],
    });
    for (const amount of ['100000000', '100000000.00']) {
      assert.deepEqual(toLeanxInvoice(LEANX, { reference: 'INV-1', amount, currency: 'MYR' }), {
        ok: false,
        issues: [{ path: 'amount', code: 'amount-too-large' }],
      });
    }
    assert.ok(toLeanxInvoice(LEANX, { reference: 'INV-1', amount: '99999999.99', currency: 'MYR' }).ok);
  });
});
