import { html, nothing, type TemplateResult } from 'lit';
import { formButton, type FormView } from './form-view.ts';
import { problemSummary } from './problem-summary.ts';
import { recipientChoices } from './recipient-choices.ts';
import { PAYOUT_FIELDS, type EntryField } from './recipient-entry.ts';
import { recipientField } from './recipient-field.ts';

/** Draws the form as it is filled: what was refused, the choices, the fields, and the way on. */
export function recipientFields(view: FormView, banner: string, check: unknown): TemplateResult {
  const { entry, form, t } = view;
  const grid = (fields: readonly EntryField[]) =>
    html`<div class="grid ruled">
      ${fields.filter(({ name }) => !form.fields[name]?.hidden).map((field) => recipientField(view, field))}
    </div>`;
  return html`
    <slot name="before"></slot>
    ${problemSummary(view, banner, entry.listed)}
    <div class="grid">${recipientChoices(view)}</div>
    ${grid(entry.read().specs)} ${check} ${form.payout ? grid(PAYOUT_FIELDS) : nothing}
    <slot name="after"></slot>
    ${form.payout ? html`<div class="actions">${formButton(view, t('payout.review'), 'review', 'primary')}</div>` : nothing}
  `;
}
