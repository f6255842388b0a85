import { amountLimits, payoutAmountIssue } from './amount-limits.ts';
import type { AmountLimit } from './amount-limits.ts';
import { checkAmount, compareAmounts, normalizeAmount, sumAmounts } from './amount.ts';
import { checkBankAccountIn, normalizeBankAccount } from './bank-account.ts';
import { checkBankCodeIn, checkBranchCodeIn } from './bank-codes.ts';
import { checkBicIn, normalizeBic } from './bic.ts';
import { checkCallbackUrl, normalizeCallbackUrl } from './callback-url.ts';
import { checkField, normalizeField } from './check-field.ts';
import { checkCheckoutUrl, normalizeCheckoutUrl } from './checkout-url.ts';
import { checkCnpj, normalizeCnpj } from './cnpj.ts';
import { checkCountryIn, normalizeCountry } from './country.ts';
import { checkCpf, normalizeCpf } from './cpf.ts';
import { checkCurrencyIn, currencyDecimals, normalizeCurrency } from './currency.ts';
import { checkDateOfBirth, normalizeDateOfBirth } from './date-of-birth.ts';
import { checkText } from './free-text.ts';
import { checkIban, normalizeIban } from './iban.ts';
import { toLeanxInvoice, toLesspayBeneficiary, toLesspayDetail } from './mapping.ts';
import { checkName, normalizeName } from './name.ts';
import { checkPixKey, inferPixKeyType, normalizePixKey } from './pix-key.ts';
import { homeCountry, recipientFields, recipientMethods } from './recipient-fields.ts';
import { recipientWarnings } from './recipient-warnings.ts';
import { parseRecipient } from './recipient.ts';
import { checkRequestId, normalizeRequestId } from './request-id.ts';
import { TABLES } from './rule-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import type { AccountShape } from './tables/bank-accounts.ts';
import type { BankCodeShapes } from './tables/bank-codes.ts';
import type { FieldRow } from './tables/recipient-fields.ts';
import { isField, readRows } from './tables/recipient-fields.ts';
import { MEMBERS } from './tables/recipient-members.ts';
import type { WalletProvider } from './tables/wallets.ts';
import {
  checkWalletAccount,
  checkWalletProvider,
  normalizeWalletAccount,
  normalizeWalletProvider,
  walletProvidersIn,
} from './wallet.ts';

/** What a merchant lays over the shipped tables; a row replaces the shipped row of the same key, the rest stays. */
export interface RuleTableOverrides {
  /** Decimals by currency, where a channel carries fewer (`{ IDR: 0 }`). `null` takes a currency out. */
  currencies?: Readonly<Record<string, number | null>> | undefined;
  /** Country codes the channel takes besides ISO 3166-1 (`['XK']`). */
  countries?: readonly string[] | undefined;
  /** Wallets by currency; a bare name has the account format of the currency's first shipped wallet. */
  walletProviders?: Readonly<Record<string, readonly (string | WalletProvider)[]>> | undefined;
  /** Bounds of account numbers by the bank's country. */
  accountShapes?: Readonly<Record<string, AccountShape>> | undefined;
  /** What to do with a card's number in an account field; `refuse` by default. */
  cardNumbers?: 'refuse' | 'warn' | 'allow' | undefined;
  /** Countries whose channel pays to cards; CN by default. */
  cardCountries?: readonly string[] | undefined;
  /** Shapes of bank and branch codes by country. */
  bankCodes?: Readonly<Record<string, BankCodeShapes>> | undefined;
  /**
   * Fields of bank recipients by currency and the bank's country, in their order, a `?` behind what may stay empty
   * (`{ THB: { TH: 'codes.bankCode accountNumber phone?' } }`). The holder's and the bank's name come first where the
   * list does not begin with `holderName`.
   */
  recipientFields?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /**
   * Fields that the wallets of a currency ask for besides, all of the holder's (`{ BRL: 'taxId email?' }`). They go out
   * over a channel with `endpoint: 'single'`; a batch has no place for them.
   */
  walletFields?: Readonly<Record<string, string>> | undefined;
  /** What one payout may be, such as `{ currency: 'PHP', method: 'ewallet', max: '50000.00' }`; all that apply must hold. */
  limits?: readonly AmountLimit[] | undefined;
  /** Whether the channel takes a CNPJ with letters. */
  cnpjLetters?: boolean | undefined;
}

/** The rule pack over one set of tables. */
export type Rules = ReturnType<typeof createRules>;

const refuse = (option: string, problem: string): never => {
  throw new TypeError(`${option} ${problem}.`);
};

