import { defineElement } from '../elements/define-element.ts';
import { LesspayCheckout } from '../elements/lesspay-checkout.ts';

defineElement('lesspay-checkout', LesspayCheckout);
