import type { PayoutStatus } from '../protocol/status.ts';
import type { Recipient, RecipientIssue } from '../rules/types.ts';

/** `lesspay-change` of a recipient form: the operator has changed something. */
export class LesspayRecipientChangeEvent extends Event {
  /** The recipient, once everything is right. */
  readonly recipient: Recipient | undefined;
  /** What is not right yet, shown to the operator or not. */
  readonly issues: readonly RecipientIssue[];

  constructor(recipient: Recipient | undefined, issues: readonly RecipientIssue[]) {
    super('lesspay-change', { bubbles: true, composed: true });
    this.recipient = recipient;
    this.issues = issues;
  }
}

/** `lesspay-submitted`: the proxy has taken the payout. `status` may still be `unknown`; follow the `requestId`. */
export class LesspaySubmittedEvent extends Event {
  declare readonly requestId: string;
  declare readonly status: PayoutStatus;
  /** Decimal string. */
  declare readonly total: string;
  /** Decimal string of this payout. */
  declare readonly amount: string;
  declare readonly currency: string;
  /** The merchant's own reference of the payout. */
  declare readonly reference: string;
  declare readonly recipient: Recipient;

  constructor(init: {
    requestId: string;
    status: PayoutStatus;
    total: string;
    amount: string;
    currency: string;
    reference: string;
    recipient: Recipient;
  }) {
    super('lesspay-submitted', { bubbles: true, composed: true });
    Object.assign(this, init);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'lesspay-submitted': LesspaySubmittedEvent;
  }
}
