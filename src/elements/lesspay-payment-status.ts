import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { getPayin, ProxyError } from '../client.ts';
import { paymentStatus } from '../locales/en/payment-status.ts';
import type { PayinStatusResponse } from '../protocol/messages.ts';
import type { PayinStatus } from '../protocol/status.ts';
import { LesspayErrorEvent, LesspaySettledEvent, LesspayStatusEvent, type LesspayErrorCode } from './events.ts';
import { checkIcon, clockIcon, crossIcon, minusIcon, questionIcon, returnIcon, warningIcon } from './icons.ts';
import { LesspayElement } from './lesspay-element.ts';
import { formatMoney } from './money.ts';
import { Polling, type PollTiming } from './polling.ts';
import { tokens } from './styles.ts';
import { secondaryButton } from './secondary-button.ts';
import { wording } from './texts.ts';

type View = PayinStatus | 'checking' | 'not-found';
/** What is shown once the waiting is over; each has a slot. */
type Ended = Exclude<View, 'checking' | 'pending' | 'unknown'>;

type Face = readonly [
  tone: 'success' | 'danger' | 'warning' | 'soft',
  icon: () => TemplateResult,
  text: 'checking' | 'pending' | 'paid' | 'failed' | 'canceled' | 'refunded' | 'closed' | 'amountDiffers' | 'notFound',
];

const FACES: Readonly<Record<View, Face>> = {
  checking: ['soft', clockIcon, 'checking'],
  pending: ['soft', clockIcon, 'pending'],
  unknown: ['soft', clockIcon, 'pending'],
  paid: ['success', checkIcon, 'paid'],
  failed: ['danger', crossIcon, 'failed'],
  canceled: ['soft', minusIcon, 'canceled'],
  refunded: ['soft', returnIcon, 'refunded'],
  closed: ['soft', minusIcon, 'closed'],
  'amount-differs': ['warning', warningIcon, 'amountDiffers'],
  'not-found': ['soft', questionIcon, 'notFound'],
};

// `checking` and `not-found` are ours, not words of the proxy.
const isStatus = (text: string): text is PayinStatus =>
  Object.hasOwn(FACES, text) && text !== 'checking' && text !== 'not-found';

/** The rules' form of a request id; anything else would only change the path that is asked. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The proxy knows no such payment, or may not tell this shopper. */
const NOT_FOUND: readonly LesspayErrorCode[] = ['payin-not-found', 'not-found', 'forbidden', 'proxy-not-allowed'];
const ANSWER_WITHIN_MS = 20_000;

const texts = wording('paymentStatus', paymentStatus);

/** The events of `<lesspay-payment-status>` by name. */
export interface LesspayPaymentStatusEventMap {
  'lesspay-status': LesspayStatusEvent;
  'lesspay-settled': LesspaySettledEvent;
  'lesspay-error': LesspayErrorEvent;
}

/**
 * Follows a payment after the shopper's return from the hosted checkout, until its status is final. While nothing is
 * certain it says so: a payment is never called failed because the network is.
 *
 * @tag lesspay-payment-status
 * @fires {LesspayStatusEvent} lesspay-status - The status has changed.
 * @fires {LesspaySettledEvent} lesspay-settled - The status is final; once per payment.
 * @fires {LesspayErrorEvent} lesspay-error - The payment cannot be followed: there is no such payment, or no id to ask for.
 * @slot - Shown while waiting, for example what happens if the shopper leaves the page.
 * @slot paid - Shown under a payment that was received.
 * @slot failed - Shown under a payment that failed.
 * @slot canceled - Shown under a payment that was canceled.
 * @slot refunded - Shown under a payment that was given back.
 * @slot closed - Shown under a payment whose time is over.
 * @slot amount-differs - Shown under a payment of another amount than was due.
 * @slot not-found - Shown where there is no such payment.
 * @csspart icon - The disc with the icon.
 * @csspart headline - The status in a few words.
 * @csspart text - What to do next.
 * @csspart details - Order, reference and amount.
 * @csspart progress - The line that moves while the page keeps asking.
 * @csspart check-now - The button that asks at once.
 * @cssprop [--lesspay-success] - Colour of a payment received.
 * @cssprop [--lesspay-danger] - Colour of a failed payment.
 * @cssprop [--lesspay-warning] - Colour of a payment that needs a look.
 * @cssprop [--lesspay-text-soft] - Secondary text.
 * @cssstate asking - While the proxy is being asked.
 * @cssstate checking - Before the first answer.
 * @cssstate pending - Nothing is decided yet.
 * @cssstate unknown - The outcome is not known yet.
 * @cssstate paid - The payment was received.
 * @cssstate failed - The payment failed.
 * @cssstate canceled - The payment was canceled.
 * @cssstate refunded - The payment was given back.
 * @cssstate closed - The payment's time is over.
 * @cssstate amount-differs - Another amount was paid than was due.
 * @cssstate not-found - There is no such payment.
 * @cssstate settled - The status is final.
 */
