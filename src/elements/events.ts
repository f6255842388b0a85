import type { ProxyErrorCode } from '../client.ts';
import type { PayinStatus } from '../protocol/status.ts';

/** Why an element could not do its work. */
export type LesspayErrorCode =
  | ProxyErrorCode
  | 'order-missing'
  | 'request-id-missing'
  | 'request-id-invalid'
  | 'checkout-url-refused'
  | 'element-removed';

/** `lesspay-error`: something failed. The element has told the user already. */
export class LesspayErrorEvent extends Event {
  readonly code: LesspayErrorCode;
  /** Whether trying again unchanged can help. */
  readonly retryable: boolean;
  /** What happened, in English, for the developer and the log. */
  readonly message: string;
  /** What the user was shown, in the user's language. */
  readonly text: string;
  /** The `ProxyError`, where the proxy was called. */
  readonly cause: unknown;

  constructor(init: { code: LesspayErrorCode; retryable: boolean; message: string; text: string; cause?: unknown }) {
    super('lesspay-error', { bubbles: true, composed: true });
    this.code = init.code;
    this.retryable = init.retryable;
    this.message = init.message;
    this.text = init.text;
    this.cause = init.cause;
  }
}

/** `lesspay-redirect`: about to leave for the hosted checkout. Cancel it to navigate yourself. */
export class LesspayRedirectEvent extends Event {
  /** Checked: https, no credentials, an allowed host. */
  readonly checkoutUrl: string;
  /** The payment's id, for the status route. */
  readonly requestId: string;

  constructor(init: { checkoutUrl: string; requestId: string }) {
    super('lesspay-redirect', { bubbles: true, composed: true, cancelable: true });
    this.checkoutUrl = init.checkoutUrl;
    this.requestId = init.requestId;
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
  readonly requestId: string;
  readonly status: PayinStatus;
  readonly final: boolean;
  /** Decimal string. */
  readonly amount: string;
  readonly currency: string;

  constructor(init: PaymentStatusInit) {
    super('lesspay-status', { bubbles: true, composed: true });
    this.requestId = init.requestId;
    this.status = init.status;
    this.final = init.final;
    this.amount = init.amount;
    this.currency = init.currency;
  }
}

/** `lesspay-settled`: a payment has its final status. Once per payment; for display only, fulfil by the server's hook. */
export class LesspaySettledEvent extends Event {
  readonly requestId: string;
  readonly status: PayinStatus;
  /** Decimal string. */
  readonly amount: string;
  readonly currency: string;

  constructor(init: PaymentStatusInit) {
    super('lesspay-settled', { bubbles: true, composed: true });
    this.requestId = init.requestId;
    this.status = init.status;
    this.amount = init.amount;
    this.currency = init.currency;
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
