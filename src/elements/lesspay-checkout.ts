import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { createPayin } from '../client.ts';
import { checkout } from '../locales/en/checkout.ts';
import { baseStyles } from './base-styles.ts';
import { primaryButton } from './primary-button.ts';
import { safeCheckoutUrl } from './checkout-url.ts';
import { LesspayErrorEvent, LesspayRedirectEvent, type LesspayErrorCode } from './events.ts';
import { errorIcon, lockIcon } from './icons.ts';
import { LesspayElement } from './lesspay-element.ts';
import { afterPaint, formatMoney, isMoney } from './money.ts';
import { spinner } from './spinner.ts';
import { wording } from './texts.ts';

/** What a `<lesspay-checkout>` is doing. */
export type CheckoutStatus = 'idle' | 'starting' | 'redirecting' | 'failed';

const SPINNER_AFTER_MS = 150;
const SPINNER_AT_LEAST_MS = 300;
/** A page that is still here this long after it began to leave was kept (a download, "stay on this page"). */
const LEAVING_AT_MOST_MS = 10_000;

const texts = wording('checkout', checkout);

type Failure = Pick<LesspayErrorEvent, 'code' | 'retryable' | 'message'>;

/** A refusal of the element itself. */
const refusal = (code: LesspayErrorCode, message: string): Error =>
  Object.assign(new Error(message), { code, retryable: false } satisfies Partial<Failure>);

/** The shopper's words for a failure; `failed` for any other. Until the hosted checkout is open nothing was charged. */
const WORDS = {
  'order-already-paid': 'alreadyPaid',
  'order-not-found': 'orderNotFound',
  'order-changed': 'orderChanged',
  network: 'offline',
  timeout: 'slow',
  'outcome-unknown': 'slow',
  'upstream-unavailable': 'slow',
} as const;

/** Trying again unchanged ends the same way. */
const FOR_GOOD: readonly string[] = ['alreadyPaid', 'orderNotFound', 'orderChanged'];

/** A new tab must be opened inside the click, before the answer is there, or the browser takes it for a pop-up. */
function openTab(text: string): Window | null {
  const tab = window.open('', '_blank');
  if (tab) {
    tab.opener = null;
    tab.document.body.textContent = text;
  }
  return tab;
}

/** The events of `<lesspay-checkout>` by name. */
export interface LesspayCheckoutEventMap {
  'lesspay-redirect': LesspayRedirectEvent;
  'lesspay-error': LesspayErrorEvent;
}

/**
 * A button that opens an order through the signing proxy and sends the shopper to the hosted checkout.
 *
 * A `<form method="post" action="/lesspay/payins">` inside works before this script has loaded; afterwards the element
 * shows its own button in its place.
 *
 * @tag lesspay-checkout
 * @fires {LesspayRedirectEvent} lesspay-redirect - Before leaving the page; cancel it to navigate yourself.
 * @fires {LesspayErrorEvent} lesspay-error - The checkout could not be opened.
 * @slot - The label; by default "Pay" and the amount. Or a plain form that posts the order to the proxy.
 * @csspart button - The native button.
 * @csspart label - What the button says at rest.
 * @csspart progress - What it says while the checkout opens.
 * @csspart message - The line under the button after a failure.
 * @csspart retry - "Try again" in that line.
 * @cssprop [--lesspay-accent] - The button's colour.
 * @cssprop [--lesspay-accent-text] - The text on it.
 * @cssprop [--lesspay-danger] - The failure line.
 * @cssprop [--lesspay-radius=8px] - Corner radius.
 * @cssprop [--lesspay-density=1] - 1 for 44 px controls, 0 for 36 px.
 * @cssprop [--lesspay-font=inherit] - Font family.
 * @cssstate idle - At rest.
 * @cssstate starting - While the order is being opened.
 * @cssstate redirecting - While the page is being left.
 * @cssstate failed - After a failure, until the next try.
 */
