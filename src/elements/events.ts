import type { ProxyErrorCode } from '../client.ts';
import type { PayinStatus } from '../protocol/status.ts';

/** Why an element could not do its work. */
export type LesspayErrorCode =
  | ProxyErrorCode
  // The button has no order. Set `order`.
  | 'order-missing'
  // There is no payment to follow. Set `request-id`, or let `successUrl` carry `?request_id={requestId}`.
  | 'request-id-missing'
  // The id is none that the proxy gives. Pass it on as it came.
  | 'request-id-invalid'
  // The checkout is on a host that is not allowed. Correct `checkout-hosts` and `lesspay.checkoutHosts`.
  | 'checkout-url-refused';

/** `lesspay-error`: something failed. The element has told the user already. */
export class LesspayErrorEvent extends Event {
  declare readonly code: LesspayErrorCode;
  /** Whether trying again unchanged can help. */
  declare readonly retryable: boolean;
  /** What happened, in English, for the developer and the log. */
  declare readonly message: string;
  /** What the user was shown, in the user's language. */
  declare readonly text: string;
  /** The `ProxyError`, where the proxy was called. */
  declare readonly cause: unknown;

  constructor(init: { code: LesspayErrorCode; retryable: boolean; message: string; text: string; cause?: unknown }) {
    super('lesspay-error', { bubbles: true, composed: true });
    Object.assign(this, init);
  }
}

/** `lesspay-redirect`: about to leave for the hosted checkout. Cancel it to navigate yourself. */
export class LesspayRedirectEvent extends Event {
  /** Checked: https, no credentials, an allowed host. */
  declare readonly checkoutUrl: string;
  /** The payment's id, for the status route. */
  declare readonly requestId: string;

  constructor(init: { checkoutUrl: string; requestId: string }) {
    super('lesspay-redirect', { bubbles: true, composed: true, cancelable: true });
    Object.assign(this, init);
  }
}

/** What `lesspay-status` and `lesspay-settled` tell. */
export interface PaymentStatusInit {
  requestId: string;
  status: PayinStatus;
  final: boolean;
  /** Decimal string. */
  amount: string;
  currency: string;
}

/** `lesspay-status`: a payment has another status than before. */
export class LesspayStatusEvent extends Event {
  declare readonly requestId: string;
  declare readonly status: PayinStatus;
  declare readonly final: boolean;
  /** Decimal string. */
  declare readonly amount: string;
  declare readonly currency: string;

  constructor(init: PaymentStatusInit) {
    super('lesspay-status', { bubbles: true, composed: true });
    Object.assign(this, init);
  }
}

/** `lesspay-settled`: a payment has its final status. Once per payment; for display only, fulfil by the server's hook. */
export class LesspaySettledEvent extends Event {
  declare readonly requestId: string;
  declare readonly status: PayinStatus;
  /** Decimal string. */
  declare readonly amount: string;
  declare readonly currency: string;

  constructor(init: PaymentStatusInit) {
    super('lesspay-settled', { bubbles: true, composed: true });
    Object.assign(this, init);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'lesspay-error': LesspayErrorEvent;
    'lesspay-redirect': LesspayRedirectEvent;
    'lesspay-status': LesspayStatusEvent;
    'lesspay-settled': LesspaySettledEvent;
  }
}
