import type { SandboxControl } from './control.ts';
import type { NoticeRecord } from './delivery.ts';
import { faultKinds, type FaultKind, type Faults } from './faults.ts';
import { html, type Html } from './html.ts';
import { icons } from './icons.ts';
import type { LeanxPayout } from './leanx.ts';
import { displayAmount } from './money.ts';
import { isSameOrigin, page, seeOther } from './page.ts';
import { isSettled, type PayinOrder, type PayinOutcome } from './payin.ts';
import { isPayoutFinal, type PayoutOrder, type PayoutOutcome } from './payout.ts';
import type { ReceivedRequest } from './request-log.ts';
import { ribbon } from './ribbon.ts';

/** The sandbox's console: orders, payouts, webhooks and requests, with buttons. */
export interface SandboxConsole {
  /** Answers a page or an action under `/console`. */
  answer(request: Request, path: string, place: { prefix: string; origin: string }): Promise<Response>;
}

/** How much of each list the page shows, newest first. */
const MAX_ROWS = 50;

const ENDPOINTS = [
  ['', 'Every endpoint'],
  ['/pay/create-order', 'Pay-in: create'],
  ['/pay/query-order', 'Pay-in: query'],
  ['/payout/batch/create-order', 'Payout: create batch'],
  ['/global/payout/create-order', 'Payout: create single'],
  ['/payout/query', 'Payout: query'],
  ['/payout/bank', 'Payout: banks'],
  ['/create-payout-invoice', 'LeanX: create payout'],
  ['/get-payout-transaction-by-id', 'LeanX: payout status'],
  ['/list-payout-services', 'LeanX: banks'],
  ['/check-verification-bank', 'LeanX: account check'],
] as const;

const CLOCK_STEPS = [
  ['60000', '1 minute'],
  ['600000', '10 minutes'],
  ['1800000', '30 minutes'],
  ['86400000', '1 day'],
  ['604800000', '7 days'],
] as const;

const GOOD = new Set(['SUCCEED', 'SUCCESS', 'Succeeded', 'delivered']);
const BAD = new Set(['FAILED', 'given-up']);
const STILL = new Set(['CANCELED', 'CLOSED', 'REFUND', 'REFUNDED', 'CREATED']);

function chip(state: string): Html {
  const tone = GOOD.has(state) ? 'good' : BAD.has(state) ? 'bad' : STILL.has(state) ? '' : 'wait';
  return html`<span class="chip ${tone}">${state}</span>`;
}

