import type { LesspayPayoutStatusEvent } from 'lesspay-elements';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Payee, PayoutLine, PayoutRow } from '../api.ts';
import { FILTERS, type FilterId, money, PAYOUT_WORDS, type Tone, when } from './words.ts';

/** What the payouts view shows. */
export interface PayoutsState {
  rows: readonly PayoutRow[] | undefined;
  payees: readonly Payee[];
  filter: FilterId;
  /** Request ids of the rows that are unfolded. */
  unfolded: ReadonlySet<string>;
  /** References of the payees that are ticked. */
  ticked: ReadonlySet<string>;
  notice: { tone: 'good' | 'bad'; text: string } | undefined;
}

/** What a person can do in it. */
export interface PayoutsActions {
  filter(id: FilterId): void;
  unfold(requestId: string): void;
  tick(reference: string): void;
  compose(): void;
  confirm(): void;
  dismiss(): void;
  /** The status of a payout that someone looks at is another one. */
  follow(event: LesspayPayoutStatusEvent): void;
}

export function chip({ tone, text }: { tone: Tone; text: string }): TemplateResult {
  return html`<span class="chip chip-${tone}">${text}</span>`;
}

const plus = html`<svg viewBox="0 0 20 20" aria-hidden="true" class="icon"><path d="M10 4v12M4 10h12" /></svg>`;
const chevron = html`<svg viewBox="0 0 20 20" aria-hidden="true" class="icon"><path d="m5 8 5 5 5-5" /></svg>`;

export function payoutsView(state: PayoutsState, act: PayoutsActions): TemplateResult {
  return html`
    <div class="office-title">
      <h1>Payouts</h1>
      <button class="button" @click=${() => act.compose()}>${plus} New payout</button>
    </div>
    <div class="office-columns">
      <section class="office-main" aria-label="Payouts">
        ${notice(state, act)} ${filters(state, act)} ${table(state, act)}
      </section>
      ${due(state, act)}
    </div>
  `;
}

function notice({ notice: shown }: PayoutsState, act: PayoutsActions) {
  return html`<div role="status">
    ${
      shown &&
      html`<p class="notice notice-${shown.tone}">
        <span>${shown.text}</span>
        <button class="plain" @click=${() => act.dismiss()}>Dismiss</button>
      </p>`
    }
  </div>`;
}

function filters({ rows, filter }: PayoutsState, act: PayoutsActions) {
  return html`<fieldset class="filters">
    <legend class="visually-hidden">Show</legend>
    ${FILTERS.map(
      ({ id, text, has }) =>
        html`<label>
          <input type="radio" name="filter" .checked=${filter === id} @change=${() => act.filter(id)} />
          <span>${text} <span class="figure">${rows?.filter(has).length ?? 0}</span></span>
        </label>`,
    )}
  </fieldset>`;
}

