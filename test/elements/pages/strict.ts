import 'lesspay-elements/define';
