import { html, nothing, type TemplateResult } from 'lit';
import { errorIcon, warningIcon } from './icons.ts';

/** A field as it is drawn: what stands around the control, and what the control holds. */
export interface FieldView {
  /** Member of the recipient, or the choice's own name. */
  name: string;
  label: string;
  /** The word for a field that may stay empty. */
  optional?: string | undefined;
  hint?: string | undefined;
  /** What to look at twice although it is accepted. */
  warning?: string | undefined;
  /** What is wrong and how to put it right. */
  error?: string | undefined;
  disabled?: boolean | undefined;
  readOnly?: boolean | undefined;
  value: string;
  /**
   * Part of the name of a group of radios: in a shadow tree Chromium 156 does not let Tab into a group in which nothing is
   * chosen when one of the same name was tabbed to and taken away before.
   */
  round?: number | undefined;
  /** Takes the whole width where there are two columns. */
  wide?: boolean | undefined;
}

/** The id of a field's control; also of the target of a summary's link. */
export const fieldId = (name: string): string => `f-${name.replaceAll('.', '-')}`;

/** What `aria-describedby` of a field's control names. */
export function describedBy({ name, hint, warning, error }: FieldView, more = ''): string | typeof nothing {
  const id = fieldId(name);
  const parts = [more, hint && `${id}-hint`, warning && `${id}-warning`, error && `${id}-error`];
  return parts.filter(Boolean).join(' ') || nothing;
}

// A template of its own for every field only where there is something to draw: each has its price at first paint.

/** The word for a field that may stay empty, behind its label. */
export function optionalMark({ optional }: FieldView): TemplateResult | '' | undefined {
  return optional && html` <span class="optional">(${optional})</span>`;
}

/** The help under a field. */
export function fieldHint({ name, hint }: FieldView): TemplateResult | '' | undefined {
  return hint && html`<p class="hint" part="hint" id="${fieldId(name)}-hint">${hint}</p>`;
}

/** The messages under a field. */
export function fieldMessages({ name, warning, error }: FieldView): TemplateResult | typeof nothing {
  if (!warning && !error) return nothing;
  const id = fieldId(name);
  return html`${warning && html`<p class="error caution" part="hint" id="${id}-warning">${warningIcon()}<span>${warning}</span></p>`}
  ${error && html`<p class="error" part="error" id="${id}-error">${errorIcon()}<span>${error}</span></p>`}`;
}

function labelled(view: FieldView, control: TemplateResult): TemplateResult {
  return html`<div class="field ${view.wide ? 'wide' : ''}" part="field">
    <label class="label" part="label" for=${fieldId(view.name)}>${view.label}${optionalMark(view)}</label>
    ${control}${fieldHint(view)}${fieldMessages(view)}
  </div>`;
}

/**
 * Draws a text field. A `plain` one holds words, any other a code, which runs from left to right everywhere. `suffix`
 * stands behind the text inside the box, such as the currency.
 */
export function textField(
  view: FieldView,
  inputMode = 'text',
  autocomplete = 'off',
  capitals = 'off',
  plain = false,
  suffix = '',
): TemplateResult {
  return labelled(
    view,
    html`<div class="box" dir=${plain ? nothing : 'ltr'}>
      <input
        id=${fieldId(view.name)}
        part="input"
        class="input figures ${plain ? '' : 'code'}"
        data-field=${view.name}
        inputmode=${inputMode}
        autocomplete=${autocomplete}
        autocapitalize=${capitals}
        autocorrect="off"
        spellcheck="false"
        aria-describedby=${describedBy(view, suffix && 'suffix')}
        aria-invalid=${view.error ? 'true' : nothing}
        aria-required=${view.optional ? nothing : 'true'}
        .value=${view.value}
        ?disabled=${view.disabled}
        ?readonly=${view.readOnly}
      />${suffix && html`<span class="suffix" id="suffix">${suffix}</span>`}
    </div>`,
  );
}

/** The values of a choice with their texts. */
export type Options = readonly (readonly [value: string, text: string])[];

/** Draws a choice of two to five as radio cards. */
export function radioField(view: FieldView, options: Options): TemplateResult {
  const id = fieldId(view.name);
  return html`<fieldset
    class="field ${view.wide ? 'wide' : ''}"
    part="field"
    id=${id}
    role="radiogroup"
    aria-labelledby="${id}-label"
    aria-describedby=${describedBy(view)}
    aria-invalid=${view.error ? 'true' : nothing}
    aria-required=${view.optional ? nothing : 'true'}
  >
    <legend class="label" id="${id}-label" part="label">${view.label}${optionalMark(view)}</legend>
    <div class="choices">
      ${options.map(
        ([value, text]) =>
          html`<label class="choice" part="choice">
            <input
              type="radio"
              name="${id}-${view.round}"
              data-field=${view.name}
              value=${value}
              .checked=${value === view.value}
              ?disabled=${[view.disabled, view.readOnly && value !== view.value].includes(true)}
            />
            <span>${text}</span>
          </label>`,
      )}
    </div>
    ${fieldHint(view)}${fieldMessages(view)}
  </fieldset>`;
}

/** What a select offers. */
export interface Choices {
  /** What the options are made of: from the same they are not made again. */
  of: readonly unknown[];
  /** Makes the options, with their names or, where those cost too much yet, as much of them as there is. */
  options: (named: boolean) => Options;
  /** What stands while nothing is chosen. */
  placeholder: string;
}

/** Draws a choice of many as a native select, empty until {@link offerChoices}. */
export function selectField(view: FieldView, choices: Choices): TemplateResult {
  return labelled(
    view,
    html`<div class="box select">
      <select
        id=${fieldId(view.name)}
        part="input"
        class="input"
        data-field=${view.name}
        autocomplete="off"
        aria-describedby=${describedBy(view)}
        aria-invalid=${view.error ? 'true' : nothing}
        aria-required=${view.optional ? nothing : 'true'}
        ?disabled=${[view.disabled, view.readOnly].includes(true)}
        .choices=${choices}
      ></select>
    </div>`,
  );
}

interface DrawnSelect extends HTMLSelectElement {
  choices?: Choices;
  /** What its options were made of. */
  offered?: readonly unknown[];
}

/** Makes the options of a select drawn by {@link selectField}: a template for each of 250 countries would take 200 kB. */
export function offerChoices(select: DrawnSelect, value: string, named: boolean): void {
  const { choices, offered } = select;
  if (!choices) return;
  const { of, options, placeholder } = choices;
  const parts = [named, placeholder, ...of];
  if (!named || !offered || parts.some((part, index) => part !== offered[index])) {
    select.replaceChildren(...options(named).map(([value, text]) => new Option(text, value)));
    select.offered = parts;
  }
  // Options move up when the placeholder goes, and a browser's choice stays with the element, not with its value.
  select.value = value;
  const isPlaceholder = select.options[0]?.value === '';
  if (select.value && isPlaceholder) select.remove(0);
  else if (!select.value) {
    if (!isPlaceholder) select.add(new Option(placeholder, ''), 0);
    select.value = '';
  }
}
