import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { errorIcon, warningIcon } from './icons.ts';

/** What every field shows around its control. */
export interface FieldFrame {
  /** Member of the recipient, or the choice's own name. */
  name: string;
  label: string;
  /** The word for a field that may stay empty; empty where it must be filled. */
  optional: string;
  hint: string;
  /** What the form has found out from the value, in place of the hint. */
  note: string;
  /** What to look at twice although it is accepted. */
  warning: string;
  /** What is wrong and how to put it right; empty while nothing is to be said. */
  error: string;
  disabled: boolean;
  readOnly: boolean;
}

/** A text field. */
export interface TextField extends FieldFrame {
  value: string;
  inputMode: string;
  autocomplete: string;
  /** IBAN, BIC and other codes are set a little wider. */
  code: boolean;
  /** Stands behind the text inside the box, such as the currency. */
  suffix: string;
}

/** A choice of a few (radio cards) or of many (a select). */
export interface ChoiceField extends FieldFrame {
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  /** The first, empty option of a select. */
  placeholder: string;
}

/** The id of a field's control; also of the target of a summary's link. */
export const fieldId = (name: string): string => `f-${name.replaceAll('.', '-')}`;

function describedBy({ name, hint, note, warning, error }: FieldFrame): string | typeof nothing {
  const id = fieldId(name);
  const parts = [(hint || note) && `${id}-hint`, warning && `${id}-warning`, error && `${id}-error`];
  return parts.filter(Boolean).join(' ') || nothing;
}

function optionalMark(optional: string): TemplateResult | typeof nothing {
  return optional ? html` <span class="optional">(${optional})</span>` : nothing;
}

function below({ name, hint, note, warning, error }: FieldFrame): TemplateResult {
  const id = fieldId(name);
  return html`
    ${hint || note ? html`<p class="hint" part="hint" id="${id}-hint">${note || hint}</p>` : nothing}
    ${warning ? html`<p class="warning" id="${id}-warning">${warningIcon()}<span>${warning}</span></p>` : nothing}
    ${error ? html`<p class="error" part="error" id="${id}-error">${errorIcon()}<span>${error}</span></p>` : nothing}
  `;
}

/** Draws a text field. The input carries its field's name for the form's shared listeners. */
export function textField(field: TextField, className = ''): TemplateResult {
  const id = fieldId(field.name);
  return html`<div class="field ${className}" part="field">
    <label class="label" part="label" for=${id}>${field.label}${optionalMark(field.optional)}</label>
    <div class="box">
      <input
        id=${id}
        part="input"
        class="input figures ${field.code ? 'code' : ''}"
        type="text"
        data-field=${field.name}
        inputmode=${field.inputMode}
        autocomplete=${field.autocomplete}
        autocapitalize=${field.autocomplete === 'off' ? 'off' : nothing}
        autocorrect="off"
        spellcheck="false"
        aria-describedby=${describedBy(field)}
        aria-invalid=${field.error ? 'true' : nothing}
        aria-required=${field.optional ? nothing : 'true'}
        .value=${live(field.value)}
        ?disabled=${field.disabled}
        ?readonly=${field.readOnly}
      />
      ${field.suffix ? html`<span class="suffix">${field.suffix}</span>` : nothing}
    </div>
    ${below(field)}
  </div>`;
}

/** Draws a choice of two to five as radio cards. */
export function radioField(field: ChoiceField, className = ''): TemplateResult {
  const id = fieldId(field.name);
  return html`<fieldset
    class="field ${className}"
    part="field"
    id=${id}
    role="radiogroup"
    aria-labelledby="${id}-label"
    aria-describedby=${describedBy(field)}
    aria-invalid=${field.error ? 'true' : nothing}
    aria-required=${field.optional ? nothing : 'true'}
  >
    <legend id="${id}-label" part="label">${field.label}${optionalMark(field.optional)}</legend>
    <div class="choices">
      ${field.options.map(
        ([value, text]) =>
          html`<label class="choice">
            <input
              type="radio"
              name=${id}
              data-field=${field.name}
              value=${value}
              .checked=${live(value === field.value)}
              ?disabled=${field.disabled || (field.readOnly && value !== field.value)}
            />
            <span>${text}</span>
          </label>`,
      )}
    </div>
    ${below(field)}
  </fieldset>`;
}

/** Draws a choice of many as a native select. */
export function selectField(field: ChoiceField, className = ''): TemplateResult {
  const id = fieldId(field.name);
  const known = field.options.some(([value]) => value === field.value);
  return html`<div class="field ${className}" part="field">
    <label class="label" part="label" for=${id}>${field.label}${optionalMark(field.optional)}</label>
    <div class="box select">
      <select
        id=${id}
        part="input"
        class="input"
        data-field=${field.name}
        autocomplete="off"
        aria-describedby=${describedBy(field)}
        aria-invalid=${field.error ? 'true' : nothing}
        aria-required=${field.optional ? nothing : 'true'}
        ?disabled=${field.disabled || field.readOnly}
      >
        ${known ? nothing : html`<option value="" .selected=${true}>${field.placeholder}</option>`}
        ${field.options.map(
          ([value, text]) => html`<option value=${value} .selected=${live(value === field.value)}>${text}</option>`,
        )}
      </select>
    </div>
    ${below(field)}
  </div>`;
}
