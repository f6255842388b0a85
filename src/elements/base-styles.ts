import { css } from 'lit';

/**
 * What even the smallest element needs: its tokens, the focus ring, icons, a link. A page sets
 * `--lesspay-*` anywhere above the element; the private `--_*` twins carry the defaults, so that a value set on `:root`
 * is not hidden by one set on the host. Dark values follow the page's own `color-scheme`, so an element never turns
 * dark on a page that stays light.
 *
 * @cssprop [--lesspay-accent] - Main buttons, links, focus and selection.
 * @cssprop [--lesspay-accent-text] - The text on the accent colour.
 * @cssprop [--lesspay-text] - Text.
 * @cssprop [--lesspay-danger] - What failed or has to be corrected.
 * @cssprop [--lesspay-radius=8px] - Corner radius.
 * @cssprop [--lesspay-density=1] - 1 for 44 px controls, 0 for 36 px.
 * @cssprop [--lesspay-font=inherit] - Font family.
 * @cssprop [--lesspay-font-size=1rem] - The size of the text; the other sizes are in proportion. On touch screens at least 16 px.
 * @cssprop [--lesspay-space=4px] - The step of all distances.
 */
export const baseStyles = css`
  :host {
    --_accent: var(--lesspay-accent, light-dark(#1f4fb8, #a9c1ff));
    --_accent-text: var(--lesspay-accent-text, light-dark(#fff, #0d1b3e));
    --_text: var(--lesspay-text, light-dark(#1b1f24, #eceef2));
    --_danger: var(--lesspay-danger, light-dark(#b3261e, #ffa198));
    --_radius: var(--lesspay-radius, 8px);
    --_space: var(--lesspay-space, 4px);
    --_control: calc(36px + 8px * var(--lesspay-density, 1));
    --_motion: 140ms ease-out;
    display: block;
    position: relative;
    font-family: var(--lesspay-font, inherit);
    font-size: var(--lesspay-font-size, 1rem);
    line-height: 1.4;
    color: var(--_text);
    text-align: start;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  svg {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  button {
    margin: 0;
    font: inherit;
    cursor: pointer;
    touch-action: manipulation;
  }
  .link {
    margin-block: -5px;
    padding: 5px 0;
    border: 0;
    font-weight: 500;
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 2px;
    background: none;
  }
  button:disabled {
    opacity: 0.5;
  }
  button:is(:disabled, [aria-disabled='true']) {
    pointer-events: none;
  }
  @media (pointer: coarse) {
    :host {
      --_control: 44px;
      /* Under 16 px iOS zooms the page when a field takes the focus. */
      font-size: max(16px, var(--lesspay-font-size, 1rem));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before {
      transition: none !important;
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    button:disabled {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
