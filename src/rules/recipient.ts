import { FIELD_RULES, oneOf } from './check-field.ts';
import type { FieldRulePair } from './check-field.ts';
import { isBankPrefixOf } from './bic.ts';
import { checkText } from './free-text.ts';
import { usesIban } from './iban.ts';
import { checkPixKey } from './pix-key.ts';
import { bankRows, walletRows } from './recipient-fields.ts';
import { TABLES } from './rule-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import { fieldTemplate } from './tables/recipient-fields.ts';
import type { FieldName, FieldRow } from './tables/recipient-fields.ts';
import { MEMBERS } from './tables/recipient-members.ts';
import type {
  AccountType,
  BankRecipient,
  EwalletRecipient,
  FieldContext,
  IssueCode,
  Recipient,
  RecipientIssue,
  RecipientMethod,
} from './types.ts';
import { checkWalletAccount, checkWalletProvider, walletAccountFormat } from './wallet.ts';

/** What `parseRecipient` finds. */
export type RecipientResult = { ok: true; recipient: Recipient } | { ok: false; issues: RecipientIssue[] };

type Check = FieldRulePair[1];
type Members = ReadonlyMap<string, Check | Members>;

/** Any text that is not empty; a rule of its own looks at it later. */
const anyText: Check = (value) => (typeof value !== 'string' ? 'wrong-type' : value === '' ? 'required' : undefined);

/** Members that are a form's choices, not its fields. */
const CHOICES: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['method', () => undefined],
  ['country', FIELD_RULES.country[1]],
  ['accountType', oneOf(['individual', 'business'], 'account-type-unknown')],
  ['provider', (value, { currency }, { wallets }) => checkWalletProvider(currency, value, wallets)],
]);

/** How a member is checked: by the rule of its field. */
function checkOf(method: RecipientMethod, name: string): Check {
  const choice = CHOICES.get(name);
  if (choice !== undefined) return choice;
  // A wallet's account and its key are checked together, below.
  if (method === 'ewallet' && (name === 'accountNumber' || name === 'depositKey')) return anyText;
  const field = fieldTemplate(name as FieldName);
  return field.rule === 'text' ? (value) => checkText(value, field.maxLength) : FIELD_RULES[field.rule][1];
}

function membersOf(method: RecipientMethod): Members {
  const members = new Map<string, Check | Map<string, Check>>();
  for (const name of MEMBERS[method].split(' ')) {
    const [head = '', tail] = name.split('.');
    const check = checkOf(method, name);
    const inner = members.get(head);
    if (tail === undefined) members.set(head, check);
    else if (inner instanceof Map) inner.set(tail, check);
    else members.set(head, new Map([[tail, check]]));
  }
  return members;
}

const BANK = /* @__PURE__ */ membersOf('bank');
const EWALLET = /* @__PURE__ */ membersOf('ewallet');
const LEANX = /* @__PURE__ */ membersOf('leanx');

/** Reads the own members of an object; unknown ones and those a check refuses become issues. */
function readMembers(
  value: object,
  members: Members,
  prefix: string,
  context: FieldContext,
  tables: RuleTables,
  issues: RecipientIssue[],
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name];
    const check = members.get(name);
    if (member === undefined && check !== undefined) continue;
    // A name is echoed to the caller, so a hostile one is cut.
    const path = prefix + name.slice(0, 64);
    if (check === undefined) {
      issues.push({ path, code: 'unknown-member' });
    } else if (typeof check === 'function') {
      const code = check(member, context, tables);
      if (code === undefined) read[name] = member;
      else issues.push({ path, code });
    } else if (isObject(member)) {
      read[name] = readMembers(member, check, `${path}.`, context, tables, issues);
    } else {
      issues.push({ path, code: 'wrong-type' });
    }
  }
  return read;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own text member, whatever else may be wrong with it. */
function ownText(value: object, name: string): string | undefined {
  const member: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  return typeof member === 'string' ? member : undefined;
}

function requireMembers(read: Record<string, unknown>, paths: readonly string[], issues: RecipientIssue[]): void {
  for (const path of paths) requireMember(read, path, issues);
}

/** Asks for the fields of a table that this kind of holder must fill. */
function requireRows(
  read: Record<string, unknown>,
  rows: readonly FieldRow[],
  accountType: AccountType | undefined,
  issues: RecipientIssue[],
): void {
  for (const { field, required, only } of rows) {
    if (required && (only === undefined || only === accountType)) requireMember(read, field, issues);
  }
}

/** Adds `required` for what is absent, unless the member or the object around it is already refused. */
function requireMember(read: Record<string, unknown>, path: string, issues: RecipientIssue[]): void {
  const dot = path.indexOf('.');
  const head = dot < 0 ? path : path.slice(0, dot);
  const holder = dot < 0 ? read : read[head];
  const present = isObject(holder) && Object.hasOwn(holder, path.slice(dot + 1));
  if (!present && !issues.some((issue) => issue.path === path || issue.path === head)) {
    issues.push({ path, code: 'required' });
  }
}

/**
 * Reads a recipient from an unknown value: exact types, no unknown members, every member by its rule. With the payout's
 * currency it also asks for the fields that currency and bank country need, and for a wallet of that currency.
 */
