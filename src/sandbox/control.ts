import type { Clock } from './clock.ts';
import type { Delivery, DeliveryAttempt, NoticeRecord, WebhookStorm } from './delivery.ts';
import type { Fault, Faults, RequestStorm } from './faults.ts';
import type { Leanx, LeanxPayout } from './leanx.ts';
import type { NoticeMembers, PayinOrder, PayinOutcome, Payins } from './payin.ts';
import type { PayoutOrder, PayoutOutcome, Payouts } from './payout.ts';
import type { ReceivedRequest, RequestLog } from './request-log.ts';

/** How `control.settle` ends an order. */
export interface SettleOptions {
  /** For `amount-differs`: what the shopper paid. */
  amount?: string | undefined;
  /** Pay-in only: how many milliseconds later the webhook leaves, `'hold'` until released, or `'never'`. */
  webhook?: number | 'hold' | 'never' | undefined;
}

/** Bad weather: faults by chance. The same seed gives the same lots in the same order. */
export interface Storm {
  seed: number;
  requests?: RequestStorm | undefined;
  webhooks?: WebhookStorm | undefined;
}

/** Steers a sandbox from a test, a demo or the console. Ids are the merchant's (`request_id`, `external_invoice_ref`) or the upstream's. */
export interface SandboxControl {
  /** Approves a payout that waits for review; it settles after `settleDelayMs`. */
  approve(id: string): void;
  /** Refuses a payout in review. */
  reject(id: string, reason?: string): void;
  /** Ends a pay-in or a payout. A payout in review is approved first. */
  settle(id: string, outcome: PayinOutcome | PayoutOutcome, options?: SettleOptions): void;
  /** Returns the money of an order that succeeded. */
  refund(id: string): void;
  /** Sends the risk notice `payment_declined` of a pay-in; its status stays. */
  decline(id: string): void;
  /** Sends the risk notice `dispute_received` of a pay-in; its status stays. */
  dispute(id: string): void;
  /** Sends a signed notice about an order as it stands, with members changed or added. */
  notify(id: string, members?: NoticeMembers): void;
  /** Sends the latest notice of an order again; false when there was none. */
  resend(id: string): boolean;
  /** Breaks the next requests. */
  fail(next: Fault): void;
  /** Breaks requests, and loses, repeats and delays webhooks, by chance until `calm`. */
  storm(storm: Storm): void;
  /** Ends the storm; what it has lost stays lost. */
  calm(): void;
  /** Sets what LeanX's account check finds: `null` for no such account, `''` for a bank that tells no name. */
  setAccountName(accountNumber: string, name: string | null): void;
  /** Upstream requests, oldest first; the latest 500. Secrets in headers are masked. */
  readonly requests: readonly ReceivedRequest[];
  /** Attempts to deliver webhooks, oldest first. */
  readonly deliveries: readonly DeliveryAttempt[];
  /** Webhooks and where they stand, oldest first. */
  readonly notices: readonly NoticeRecord[];
  /** Pay-ins, oldest first. */
  readonly orders: readonly Readonly<PayinOrder>[];
  /** Lesspay payouts, oldest first. */
  readonly payouts: readonly Readonly<PayoutOrder>[];
  /** LeanX payouts, oldest first. */
  readonly leanxPayouts: readonly Readonly<LeanxPayout>[];
  readonly clock: {
    /** Sandbox time, milliseconds. */
    now(): number;
    /** Moves the clock forward, runs what became due and waits for the webhooks. */
    advance(ms: number): Promise<void>;
  };
  /** Holds every later webhook until `releaseWebhooks`. */
  holdWebhooks(): void;
  releaseWebhooks(): void;
  /** Waits until no webhook is under way; waiting retries and held ones do not count. */
  idle(): Promise<void>;
  /** Sends delayed webhooks and waiting retries now, and waits for them. */
  flush(): Promise<void>;
  /** Stops every timer, drops the waiting faults and ends a storm. */
  close(): void;
}

/** The parts that the control steers. */
export interface SandboxParts {
  clock: Clock;
  delivery: Delivery;
  faults: Faults;
  payins: Payins;
  payouts: Payouts;
  leanx: Leanx | undefined;
  requests: RequestLog;
}

const PAYIN_OUTCOMES: ReadonlySet<unknown> = new Set<PayinOutcome>([
  ...(['succeeded', 'failed', 'canceled', 'closed', 'refunded', 'amount-differs'] as const),
]);

type Found =
  { kind: 'payin'; order: PayinOrder } | { kind: 'payout'; order: PayoutOrder } | { kind: 'leanx'; order: LeanxPayout };

