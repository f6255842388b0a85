import 'lesspay-elements/define/lesspay-payout-batch';
import 'lesspay-elements/define/lesspay-payout-status';
import 'lesspay-elements/define/lesspay-recipient-form';
import type {
  CreatePayoutsResponse,
  LesspayBatchSubmittedEvent,
  LesspayRecipientForm,
  LesspaySubmittedEvent,
  PayoutStatusResponse,
  Problem,
} from 'lesspay-elements';
import { html, render } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { OrderRow, Payee, PayoutRow } from '../api.ts';
import { batchView } from './batch-view.ts';
import { ordersView } from './orders-view.ts';
import { payoutsView, sum, type PayoutsActions, type PayoutsState } from './payouts-view.ts';
import { isOpen, money } from './words.ts';

const REFRESH_MS = 2000;

const main = document.querySelector('main') ?? document.body;
const sheets = document.body.appendChild(document.createElement('div'));
let orders: OrderRow[] | undefined;
let state: PayoutsState = {
  rows: undefined,
  payees: [],
  filter: 'all',
  unfolded: new Set(),
  ticked: new Set(),
  notice: undefined,
};

function update(change: Partial<PayoutsState> = {}): void {
  state = { ...state, ...change };
  const view = Object.hasOwn(VIEWS, location.hash) ? location.hash : '#payouts';
  const { title, show } = VIEWS[view] ?? PAYOUTS;
  document.title = `${title} · Luad back office`;
  for (const link of document.querySelectorAll('#views a')) {
    const isCurrent = link.getAttribute('href') === view;
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  render(show(), main);
  render(dialogs(), sheets);
}

const PAYOUTS = { title: 'Payouts', show: () => payoutsView(state, actions) };
const VIEWS: Readonly<Record<string, { title: string; show: () => unknown }>> = {
  '#payouts': PAYOUTS,
  '#batch': { title: 'Pay many', show: () => batchView((event) => void fileBatch(event)) },
  '#orders': { title: 'Orders', show: () => ordersView(orders) },
};

const toggled = (set: ReadonlySet<string>, item: string) => {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
};

const actions: PayoutsActions = {
  filter: (filter) => update({ filter }),
  unfold: (requestId) => update({ unfolded: toggled(state.unfolded, requestId) }),
  tick: (reference) => update({ ticked: toggled(state.ticked, reference) }),
  compose: () => dialog('compose').showModal(),
  confirm: () => dialog('confirm').showModal(),
  dismiss: () => update({ notice: undefined }),
  follow: ({ requestId, status }) => {
    if (state.rows?.find((row) => row.requestId === requestId)?.status !== status) void refresh();
  },
};

/* The two dialogs */

function dialog(id: string): HTMLDialogElement {
  return document.getElementById(id) as HTMLDialogElement;
}

const chosenPayees = () => state.payees.filter(({ reference, requestId }) => state.ticked.has(reference) && !requestId);

/** How many payouts were composed: each begins with a new form. */
let composed = 0;

/** What was typed stays when the sheet is closed by mistake; a payout that was sent makes room for the next. */
function clearWhenSent(): void {
  if (document.querySelector<LesspayRecipientForm>('lesspay-recipient-form')?.step === 'accepted') composed += 1;
  update();
}

function dialogs() {
  const chosen = chosenPayees();
  return html`
    <dialog id="compose" class="sheet" aria-labelledby="compose-title" @close=${clearWhenSent}>
      <div class="sheet-title">
        <h2 id="compose-title">New payout</h2>
        <button class="plain square" aria-label="Close" @click=${() => dialog('compose').close()}>
          <svg viewBox="0 0 20 20" aria-hidden="true" class="icon"><path d="m5 5 10 10M15 5 5 15" /></svg>
        </button>
      </div>
      ${keyed(
        composed,
        html`<lesspay-recipient-form
          payout
          proxy="/lesspay"
          currency="PHP"
          currencies="PHP IDR BRL USD"
          @lesspay-submitted=${(event: LesspaySubmittedEvent) => void file(event.reference, event.requestId)}
        ></lesspay-recipient-form>`,
      )}
    </dialog>

    <dialog id="confirm" class="ask" aria-labelledby="confirm-title">
      <h2 id="confirm-title">
        Send ${money(sum(chosen), 'PHP')} to ${chosen.length} ${chosen.length === 1 ? 'payee' : 'payees'}?
      </h2>
      <ul>
        ${chosen.map(({ recipient, amount, currency }) => html`<li><span>${recipient.holderName}</span><span class="figure">${money(amount, currency)}</span></li>`)}
      </ul>
      <p class="soft small">Lesspay reviews every payout by hand before the money leaves.</p>
      <div class="ask-buttons">
        <button class="button quiet" @click=${() => dialog('confirm').close()}>Cancel</button>
        <button class="button" @click=${() => void paySelected()}>Send</button>
      </div>
    </dialog>
  `;
}

/* Paying */

/** The key of the attempt in hand: kept until its outcome is known, so that a repeated click cannot pay twice. */
let attempt: { key: string; body: string } | undefined;

async function paySelected(): Promise<void> {
  const chosen = chosenPayees();
  dialog('confirm').close();
  const body = JSON.stringify({
    currency: 'PHP',
    payouts: chosen.map(({ reference, amount, recipient }) => ({ reference, amount, recipient })),
  });
  if (attempt?.body !== body) attempt = { key: crypto.randomUUID(), body };
  try {
    const response = await fetch('/lesspay/payouts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': attempt.key },
      body,
    });
    if (!response.ok) {
      const problem = (await response.json()) as Problem;
      if (!problem.retryable) attempt = undefined;
      update({ notice: { tone: 'bad', text: `Not sent. ${problem.title}` } });
      return;
    }
    const answer = (await response.json()) as CreatePayoutsResponse;
    attempt = undefined;
    await file(chosen[0]?.reference ?? '', answer.requestId);
    update({
      ticked: new Set(),
      notice: {
        tone: 'good',
        text: `${money(answer.total, 'PHP')} to ${answer.count} payees is in review at Lesspay.`,
      },
    });
  } catch {
    update({ notice: { tone: 'bad', text: 'No answer came. Press “Pay selected” again: nobody is paid twice.' } });
  }
}

