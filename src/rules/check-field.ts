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
import { checkBankId } from './recipient.ts';
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

/** Checks one field's exact wire value by the rule its spec names. */
export function checkField(
  rule: FieldRule,
  value: unknown,
  context: FieldContext,
  tables: RuleTables = TABLES,
): IssueCode | undefined {
  switch (rule) {
    case 'name':
      return checkName(value);
    case 'text':
    case 'reference':
      return checkText(value);
    case 'bank-account':
      return checkBankAccountIn(tables.accounts, value, bankCountry(context));
    case 'iban':
      return checkIban(value);
    case 'bic':
      return checkBicIn(tables.countries, value);
    case 'wallet-account':
      return checkWalletAccount(context.currency, walletOf(context, tables), value, tables.wallets);
    case 'pix-key':
      return checkPixKey(context.depositKeyType ?? '', value);
    case 'pix-key-type':
      return checkOption(value, PIX_KEY_TYPES, 'pix-key-type');
    case 'account-kind':
      return checkOption(value, ['checking', 'savings', 'payment'], 'account-type-unknown');
    case 'tax-id':
      return checkTaxId(value, holderCountry(context));
    case 'national-id':
      return checkNationalId(value);
    case 'email':
      return checkEmail(value);
    case 'phone':
      return checkPhone(value);
    case 'ifsc':
      return checkIfsc(value);
    case 'bsb':
      return checkBsb(value);
    case 'aba':
      return checkAba(value);
    case 'sort-code':
      return checkSortCode(value);
    case 'cnaps':
      return checkCnaps(value);
    case 'bank-code':
      return checkBankCodeIn(tables.bankCodes, value, context.country);
    case 'branch-code':
      return checkBranchCodeIn(tables.bankCodes, value, context.country);
    case 'bank-id':
      return checkBankId(value);
  }
}

function checkOption(value: unknown, options: readonly string[], code: IssueCode): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  return options.includes(value) ? undefined : code;
}

/** Turns what was typed into one field into its wire value, by the rule its spec names. */
export function normalizeField(
  rule: FieldRule,
  text: string,
  context: FieldContext,
  tables: RuleTables = TABLES,
): string {
  switch (rule) {
    case 'name':
      return normalizeName(text);
    case 'text':
    case 'reference':
      return normalizeText(text);
    case 'bank-account':
      return normalizeBankAccount(text);
    case 'iban':
      return normalizeIban(text);
    case 'bic':
      return normalizeBic(text);
    case 'wallet-account':
      return normalizeWalletAccount(context.currency ?? '', walletOf(context, tables), text, tables.wallets);
    case 'pix-key':
      return context.depositKeyType === undefined ? typedText(text) : normalizePixKey(context.depositKeyType, text);
    case 'tax-id':
      return normalizeTaxId(text);
    case 'national-id':
      return normalizeNationalId(text);
    case 'email':
      return normalizeEmail(text);
    case 'phone':
      return normalizePhone(text);
    case 'ifsc':
      return normalizeIfsc(text);
    case 'bsb':
      return normalizeBsb(text);
    case 'aba':
      return normalizeAba(text);
    case 'sort-code':
      return normalizeSortCode(text);
    case 'cnaps':
      return normalizeCnaps(text);
    case 'bank-code':
      return normalizeBankCode(text);
    case 'branch-code':
      return normalizeBranchCode(text);
    case 'pix-key-type':
    case 'account-kind':
    case 'bank-id':
      return typedText(text);
  }
}
