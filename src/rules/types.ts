/** Why a value is refused. Closed: every code has a text in each locale. */
export type IssueCode = (typeof ISSUE_CODES)[number];

/** All issue codes, for completeness checks of catalogues. */
export const ISSUE_CODES = [
  'required',
  'wrong-type',
  'unknown-member',
  'amount-format',
  'amount-zero',
  'amount-decimals',
  'amount-too-large',
  'amount-below-limit',
  'amount-above-limit',
  'currency-unknown',
  'country-unknown',
  'bic-length',
  'bic-characters',
  'bic-country',
  'bic-location',
  'bic-country-mismatch',
  'iban-characters',
  'iban-country',
  'iban-length',
  'iban-check-digits',
  'iban-country-mismatch',
  'cpf-format',
  'cpf-repeated',
  'cpf-check-digits',
  'cnpj-format',
  'cnpj-repeated',
  'cnpj-check-digits',
  'tax-id-format',
  'pix-key-type',
  'pix-email-format',
  'pix-email-too-long',
  'pix-phone-format',
  'pix-phone-area',
  'pix-random-format',
  'wallet-provider-unknown',
  'wallet-account-format',
  'wallet-account-unsupported',
  'account-format',
  'account-length',
  'account-zeros',
  'card-number',
  'account-or-iban-required',
  'name-empty',
  'name-too-long',
  'name-characters',
  'name-mixed-script',
  'request-id-empty',
  'request-id-too-long',
  'request-id-characters',
  'url-format',
  'url-scheme',
  'url-credentials',
  'url-fragment',
  'url-host',
  'url-port',
  'url-not-allowed',
  'account-type-unknown',
  'method-unknown',
  'bank-id-format',
  'code-format',
  'code-check-digit',
  'date-format',
  'date-range',
  'email-format',
  'phone-format',
  'text-too-long',
  'text-characters',
  'deposit-key-differs',
  'method-not-for-currency',
  'route-cannot-carry',
] as const;

/** What is acceptable but worth telling the operator. */
export type WarningCode =
  // The account number looks like a payment card's. Ask the recipient for the account behind it.
  | 'card-number'
  // The CNPJ has letters, as it may since July 2026. Ask whether the channel takes them yet (`cnpjLetters`).
  | 'cnpj-letters';

/** One member to look at twice; the value is accepted all the same. */
export interface RecipientWarning {
  path: string;
  code: WarningCode;
}

/** Who holds the account. */
export type AccountType = 'individual' | 'business';
/** How a recipient is paid: a bank account or an e-wallet through Lesspay, or a Malaysian account through LeanX. */
export type RecipientMethod = 'bank' | 'ewallet' | 'leanx';
/** The kinds of PIX key, by the names of the payout API. */
export type PixKeyType = 'cpf' | 'cnpj' | 'email' | 'phone' | 'random';

/** Local clearing codes of a bank account, by the names of the single-payout endpoint. */
export interface BankCodes {
  bankCode?: string | undefined;
  branchCode?: string | undefined;
  ifsc?: string | undefined;
  bsb?: string | undefined;
  aba?: string | undefined;
  sortCode?: string | undefined;
  cnaps?: string | undefined;
}

/** A postal address as payout channels ask for it. */
export interface Address {
  country?: string | undefined;
  state?: string | undefined;
  city?: string | undefined;
  postalCode?: string | undefined;
  line1?: string | undefined;
  line2?: string | undefined;
}

/** The kind of account, where a bank tells them apart (Lesspay, single payout). */
export type AccountKind = 'checking' | 'savings' | 'payment';

/** Who holds the account: the name, and what single payouts can say besides (Lesspay, `beneficiary_info`). */
export interface RecipientHolder {
  accountType: AccountType;
  /** The whole name, also where the channel wants its parts besides. */
  holderName: string;
  firstName?: string | undefined;
  lastName?: string | undefined;
  /** `YYYY-MM-DD`; the proxy writes it as the channel wants it. */
  dateOfBirth?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  nationality?: string | undefined;
  nationalId?: string | undefined;
  taxId?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  address?: Address | undefined;
}

/** A bank account abroad or at home: an account number or an IBAN, with the codes its country needs. */
export interface BankRecipient extends RecipientHolder {
  method: 'bank';
  /** ISO 3166-1 alpha-2 of the bank. */
  country: string;
  accountNumber?: string | undefined;
  iban?: string | undefined;
  bic?: string | undefined;
  bankName: string;
  codes?: BankCodes | undefined;
  accountKind?: AccountKind | undefined;
  branchName?: string | undefined;
  bankProvince?: string | undefined;
  bankCity?: string | undefined;
  /** Why the money is sent, in the channel's code (`PYR001`). */
  purposeCode?: string | undefined;
}

