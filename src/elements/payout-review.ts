import { html, nothing, type TemplateResult } from 'lit';
import type { CreatePayoutsRequest } from '../protocol/messages.ts';
import { formButton, moneyText, type FormView } from './form-view.ts';
import { inFours } from './grouped-input.ts';
import { deskText } from './payout-desk-text.ts';
import { nameOf } from './region-names.ts';

/** One line of the review: a label, the value that is sent, and what it means where the value is a code. */
export type ReviewRow = readonly [label: string, value: string, meaning?: string];

/** Every leaf of a request, in its own order, as dotted path and text. */
function leavesOf(value: object, prefix = ''): [path: string, text: string][] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null
      ? leavesOf(member, `${prefix}${key}.`)
      : [[prefix + key, String(member)] as [string, string]],
  );
}

/** The rows as a definition list. */
export function reviewList(rows: readonly ReviewRow[]): TemplateResult {
  return html`<dl class="review" part="review">
    ${rows.map(
      ([label, value, meaning]) =>
        html`<div>
          <dt>${label}</dt>
          <dd class="figures"><bdi>${value}</bdi>${meaning && html` <span class="meaning">${meaning}</span>`}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Draws every member of a payout before it is sent, so that nothing is sent that was not shown. */
export function payoutReview(
  view: FormView,
  { currency, payouts: [payout] }: CreatePayoutsRequest,
  isSending: boolean,
  check: unknown,
): TemplateResult | typeof nothing {
  if (!payout) return nothing;
  const { entry, lang, own, labelOf } = view;
  const t = deskText(lang);
  const { amount } = payout;
  const money = moneyText(view, amount, currency);
  const row = (path: string, text: string): ReviewRow => {
    const label = labelOf(path);
    if (path === 'country') return [label, nameOf('region', text, lang), text];
    if (path === 'bankId') return [label, entry.draft.texts.get('bankIdName') ?? text, text];
    return [label, path === 'iban' ? inFours(text) : (own(`${path}.${text}`) ?? text)];
  };
  return html`
    <div>
      <h2 class="title" part="title" id="title" tabindex="-1">${t('review.title')}</h2>
      <p class="intro" part="text">${t('review.intro')}</p>
    </div>
    ${reviewList([
      ...leavesOf(payout.recipient).map(([path, text]) => row(path, text)),
      // "$" and "₱" are the signs of several currencies; "MYR 120.50" says it already.
      [labelOf('amount'), money, money.includes(currency) ? '' : `${amount} ${currency}`],
      row('reference', payout.reference),
    ])}
    ${check}
    <p class="visually-hidden" role="status">${isSending ? t('review.sending') : ''}</p>
    <div class="actions">
      ${isSending ? nothing : formButton(view, t('review.edit'), 'edit')}
      ${formButton(view, isSending ? t('review.sending') : t('review.send', { amount: money }), 'submit', 'primary', isSending)}
    </div>
  `;
}
