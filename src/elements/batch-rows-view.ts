import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { BATCH_FIELDS, type BatchField } from '../payouts/columns.ts';
import type { BatchRow, PayoutBatch } from '../payouts/payout-batch.ts';
import type { RowFilter } from './batch-words.ts';
import { checkIcon, clockIcon, crossIcon, errorIcon, questionIcon, warningIcon } from './icons.ts';
import type { BatchDesk } from './payout-batch-desk.ts';

/** How many rows are drawn at once. */
export const ROWS_PER_PAGE = 25;

const FILTERS: readonly RowFilter[] = ['all', 'wrong', 'duplicate', 'ready', 'sent'];

/** The rows that a filter shows, in their order. */
function shownRows({ batch, filter, kept }: BatchDesk): BatchRow[] {
  if (!batch) return [];
  if (filter === 'all') return batch.present;
  return batch.present.filter((row) => {
    if (kept.has(row.id)) return true;
    return filter === 'duplicate' ? !row.outcome && batch.isDuplicate(row) : batch.kindOf(row) === filter;
  });
}

/** The rows of the batch, corrected in place. */
export function rowsView(desk: BatchDesk): TemplateResult | typeof nothing {
  const { batch, words } = desk;
  if (!batch) return nothing;
  const t = words.t.bind(words);
  const counts = batch.counts;
  const amount = words.money(batch.total);
  const count = { all: counts.total, wrong: counts.wrong, duplicate: counts.duplicate, ready: counts.ready };
  const sent = counts.accepted + counts.unknown;
  const isDone = sent === counts.total;
  return html`
    <div class="head">
      <div>
        <h2 class="title" part="title" id="title" tabindex="-1">${t('rows.title')}</h2>
        <p class="soft figures" role="status">
          ${isDone ? nothing : t('rows.summary', { ready: counts.ready, total: counts.total, amount })}
        </p>
      </div>
      <div class="actions">
        ${
          counts.wrong > 0
            ? html`<button type="button" class="secondary" part="secondary" @click=${() => desk.nextProblem()}>
                ${t('rows.next-problem')}
              </button>`
            : nothing
        }
        ${
          desk.wasSent
            ? nothing
            : html`<button type="button" class="secondary" part="secondary" @click=${() => desk.changeColumns()}>
                ${t('columns.change')}
              </button>`
        }
      </div>
    </div>
    ${outcomeBanner(desk)}
    <div class="filters" role="group" aria-label=${t('filter.label')}>
      ${FILTERS.map((filter) => {
        const number = filter === 'sent' ? sent : count[filter];
        if (number === 0 && filter !== 'all' && filter !== desk.filter) return nothing;
        return html`<button
          type="button"
          class="chip"
          part="filter"
          aria-pressed=${filter === desk.filter ? 'true' : 'false'}
          @click=${() => desk.setFilter(filter)}
        >
          ${t(`filter.${filter}`)} <span class="figures">${number}</span>
        </button>`;
      })}
    </div>
    ${tableView(desk, batch)} ${undoView(desk)}
    <div class="foot">
      <div class="actions start">
        <button type="button" class="link" @click=${() => void desk.clear()}>${t('rows.restart')}</button>
        ${
          counts.wrong > 0
            ? html`<button type="button" class="link" @click=${() => desk.download()}>${t('rows.export')}</button>`
            : nothing
        }
      </div>
      ${
        counts.ready > 0
          ? html`<button type="button" class="primary" part="primary" @click=${() => desk.review()}>
              ${t('rows.review', { count: counts.ready })}
            </button>`
          : nothing
      }
    </div>
  `;
}

/** What became of the rows that were sent. */
function outcomeBanner(desk: BatchDesk): TemplateResult | typeof nothing {
  const { batch, words, halted, unknown } = desk;
  if (!batch || (!desk.wasSent && halted === undefined && unknown === 0)) return nothing;
  const t = words.t.bind(words);
  const refused = batch.present.filter(({ outcome }) => outcome?.state === 'refused');
  const { accepted, ready } = batch.counts;
  const isStopped = halted !== undefined || refused.length > 0;
  const tone = unknown > 0 ? 'caution' : isStopped ? 'danger' : 'success';
  const icon = unknown > 0 ? questionIcon : isStopped ? errorIcon : checkIcon;
  return html`<div class="banner ${tone}" part="banner" id="outcome" role="status" tabindex="-1">
    ${icon()}
    <div>
      ${accepted > 0 ? html`<p>${t('sent.done', { count: accepted })}</p>` : nothing}
      ${
        refused.length > 0
          ? html`<p>
              ${t('sent.refused', { count: refused.length })}
              <button type="button" class="link" @click=${() => desk.reopen(refused)}>${t('sent.again')}</button>
            </p>`
          : nothing
      }
      ${unknown > 0 ? unknownView(desk) : halted === undefined ? nothing : html`<p>${words.halt(halted)}</p>`}
      ${halted !== undefined && ready > 0 && desk.wasSent ? html`<p>${t('sent.halted')}</p>` : nothing}
    </div>
  </div>`;
}

