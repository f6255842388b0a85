import { css } from 'lit';

/** The batch's own look: the place to drop, the columns, the table of rows and its cards on narrow screens. */
export const batchStyles = css`
  /* Of the page: a cell stands under its header, whichever direction its text has. */
  :host {
    --_start: left;
    --_end: right;
    container: lesspay-batch / inline-size;
  }
  :host(:dir(rtl)) {
    --_start: right;
    --_end: left;
  }
  .desk {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(4 * var(--_space));
  }
  p,
  dl,
  dd,
  ul {
    margin: 0;
    padding: 0;
  }
  .title {
    margin: 0;
    font-size: 1.125em;
    font-weight: 600;
  }
  /* Between phrases, where the browser knows them. */
  .title:lang(ja) {
    word-break: auto-phrase;
  }
  .title:focus {
    outline: none;
  }
  .soft,
  dt {
    color: var(--_text-soft);
  }
  .disc {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    border-radius: 50%;
    color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 10%, transparent);
  }
  .drop {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 40px 24px;
    border: 1.5px dashed var(--_border);
    border-radius: calc(var(--_radius) * 1.5);
    text-align: center;
    background: var(--_surface);
    transition:
      border-color var(--_motion),
      background-color var(--_motion);
  }
  .drop[data-over] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 6%, var(--_surface));
  }
  .paste {
    max-inline-size: 420px;
    margin-block: 8px;
    padding-block: 10px;
    resize: none;
    text-align: center;
  }
  .paste::placeholder {
    color: var(--_text-soft);
    opacity: 1;
  }
  .choose {
    cursor: pointer;
  }
  .choose:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .actions,
  .foot,
  .head,
  .pages,
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }
  .foot,
  .head,
  .pages {
    justify-content: space-between;
  }
  .actions {
    justify-content: end;
  }
  .drop .actions {
    justify-content: center;
  }
  .start {
    justify-content: start;
  }
  .send {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 8px 16px;
  }
  .foot {
    padding-block-start: 12px;
  }
  .reading {
    display: grid;
    gap: 8px;
    padding-block: 40px;
    justify-items: center;
    text-align: center;
  }
  progress {
    inline-size: min(100%, 360px);
    block-size: 8px;
    accent-color: var(--_accent);
  }
  .banner {
    --_tone: var(--_accent);
    display: flex;
    gap: 10px;
    padding: calc(3 * var(--_space));
    border: 1px solid color-mix(in srgb, var(--_tone) 45%, transparent);
    border-radius: var(--_radius);
    font-size: 0.875em;
    background: color-mix(in srgb, var(--_tone) 8%, transparent);
  }
  .banner > svg {
    color: var(--_tone);
  }
  .banner p + p {
    margin-block-start: 4px;
  }
  .danger {
    --_tone: var(--_danger);
  }
  .caution {
    --_tone: var(--_warning);
  }
  .success {
    --_tone: var(--_success);
  }
  .error.caution {
    color: var(--_warning);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: calc(var(--_control) - 8px);
    padding: 2px 12px;
    border: 1px solid var(--_border);
    border-radius: 99px;
    font-size: 0.875em;
    color: inherit;
    background: none;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    font-weight: 500;
    color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 8%, transparent);
  }
  .columns {
    display: grid;
    gap: 0;
    list-style: none;
  }
  .columns li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: center;
    padding-block: 10px;
    border-block-start: 1px solid var(--_line);
  }
  .columns label {
    display: grid;
    flex: 1 1 220px;
    min-inline-size: 0;
    text-align: var(--_start);
  }
  .columns .box {
    flex: 1 1 220px;
  }
  .column-name {
    font-weight: 500;
  }
  .sample {
    overflow: hidden;
    font-size: 0.8125em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .scroll {
    overflow: auto;
    max-block-size: 70vh;
    /* What has the focus stays clear of the header. */
    scroll-padding-block-start: 48px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: 0.875em;
  }
  table:focus {
    outline: none;
  }
  th,
  td {
    padding: calc(1.5 * var(--_space)) calc(2 * var(--_space));
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
  thead th,
  thead td {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    padding-block: 10px;
    font-size: 0.93em;
    font-weight: 500;
    white-space: nowrap;
    color: var(--_text-soft);
    background: var(--_surface-raised);
  }
  .of-cell {
    padding-inline: calc(9px + 2 * var(--_space));
  }
  .number {
    inline-size: 1px;
    padding-inline: 14px 8px;
    color: var(--_text-soft);
  }
  tbody .number,
  .state {
    padding-block-start: calc(1.5 * var(--_space) + (var(--_control) - 8px - 1.4em) / 2);
  }
  .state {
    min-inline-size: 160px;
    max-inline-size: 240px;
  }
  .status {
    display: inline-flex;
    gap: 6px;
    color: var(--_tone, var(--_text-soft));
  }
  .cell {
    min-inline-size: 120px;
    min-block-size: calc(var(--_control) - 8px);
    padding: 2px 8px;
    border-color: transparent;
    font-size: inherit;
    text-overflow: ellipsis;
    font-variant-numeric: tabular-nums;
    text-align: var(--_start);
    background: none;
  }
  /* As wide as what stands in it, where the browser can: fewer tables have to be scrolled. */
  @supports (field-sizing: content) {
    .cell {
      inline-size: auto;
      min-inline-size: max(80px, 100%);
      max-inline-size: 280px;
      field-sizing: content;
    }
  }
  .cell.amount {
    text-align: var(--_end);
  }
  .cell:hover:not([readonly]) {
    border-color: var(--_border);
  }
  .cell[aria-invalid='true'] {
    border-color: var(--_danger);
    background: color-mix(in srgb, var(--_danger) 10%, transparent);
  }
  .cell[readonly] {
    border-color: transparent;
    background: none;
  }
  td .error {
    font-size: 0.93em;
    min-inline-size: 180px;
    max-inline-size: 260px;
    margin-block-start: 4px;
  }
  .amount {
    text-align: end;
  }
  .icon {
    display: grid;
    place-items: center;
    inline-size: calc(var(--_control) - 8px);
    block-size: calc(var(--_control) - 8px);
    border: 0;
    border-radius: var(--_radius);
    color: var(--_text-soft);
    background: none;
  }
  .icon:hover {
    color: var(--_danger);
    background: color-mix(in srgb, var(--_danger) 10%, transparent);
  }
  .nothing {
    padding: 32px;
    text-align: center;
  }
  .sums {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 32px;
  }
  .sums dd {
    font-size: 1.125em;
    font-weight: 600;
  }
  .leaves {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    list-style: none;
  }
  tbody th:not(.number) {
    min-inline-size: 8em;
  }
  .leaves bdi,
  th bdi,
  td > bdi {
    overflow-wrap: anywhere;
  }
  .confirm {
    display: flex;
    gap: 8px;
    min-block-size: 24px;
    cursor: pointer;
  }
  .confirm input {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  @container lesspay-batch (max-width: 639.98px) {
    .foot .primary,
    .send,
    .drop,
    .head > * {
      inline-size: 100%;
    }
    .head .actions {
      justify-content: start;
    }
    .drop {
      padding: 28px 16px;
    }
    .scroll {
      position: relative;
      overflow: visible;
      max-block-size: none;
      border: 0;
    }
    table,
    tbody,
    tr,
    td,
    tbody th {
      display: block;
    }
    thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tbody tr {
      position: relative;
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 200px), 1fr));
      column-gap: 16px;
      margin-block-end: 12px;
      padding: 8px 12px;
      border: 1px solid var(--_line);
      border-radius: var(--_radius);
    }
    td,
    tbody th {
      inline-size: auto;
      max-inline-size: none;
      padding: 4px 0 !important;
      border: 0;
      text-align: start;
    }
    td[data-label]::before,
    tbody th[data-label]::before {
      display: block;
      font-size: 0.93em;
      font-weight: 400;
      color: var(--_text-soft);
      content: attr(data-label);
    }
    .number,
    .state {
      grid-column: 1 / -1;
      inline-size: auto;
    }
    .number::before {
      display: inline !important;
      content: attr(data-label) ' ' !important;
    }
    .state::before {
      display: none !important;
    }
    .amount {
      text-align: start;
    }
    td .error {
      max-inline-size: none;
    }
    .cell:not([aria-invalid]) {
      border-color: var(--_border);
    }
    .cell,
    .cell.amount {
      font-size: 1rem;
      text-align: var(--_start);
    }
    .cell[readonly] {
      padding: 0;
      border: 0;
    }
    .remove {
      position: absolute;
      inset-block-start: 4px;
      inset-inline-end: 4px;
    }
  }
  @media (forced-colors: active) {
    .chip[aria-pressed='true'] {
      border-color: Highlight;
      color: HighlightText;
      background: Highlight;
      /* Or the words get a plate of Canvas behind them, which HighlightText may not be read on. */
      forced-color-adjust: none;
    }
    .cell {
      border-color: CanvasText;
    }
    .cell[aria-invalid='true'] {
      border-width: 2px;
    }
    .icon {
      border: 1px solid ButtonText;
    }
  }
`;
