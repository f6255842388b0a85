import { html, type TemplateResult } from 'lit';

/** One line of the review: a label, the value that is sent, and what it means where the value is a code. */
export interface ReviewRow {
  label: string;
  value: string;
  meaning?: string | undefined;
}

/** Every leaf of a request, in its own order, as dotted path and text. */
export function leavesOf(value: object, prefix = ''): [path: string, text: string][] {
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
      ({ label, value, meaning }) =>
        html`<div>
          <dt>${label}</dt>
          <dd class="figures"><bdi>${value}</bdi>${meaning ? html` <span class="meaning">${meaning}</span>` : ''}</dd>
        </div>`,
    )}
  </dl>`;
}
