import { defineElement } from '../elements/define-element.ts';
import { LesspayBankPicker } from '../elements/lesspay-bank-picker.ts';

defineElement('lesspay-bank-picker', LesspayBankPicker);
