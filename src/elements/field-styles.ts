import { css } from 'lit';

/**
 * Fields: `.field` holds a label, its control (`.input`, on an `input`, `select` or `textarea`), a `.hint` and an
 * `.error`.
 */
export const fieldStyles = css`
  .field {
    display: grid;
    gap: var(--_space);
    min-inline-size: 0;
    align-content: start;
  }
  .label {
    padding: 0;
    font-size: 0.875em;
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
    padding: var(--_space) calc(3 * var(--_space));
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font: inherit;
    color: var(--_text);
    background: var(--_surface);
    transition: border-color var(--_motion);
  }
  /* What was typed has its own direction: too long for the field, a Latin name shows its beginning on any page. */
  input.input {
    unicode-bidi: plaintext;
  }
  .input:focus-visible {
    border-color: var(--_accent);
    outline-offset: -1px;
  }
  .input:is(:disabled, [readonly]) {
    border-color: var(--_line);
    background: color-mix(in srgb, var(--_text) 4%, var(--_surface));
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
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
    font-size: 0.8125em;
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
  @media (forced-colors: active) {
    .input:disabled {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
