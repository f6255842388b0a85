import type { Clock } from './clock.ts';
import { html, type Html } from './html.ts';
import { icons } from './icons.ts';
import { displayAmount, isCrypto, minorUnits } from './money.ts';
import type { Settings } from './options.ts';
import { isSameOrigin, page, seeOther } from './page.ts';
import { isSettled, type PayinOrder, type PayinOutcome, type Payins } from './payin.ts';
import { ribbon } from './ribbon.ts';

/** The hosted cashier: what a shopper sees at the checkout URL. */
export interface Cashier {
  /** Answers the page and its form. `token` is the last part of the path. */
  answer(request: Request, token: string, place: { prefix: string; origin: string }): Promise<Response>;
}

/** When the webhook leaves, by the form's value. `undefined`: as configured. */
const WEBHOOK_TIMINGS: ReadonlyMap<string, { label: string; delay: number | 'hold' | 'never' | undefined }> = new Map([
  ['now', { label: 'At once', delay: undefined }],
  ['5s', { label: 'After 5 seconds', delay: 5000 }],
  ['30s', { label: 'After 30 seconds', delay: 30_000 }],
  ['hold', { label: 'Hold until released in the console', delay: 'hold' }],
  ['never', { label: 'Never', delay: 'never' }],
]);

interface Choice {
  readonly label: string;
  readonly hint: string;
  /** `undefined`: nothing is settled. */
  readonly outcome: PayinOutcome | undefined;
}

/** What can happen, by the form's value. */
const CHOICES: ReadonlyMap<string, Choice> = new Map([
  ['succeed', { label: 'Succeed', hint: 'Paid in full: SUCCEED, then the success page', outcome: 'succeeded' }],
  ['fail', { label: 'Decline', hint: 'The bank refuses: FAILED, then the fail page', outcome: 'failed' }],
  ['cancel', { label: 'Cancel', hint: 'The shopper gives up: CANCELED, then the fail page', outcome: 'canceled' }],
  [
    'different',
    {
      label: 'Pay a different amount',
      hint: 'Status 12, PAID: money came, but not the right sum',
      outcome: 'amount-differs',
    },
  ],
  [
    'leave',
    { label: 'Leave', hint: 'Go to the success page with nothing paid: still PENDING_PAY', outcome: undefined },
  ],
]);

interface Method {
  readonly value: string;
  readonly name: string;
  readonly hint: string;
  readonly icon: Html;
}

/** Wallets that shoppers of a currency know. */
const WALLET_NAMES: Readonly<Record<string, string>> = {
  PHP: 'GCash, GrabPay or Maya',
  IDR: 'GoPay or ShopeePay',
  BRL: 'PIX',
  CNY: 'WeChat Pay or Alipay',
  HKD: 'AlipayHK or WeChat Pay',
  MYR: 'Touch ’n Go, Boost or ShopeePay',
};

/** The ways to pay that the page shows. They are scenery: what happens is chosen by the buttons. */
function methodsOf(order: PayinOrder): readonly Method[] {
  const card = { value: 'card', name: 'Card', hint: 'Visa or Mastercard, test card ending 4242', icon: icons.card };
  const bank = { value: 'bank', name: 'Bank transfer', hint: 'Straight from your bank account', icon: icons.bank };
  const wallets = WALLET_NAMES[order.currency] ?? 'A wallet on your phone';
  const wallet = { value: 'wallet', name: 'E-wallet', hint: wallets, icon: icons.wallet };
  const coin = {
    value: 'crypto',
    name: 'Crypto wallet',
    hint: `${order.currency} to a one-time address`,
    icon: icons.coin,
  };
  switch (order.wayType) {
    case 'CARD_PAYMENT':
      return [card];
    case 'BANK_TRANSFER':
      return [bank];
    case 'CRYPTO':
      return [coin];
    case 'WECHAT':
      return [{ ...wallet, name: 'WeChat Pay', hint: 'Confirm in the app' }];
    default:
      return isCrypto(order.currency) ? [coin] : [card, bank, wallet];
  }
}

/** There is no cancel URL upstream: whoever did not pay goes to the fail URL. */
function returnUrl(order: PayinOrder): string {
  return order.status === 'SUCCEED' || order.status === 'PAID' || order.status === 'REFUND'
    ? order.successUrl
    : order.failUrl;
}

function clockTime(ms: number): Html {
  const iso = new Date(ms).toISOString();
  return html`<time datetime="${iso}">${iso.slice(11, 16)} UTC</time>`;
}