/** An e-wallet, or a PIX key (`provider: 'PIX'` with a deposit key; `accountNumber` then repeats the key). */
export interface EwalletRecipient extends RecipientHolder {
  method: 'ewallet';
  /** Exact spelling of the provider table. */
  provider: string;
  accountNumber: string;
  depositKeyType?: PixKeyType | undefined;
  depositKey?: string | undefined;
}

/** A Malaysian account through LeanX; `bankId` is the `payout_service_id` of the live list. */
export interface LeanxRecipient {
  method: 'leanx';
  bankId: number;
  accountNumber: string;
  holderName: string;
  recipientReference: string;
}

/** Who gets a payout, as it crosses the wire and as the form's `value`. */
export type Recipient = BankRecipient | EwalletRecipient | LeanxRecipient;

/** One refused member. `path` is dotted (`codes.ifsc`). */
export interface RecipientIssue {
  path: string;
  code: IssueCode;
}

/** What the form's first questions decide. */
export interface RecipientChoice {
  method: RecipientMethod;
  /** ISO 4217. */
  currency: string;
  /** ISO 3166-1 alpha-2; only for `bank`. */
  country?: string | undefined;
  /** Only for `ewallet`. */
  provider?: string | undefined;
  accountType: AccountType;
}

/** What a field's rule needs to know of the other fields. */
export interface FieldContext {
  method?: RecipientMethod | undefined;
  currency?: string | undefined;
  country?: string | undefined;
  provider?: string | undefined;
  accountType?: AccountType | undefined;
  depositKeyType?: PixKeyType | undefined;
}

/** The rule pairs a recipient's field can name. */
export type FieldRule =
  | 'name'
  | 'text'
  | 'bank-account'
  | 'iban'
  | 'bic'
  | 'wallet-account'
  | 'pix-key'
  | 'pix-key-type'
  | 'account-kind'
  | 'tax-id'
  | 'national-id'
  | 'date-of-birth'
  | 'country'
  | 'email'
  | 'phone'
  | 'ifsc'
  | 'bsb'
  | 'aba'
  | 'sort-code'
  | 'cnaps'
  | 'bank-code'
  | 'branch-code'
  | 'purpose-code'
  | 'reference'
  | 'bank-id';

/** Label keys of recipient fields; a locale catalogue has each under `field.<key>`. */
export type FieldLabel =
  | 'holderName'
  | 'firstName'
  | 'lastName'
  | 'dateOfBirth'
  | 'nationality'
  | 'bankName'
  | 'accountNumber'
  | 'walletNumber'
  | 'iban'
  | 'bic'
  | 'ifsc'
  | 'bsb'
  | 'aba'
  | 'sortCode'
  | 'cnaps'
  | 'bankCode'
  | 'branchCode'
  | 'branchName'
  | 'bankProvince'
  | 'bankCity'
  | 'purposeCode'
  | 'accountKind'
  | 'depositKeyType'
  | 'depositKey'
  | 'taxId'
  | 'nationalId'
  | 'email'
  | 'phone'
  | 'addressLine1'
  | 'addressLine2'
  | 'addressCity'
  | 'addressState'
  | 'addressPostalCode'
  | 'addressCountry'
  | 'bankId'
  | 'recipientReference';

/** Hint keys of recipient fields; a locale catalogue has each under `hint.<key>`. */
export type FieldHint =
  | 'holderNameIndividual'
  | 'holderNameBusiness'
  | 'inChinese'
  | 'inKatakana'
  | 'dateOfBirth'
  | 'countryCode'
  | 'accountNumber'
  | 'walletNumber'
  | 'iban'
  | 'bic'
  | 'ifsc'
  | 'bsb'
  | 'aba'
  | 'sortCode'
  | 'cnaps'
  | 'bankCode'
  | 'branchCode'
  | 'depositKeyType'
  | 'depositKey'
  | 'taxId'
  | 'nationalId'
  | 'phone'
  | 'recipientReference';

/** How one field of the form is drawn and checked. */
export interface FieldSpec {
  /** Member of the recipient, dotted (`holderName`, `codes.ifsc`). */
  name: string;
  /** What draws it. */
  control: 'text' | 'bank-picker' | 'pix-key-type' | 'select';
  required: boolean;
  /** Names the rule pair: the value is `normalize`d when the field is left and `check`ed as the exact wire value. */
  rule: FieldRule;
  /** Key of the label's text; the locale catalogue has it under `field.<labelKey>`. */
  labelKey: FieldLabel;
  /** Key of the hint's text, `hint.<hintKey>`. */
  hintKey?: FieldHint | undefined;
  inputMode?: 'text' | 'numeric' | 'tel' | 'email' | undefined;
  /** Token for `autocomplete`; `off` where a browser must not keep the value. */
  autocomplete?: string | undefined;
  maxLength?: number | undefined;
  /** A synthetic example of the wire value, for hints and docs. */
  example?: string | undefined;
  options?: readonly string[] | undefined;
}