function requireCodes(option: string, codes: readonly string[], known: { has(code: string): boolean }): void {
  for (const code of codes) {
    if (!known.has(code)) refuse(`${option}.${code}`, 'is not a code that the rules know');
  }
}

function requirePattern(option: string, pattern: string | undefined): void {
  try {
    new RegExp(`^(?:${String(pattern)})$`);
  } catch {
    refuse(option, 'is not a regular expression');
  }
}

/** Reads a list of fields. A misspelt one should stop the program that configures it, not the operator in front of the form. */
function requireFields(option: string, source: string, allowed: readonly string[]): void {
  let rows: FieldRow[];
  try {
    rows = readRows(source);
  } catch (error) {
    throw new TypeError(`${option}: ${(error as Error).message}`, { cause: error });
  }
  const other = rows.find(({ field }) => !allowed.includes(field));
  if (other) refuse(option, `names "${other.field}"; it can name ${allowed.join(', ')}`);
}

/** The members of a method that are fields. */
const fieldsOf = (method: 'bank' | 'ewallet'): string[] => MEMBERS[method].split(' ').filter(isField);

function overlay<T>(
  shipped: ReadonlyMap<string, T>,
  own: Readonly<Record<string, T>> | undefined,
): ReadonlyMap<string, T> {
  return own === undefined ? shipped : new Map([...shipped, ...Object.entries(own)]);
}

function requireWallet(option: string, { name, account }: WalletProvider): void {
  if (typeof name !== 'string' || normalizeName(name) !== name || checkText(name) !== undefined) {
    refuse(`${option}.name`, 'is not a wallet, in the spelling of the channel');
  }
  switch (account.kind) {
    case 'mobile':
      if (!/^[1-9][0-9]{0,2}$/.test(account.callingCode))
        refuse(`${option}.account.callingCode`, 'is not one such as 63');
      requirePattern(`${option}.account.national`, account.national);
      break;
    case 'pattern':
      requirePattern(`${option}.account.pattern`, account.pattern);
      break;
    case 'pix':
      break;
    default:
      refuse(`${option}.account.kind`, 'is none of mobile, pix, pattern');
  }
}

function walletsOf(
  { walletProviders: own }: RuleTableOverrides,
  currencies: RuleTables['currencies'],
): RuleTables['wallets'] {
  if (own === undefined) return TABLES.wallets;
  requireCodes('walletProviders', Object.keys(own), currencies);
  const wallets = new Map(TABLES.wallets);
  for (const [currency, providers] of Object.entries(own)) {
    const shipped = TABLES.wallets.get(currency) ?? [];
    const format = shipped[0]?.account ?? { kind: 'pattern' as const, pattern: '[A-Za-z0-9@.+_-]{3,64}' };
    const full = providers.map((provider) =>
      typeof provider === 'string'
        ? (shipped.find(({ name }) => name === provider) ?? { name: provider, account: format })
        : provider,
    );
    for (const [index, provider] of full.entries()) requireWallet(`walletProviders.${currency}[${index}]`, provider);
    // A currency whose list is empty has no wallets, and so no such method.
    if (full.length > 0) wallets.set(currency, full);
    else wallets.delete(currency);
  }
  return wallets;
}

function corridorsOf(
  { recipientFields: own }: RuleTableOverrides,
  currencies: RuleTables['currencies'],
  countries: RuleTables['countries'],
): RuleTables['corridors'] {
  if (own === undefined) return TABLES.corridors;
  const allowed = fieldsOf('bank');
  const rows = Object.entries(own).map(([currency, corridors]) => {
    // The rows of no currency are those of all that have none for the country.
    if (currency === '') requireCodes('recipientFields.', Object.keys(corridors), new Set(['', 'IBAN']));
    else {
      requireCodes('recipientFields', [currency], currencies);
      requireCodes(`recipientFields.${currency}`, Object.keys(corridors), countries);
    }
    for (const [country, source] of Object.entries(corridors)) {
      requireFields(`recipientFields.${currency}.${country}`, source, allowed);
    }
    return [currency, new Map([...(TABLES.corridors.get(currency) ?? []), ...Object.entries(corridors)])] as const;
  });
  return new Map([...TABLES.corridors, ...rows]);
}

function currenciesOf({ currencies: own }: RuleTableOverrides): RuleTables['currencies'] {
  if (own === undefined) return TABLES.currencies;
  const currencies = new Map(TABLES.currencies);
  for (const [code, decimals] of Object.entries(own)) {
    const option = `currencies.${code}`;
    if (!/^[A-Z]{3}$/.test(code)) refuse(option, 'is not a code of three capitals');
    if (decimals === null) {
      currencies.delete(code);
    } else {
      // Amounts are counted in 10^-8.
      if (!Number.isInteger(decimals) || decimals < 0 || decimals > 8) refuse(option, 'is not null or 0 to 8 decimals');
      currencies.set(code, decimals);
    }
  }
  return currencies;
}

