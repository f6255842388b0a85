import { html, noChange, type TemplateResult } from 'lit';
import { fieldId, radioField, textField, type FieldView } from './field-templates.ts';
import { fieldView, formButton, type FormView } from './form-view.ts';
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
    wide: ['iban', 'pix-key', 'pix-key-type', 'account-kind'].includes(rule) || name === 'address.line1',
  });
  const isLeanx = control === 'bank-picker';
  if (isLeanx || (name === 'bankName' && form.proxy && country && currency)) {
    const picker = view.bankPicker();
    if (picker === 'ready') return bankField(view, drawn, isLeanx);
    if (picker === 'loading') drawn.readOnly = true;
    // The name of a bank can be typed, its id cannot.
    else if (isLeanx) return missingBanks(view, drawn);
  } else if (control !== 'text') {
    return radioField(
      drawn,
      (field.options ?? []).map((option) => [option, own(`${labelKey}.${option}`) ?? option]),
    );
  }
  const isPlain = ['name', 'text', 'reference', 'email'].includes(rule);
  const capitals = rule === 'name' ? 'words' : ['iban', 'bic', 'ifsc'].includes(rule) ? 'characters' : 'off';
  return textField(drawn, field.inputMode, autocomplete, capitals, isPlain, rule === 'amount' ? currency : '');
}

function bankField({ form, entry }: FormView, view: FieldView, isLeanx: boolean): TemplateResult {
  const { country, currency } = entry.draft;
  return html`<lesspay-bank-picker
    id=${fieldId(view.name)}
    data-field=${view.name}
    exportparts="label, input, hint, error, popup, option"
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

/** Draws a bank field whose picker could not be loaded. */
function missingBanks(view: FormView, drawn: FieldView): TemplateResult {
  const { t } = view;
  return html`<div class="field">
    ${textField({ ...drawn, readOnly: true, error: t('form.missing') })} ${formButton(view, t('form.again'), 'banks')}
  </div>`;
}

/** What a value says about itself, shown back to the operator: the country of an IBAN, the office of a SWIFT / BIC. */
function noteOf({ entry, lang, t }: FormView, field: EntryField): string | undefined {
  const { rule } = field;
  const value = entry.wire(field);
  if (!value || (rule !== 'iban' && rule !== 'bic')) return undefined;
  const code = rule === 'iban' ? value.slice(0, 2) : /^.{8}(.{3})?$/.test(value) ? value.slice(4, 6) : '';
  if (!entry.tables.countries.has(code)) return undefined;
  const country = nameOf('region', code, lang);
  if (rule === 'iban') return country;
  const branch = value.slice(8).replace('XXX', '');
  return t(branch ? 'note.bic.branch' : 'note.bic.head', { country, branch });
}
