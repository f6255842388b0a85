import { html, nothing, type TemplateResult } from 'lit';
import type { PayoutItem } from '../protocol/messages.ts';
import type { BatchField } from '../payouts/columns.ts';
import { pagesView, ROWS_PER_PAGE } from './batch-rows-view.ts';
import { inFours } from './grouped-input.ts';
import { warningIcon } from './icons.ts';
import type { BatchDesk } from './payout-batch-desk.ts';

/** Every payout of the batch exactly as it will be sent, and the one button that sends. */
export function reviewView(desk: BatchDesk): TemplateResult | typeof nothing {
  const { batch, words } = desk;
  if (!batch) return nothing;
  const t = words.t.bind(words);
  const rows = batch.ready;
  const amount = words.money(batch.total);
  const count = rows.length;
  const from = Math.min(desk.page * ROWS_PER_PAGE, Math.max(0, count - 1));
  const drawn = rows.slice(from, from + ROWS_PER_PAGE);
  const { duplicates } = desk;
  const mustConfirm = duplicates > 0 && !desk.confirmed;
  return html`
    <div>
      <h2 class="title" part="title" id="title" tabindex="-1">${t('review.title')}</h2>
      <p class="soft">${t('review.text', { count, amount })}</p>
    </div>
    <dl class="sums">
      ${sums(
        desk,
        rows.flatMap(({ payout }) => payout ?? []),
      )}
    </dl>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="title">
      <table part="table" id="table" tabindex="-1" aria-rowcount=${count + 1}>
        <thead>
          <tr aria-rowindex="1">
            <th scope="col">${words.labelOf('reference')}</th>
            <th scope="col">${words.labelOf('holderName')}</th>
            <th scope="col">${t('review.account')}</th>
            <th scope="col" class="amount">${words.labelOf('amount')}</th>
          </tr>
        </thead>
        <tbody>
          ${drawn.map(({ payout }, index) =>
            payout
              ? html`<tr aria-rowindex=${from + index + 2}>
                  <th scope="row" data-label=${words.labelOf('reference')}><bdi>${payout.reference}</bdi></th>
                  <td data-label=${words.labelOf('holderName')}><bdi>${payout.recipient.holderName}</bdi></td>
                  <td data-label=${t('review.account')} class="figures">${accountView(desk, payout)}</td>
                  <td data-label=${words.labelOf('amount')} class="amount figures">${words.money(payout.amount)}</td>
                </tr>`
              : nothing,
          )}
        </tbody>
      </table>
    </div>
    ${pagesView(desk, count, from, drawn.length)}
    ${
      duplicates > 0
        ? html`<div class="banner caution" part="banner">
            ${warningIcon()}
            <label class="confirm"
              ><input
                type="checkbox"
                id="confirm"
                .checked=${desk.confirmed}
                @change=${(event: Event) => desk.setConfirmed((event.target as HTMLInputElement).checked)}
              /><span>${t('review.confirm', { count: duplicates })}</span></label
            >
          </div>`
        : nothing
    }
    <div class="foot">
      <button type="button" class="secondary" part="secondary" @click=${() => desk.backToRows()}>
        ${t('review.back')}
      </button>
      <div class="send">
        ${mustConfirm ? html`<p class="hint" id="why">${t('review.confirm-first')}</p>` : nothing}
        <button
          type="button"
          class="primary"
          part="primary"
          ?disabled=${mustConfirm}
          aria-describedby=${mustConfirm ? 'why' : nothing}
          @click=${() => void desk.submit()}
        >
          ${t('review.send', { count, amount })}
        </button>
      </div>
    </div>
  `;
}

/** How many go which way. */
function sums({ words }: BatchDesk, payouts: readonly PayoutItem[]): TemplateResult[] {
  const ways = new Map<string, number>();
  for (const { recipient } of payouts) {
    const way =
      recipient.method === 'ewallet'
        ? recipient.provider
        : (words.form(`method.${recipient.method}`) ?? recipient.method);
    ways.set(way, (ways.get(way) ?? 0) + 1);
  }
  return [...ways].map(
    ([way, count]) =>
      html`<div>
        <dt>${way}</dt>
        <dd class="figures">${count}</dd>
      </div>`,
  );
}

/** Every member of the recipient but its name, as it is sent. */
function accountView({ words }: BatchDesk, { recipient }: PayoutItem): TemplateResult {
  const { method } = recipient;
  const rest = Object.entries(recipient).filter(([name]) => name !== 'method' && name !== 'holderName');
  const leaves = rest.flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null
      ? Object.entries(member).map(([key, text]) => [`${name}.${key}`, String(text)] as const)
      : [[name, String(member)] as const],
  );
  const way = words.form(`method.${method}`) ?? method;
  return html`<ul class="leaves">
    <li>${way}</li>
    ${leaves.map(
      ([name, text]) =>
        html`<li>
          <span class="soft">${words.labelOf(name as BatchField)}</span>
          <bdi>${name === 'iban' ? inFours(text) : (words.form(`${name}.${text}`) ?? text)}</bdi>
        </li>`,
    )}
  </ul>`;
}
