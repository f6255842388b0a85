import { createSigningProxy, memoryStore, type PayinEvent, type SigningProxyOptions } from 'lesspay-elements/proxy';
import { createSandbox, type Sandbox, type SandboxOptions } from 'lesspay-elements/sandbox';
import { decimal } from './catalogue.ts';
import type { OrderState, Orders } from './orders.ts';
import type { Payouts } from './payouts.ts';
import { SANDBOX } from './sandbox-credentials.ts';
import { type Operators, readCookie, SHOPPER, STAFF } from './sessions.ts';
import type { Settings } from './settings.ts';

/** Where the proxy and the sandbox are mounted. */
export const PROXY_PATH = '/lesspay';
export const SANDBOX_PATH = '/sandbox';

/** The channels that Lesspay has assigned to this merchant. */
const ROUTES = [
  { currency: 'PHP', method: 'bank', wayCode: 'TAZAPAY_PAYOUT', wayType: 'BANK_TRANSFER' },
  { currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT', wayType: 'E_WALLET' },
  { currency: 'IDR', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT', wayType: 'E_WALLET' },
  { currency: 'BRL', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT', wayType: 'E_WALLET' },
  { currency: 'USD', method: 'bank', wayCode: 'TAZAPAY_PAYOUT', wayType: 'BANK_TRANSFER' },
] satisfies NonNullable<SigningProxyOptions['payout']>['routes'];

/** What an event means for the shop. Risk notices are for a person to read; they never move an order. */
const ORDER_STATES: Partial<Record<PayinEvent['type'], OrderState>> = {
  'payin.paid': 'paid',
  'payin.failed': 'unpaid',
  'payin.canceled': 'unpaid',
  'payin.closed': 'unpaid',
  'payin.amount-differs': 'wrong-amount',
  'payin.refunded': 'refunded',
};

const ignore = () => undefined;

interface Shop {
  origin: string;
  settings: Settings;
  orders: Orders;
  payouts: Payouts;
  operators: Operators;
  /** Where the sandbox is; by default mounted in this server. */
  upstream?: string;
  quiet: boolean;
}

/** The built-in fake of both providers; only where no real one is configured. */
export function createDemoSandbox(
  { origin, settings, upstream = origin + SANDBOX_PATH }: Pick<Shop, 'origin' | 'settings' | 'upstream'>,
  timings: Pick<SandboxOptions, 'reviewDelayMs' | 'settleDelayMs'> = { reviewDelayMs: 20_000, settleDelayMs: 5000 },
): Sandbox | undefined {
  if (settings.mode !== 'sandbox') return undefined;
  return createSandbox({
    ...SANDBOX,
    baseUrl: upstream,
    merchantName: 'Luad Stoneware',
    ...timings,
  });
}

/** The signing proxy, told about this shop's orders and operators. */
export function createDemoProxy(shop: Shop) {
  const { origin, settings, orders, payouts, operators, quiet, upstream = origin + SANDBOX_PATH } = shop;
  const publicUrl = settings.mode === 'sandbox' ? origin : settings.publicUrl;
  const sandbox = { baseUrl: upstream };
  return createSigningProxy({
    ...(settings.mode === 'sandbox'
      ? { lesspay: { ...SANDBOX.lesspay, environment: sandbox }, leanx: { ...SANDBOX.leanx, environment: sandbox } }
      : {
          lesspay: { ...settings.lesspay, environment: { baseUrl: settings.lesspay.baseUrl } },
          leanx: settings.leanx && { ...settings.leanx, environment: { baseUrl: settings.leanx.baseUrl } },
        }),
    publicUrl,
    basePath: PROXY_PATH,
    // A demo may forget; a shop gives Redis or Postgres here.
    store: memoryStore(),
    ...(quiet && { logger: { info: ignore, warn: ignore, error: ignore } }),
    payin: {
      resolveOrder(reference, { request }) {
        const session = readCookie(request.headers.get('cookie'), SHOPPER);
        const order = session === undefined ? undefined : orders.find(reference, session);
        if (!order) return null;
        const back = `${publicUrl}/order/${reference}?request_id={requestId}`;
        return {
          amount: decimal(order.totalCents),
          currency: 'PHP',
          productName: 'Stoneware',
          description: `Luad order ${reference}`,
          successUrl: back,
          failUrl: back,
        };
      },
    },
    payout: {
      authorize: ({ request }) => operators.find(request.headers.get('cookie')) ?? null,
      review(draft, actor) {
        payouts.prepare(draft, STAFF.find(({ id }) => id === actor.id)?.name ?? actor.id);
        return true;
      },
      routes: ROUTES,
    },
    onPayin(event) {
      const state = ORDER_STATES[event.type];
      if (state) orders.settle(event, state);
    },
    onPayout: (event) => payouts.apply(event),
  });
}
