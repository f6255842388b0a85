import { html, nothing, type TemplateResult } from 'lit';
import { BATCH_FIELDS, type BatchField } from '../payouts/columns.ts';
import { warningIcon } from './icons.ts';
import type { BatchDesk } from './payout-batch-desk.ts';

/** What each column of the table holds, as guessed and as the operator wants it. */
export function columnsView(desk: BatchDesk): TemplateResult | typeof nothing {
  const { table, columns, batch, words } = desk;
  if (!table) return nothing;
  const t = words.t.bind(words);
  const missing = batch?.missing ?? [];
  const options = BATCH_FIELDS.map((field) => [field, words.labelOf(field)] as const);
  return html`
    <div>
      <h2 class="title" part="title" id="title" tabindex="-1">${t('columns.title')}</h2>
      <p class="soft">${t('columns.text')}</p>
    </div>
    <div role="status">
      ${
        missing.length > 0
          ? html`<p class="banner caution" part="banner">
              ${warningIcon()}<span>${t('columns.missing', { fields: words.listOf(missing) })}</span>
            </p>`
          : nothing
      }
    </div>
    <ul class="columns">
      ${Array.from({ length: table.width }, (_, column) => {
        const header = table.header[column]?.trim() ?? '';
        const sample = table.rows.find(({ cells }) => cells[column]?.trim())?.cells[column]?.trim() ?? '';
        return html`<li>
          <label for="col-${column}">
            <bdi class="column-name">${header === '' ? t('columns.column', { number: column + 1 }) : header}</bdi>
            ${sample ? html`<bdi class="soft sample">${t('columns.example', { text: sample })}</bdi>` : nothing}
          </label>
          <div class="box select">
            <select
              class="input"
              part="input"
              id="col-${column}"
              @change=${(event: Event) => {
                const { value } = event.target as HTMLSelectElement;
                desk.setColumn(column, value === '' ? undefined : (value as BatchField));
              }}
            >
              <option value="" .selected=${columns[column] === undefined}>${t('columns.none')}</option>
              ${options.map(
                ([field, label]) =>
                  html`<option value=${field} .selected=${columns[column] === field}>${label}</option>`,
              )}
            </select>
          </div>
        </li>`;
      })}
    </ul>
    <div class="actions">
      <button type="button" class="secondary" part="secondary" @click=${() => void desk.clear()}>
        ${t('rows.restart')}
      </button>
      <button type="button" class="primary" part="primary" @click=${() => desk.acceptColumns()}>
        ${t('columns.continue')}
      </button>
    </div>
  `;
}
