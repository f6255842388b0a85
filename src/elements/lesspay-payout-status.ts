import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { getPayouts, ProxyError } from '../client.ts';
import { payoutStatus } from '../locales/en/payout-status.ts';
import type { PayoutDetail, PayoutStatusResponse } from '../protocol/messages.ts';
import { isFinal, type PayoutStatus } from '../protocol/status.ts';
import { LesspayErrorEvent, type LesspayErrorCode } from './events.ts';
import { checkIcon, clockIcon, crossIcon, minusIcon, questionIcon, returnIcon, warningIcon } from './icons.ts';
import { LesspayElement } from './lesspay-element.ts';
import { formatMoney } from './money.ts';
import { LesspayPayoutSettledEvent, LesspayPayoutStatusEvent } from './payout-status-events.ts';
import { payoutStatusStyles } from './payout-status-styles.ts';
import { Polling, type PollTiming } from './polling.ts';
import { tokens } from './styles.ts';
import { secondaryButton } from './secondary-button.ts';
import { translator } from './texts.ts';

type View = 'checking' | 'missing' | 'forbidden' | PayoutStatus;

const LOOKS: Readonly<Record<View, readonly [tone: string, icon: () => TemplateResult]>> = {
  checking: ['soft', clockIcon],
  missing: ['soft', questionIcon],
  forbidden: ['soft', questionIcon],
  review: ['soft', clockIcon],
  processing: ['soft', clockIcon],
  unknown: ['caution', questionIcon],
  succeeded: ['success', checkIcon],
  'partly-succeeded': ['caution', warningIcon],
  failed: ['danger', crossIcon],
  canceled: ['soft', minusIcon],
  refunded: ['soft', returnIcon],
  closed: ['soft', minusIcon],
};

const OURS: ReadonlySet<string> = new Set<View>(['checking', 'missing', 'forbidden']);
const isStatus = (text: string): text is PayoutStatus => Object.hasOwn(LOOKS, text) && !OURS.has(text);
/** The rules' form of a request id; anything else would only change the path that is asked. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MISSING: readonly LesspayErrorCode[] = ['payout-not-found', 'not-found', 'proxy-not-allowed'];
const ANSWER_WITHIN_MS = 20_000;
/** The longest pause once the money is on its way. */
const MOVING_MAX_MS = 15_000;
/** How many payouts are drawn at a time. */
const AT_ONCE = 50;

const translate = translator('payoutStatus', payoutStatus);
type Text = (key: keyof typeof payoutStatus, values?: Readonly<Record<string, string | number>>) => string;

/** The events of `<lesspay-payout-status>` by name. */
export interface LesspayPayoutStatusEventMap {
  'lesspay-payout-status': LesspayPayoutStatusEvent;
  'lesspay-payout-settled': LesspayPayoutSettledEvent;
  'lesspay-error': LesspayErrorEvent;
}

/**
 * Follows a payout request until its status is final: its review, its way, and each of its payouts with the reason where
 * one failed. What is not known is never called failed.
 *
 * @summary Where a payout request and each of its payouts stand.
 * @tag lesspay-payout-status
 * @fires {LesspayPayoutStatusEvent} lesspay-payout-status - The request or one of its payouts has another status.
 * @fires {LesspayPayoutSettledEvent} lesspay-payout-settled - The status is final; once per request.
 * @fires {LesspayErrorEvent} lesspay-error - The request cannot be followed: there is no such one, or it may not be seen.
 * @slot - Shown while waiting, for example what happens if the operator leaves the page.
 * @csspart icon - The disc with the icon.
 * @csspart headline - The status in a few words.
 * @csspart text - What happens next, or what to do.
 * @csspart summary - Total, count and payout number.
 * @csspart progress - How many of the payouts are final.
 * @csspart details - The table of the payouts.
 * @csspart status - Where one payout stands.
 * @csspart reason - Why one payout failed, and what to do.
 * @csspart filter - The choice to see only what failed.
 * @csspart secondary - The buttons.
 * @cssprop [--lesspay-success] - Colour of what was paid.
 * @cssprop [--lesspay-danger] - Colour of what failed.
 * @cssprop [--lesspay-warning] - Colour of what needs a look.
 * @cssstate asking - While the proxy is being asked.
 * @cssstate checking - Before the first answer.
 * @cssstate review - The platform is reviewing the request.
 * @cssstate processing - The money is on its way.
 * @cssstate succeeded - Everything was paid.
 * @cssstate partly-succeeded - Some payouts were paid and some not.
 * @cssstate failed - Nothing was paid.
 * @cssstate canceled - The request was canceled.
 * @cssstate refunded - The money came back.
 * @cssstate closed - The request was closed unpaid.
 * @cssstate unknown - The outcome is not known yet.
 * @cssstate missing - There is no such request.
 * @cssstate forbidden - The request may not be seen.
 * @cssstate settled - The status is final.
 */
