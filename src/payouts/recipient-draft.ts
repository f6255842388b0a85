import { isBankPrefixOf } from '../rules/bic.ts';
import { checkField, normalizeField } from '../rules/check-field.ts';
import { checkCountryIn } from '../rules/country.ts';
import { checkCurrencyIn } from '../rules/currency.ts';
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
  /** The wire object that the draft makes as it stands, acceptable or not. */
  candidate: Recipient;
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

/**
 * Reads a draft by the rules that `parseRecipient` applies in the proxy; a test holds the two together. `orderOf` says
 * where the page wants a field to stand.
 */
export function readDraft(
  draft: RecipientDraft,
  tables: RuleTables,
  orderOf: (name: string) => number = () => 0,
): DraftReading {
  const { method, currency, country, provider, accountType, texts } = draft;
  const specs = fieldSpecs(draft, tables).sort((a, b) => orderOf(a.name) - orderOf(b.name));
  const context = contextOf(draft);
  const candidate: Record<string, unknown> = { method };
  const issues = new Map<string, IssueCode>();
  const note = (name: string, code: IssueCode | undefined) => {
    if (code && !issues.has(name)) issues.set(name, code);
  };
  // In the order of the fields: the first is the one that a browser points at.
  if (method === 'bank') {
    if (country) candidate.country = country;
    note('country', country ? checkCountryIn(tables.countries, country) : 'required');
  }
  note('currency', currency ? checkCurrencyIn(tables.currencies, currency) : 'required');
  if (method === 'ewallet') {
    if (provider) candidate.provider = provider;
    note('provider', checkWalletProvider(currency, provider, tables.wallets));
  }
  if (method !== 'leanx') candidate.accountType = accountType;
  for (const { name, rule, labelKey, required, maxLength = 140 } of specs) {
    const typed = texts.get(labelKey);
    const text = typed ? normalizeField(rule, typed, context, tables) : '';
    if (!text) {
      if (required) note(name, 'required');
      continue;
    }
    const value = rule === 'bank-id' ? Number(text) : text;
    const [head = '', tail] = name.split('.');
    candidate[head] = tail ? { ...(candidate[head] as object | undefined), [tail]: value } : value;
    note(name, checkField(rule, value, context, tables));
    if (rule === 'text' && text.length > maxLength) note(name, 'text-too-long');
    if (method !== 'bank' || (rule !== 'bic' && rule !== 'iban')) continue;
    if (!isBankPrefixOf(rule === 'bic' ? text.slice(4, 6) : text.slice(0, 2), country))
      note(name, `${rule}-country-mismatch`);
  }
  if (candidate.depositKey) candidate.accountNumber = candidate.depositKey;
  const made = candidate as unknown as Recipient;
  return { specs, candidate: made, recipient: issues.size === 0 ? made : undefined, issues };
}

/** Takes over the texts of a recipient, or as many as there are. */
export function fillTexts(draft: RecipientDraft, value: object, tables: RuleTables): void {
  for (const { name, labelKey } of fieldSpecs(draft, tables)) {
    const found = memberOf(value, name) ?? (name === 'depositKey' ? memberOf(value, 'accountNumber') : undefined);
    if (typeof found === 'string' || typeof found === 'number') draft.texts.set(labelKey, String(found));
  }
}
