import { checkAmount, countOf } from './amount.ts';
import { TABLES } from './rule-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import type { IssueCode, RecipientMethod } from './types.ts';

/** What one payout of a channel may be: both ends are allowed. */
export interface AmountLimit {
  /** ISO 4217. */
  currency: string;
  /** Only for this way of paying. */
  method?: RecipientMethod | undefined;
  /** Only for this wallet. */
  provider?: string | undefined;
  /** Decimal string in major units. */
  min?: string | undefined;
  /** Decimal string in major units. */
  max?: string | undefined;
}

/** What an amount is paid by. */
export interface AmountChoice {
  currency: string;
  method?: RecipientMethod | undefined;
  provider?: string | undefined;
}

/** The narrowest limits that apply to a payout; a side without a limit is left out. */
export function amountLimits(
  { currency, method, provider }: AmountChoice,
  { limits }: RuleTables = TABLES,
): { min?: string; max?: string } {
  const found: { min?: string; max?: string } = {};
  for (const { min, max, ...of } of limits) {
    if (of.currency !== currency || (of.method ?? method) !== method || (of.provider ?? provider) !== provider)
      continue;
    if (min !== undefined && (found.min === undefined || countOf(min) > countOf(found.min))) found.min = min;
    if (max !== undefined && (found.max === undefined || countOf(max) < countOf(found.max))) found.max = max;
  }
  return found;
}

/** Checks a payout's amount by its currency and by the limits of its channel. */
export function payoutAmountIssue(
  value: unknown,
  choice: AmountChoice,
  tables: RuleTables = TABLES,
): IssueCode | undefined {
  const issue = checkAmount(value, choice.currency, tables.currencies);
  if (issue !== undefined) return issue;
  const { min, max } = amountLimits(choice, tables);
  const count = countOf(value as string);
  if (min !== undefined && count < countOf(min)) return 'amount-below-limit';
  return max !== undefined && count > countOf(max) ? 'amount-above-limit' : undefined;
}