export class LesspayPaymentStatus extends LesspayElement<LesspayPaymentStatusEventMap> {
  static override styles = [
    tokens,
    secondaryButton,
    css`
      .disc {
        display: grid;
        place-items: center;
        inline-size: 40px;
        block-size: 40px;
        border: 1px solid transparent;
        border-radius: 50%;
        color: var(--_tone);
        background: color-mix(in srgb, var(--_tone) 10%, transparent);
      }
      .soft {
        --_tone: var(--_text-soft);
      }
      .success {
        --_tone: var(--_success);
      }
      .danger {
        --_tone: var(--_danger);
      }
      .warning {
        --_tone: var(--_warning);
      }
      .view {
        display: grid;
        grid-template-columns: 40px minmax(0, 1fr);
        gap: 0 calc(4 * var(--_space));
      }
      .words {
        min-block-size: 40px;
        align-content: center;
      }
      p,
      dl,
      dd {
        margin: 0;
      }
      .headline {
        font-size: 1.125em;
        font-weight: 600;
        text-wrap: balance;
      }
      .soft-text,
      dt {
        color: var(--_text-soft);
      }
      .soft-text {
        margin-block-start: 2px;
        max-inline-size: 60ch;
        text-wrap: pretty;
      }
      .more {
        grid-column: 2;
        font-size: 0.875em;
      }
      dl {
        display: grid;
        grid-template-columns: fit-content(50%) minmax(0, 1fr);
        gap: 4px 16px;
        margin-block-start: calc(4 * var(--_space));
        padding-block-start: calc(3 * var(--_space));
        border-block-start: 1px solid var(--_line);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .code {
        letter-spacing: 0.02em;
      }
      .line {
        direction: ltr;
        overflow: hidden;
        block-size: 2px;
        margin-block-start: calc(4 * var(--_space));
        background: var(--_line);
      }
      .line::before {
        display: block;
        inline-size: 30%;
        block-size: 100%;
        background: var(--_text-soft);
        content: '';
        animation: pass 2.4s ease-in-out infinite;
      }
      :dir(rtl) > .line::before {
        animation-direction: reverse;
      }
      @keyframes pass {
        from {
          transform: translateX(-100%);
        }
        to {
          transform: translateX(340%);
        }
      }
      .waiting {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 16px;
        margin-block-start: calc(3 * var(--_space));
      }
      .waiting > span {
        flex: 1 1 24ch;
      }
      slot {
        display: block;
        margin-block-start: calc(3 * var(--_space));
      }
      ::slotted(p) {
        margin-block: 0;
      }
      @media (prefers-reduced-motion: reduce) {
        .line::before {
          inline-size: 100%;
          opacity: 0.4;
        }
      }
      @media (forced-colors: active) {
        .line {
          background: GrayText;
        }
        .line::before {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  static override properties = {
    proxy: {},
    requestId: { attribute: 'request-id' },
    order: {},
    allowedProxyOrigins: { attribute: false },
    pollTiming: { attribute: false },
  };

  /** Base path of the signing proxy, on the page's own origin. */
  declare proxy: string;
  /** The payment to follow; without it, `request_id` of the page's own address. */
  declare requestId: string;
  /** The merchant's reference of the order, only to show it. */
  declare order: string;
  /** Origins besides the page's own on which the proxy may be. */
  declare allowedProxyOrigins: readonly string[];
  /** The pauses between questions. */
  declare pollTiming: PollTiming;

  #view: View = 'checking';
  #answer: PayinStatusResponse | undefined;
  /** The payment being followed. */
  #following: string | undefined;
  readonly #polling = new Polling(
    this,
    (signal) => this.#ask(signal),
    () => (this.#waiting ? this.pollTiming : undefined),
  );
  #nothingNew = false;
  #onButton: boolean | undefined;

  constructor() {
    super();
    this.proxy = '/lesspay';
    this.requestId = '';
    this.order = '';
    this.allowedProxyOrigins = [];
    this.pollTiming = { firstMs: 2_000, maxMs: 15_000, factor: 1.5, jitter: 0.2 };
  }

  /** What the proxy last said; `unknown` before its first answer. */
  get status(): PayinStatus {
    return this.#answer?.status ?? 'unknown';
  }

  /** Whether the status is final. */
  get settled(): boolean {
    return this.#answer?.final === true;
  }

  /** Asks at once; resolves when the answer is shown. */
  async check(): Promise<void> {
    await this.updateComplete;
    await this.#polling.ask();
    await this.updateComplete;
  }

  /** Nothing final is known about a payment that exists as far as we know. */
  get #waiting(): boolean {
    return this.#following !== undefined && !this.settled && this.#view !== 'not-found';
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { proxy, allowedProxyOrigins } = this;
    const id = this.#following ?? '';
    try {
      const options = { proxy, allowedProxyOrigins, signal, timeoutMs: ANSWER_WITHIN_MS };
      const answer = await getPayin(options, id);
      if (!signal.aborted) this.#take(answer, id);
    } catch (cause) {
      if (!signal.aborted) this.#miss(cause);
    }
  }

  #take(answer: PayinStatusResponse, id: string): void {
    // A newer proxy may know a status that this element does not.
    const status = isStatus(answer.status) ? answer.status : 'unknown';
    const { final, amount, currency } = answer;
    const before = this.#answer;
    this.#answer = { requestId: id, status, final, amount, currency };
    this.#show(status);
    if (before?.status !== status || before.final !== final) this.dispatchEvent(new LesspayStatusEvent(this.#answer));
    if (final && !before?.final) this.dispatchEvent(new LesspaySettledEvent(this.#answer));
  }

  #miss(cause: unknown): void {
    // What was once found is not lost because of one answer, and no answer says nothing about the payment.
    if (cause instanceof ProxyError && !this.#answer && NOT_FOUND.includes(cause.code)) this.#notFound(cause);
    else this.#show(this.status);
  }

  #notFound({ code, message, cause }: { code: LesspayErrorCode; message: string; cause?: unknown }): void {
    this.#show('not-found');
    const text = texts(this.language)('notFoundTitle');
    this.dispatchEvent(new LesspayErrorEvent({ code, retryable: false, message, text, cause }));
  }

  #show(view: View): void {
    this.#view = view;
    for (const name of Object.keys(FACES)) this.setState(name, name === view);
    this.setState('settled', this.settled);
    this.requestUpdate();
  }

  #follow(id: string): void {
    this.#polling.stop();
    this.#following = this.#answer = undefined;
    if (REQUEST_ID.test(id)) {
      this.#following = id;
      this.#show('checking');
      this.#polling.restart();
      return;
    }
    const code = id ? 'request-id-invalid' : 'request-id-missing';
    const message = '<lesspay-payment-status> needs a valid "request-id", or ?request_id= of the page.';
    this.#notFound({ code, message });
  }

  protected override updated(changed: PropertyValues): void {
    this.setState('asking', this.#polling.isAsking);
    if (changed.has('requestId') || changed.has('proxy')) {
      const id = this.requestId || (new URLSearchParams(location.search).get('request_id') ?? '');
      // Not part of this update: it asks, and what it shows is the next one.
      queueMicrotask(() => this.#follow(id));
    }
    // "Check now" goes away with the waiting: whoever was on it goes on at the result.
    if (this.#onButton && !this.#waiting) this.renderRoot.querySelector<HTMLElement>('.headline')?.focus();
  }

  async #checkNow(): Promise<void> {
    if (this.#polling.isAsking) return;
    const before = this.#view;
    this.#nothingNew = false;
    await this.check();
    this.#nothingNew = this.#waiting && before === this.#view;
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    this.#onButton = this.shadowRoot?.activeElement?.classList.contains('secondary');
  }

  protected override render(): TemplateResult {
    const t = texts(this.language);
    const view = this.#view;
    const ended = view as Ended;
    const [tone, icon, text] = FACES[view];
    return html`<div class="view">
      <div part="icon" class="disc ${tone}">${icon()}</div>
      <div class="words" role="status">
        <p part="headline" class="headline" tabindex="-1">${t(`${text}Title`)}</p>
        <p part="text" class="soft-text">${t(`${text}Text`)}</p>
      </div>
      <div class="more">
        ${this.#details()} ${this.#waiting ? this.#waitingLine() : html`<slot name=${ended}></slot>`}
      </div>
    </div>`;
  }

  #details(): TemplateResult | typeof nothing {
    const t = texts(this.language);
    if (!this.#following) return nothing;
    const row = (label: string, value: string, kind: string) =>
      html`<dt>${label}</dt>
        <dd class=${kind}>${value}</dd>`;
    const answer = this.#answer;
    const waiting = this.#view === 'checking' ? '…' : undefined;
    const amount = answer ? formatMoney(answer.amount, answer.currency, this.language) : waiting;
    return html`<dl part="details">
      ${this.order ? row(t('order'), this.order, 'code') : nothing}
      ${amount ? row(t('amount'), amount, 'figures') : nothing} ${row(t('reference'), this.#following, 'code figures')}
    </dl>`;
  }

  #waitingLine(): TemplateResult {
    const t = texts(this.language);
    return html`${this.#polling.isOffline ? nothing : html`<div part="progress" class="line"></div>`}
      <slot></slot>
      <div class="waiting">
        <button
          part="check-now"
          class="secondary"
          type="button"
          aria-disabled=${this.#polling.isAsking ? 'true' : nothing}
          @click=${() => void this.#checkNow()}
        >
          ${this.#polling.isAsking ? t('checking') : t('checkNow')}
        </button>
        <span class="soft-text" role="status"
          >${this.#polling.isOffline ? t('offline') : this.#nothingNew ? t('nothingNew') : nothing}</span
        >
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesspay-payment-status': LesspayPaymentStatus;
  }
}
