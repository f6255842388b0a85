import { css } from 'lit';

/**
 * The tokens of every element. A page sets `--lesspay-*` anywhere above the element; the private `--_*` twins carry the
 * defaults, so that a value set on `:root` is not hidden by one set on the host. Dark values follow the page's own
 * `color-scheme`, so an element never turns dark on a page that stays light.
 */
export const tokens = css`
  :host {
    --_accent: var(--lesspay-accent, light-dark(#1f4fb8, #a9c1ff));
    --_accent-text: var(--lesspay-accent-text, light-dark(#fff, #0d1b3e));
    --_text: var(--lesspay-text, light-dark(#1b1f24, #eceef2));
    --_text-soft: var(--lesspay-text-soft, light-dark(#596270, #a7b0bd));
    --_surface: var(--lesspay-surface, light-dark(#fff, #15181d));
    --_surface-raised: var(--lesspay-surface-raised, light-dark(#fff, #1f232a));
    --_border: var(--lesspay-border, light-dark(#858d99, #747d8a));
    --_line: color-mix(in srgb, var(--_border) 35%, transparent);
    --_danger: var(--lesspay-danger, light-dark(#b3261e, #ffa198));
    --_danger-tint: var(--lesspay-danger-tint, color-mix(in srgb, var(--_danger) 10%, transparent));
    --_warning: var(--lesspay-warning, light-dark(#855000, #f2c26e));
    --_warning-tint: var(--lesspay-warning-tint, color-mix(in srgb, var(--_warning) 10%, transparent));
    --_success: var(--lesspay-success, light-dark(#146c3b, #84d8a4));
    --_success-tint: var(--lesspay-success-tint, color-mix(in srgb, var(--_success) 10%, transparent));
    --_radius: var(--lesspay-radius, 8px);
    --_shadow: var(--lesspay-shadow, 0 6px 24px light-dark(#1b1f2429, #0009), 0 1px 3px light-dark(#1b1f241f, #0008));
    --_control: calc(36px + 8px * var(--lesspay-density, 1));
    --_motion: 140ms ease-out;
    display: block;
    font-family: var(--lesspay-font, inherit);
    font-size: 1rem;
    line-height: 1.4;
    color: var(--_text);
    text-align: start;
    -webkit-tap-highlight-color: transparent;
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
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  @media (pointer: coarse) {
    :host {
      --_control: max(44px, calc(36px + 8px * var(--lesspay-density, 1)));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      transition: none !important;
      animation: none !important;
    }
  }
`;

/** Buttons: `.primary` (one per view), `.secondary`, and `.link` for a button inside a sentence. */
export const buttons = css`
  button {
    margin: 0;
    font: inherit;
    color: inherit;
    touch-action: manipulation;
  }
  .primary,
  .secondary {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: var(--_control);
    padding: 4px 20px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    font-weight: 600;
    cursor: pointer;
    transition:
      opacity var(--_motion),
      transform var(--_motion);
  }
  .primary {
    color: var(--_accent-text);
    background: var(--_accent);
  }
  .secondary {
    padding-inline: 16px;
    border-color: var(--_border);
    font-weight: 500;
    background: var(--_surface);
  }
  .link {
    padding: 0;
    border: 0;
    border-radius: 2px;
    font-weight: 500;
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 2px;
    background: none;
    cursor: pointer;
  }
  @media (hover: hover) {
    .primary:hover {
      background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
    }
    .secondary:hover {
      background: color-mix(in srgb, var(--_text) 5%, var(--_surface));
    }
    .link:hover {
      text-decoration-thickness: 2px;
    }
  }
  :is(.primary, .secondary):active {
    transform: scale(0.985);
  }
  :is(.primary, .secondary, .link):is(:disabled, [aria-disabled='true']) {
    cursor: default;
    transform: none;
  }
  :is(.primary, .secondary, .link):disabled {
    opacity: 0.5;
  }
  .primary:is(:disabled, [aria-disabled='true']) {
    background: var(--_accent);
  }
  @media (forced-colors: active) {
    :is(.primary, .secondary) {
      border-color: ButtonText;
    }
    :is(.primary, .secondary, .link):disabled {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;

/** The spinner (`.spinner`): appears only where motion is welcome; words always go with it. */
export const spinner = css`
  .spinner {
    flex: none;
    inline-size: 1.125em;
    block-size: 1.125em;
    border: 2px solid color-mix(in srgb, currentColor 30%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: spin 0.8s linear infinite;
  }
  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .spinner {
      border-color: GrayText;
      border-block-start-color: currentColor;
    }
  }
`;
