import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  homeCountry,
  parseRecipient,
  recipientFields,
  recipientMethods,
  recipientSchema,
  toLeanxInvoice,
  toLesspayBeneficiary,
  toLesspayDetail,
  walletProviders,
} from 'lesspay-elements/rules';
import type { Recipient, RecipientChoice } from 'lesspay-elements/rules';
import { COUNTRY_EXAMPLES, EXAMPLES } from '../../src/rules/tables/recipient-examples.ts';
import type { FieldName } from '../../src/rules/tables/recipient-fields.ts';
import { MEMBERS } from '../../src/rules/tables/recipient-members.ts';

const CURRENCIES = 'PHP IDR BRL MYR INR THB VND CNY HKD SGD KRW JPY AUD CAD USD EUR GBP NGN KES PKR MXN'.split(' ');

/** Every way to pay a currency: at home, and abroad to countries with IBANs, without, and with those of another. */
const CHOICES: RecipientChoice[] = CURRENCIES.flatMap((currency) =>
  recipientMethods(currency).flatMap((method) =>
    (['individual', 'business'] as const).flatMap((accountType): RecipientChoice[] => {
      const choice = { method, currency, accountType };
      if (method === 'bank') {
        const countries = new Set([homeCountry(currency) ?? 'DE', 'FR', 'GG', 'US', 'PH', 'VU']);
        return [...countries].map((country) => ({ ...choice, country }));
      }
      if (method === 'leanx') return [choice];
      return walletProviders(currency).map((provider) => ({ ...choice, provider }));
    }),
  ),
);

type Texts = Record<string, unknown>;

/** A recipient of dotted members. */
function nested(members: Texts): Texts {
  const recipient: Texts = {};
  for (const [name, value] of Object.entries(members)) {
    const [head = '', tail] = name.split('.');
    recipient[head] = tail === undefined ? value : { ...(recipient[head] as Texts | undefined), [tail]: value };
  }
  return recipient;
}

/** Its dotted members. */
function flat(value: object, prefix = ''): Texts {
  const members: Texts = {};
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    if (typeof member === 'object' && member !== null) Object.assign(members, flat(member, `${prefix}${name}.`));
    else members[prefix + name] = member;
  }
  return members;
}

/** The dotted members of a recipient filled from its fields' examples, of the optional ones those that are wanted. */
function filled(choice: RecipientChoice, isWanted: (name: string) => boolean = () => true): Texts {
  const { method, country, provider, accountType } = choice;
  const members: Texts = { method };
  if (method !== 'leanx') members.accountType = accountType;
  if (country !== undefined) members.country = country;
  if (provider !== undefined) members.provider = provider;
  for (const { name, example, required } of recipientFields(choice)) {
    if (required || isWanted(name)) members[name] = name === 'bankId' ? 77 : example;
  }
  // A national id has no example: every country's is of its own kind.
  if ('nationalId' in members) members.nationalId = 'A1234567';
  if ('depositKey' in members) members.accountNumber = members.depositKey;
  return members;
}

