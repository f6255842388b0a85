import { checkAmount, compareAmounts } from './amount.ts';
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
  { limits, currencies }: RuleTables = TABLES,
): { min?: string; max?: string } {
  const found: { min?: string; max?: string } = {};
  for (const limit of limits) {
    const applies =
      limit.currency === currency &&
      (limit.method === undefined || limit.method === method) &&
      (limit.provider === undefined || limit.provider === provider);
    if (!applies) continue;
    const { min, max } = limit;
    const isAbove = (a: string, b: string | undefined) =>
      b === undefined || compareAmounts(a, b, currency, currencies) > 0;
    if (min !== undefined && isAbove(min, found.min)) found.min = min;
    if (max !== undefined && !(found.max !== undefined && isAbove(max, found.max))) found.max = max;
  }
  return found;
}

/** Checks a payout's amount by its currency and by the limits of its channel. */
export function payoutAmountIssue(
  value: unknown,
  choice: AmountChoice,
  tables: RuleTables = TABLES,
): IssueCode | undefined {
  const { currency } = choice;
  const issue = checkAmount(value, currency, tables.currencies);
  if (issue !== undefined) return issue;
  const { min, max } = amountLimits(choice, tables);
  const compare = (limit: string) => compareAmounts(value as string, limit, currency, tables.currencies);
  if (min !== undefined && compare(min) < 0) return 'amount-below-limit';
  return max !== undefined && compare(max) > 0 ? 'amount-above-limit' : undefined;
}
