import type { PayoutItem } from '../../protocol/messages.ts';
import type { FieldError } from '../../protocol/problem.ts';
import { createPayoutsRequest, readRequest } from '../../protocol/schemas.ts';
import { payoutAmountIssue } from '../../rules/amount-limits.ts';
import { sumAmounts } from '../../rules/amount.ts';
import { checkCurrencyIn } from '../../rules/currency.ts';
import type { LeanxInvoice, LesspayBeneficiary, LesspayDetail } from '../../rules/mapping.ts';
import { toLeanxInvoice, toLesspayBeneficiary, toLesspayDetail } from '../../rules/mapping.ts';
import { parseRecipient } from '../../rules/recipient.ts';
import { checkRequestId } from '../../rules/request-id.ts';
import type { RuleTables } from '../../rules/rule-tables.ts';
import type { Recipient, RecipientIssue } from '../../rules/types.ts';
import type { ProxyConfig } from '../config.ts';
import { ProblemError } from '../http/problem.ts';
import type { PayoutRoute } from '../options.ts';
import type { Outgoing } from './record.ts';

/** A payout request that the rules accept. */
export interface CheckedPayouts {
  currency: string;
  total: string;
  payouts: PayoutItem[];
}

/** Checks a `POST /payouts` body by its shape, then by the rules, and reports every refused member at once. */
export function checkPayouts(body: unknown, tables: RuleTables): CheckedPayouts {
  const read = readRequest(createPayoutsRequest, body);
  if (!read.ok) {
    throw new ProblemError('invalid-request', 'Send { currency, payouts: [{ reference, amount, recipient }] }.', {
      errors: read.errors,
    });
  }
  const { currency } = read.value;
  if (checkCurrencyIn(tables.currencies, currency) !== undefined) {
    throw new ProblemError('invalid-request', 'The currency is not an ISO 4217 code.', {
      errors: [{ path: 'currency', code: 'currency-unknown' }],
    });
  }
  const errors: FieldError[] = [];
  const references = new Set<string>();
  const payouts: PayoutItem[] = [];
  for (const [index, { reference, amount, recipient }] of read.value.payouts.entries()) {
    const path = `payouts.${index}`;
    const referenceIssue = checkRequestId(reference) ?? (references.has(reference) ? 'duplicate-reference' : undefined);
    references.add(reference);
    if (referenceIssue !== undefined) errors.push({ path: `${path}.reference`, code: referenceIssue });
    const parsed = parseRecipient(recipient, { currency, tables });
    // Of a refused recipient nothing is known by which its own limits could be found.
    const { method, provider } = parsed.ok ? choiceOf(parsed.recipient) : {};
    const amountIssue = payoutAmountIssue(amount, { currency, method, provider }, tables);
    if (amountIssue !== undefined) errors.push({ path: `${path}.amount`, code: amountIssue });
    if (parsed.ok) payouts.push({ reference, amount, recipient: parsed.recipient });
    else errors.push(...atRecipient(path, parsed.issues));
  }
  if (errors.length > 0) throw invalidRecipient(errors);
  return {
    currency,
    total: sumAmounts(
      payouts.map(({ amount }) => amount),
      currency,
      tables.currencies,
    ),
    payouts,
  };
}

