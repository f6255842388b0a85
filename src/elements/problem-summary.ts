import { html, nothing, type TemplateResult } from 'lit';
import { fieldId } from './field-templates.ts';
import type { FormView } from './form-view.ts';
import { errorIcon } from './icons.ts';

/** Draws what was refused or is not right, with links to the fields. */
export function problemSummary(
  { entry, t, labelOf, problemOf }: FormView,
  banner: string,
  names: readonly string[],
): TemplateResult | typeof nothing {
  const listed = names.flatMap((name) => {
    const text = entry.refused.get(name) ?? problemOf(name);
    const link = html`<a href="#${fieldId(name)}">${labelOf(name)}</a>`;
    return text ? [html`<li>${link}${text === banner ? '' : `: ${text}`}</li>`] : [];
  });
  const count = listed.length;
  if (!count && !banner) return nothing;
  return html`<div
    class="banner danger"
    part="summary"
    id="summary"
    role="group"
    tabindex="-1"
    aria-labelledby="summary-title"
  >
    ${errorIcon()}
    <div>
      <p class="banner-title" id="summary-title">${banner || t('form.summary', { count })}</p>
      ${
        count
          ? html`<ul>
              ${listed}
            </ul>`
          : nothing
      }
    </div>
  </div>`;
}