/** Creates the control. */
export function createControl(parts: SandboxParts): SandboxControl {
  const { clock, delivery, faults, payins, payouts, leanx, requests } = parts;

  function find(id: string): Found {
    const payin = payins.find(id);
    if (payin) return { kind: 'payin', order: payin };
    const payout = payouts.find(id);
    if (payout) return { kind: 'payout', order: payout };
    const leanxPayout = leanx?.find(id);
    if (leanxPayout) return { kind: 'leanx', order: leanxPayout };
    throw new Error(`The sandbox knows no pay-in or payout "${id}".`);
  }

  function payin(id: string): PayinOrder {
    const found = find(id);
    if (found.kind !== 'payin') throw new Error(`"${id}" is a payout: only a pay-in can do this.`);
    return found.order;
  }

  function settleLeanx(order: LeanxPayout, outcome: unknown): void {
    if (outcome !== 'succeeded' && outcome !== 'failed') {
      throw new TypeError('A LeanX payout ends as succeeded or failed.');
    }
    leanx?.settle(order, outcome);
  }

  return {
    approve(id) {
      const found = find(id);
      if (found.kind === 'payin') throw new Error(`"${id}" is a pay-in: only payouts are reviewed.`);
      if (found.kind === 'payout') payouts.approve(found.order);
      else settleLeanx(found.order, 'succeeded');
    },
    reject(id, reason) {
      const found = find(id);
      if (found.kind === 'payin') throw new Error(`"${id}" is a pay-in: only payouts are reviewed.`);
      if (found.kind === 'payout') payouts.reject(found.order, reason);
      else settleLeanx(found.order, 'failed');
    },
    settle(id, outcome, { amount, webhook } = {}) {
      const found = find(id);
      if (found.kind === 'payin') {
        if (!PAYIN_OUTCOMES.has(outcome)) throw new TypeError('A pay-in cannot end like this.');
        payins.settle(found.order, outcome as PayinOutcome, { amount, webhook });
      } else if (found.kind === 'leanx') {
        settleLeanx(found.order, outcome);
      } else {
        if (typeof outcome === 'string' && !['succeeded', 'failed', 'partly-succeeded'].includes(outcome)) {
          throw new TypeError('A payout ends as succeeded, failed or partly-succeeded, or by a map of its references.');
        }
        payouts.settle(found.order, outcome as PayoutOutcome);
      }
    },
    refund(id) {
      const found = find(id);
      if (found.kind === 'leanx') throw new Error('LeanX documents no refund of a payout.');
      if (found.kind === 'payout') {
        payouts.refund(found.order);
        return;
      }
      if (found.order.status !== 'SUCCEED') throw new Error(`Pay-in ${id} has not been paid.`);
      payins.settle(found.order, 'refunded');
    },
    // Fraud & Dispute Webhook Notifications: the same body with `event` and `event_data`; the status does not change. The
    // members of `event_data` are not published; the codes and categories are.
    decline: (id) =>
      payins.notify(payin(id), {
        event: 'payment_declined',
        event_data: { response_code: '30034', response_summary: 'Suspected fraud' },
      }),
    dispute: (id) => payins.notify(payin(id), { event: 'dispute_received', event_data: { category: 'fraudulent' } }),
    notify(id, members) {
      const found = find(id);
      if (found.kind === 'leanx') throw new Error('A LeanX callback cannot be changed: resend it instead.');
      if (found.kind === 'payin') payins.notify(found.order, members);
      else payouts.notify(found.order, members);
    },
    resend(id) {
      const found = find(id);
      return delivery.resend(found.kind === 'leanx' ? found.order.invoiceNo : found.order.payOrderId);
    },
    fail: (next) => faults.add(next),
    storm({ seed, requests: onRequests, webhooks: onWebhooks }) {
      faults.storm(onRequests && { ...onRequests, seed });
      delivery.storm(onWebhooks && { ...onWebhooks, seed: seed + 1 });
    },
    calm() {
      faults.storm(undefined);
      delivery.storm(undefined);
    },
    setAccountName(accountNumber, name) {
      if (!leanx) throw new Error('createSandbox was called without leanx.');
      leanx.setAccountName(accountNumber, name);
    },
    requests: requests.entries,
    deliveries: delivery.attempts,
    notices: delivery.notices,
    orders: payins.orders,
    payouts: payouts.orders,
    leanxPayouts: leanx?.payouts ?? [],
    clock: {
      now: () => clock.now(),
      async advance(ms) {
        clock.advance(ms);
        await delivery.idle();
      },
    },
    holdWebhooks: () => delivery.hold(),
    releaseWebhooks: () => delivery.release(),
    idle: () => delivery.idle(),
    flush: () => delivery.flush(),
    close() {
      clock.clear();
      faults.clear();
      delivery.storm(undefined);
    },
  };
}
