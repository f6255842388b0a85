import { defineElement } from '../elements/define-element.ts';
import { LesspayBankPicker } from '../elements/lesspay-bank-picker.ts';
import { LesspayRecipientForm } from '../elements/lesspay-recipient-form.ts';

// The form draws its bank field with the picker.
defineElement('lesspay-bank-picker', LesspayBankPicker);
defineElement('lesspay-recipient-form', LesspayRecipientForm);
