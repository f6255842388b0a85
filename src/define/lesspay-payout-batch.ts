import { defineElement } from '../elements/define-element.ts';
import { LesspayPayoutBatch } from '../elements/lesspay-payout-batch.ts';

defineElement('lesspay-payout-batch', LesspayPayoutBatch);
