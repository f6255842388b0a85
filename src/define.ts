import './define/lesspay-bank-picker.ts';
import './define/lesspay-checkout.ts';
import './define/lesspay-payment-status.ts';
import './define/lesspay-payout-batch.ts';
import './define/lesspay-payout-status.ts';
import './define/lesspay-recipient-form.ts';
