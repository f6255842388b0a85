import { ACCOUNTS } from './tables/bank-accounts.ts';
import type { AccountTable } from './tables/bank-accounts.ts';
import type { AmountLimit } from './amount-limits.ts';
import { BANK_CODES } from './tables/bank-codes.ts';
import type { BankCodeShapes } from './tables/bank-codes.ts';
import { isoCountries } from './tables/countries.ts';
import { isoCurrencies } from './tables/currencies.ts';
import { CORRIDORS } from './tables/recipient-fields.ts';
import type { CorridorTable } from './tables/recipient-fields.ts';
import { WALLETS } from './tables/wallets.ts';
import type { WalletProvider } from './tables/wallets.ts';

/** The tables behind the rules that a merchant's channels may change. */
export interface RuleTables {
  currencies: ReadonlyMap<string, number>;
  countries: ReadonlySet<string>;
  wallets: ReadonlyMap<string, readonly WalletProvider[]>;
  accounts: AccountTable;
  bankCodes: ReadonlyMap<string, BankCodeShapes>;
  corridors: CorridorTable;
  /** Fields that the wallets of a currency ask for besides the account and its holder. */
  walletFields: ReadonlyMap<string, string>;
  /** What one payout may be. Empty by default: published limits contradict each other and change with the merchant. */
  limits: readonly AmountLimit[];
  /** Whether the channel is known to take a CNPJ with letters; where not, such a key gets a warning. */
  cnpjLetters: boolean;
}

/** The shipped tables. Tazapay documents numeric CNPJs only (docs, pix_brl, read 2026-11-20). */
export const TABLES: RuleTables = {
  get currencies() {
    return isoCurrencies();
  },
  get countries() {
    return isoCountries();
  },
  wallets: WALLETS,
  accounts: ACCOUNTS,
  bankCodes: BANK_CODES,
  corridors: CORRIDORS,
  walletFields: /* @__PURE__ */ new Map(),
  limits: [],
  cnpjLetters: false,
};
