import 'lesspay-elements/define/lesspay-recipient-form';
