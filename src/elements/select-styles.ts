import { css } from 'lit';

/** Native selects, in a `.select` box: the chevron is the bank picker's, in the same place in every browser. */
export const selectStyles = css`
  .select {
    position: relative;
  }
  .select > .input {
    padding-inline-end: 44px;
    text-overflow: ellipsis;
    appearance: none;
  }
  .select::after {
    position: absolute;
    inset-block-start: calc(50% - 6px);
    inset-inline-end: 18px;
    padding: 3px;
    border: solid var(--_text-soft);
    border-width: 0 1.75px 1.75px 0;
    rotate: 45deg;
    content: '';
    pointer-events: none;
  }
`;