/** `29 min`, `3 h 20 min`, `14 days`: what is left, rounded down, never "0". */
function remaining(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** What the outcome form says back when it could not be taken. */
interface FormProblem {
  readonly message: string;
  readonly choice: string;
  readonly amount: string;
  readonly webhook: string;
}

/** The page of a payment that is over. */
const RESULTS: Readonly<
  Record<
    Exclude<PayinOrder['status'], 'PENDING_PAY'>,
    { icon: Html; tone: 'good' | 'bad' | 'still'; title: string; lead: string }
  >
> = {
  SUCCEED: {
    icon: icons.check,
    tone: 'good',
    title: 'Payment complete',
    lead: 'This order is paid. There is nothing left to do here.',
  },
  PAID: {
    icon: icons.difference,
    tone: 'still',
    title: 'A different amount was paid',
    lead: 'The shop has been told. It decides what happens with the order.',
  },
  FAILED: {
    icon: icons.cross,
    tone: 'bad',
    title: 'Payment declined',
    lead: 'No money was taken. Go back to the shop to try again.',
  },
  CANCELED: {
    icon: icons.back,
    tone: 'still',
    title: 'Payment canceled',
    lead: 'No money was taken. Go back to the shop to try again.',
  },
  CLOSED: {
    icon: icons.clock,
    tone: 'still',
    title: 'This checkout has expired',
    lead: 'No money was taken. Go back to the shop to start again.',
  },
  REFUND: { icon: icons.back, tone: 'still', title: 'Payment refunded', lead: 'The money goes back the way it came.' },
};

/** Creates the cashier over the pay-ins. */
export function createCashier(settings: Settings, clock: Clock, payins: Payins): Cashier {
  const merchantOf = (order: PayinOrder) => settings.merchantName ?? new URL(order.successUrl).host;

  const top = (prefix: string) =>
    ribbon('No money moves on this page.', { href: `${prefix}/console`, label: 'Open the console' });

  function summary(order: PayinOrder): Html {
    const merchant = merchantOf(order);
    const total = displayAmount(order.amount, order.currency);
    return html`<section class="summary" aria-labelledby="summary-title">
      <p class="merchant">
        <span class="monogram" aria-hidden="true">${(Array.from(merchant)[0] ?? '').toUpperCase()}</span>${merchant}
      </p>
      <h1 id="summary-title">Amount due <span class="amount${total.length > 11 && ' long'}">${total}</span></h1>
      <p class="purpose">${order.productName}</p>
      <p class="soft">${order.description}</p>
      <dl class="facts">
        <div>
          <dt>Order reference</dt>
          <dd class="code">${order.requestId}</dd>
        </div>
        <div>
          <dt>Payment</dt>
          <dd class="code">${order.payOrderId}</dd>
        </div>
        <div>
          <dt>Open until</dt>
          <dd>${clockTime(order.expiresAt)}, ${remaining(order.expiresAt - clock.now())} left</dd>
        </div>
      </dl>
    </section>`;
  }

  function payForm(order: PayinOrder, action: string): Html {
    return html`<section class="card" aria-labelledby="pay-title">
      <form method="post" action="${action}">
        <fieldset>
          <legend id="pay-title">How would you like to pay?</legend>
          <div class="methods">
            ${methodsOf(order).map(
              ({ value, name, hint, icon }, index) =>
                html`<label class="method">
                  <input type="radio" name="method" value="${value}" ${index === 0 && html` checked`} />
                  <span class="name">${name}</span>
                  <span class="hint">${hint}</span>
                  ${icon}
                </label>`,
            )}
          </div>
        </fieldset>
        <div class="actions">
          <button class="primary" name="outcome" value="succeed">
            ${icons.lock}Pay ${displayAmount(order.amount, order.currency)}
          </button>
          <button class="quiet" name="outcome" value="cancel">Cancel and go back</button>
        </div>
        <p class="note">You go back to the shop right after.</p>
      </form>
    </section>`;
  }

  function outcomeForm(order: PayinOrder, action: string, problem: FormProblem | undefined): Html {
    const chosen = problem?.choice ?? 'succeed';
    const amountWrong = problem?.choice === 'different';
    return html`<section class="outcome" aria-labelledby="outcome-title">
      <form method="post" action="${action}">
        <h2 id="outcome-title">Sandbox outcome</h2>
        <p class="lead">Only here, for tests: decide how this payment ends and when the shop hears of it.</p>
        ${
          problem &&
          html`<p class="problem" role="alert" id="outcome-problem">${icons.alert}<span>${problem.message}</span></p>`
        }
        <fieldset>
          <legend class="visually-hidden">What happens</legend>
          <div class="choices">
            ${[...CHOICES].map(
              ([value, { label, hint }]) =>
                html`<label class="choice">
                  <input type="radio" name="outcome" value="${value}" ${value === chosen && html` checked`} />
                  <span class="name">${label}</span>
                  <span class="hint">${hint}</span>
                </label>`,
            )}
          </div>
        </fieldset>
        <div class="fields">
          <div class="field">
            <label for="amount">Amount paid</label>
            <div class="money">
              <input
                type="text"
                id="amount"
                name="amount"
                inputmode="decimal"
                autocomplete="off"
                value="${problem?.amount ?? ''}"
                aria-describedby="amount-hint${amountWrong && ' outcome-problem'}"
                ${amountWrong && html` aria-invalid="true" autofocus`}
              /><span>${order.currency}</span>
            </div>
            <p class="hint" id="amount-hint">Only for “Pay a different amount”</p>
          </div>
          <div class="field">
            <label for="webhook">Send the webhook</label>
            <select id="webhook" name="webhook" aria-describedby="webhook-hint">
              ${[...WEBHOOK_TIMINGS].map(
                ([value, { label }]) =>
                  html`<option value="${value}" ${value === (problem?.webhook ?? 'now') && html` selected`}>
                    ${label}
                  </option>`,
              )}
            </select>
            <p class="hint" id="webhook-hint">Signed, to the order’s notify_url</p>
          </div>
          <button>Apply this outcome</button>
        </div>
      </form>
    </section>`;
  }

  function payPage(order: PayinOrder, prefix: string, problem?: FormProblem): Html {
    const action = `${prefix}/cashier/${order.token}`;
    return html`${top(prefix)}
      <main>${summary(order)}${payForm(order, action)}${outcomeForm(order, action, problem)}</main>`;
  }

  function resultPage(order: PayinOrder, status: keyof typeof RESULTS, prefix: string): Html {
    const { icon, tone, title, lead } = RESULTS[status];
    return html`${top(prefix)}
      <main class="result">
        <div class="disc ${tone}">${icon}</div>
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
        <dl class="facts">
          <div>
            <dt>Amount of the order</dt>
            <dd>${displayAmount(order.amount, order.currency)}</dd>
          </div>
          ${
            order.paidAmount !== undefined &&
            html`<div>
              <dt>Paid</dt>
              <dd>${displayAmount(order.paidAmount, order.currency)}</dd>
            </div>`
          }
          <div>
            <dt>For</dt>
            <dd>${order.productName}</dd>
          </div>
          <div>
            <dt>Order reference</dt>
            <dd class="code">${order.requestId}</dd>
          </div>
          <div>
            <dt>Payment</dt>
            <dd class="code">${order.payOrderId}</dd>
          </div>
        </dl>
        <a class="button primary" href="${returnUrl(order)}">Return to ${merchantOf(order)}</a>
      </main>`;
  }

  function unknownPage(prefix: string): Response {
    const main = html`${top(prefix)}
      <main class="result">
        <div class="disc still">${icons.question}</div>
        <h1>There is no such payment</h1>
        <p class="lead">
          The link is incomplete, or the sandbox was restarted since: it keeps everything in memory. Go back to the shop
          and start the payment again.
        </p>
      </main>`;
    return page({ title: 'No such payment – Sandbox', prefix, kind: 'cashier', status: 404, main });
  }

  return {
    async answer(request, token, { prefix, origin }) {
      const order = payins.byToken(token);
      if (!order) return unknownPage(prefix);
      payins.expire(order);

      const title = (what: string) => `${what} – ${merchantOf(order)} – Sandbox`;
      const show = (problem?: FormProblem, status = 200) =>
        page({
          title: title(`Pay ${displayAmount(order.amount, order.currency)}`),
          ...{ prefix, kind: 'cashier', status },
          formTargets: [new URL(order.successUrl).origin, new URL(order.failUrl).origin],
          main: payPage(order, prefix, problem),
        });

      if (request.method === 'GET' || request.method === 'HEAD') {
        if (order.status === 'PENDING_PAY') return show();
        const main = resultPage(order, order.status, prefix);
        return page({ title: title(RESULTS[order.status].title), prefix, kind: 'cashier', main });
      }
      if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });

      const form = new URLSearchParams(await request.text());
      const choice = form.get('outcome') ?? '';
      const webhook = form.get('webhook') ?? 'now';
      const amount = (form.get('amount') ?? '').trim();
      const sayBack = (message: string, status: number) => show({ message, choice, amount, webhook }, status);

      if (isSameOrigin(request, origin) === false) {
        return sayBack('This form came from another site. Choose again here.', 403);
      }
      // A second click while the first is being answered must lead to the same place.
      if (isSettled(order)) return seeOther(returnUrl(order));
      const chosen = CHOICES.get(choice);
      if (!chosen) return sayBack('Choose what happens.', 400);
      const timing = WEBHOOK_TIMINGS.get(webhook);
      if (!timing) return sayBack('Choose when the webhook leaves.', 400);
      const { outcome } = chosen;
      if (outcome === undefined) return seeOther(order.successUrl);
      if (outcome !== 'amount-differs') {
        payins.settle(order, outcome, { webhook: timing.delay });
        return seeOther(returnUrl(order));
      }
      const paid = amount.replaceAll(',', '');
      const minor = minorUnits(paid, order.currency);
      if (minor === undefined) return sayBack('Enter the amount paid as a number, such as 1.00.', 422);
      if (minor === minorUnits(order.amount, order.currency)) {
        return sayBack('That is the amount of the order. Enter another one.', 422);
      }
      payins.settle(order, outcome, { amount: paid, webhook: timing.delay });
      return seeOther(returnUrl(order));
    },
  };
}
