import type { PayoutStatus } from 'lesspay-elements';
import type { OrderRow, PayoutRow } from '../api.ts';

export type Tone = 'wait' | 'move' | 'good' | 'bad' | 'mixed';

export const PAYOUT_WORDS: Record<PayoutStatus, { tone: Tone; text: string }> = {
  review: { tone: 'wait', text: 'In review' },
  processing: { tone: 'move', text: 'Processing' },
  succeeded: { tone: 'good', text: 'Paid' },
  'partly-succeeded': { tone: 'mixed', text: 'Partly paid' },
  failed: { tone: 'bad', text: 'Failed' },
  canceled: { tone: 'bad', text: 'Canceled' },
  closed: { tone: 'bad', text: 'Closed' },
  refunded: { tone: 'mixed', text: 'Returned' },
  unknown: { tone: 'wait', text: 'Not known yet' },
};

export const ORDER_WORDS: Record<OrderRow['state'], { tone: Tone; text: string }> = {
  'awaiting-payment': { tone: 'wait', text: 'Awaiting payment' },
  paid: { tone: 'good', text: 'Paid' },
  unpaid: { tone: 'bad', text: 'Not paid' },
  'wrong-amount': { tone: 'mixed', text: 'Wrong amount' },
  refunded: { tone: 'mixed', text: 'Returned' },
};

/** The filters above the table. A partly paid request shows under both of its halves. */
export const FILTERS = [
  { id: 'all', text: 'All', has: () => true },
  { id: 'review', text: 'In review', has: ({ status }: PayoutRow) => ['review', 'unknown'].includes(status) },
  { id: 'processing', text: 'Processing', has: ({ status }: PayoutRow) => status === 'processing' },
  { id: 'paid', text: 'Paid', has: ({ status }: PayoutRow) => ['succeeded', 'partly-succeeded'].includes(status) },
  {
    id: 'failed',
    text: 'Failed',
    has: ({ status }: PayoutRow) => ['failed', 'canceled', 'closed', 'refunded', 'partly-succeeded'].includes(status),
  },
] as const;

export type FilterId = (typeof FILTERS)[number]['id'];

const OPEN = new Set<PayoutStatus>(['review', 'processing', 'unknown']);

export function isOpen(row: PayoutRow): boolean {
  return OPEN.has(row.status);
}

const formats = new Map<string, Intl.NumberFormat>();

/** `('1250.00', 'PHP')` → `₱1,250.00`. */
export function money(amount: string, currency: string): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  const key = `${currency}${digits}`;
  const format =
    formats.get(key) ?? new Intl.NumberFormat('en-PH', { style: 'currency', currency, minimumFractionDigits: digits });
  formats.set(key, format);
  // The string is passed on as it is: a number would round large amounts.
  return format.format(amount as Intl.StringNumericLiteral);
}

const clock = new Intl.DateTimeFormat('en-PH', { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });

export function when(iso: string): string {
  return clock.format(new Date(iso));
}
