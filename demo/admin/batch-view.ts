import type { LesspayBatchSubmittedEvent } from 'lesspay-elements';
import { html, type TemplateResult } from 'lit';

/** The page on which many payouts are made from one file. */
export function batchView(submitted: (event: LesspayBatchSubmittedEvent) => void): TemplateResult {
  return html`
    <div class="office-title"><h1>Pay many</h1></div>
    <p class="office-lead">
      The riders' week in one file, each row checked before anything is sent. To try it, take
      <a href="/demo/riders.csv" download>this sample</a>: it has two mistakes and a double.
    </p>
    <section class="panel" aria-label="Payouts from a file">
      <lesspay-payout-batch
        proxy="/lesspay"
        currency="PHP"
        .defaults=${{ method: 'ewallet' }}
        @lesspay-batch-submitted=${submitted}
      ></lesspay-payout-batch>
    </section>
  `;
}
