import { css } from 'lit';

/** What `.primary` and `.secondary` buttons have in common. A file of its own, like each of them: nobody loads what is not used. */
export const buttonShape = css`
  .primary,
  .secondary {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: var(--_control);
    padding: var(--_space) calc(4 * var(--_space));
    border: 1px solid transparent;
    border-radius: var(--_radius);
    font-weight: 600;
    transition: transform var(--_motion);
  }
  .primary:active,
  .secondary:active {
    transform: scale(0.985);
  }
`;
