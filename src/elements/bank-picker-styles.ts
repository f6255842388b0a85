import { css } from 'lit';

/**
 * The bank picker's own look: the field with its chevron, the list, the bottom sheet.
 *
 * @cssprop [--lesspay-shadow] - The shadow of the list.
 */
export const bankPickerStyles = css`
  .control {
    position: relative;
    flex: 1;
  }
  .control .input {
    padding-inline-end: 44px;
    text-overflow: ellipsis;
  }
  .opener:enabled {
    background: var(--_surface);
    cursor: pointer;
  }
  .opener:enabled:not([aria-invalid]) {
    border-color: var(--_border);
  }
  .open {
    position: absolute;
    inset-block-start: calc(50% - 10px);
    inset-inline-end: 12px;
    line-height: 0;
    color: var(--_text-soft);
    pointer-events: none;
  }
  .close {
    inline-size: 44px;
    border: 0;
    line-height: 0;
    color: inherit;
    background: none;
  }
  .note,
  .sheet-head {
    display: flex;
    gap: 6px;
  }
  .note svg {
    color: var(--_warning);
  }
  .popup,
  .sheet {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: hidden;
    color: var(--_text);
    background: var(--_surface-raised);
    box-shadow: var(--lesspay-shadow, 0 6px 24px light-dark(#1b1f2429, #0009));
  }
  .list {
    contain: content;
    max-block-size: min(416px, calc(var(--_room) - 64px));
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .option {
    contain: content;
    min-block-size: calc(var(--_control) + 8px);
    padding: 6px calc(3 * var(--_space));
    border-radius: max(0px, calc(var(--_radius) - 4px));
    line-height: 1.3;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .option span {
    display: block;
  }
  .option .code,
  .foot {
    font-size: 0.8125em;
    color: var(--_text-soft);
  }
  .option:hover {
    background: color-mix(in srgb, var(--_text) 5%, transparent);
  }
  .option[aria-selected='true'] {
    font-weight: 600;
    background: color-mix(in srgb, var(--_accent) 9%, transparent);
  }
  .option[data-active] {
    background: color-mix(in srgb, var(--_accent) 12%, transparent);
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .option[aria-disabled] {
    color: var(--_text-soft);
    cursor: default;
  }
  .foot {
    margin: 0;
    padding: 8px calc(3 * var(--_space));
  }
  .skeleton {
    block-size: 78px;
    margin: 0 12px 8px;
    background: repeating-linear-gradient(
      color-mix(in srgb, var(--_text) 9%, transparent) 0 14px,
      transparent 14px 32px
    );
    animation: breathe 1s infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.4;
    }
  }
  .sheet {
    inset-block-end: 0;
    inline-size: 100%;
    max-inline-size: none;
    block-size: min(85dvh, 640px);
    padding: 12px;
    border-radius: 12px 12px 0 0;
  }
  .sheet[open] {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .sheet::backdrop {
    background: #0007;
  }
  .sheet .list {
    flex: 1;
    max-block-size: none;
  }
  @media (forced-colors: active) {
    .option[data-active] {
      outline-color: Highlight;
    }
    .option[aria-selected='true'] {
      border-inline-start: 4px solid Highlight;
    }
    .option[aria-disabled] {
      color: GrayText;
    }
  }
`;
