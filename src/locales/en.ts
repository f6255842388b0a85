import { bankPicker } from './en/bank-picker.ts';
import { checkout } from './en/checkout.ts';
import { issues } from './en/issues.ts';
import { paymentStatus } from './en/payment-status.ts';
import { payoutBatch } from './en/payout-batch.ts';
import { payoutDesk } from './en/payout-desk.ts';
import { payoutStatus } from './en/payout-status.ts';
import { recipientForm } from './en/recipient-form.ts';

/** The English texts of every element. They define the keys: a catalogue that lacks one does not compile. */
export const en = {
  checkout,
  paymentStatus,
  recipientForm,
  payoutDesk,
  bankPicker,
  issues,
  payoutStatus,
  payoutBatch,
} as const;

/** The English texts with their exact wording, from which the placeholders of each text are read. */
export type English = typeof en;

/** A text that depends on `{count}`, by the plural categories of the language: `{ one: 'day', other: 'days' }`. */
export type PluralForms = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** The names in braces of a text, or of all forms of one. */
export type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : Text extends string
    ? never
    : { [Form in keyof Text]: Placeholder<Text[Form]> }[keyof Text];

/** What a text of the catalogue may be: by plural forms where the English one has a count. */
type TextFor<Text> = 'count' extends Placeholder<Text> ? string | PluralForms : string;

/** One language's texts for every element. */
export type Catalogue = {
  readonly [Part in keyof English]: { readonly [Key in keyof English[Part]]: TextFor<English[Part][Key]> };
};

/** Some texts of a language: what is left out keeps its earlier or English wording. */
export type CatalogueOverrides = { readonly [Part in keyof Catalogue]?: Partial<Catalogue[Part]> };
