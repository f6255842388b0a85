import { css } from 'lit';

/** Radio cards: `.choices` in a `fieldset` lays out each `label.choice`, which stands around a real radio. */
export const choiceStyles = css`
  fieldset,
  legend {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
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
    padding: var(--_space) calc(3 * var(--_space));
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 0.875em;
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
    .choice:has(:disabled) {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
