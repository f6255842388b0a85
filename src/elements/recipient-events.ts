import type { PayoutStatus } from '../protocol/status.ts';
import type { IssueCode, Recipient } from '../rules/types.ts';
import type { LesspayErrorEvent } from './events.ts';

/** Why the form does not take a value: a rule's reason, or that the bank has not confirmed the name as the page wants. */
export type FormIssueCode = IssueCode | 'name-not-confirmed';

/** One member of the form that is not right yet. `path` is dotted (`codes.ifsc`). */
export interface FormIssue {
  path: string;
  code: FormIssueCode;
}

/** `lesspay-change` of a recipient form: the operator has changed something. */
export class LesspayRecipientChangeEvent extends Event {
  declare readonly type: 'lesspay-change';
  /** The recipient, once everything is right. */
  readonly recipient: Recipient | undefined;
  /** What is not right yet, shown to the operator or not. */
  readonly issues: readonly FormIssue[];

  constructor(recipient: Recipient | undefined, issues: readonly FormIssue[]) {
    super('lesspay-change', { bubbles: true, composed: true });
    this.recipient = recipient;
    this.issues = issues;
  }
}

/** `lesspay-submitted`: the proxy has taken the payout. `status` may still be `unknown`; follow the `requestId`. */
export class LesspaySubmittedEvent extends Event {
  declare readonly type: 'lesspay-submitted';
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

/** The events of `<lesspay-recipient-form>`, told apart by `type`. */
export type LesspayRecipientFormEvent =
  LesspayRecipientChangeEvent | LesspaySubmittedEvent | (LesspayErrorEvent & { readonly type: 'lesspay-error' });

declare global {
  interface GlobalEventHandlersEventMap {
    'lesspay-submitted': LesspaySubmittedEvent;
  }
}
