import { normalizeField } from '../rules/check-field.ts';
import { parseRecipient } from '../rules/recipient.ts';
import { recipientFields } from '../rules/recipient-fields.ts';
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

/** What a field's rule needs to know of the others. */
export function contextOf(draft: RecipientDraft): FieldContext {
  const keyType = draft.texts.get('depositKeyType');
  return {
    method: draft.method,
    currency: draft.currency || undefined,
    country: draft.country || undefined,
    provider: draft.provider || undefined,
    accountType: draft.accountType,
    depositKeyType: keyType ? (keyType as PixKeyType) : undefined,
  };
}

/** The fields of the draft's choice. */
export function specsOf(draft: RecipientDraft, tables: RuleTables): FieldSpec[] {
  const { method, currency, accountType } = draft;
  return recipientFields(
    {
      method,
      currency,
      accountType,
      country: draft.country || undefined,
      provider: draft.provider || undefined,
    },
    tables,
  );
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

/** Reads a draft by the rules that the proxy applies too. */
export function readDraft(draft: RecipientDraft, tables: RuleTables): DraftReading {
  const specs = specsOf(draft, tables);
  const candidate = candidateOf(draft, specs, tables);
  const issues = new Map<string, IssueCode>();
  if (!draft.currency) issues.set('currency', 'required');
  for (const { name, required } of specs) {
    const [head = '', tail] = name.split('.');
    const holder = tail === undefined ? candidate : (candidate[head] as Record<string, unknown> | undefined);
    if (required && holder?.[tail ?? head] === undefined) issues.set(name, 'required');
  }
  const result = parseRecipient(candidate, { currency: draft.currency || undefined, tables });
  if (!result.ok) {
    const names = new Set(specs.map(({ name }) => name));
    for (const { path, code } of result.issues) {
      // A PIX account repeats the key, which alone is a field.
      const name = path === 'accountNumber' && !names.has(path) && names.has('depositKey') ? 'depositKey' : path;
      if (!issues.has(name)) issues.set(name, code);
    }
  }
  return { specs, recipient: result.ok && issues.size === 0 ? result.recipient : undefined, issues };
}

/** Takes over a recipient, or as much of one as is there. */
export function fillDraft(draft: RecipientDraft, value: object, tables: RuleTables): void {
  const text = (name: string): string => {
    const [head = '', tail] = name.split('.');
    const member = (value as Record<string, unknown>)[head];
    const found = tail === undefined ? member : (member as Record<string, unknown> | undefined)?.[tail];
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  const method = text('method');
  if (method === 'bank' || method === 'ewallet' || method === 'leanx') draft.method = method;
  if (draft.method === 'leanx') draft.currency = 'MYR';
  if (text('country')) draft.country = text('country');
  if (text('provider')) draft.provider = text('provider');
  const accountType = text('accountType');
  if (accountType === 'individual' || accountType === 'business') draft.accountType = accountType;
  for (const { name, labelKey } of specsOf(draft, tables)) {
    const found = text(name) || (name === 'depositKey' ? text('accountNumber') : '');
    if (found) draft.texts.set(labelKey, found);
  }
}
