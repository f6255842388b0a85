import { checkBankAccountIn, normalizeBankAccount } from './bank-account.ts';
import {
  checkAba,
  checkBankCodeIn,
  checkBranchCodeIn,
  checkBsb,
  checkCnaps,
  checkIfsc,
  checkSortCode,
  normalizeAba,
  normalizeBankCode,
  normalizeBranchCode,
  normalizeBsb,
  normalizeCnaps,
  normalizeIfsc,
  normalizeSortCode,
} from './bank-codes.ts';
import { checkBicIn, normalizeBic } from './bic.ts';
import { checkEmail, checkPhone, normalizeEmail, normalizePhone } from './contact.ts';
import { checkText, normalizeText } from './free-text.ts';
import { checkIban, normalizeIban } from './iban.ts';
import { checkName, normalizeName } from './name.ts';
import { checkPixKey, normalizePixKey, PIX_KEY_TYPES } from './pix-key.ts';
import { checkBankId } from './bank-id.ts';
import { TABLES } from './rule-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import { checkNationalId, checkTaxId, normalizeNationalId, normalizeTaxId } from './tax-id.ts';
import { typedText } from './typed-text.ts';
import type { FieldContext, FieldRule, IssueCode } from './types.ts';
import { checkWalletAccount, normalizeWalletAccount, walletProvidersIn } from './wallet.ts';

function bankCountry({ method, country }: FieldContext): string | undefined {
  return method === 'leanx' ? 'MY' : country;
}

function holderCountry({ currency, country }: FieldContext): string | undefined {
  return currency === 'BRL' ? 'BR' : country;
}

/** The wallet whose numbers are meant: until one is chosen, the currency's first tells their form. */
function walletOf({ currency = '', provider = '' }: FieldContext, { wallets }: RuleTables): string {
  return provider === '' ? (walletProvidersIn(wallets, currency)[0] ?? '') : provider;
}

/** A rule: what makes typed text a wire value, and what says whether that is acceptable. */
type Pair = readonly [
  normalize: (text: string, context: FieldContext, tables: RuleTables) => string,
  check: (value: unknown, context: FieldContext, tables: RuleTables) => IssueCode | undefined,
];

const oneOf =
  (options: readonly string[], code: IssueCode): Pair[1] =>
  (value) => {
    if (typeof value !== 'string') return 'wrong-type';
    if (value === '') return 'required';
    return options.includes(value) ? undefined : code;
  };

const text: Pair = [normalizeText, (value) => checkText(value)];

const PAIRS: Readonly<Record<FieldRule, Pair>> = {
  name: [normalizeName, checkName],
  text,
  reference: text,
  'bank-account': [
    normalizeBankAccount,
    (value, context, { accounts }) => checkBankAccountIn(accounts, value, bankCountry(context)),
  ],
  iban: [normalizeIban, checkIban],
  bic: [normalizeBic, (value, _, { countries }) => checkBicIn(countries, value)],
  'wallet-account': [
    (typed, context, tables) =>
      normalizeWalletAccount(context.currency ?? '', walletOf(context, tables), typed, tables.wallets),
    (value, context, tables) => checkWalletAccount(context.currency, walletOf(context, tables), value, tables.wallets),
  ],
  'pix-key': [
    (typed, { depositKeyType: type }) => (type === undefined ? typedText(typed) : normalizePixKey(type, typed)),
    (value, { depositKeyType = '' }) => checkPixKey(depositKeyType, value),
  ],
  'pix-key-type': [typedText, oneOf(PIX_KEY_TYPES, 'pix-key-type')],
  'account-kind': [typedText, oneOf(['checking', 'savings', 'payment'], 'account-type-unknown')],
  'tax-id': [normalizeTaxId, (value, context) => checkTaxId(value, holderCountry(context))],
  'national-id': [normalizeNationalId, checkNationalId],
  email: [normalizeEmail, checkEmail],
  phone: [normalizePhone, checkPhone],
  ifsc: [normalizeIfsc, checkIfsc],
  bsb: [normalizeBsb, checkBsb],
  aba: [normalizeAba, checkAba],
  'sort-code': [normalizeSortCode, checkSortCode],
  cnaps: [normalizeCnaps, checkCnaps],
  'bank-code': [normalizeBankCode, (value, { country }, { bankCodes }) => checkBankCodeIn(bankCodes, value, country)],
  'branch-code': [
    normalizeBranchCode,
    (value, { country }, { bankCodes }) => checkBranchCodeIn(bankCodes, value, country),
  ],
  'bank-id': [typedText, checkBankId],
};

/** The pair of a rule; one that nobody knows takes any text. */
const pairOf = (rule: FieldRule): Pair => (Object.hasOwn(PAIRS, rule) ? PAIRS[rule] : text);

/** Checks one field's exact wire value by the rule its spec names. */
export function checkField(
  rule: FieldRule,
  value: unknown,
  context: FieldContext,
  tables: RuleTables = TABLES,
): IssueCode | undefined {
  return pairOf(rule)[1](value, context, tables);
}

/** Turns what was typed into one field into its wire value, by the rule its spec names. */
export function normalizeField(
  rule: FieldRule,
  typed: string,
  context: FieldContext,
  tables: RuleTables = TABLES,
): string {
  return pairOf(rule)[0](typed, context, tables);
}
