import 'lesspay-elements/define/lesspay-checkout';
import 'lesspay-elements/define/lesspay-payment-status';
