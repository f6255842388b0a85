import { css } from 'lit';

/** The recipient form's own look: its grid, the banners, the review and the result. */
export const recipientFormStyles = css`
  :host {
    container: lesspay-form / inline-size;
  }
  .form {
    display: grid;
    gap: 20px;
  }
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px 20px;
    align-items: start;
  }
  .ruled {
    padding-block-start: 20px;
    border-block-start: 1px solid var(--_line);
  }
  @container lesspay-form (min-width: 560px) {
    .grid {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .wide {
      grid-column: 1 / -1;
    }
    .wide > .choices > .choice {
      flex: 1 1 0;
    }
  }
  .choices {
    margin-block-start: 4px;
  }
  .choice {
    flex-grow: 1;
  }
  .box {
    position: relative;
    display: flex;
    align-items: center;
  }
  .box .suffix {
    position: absolute;
    inset-inline-end: 12px;
    color: var(--_text-soft);
    pointer-events: none;
  }
  .box:has(.suffix) .input {
    padding-inline-end: 56px;
  }
  .select select {
    appearance: none;
    padding-inline-end: 40px;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .select select:disabled {
    cursor: default;
    opacity: 1;
  }
  .select::after {
    content: '';
    position: absolute;
    inset-inline-end: 17px;
    inline-size: 7px;
    block-size: 7px;
    border: solid var(--_text-soft);
    border-width: 0 1.75px 1.75px 0;
    rotate: 45deg;
    translate: 0 -3px;
    pointer-events: none;
  }
  .caution {
    display: flex;
    gap: 6px;
    margin: 0;
    font-size: 0.8125rem;
    color: var(--_warning);
  }
  .error,
  .caution {
    animation: appear 140ms ease-out;
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(-2px);
    }
  }
  .banner {
    display: flex;
    gap: 10px;
    margin: 0;
    padding: 12px 14px;
    border: 1px solid var(--_tone, var(--_line));
    border-color: color-mix(in srgb, var(--_tone, var(--_border)) 45%, transparent);
    border-radius: var(--_radius);
    font-size: 0.875rem;
  }
  .banner > svg {
    margin-block-start: 0.05em;
    color: var(--_tone);
  }
  .banner .link {
    margin-inline-start: 6px;
  }
  .banner ul {
    margin: 4px 0 0;
    padding-inline-start: 18px;
  }
  .banner li {
    padding-block: 2px;
  }
  .banner a {
    font-weight: 500;
    color: inherit;
    text-underline-offset: 2px;
  }
  .banner-title {
    margin: 0;
    font-weight: 600;
  }
  .danger {
    --_tone: var(--_danger);
  }
  .banner.danger {
    background: var(--_danger-tint);
  }
  .banner.success {
    --_tone: var(--_success);
    background: var(--_success-tint);
  }
  .banner.warning {
    --_tone: var(--_warning);
    background: var(--_warning-tint);
  }
  .banner.soft {
    --_tone: var(--_text-soft);
    background: color-mix(in srgb, var(--_text) 4%, transparent);
  }
  .check-region:empty {
    margin-block-start: -20px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 12px;
  }
  @container lesspay-form (max-width: 479.98px) {
    .actions {
      flex-direction: column-reverse;
    }
  }
  .late {
    opacity: 0;
    animation:
      spin 0.8s linear infinite,
      show 1ms 150ms forwards;
  }
  @keyframes show {
    to {
      opacity: 1;
    }
  }
  .title {
    margin: 0;
    font-size: 1.125rem;
    line-height: 1.4;
    font-weight: 600;
  }
  .title:focus {
    outline: none;
  }
  .intro {
    margin: 0;
    color: var(--_text-soft);
  }
  .title + .intro {
    margin-block-start: -16px;
  }
  .result .title + .intro {
    margin-block-start: 2px;
  }
  .review {
    display: grid;
    margin: 0;
    border-block: 1px solid var(--_line);
  }
  .review > div {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0 20px;
    padding-block: 10px;
  }
  .review > div + div {
    border-block-start: 1px solid var(--_line);
  }
  @container lesspay-form (min-width: 480px) {
    .review > div {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    }
  }
  dt {
    color: var(--_text-soft);
  }
  dd {
    margin: 0;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .meaning {
    margin-inline-start: 6px;
    font-weight: 400;
    color: var(--_text-soft);
  }
  .result {
    display: flex;
    gap: 14px;
  }
  .disc {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border: 1px solid transparent;
    border-radius: 50%;
    color: var(--_tone, var(--_accent));
    background: color-mix(in srgb, var(--_tone, var(--_accent)) 10%, transparent);
  }
  .result.success {
    --_tone: var(--_success);
  }
  .result.warning {
    --_tone: var(--_warning);
  }
  @media (prefers-reduced-motion: reduce) {
    .late {
      opacity: 1;
    }
  }
  @media (forced-colors: active) {
    .select::after {
      border-color: ButtonText;
    }
    .banner > svg,
    .disc {
      color: CanvasText;
    }
  }
`;
