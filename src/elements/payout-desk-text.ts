import { payoutDesk } from '../locales/en/payout-desk.ts';
import { translator } from './texts.ts';

const translate = translator('payoutDesk', payoutDesk);

/** The texts of the desk in one language; `undefined` for a key without one, such as that of an unknown code. */
export interface DeskText {
  (key: keyof typeof payoutDesk, values?: Readonly<Record<string, string>>): string;
  (key: string): string | undefined;
}

/** The texts of what is done with a filled payout, in one language. */
export const deskText = (lang: string): DeskText => translate(lang) as DeskText;
