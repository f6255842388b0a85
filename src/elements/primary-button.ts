import { css, type CSSResult } from 'lit';
import { buttonShape } from './button-shape.ts';

/** The main button of a view: `.primary`, one per view. */
export const primaryButton: CSSResult[] = [
  buttonShape,
  css`
    .primary {
      color: var(--_accent-text);
      background: var(--_accent);
    }
    .primary:hover {
      background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
    }
    @media (forced-colors: active) {
      .primary:enabled {
        border-color: ButtonText;
      }
    }
  `,
];
