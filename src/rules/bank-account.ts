import { isCardNumber } from './card-number.ts';
import { ACCOUNTS } from './tables/bank-accounts.ts';
import type { AccountTable } from './tables/bank-accounts.ts';
import { typedNumber, upperAscii } from './typed-text.ts';
import type { IssueCode } from './types.ts';

// Tazapay, Field Validation Updates (2026-03-24): ^[A-Z0-9]{4,34}$.
const ANY = { min: 4, max: 34, digits: false };

/** Checks a bank account number; a payment card's number is refused unless the country's channel pays to cards. */
export function checkBankAccount(value: unknown, country?: unknown): IssueCode | undefined {
  return checkBankAccountIn(ACCOUNTS, value, country);
}

/** As `checkBankAccount`, by a merchant's own table. */
export function checkBankAccountIn(accounts: AccountTable, value: unknown, country?: unknown): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  const shape = (typeof country === 'string' ? accounts.shapes.get(country) : undefined) ?? ANY;
  if (value.length < ANY.min || value.length > ANY.max) return 'account-length';
  if (!(shape.digits ? /^[0-9]+$/ : /^[A-Z0-9]+$/).test(value)) return 'account-format';
  if (value.length < shape.min || value.length > shape.max) return 'account-length';
  if (shape.digits && /^0+$/.test(value)) return 'account-zeros';
  return accounts.cardNumbers === 'refuse' && isCardInAccount(accounts, value, country) ? 'card-number' : undefined;
}

/** Whether an account number is a card's, where cards are not paid to. */
export function isCardInAccount(accounts: AccountTable, value: string, country: unknown): boolean {
  return !(typeof country === 'string' && accounts.cardCountries.has(country)) && isCardNumber(value);
}

/** Turns a typed account number into its wire form; leading zeros stay. */
export function normalizeBankAccount(text: string): string {
  return upperAscii(typedNumber(text));
}
