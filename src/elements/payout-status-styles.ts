import { css } from 'lit';

/** The look of a payout's status: the headline with its disc, the sums, and the payouts as a table or as cards. */
export const payoutStatusStyles = css`
  :host {
    container: lesspay-payout-status / inline-size;
  }
  .view {
    display: grid;
    gap: calc(4 * var(--_space));
  }
  p,
  dl,
  dd {
    margin: 0;
  }
  .top {
    display: flex;
    gap: calc(4 * var(--_space));
  }
  .disc {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border: 1px solid transparent;
    border-radius: 50%;
    color: var(--_tone);
    background: color-mix(in srgb, var(--_tone) 10%, transparent);
  }
  .soft {
    --_tone: var(--_text-soft);
  }
  .success {
    --_tone: var(--_success);
  }
  .danger {
    --_tone: var(--_danger);
  }
  .caution {
    --_tone: var(--_warning);
  }
  .headline {
    font-size: 1.125em;
    font-weight: 600;
  }
  /* Between phrases, where the browser knows them. */
  .headline:lang(ja) {
    word-break: auto-phrase;
  }
  .soft-text,
  dt,
  thead th {
    color: var(--_text-soft);
  }
  .soft-text {
    max-inline-size: 60ch;
    text-wrap: pretty;
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 32px;
    padding-block-start: calc(3 * var(--_space));
    border-block-start: 1px solid var(--_line);
    font-size: 0.875em;
  }
  dd {
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  progress {
    inline-size: 100%;
    block-size: 6px;
    accent-color: var(--_accent);
  }
  table {
    inline-size: 100%;
    table-layout: fixed;
    border-collapse: collapse;
    font-size: 0.875em;
  }
  th,
  td {
    padding-block: calc(2 * var(--_space));
    padding-inline: 0 12px;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  thead th {
    font-size: 0.93em;
  }
  thead th:first-child {
    inline-size: 28%;
  }
  .amount {
    padding-inline-end: 0;
    inline-size: 24%;
    text-align: end;
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding-block: 1px;
    padding-inline: 6px 8px;
    border: 1px solid transparent;
    border-radius: 99px;
    font-size: 0.93em;
    font-weight: 500;
    color: var(--_tone);
    background: color-mix(in srgb, var(--_tone) 10%, transparent);
  }
  .reason {
    margin-block-start: 2px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }
  .only {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: var(--_control);
    font-size: 0.875em;
    cursor: pointer;
  }
  .only input {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .skeleton {
    block-size: 72px;
    border-radius: var(--_radius);
    background: var(--_line);
    opacity: 0.5;
  }
  @container lesspay-payout-status (max-width: 559.98px) {
    table,
    tbody,
    th,
    td {
      display: block;
    }
    thead {
      position: absolute;
      clip-path: inset(50%);
    }
    tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 4px 16px;
      padding-block: 12px;
      border-block-end: 1px solid var(--_line);
    }
    th,
    td {
      padding: 0;
      border: 0;
    }
    td:not(.amount) {
      grid-area: 2 / 1 / auto / -1;
    }
    .amount {
      grid-area: 1 / 2;
      inline-size: auto;
    }
  }
`;
