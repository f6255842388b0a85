import { html, nothing, type TemplateResult } from 'lit';
import { recipientForm } from '../locales/en/recipient-form.ts';
import type { FieldView } from './field-templates.ts';
import type { FormControl } from './form-control.ts';
import { issueText, type IssueTextCode } from './issue-text.ts';
import { formatMoney } from './money.ts';
import { contextOf } from '../payouts/recipient-draft.ts';
import type { EntrySettings, RecipientEntry } from './recipient-entry.ts';
import { translator } from './texts.ts';

const translate = translator('recipientForm', recipientForm);

/** The texts of the form in one language. */
export type FormText = (key: keyof typeof recipientForm, values?: Readonly<Record<string, string | number>>) => string;

/** What a button of the form does; the element listens for it. */
export type FormAct = 'review' | 'edit' | 'submit' | 'update' | 'another' | 'ask' | 'banks';

/** How it stands with a part of the form that is loaded when it is needed. */
export type PartState = 'ready' | 'loading' | 'missing';

/** What every view of the form is drawn from: what was entered, the page's settings, and the words for both. */
export interface FormView {
  form: Pick<FormControl, 'proxy' | 'fetch' | 'allowedProxyOrigins'> & EntrySettings;
  entry: RecipientEntry;
  lang: string;
  disabled: boolean;
  /** Says whether the bank picker is there, and sends for it. */
  bankPicker: () => PartState;
  t: FormText;
  /** The text of a key that may not exist. */
  own: (key: string) => string | undefined;
  labelOf: (name: string) => string;
  /** What is wrong with a field, in words: what the proxy refused, or the code given or found. */
  problemOf: (name: string, code?: IssueTextCode) => string;
}

/** Puts together what the views need. */
export function formView(
  form: FormView['form'],
  entry: RecipientEntry,
  lang: string,
  disabled: boolean,
  bankPicker: FormView['bankPicker'],
): FormView {
  const t = translate(lang) as FormText;
  const own = t as FormView['own'];
  const labelOf = (name: string) =>
    form.fields[name]?.label ?? own(`field.${entry.field(name)?.labelKey ?? name}`) ?? name;
  const problemOf = (name: string, code: IssueTextCode | undefined = entry.read().issues.get(name)) => {
    const field = entry.field(name);
    if (!code) return '';
    return issueText(
      code,
      {
        value: field ? entry.wire(field) : '',
        typed: field ? entry.text(field) : entry.strayProvider,
        label: labelOf(name),
        context: contextOf(entry.draft),
        field,
        keyTypeName: (type) => own(`depositKeyType.${type}`) ?? type,
        tables: entry.tables,
      },
      lang,
    );
  };
  return { form, entry, lang, disabled, bankPicker, t, own, labelOf, problemOf };
}

/** A field as the page's settings and what is wrong with it want it drawn. */
export function fieldView(
  { form, entry, disabled, labelOf, problemOf }: FormView,
  name: string,
  value: string,
  more: Partial<FieldView> = {},
): FieldView {
  const { hint, readonly: readOnly } = form.fields[name] ?? {};
  // That the bank has yet to confirm the name is no mistake until the operator wants to go on.
  const complains = entry.listed.includes(name) || entry.read().issues.get(name) !== 'name-not-confirmed';
  return {
    name,
    value,
    label: labelOf(name),
    error: entry.refused.get(name) ?? (complains && entry.left.has(name) ? problemOf(name) : ''),
    disabled,
    readOnly,
    round: entry.round,
    ...more,
    hint: hint ?? more.hint,
  };
}

/** An amount for people, or as plain text where it is none. */
export function moneyText({ lang }: FormView, amount: string, currency: string): string {
  return formatMoney(amount, currency, lang) ?? `${amount} ${currency}`;
}

/** Draws a button of the form. */
export function formButton(
  { disabled }: FormView,
  text: string,
  act: FormAct,
  kind: 'primary' | 'secondary' = 'secondary',
  busy = false,
): TemplateResult {
  return html`<button
    type="button"
    class=${kind}
    part=${kind}
    data-act=${act}
    aria-disabled=${busy ? 'true' : nothing}
    ?disabled=${disabled && !busy}
  >
    ${busy ? html`<span class="spinner late"></span>` : nothing}${text}
  </button>`;
}