function countriesOf({ countries: own }: RuleTableOverrides): RuleTables['countries'] {
  if (own === undefined) return TABLES.countries;
  for (const [index, code] of own.entries()) {
    if (!/^[A-Z]{2}$/.test(code)) refuse(`countries[${index}]`, 'is not a code of two capitals');
  }
  return new Set([...TABLES.countries, ...own]);
}

function accountsOf(
  { accountShapes, cardNumbers, cardCountries }: RuleTableOverrides,
  countries: RuleTables['countries'],
): RuleTables['accounts'] {
  const { accounts } = TABLES;
  requireCodes('accountShapes', Object.keys(accountShapes ?? {}), countries);
  for (const [country, { min, max }] of Object.entries(accountShapes ?? {})) {
    const isRange = Number.isInteger(min) && Number.isInteger(max) && min >= 4 && min <= max && max <= 34;
    if (!isRange) refuse(`accountShapes.${country}`, 'is not a range within the 4 to 34 characters of any account');
  }
  if (cardNumbers !== undefined && !['refuse', 'warn', 'allow'].includes(cardNumbers)) {
    refuse('cardNumbers', 'is none of refuse, warn, allow');
  }
  requireCodes('cardCountries', cardCountries ?? [], countries);
  return {
    shapes: overlay(accounts.shapes, accountShapes),
    cardNumbers: cardNumbers ?? accounts.cardNumbers,
    cardCountries: cardCountries === undefined ? accounts.cardCountries : new Set(cardCountries),
  };
}

function bankCodesOf(
  { bankCodes: own = {} }: RuleTableOverrides,
  countries: RuleTables['countries'],
): RuleTables['bankCodes'] {
  requireCodes('bankCodes', Object.keys(own), countries);
  for (const [country, { bankCode, branchCode = '' }] of Object.entries(own)) {
    requirePattern(`bankCodes.${country}.bankCode`, bankCode);
    requirePattern(`bankCodes.${country}.branchCode`, branchCode);
  }
  return overlay(TABLES.bankCodes, own);
}

function walletFieldsOf(
  { walletFields: own = {} }: RuleTableOverrides,
  wallets: RuleTables['wallets'],
): RuleTables['walletFields'] {
  requireCodes('walletFields', Object.keys(own), wallets);
  const asked = ['holderName', 'accountNumber', 'depositKeyType', 'depositKey'];
  const allowed = fieldsOf('ewallet').filter((name) => !asked.includes(name));
  for (const [currency, source] of Object.entries(own)) requireFields(`walletFields.${currency}`, source, allowed);
  return overlay(TABLES.walletFields, own);
}

function limitsOf({ limits = [] }: RuleTableOverrides, currencies: RuleTables['currencies']): RuleTables['limits'] {
  for (const [index, { currency, method, min, max }] of limits.entries()) {
    const at = `limits[${index}]`;
    if (!currencies.has(currency)) refuse(`${at}.currency`, 'is not an ISO 4217 code with a minor unit');
    if (method !== undefined && !Object.hasOwn(MEMBERS, method))
      refuse(`${at}.method`, 'is none of bank, ewallet, leanx');
    if (min === undefined && max === undefined) refuse(at, 'has neither min nor max');
    for (const [name, amount] of Object.entries({ min, max })) {
      if (amount !== undefined && checkAmount(amount, currency, currencies) !== undefined) {
        refuse(`${at}.${name}`, `is not an amount in ${currency}, such as "50000.00"`);
      }
    }
    if (min !== undefined && max !== undefined && compareAmounts(min, max, currency, currencies) > 0) {
      refuse(`${at}.min`, 'is above its max');
    }
  }
  return limits;
}

/** The names of the options, for those whose compiler does not tell a misspelt one. */
const OPTIONS: Readonly<Record<keyof RuleTableOverrides, true>> = {
  currencies: true,
  countries: true,
  walletProviders: true,
  accountShapes: true,
  cardNumbers: true,
  cardCountries: true,
  bankCodes: true,
  recipientFields: true,
  walletFields: true,
  limits: true,
  cnpjLetters: true,
};

