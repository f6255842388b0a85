import { css } from 'lit';

/** The recipient form's own look: its grid and the banners. */
export const recipientFormStyles = css`
  :host {
    container: lesspay-form / inline-size;
  }
  .form,
  .grid {
    display: grid;
    gap: calc(5 * var(--_space));
  }
  .grid {
    grid-template-columns: minmax(0, 1fr);
    row-gap: calc(4 * var(--_space));
    align-items: start;
  }
  .ruled {
    padding-block-start: calc(5 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }
  .choices {
    margin-block-start: var(--_space);
  }
  @container lesspay-form (min-width: 560px) {
    .grid {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .wide {
      grid-column: 1 / -1;
    }
    .wide .choice {
      flex: 1 1 0;
    }
  }
  .box {
    position: relative;
  }
  .suffix {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: calc(3 * var(--_space));
    line-height: var(--_control);
    color: var(--_text-soft);
    pointer-events: none;
  }
  .caution {
    color: var(--_warning);
  }
  .error {
    animation: show 140ms;
  }
  .banner {
    display: flex;
    gap: 10px;
    margin: 0;
    padding: calc(3 * var(--_space));
    border: 1px solid color-mix(in srgb, var(--_tone) 45%, transparent);
    border-radius: var(--_radius);
    font-size: 0.875em;
    background: color-mix(in srgb, var(--_tone) 8%, transparent);
  }
  .banner svg {
    color: var(--_tone);
  }
  .banner ul {
    margin: 4px 0 0;
    padding-inline-start: 18px;
  }
  .banner li + li {
    margin-block-start: 4px;
  }
  /* A target of 28 px that makes its line no taller than the one below it. */
  .banner a {
    display: inline-block;
    margin-block: -4px;
    padding-block: 4px;
    color: inherit;
  }
  .banner-title {
    margin: 0;
    font-weight: 600;
  }
  .danger {
    --_tone: var(--_danger);
  }
  .success {
    --_tone: var(--_success);
  }
  .warning {
    --_tone: var(--_warning);
  }
  .soft {
    --_tone: var(--_text-soft);
  }
  /* A region that is still silent takes no gap. */
  .form > :empty {
    position: absolute;
  }
  .actions {
    display: flex;
    flex-wrap: wrap-reverse;
    justify-content: flex-end;
    gap: 12px;
  }
  @container lesspay-form (max-width: 479.98px) {
    .actions > * {
      flex: 1 0 100%;
    }
  }
  .late {
    animation:
      spin 0.8s linear infinite,
      show 1ms 150ms both;
  }
  @keyframes show {
    from {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    .banner svg {
      color: CanvasText;
    }
  }
`;
