import { currencyDecimals } from '../rules/currency.ts';

/** The currencies of Lesspay's table (Parameter Specifications) that are not ISO 4217, with the decimals that their networks use. */
const CRYPTO_DECIMALS: ReadonlyMap<string, number> = new Map([
  ['BTC', 8],
  ['ETH', 18],
  ['USDC', 6],
  ['USDT', 6],
]);

/** Whether amounts are in coins of a network, not in a state's currency. */
export function isCrypto(currency: string): boolean {
  return CRYPTO_DECIMALS.has(currency);
}

/** Whether the sandbox knows a currency: ISO 4217 with a minor unit, or one of the vendor's crypto currencies. */
export function isCurrency(currency: string): boolean {
  return isCrypto(currency) || currencyDecimals(currency) !== undefined;
}

/** How many decimals a currency has. */
export function decimalsOf(currency: string): number {
  return CRYPTO_DECIMALS.get(currency) ?? currencyDecimals(currency) ?? 2;
}

/** An amount in minor units; `undefined` unless it is a positive number written as the documentation writes amounts ("100", "100.00"). */
export function minorUnits(amount: string, currency: string): bigint | undefined {
  const decimals = decimalsOf(currency);
  const match = /^(0|[1-9]\d{0,11})(?:\.(\d+))?$/.exec(amount);
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  // Decimals past the currency's own may only be zeros: "2000.00" JPY is a whole number.
  if (fraction.length > decimals && /[^0]/.test(fraction.slice(decimals))) return undefined;
  const minor = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return minor > 0n ? minor : undefined;
}

/** Minor units as a decimal string with all decimals of the currency. */
export function decimalText(minor: bigint, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = minor.toString().padStart(decimals + 1, '0');
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** An amount for reading: `₱1,250.00`. Fraction digits are explicit, because ICU's idea of them differs from ISO 4217. */
export function displayAmount(amount: string, currency: string): string {
  const minor = minorUnits(amount, currency);
  const [whole = '0', fraction = ''] = (minor === undefined ? amount : decimalText(minor, currency)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  // Nobody reads eighteen decimals: of a crypto amount those past the second stay only as far as they say something.
  const shown = isCrypto(currency) ? fraction.replace(/0+$/, '').padEnd(2, '0') : fraction;
  const number = shown === '' ? grouped : `${grouped}.${shown}`;
  const symbol = symbolOf(currency);
  return symbol === undefined ? `${number}\u00a0${currency}` : `${symbol}${number}`;
}

function symbolOf(currency: string): string | undefined {
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const symbol = parts.formatToParts(0).find(({ type }) => type === 'currency')?.value;
  return symbol === undefined || symbol === currency ? undefined : /[a-z]$/i.test(symbol) ? `${symbol}\u00a0` : symbol;
}
