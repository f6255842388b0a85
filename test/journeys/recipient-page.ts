import 'lesspay-elements/define/lesspay-recipient-form';
import { registerLocale } from 'lesspay-elements';
import { id } from 'lesspay-elements/locales/id';

registerLocale('id', id);