function time(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(11, 19)}</time>`;
}

/** An amount of money in a table, in the order's own currency. */
function money(amount: string, currency: string): Html {
  return html`${displayAmount(amount, currency)}`;
}

function table(
  caption: string,
  heads: readonly (readonly [string, 'number'?])[],
  rows: readonly Html[],
  empty: string,
): Html {
  if (rows.length === 0) return html`<div class="table"><p class="empty">${empty}</p></div>`;
  // A region that scrolls must be reachable by keyboard.
  return html`<div class="table" role="region" aria-label="${caption}, table" tabindex="0">
    <table>
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map(([head, kind]) => html`<th scope="col" ${kind && html` class="number"`}>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** What a posted action says back, shown after the redirect. */
type Message = string | undefined;

/** Creates the console over the control. */
export function createConsole(control: SandboxControl, faults: Faults): SandboxConsole {
  let message: Message;
  let holding = false;

  function newest<Item>(items: readonly Item[]): Item[] {
    return items.slice(-MAX_ROWS).reverse();
  }

  function buttons(prefix: string, id: string, actions: readonly (readonly [value: string, label: string])[]): Html {
    return html`<form class="buttons" method="post" action="${prefix}/console/orders">
      <input type="hidden" name="id" value="${id}" />
      ${actions.map(
        ([value, label]) =>
          html`<button name="do" value="${value}">${label}<span class="visually-hidden"> ${id}</span></button>`,
      )}
    </form>`;
  }

  function payinRow(order: PayinOrder, prefix: string): Html {
    const actions = isSettled(order)
      ? ([
          ...(order.status === 'SUCCEED'
            ? ([
                ['refund', 'Refund'],
                ['dispute', 'Dispute'],
              ] as const)
            : []),
          ['resend', 'Resend webhook'],
        ] as const)
      : ([
          ['succeeded', 'Succeed'],
          ['failed', 'Fail'],
          ['canceled', 'Cancel'],
          ['closed', 'Close'],
          ['decline', 'Decline notice'],
        ] as const);
    return html`<tr>
      <th scope="row">
        ${
          isSettled(order) ? order.requestId : html`<a href="${prefix}/cashier/${order.token}">${order.requestId}</a>`
        }<br /><span class="soft code">${order.payOrderId}</span>
      </th>
      <td>${order.productName}</td>
      <td class="number">
        ${money(order.amount, order.currency)}${
          order.paidAmount !== undefined &&
          html`<br /><span class="soft">paid ${money(order.paidAmount, order.currency)}</span>`
        }
      </td>
      <td>${chip(order.status)}</td>
      <td>${buttons(prefix, order.requestId, actions)}</td>
    </tr>`;
  }

  function payoutRow(order: PayoutOrder, prefix: string): Html {
    const actions: (readonly [string, string])[] = [];
    if (order.status === 'PENDING_CONFIRM') actions.push(['approve', 'Approve'], ['reject', 'Reject']);
    if (order.status === 'PENDING_PAY') {
      actions.push(['succeeded', 'Succeed'], ['failed', 'Fail']);
      if (order.details.length > 1) actions.push(['partly-succeeded', 'Succeed in part']);
    }
    if (isPayoutFinal(order)) actions.push(['resend', 'Resend webhook']);
    return html`<tr>
      <th scope="row">${order.requestId}<br /><span class="soft code">${order.payOrderId}</span></th>
      <td>
        <ul>
          ${order.details.map(
            (detail) =>
              html`<li>
                ${detail.reference}: ${money(detail.amount, order.currency)} to
                ${detail.provider ?? detail.bankName ?? detail.destination} <span class="soft">${detail.status}</span>
              </li>`,
          )}
        </ul>
      </td>
      <td class="number">${money(order.total, order.currency)}</td>
      <td>${chip(order.status)}</td>
      <td>${buttons(prefix, order.requestId, actions)}</td>
    </tr>`;
  }

  function leanxRow(payout: LeanxPayout, prefix: string): Html {
    const over = payout.status === 'SUCCESS' || payout.status === 'FAILED';
    const actions: (readonly [string, string])[] = over
      ? payout.status === 'SUCCESS'
        ? [['resend', 'Resend callback']]
        : []
      : [
          ['succeeded', 'Succeed'],
          ['failed', 'Fail'],
        ];
    return html`<tr>
      <th scope="row">
        ${payout.externalRef ?? payout.invoiceNo}<br /><span class="soft code">${payout.invoiceNo}</span>
      </th>
      <td>${payout.bank.name}<br /><span class="soft">${payout.recipientName}</span></td>
      <td class="number">${money(payout.amount, 'MYR')}</td>
      <td>${chip(payout.status)}</td>
      <td>${buttons(prefix, payout.invoiceNo, actions)}</td>
    </tr>`;
  }

  function noticeRow({ notice, kind, requestId, url, state, body }: NoticeRecord): Html {
    const attempts = control.deliveries.filter((attempt) => attempt.notice === notice);
    return html`<tr>
      <th scope="row">${requestId}<br /><span class="soft">${kind}</span></th>
      <td>
        <span class="code">${url}</span>
        <details>
          <summary>Body</summary>
          <pre>${body}</pre>
        </details>
      </td>
      <td>
        ${
          attempts.length === 0
            ? html`<span class="soft">none yet</span>`
            : html`<ul>
                ${attempts.map(({ at, status, answer, error }) => html`<li>${time(at)} ${status ?? error ?? ''} <span class="soft">${(answer ?? '').slice(0, 60)}</span></li>`)}
              </ul>`
        }
      </td>
      <td>${chip(state)}</td>
    </tr>`;
  }

  function requestRow({ at, method, path, search, headers, text, status, code }: ReceivedRequest): Html {
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return html`<tr>
      <td>${time(at)}</td>
      <th scope="row">
        <span class="code">${method} ${path}${search}</span>
        <details>
          <summary>Request</summary>
          <pre>${[...head, '', text].join('\n')}</pre>
        </details>
      </th>
      <td class="number">${status ?? '–'}</td>
      <td class="number">${code ?? '–'}</td>
    </tr>`;
  }

  function tools(prefix: string): Html {
    const options = (list: readonly (readonly [string, string])[]) =>
      list.map(([value, label]) => html`<option value="${value}">${label}</option>`);
    const waiting = faults.waiting.map(
      ({ how, times, path }) => html`<li>${how} × ${times} <span class="soft">${path || 'every endpoint'}</span></li>`,
    );
    return html`<div class="tools">
      <form method="post" action="${prefix}/console/clock">
        <h3>Clock</h3>
        <p class="soft">
          It is ${time(new Date(control.clock.now()).toISOString())} UTC here. Expiry, reviews and retries follow.
        </p>
        <div class="field">
          <label for="ms">Move forward by</label
          ><select id="ms" name="ms">
            ${options(CLOCK_STEPS)}
          </select>
        </div>
        <button>Advance the clock</button>
      </form>
      <form method="post" action="${prefix}/console/webhooks">
        <h3>Webhooks</h3>
        <p class="soft">
          ${holding ? 'New webhooks are held back.' : 'New webhooks leave at once, or as each order says.'}
        </p>
        ${holding ? html`<button name="do" value="release">Release all</button>` : html`<button name="do" value="hold">Hold new webhooks</button><button name="do" value="release">Release held ones</button>`}
        <button name="do" value="flush">Retry waiting ones now</button>
      </form>
      <form method="post" action="${prefix}/console/faults">
        <h3>Faults</h3>
        ${
          waiting.length > 0 &&
          html`<ul>
            ${waiting}
          </ul>`
        }
        <div class="field">
          <label for="path">Endpoint</label
          ><select id="path" name="path">
            ${options(ENDPOINTS)}
          </select>
        </div>
        <div class="field">
          <label for="how">What happens</label
          ><select id="how" name="how">
            ${options(faultKinds.map((kind) => [kind, kind]))}
          </select>
        </div>
        <div class="field">
          <label for="times">How many times</label
          ><input type="number" id="times" name="times" value="1" min="1" max="99" required />
        </div>
        <button>Break the next requests</button>
      </form>
    </div>`;
  }

  function overview(prefix: string): Html {
    const said = message;
    message = undefined;
    const link = (id: string, label: string) => html`<li><a href="#${id}">${label}</a></li>`;
    return html`${ribbon('Both upstreams, in memory. Nothing here is real.')}
      <main>
        <div class="top">
          <h1>Console</h1>
          <a class="button" href="${prefix}/console">Refresh</a>
        </div>
        <nav aria-label="Sections">
          <ul>
            ${[
              link('payins', 'Pay-ins'),
              link('payouts', 'Payouts'),
              link('leanx', 'LeanX payouts'),
              link('webhooks', 'Webhooks'),
              link('requests', 'Requests'),
              link('tools', 'Clock and faults'),
            ]}
          </ul>
        </nav>
        ${said !== undefined && html`<p class="problem" role="alert">${icons.alert}<span>${said}</span></p>`}
        <section id="payins" aria-labelledby="payins-title">
          <h2 id="payins-title">Pay-ins</h2>
          ${table(
            'Pay-ins',
            [['Order'], ['For'], ['Amount', 'number'], ['State'], ['Actions']],
            newest(control.orders).map((order) => payinRow(order, prefix)),
            'No pay-in yet. Open one through your proxy.',
          )}
        </section>
        <section id="payouts" aria-labelledby="payouts-title">
          <h2 id="payouts-title">Payouts</h2>
          ${table(
            'Payouts',
            [['Payout'], ['Transfers'], ['Total', 'number'], ['State'], ['Actions']],
            newest(control.payouts).map((order) => payoutRow(order, prefix)),
            'No payout yet. New ones wait here for review.',
          )}
        </section>
        <section id="leanx" aria-labelledby="leanx-title">
          <h2 id="leanx-title">LeanX payouts</h2>
          ${table(
            'LeanX payouts',
            [['Payout'], ['To'], ['Amount', 'number'], ['State'], ['Actions']],
            newest(control.leanxPayouts).map((payout) => leanxRow(payout, prefix)),
            'No LeanX payout yet.',
          )}
        </section>
        <section id="webhooks" aria-labelledby="webhooks-title">
          <h2 id="webhooks-title">Webhooks</h2>
          ${table('Webhooks', [['About'], ['To'], ['Attempts'], ['State']], newest(control.notices).map(noticeRow), 'No webhook yet. One leaves when an order changes.')}
        </section>
        <section id="requests" aria-labelledby="requests-title">
          <h2 id="requests-title">Requests</h2>
          <p class="soft">What the upstreams received, newest first; signatures and tokens are masked.</p>
          ${table('Requests', [['Time'], ['Request'], ['HTTP', 'number'], ['Code', 'number']], newest(control.requests).map(requestRow), 'No request yet.')}
        </section>
        <section id="tools" aria-labelledby="tools-title">
          <h2 id="tools-title">Clock and faults</h2>
          ${tools(prefix)}
        </section>
      </main>`;
  }

  const orderActions: Readonly<Record<string, (id: string) => void>> = {
    approve: (id) => control.approve(id),
    reject: (id) => control.reject(id),
    refund: (id) => control.refund(id),
    dispute: (id) => control.dispute(id),
    decline: (id) => control.decline(id),
    resend: (id) => void control.resend(id),
  };

  function actOnOrder(id: string, action: string): void {
    const known = Object.hasOwn(orderActions, action) ? orderActions[action] : undefined;
    if (known) known(id);
    else control.settle(id, action as PayinOutcome | PayoutOutcome);
  }

  async function act(path: string, form: URLSearchParams): Promise<void> {
    const text = (name: string) => form.get(name) ?? '';
    switch (path) {
      case '/console/orders':
        actOnOrder(text('id'), text('do'));
        return;
      case '/console/clock': {
        const ms = Number(text('ms'));
        if (!(ms > 0 && ms <= 31 * 86_400_000)) throw new Error('The clock moves forward by up to 31 days.');
        await control.clock.advance(ms);
        return;
      }
      case '/console/webhooks':
        if (text('do') === 'flush') {
          await control.flush();
          return;
        }
        holding = text('do') === 'hold';
        if (holding) control.holdWebhooks();
        else control.releaseWebhooks();
        return;
      case '/console/faults':
        control.fail({ path: text('path'), how: text('how') as FaultKind, times: Number(text('times')) });
        return;
      default:
        throw new Error('The console has no such action.');
    }
  }

  return {
    async answer(request, path, { prefix, origin }) {
      if (request.method === 'GET' || request.method === 'HEAD') {
        if (path !== '/console' && path !== '/console/') return seeOther(`${prefix}/console`);
        return page({ title: 'Console – Sandbox', prefix, kind: 'console', main: overview(prefix) });
      }
      if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
      const form = new URLSearchParams(await request.text());
      // Another site must not steer the sandbox through the developer's browser.
      if (isSameOrigin(request, origin) !== true) {
        message = 'That came from another site and was not done.';
        const main = overview(prefix);
        return page({ title: 'Console – Sandbox', prefix, kind: 'console', status: 403, main });
      }
      try {
        await act(path, form);
      } catch (error) {
        message = error instanceof Error ? error.message : String(error);
      }
      const section = path === '/console/orders' ? '' : path === '/console/webhooks' ? '#webhooks' : '#tools';
      return seeOther(`${prefix}/console${message === undefined ? section : ''}`);
    },
  };
}
