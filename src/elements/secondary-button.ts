import { css, type CSSResult } from 'lit';
import { buttonShape } from './button-shape.ts';

/** The other buttons: `.secondary`. */
export const secondaryButton: CSSResult[] = [
  buttonShape,
  css`
    .secondary {
      border-color: var(--_border);
      font-weight: 500;
      color: inherit;
      background: var(--_surface);
    }
    .secondary:hover {
      background: color-mix(in srgb, var(--_text) 5%, var(--_surface));
    }
  `,
];
