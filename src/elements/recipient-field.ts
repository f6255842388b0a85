import { html, noChange, type TemplateResult } from 'lit';
import { fieldId, radioField, textField, type FieldView } from './field-templates.ts';
import { fieldView, type FormView } from './form-view.ts';
import type { EntryField } from './recipient-entry.ts';
import { nameOf } from './region-names.ts';

/** Draws one field of the recipient or the payout. */
export function recipientField(view: FormView, field: EntryField): TemplateResult {
  const { form, entry, t, own } = view;
  const { name, control, labelKey, rule, hintKey, required, autocomplete } = field;
  const { country, currency } = entry.draft;
  const warning = entry.warning(name);
  const drawn = fieldView(view, name, entry.shown(field), {
    optional: required ? '' : t('form.optional'),
    hint: noteOf(view, field) ?? own(`hint.${hintKey}`),
    warning: warning && t(`note.${warning}`),
    wide: control === 'pix-key-type' || control === 'select' || /iban|pix|line1/.test(rule + name),
  });
  const isLeanx = control === 'bank-picker';
  if (isLeanx || (name === 'bankName' && form.proxy && country && currency)) return bankField(view, drawn, isLeanx);
  if (control !== 'text') {
    return radioField(
      drawn,
      (field.options ?? []).map((option) => [option, own(`${labelKey}.${option}`) ?? option]),
    );
  }
  const isPlain = /^(name|text|reference|email)$/.test(rule);
  const capitals = rule === 'name' ? 'words' : /iban|bic|ifsc/.test(rule) ? 'characters' : 'off';
  return textField(drawn, field.inputMode, autocomplete, capitals, isPlain, rule === 'amount' ? currency : '');
}

function bankField({ form, entry }: FormView, view: FieldView, isLeanx: boolean): TemplateResult {
  const { country, currency } = entry.draft;
  return html`<lesspay-bank-picker
    id=${fieldId(view.name)}
    data-field=${view.name}
    exportparts="label, input, hint, error"
    .proxy=${form.proxy}
    .fetch=${form.fetch}
    .allowedProxyOrigins=${form.allowedProxyOrigins}
    .source=${isLeanx ? 'leanx' : 'lesspay'}
    .country=${country}
    .currency=${currency}
    .allowOther=${!isLeanx}
    .label=${view.label}
    .hint=${view.hint ?? ''}
    .optional=${view.optional ?? ''}
    .error=${view.error}
    .required=${!view.optional}
    .disabled=${view.disabled}
    .readOnly=${view.readOnly ?? false}
    .value=${isLeanx ? view.value : noChange}
    .text=${isLeanx ? noChange : view.value}
  ></lesspay-bank-picker>`;
}

/** What a value says about itself, shown back to the operator. */
function noteOf({ entry, lang, t }: FormView, field: EntryField): string | undefined {
  const { rule } = field;
  const value = entry.wire(field);
  const code = rule === 'bic' ? value.slice(4, 6) : rule === 'iban' ? value.slice(0, 2) : '';
  const country = entry.tables.countries.has(code) ? nameOf('region', code, lang) : undefined;
  if (rule === 'iban') return country;
  if (!country || !/^.{8}(.{3})?$/.test(value)) return undefined;
  const branch = value.slice(8).replace('XXX', '');
  return branch ? t('note.bic.branch', { country, branch }) : t('note.bic.head', { country });
}