export function parseRecipient(
  value: unknown,
  {
    currency,
    tables = TABLES,
  }: {
    currency?: string | undefined;
    /** A merchant's own, from `createRules`. */
    tables?: RuleTables | undefined;
  } = {},
): RecipientResult {
  if (!isObject(value)) return { ok: false, issues: [{ path: '', code: 'wrong-type' }] };
  const method = Object.hasOwn(value, 'method') ? (value as { method?: unknown }).method : undefined;
  const issues: RecipientIssue[] = [];
  let recipient: Record<string, unknown>;
  switch (method) {
    case 'bank':
      recipient = readBank(value, currency, tables, issues);
      break;
    case 'ewallet':
      recipient = readEwallet(value, currency, tables, issues);
      break;
    case 'leanx':
      recipient = readLeanx(value, currency, tables, issues);
      break;
    default:
      return { ok: false, issues: [{ path: 'method', code: methodIssue(method) }] };
  }
  // Every member was read by the table of its method, so the record has that method's type.
  return issues.length === 0 ? { ok: true, recipient: recipient as unknown as Recipient } : { ok: false, issues };
}

function methodIssue(method: unknown): IssueCode {
  if (method === undefined || method === '') return 'required';
  return typeof method === 'string' ? 'method-unknown' : 'wrong-type';
}

function readBank(
  value: object,
  currency: string | undefined,
  tables: RuleTables,
  issues: RecipientIssue[],
): Record<string, unknown> {
  const country = ownText(value, 'country');
  const read = readMembers(value, BANK, '', { method: 'bank', currency, country }, tables, issues);
  requireMembers(read, ['country', 'accountType', 'holderName', 'bankName'], issues);
  const { country: knownCountry, bic, iban, accountNumber, accountType } = read as Partial<BankRecipient>;
  if (currency !== undefined && knownCountry !== undefined) {
    requireRows(read, bankRows(currency, knownCountry, tables.corridors), accountType, issues);
  } else if (iban === undefined && accountNumber === undefined) {
    const path = country !== undefined && usesIban(country) ? 'iban' : 'accountNumber';
    if (!issues.some((issue) => issue.path === 'iban' || issue.path === 'accountNumber')) {
      issues.push({ path, code: 'account-or-iban-required' });
    }
  }
  if (knownCountry !== undefined) {
    if (bic !== undefined && !isBankPrefixOf(bic.slice(4, 6), knownCountry)) {
      issues.push({ path: 'bic', code: 'bic-country-mismatch' });
    }
    if (iban !== undefined && !isBankPrefixOf(iban.slice(0, 2), knownCountry)) {
      issues.push({ path: 'iban', code: 'iban-country-mismatch' });
    }
  }
  return read;
}

/** The currency whose table lists a provider, for recipients that are read without knowing the payout. */
function currencyOfProvider(provider: string | undefined, { wallets }: RuleTables): string | undefined {
  for (const [currency, providers] of wallets) {
    if (providers.some(({ name }) => name === provider)) return currency;
  }
  return undefined;
}

function readEwallet(
  value: object,
  payoutCurrency: string | undefined,
  tables: RuleTables,
  issues: RecipientIssue[],
): Record<string, unknown> {
  const provider = ownText(value, 'provider');
  // Without the payout's currency a provider of any currency will do; one of none is unknown in PHP as everywhere.
  const currency = payoutCurrency ?? currencyOfProvider(provider, tables) ?? 'PHP';
  const read = readMembers(value, EWALLET, '', { method: 'ewallet', currency }, tables, issues);
  requireMembers(read, ['provider', 'accountType', 'holderName', 'accountNumber'], issues);
  requireRows(read, walletRows(payoutCurrency, tables), (read as Partial<EwalletRecipient>).accountType, issues);
  const format = walletAccountFormat(currency, provider ?? '', tables.wallets);
  if (format === undefined) return read;
  const { accountNumber, depositKeyType, depositKey } = read as Partial<EwalletRecipient>;
  const add = (path: string, code: IssueCode | undefined): void => {
    if (code !== undefined && !issues.some((issue) => issue.path === path)) issues.push({ path, code });
  };
  if (format.kind === 'pix' || depositKeyType !== undefined || depositKey !== undefined) {
    requireMembers(read, ['depositKeyType', 'depositKey'], issues);
  }
  if (format.kind === 'pix') {
    if (depositKeyType !== undefined && depositKey !== undefined)
      add('depositKey', checkPixKey(depositKeyType, depositKey));
  } else {
    if (accountNumber !== undefined) {
      add('accountNumber', checkWalletAccount(currency, provider, accountNumber, tables.wallets));
    }
    if (format.kind === 'mobile' && depositKeyType !== undefined && depositKeyType !== 'phone') {
      add('depositKeyType', 'pix-key-type');
    }
  }
  if (depositKey !== undefined && accountNumber !== undefined && accountNumber !== depositKey) {
    add('accountNumber', 'deposit-key-differs');
  }
  return read;
}

function readLeanx(
  value: object,
  currency: string | undefined,
  tables: RuleTables,
  issues: RecipientIssue[],
): Record<string, unknown> {
  const read = readMembers(value, LEANX, '', { method: 'leanx' }, tables, issues);
  requireMembers(read, ['bankId', 'accountNumber', 'holderName', 'recipientReference'], issues);
  if (currency !== undefined && currency !== 'MYR') issues.push({ path: 'method', code: 'method-not-for-currency' });
  return read;
}
