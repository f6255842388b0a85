import { css } from 'lit';
import { baseStyles } from './base-styles.ts';

/**
 * The tokens of every element, the focus ring, icons and `.link` buttons (`baseStyles` has the smaller set).
 *
 * @cssprop [--lesspay-text-soft] - Secondary text.
 * @cssprop [--lesspay-surface] - The ground of fields.
 * @cssprop [--lesspay-surface-raised] - The ground of what lies above the page: lists, sheets.
 * @cssprop [--lesspay-border] - The border of fields; lines are a weaker mix of it.
 * @cssprop [--lesspay-danger-tint] - The ground behind what failed.
 * @cssprop [--lesspay-warning] - What needs a look.
 * @cssprop [--lesspay-warning-tint] - The ground behind what needs a look.
 * @cssprop [--lesspay-success] - What was paid or is confirmed.
 * @cssprop [--lesspay-success-tint] - The ground behind what was paid.
 * @cssprop [--lesspay-shadow] - The shadow of what lies above the page.
 */
export const tokens = css`
  ${baseStyles}
  :host {
    --_text-soft: var(--lesspay-text-soft, light-dark(#596270, #a7b0bd));
    --_surface: var(--lesspay-surface, light-dark(#fff, #15181d));
    --_surface-raised: var(--lesspay-surface-raised, light-dark(#fff, #1f232a));
    --_border: var(--lesspay-border, light-dark(#858d99, #747d8a));
    --_line: color-mix(in srgb, var(--_border) 35%, transparent);
    --_danger-tint: var(--lesspay-danger-tint, color-mix(in srgb, var(--_danger) 10%, transparent));
    --_warning: var(--lesspay-warning, light-dark(#855000, #f2c26e));
    --_warning-tint: var(--lesspay-warning-tint, color-mix(in srgb, var(--_warning) 10%, transparent));
    --_success: var(--lesspay-success, light-dark(#146c3b, #84d8a4));
    --_success-tint: var(--lesspay-success-tint, color-mix(in srgb, var(--_success) 10%, transparent));
    --_shadow: var(--lesspay-shadow, 0 6px 24px light-dark(#1b1f2429, #0009), 0 1px 3px light-dark(#1b1f241f, #0008));
    -webkit-tap-highlight-color: transparent;
    line-break: strict;
    text-autospace: normal;
  }
  /* Where a line may break anywhere: in Korean only at spaces. */
  :host(:lang(ko)) {
    word-break: keep-all;
    text-autospace: no-autospace;
  }
  @media (pointer: coarse) {
    .link {
      margin-block: -12px;
      padding-block: 12px;
    }
  }
`;
