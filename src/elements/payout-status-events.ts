import type { PayoutDetail } from '../protocol/messages.ts';
import type { PayoutStatus } from '../protocol/status.ts';

/** What is known of a payout request. */
export interface PayoutStatusInit {
  requestId: string;
  status: PayoutStatus;
  final: boolean;
  /** Decimal string. */
  total: string;
  currency: string;
  details: readonly PayoutDetail[];
}

/** `lesspay-payout-status`: a payout request, or a payout of it, has another status than before. */
export class LesspayPayoutStatusEvent extends Event {
  declare readonly type: 'lesspay-payout-status';
  declare readonly requestId: string;
  declare readonly status: PayoutStatus;
  declare readonly final: boolean;
  /** Decimal string. */
  declare readonly total: string;
  declare readonly currency: string;
  declare readonly details: readonly PayoutDetail[];

  constructor(init: PayoutStatusInit) {
    super('lesspay-payout-status', { bubbles: true, composed: true });
    Object.assign(this, init);
  }
}

/** `lesspay-payout-settled`: a payout request has its final status. Once per request; book it by the server's hook. */
export class LesspayPayoutSettledEvent extends Event {
  declare readonly type: 'lesspay-payout-settled';
  declare readonly requestId: string;
  declare readonly status: PayoutStatus;
  /** Decimal string. */
  declare readonly total: string;
  declare readonly currency: string;
  declare readonly details: readonly PayoutDetail[];

  constructor(init: PayoutStatusInit) {
    super('lesspay-payout-settled', { bubbles: true, composed: true });
    Object.assign(this, init);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'lesspay-payout-status': LesspayPayoutStatusEvent;
    'lesspay-payout-settled': LesspayPayoutSettledEvent;
  }
}
