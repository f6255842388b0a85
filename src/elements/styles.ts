import { css, type CSSResult } from 'lit';
import { baseStyles } from './base-styles.ts';

/**
 * The tokens of every element, the focus ring, icons and `.link` buttons (`baseStyles` has the smaller set).
 *
 * @cssprop [--lesspay-text-soft] - Secondary text.
 * @cssprop [--lesspay-surface] - The ground of fields.
 * @cssprop [--lesspay-surface-raised] - The ground of what lies above the page: lists, sheets.
 * @cssprop [--lesspay-border] - The border of fields; lines are a weaker mix of it.
 * @cssprop [--lesspay-warning] - What needs a look.
 * @cssprop [--lesspay-success] - What was paid or is confirmed.
 */
export const tokens: CSSResult[] = [
  baseStyles,
  css`
    :host {
      --_text-soft: var(--lesspay-text-soft, light-dark(#596270, #a7b0bd));
      --_surface: var(--lesspay-surface, light-dark(#fff, #15181d));
      --_surface-raised: var(--lesspay-surface-raised, light-dark(#fff, #1f232a));
      --_border: var(--lesspay-border, light-dark(#858d99, #747d8a));
      --_line: color-mix(in srgb, var(--_border) 35%, transparent);
      --_warning: var(--lesspay-warning, light-dark(#855000, #f2c26e));
      --_success: var(--lesspay-success, light-dark(#146c3b, #84d8a4));
      -webkit-tap-highlight-color: transparent;
      line-break: strict;
      text-autospace: normal;
    }
    /* Where a line may break anywhere: in Korean only at spaces. */
    :host(:lang(ko)) {
      word-break: keep-all;
      text-autospace: no-autospace;
    }
    @media (prefers-contrast: more) {
      :host {
        --_text-soft: var(--_text);
        --_border: var(--_text);
        --_line: var(--_text);
      }
    }
    @media (pointer: coarse) {
      .link {
        margin-block: -12px;
        padding-block: 12px;
      }
    }
  `,
];
