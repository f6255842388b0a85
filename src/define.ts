import './define/lesspay-checkout.ts';
import './define/lesspay-payment-status.ts';