/** Lesspay docs, Multiple Transfer Methods: where a detail has each member. */
const BATCH_BANK: Readonly<Record<string, string>> = {
  accountType: 'bank_account_type',
  accountNumber: 'bank_account_no',
  iban: 'bank_account_no',
  holderName: 'bank_account_name',
  bankName: 'bank_name',
  country: 'bank_country_code',
  bic: 'bank_swift_code',
};
const BATCH_WALLET: Readonly<Record<string, string>> = {
  accountType: 'e_wallet.account_type',
  accountNumber: 'e_wallet.account_number',
  holderName: 'e_wallet.account_name',
  provider: 'e_wallet.provider',
  depositKeyType: 'e_wallet.deposit_key_type',
  depositKey: 'e_wallet.deposit_key',
};
/** Lesspay docs, Create Payout, and the demo's PayoutCreateOrderDTO: where a `beneficiary` has each member; a phone has two. */
const HOLDER: Readonly<Record<string, string>> = {
  accountType: 'beneficiary_type',
  holderName: 'beneficiary_info.name',
  firstName: 'beneficiary_info.first_name',
  lastName: 'beneficiary_info.last_name',
  dateOfBirth: 'beneficiary_info.date_of_birth',
  nationality: 'beneficiary_info.nationality',
  nationalId: 'beneficiary_info.national_id',
  taxId: 'beneficiary_info.tax_id',
  email: 'beneficiary_info.email',
  'address.line1': 'beneficiary_info.address.line1',
  'address.line2': 'beneficiary_info.address.line2',
  'address.city': 'beneficiary_info.address.city',
  'address.state': 'beneficiary_info.address.state',
  'address.postalCode': 'beneficiary_info.address.postal_code',
  'address.country': 'beneficiary_info.address.country',
};
const SINGLE_BANK: Readonly<Record<string, string>> = {
  ...HOLDER,
  country: 'destination.bank.country',
  accountNumber: 'destination.bank.account_number',
  iban: 'destination.bank.iban',
  bic: 'destination.bank.bank_codes.swift_code',
  bankName: 'destination.bank.bank_name',
  'codes.bankCode': 'destination.bank.bank_codes.bank_code',
  'codes.branchCode': 'destination.bank.bank_codes.branch_code',
  'codes.ifsc': 'destination.bank.bank_codes.ifsc_code',
  'codes.bsb': 'destination.bank.bank_codes.bsb_code',
  'codes.aba': 'destination.bank.bank_codes.aba_code',
  'codes.sortCode': 'destination.bank.bank_codes.sort_code',
  'codes.cnaps': 'destination.bank.bank_codes.cnaps',
  accountKind: 'destination.bank.account_type',
  branchName: 'destination.bank.branch_name',
  bankProvince: 'destination.bank.bank_province',
  bankCity: 'destination.bank.bank_city',
  purposeCode: 'destination.bank.purpose_code',
};
const SINGLE_WALLET: Readonly<Record<string, string>> = {
  ...HOLDER,
  provider: 'destination.e_wallet.ewallet_provider',
  accountNumber: 'destination.e_wallet.account_number',
  depositKeyType: 'destination.e_wallet.account_type',
  depositKey: 'destination.e_wallet.deposit_key',
};
/** LeanX docs, Create Payout, in our words. */
const LEANX: Readonly<Record<string, string>> = {
  bankId: 'serviceId',
  accountNumber: 'accountNumber',
  holderName: 'recipientName',
  recipientReference: 'recipientReference',
};

/** The members as a place has them; `undefined` with the first one that it has no place for. */
function placed(members: Texts, places: Readonly<Record<string, string>>): Texts {
  const found: Texts = {};
  for (const [name, value] of Object.entries(members)) {
    if (name === 'method') continue;
    if (name === 'phone') {
      found['beneficiary_info.phone.calling_code'] = '63';
      found['beneficiary_info.phone.number'] = String(value).slice(3);
    } else {
      const place = places[name];
      assert.ok(place, `${name} has no place`);
      found[place] = value;
    }
  }
  return found;
}

/** A wallet's mobile number is its key where it has no other (Tazapay, e-wallet payouts; the demo's GCash example). */
const withKey = (members: Texts): Texts =>
  members.method === 'ewallet' && members.depositKey === undefined
    ? { ...members, depositKeyType: 'phone', depositKey: members.accountNumber }
    : members;

const nameOf = ({ currency, method, country, provider, accountType }: RecipientChoice): string =>
  [currency, method, provider ?? country, accountType].filter(Boolean).join(' ');

