import { checkPixKey, inferPixKeyType, normalizePixKey } from './pix-key.ts';
import { isoCurrencies } from './tables/currencies.ts';
import { WALLETS } from './tables/wallets.ts';
import type { WalletAccountFormat, WalletProvider } from './tables/wallets.ts';
import { lowerAscii, typedNumber, typedText } from './typed-text.ts';
import type { IssueCode } from './types.ts';

type Wallets = ReadonlyMap<string, readonly WalletProvider[]>;

/** The wallets a currency can be paid to, by the channel's spelling. */
export function walletProviders(currency: string): string[] {
  return walletProvidersIn(WALLETS, currency);
}

/** As `walletProviders`, over another table. */
export function walletProvidersIn(wallets: Wallets, currency: string): string[] {
  return (wallets.get(currency) ?? []).map(({ name }) => name);
}

/** How a wallet names its accounts; undefined for a wallet that is not in the currency's table. */
export function walletAccountFormat(
  currency: string,
  provider: string,
  wallets: Wallets = WALLETS,
): WalletAccountFormat | undefined {
  return wallets.get(currency)?.find(({ name }) => name === provider)?.account;
}

/** Checks that a wallet belongs to the currency's table, in its exact spelling. */
export function checkWalletProvider(
  currency: unknown,
  provider: unknown,
  wallets: Wallets = WALLETS,
): IssueCode | undefined {
  if (typeof currency !== 'string' || typeof provider !== 'string') return 'wrong-type';
  if (provider === '') return 'required';
  if (!wallets.has(currency)) return isoCurrencies().has(currency) ? 'wallet-account-unsupported' : 'currency-unknown';
  return walletAccountFormat(currency, provider, wallets) === undefined ? 'wallet-provider-unknown' : undefined;
}

/** Turns a typed wallet name into the table's spelling ("g cash" → "GCash"). */
export function normalizeWalletProvider(currency: string, text: string, wallets: Wallets = WALLETS): string {
  const typed = typedText(text);
  if (typed.length > 140) return typed;
  const key = (name: string): string => lowerAscii(name).replace(/[ -]/g, '');
  return walletProvidersIn(wallets, currency).find((name) => key(name) === key(typed)) ?? typed;
}

/** Checks a wallet's account: a mobile number in one of its two wire forms, or the key itself for PIX. */
export function checkWalletAccount(
  currency: unknown,
  provider: unknown,
  value: unknown,
  wallets: Wallets = WALLETS,
): IssueCode | undefined {
  const providerIssue = checkWalletProvider(currency, provider, wallets);
  if (providerIssue !== undefined) return providerIssue;
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  const format = walletAccountFormat(currency as string, provider as string, wallets);
  return format !== undefined && isWalletAccount(format, value) ? undefined : 'wallet-account-format';
}

function isWalletAccount(format: WalletAccountFormat, value: string): boolean {
  if (value.length > 140) return false;
  switch (format.kind) {
    case 'mobile':
      return new RegExp(`^(?:0|\\+${format.callingCode})(?:${format.national})$`).test(value);
    case 'pix': {
      const type = inferPixKeyType(value);
      return type !== undefined && checkPixKey(type, value) === undefined;
    }
    case 'pattern':
      return new RegExp(`^(?:${format.pattern})$`).test(value);
  }
}

/** Turns a typed wallet account into its wire form: `63917…` → `+63917…`, `0917 …` and `917…` → `0917…`. */
export function normalizeWalletAccount(
  currency: string,
  provider: string,
  text: string,
  wallets: Wallets = WALLETS,
): string {
  const format = walletAccountFormat(currency, provider, wallets);
  if (format?.kind === 'pix') {
    const type = inferPixKeyType(text);
    return type === undefined ? typedText(text) : normalizePixKey(type, text);
  }
  if (format?.kind !== 'mobile') return typedText(text);
  const number = typedNumber(text);
  const code = format.callingCode;
  const [, prefix, national] =
    new RegExp(`^(\\+?${code}|00${code})?0?(${format.national})$`).exec(number.slice(0, 40)) ?? [];
  if (national === undefined || number.length > 40) return number;
  return prefix === undefined ? `0${national}` : `+${code}${national}`;
}
