import 'lesspay-elements/define/lesspay-checkout';