export class LesspayPayoutStatus extends LesspayElement<LesspayPayoutStatusEventMap> {
  static override readonly styles = [tokens, secondaryButton, payoutStatusStyles];

  static override readonly properties = {
    proxy: {},
    requestId: { attribute: 'request-id' },
    fetch: { attribute: false },
    allowedProxyOrigins: { attribute: false },
    pollTiming: { attribute: false },
  };

  /** The base path of the signing proxy. */
  declare proxy: string;
  /** The request to follow; without it, `request_id` of the page's own address. */
  declare requestId: string;
  /** Used instead of the page's `fetch`. */
  declare fetch: typeof globalThis.fetch | undefined;
  /** Other origins on which the proxy may be. */
  declare allowedProxyOrigins: readonly string[] | undefined;
  /** The pauses between questions. A review by hand takes hours, so they grow to a minute; afterwards to 15 s at most. */
  declare pollTiming: PollTiming;

  #view: View = 'checking';
  #id = '';
  #answer: PayoutStatusResponse | undefined;
  #isLost = false;
  #nothingNew = false;
  #onlyFailed = false;
  #drawn = AT_ONCE;
  /** The place of the first payout that was drawn last. */
  #firstNew = -1;
  #said = '';
  readonly #polling = new Polling(
    this,
    (signal) => this.#ask(signal),
    () => this.#timing,
  );
  /** Whoever was on a button that the next update takes away goes on there. */
  #goOn: 'headline' | 'row' | undefined;

  constructor() {
    super();
    this.proxy = '/lesspay';
    this.requestId = '';
    this.pollTiming = { firstMs: 2_000, maxMs: 60_000, factor: 1.5, jitter: 0.2 };
  }

  /** What the proxy last said; `unknown` before its first answer. */
  get status(): PayoutStatus {
    return this.#answer?.status ?? 'unknown';
  }

  /** Whether the status is final. */
  get settled(): boolean {
    return this.#answer?.final === true;
  }

  /** Each payout of the request, as last known. */
  get details(): readonly PayoutDetail[] {
    return this.#answer?.details ?? [];
  }

  /** Asks at once; resolves when the answer is shown. */
  async check(): Promise<void> {
    await this.updateComplete;
    await this.#polling.ask();
    await this.updateComplete;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.shadowRoot?.activeElement?.classList.contains('check')) this.#goOn = 'headline';
    if (changed.has('requestId') || changed.has('proxy')) {
      const id = this.requestId || (new URLSearchParams(location.search).get('request_id') ?? '');
      // Not part of this update: it asks, and what it shows is the next one.
      queueMicrotask(() => this.#follow(id));
    }
  }

  protected override updated(): void {
    this.setState('asking', this.#polling.isAsking);
    this.setState('settled', this.settled);
    for (const view of Object.keys(LOOKS)) this.setState(view, view === this.#view);
    const { renderRoot } = this;
    if (this.#goOn === 'row') renderRoot.querySelector<HTMLElement>('[tabindex="-1"][scope=row]')?.focus();
    if (this.#goOn === 'headline' && !renderRoot.querySelector('.check'))
      renderRoot.querySelector<HTMLElement>('.headline')?.focus();
    this.#goOn = undefined;
  }

  protected override render(): TemplateResult {
    const t = this.#t;
    const view = this.#view;
    const [tone, icon] = LOOKS[view];
    const [title, text] = OURS.has(view)
      ? ([`${view}.title`, `${view}.text`] as const)
      : ([`title.${view}`, `text.${view}`] as const);
    return html`<div class="view">
      <div class="top">
        <div part="icon" class="disc ${tone}">${icon()}</div>
        <div>
          <p part="headline" class="headline" tabindex="-1">${t(title as keyof typeof payoutStatus)}</p>
          <p part="text" class="soft-text">${t(text as keyof typeof payoutStatus)}</p>
        </div>
      </div>
      <div class="visually-hidden" role="status">${this.#said}</div>
      ${view === 'checking' ? html`<div class="skeleton"></div>` : nothing} ${this.#summaryView()}
      ${this.#detailsView()} ${this.#waiting ? html`<slot></slot>` : nothing}
      ${this.settled || this.#id === '' ? nothing : this.#checkView()}
    </div>`;
  }

  get #t(): Text {
    return translate(this.language) as Text;
  }

  /** Nothing final is known about a request that exists as far as we know. */
  get #waiting(): boolean {
    return this.#id !== '' && !this.settled && this.#view !== 'missing' && this.#view !== 'forbidden';
  }

  get #timing(): PollTiming | undefined {
    if (!this.#waiting) return undefined;
    const { maxMs } = this.pollTiming;
    return { ...this.pollTiming, maxMs: this.status === 'review' ? maxMs : Math.min(maxMs, MOVING_MAX_MS) };
  }

  get #counts(): { count: number; done: number; failed: number } {
    const { details } = this;
    const done = details.filter(({ status }) => status === 'succeeded').length;
    const failed = details.filter(({ status }) => status !== 'succeeded' && isFinal(status)).length;
    return { count: details.length, done, failed };
  }

  #follow(id: string): void {
    this.#polling.stop();
    this.#answer = undefined;
    this.#isLost = this.#nothingNew = this.#onlyFailed = false;
    this.#drawn = AT_ONCE;
    this.#firstNew = -1;
    this.#said = '';
    this.#id = REQUEST_ID.test(id) ? id : '';
    this.#show('checking');
    if (this.#id !== '') {
      this.#polling.restart();
      return;
    }
    this.#give('missing', {
      code: id ? 'request-id-invalid' : 'request-id-missing',
      message: id
        ? 'The request id of <lesspay-payout-status> is not one that the proxy gives out.'
        : '<lesspay-payout-status> has no payout to follow: set "request-id", or open the page with ?request_id=.',
    });
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { proxy, allowedProxyOrigins, fetch } = this;
    const options = { proxy, allowedProxyOrigins, fetch, signal, timeoutMs: ANSWER_WITHIN_MS };
    try {
      const answer = await getPayouts(options, this.#id);
      if (!signal.aborted) this.#take(answer);
    } catch (cause) {
      if (!signal.aborted) this.#miss(cause);
    }
  }

  #take(answer: PayoutStatusResponse): void {
    const before = this.#answer;
    // A newer proxy may know a status that this element does not.
    const known = (status: PayoutStatus): PayoutStatus => (isStatus(status) ? status : 'unknown');
    const details = answer.details.map((detail) => ({ ...detail, status: known(detail.status) }));
    this.#answer = { ...answer, requestId: this.#id, status: known(answer.status), details };
    this.#isLost = false;
    const states = (own: PayoutStatusResponse) => [own.status, ...own.details.map(({ status }) => status)].join();
    const isNew = !before || states(before) !== states(this.#answer);
    this.#show(this.#answer.status);
    if (isNew) {
      this.#announce();
      this.dispatchEvent(new LesspayPayoutStatusEvent(this.#answer));
    }
    if (answer.final && !before?.final) this.dispatchEvent(new LesspayPayoutSettledEvent(this.#answer));
  }

  /** One sentence about the whole, however many payouts have changed. */
  #announce(): void {
    const { count, done, failed } = this.#counts;
    const t = this.#t;
    const progress = failed > 0 ? t('progress.failed', { done, count, failed }) : t('progress', { done, count });
    this.#said = count > 1 ? `${t(`title.${this.status}`)}. ${progress}.` : `${t(`title.${this.status}`)}.`;
  }

  #miss(cause: unknown): void {
    // What was once found is not lost because of one answer, and no answer says nothing about the payouts.
    if (cause instanceof ProxyError && !this.#answer) {
      if (MISSING.includes(cause.code)) {
        this.#give('missing', cause);
        return;
      }
      if (cause.code === 'forbidden') {
        this.#give('forbidden', cause);
        return;
      }
    }
    this.#isLost = true;
    this.#show(this.#answer?.status ?? 'checking');
  }

  #give(view: 'missing' | 'forbidden', error: { code: LesspayErrorCode; message: string; cause?: unknown }): void {
    const { code, message, cause } = error;
    const text = this.#t(`${view}.title`);
    this.#said = text;
    this.#show(view);
    this.dispatchEvent(new LesspayErrorEvent({ code, retryable: false, message, text, cause }));
  }

  #show(view: View): void {
    this.#view = view;
    this.requestUpdate();
  }

  #money(amount: string): string {
    const currency = this.#answer?.currency ?? '';
    return formatMoney(amount, currency, this.language) ?? `${amount} ${currency}`;
  }

  #summaryView(): TemplateResult | typeof nothing {
    const answer = this.#answer;
    if (!answer) return nothing;
    const t = this.#t;
    const { count, done, failed } = this.#counts;
    const row = (label: string, value: string | number) =>
      html`<div>
        <dt>${label}</dt>
        <dd class="figures"><bdi>${value}</bdi></dd>
      </div>`;
    const text = failed > 0 ? t('progress.failed', { done, count, failed }) : t('progress', { done, count });
    return html`<dl part="summary">
        ${row(t('total'), this.#money(answer.total))} ${count > 1 ? row(t('count'), count) : nothing}
        ${row(t('number'), answer.requestId)}
      </dl>
      ${
        count > 1 && !answer.final
          ? html`<div>
              <progress part="progress" max=${count} .value=${done + failed} aria-label=${text}></progress>
              <p class="soft-text figures">${text}</p>
            </div>`
          : nothing
      }`;
  }

  #detailsView(): TemplateResult | typeof nothing {
    const t = this.#t;
    const { failed, count } = this.#counts;
    if (count === 0) return nothing;
    const hasFailed = ({ status }: PayoutDetail) => status !== 'succeeded' && isFinal(status);
    const { details } = this;
    const shown = this.#onlyFailed ? details.filter(hasFailed) : details;
    const drawn = shown.slice(0, this.#drawn);
    const more = shown.length - drawn.length;
    return html`${
        failed > 0 && failed < count
          ? html`<label class="only" part="filter"
              ><input
                type="checkbox"
                .checked=${this.#onlyFailed}
                @change=${(event: Event) => {
                  this.#onlyFailed = (event.target as HTMLInputElement).checked;
                  this.#drawn = AT_ONCE;
                  this.#firstNew = -1;
                  this.requestUpdate();
                }}
              />${t('failedOnly')}</label
            >`
          : nothing
      }
      <table part="details" role="table" aria-label=${t('details')}>
        <thead>
          <tr role="row">
            <th scope="col" role="columnheader">${t('reference')}</th>
            <th scope="col" role="columnheader">${t('state')}</th>
            <th scope="col" role="columnheader" class="amount">${t('amount')}</th>
          </tr>
        </thead>
        <tbody>
          ${drawn.map((detail, index) => this.#rowView(detail, index === this.#firstNew))}
        </tbody>
      </table>
      ${
        more > 0
          ? html`<div class="row">
              <button type="button" class="secondary" part="secondary" @click=${() => this.#drawMore()}>
                ${t('more', { count: Math.min(more, AT_ONCE) })}
              </button>
            </div>`
          : nothing
      }`;
  }

  // Styles make cards of the rows in a narrow place, which takes their roles away where they are not written out.
  #rowView({ reference, amount, status, failure }: PayoutDetail, isFirstNew: boolean): TemplateResult {
    const t = this.#t;
    const [tone, icon] = LOOKS[status];
    const key = `failure.${failure ?? ''}`;
    return html`<tr role="row">
      <th scope="row" role="rowheader" class="figures" tabindex=${isFirstNew ? '-1' : nothing}>
        <bdi>${reference}</bdi>
      </th>
      <td role="cell">
        <span class="status ${tone}" part="status">${icon()}<span>${t(`title.${status}`)}</span></span>
        ${key in payoutStatus ? html`<p class="soft-text reason" part="reason">${t(key as keyof typeof payoutStatus)}</p>` : nothing}
      </td>
      <td role="cell" class="amount figures">${this.#money(amount)}</td>
    </tr>`;
  }

  /** Draws the next part, and goes on reading where it begins: the button may be gone. */
  #drawMore(): void {
    this.#firstNew = this.#drawn;
    this.#drawn += AT_ONCE;
    this.#goOn = 'row';
    this.requestUpdate();
  }

  /** Whoever has signed in again, or just made the payout, can ask where asking by itself has ended. */
  #checkView(): TemplateResult {
    const t = this.#t;
    const { isAsking, isOffline } = this.#polling;
    const note = isOffline ? 'offline' : this.#isLost ? 'lost' : this.#nothingNew ? 'nothingNew' : undefined;
    return html`<div class="row">
      <button
        type="button"
        class="secondary check"
        part="secondary"
        aria-disabled=${isAsking ? 'true' : nothing}
        @click=${() => void this.#checkNow()}
      >
        ${t(isAsking ? 'checking' : 'checkNow')}
      </button>
      <span class="soft-text" role="status">${note ? t(note) : ''}</span>
    </div>`;
  }

  async #checkNow(): Promise<void> {
    if (this.#polling.isAsking) return;
    const before = this.#said;
    this.#nothingNew = false;
    await this.check();
    this.#nothingNew = !this.settled && before === this.#said;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesspay-payout-status': LesspayPayoutStatus;
  }
}