/** That some outcomes are not known, and the way to find out. */
export function unknownView(desk: BatchDesk): TemplateResult {
  const t = desk.words.t.bind(desk.words);
  return html`<p>
    ${t('sent.unknown', { count: desk.unknown })}
    <button type="button" class="link" @click=${() => void desk.check()}>
      ${t(desk.isChecking ? 'sent.checking' : 'sent.check')}
    </button>
  </p>`;
}

function undoView(desk: BatchDesk): TemplateResult {
  const { removed, batch, words } = desk;
  const row = removed === undefined ? undefined : batch?.rows[removed];
  return html`<div role="status">
    ${
      row
        ? html`<p class="banner" part="banner">
            <span
              >${words.t('rows.removed', { row: String(row.number) })}
              <button type="button" class="link" id="undo" @click=${() => desk.restore()}>
                ${words.t('rows.undo')}
              </button></span
            >
          </p>`
        : nothing
    }
  </div>`;
}

function tableView(desk: BatchDesk, batch: PayoutBatch): TemplateResult {
  const { words } = desk;
  const rows = shownRows(desk);
  const from = Math.min(desk.page, Math.max(0, Math.ceil(rows.length / ROWS_PER_PAGE) - 1)) * ROWS_PER_PAGE;
  const page = rows.slice(from, from + ROWS_PER_PAGE);
  const fields = fieldsOf(batch, page);
  if (rows.length === 0) return html`<p class="nothing soft">${words.t('rows.nothing')}</p>`;
  return html`
    <div class="scroll" tabindex="0" role="region" aria-labelledby="title">
      <table part="table" id="table" tabindex="-1" aria-rowcount=${rows.length + 1}>
        <thead>
          <tr aria-rowindex="1">
            <th scope="col" class="number">${words.t('rows.row')}</th>
            <th scope="col">${words.t('rows.status')}</th>
            ${fields.map((field) => html`<th scope="col" class="of-cell ${field === 'amount' ? 'amount' : ''}">${words.labelOf(field)}</th>`)}
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            page.slice(0, desk.drawn),
            ({ id }) => id,
            (row, index) => rowView(desk, batch, row, fields, from + index + 2),
          )}
        </tbody>
      </table>
    </div>
    ${pagesView(desk, rows.length, from, page.length)}
  `;
}

/** The columns of the table, and what its rows need besides. */
function fieldsOf({ columns }: PayoutBatch, rows: readonly BatchRow[]): BatchField[] {
  const needed = new Set<BatchField>(rows.flatMap(({ issues }) => [...issues.keys()]));
  return BATCH_FIELDS.filter((field) => columns.includes(field) || needed.has(field));
}

function rowView(
  desk: BatchDesk,
  batch: PayoutBatch,
  row: BatchRow,
  fields: readonly BatchField[],
  rowIndex: number,
): TemplateResult {
  const { words } = desk;
  const isSent = !batch.isOpen(row);
  return html`<tr aria-rowindex=${rowIndex}>
    <th scope="row" class="number figures" data-label=${words.t('rows.row')}>${row.number}</th>
    <td class="state" data-label=${words.t('rows.status')}>${stateView(desk, batch, row)}</td>
    ${fields.map((field) => cellView(desk, batch, row, field, isSent))}
    <td class="remove">
      ${
        isSent
          ? nothing
          : html`<button
              type="button"
              class="icon"
              part="remove"
              aria-label=${words.t('rows.remove', { row: String(row.number) })}
              @click=${() => desk.remove(row.id)}
            >
              ${crossIcon()}
            </button>`
      }
    </td>
  </tr>`;
}

