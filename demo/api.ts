import type { PayoutStatus } from 'lesspay-elements';
import type { EwalletRecipient } from 'lesspay-elements/rules';

/** `POST /api/cart`. */
export interface CartView {
  lines: { id: string; name: string; quantity: number; priceCents: number }[];
  totalCents: number;
}

/** One payout as the back office lists it; several belong together when they were sent in one batch. */
export interface PayoutLine {
  reference: string;
  amount: string;
  payee: string;
  /** `GCash`, `BDO Unibank` … */
  via: string;
  /** The last digits only. */
  account: string;
  status: PayoutStatus;
}

/** One payout request of `GET /api/admin/payouts`. */
export interface PayoutRow {
  requestId: string;
  currency: string;
  total: string;
  status: PayoutStatus;
  /** ISO 8601. */
  sentAt: string;
  operator: string;
  lines: PayoutLine[];
}

/** Someone to be paid, of `GET /api/admin/payees`. */
export interface Payee {
  reference: string;
  why: string;
  amount: string;
  currency: string;
  recipient: EwalletRecipient;
  /** Set once they have been paid or are about to be. */
  requestId?: string | undefined;
}

/** One order of `GET /api/admin/orders`. */
export interface OrderRow {
  reference: string;
  placedAt: string;
  items: string;
  total: string;
  state: 'awaiting-payment' | 'paid' | 'unpaid' | 'wrong-amount' | 'refunded';
}
