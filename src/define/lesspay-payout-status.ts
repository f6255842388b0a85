import { defineElement } from '../elements/define-element.ts';
import { LesspayPayoutStatus } from '../elements/lesspay-payout-status.ts';

defineElement('lesspay-payout-status', LesspayPayoutStatus);