describe('the fields of every corridor', () => {
  for (const choice of CHOICES) {
    const { currency, method } = choice;
    const order = { reference: 'R-1', amount: '100', currency };

    it(`of ${nameOf(choice)} make a recipient that rules, schema and mappings take alike`, () => {
      const optional = recipientFields(choice).filter(({ required }) => !required);
      fc.assert(
        fc.property(fc.subarray(optional.map(({ name }) => name)), (wanted) => {
          const members = filled(choice, (name) => wanted.includes(name));
          const value = nested(members);
          const read = parseRecipient(value, { currency });
          assert.deepEqual(read, { ok: true, recipient: value });
          assert.deepEqual(recipientSchema.parse(value), value);
          const recipient = value as unknown as Recipient;

          const batch = toLesspayDetail(recipient, order);
          const single = toLesspayBeneficiary(recipient);
          const invoice = toLeanxInvoice(recipient, order);
          if (method === 'leanx') {
            assert.ok(invoice.ok && !batch.ok && !single.ok);
            assert.deepEqual(flat(invoice.invoice), { ...placed(members, LEANX), amount: '100', externalRef: 'R-1' });
            return;
          }
          assert.ok(single.ok && !invoice.ok);
          assert.deepEqual(flat(single.beneficiary), {
            ...placed(withKey(members), method === 'bank' ? SINGLE_BANK : SINGLE_WALLET),
            'destination.type': method,
          });
          const places = method === 'bank' ? BATCH_BANK : BATCH_WALLET;
          const homeless = Object.keys(members).filter((name) => name !== 'method' && !(name in places));
          if (batch.ok) {
            assert.deepEqual(homeless, []);
            assert.deepEqual(flat(batch.detail), {
              ...placed(withKey(members), places),
              mch_order_id: 'R-1',
              amount: '100',
              destination_type: method,
            });
          } else {
            const refused = batch.issues.filter(({ code }) => code === 'route-cannot-carry').map(({ path }) => path);
            assert.deepEqual(refused.sort(), homeless.sort());
            assert.ok(homeless.length > 0 || !('bic' in members));
          }
        }),
        { numRuns: optional.length === 0 ? 1 : 20 },
      );
    });
  }
});

describe('a recipient with every member there is', () => {
  const full = (method: 'bank' | 'ewallet'): Texts => {
    const own: Texts = {
      method,
      country: 'DE',
      provider: 'PIX',
      accountType: 'individual',
      nationalId: 'A1234567',
      ...(method === 'bank' ? { bic: COUNTRY_EXAMPLES.DE?.bic } : { accountNumber: EXAMPLES.depositKey }),
    };
    return Object.fromEntries(
      MEMBERS[method].split(' ').map((name) => [name, own[name] ?? EXAMPLES[name as FieldName]]),
    );
  };

  for (const [method, currency, places] of [
    ['bank', 'EUR', SINGLE_BANK],
    ['ewallet', 'BRL', SINGLE_WALLET],
  ] as const) {
    it(`passes rules and schema, and a single payout carries all of it (${method})`, () => {
      const members = full(method);
      for (const [name, value] of Object.entries(members)) assert.notEqual(value, undefined, name);
      const value = nested(members);
      assert.deepEqual(parseRecipient(value, { currency }), { ok: true, recipient: value });
      assert.deepEqual(recipientSchema.parse(value), value);
      const single = toLesspayBeneficiary(value as unknown as Recipient);
      assert.ok(single.ok);
      assert.deepEqual(flat(single.beneficiary), { ...placed(members, places), 'destination.type': method });
    });

    it(`has every member checked by rules and schema alike (${method})`, () => {
      const members = full(method);
      for (const name of Object.keys(members)) {
        for (const wrong of [1, null, {}, '', '\u0000']) {
          const value = nested({ ...members, [name]: wrong });
          const read = parseRecipient(value, { currency });
          assert.ok(!read.ok, `${name}: ${JSON.stringify(wrong)}`);
          assert.ok(!recipientSchema.safeParse(value).success, name);
          if (name !== 'method')
            assert.ok(
              read.issues.some(({ path }) => path === name),
              name,
            );
        }
      }
    });
  }
});
