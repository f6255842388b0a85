import type { FieldHint, FieldSpec } from '../types.ts';

type Template = Omit<FieldSpec, 'name' | 'required' | 'hintKey'> & { hintKey?: FieldSpec['hintKey'] };

const text = (
  labelKey: FieldSpec['labelKey'],
  rule: FieldSpec['rule'],
  maxLength?: number,
  rest: Partial<Template> = {},
): Template => ({
  control: 'text',
  rule,
  labelKey,
  inputMode: 'text',
  // Account data of other people must not be offered back by the operator's browser.
  autocomplete: 'off',
  ...(maxLength === undefined ? {} : { maxLength }),
  ...rest,
});
/** A field whose hint has the key of its label. */
const hinted = (
  key: FieldSpec['labelKey'] & NonNullable<FieldSpec['hintKey']>,
  rule: FieldSpec['rule'],
  maxLength: number,
  rest: Partial<Template> = {},
): Template => text(key, rule, maxLength, { hintKey: key, ...rest });

/** Every field a recipient can have, as it is drawn and checked wherever it occurs. */
export const FIELDS = {
  holderName: text('holderName', 'name', 140),
  firstName: text('firstName', 'name', 140),
  lastName: text('lastName', 'name', 140),
  dateOfBirth: hinted('dateOfBirth', 'date-of-birth', 10),
  nationality: text('nationality', 'country', 2, { hintKey: 'countryCode' }),
  bankName: text('bankName', 'text', 140),
  bic: hinted('bic', 'bic', 11),
  iban: hinted('iban', 'iban', 34),
  accountNumber: hinted('accountNumber', 'bank-account', 34),
  'codes.ifsc': hinted('ifsc', 'ifsc', 11),
  'codes.bsb': hinted('bsb', 'bsb', 6, { inputMode: 'numeric' }),
  'codes.aba': hinted('aba', 'aba', 9, { inputMode: 'numeric' }),
  'codes.sortCode': hinted('sortCode', 'sort-code', 6, { inputMode: 'numeric' }),
  'codes.cnaps': hinted('cnaps', 'cnaps', 12, { inputMode: 'numeric' }),
  'codes.bankCode': hinted('bankCode', 'bank-code', 32),
  'codes.branchCode': hinted('branchCode', 'branch-code', 32),
  branchName: text('branchName', 'text', 140),
  bankProvince: text('bankProvince', 'text', 80),
  bankCity: text('bankCity', 'text', 80),
  purposeCode: text('purposeCode', 'purpose-code', 32),
  accountKind: text('accountKind', 'account-kind', undefined, {
    control: 'select',
    options: ['checking', 'savings', 'payment'],
  }),
  taxId: hinted('taxId', 'tax-id', 30),
  nationalId: hinted('nationalId', 'national-id', 30),
  email: text('email', 'email', 254, { inputMode: 'email' }),
  phone: hinted('phone', 'phone', 16, { inputMode: 'tel' }),
  'address.line1': text('addressLine1', 'text', 140),
  'address.line2': text('addressLine2', 'text', 140),
  'address.city': text('addressCity', 'text', 80),
  'address.state': text('addressState', 'text', 80),
  'address.postalCode': text('addressPostalCode', 'text', 16),
  'address.country': text('addressCountry', 'country', 2, { hintKey: 'countryCode' }),
  walletNumber: hinted('walletNumber', 'wallet-account', 140, { inputMode: 'tel' }),
  depositKeyType: text('depositKeyType', 'pix-key-type', undefined, {
    control: 'pix-key-type',
    hintKey: 'depositKeyType',
    options: ['cpf', 'cnpj', 'email', 'phone', 'random'],
  }),
  depositKey: hinted('depositKey', 'pix-key', 77),
  bankId: text('bankId', 'bank-id', undefined, { control: 'bank-picker' }),
  recipientReference: hinted('recipientReference', 'reference', 140),
} satisfies Record<string, Template>;

/** Names of the templates; a wallet's number is the member `accountNumber`. */
export type FieldName = keyof typeof FIELDS;

