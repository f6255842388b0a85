import { defineElement } from '../elements/define-element.ts';
import { LesspayPaymentStatus } from '../elements/lesspay-payment-status.ts';

defineElement('lesspay-payment-status', LesspayPaymentStatus);
