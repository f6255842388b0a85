import { nothing, type ReactiveControllerHost } from 'lit';
import type { ClientOptions } from '../client.ts';
import type { AttemptOutcome } from '../payouts/payout-attempt.ts';
import { LesspayErrorEvent } from './events.ts';
import type { FormView } from './form-view.ts';
import { payoutDeskStyles } from './payout-desk-styles.ts';
import { deskText } from './payout-desk-text.ts';
import { PayoutProgress, type RecipientFormStep } from './payout-progress.ts';
import { takeRefusal } from './payout-refusal.ts';
import { payoutResult } from './payout-result.ts';
import { payoutReview } from './payout-review.ts';
import { problemSummary } from './problem-summary.ts';
import { LesspaySubmittedEvent } from './recipient-events.ts';

/** What the desk needs of the form that it works for. */
export interface DeskHost {
  client: () => ClientOptions;
  view: () => FormView;
  /** Draws anew, with the focus on the element of an id, and with why the whole payout was refused. */
  show: (focus: string, banner?: string) => void;
}

/**
 * What a recipient form does with a payout once it is filled: the review, the sending, what came of it. Loaded where a form
 * has `payout`.
 */
export class PayoutDesk {
  readonly progress: PayoutProgress;
  readonly #form: ReactiveControllerHost & Element;
  readonly #host: DeskHost;

  constructor(form: ReactiveControllerHost & Element, host: DeskHost) {
    this.#form = form;
    this.#host = host;
    this.progress = new PayoutProgress(form, host.client, (outcome, before) => this.#settle(outcome, before));
    const { styleSheet } = payoutDeskStyles;
    if (styleSheet) form.shadowRoot?.adoptedStyleSheets.push(styleSheet);
  }

  get step(): RecipientFormStep {
    return this.progress.step;
  }

  /** Draws what stands in the place of the fields from the review on. */
  render(view: FormView, banner: string, check: unknown): unknown {
    const { request, outcome, isAsking, isUnchanged, step } = this.progress;
    const isSending = step === 'sending';
    if (step === 'review' || isSending) {
      const payout = isSending ? request : view.entry.request;
      return payout && [problemSummary(view, banner, []), payoutReview(view, payout, isSending, check)];
    }
    if (!request || !outcome || outcome.state === 'refused') return nothing;
    return payoutResult(view, request, outcome, isAsking, isUnchanged);
  }

  /** Tells the operator and the page what came of sending or asking. */
  #settle(outcome: AttemptOutcome, before: AttemptOutcome | undefined): void {
    const { progress } = this;
    const view = this.#host.view();
    const { error } = outcome;
    let text = deskText(view.lang)('result.unknown.title');
    if (outcome.state === 'refused') {
      const refusal = takeRefusal(view, outcome.error);
      ({ text } = refusal);
      progress.refused(refusal.isCurable, outcome.error.retryable);
      this.#host.show('summary', text);
    } else {
      const { requestId, status, total } = outcome;
      const { currency = '', payouts: [payout] = [] } = progress.request ?? {};
      if (requestId && before?.requestId !== requestId && payout) {
        this.#form.dispatchEvent(
          new LesspaySubmittedEvent({ ...payout, requestId, status, total: total ?? payout.amount, currency }),
        );
      }
      this.#host.show(progress.isUnchanged ? '' : 'title');
    }
    if (error) {
      const { code, retryable, message } = error;
      this.#form.dispatchEvent(new LesspayErrorEvent({ code, retryable, message, text, cause: error }));
    }
  }
}
