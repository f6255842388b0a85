import { css } from 'lit';

/** The bank picker's own look: the field with its chevron, the list, the bottom sheet. */
export const bankPickerStyles = css`
  .control {
    position: relative;
    min-inline-size: 0;
  }
  .control .input {
    padding-inline-end: 44px;
    text-overflow: ellipsis;
  }
  .opener:read-only:enabled {
    border-color: var(--_border);
    background: var(--_surface);
    cursor: pointer;
  }
  .opener[aria-invalid='true']:enabled {
    border-color: var(--_danger);
  }
  .open {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    display: grid;
    place-items: center;
    inline-size: 44px;
    padding: 0;
    border: 0;
    color: var(--_text-soft);
    background: none;
    cursor: pointer;
  }
  .open:disabled {
    cursor: default;
    opacity: 0.5;
  }
  .note {
    display: flex;
    gap: 6px;
  }
  .note svg {
    margin-block-start: 0.1em;
    color: var(--_warning);
  }
  .note .link {
    margin-inline-start: 4px;
  }
  .popup {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: hidden;
    color: var(--_text);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
    transition: opacity var(--_motion);
  }
  .list {
    max-block-size: min(calc(8 * 52px), calc(var(--_room, 100vh) - 64px));
    overflow-y: auto;
    overscroll-behavior: contain;
    scroll-padding-block: 4px;
  }
  .list:focus {
    outline: none;
  }
  .option {
    display: grid;
    align-content: center;
    min-block-size: 48px;
    padding: 6px 12px;
    border-radius: max(0px, calc(var(--_radius) - 4px));
    cursor: pointer;
  }
  .name {
    overflow-wrap: anywhere;
  }
  .name b {
    font-weight: 700;
  }
  .option .code:empty {
    display: none;
  }
  .option .code {
    font-size: 0.8125rem;
    color: var(--_text-soft);
  }
  @media (hover: hover) {
    .option:not([aria-disabled]):hover {
      background: color-mix(in srgb, var(--_text) 5%, transparent);
    }
  }
  .option[data-active] {
    background: color-mix(in srgb, var(--_accent) 12%, transparent);
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .option[aria-selected='true'] {
    background: color-mix(in srgb, var(--_accent) 9%, transparent);
  }
  .option[aria-selected='true'] .name {
    font-weight: 600;
  }
  .option[aria-disabled] {
    color: var(--_text-soft);
    cursor: default;
  }
  .option[aria-disabled] .name {
    font-weight: 400;
  }
  .foot {
    display: flex;
    gap: 6px;
    margin: 0;
    padding: 8px 12px;
    font-size: 0.8125rem;
    color: var(--_text-soft);
  }
  .list:not([hidden]) ~ .foot {
    border-block-start: 1px solid var(--_line);
  }
  .skeleton {
    display: grid;
    gap: 12px;
    padding: 4px 12px 12px;
  }
  .skeleton i {
    block-size: 14px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--_text) 9%, transparent);
    animation: breathe 1.2s ease-in-out infinite alternate;
  }
  .skeleton i:nth-child(2) {
    inline-size: 72%;
  }
  .skeleton i:nth-child(3) {
    inline-size: 84%;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  .sheet {
    position: fixed;
    inset: auto 0 0;
    inline-size: 100%;
    max-inline-size: none;
    block-size: min(85dvh, 640px);
    max-block-size: none;
    margin: 0;
    padding: 12px 12px max(12px, env(safe-area-inset-bottom));
    border: 0;
    border-radius: max(12px, var(--_radius)) max(12px, var(--_radius)) 0 0;
    overflow: hidden;
    color: var(--_text);
    background: var(--_surface-raised);
  }
  .sheet[open] {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .sheet::backdrop {
    background: #0007;
  }
  .sheet-head {
    display: flex;
    gap: 8px;
  }
  .sheet-head .control {
    flex: 1;
  }
  .sheet-head .input {
    padding-inline-end: 12px;
  }
  .close {
    display: grid;
    place-items: center;
    inline-size: 44px;
    min-block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    cursor: pointer;
  }
  .sheet .list {
    flex: 1;
    max-block-size: none;
  }
  @media (forced-colors: active) {
    .popup,
    .sheet {
      border: 1px solid CanvasText;
    }
    .option[data-active] {
      outline-color: Highlight;
    }
    .option[aria-disabled] {
      color: GrayText;
    }
  }
`;