/** Tells the studio's own records which request a payout became. */
async function file(reference: string, requestId: string): Promise<void> {
  await fetch('/api/admin/payouts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reference, requestId }),
  });
  await refresh();
}

/** The same for each request of a batch. */
async function fileBatch({ requestIds }: LesspayBatchSubmittedEvent): Promise<void> {
  for (const requestId of requestIds) {
    const known = await get<PayoutStatusResponse>(`/lesspay/payouts/${requestId}`);
    await file(known?.details[0]?.reference ?? '', requestId);
  }
}

/* Keeping up */

async function get<T>(path: string): Promise<T | undefined> {
  const response = await fetch(path);
  return response.ok ? ((await response.json()) as T) : undefined;
}

async function refresh(): Promise<void> {
  // Asking the proxy about an open payout lets it ask Lesspay; what it learns reaches our own list by its onPayout.
  // What is unfolded asks for itself.
  const open = state.rows?.filter((row) => isOpen(row) && !state.unfolded.has(row.requestId)) ?? [];
  await Promise.all(open.map(({ requestId }) => get(`/lesspay/payouts/${requestId}`)));
  const [rows, payees, allOrders] = await Promise.all([
    get<PayoutRow[]>('/api/admin/payouts'),
    get<Payee[]>('/api/admin/payees'),
    get<OrderRow[]>('/api/admin/orders'),
  ]);
  orders = allOrders ?? orders;
  update({ rows: rows ?? state.rows, payees: payees ?? state.payees });
}

async function keepUp(): Promise<void> {
  if (!document.hidden) await refresh().catch(() => undefined);
  setTimeout(() => void keepUp(), REFRESH_MS);
}

addEventListener('hashchange', () => update());
update();
void keepUp();