/** Finds the channel of every payout and writes the request in its spelling. One request takes one channel. */
export function routePayouts({ currency, payouts }: CheckedPayouts, config: ProxyConfig): Outgoing {
  const [first] = payouts;
  if (!first) throw new RangeError('A payout request has at least one payout.');
  const route = findRoute(first.recipient, currency, config);
  const errors = payouts.flatMap(({ recipient }, index): FieldError[] => {
    const own = findRoute(recipient, currency, config);
    if (own === undefined) return [{ path: `payouts.${index}`, code: 'no-route' }];
    return own === route ? [] : [{ path: `payouts.${index}`, code: 'other-route' }];
  });
  if (route === undefined || errors.length > 0) {
    throw new ProblemError(
      'no-route',
      'Every payout of a request has to go over one channel of payout.routes. Split the request, or add the channel that the platform assigned.',
      { errors },
    );
  }
  const webhooks = `${config.publicUrl}${config.basePath}/webhooks`;
  if (route === 'leanx') {
    requireOne(payouts, 'LeanX');
    const { poolReference } = config.leanx ?? {};
    if (poolReference === undefined) throw new ProblemError('no-route', 'leanx.poolReference is not configured.');
    return {
      via: 'leanx',
      notifyUrl: `${webhooks}/leanx`,
      poolReference,
      invoice: leanxInvoiceOf(first, currency, config.tables),
    };
  }
  const { wayType, wayCode } = route;
  const notifyUrl = `${webhooks}/lesspay/payout`;
  if (route.endpoint === 'single') {
    requireOne(payouts, 'This channel');
    return { via: 'single', notifyUrl, wayType, wayCode, beneficiary: beneficiaryOf(first) };
  }
  return { via: 'batch', notifyUrl, wayType, wayCode, details: detailsOf(payouts, currency, config.tables) };
}

function findRoute(recipient: Recipient, currency: string, config: ProxyConfig): PayoutRoute | 'leanx' | undefined {
  if (recipient.method === 'leanx')
    return config.leanx?.poolReference !== undefined && currency === 'MYR' ? 'leanx' : undefined;
  const { method } = recipient;
  const provider = recipient.method === 'ewallet' ? recipient.provider : undefined;
  return config.routes.find(
    (route) =>
      route.currency === currency &&
      route.method === method &&
      (route.provider === undefined || route.provider === provider),
  );
}

function choiceOf(recipient: Recipient): { method?: Recipient['method']; provider?: string | undefined } {
  return { method: recipient.method, provider: recipient.method === 'ewallet' ? recipient.provider : undefined };
}

function requireOne(payouts: readonly PayoutItem[], channel: string): void {
  if (payouts.length === 1) return;
  throw new ProblemError('no-route', `${channel} takes one payout per request. Send them one by one.`, {
    errors: payouts.slice(1).map((_, index) => ({ path: `payouts.${index + 1}`, code: 'other-route' })),
  });
}

function detailsOf(payouts: readonly PayoutItem[], currency: string, tables: RuleTables): LesspayDetail[] {
  const details: LesspayDetail[] = [];
  const errors: FieldError[] = [];
  for (const [index, { recipient, reference, amount }] of payouts.entries()) {
    const mapped = toLesspayDetail(recipient, { reference, amount, currency }, tables);
    if (mapped.ok) details.push(mapped.detail);
    else errors.push(...atRecipient(`payouts.${index}`, mapped.issues));
  }
  if (errors.length > 0) throw invalidRecipient(errors);
  return details;
}

function beneficiaryOf({ recipient }: PayoutItem): LesspayBeneficiary {
  const mapped = toLesspayBeneficiary(recipient);
  if (!mapped.ok) throw invalidRecipient(atRecipient('payouts.0', mapped.issues));
  return mapped.beneficiary;
}

function leanxInvoiceOf(
  { recipient, reference, amount }: PayoutItem,
  currency: string,
  tables: RuleTables,
): LeanxInvoice {
  const mapped = toLeanxInvoice(recipient, { reference, amount, currency }, tables);
  if (!mapped.ok) throw invalidRecipient(atRecipient('payouts.0', mapped.issues));
  return mapped.invoice;
}

function atRecipient(path: string, issues: readonly RecipientIssue[]): FieldError[] {
  return issues.map((issue) => ({
    // The mappings report the payout's own two members beside the recipient's.
    path: ['reference', 'amount'].includes(issue.path)
      ? `${path}.${issue.path}`
      : [path, 'recipient', issue.path].filter((part) => part !== '').join('.'),
    code: issue.code,
  }));
}

function invalidRecipient(errors: FieldError[]): ProblemError {
  return new ProblemError('invalid-recipient', 'Some members are not acceptable; errors names each with a code.', {
    errors,
  });
}
