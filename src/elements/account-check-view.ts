import { html, nothing, type TemplateResult } from 'lit';
import type { AccountCheckView } from './account-check.ts';
import type { FormView } from './form-view.ts';
import { checkIcon, questionIcon, warningIcon } from './icons.ts';

/** Draws what the bank says about the name on the account. Only a real match gets a tick. */
export function accountCheckView(
  { t, own, disabled }: FormView,
  { state, holderName: name }: AccountCheckView,
  isEnough: boolean,
): TemplateResult {
  const isMatch = state === 'match';
  const differs = state.endsWith('-match');
  const again = state === 'failed';
  const advice = isMatch || state === 'asking' ? '' : !isEnough ? 'check.needed' : differs ? '' : 'check.goOn';
  const icon = isMatch ? checkIcon : differs ? warningIcon : questionIcon;
  return html`<p part="check" class="banner ${isMatch ? 'success' : differs ? 'warning' : 'soft'}">
    ${state === 'asking' ? html`<span class="spinner late"></span>` : icon()}
    <span
      >${own(`check.${state}`)} ${name && t('check.name', { name })} ${advice && t(advice)}
      ${
        (name && !isMatch) || again
          ? html`<button type="button" class="link" data-act="ask" data-name=${name} ?disabled=${disabled}>
              ${t(again ? 'check.again' : 'check.use')}
            </button>`
          : nothing
      }</span
    >
  </p>`;
}
