import type { Recipient } from '../rules/types.ts';
import type { PayinStatus, PayoutFailure, PayoutStatus } from './status.ts';

/** `POST /payins` request. `order` is the merchant's own reference; prices never come from the browser. */
export interface CreatePayinRequest {
  order: string;
}

/** `POST /payins` answer: 201 for a new payment, 200 for the one already open for this order. */
export interface CreatePayinResponse {
  requestId: string;
  payOrderId: string;
  status: PayinStatus;
  checkoutUrl: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
  /** Decimal string in major units. */
  amount: string;
  /** ISO 4217. */
  currency: string;
}

/** `GET /payins/{requestId}` answer. */
export interface PayinStatusResponse {
  requestId: string;
  status: PayinStatus;
  final: boolean;
  amount: string;
  currency: string;
}

/** One payout of a `POST /payouts` request. */
export interface PayoutItem {
  /** The merchant's id of this payout, unique in the request, at most 64 characters. */
  reference: string;
  /** Decimal string in major units. */
  amount: string;
  recipient: Recipient;
}

/** `POST /payouts` request; goes with an `Idempotency-Key` header. */
export interface CreatePayoutsRequest {
  currency: string;
  payouts: PayoutItem[];
}

/** `POST /payouts` answer (202). `status: 'unknown'`: it may or may not have been taken; ask again, never resend. */
export interface CreatePayoutsResponse {
  requestId: string;
  status: PayoutStatus;
  /** Sum of the amounts, decimal string. */
  total: string;
  count: number;
}

/** One payout inside `GET /payouts/{requestId}`. */
export interface PayoutDetail {
  reference: string;
  amount: string;
  status: PayoutStatus;
  failure?: PayoutFailure;
}

/** `GET /payouts/{requestId}` answer. */
export interface PayoutStatusResponse {
  requestId: string;
  status: PayoutStatus;
  final: boolean;
  total: string;
  currency: string;
  details: PayoutDetail[];
}

/** `GET /banks?country=&currency=` answer. */
export interface BanksResponse {
  banks: { code: string; name: string }[];
  /** ISO 8601, UTC. */
  fetchedAt?: string;
  /** Whether the list could not be refreshed and is the last good one. */
  stale?: boolean;
}

/** `GET /leanx/banks` answer. `stale`: the list could not be refreshed and is the last good one. */
export interface LeanxBanksResponse {
  banks: { id: number; name: string; reference: string; active: boolean }[];
  /** ISO 8601, UTC. */
  fetchedAt: string;
  stale: boolean;
}

/** `POST /leanx/account-checks` request. */
export interface AccountCheckRequest {
  bankId: number;
  accountNumber: string;
  /** The name the operator typed, to compare with the account's. */
  name?: string;
}

/** How the bank's account name compares; `unresolved` when the bank gave no name or could not be asked. */
export type AccountCheckState = 'match' | 'close-match' | 'no-match' | 'unresolved';

/** `POST /leanx/account-checks` answer. */
export interface AccountCheckResponse {
  state: AccountCheckState;
  holderName?: string;
}
