import { defineElement } from '../elements/define-element.ts';
import { LesspayRecipientForm } from '../elements/lesspay-recipient-form.ts';

LesspayRecipientForm.loadBankPicker = () => import('./lesspay-bank-picker.ts');
defineElement('lesspay-recipient-form', LesspayRecipientForm);
