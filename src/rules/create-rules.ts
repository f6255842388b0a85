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
import { readRows } from './tables/recipient-fields.ts';
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
  /** Fields of bank recipients by currency and the bank's country, such as `{ THB: { TH: 'codes.bankCode accountNumber' } }`. */
  recipientFields?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /**
   * Fields that the wallets of a currency ask for besides: `taxId`, `email` or `phone`, a `?` behind what may stay empty
   * (`{ BRL: 'taxId email?' }`). They go out over a channel with `endpoint: 'single'`; a batch has no place for them.
   */
  walletFields?: Readonly<Record<string, string>> | undefined;
  /** What one payout may be, such as `{ currency: 'PHP', method: 'ewallet', max: '50000.00' }`; all that apply must hold. */
  limits?: readonly AmountLimit[] | undefined;
  /** Whether the channel takes a CNPJ with letters. */
  cnpjLetters?: boolean | undefined;
}

/** The rule pack over one set of tables. */
export type Rules = ReturnType<typeof createRules>;

function overlay<T>(
  shipped: ReadonlyMap<string, T>,
  own: Readonly<Record<string, T>> | undefined,
): ReadonlyMap<string, T> {
  return own === undefined ? shipped : new Map([...shipped, ...Object.entries(own)]);
}

function walletsOf({ walletProviders: own }: RuleTableOverrides): RuleTables['wallets'] {
  if (own === undefined) return TABLES.wallets;
  const rows = Object.entries(own).map(([currency, providers]) => {
    const shipped = TABLES.wallets.get(currency) ?? [];
    const format = shipped[0]?.account ?? { kind: 'pattern' as const, pattern: '[A-Za-z0-9@.+_-]{3,64}' };
    const full = providers.map((provider) =>
      typeof provider === 'string'
        ? (shipped.find(({ name }) => name === provider) ?? { name: provider, account: format })
        : provider,
    );
    return [currency, full] as const;
  });
  return new Map([...TABLES.wallets, ...rows]);
}

function corridorsOf({ recipientFields: own }: RuleTableOverrides): RuleTables['corridors'] {
  if (own === undefined) return TABLES.corridors;
  const rows = Object.entries(own).map(([currency, countries]) => {
    // A misspelt field should stop the program that configures it, not the operator in front of the form.
    for (const source of Object.values(countries)) readRows(source);
    return [currency, new Map([...(TABLES.corridors.get(currency) ?? []), ...Object.entries(countries)])] as const;
  });
  return new Map([...TABLES.corridors, ...rows]);
}

function currenciesOf({ currencies: own }: RuleTableOverrides): RuleTables['currencies'] {
  if (own === undefined) return TABLES.currencies;
  const currencies = new Map(TABLES.currencies);
  for (const [code, decimals] of Object.entries(own)) {
    if (decimals === null) currencies.delete(code);
    else currencies.set(code, decimals);
  }
  return currencies;
}

const WALLET_FIELDS = ['taxId', 'email', 'phone'];

function walletFieldsOf({ walletFields: own }: RuleTableOverrides): RuleTables['walletFields'] {
  for (const [currency, source] of Object.entries(own ?? {})) {
    const other = readRows(source).find(({ field }) => !WALLET_FIELDS.includes(field));
    if (other) {
      throw new TypeError(
        `walletFields.${currency} names "${other.field}": a wallet can ask for ${WALLET_FIELDS.join(', ')}.`,
      );
    }
  }
  return overlay(TABLES.walletFields, own);
}

function limitsOf({ limits = [] }: RuleTableOverrides, currencies: RuleTables['currencies']): RuleTables['limits'] {
  for (const [index, { currency, min, max }] of limits.entries()) {
    const at = `limits[${index}]`;
    if (!currencies.has(currency)) throw new TypeError(`${at}.currency is not an ISO 4217 code with a minor unit.`);
    if (min === undefined && max === undefined) throw new TypeError(`${at} has neither min nor max.`);
    for (const [name, amount] of Object.entries({ min, max })) {
      if (amount !== undefined && checkAmount(amount, currency, currencies) !== undefined) {
        throw new TypeError(`${at}.${name} is not an amount in ${currency}, such as "50000.00".`);
      }
    }
    if (min !== undefined && max !== undefined && compareAmounts(min, max, currency, currencies) > 0) {
      throw new TypeError(`${at}.min is above its max.`);
    }
  }
  return limits;
}

/** Makes the same rules over a merchant's own tables: its channels' wallets, limits and fields. */
export function createRules({ tables: own = {} }: { tables?: RuleTableOverrides | undefined } = {}) {
  const { accounts } = TABLES;
  const currencies = currenciesOf(own);
  const tables: RuleTables = {
    currencies,
    countries: own.countries === undefined ? TABLES.countries : new Set([...TABLES.countries, ...own.countries]),
    wallets: walletsOf(own),
    accounts: {
      shapes: overlay(accounts.shapes, own.accountShapes),
      cardNumbers: own.cardNumbers ?? accounts.cardNumbers,
      cardCountries: own.cardCountries === undefined ? accounts.cardCountries : new Set(own.cardCountries),
    },
    bankCodes: overlay(TABLES.bankCodes, own.bankCodes),
    corridors: corridorsOf(own),
    walletFields: walletFieldsOf(own),
    limits: limitsOf(own, currencies),
    cnpjLetters: own.cnpjLetters ?? TABLES.cnpjLetters,
  };
  const { countries, wallets, bankCodes } = tables;
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
