import { checkBankAccountIn, normalizeBankAccount } from './bank-account.ts';
import {
  checkAba,
  checkBankCode,
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
import { checkCountryIn, normalizeCountry } from './country.ts';
import { checkDateOfBirth, normalizeDateOfBirth } from './date-of-birth.ts';
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

/** Where a holder's tax id is from: of a wallet only the currency is known. */
function holderCountry({ method, currency, country }: FieldContext): string | undefined {
  return currency === 'BRL' && (method === 'ewallet' || country === undefined) ? 'BR' : country;
}

/** The wallet whose numbers are meant: until one is chosen, the currency's first tells their form. */
function walletOf({ currency = '', provider = '' }: FieldContext, { wallets }: RuleTables): string {
  return provider === '' ? (walletProvidersIn(wallets, currency)[0] ?? '') : provider;
}

/** A rule: what makes typed text a wire value, and what says whether that is acceptable. */
export type FieldRulePair = readonly [
  normalize: (text: string, context: FieldContext, tables: RuleTables) => string,
  check: (value: unknown, context: FieldContext, tables: RuleTables) => IssueCode | undefined,
];

/** A check for one of a few words. */
export const oneOf =
  (options: readonly string[], code: IssueCode): FieldRulePair[1] =>
  (value) => {
    if (typeof value !== 'string') return 'wrong-type';
    if (value === '') return 'required';
    return options.includes(value) ? undefined : code;
  };

const text: FieldRulePair = [normalizeText, (value) => checkText(value)];

/** What every rule does, for a form's fields and for the members of a recipient alike. */
export const FIELD_RULES: Readonly<Record<FieldRule, FieldRulePair>> = {
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
  'date-of-birth': [normalizeDateOfBirth, checkDateOfBirth],
  country: [normalizeCountry, (value, _, { countries }) => checkCountryIn(countries, value)],
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
  // In no country's table: any code that a channel may have.
  'purpose-code': [normalizeBankCode, (value) => checkBankCode(value)],
  'bank-id': [typedText, checkBankId],
};

/** The pair of a rule; one that nobody knows takes any text. */
const pairOf = (rule: FieldRule): FieldRulePair => (Object.hasOwn(FIELD_RULES, rule) ? FIELD_RULES[rule] : text);

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