/** One field of a corridor. */
export interface FieldRow {
  field: FieldName;
  required: boolean;
  /** Only asked of this kind of holder. */
  only?: 'individual' | 'business';
  maxLength?: number;
  hintKey?: FieldHint;
  example?: string;
}

/**
 * Reads "bic accountNumber:16=1234567890 codes.cnaps? nationalId?@individual holderName#inChinese": field, ? optional,
 * @kind of holder, :maxLength, #hint, =example.
 */
export function readRows(source: string): FieldRow[] {
  return source.split(' ').map((token) => {
    const [, field = '', optional, only, maxLength, hintKey, example] =
      /^([A-Za-z0-9.]+)(\?)?(?:@(individual|business))?(?::([0-9]+))?(?:#([A-Za-z]+))?(?:=(.+))?$/.exec(token) ?? [];
    if (!Object.hasOwn(FIELDS, field)) throw new TypeError(`There is no recipient field "${field}".`);
    return {
      field: field as FieldName,
      required: optional === undefined,
      ...(only === undefined ? {} : { only: only as 'individual' | 'business' }),
      ...(maxLength === undefined ? {} : { maxLength: Number(maxLength) }),
      ...(hintKey === undefined ? {} : { hintKey: hintKey as FieldHint }),
      ...(example === undefined ? {} : { example }),
    };
  });
}

/** Fields of bank recipients by currency and the bank's country, `''` where neither has a row of its own. */
export type CorridorTable = ReadonlyMap<string, ReadonlyMap<string, string>>;

// Tazapay, Bank codes per currency, and the Lesspay demo's channels (JPY); read 2026-11-20. The holder's name and the
// bank's name are asked everywhere. A currency paid to a bank elsewhere is a BIC transfer with the account number, or
// with the IBAN where the bank's country has one. EUR has no home country: it is such a transfer everywhere.
// Names in Chinese characters (Tazapay, Local payout guide China) and in katakana (the demo's ONEPAY channel) are asked for
// by a hint only: neither is every channel's, and Lesspay's own example of a Chinese bank's name is English. MYR asks for a
// phone at Tazapay only, so that it may stay empty.
/** Default corridors. */
export const CORRIDORS: CorridorTable = /* @__PURE__ */ new Map(
  Object.entries({
    '': { '': 'bic accountNumber', IBAN: 'iban bic' },
    AUD: { AU: 'codes.bsb accountNumber:9' },
    BRL: { BR: 'codes.bankCode:3 codes.branchCode:5 accountNumber:20 accountKind taxId:14' },
    CAD: { CA: 'codes.bankCode:3 codes.branchCode:5 accountNumber:12' },
    CNY: { CN: 'holderName#inChinese bankName#inChinese bic accountNumber:34 codes.cnaps? nationalId?@individual' },
    EUR: {},
    GBP: { GB: 'codes.sortCode accountNumber:8' },
    HKD: { HK: 'bic accountNumber' },
    IDR: { ID: 'bic accountNumber' },
    INR: {
      IN: 'codes.ifsc accountNumber:18 address.line1 address.city address.state? address.postalCode?',
    },
    JPY: { JP: 'holderName#inKatakana bankName codes.bankCode:4 codes.branchCode:3 branchName? accountNumber:7' },
    KES: { KE: 'bic accountNumber' },
    KRW: { KR: 'bic accountNumber' },
    MXN: { MX: 'bic accountNumber:18' },
    MYR: { MY: 'bic accountNumber:20 phone?' },
    NGN: { NG: 'bic accountNumber:10' },
    PHP: { PH: 'bic accountNumber' },
    PKR: { PK: 'iban bic' },
    SGD: { SG: 'bic accountNumber' },
    THB: { TH: 'bic accountNumber' },
    USD: { US: 'codes.aba accountNumber:17 bic?' },
    VND: { VN: 'bic accountNumber' },
  }).map(([currency, countries]) => [currency, new Map(Object.entries(countries))]),
);
