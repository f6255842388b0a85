import type { FieldSpec } from '../types.ts';

type Template = Omit<FieldSpec, 'name' | 'required' | 'hintKey'> & { hintKey?: FieldSpec['hintKey'] };

const text = (labelKey: FieldSpec['labelKey'], rule: FieldSpec['rule'], rest: Partial<Template> = {}): Template => ({
  control: 'text',
  rule,
  labelKey,
  inputMode: 'text',
  // Account data of other people must not be offered back by the operator's browser.
  autocomplete: 'off',
  ...rest,
});
const digits = (
  labelKey: FieldSpec['labelKey'],
  rule: FieldSpec['rule'],
  maxLength: number,
  rest: Partial<Template> = {},
): Template => text(labelKey, rule, { inputMode: 'numeric', maxLength, ...rest });

/** Every field a recipient can have, as it is drawn and checked wherever it occurs. */
export const FIELDS = {
  holderName: text('holderName', 'name', { maxLength: 140, example: 'Maria Clara Santos' }),
  bankName: text('bankName', 'text', { maxLength: 140, example: 'Hong Kong and Shanghai Banking Corp.' }),
  bic: text('bic', 'bic', { hintKey: 'bic', maxLength: 11, example: 'HSBCPH22' }),
  iban: text('iban', 'iban', { hintKey: 'iban', maxLength: 34, example: 'DE89370400440532013000' }),
  accountNumber: text('accountNumber', 'bank-account', {
    hintKey: 'accountNumber',
    maxLength: 34,
    example: '138000000001',
  }),
  'codes.ifsc': text('ifsc', 'ifsc', { hintKey: 'ifsc', maxLength: 11, example: 'SBIN0000300' }),
  'codes.bsb': digits('bsb', 'bsb', 6, { hintKey: 'bsb', example: '062000' }),
  'codes.aba': digits('aba', 'aba', 9, { hintKey: 'aba', example: '021000021' }),
  'codes.sortCode': digits('sortCode', 'sort-code', 6, { hintKey: 'sortCode', example: '200000' }),
  'codes.cnaps': digits('cnaps', 'cnaps', 12, { hintKey: 'cnaps', example: '102100099996' }),
  'codes.bankCode': text('bankCode', 'bank-code', { hintKey: 'bankCode', maxLength: 32, example: '044' }),
  'codes.branchCode': text('branchCode', 'branch-code', { hintKey: 'branchCode', maxLength: 32, example: '001' }),
  branchName: text('branchName', 'text', { maxLength: 140, example: 'Main Branch' }),
  accountKind: text('accountKind', 'account-kind', {
    control: 'select',
    options: ['checking', 'savings', 'payment'],
    example: 'checking',
  }),
  taxId: text('taxId', 'tax-id', { hintKey: 'taxId', maxLength: 30, example: '11144477735' }),
  nationalId: text('nationalId', 'national-id', { hintKey: 'nationalId', maxLength: 30 }),
  email: text('email', 'email', { inputMode: 'email', maxLength: 254, example: 'maria@mail.example' }),
  phone: text('phone', 'phone', { hintKey: 'phone', inputMode: 'tel', maxLength: 16, example: '+639171234567' }),
  'address.line1': text('addressLine1', 'text', { maxLength: 140, example: '12 Main Street' }),
  'address.city': text('addressCity', 'text', { maxLength: 80, example: 'Mumbai' }),
  'address.state': text('addressState', 'text', { maxLength: 80, example: 'Maharashtra' }),
  'address.postalCode': text('addressPostalCode', 'text', { maxLength: 16, example: '400001' }),
  walletNumber: text('walletNumber', 'wallet-account', { hintKey: 'walletNumber', inputMode: 'tel', maxLength: 140 }),
  depositKeyType: text('depositKeyType', 'pix-key-type', {
    control: 'pix-key-type',
    hintKey: 'depositKeyType',
    options: ['cpf', 'cnpj', 'email', 'phone', 'random'],
    example: 'cpf',
  }),
  depositKey: text('depositKey', 'pix-key', { hintKey: 'depositKey', maxLength: 77, example: '11144477735' }),
  bankId: text('bankId', 'bank-id', { control: 'bank-picker' }),
  recipientReference: text('recipientReference', 'reference', {
    hintKey: 'recipientReference',
    maxLength: 140,
    example: 'Invoice 1042',
  }),
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
  example?: string;
}