function cellView(
  desk: BatchDesk,
  batch: PayoutBatch,
  row: BatchRow,
  field: BatchField,
  isSent: boolean,
): TemplateResult {
  const { words } = desk;
  const id = `c-${row.id}-${field.replaceAll('.', '-')}`;
  const label = words.labelOf(field);
  const problem = words.cellProblem(batch, row, field);
  const warned = row.warnings.get(field);
  const note = problem === '' && warned ? words.note(warned) : '';
  const text = row.texts.get(field) ?? '';
  return html`<td data-label=${label}>
    <input
      class="input cell ${field === 'amount' ? 'amount' : ''}"
      part="input"
      id=${id}
      data-row=${row.id}
      aria-label=${words.t('rows.edit', { field: label, row: String(row.number) })}
      aria-invalid=${problem ? 'true' : nothing}
      aria-describedby=${problem || note ? `${id}-note` : nothing}
      autocomplete="off"
      autocapitalize="off"
      autocorrect="off"
      spellcheck="false"
      dir="auto"
      .value=${text}
      ?readonly=${isSent}
      @change=${(event: Event) => desk.edit(row.id, field, (event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => moveByKey(event, text)}
    />
    ${problem ? html`<p class="error" part="error" id="${id}-note">${errorIcon()}<span>${problem}</span></p>` : nothing}
    ${note ? html`<p class="error caution" part="warning" id="${id}-note">${warningIcon()}<span>${note}</span></p>` : nothing}
  </td>`;
}

/** Enter and the arrows go to the same column of the next or previous row; Escape takes the typing back. */
function moveByKey(event: KeyboardEvent, text: string): void {
  const input = event.currentTarget as HTMLInputElement;
  if (event.isComposing) return;
  if (event.key === 'Escape') {
    input.value = text;
    return;
  }
  const up = event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey);
  if (!up && event.key !== 'ArrowDown' && event.key !== 'Enter') return;
  event.preventDefault();
  // Also a text that was left as it was: whoever presses Enter has looked at it.
  if (event.key === 'Enter') input.dispatchEvent(new Event('change'));
  const cell = input.closest('td');
  const row = input.closest('tr');
  const next = up ? row?.previousElementSibling : row?.nextElementSibling;
  const index = cell && row ? Array.prototype.indexOf.call(row.children, cell) : -1;
  next?.children[index]?.querySelector<HTMLInputElement>('input')?.focus();
}

/** Where a row stands, in an icon and words. */
function stateView({ words }: BatchDesk, batch: PayoutBatch, row: BatchRow): TemplateResult {
  const t = words.t.bind(words);
  const chip = (tone: string, icon: () => TemplateResult, text: string, more = '') =>
    html`<span class="status ${tone}" part="status">${icon()}<span>${text}</span></span
      >${more ? html`<p class="hint">${more}</p>` : nothing}`;
  const { outcome } = row;
  switch (outcome?.state) {
    case 'sending':
      return chip('soft', clockIcon, t('state.sending'));
    case 'unknown':
      return chip('caution', questionIcon, t('state.unknown'));
    case 'already-sent': {
      const { status } = outcome;
      if (outcome.differs) return chip('danger', errorIcon, t('state.wrong'), t('state.differs'));
      return chip('success', checkIcon, t('state.already-sent'), status && words.status(status));
    }
    case 'refused': {
      const text = t(outcome.status ? 'state.failed' : 'state.refused');
      const more = outcome.field ? '' : words.refusal(row);
      return chip('danger', errorIcon, text, outcome.status ? `${more} ${t('note.failed')}`.trim() : more);
    }
    case 'accepted': {
      const { status = 'unknown' } = outcome;
      const text = status === 'unknown' ? t('state.accepted') : words.status(status);
      return status === 'succeeded' ? chip('success', checkIcon, text) : chip('soft', clockIcon, text);
    }
  }
  if (batch.kindOf(row) === 'wrong') return chip('danger', errorIcon, t('state.wrong'));
  if (!batch.isDuplicate(row)) return chip('success', checkIcon, t('state.ready'));
  const others = batch.duplicatesOf(row).filter((id) => id !== row.id);
  const rows = others.slice(0, 5).map((id) => String(batch.rows[id]?.number ?? ''));
  const list = rows.join(', ') + (others.length > rows.length ? '…' : '');
  return chip('caution', warningIcon, t('state.duplicate'), t('note.duplicate', { rows: list }));
}

/** Which rows are drawn, and the way to the others. */
export function pagesView(
  desk: BatchDesk,
  count: number,
  from: number,
  drawn: number,
): TemplateResult | typeof nothing {
  if (count <= ROWS_PER_PAGE) return nothing;
  const { words } = desk;
  const page = from / ROWS_PER_PAGE;
  return html`<div class="pages">
    <button
      type="button"
      class="secondary"
      part="secondary"
      ?disabled=${page === 0}
      @click=${() => desk.setPage(page - 1)}
    >
      ${words.t('rows.previous')}
    </button>
    <span class="soft figures" role="status">${words.t('rows.page', { from: from + 1, to: from + drawn, count })}</span>
    <button
      type="button"
      class="secondary"
      part="secondary"
      ?disabled=${from + drawn >= count}
      @click=${() => desk.setPage(page + 1)}
    >
      ${words.t('rows.next')}
    </button>
  </div>`;
}