export class LesspayCheckout extends LesspayElement<LesspayCheckoutEventMap> {
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true };

  // The clamp() makes the button as wide as a container under 480 px, without the size containment of a container query.
  static override styles = [
    baseStyles,
    primaryButton,
    spinner,
    css`
      .primary {
        display: inline-grid;
        min-inline-size: clamp(0px, (480px - 100%) * 999, 100%);
        vertical-align: top;
      }
      .face {
        display: flex;
        grid-area: 1 / 1;
        align-items: center;
        justify-content: center;
        gap: 8px;
      }
      .icon {
        flex: none;
        block-size: 1.25em;
        inline-size: 1.25em;
      }
      .icon svg {
        display: block;
      }
      .away {
        visibility: hidden;
      }
      .away .spinner {
        animation: none;
      }
      .message {
        display: flex;
        align-items: baseline;
        gap: 6px;
        margin: 8px 0 0;
        font-size: 0.875em;
        color: var(--_danger);
      }
      .message svg {
        align-self: flex-start;
        margin-block-start: 0.075em;
      }
      .retry {
        white-space: nowrap;
      }
      @media (pointer: coarse) {
        .retry {
          margin: -12px -8px;
          padding: 12px 8px;
        }
      }
    `,
  ];

  static override properties = {
    proxy: {},
    order: {},
    amount: {},
    currency: {},
    target: {},
    disabled: { type: Boolean, reflect: true },
    checkoutHosts: { attribute: 'checkout-hosts' },
    allowedProxyOrigins: { attribute: false },
  };

  /** Base path of the signing proxy, on the page's own origin. */
  declare proxy: string;
  /** The merchant's reference of the order; the proxy alone knows its price. */
  declare order: string;
  /** Decimal string, only for the label. */
  declare amount: string;
  /** ISO 4217 code, only for the label. */
  declare currency: string;
  /** `_blank` opens the hosted checkout in a new tab. */
  declare target: '_self' | '_blank';
  /** Takes no clicks, and `start()` does nothing. */
  declare disabled: boolean;
  /** Hosts that the hosted checkout may be on, separated by spaces (`pay.example *.pay.example`). Empty: any https host. */
  declare checkoutHosts: string;
  /** Origins besides the page's own on which the proxy may be. A property only: an injected attribute must not redirect. */
  declare allowedProxyOrigins: readonly string[];

  #status: CheckoutStatus = 'idle';
  #flight: Promise<void> | undefined;
  #abort = new AbortController();
  #failure: { text: string; retry: boolean } | undefined;
  #progressSince: number | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #moneyKey = '';
  #money: string | undefined;

  constructor() {
    super();
    this.proxy = '/lesspay';
    this.order = '';
    this.amount = '';
    this.currency = '';
    this.target = '_self';
    this.disabled = false;
    this.checkoutHosts = '';
    this.allowedProxyOrigins = [];
    this.setState('idle', true);
    this.addEventListener('submit', (event) => {
      // A listener on the form that has prevented the submit (its own check) has the last word.
      if (!event.defaultPrevented) void this.start();
      event.preventDefault();
    });
  }

  /** What the button is doing. */
  get status(): CheckoutStatus {
    return this.#status;
  }

  /**
   * Opens the checkout as a click does. Resolves when the page is being left or the try has failed (`status` and the
   * events tell which); while one try is under way, every call returns the same promise.
   */
  start(): Promise<void> {
    if (this.disabled) return Promise.resolve();
    return (this.#flight ??= this.#run(this.#abort.signal));
  }

  /** Presses the button. */
  override click(): void {
    this.#button?.click();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pageshow', this.#onPageShow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pageshow', this.#onPageShow);
    // Moved within the page is not removed: both callbacks then run in one go.
    queueMicrotask(() => {
      if (!this.isConnected) this.#reset();
    });
  }

  /** Back from the hosted checkout: the page comes out of the back/forward cache exactly as it was left. */
  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#reset();
  };

  async #run(signal: AbortSignal): Promise<void> {
    const tab = this.target === '_blank' ? openTab(texts(this.language)('starting')) : undefined;
    this.#failure = undefined;
    this.#setStatus('starting');
    const showing = setTimeout(() => {
      if (signal.aborted) return;
      this.#progressSince = performance.now();
      this.requestUpdate();
    }, SPINNER_AFTER_MS);
    try {
      const answer = await this.#open(signal);
      if (!signal.aborted) {
        this.#progressSince ??= performance.now();
        this.#redirect(answer, tab);
        return;
      }
    } catch (error) {
      const shownForMs = performance.now() - (this.#progressSince ?? -Infinity);
      if (shownForMs < SPINNER_AT_LEAST_MS) {
        await new Promise((done) => setTimeout(done, SPINNER_AT_LEAST_MS - shownForMs));
      }
      this.#fail(error, signal);
    } finally {
      clearTimeout(showing);
    }
    tab?.close();
  }

  async #open(signal: AbortSignal): Promise<{ checkoutUrl: string; requestId: string }> {
    const { proxy, allowedProxyOrigins } = this;
    const order = this.order || this.querySelector<HTMLInputElement>('form [name="order"]')?.value;
    if (!order) {
      throw refusal('order-missing', 'Set the "order" attribute of <lesspay-checkout> to your reference of the order.');
    }
    const { requestId, checkoutUrl } = await createPayin({ proxy, allowedProxyOrigins, signal }, { order });
    const safe = safeCheckoutUrl(
      checkoutUrl,
      this.checkoutHosts
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    );
    if (safe) return { requestId, checkoutUrl: safe };
    throw refusal(
      'checkout-url-refused',
      'The checkout URL is not a plain https address on one of the "checkout-hosts".',
    );
  }

  #redirect(answer: { checkoutUrl: string; requestId: string }, tab: Window | null | undefined): void {
    this.#setStatus('redirecting');
    const leave = this.dispatchEvent(new LesspayRedirectEvent(answer));
    if (leave && !tab) {
      this.#leaving = setTimeout(() => this.#reset(), LEAVING_AT_MOST_MS);
      // Also where the browser refused the new tab: the shopper still gets to the checkout.
      location.assign(answer.checkoutUrl);
      return;
    }
    if (!leave) tab?.close();
    // A tab that the shopper has closed meanwhile was closed on purpose.
    else if (!tab?.closed) tab?.location.replace(answer.checkoutUrl);
    this.#reset();
  }

  #fail(cause: unknown, signal: AbortSignal): void {
    // Taken off the page, or given another order, meanwhile.
    if (signal.aborted) return;
    // A ProxyError or a refusal; what is neither is a fault in a script of the page.
    const { code = 'internal-error', retryable = false, message = '' } = cause as Partial<Failure>;
    const key = Object.hasOwn(WORDS, code) ? WORDS[code as keyof typeof WORDS] : 'failed';
    const text = texts(this.language)(key);
    this.#failure = { text, retry: !FOR_GOOD.includes(key) };
    this.#settle('failed');
    this.dispatchEvent(new LesspayErrorEvent({ code, retryable, message, text, cause }));
  }

  /** Back to rest: what is still under way no longer counts. */
  #reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#failure = undefined;
    this.#settle('idle');
  }

  #settle(status: CheckoutStatus): void {
    clearTimeout(this.#leaving);
    this.#flight = undefined;
    this.#progressSince = undefined;
    this.#setStatus(status);
  }

  #setStatus(status: CheckoutStatus): void {
    this.setState(this.#status, false);
    this.setState(status, true);
    this.#status = status;
    this.requestUpdate();
  }

  get #form(): HTMLFormElement | null {
    return this.querySelector('form');
  }

  /** What the button says at rest, where nothing is slotted for it: before, in and after the figures of an amount. */
  #label(): readonly [before: string, figures?: string, after?: string | undefined] {
    const submitter = this.querySelector<HTMLElement>('form button, form [type="submit"]');
    const written = submitter instanceof HTMLInputElement ? submitter.value : submitter?.textContent.trim();
    if (written) return [written];
    const t = texts(this.language);
    if (!isMoney(this.amount, this.currency)) return [t('pay')];
    const [before = '', after] = t('payAmount').split('{amount}');
    // Formatted only after first paint; until then figures of about the same width keep the place.
    return [before, this.#money ?? `¤${this.amount}`, after];
  }

  protected override willUpdate(changed: PropertyValues): void {
    // Another order: the answer for the earlier one must not be followed.
    if (this.hasUpdated && changed.has('order')) this.#reset();
    const { amount, currency, language } = this;
    const key = [amount, currency, language].join();
    if (key === this.#moneyKey) return;
    this.#moneyKey = key;
    this.#money = undefined;
    const format = () => {
      if (key !== this.#moneyKey) return;
      this.#money = formatMoney(amount, currency, language);
      this.requestUpdate();
    };
    if (this.hasUpdated) format();
    else afterPaint(format);
  }

  protected override firstUpdated(): void {
    // The form's own button is gone from view now: who was on it goes on here.
    const { activeElement } = document;
    if (activeElement !== this && this.contains(activeElement)) this.#button?.focus();
  }

  /** focus() of the element itself does nothing while the focus is somewhere inside it. */
  get #button(): HTMLButtonElement | null {
    return this.renderRoot.querySelector('button');
  }

  #retry(): void {
    this.#button?.focus();
    void this.start();
  }

  protected override render(): TemplateResult {
    const t = texts(this.language);
    const form = this.#form;
    const slotted =
      !form &&
      [...this.childNodes].some((node) => node instanceof Element || (node instanceof Text && node.data.trim()));
    const busy = this.#flight !== undefined;
    const progress = busy && this.#progressSince !== undefined;
    const changed = () => this.requestUpdate();
    const [before, figures, after] = slotted ? [] : this.#label();
    // One template, and the icon with the amount after the first paint: each template costs a parser's run, and the page's
    // first SVG as much as all others. Of two slots the first without a name takes all, so a form goes to the hidden one.
    return html`<button
        part="button"
        class="primary"
        type="button"
        ?disabled=${this.disabled}
        aria-disabled=${busy ? 'true' : nothing}
        aria-describedby="message"
        @click=${() => void this.start()}
      >
        <span part="label" class="face ${progress ? 'away' : ''}"
          ><span class="icon">${this.hasUpdated ? lockIcon() : nothing}</span
          ><span
            ><slot .name=${form ? 'none' : ''} @slotchange=${changed}></slot>${before}<span
              class="figures ${this.#money ? '' : 'away'}"
              >${figures}</span
            >${after}${
              this.target === '_blank' ? html`<span class="visually-hidden"> ${t('newTab')}</span>` : nothing
            }</span
          ></span
        >
        <span part="progress" class="face ${progress ? '' : 'away'}"
          ><span class="spinner"></span>${t('starting')}</span
        >
      </button>
      <slot hidden @slotchange=${changed}></slot>
      <p part="message" id="message" role="status" class=${this.#failure ? 'message' : 'visually-hidden'}>
        ${this.#failure ? this.#failureLine(this.#failure) : busy ? t('starting') : nothing}
      </p>`;
  }

  #failureLine({ text, retry }: { text: string; retry: boolean }): TemplateResult {
    const again = html` <button part="retry" class="link retry" type="button" @click=${() => this.#retry()}>
      ${texts(this.language)('tryAgain')}
    </button>`;
    return html`${errorIcon()}<span>${text}${retry ? again : nothing}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesspay-checkout': LesspayCheckout;
  }
}
