import './define/lesspay-bank-picker.ts';
import './define/lesspay-checkout.ts';
import './define/lesspay-payment-status.ts';
import './define/lesspay-payout-batch.ts';
import './define/lesspay-payout-status.ts';
import { defineElement } from './elements/define-element.ts';
import { LesspayRecipientForm } from './elements/lesspay-recipient-form.ts';

// Without a way to load the bank picker later: it is here.
defineElement('lesspay-recipient-form', LesspayRecipientForm);
