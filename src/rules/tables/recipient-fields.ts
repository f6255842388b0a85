import type { FieldHint, FieldRule, FieldSpec } from '../types.ts';

// A row of each field that a recipient can have: `/` its rule where that is not called like its label, `:` the most
// characters, `#` the hint (its label's key where none is named), `~` the input mode of digits, telephones and e-mail.
const TEMPLATES =
  'holderName /name:140,firstName /name:140,lastName /name:140,dateOfBirth /date-of-birth:10#,' +
  'nationality /country:2#countryCode,bankName /text:140,bic :11#,iban :34#,accountNumber /bank-account:34#,' +
  'codes.ifsc :11#,codes.bsb :6#~numeric,codes.aba :9#~numeric,codes.sortCode /sort-code:6#~numeric,' +
  'codes.cnaps :12#~numeric,codes.bankCode /bank-code:32#,codes.branchCode /branch-code:32#,branchName /text:140,' +
  'bankProvince /text:80,bankCity /text:80,purposeCode /purpose-code:32,accountKind /account-kind,taxId /tax-id:30#,' +
  'nationalId /national-id:30#,email :254~email,phone :16#~tel,address.line1 /text:140,address.line2 /text:140,' +
  'address.city /text:80,address.state /text:80,address.postalCode /text:16,address.country /country:2#countryCode,' +
  'walletNumber /wallet-account:140#~tel,depositKeyType /pix-key-type#,depositKey /pix-key:77#,bankId /bank-id,' +
  'recipientReference /reference:140#';

/** Names of the fields; a wallet's number is the member `accountNumber`. */
export type FieldName =
  | 'holderName'
  | 'firstName'
  | 'lastName'
  | 'dateOfBirth'
  | 'nationality'
  | 'bankName'
  | 'bic'
  | 'iban'
  | 'accountNumber'
  | 'codes.ifsc'
  | 'codes.bsb'
  | 'codes.aba'
  | 'codes.sortCode'
  | 'codes.cnaps'
  | 'codes.bankCode'
  | 'codes.branchCode'
  | 'branchName'
  | 'bankProvince'
  | 'bankCity'
  | 'purposeCode'
  | 'accountKind'
  | 'taxId'
  | 'nationalId'
  | 'email'
  | 'phone'
  | 'address.line1'
  | 'address.line2'
  | 'address.city'
  | 'address.state'
  | 'address.postalCode'
  | 'address.country'
  | 'walletNumber'
  | 'depositKeyType'
  | 'depositKey'
  | 'bankId'
  | 'recipientReference';

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

/** What each mark behind a field's name sets. */
const MARKS: Readonly<Record<string, string>> = {
  '?': 'required',
  '@': 'only',
  ':': 'maxLength',
  '#': 'hintKey',
  '=': 'example',
  '/': 'rule',
  '~': 'inputMode',
};

/**
 * Reads "accountNumber:16=1234567890" as a field and what its marks set. Character by character: a regular expression
 * takes longer to be compiled than the fields of a form to be read.
 */
function readField(source: string): Record<string, unknown> & { field: string } {
  const row = { field: '' };
  let member = 'field';
  let text = '';
  const put = () => {
    const value = member === 'maxLength' ? Number(text) : member !== 'required' && text;
    Object.assign(row, { [member]: value });
  };
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    // An example may have any marks in it.
    const next = member === 'example' ? undefined : MARKS[char];
    if (next) {
      put();
      member = next;
      text = '';
    } else text += char;
  }
  put();
  return row;
}

/** What draws and checks a field by its rule. */
const CONTROLS: Readonly<Partial<Record<FieldRule, Partial<FieldSpec>>>> = {
  'account-kind': { control: 'select', options: ['checking', 'savings', 'payment'] },
  'pix-key-type': { control: 'pix-key-type', options: ['cpf', 'cnpj', 'email', 'phone', 'random'] },
  'bank-id': { control: 'bank-picker' },
};

/** A field as it is drawn and checked wherever it occurs. */
type FieldTemplate = Omit<FieldSpec, 'name' | 'required'>;

/** The rows of the fields by their names, as `readField` takes them. */
const SOURCES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  TEMPLATES.split(',').map((row) => [row.split(' ', 1).join(), row.replace(' ', '')] as const),
);
const known = /* @__PURE__ */ new Map<FieldName, FieldTemplate>();

/** Whether a recipient can have a field of this name. */
export const isField = (name: string): name is FieldName => SOURCES.has(name);

/** A field that a recipient can have; read when it is first asked for, since most forms have eight of them. */
export function fieldTemplate(name: FieldName): FieldTemplate {
  let template = known.get(name);
  if (!template) known.set(name, (template = readTemplate(name)));
  return template;
}

function readTemplate(name: FieldName): FieldTemplate {
  const { field, ...row } = readField(SOURCES.get(name) ?? name);
  // codes.bsb is "bsb", address.city "addressCity".
  const [head = '', tail = ''] = field.replace('codes.', '').split('.');
  const labelKey = head + tail.charAt(0).toUpperCase() + tail.slice(1);
  // Account data of other people must not be offered back by the operator's browser.
  const template = { control: 'text', rule: labelKey, labelKey, inputMode: 'text', autocomplete: 'off', ...row };
  const hint = row.hintKey === '' && { hintKey: labelKey };
  return { ...template, ...hint, ...CONTROLS[template.rule as FieldRule] } as FieldTemplate;
}

/**
 * Reads "bic accountNumber:16=1234567890 codes.cnaps? nationalId?@individual holderName#inChinese": field, ? optional,
 * @kind of holder, :maxLength, #hint, =example.
 */
export function readRows(source: string): FieldRow[] {
  return source.split(' ').map((token) => {
    const row = readField(token);
    if (!isField(row.field)) throw new TypeError(`There is no recipient field "${row.field}".`);
    return { required: true, ...row } as unknown as FieldRow;
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
/** What a bank is asked by where nothing else is. */
export const BY_BIC = 'bic accountNumber';

/** Default corridors: a row each, its bank's country by the currency's first two letters, and BIC with account number. */
export const CORRIDORS: CorridorTable = /* @__PURE__ */ new Map([
  ['', new Map(Object.entries({ '': BY_BIC, IBAN: 'iban bic' }))] as const,
  ...(
    'AUD codes.bsb accountNumber:9,' +
    'BRL codes.bankCode:3 codes.branchCode:5 accountNumber:20 accountKind taxId:14,' +
    'CAD codes.bankCode:3 codes.branchCode:5 accountNumber:12,' +
    'CNY holderName#inChinese bankName#inChinese bic accountNumber:34 codes.cnaps? nationalId?@individual,' +
    'EUR,' +
    'GBP codes.sortCode accountNumber:8,' +
    'HKD,IDR,' +
    'INR codes.ifsc accountNumber:18 address.line1 address.city address.state? address.postalCode?,' +
    'JPY holderName#inKatakana bankName codes.bankCode:4 codes.branchCode:3 branchName? accountNumber:7,' +
    'KES,KRW,' +
    'MXN bic accountNumber:18,' +
    'MYR bic accountNumber:20 phone?,' +
    'NGN bic accountNumber:10,' +
    'PHP,' +
    'PKR iban bic,' +
    'SGD,THB,' +
    'USD codes.aba accountNumber:17 bic?,' +
    'VND'
  )
    .split(',')
    .map((row) => {
      const currency = row.slice(0, 3);
      const fields = row.slice(4) || BY_BIC;
      return [currency, new Map(currency === 'EUR' ? [] : [[row.slice(0, 2), fields]])] as const;
    }),
]);