/** Reads "bic accountNumber:16=1234567890 codes.cnaps? nationalId?individual": field, ? optional, holder, :maxLength, =example. */
export function readRows(source: string): FieldRow[] {
  return source.split(' ').map((token) => {
    const [, field = '', optional, only, maxLength, example] =
      /^([A-Za-z0-9.]+)(\?)?(individual|business)?(?::([0-9]+))?(?:=(.+))?$/.exec(token) ?? [];
    if (!Object.hasOwn(FIELDS, field)) throw new TypeError(`There is no recipient field "${field}".`);
    return {
      field: field as FieldName,
      required: optional === undefined,
      ...(only === undefined ? {} : { only: only as 'individual' | 'business' }),
      ...(maxLength === undefined ? {} : { maxLength: Number(maxLength) }),
      ...(example === undefined ? {} : { example }),
    };
  });
}

/** Fields of bank recipients by currency and the bank's country, `''` where neither has a row of its own. */
export type CorridorTable = ReadonlyMap<string, ReadonlyMap<string, string>>;

// Tazapay, Bank codes per currency, and the Lesspay demo's channels (JPY); read 2026-11-20. The holder's name and the
// bank's name are asked everywhere. A currency paid to a bank elsewhere is a BIC transfer with the account number, or
// with the IBAN where the bank's country has one. EUR has no home country: it is such a transfer everywhere.
/** Default corridors. */
export const CORRIDORS: CorridorTable = /* @__PURE__ */ new Map(
  Object.entries({
    '': { '': 'bic accountNumber', IBAN: 'iban bic=DEUTDEFF' },
    AUD: { AU: 'codes.bsb accountNumber:9=123456789' },
    BRL: { BR: 'codes.bankCode:3=341 codes.branchCode:5=1234 accountNumber:20=123456 accountKind taxId:14' },
    CAD: { CA: 'codes.bankCode:3=003 codes.branchCode:5=00012 accountNumber:12=1234567' },
    CNY: { CN: 'bic=ICBKCNBJ accountNumber:34=1234567890123456789 codes.cnaps? nationalId?individual' },
    EUR: {},
    GBP: { GB: 'codes.sortCode accountNumber:8=12345678' },
    HKD: { HK: 'bic=HSBCHKHH accountNumber' },
    IDR: { ID: 'bic=CENAIDJA accountNumber=1234567890' },
    INR: {
      IN: 'codes.ifsc accountNumber:18=12345678901 address.line1 address.city address.state? address.postalCode?',
    },
    JPY: { JP: 'codes.bankCode:4=0001 codes.branchCode:3 branchName? accountNumber:7=1234567' },
    KES: { KE: 'bic=KCBLKENX accountNumber' },
    KRW: { KR: 'bic=SHBKKRSE accountNumber' },
    MXN: { MX: 'bic=BCMRMXMM accountNumber:18=002010077777777771' },
    MYR: { MY: 'bic=MBBEMYKL accountNumber:20=514012345678' },
    NGN: { NG: 'bic=ABNGNGLA accountNumber:10=0690000031' },
    PHP: { PH: 'bic accountNumber' },
    PKR: { PK: 'iban=PK36SCBL0000001123456702 bic=SCBLPKKX' },
    SGD: { SG: 'bic=DBSSSGSG accountNumber' },
    THB: { TH: 'bic=KASITHBK accountNumber=1234567890' },
    USD: { US: 'codes.aba accountNumber:17=123456789 bic?=CHASUS33' },
    VND: { VN: 'bic=BFTVVNVX accountNumber' },
  }).map(([currency, countries]) => [currency, new Map(Object.entries(countries))]),
);
