import { css } from 'lit';

/**
 * Fields: `.field` holds a label, its control (`.input`, on an `input`, `select` or `textarea`), a `.hint` and an
 * `.error`; `.choices` lays out radio cards (`label.choice` around a real radio).
 */
export const fieldStyles = css`
  .field {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
    align-content: start;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .label,
  legend {
    padding: 0;
    font-size: 0.875rem;
    font-weight: 500;
  }
  .optional {
    font-weight: 400;
    color: var(--_text-soft);
  }
  .input {
    inline-size: 100%;
    min-block-size: var(--_control);
    margin: 0;
    padding: 4px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    /* Under 16 px iOS zooms the page when the field takes the focus. */
    font: inherit;
    font-size: 1rem;
    color: var(--_text);
    background: var(--_surface);
    transition: border-color var(--_motion);
  }
  .input:focus-visible {
    border-color: var(--_accent);
    outline-offset: -1px;
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .input:is(:disabled, [readonly]) {
    border-color: var(--_line);
    background: color-mix(in srgb, var(--_text) 4%, var(--_surface));
  }
  .input:disabled {
    color: var(--_text-soft);
  }
  .code {
    letter-spacing: 0.02em;
  }
  .hint,
  .error {
    margin: 0;
    font-size: 0.8125rem;
  }
  .hint {
    color: var(--_text-soft);
  }
  .error {
    display: flex;
    gap: 6px;
    color: var(--_danger);
  }
  .error svg {
    margin-block-start: 0.1em;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .choice {
    display: inline-flex;
    flex: 1 1 auto;
    align-items: center;
    gap: 8px;
    min-block-size: var(--_control);
    padding: 4px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 0.875rem;
    cursor: pointer;
  }
  .choice input {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .choice:has(:checked) {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 7%, var(--_surface));
  }
  .choice:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .choice :focus-visible {
    outline: none;
  }
  .choice:has(:disabled) {
    border-color: var(--_line);
    color: var(--_text-soft);
    cursor: default;
  }
  @media (forced-colors: active) {
    .choice:has(:checked) {
      border-color: Highlight;
    }
    .input:disabled,
    .choice:has(:disabled) {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