function tablesOf(own: RuleTableOverrides): RuleTables {
  for (const name of Object.keys(own)) {
    if (!Object.hasOwn(OPTIONS, name)) refuse(name, `is no table; there are ${Object.keys(OPTIONS).join(', ')}`);
  }
  const currencies = currenciesOf(own);
  const countries = countriesOf(own);
  const wallets = walletsOf(own, currencies);
  const corridors = corridorsOf(own, currencies, countries);
  /** What was taken out of the currencies is offered nowhere. */
  const ofCurrencies = <T>(table: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    own.currencies === undefined
      ? table
      : new Map([...table].filter(([currency]) => currency === '' || currencies.has(currency)));
  return {
    currencies,
    countries,
    wallets: ofCurrencies(wallets),
    corridors: ofCurrencies(corridors),
    accounts: accountsOf(own, countries),
    bankCodes: bankCodesOf(own, countries),
    walletFields: walletFieldsOf(own, wallets),
    limits: limitsOf(own, currencies),
    cnpjLetters: own.cnpjLetters ?? TABLES.cnpjLetters,
  };
}

/** Makes the same rules over a merchant's own tables: its channels' wallets, limits and fields. */
export function createRules({ tables: own = {} }: { tables?: RuleTableOverrides | undefined } = {}) {
  const tables = tablesOf(own);
  const { currencies, countries, wallets, bankCodes } = tables;
  type Of<F extends (...args: never[]) => unknown> = Parameters<F>;
  return {
    tables,
    checkAmount: (value: unknown, currency: unknown) => checkAmount(value, currency, currencies),
    amountLimits: (choice: Of<typeof amountLimits>[0]) => amountLimits(choice, tables),
    payoutAmountIssue: (...[value, choice]: Of<typeof payoutAmountIssue>) => payoutAmountIssue(value, choice, tables),
    normalizeAmount: (text: string, currency: string) => normalizeAmount(text, currency, currencies),
    sumAmounts: (values: readonly string[], currency: string) => sumAmounts(values, currency, currencies),
    compareAmounts: (a: string, b: string, currency: string) => compareAmounts(a, b, currency, currencies),
    currencyDecimals: (currency: string) => currencyDecimals(currency, currencies),
    checkCurrency: (value: unknown) => checkCurrencyIn(currencies, value),
    normalizeCurrency,
    checkCountry: (value: unknown) => checkCountryIn(countries, value),
    normalizeCountry,
    checkBic: (value: unknown) => checkBicIn(countries, value),
    normalizeBic,
    checkIban,
    normalizeIban,
    checkCpf,
    normalizeCpf,
    checkCnpj,
    normalizeCnpj,
    checkPixKey,
    normalizePixKey,
    inferPixKeyType,
    walletProviders: (currency: string) => walletProvidersIn(wallets, currency),
    checkWalletProvider: (currency: unknown, provider: unknown) => checkWalletProvider(currency, provider, wallets),
    normalizeWalletProvider: (currency: string, text: string) => normalizeWalletProvider(currency, text, wallets),
    checkWalletAccount: (currency: unknown, provider: unknown, value: unknown) =>
      checkWalletAccount(currency, provider, value, wallets),
    normalizeWalletAccount: (currency: string, provider: string, text: string) =>
      normalizeWalletAccount(currency, provider, text, wallets),
    checkBankAccount: (value: unknown, country?: unknown) => checkBankAccountIn(tables.accounts, value, country),
    normalizeBankAccount,
    checkBankCode: (value: unknown, country?: unknown) => checkBankCodeIn(bankCodes, value, country),
    checkBranchCode: (value: unknown, country?: unknown) => checkBranchCodeIn(bankCodes, value, country),
    checkDateOfBirth,
    normalizeDateOfBirth,
    checkName,
    normalizeName,
    checkRequestId,
    normalizeRequestId,
    checkCallbackUrl,
    normalizeCallbackUrl,
    checkCheckoutUrl,
    normalizeCheckoutUrl,
    checkField: (...[rule, value, context]: Of<typeof checkField>) => checkField(rule, value, context, tables),
    normalizeField: (...[rule, text, context]: Of<typeof normalizeField>) =>
      normalizeField(rule, text, context, tables),
    recipientFields: (choice: Of<typeof recipientFields>[0]) => recipientFields(choice, tables),
    recipientMethods: (currency: string) => recipientMethods(currency, tables),
    homeCountry: (currency: string) => homeCountry(currency, tables),
    parseRecipient: (value: unknown, options?: { currency?: string | undefined }) =>
      parseRecipient(value, { ...options, tables }),
    recipientWarnings: (recipient: Of<typeof recipientWarnings>[0]) => recipientWarnings(recipient, tables),
    toLesspayDetail: (...[recipient, order]: Of<typeof toLesspayDetail>) => toLesspayDetail(recipient, order, tables),
    toLesspayBeneficiary,
    toLeanxInvoice: (...[recipient, order]: Of<typeof toLeanxInvoice>) => toLeanxInvoice(recipient, order, tables),
  };
}
