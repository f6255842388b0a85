import { BANK_CODES } from './tables/bank-codes.ts';
import type { BankCodeShapes } from './tables/bank-codes.ts';
import { typedCode, typedNumber, typedText } from './typed-text.ts';
import type { IssueCode } from './types.ts';

type CodeShapes = ReadonlyMap<string, BankCodeShapes>;

/** Channels spell codes such as ALLVA.ID, MEEZAN_BANK or safaricom-ke. */
const ANY_CODE = '[A-Za-z0-9][A-Za-z0-9._-]{0,31}';

function checkCode(value: unknown, pattern: string | undefined): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  return value.length <= 32 && new RegExp(`^(?:${pattern ?? ANY_CODE})$`).test(value) ? undefined : 'code-format';
}

function codesOf(country: unknown, codes: CodeShapes): BankCodeShapes | undefined {
  return codes.get(country as string);
}

/** Checks an Indian IFSC: four letters, a zero, six letters or digits. */
export function checkIfsc(value: unknown): IssueCode | undefined {
  return checkCode(value, '[A-Z]{4}0[A-Z0-9]{6}');
}

/** Checks an Australian BSB: six digits. */
export function checkBsb(value: unknown): IssueCode | undefined {
  return checkCode(value, '[0-9]{6}');
}

/** Checks a British sort code: six digits. */
export function checkSortCode(value: unknown): IssueCode | undefined {
  return checkCode(value, '[0-9]{6}');
}

/** Checks a Chinese CNAPS code: twelve digits. */
export function checkCnaps(value: unknown): IssueCode | undefined {
  return checkCode(value, '[0-9]{12}');
}

/** Checks an ABA routing number: the 3-7-1 check sum, and a prefix in use (00–12, 21–32, 61–72, 80). */
export function checkAba(value: unknown): IssueCode | undefined {
  const issue = checkCode(value, '[0-9]{9}');
  if (issue !== undefined) return issue;
  const digits = Array.from(value as string, Number);
  const sum = digits.reduce((total, digit, index) => total + digit * ([3, 7, 1][index % 3] ?? 0), 0);
  const isUsed = /^(?:0|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(value as string);
  return isUsed && sum > 0 && sum % 10 === 0 ? undefined : 'code-check-digit';
}

/** Checks a bank code, by the country's shape where one is known. */
export function checkBankCode(value: unknown, country?: unknown): IssueCode | undefined {
  return checkBankCodeIn(BANK_CODES, value, country);
}

/** As `checkBankCode`, over another table. */
export function checkBankCodeIn(codes: CodeShapes, value: unknown, country?: unknown): IssueCode | undefined {
  return checkCode(value, codesOf(country, codes)?.bankCode ?? ANY_CODE);
}

/** Checks a branch code, by the country's shape where one is known. */
export function checkBranchCode(value: unknown, country?: unknown): IssueCode | undefined {
  return checkBranchCodeIn(BANK_CODES, value, country);
}

/** As `checkBranchCode`, over another table. */
export function checkBranchCodeIn(codes: CodeShapes, value: unknown, country?: unknown): IssueCode | undefined {
  return checkCode(value, codesOf(country, codes)?.branchCode ?? ANY_CODE);
}

/** Turns a typed IFSC into its wire form. */
export function normalizeIfsc(text: string): string {
  return typedCode(text);
}

/** Turns a typed BSB ("062-000") into its wire form. */
export function normalizeBsb(text: string): string {
  return typedNumber(text);
}

/** Turns a typed sort code ("20-00-00") into its wire form. */
export function normalizeSortCode(text: string): string {
  return typedNumber(text);
}

/** Turns a typed ABA routing number into its wire form. */
export function normalizeAba(text: string): string {
  return typedNumber(text);
}

/** Turns a typed CNAPS code into its wire form. */
export function normalizeCnaps(text: string): string {
  return typedNumber(text);
}

/** Turns a typed bank code into its wire form; the channel's own spelling, dots and dashes included, stays. */
export function normalizeBankCode(text: string): string {
  return typedText(text).replaceAll(' ', '');
}

/** Turns a typed branch code into its wire form. */
export function normalizeBranchCode(text: string): string {
  return normalizeBankCode(text);
}
