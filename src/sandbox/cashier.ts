import type { Clock } from './clock.ts';
import { html, type Html } from './html.ts';
import { displayAmount, minorUnits } from './money.ts';
import type { Settings } from './options.ts';
import { isSameOrigin, page, seeOther } from './page.ts';
import { isSettled, type PayinOrder, type PayinOutcome, type Payins } from './payin.ts';

/** The hosted cashier: what a shopper sees at the checkout URL. */
export interface Cashier {
  /** Answers the page and its form. `token` is the last part of the path. */
  answer(request: Request, token: string, place: { prefix: string; origin: string }): Promise<Response>;
}

/** When the webhook leaves after a choice on the page, by the form's values. */
const WEBHOOK_TIMINGS: Readonly<Record<string, number | 'hold' | 'never' | undefined>> = {
  now: undefined,
  '5s': 5000,
  '30s': 30_000,
  hold: 'hold',
  never: 'never',
};

const OUTCOMES: Readonly<Record<string, PayinOutcome>> = {
  succeed: 'succeeded',
  fail: 'failed',
  cancel: 'canceled',
  different: 'amount-differs',
};

/** There is no cancel URL upstream: whoever did not pay goes to the fail URL. */
function returnUrl(order: PayinOrder): string {
  return order.status === 'SUCCEED' || order.status === 'PAID' || order.status === 'REFUND'
    ? order.successUrl
    : order.failUrl;
}

/** Creates the cashier over the pay-ins. */
export function createCashier(settings: Settings, clock: Clock, payins: Payins): Cashier {
  function payPage(order: PayinOrder, prefix: string, problem?: string): Html {
    const total = displayAmount(order.amount, order.currency);
    return html`<main>
      <p>${settings.merchantName ?? new URL(order.successUrl).host}</p>
      <h1>${order.productName}</h1>
      <p>${total}</p>
      <form method="post" action="${prefix}/cashier/${order.token}">
        <button name="outcome" value="succeed">Pay ${total}</button>
        <button name="outcome" value="cancel">Cancel</button>
      </form>
      <form method="post" action="${prefix}/cashier/${order.token}">
        ${problem !== undefined && html`<p role="alert">${problem}</p>`}
        <label>Amount <input name="amount" inputmode="decimal" /></label>
        <button name="outcome" value="different">Pay a different amount</button>
        <button name="outcome" value="fail">Decline</button>
        <button name="outcome" value="leave">Leave</button>
      </form>
    </main>`;
  }

  return {
    async answer(request, token, { prefix, origin }) {
      const order = payins.byToken(token);
      if (!order) {
        return page({
          title: 'Unknown payment',
          prefix,
          kind: 'cashier',
          status: 404,
          main: html`<main><h1>Unknown payment</h1></main>`,
        });
      }
      const formTargets = [new URL(order.successUrl).origin, new URL(order.failUrl).origin];
      const show = (main: Html, status = 200) =>
        page({
          title: `Pay ${displayAmount(order.amount, order.currency)}`,
          prefix,
          kind: 'cashier',
          formTargets,
          main,
          status,
        });
      if (request.method === 'GET') {
        if (isSettled(order))
          return show(
            html`<main>
              <h1>This payment is over</h1>
              <a href="${returnUrl(order)}">Return</a>
            </main>`,
          );
        return show(payPage(order, prefix));
      }
      if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
      if (isSameOrigin(request, origin) === false)
        return show(payPage(order, prefix, 'This form came from another site.'), 403);
      // A second click while the first is being answered must lead to the same place.
      if (isSettled(order) || clock.now() >= order.expiresAt) return seeOther(returnUrl(order));
      const form = new URLSearchParams(await request.text());
      const choice = form.get('outcome') ?? '';
      const webhook = WEBHOOK_TIMINGS[form.get('webhook') ?? 'now'];
      if (choice === 'leave') return seeOther(order.successUrl);
      const outcome = Object.hasOwn(OUTCOMES, choice) ? OUTCOMES[choice] : undefined;
      if (outcome === undefined) return show(payPage(order, prefix, 'Choose what happens.'), 400);
      const amount = (form.get('amount') ?? '').replaceAll(/[,\s]/g, '');
      if (outcome === 'amount-differs') {
        const minor = minorUnits(amount, order.currency);
        if (minor === undefined || minor === minorUnits(order.amount, order.currency)) {
          return show(payPage(order, prefix, 'Enter an amount other than the order’s.'), 422);
        }
      }
      payins.settle(order, outcome, { webhook, ...(outcome === 'amount-differs' ? { amount } : {}) });
      return seeOther(returnUrl(order));
    },
  };
}