function table(state: PayoutsState, act: PayoutsActions) {
  if (!state.rows) return html`<p class="empty-list soft">Loading…</p>`;
  const has = FILTERS.find(({ id }) => id === state.filter)?.has ?? (() => true);
  const rows = state.rows.filter(has);
  if (rows.length === 0) {
    return html`<p class="empty-list soft">
      ${state.rows.length > 0 ? 'No payouts in this state.' : 'No payouts yet. Pay the people on the list, or send a new payout.'}
    </p>`;
  }
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Payee</th>
        <th scope="col" class="wide-only">Reference</th>
        <th scope="col" class="wide-only">Sent</th>
        <th scope="col" class="amount wide-only">Amount</th>
        <th scope="col">Status</th>
        <th scope="col"><span class="visually-hidden">Details</span></th>
      </tr>
    </thead>
    ${repeat(
      rows,
      ({ requestId }) => requestId,
      (row) => body(row, state.unfolded.has(row.requestId), act),
    )}
  </table>`;
}

function body(row: PayoutRow, isUnfolded: boolean, act: PayoutsActions) {
  const [first, ...others] = row.lines;
  if (!first) return nothing;
  const name = others.length > 0 ? `${row.lines.length} payees` : first.payee;
  const more =
    others.length > 0 ? row.lines.map(({ payee }) => payee.split(' ')[0]).join(', ') : `${first.via} ${first.account}`;
  return html`<tbody data-request-id=${row.requestId}>
    <tr>
      <th scope="row">
        <span class="payee">${name}</span>
        <span class="soft small">${more}</span>
        <span class="narrow-only figure">${money(row.total, row.currency)}</span>
      </th>
      <td class="wide-only figure">${first.reference}${others.length > 0 ? ` +${others.length}` : ''}</td>
      <td class="wide-only soft">${when(row.sentAt)}</td>
      <td class="amount figure wide-only">${money(row.total, row.currency)}</td>
      <td class="state">${chip(PAYOUT_WORDS[row.status])}</td>
      <td class="unfold">
        <button
          class="plain square"
          aria-expanded=${isUnfolded ? 'true' : 'false'}
          aria-label="Details of ${name}, ${first.reference}"
          @click=${() => act.unfold(row.requestId)}
        >
          ${chevron}
        </button>
      </td>
    </tr>
    ${
      isUnfolded
        ? html`<tr class="detail">
            <td colspan="6">
              <ul>
                ${row.lines.map(detail)}
              </ul>
              <lesspay-payout-status
                proxy="/lesspay"
                request-id=${row.requestId}
                @lesspay-payout-status=${(event: LesspayPayoutStatusEvent) => act.follow(event)}
              ></lesspay-payout-status>
              <p class="soft small">Sent by ${row.operator} on ${when(row.sentAt)}</p>
            </td>
          </tr>`
        : nothing
    }
  </tbody>`;
}

/** Whom a payout goes to, which only the studio's own records say in full. */
function detail({ payee, via, account, reference }: PayoutLine) {
  return html`<li>
    <span class="detail-who"><strong>${payee}</strong> <span class="soft small">${via} ${account}</span></span>
    <span class="figure small">${reference}</span>
  </li>`;
}

function due({ payees, ticked }: PayoutsState, act: PayoutsActions) {
  const chosen = payees.filter(({ reference, requestId }) => ticked.has(reference) && !requestId);
  return html`<section class="panel due" aria-labelledby="due-title">
    <h2 id="due-title">Payees due</h2>
    <p class="soft small">This week’s riders and makers, paid together.</p>
    <ul>
      ${payees.map(
        (payee) =>
          html`<li>
            <label class=${payee.requestId ? 'is-sent' : ''}>
              <input
                type="checkbox"
                .checked=${ticked.has(payee.reference) || payee.requestId !== undefined}
                ?disabled=${payee.requestId !== undefined}
                @change=${() => act.tick(payee.reference)}
              />
              <span class="detail-who">
                <strong>${payee.recipient.holderName}</strong>
                <span class="soft small">${payee.why}</span>
                <span class="soft small"
                  >${payee.recipient.provider} •••• ${payee.recipient.accountNumber.slice(-4)}</span
                >
              </span>
              <span class="figure">${payee.requestId ? 'Sent' : money(payee.amount, payee.currency)}</span>
            </label>
          </li>`,
      )}
    </ul>
    <button class="button wide" ?disabled=${chosen.length === 0} @click=${() => act.confirm()}>
      ${chosen.length === 0 ? 'Pay selected' : `Pay selected ${money(sum(chosen), 'PHP')}`}
    </button>
  </section>`;
}

/** Sums whole centavos, because floating point cannot. */
export function sum(payees: readonly Payee[]): string {
  const cents = payees.reduce((total, { amount }) => total + BigInt(amount.replace('.', '')), 0n);
  return `${String(cents / 100n)}.${String(cents % 100n).padStart(2, '0')}`;
}
