import { isBankPrefixOf } from '../rules/bic.ts';
import { checkField, normalizeField } from '../rules/check-field.ts';
import { checkCountryIn } from '../rules/country.ts';
import { fieldSpecs } from '../rules/recipient-fields.ts';
import type { RuleTables } from '../rules/rule-tables.ts';
import type {
  AccountType,
  FieldContext,
  FieldSpec,
  IssueCode,
  PixKeyType,
  Recipient,
  RecipientMethod,
} from '../rules/types.ts';
import { checkWalletProvider } from '../rules/wallet.ts';

/**
 * What has been entered so far. Texts are kept by the field's label key, not by its member: a wallet's number and a bank
 * account's are both `accountNumber`, but one must not turn into the other when the method changes.
 */
export interface RecipientDraft {
  method: RecipientMethod;
  currency: string;
  country: string;
  provider: string;
  accountType: AccountType;
  texts: Map<string, string>;
}

/** A draft as the rules see it: the fields it has, the recipient it makes, what is wrong by member. */
export interface DraftReading {
  specs: readonly FieldSpec[];
  recipient: Recipient | undefined;
  issues: ReadonlyMap<string, IssueCode>;
}

/** A draft in which nothing has been entered. */
export function blankDraft(): RecipientDraft {
  return { method: 'bank', currency: '', country: '', provider: '', accountType: 'individual', texts: new Map() };
}

/** What a field's rule needs to know of the others. */
export function contextOf(draft: RecipientDraft): FieldContext {
  return { ...draft, depositKeyType: draft.texts.get('depositKeyType') as PixKeyType | undefined };
}

/** A member by its dotted name. */
function memberOf(value: object, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>((holder, key) => (holder as Record<string, unknown> | undefined)?.[key], value);
}

/** The wire object that the draft makes as it stands, acceptable or not. */
export function candidateOf(
  draft: RecipientDraft,
  specs: readonly FieldSpec[],
  tables: RuleTables,
): Record<string, unknown> {
  const { method, country, provider, accountType } = draft;
  const candidate: Record<string, unknown> =
    method === 'bank'
      ? { method, ...(country && { country }), accountType }
      : method === 'ewallet'
        ? { method, ...(provider && { provider }), accountType }
        : { method };
  const context = contextOf(draft);
  for (const { name, rule, labelKey } of specs) {
    const text = normalizeField(rule, draft.texts.get(labelKey) ?? '', context, tables);
    if (text === '') continue;
    const [head = '', tail] = name.split('.');
    if (tail !== undefined) candidate[head] = { ...(candidate[head] as object | undefined), [tail]: text };
    else candidate[name] = rule === 'bank-id' ? Number(text) : text;
  }
  if (method === 'ewallet' && candidate.depositKey !== undefined) candidate.accountNumber = candidate.depositKey;
  return candidate;
}

/**
 * Reads a draft by the rules that `parseRecipient` applies in the proxy; a test holds the two together. `orderOf` says
 * where the page wants a field to stand.
 */
export function readDraft(
  draft: RecipientDraft,
  tables: RuleTables,
  orderOf: (name: string) => number = () => 0,
): DraftReading {
  const { method, currency, country, provider } = draft;
  const specs = fieldSpecs(draft, tables).sort((a, b) => orderOf(a.name) - orderOf(b.name));
  const candidate = candidateOf(draft, specs, tables);
  const context = contextOf(draft);
  const issues = new Map<string, IssueCode>();
  const note = (name: string, code: IssueCode | undefined) => {
    if (code && !issues.has(name)) issues.set(name, code);
  };
  // In the order of the fields: the first is the one that a browser points at.
  if (method === 'bank') note('country', country ? checkCountryIn(tables.countries, country) : 'required');
  if (!tables.currencies.has(currency)) note('currency', currency ? 'currency-unknown' : 'required');
  if (method === 'ewallet') note('provider', checkWalletProvider(currency, provider, tables.wallets));
  for (const { name, rule, required, maxLength = 140 } of specs) {
    const value = memberOf(candidate, name);
    if (value !== undefined) note(name, checkField(rule, value, context, tables));
    else if (required) note(name, 'required');
    if (rule === 'text' && typeof value === 'string' && value.length > maxLength) note(name, 'text-too-long');
    if (method !== 'bank' || typeof value !== 'string') continue;
    if (rule === 'bic' && !isBankPrefixOf(value.slice(4, 6), country)) note(name, 'bic-country-mismatch');
    if (rule === 'iban' && !isBankPrefixOf(value.slice(0, 2), country)) note(name, 'iban-country-mismatch');
  }
  return { specs, recipient: issues.size === 0 ? (candidate as unknown as Recipient) : undefined, issues };
}

/** Takes over the texts of a recipient, or as many as there are. */
export function fillTexts(draft: RecipientDraft, value: object, tables: RuleTables): void {
  for (const { name, labelKey } of fieldSpecs(draft, tables)) {
    const found = memberOf(value, name) ?? (name === 'depositKey' ? memberOf(value, 'accountNumber') : undefined);
    if (typeof found === 'string' || typeof found === 'number') draft.texts.set(labelKey, String(found));
  }
}
