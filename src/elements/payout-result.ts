import { html, nothing, type TemplateResult } from 'lit';
import type { CreatePayoutsRequest } from '../protocol/messages.ts';
import { isFinal } from '../protocol/status.ts';
import { formButton, moneyText, type FormView } from './form-view.ts';
import { checkIcon, clockIcon, errorIcon, questionIcon } from './icons.ts';
import { deskText } from './payout-desk-text.ts';
import type { AttemptOutcome } from '../payouts/payout-attempt.ts';
import { reviewList, type ReviewRow } from './payout-review.ts';

/** How a status looks: its tone and its icon; words go with it. */
const LOOKS: Readonly<Record<string, readonly [tone: string, icon: () => TemplateResult]>> = {
  succeeded: ['success', checkIcon],
  failed: ['danger', errorIcon],
  unknown: ['warning', questionIcon],
};

/**
 * Draws what became of a payout and what happens next. While nobody knows, the only way on is to ask about this very
 * payout; `isUnchanged` says that asking has brought nothing new.
 */
export function payoutResult(
  view: FormView,
  { currency, payouts: [payout] }: CreatePayoutsRequest,
  { status, requestId }: Exclude<AttemptOutcome, { state: 'refused' }>,
  isAsking: boolean,
  isUnchanged: boolean,
): TemplateResult | typeof nothing {
  if (!payout) return nothing;
  const t = deskText(view.lang);
  const isKnown = status !== 'unknown';
  const final = isFinal(status);
  const [tone, icon] = LOOKS[status] ?? ['', clockIcon];
  const row = (name: string, value: string): ReviewRow => [view.labelOf(name), value];
  return html`
    <div class="result ${tone}">
      <span class="disc" part="icon">${icon()}</span>
      <div>
        <h2 class="title" part="title" id="title" tabindex="-1">
          ${t(`result.${status}.title`) ?? t(final ? 'result.ended.title' : 'result.accepted.title')}
        </h2>
        <p class="intro" part="text" role="status">${t(`result.${status}`)}</p>
      </div>
    </div>
    ${reviewList([
      row('amount', moneyText(view, payout.amount, currency)),
      row('holderName', payout.recipient.holderName),
      row('reference', payout.reference),
      ...(requestId ? [[t('result.requestId'), requestId] as const] : []),
    ])}
    <p class="hint" role="status">${!isKnown && !isAsking && isUnchanged ? t('result.unchanged') : ''}</p>
    <div class="actions">
      ${
        isKnown
          ? [
              !final && formButton(view, t('result.update'), 'update'),
              formButton(view, t('result.another'), 'another'),
            ].filter(Boolean)
          : formButton(view, t(isAsking ? 'result.checking' : 'result.check'), 'submit', 'primary', isAsking)
      }
    </div>
  `;
}
