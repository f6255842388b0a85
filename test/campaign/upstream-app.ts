/**
 * Both platforms, in a process of their own that outlives every replica: the truth of a campaign. Its settings are in
 * CAMPAIGN_UPSTREAM; it is steered by messages.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox, type Fault, type SettleOptions, type Storm, toNodeListener } from 'lesspay-elements/sandbox';
import { APP_ID, APP_SECRET, AUTH_TOKEN, HASH_KEY } from './app-settings.ts';
import type { UpstreamTruth, WireRequest } from './evidence.ts';
import { createRandom } from './random.ts';
import { askOverSocket } from './unix-http.ts';

/** What the platforms' process is started with. */
export interface UpstreamSettings {
  seed: number;
  /** The replicas' unix sockets, among which webhooks are spread. */
  replicas: readonly string[];
  webhookRetryMs: readonly number[];
}

/** What the campaign may ask of it. */
export interface UpstreamCommands {
  storm: (storm: Storm) => void;
  calm: () => void;
  /** Breaks the next requests to an endpoint. */
  fail: (fault: Fault) => void;
  /** Puts the platforms' clock ahead of the machine's. */
  clock: (aheadMs: number) => void;
  settle: (
    id: string,
    outcome: 'succeeded' | 'failed' | 'canceled' | 'closed' | 'amount-differs',
    options?: SettleOptions,
  ) => void;
  /** Gives the money of a payment or payout back. */
  refund: (id: string) => void;
  /** Sends a risk notice about a payment. */
  dispute: (id: string) => void;
  decline: (id: string) => void;
  /** Sends every webhook that waits, and waits for the answers. */
  flush: () => Promise<void>;
  truth: () => UpstreamTruth;
}

const settings = JSON.parse(process.env.CAMPAIGN_UPSTREAM ?? '{}') as UpstreamSettings;
const random = createRandom(settings.seed).fork('replica of a webhook');
const wire: WireRequest[] = [];
let creates = 0;
let aheadMs = 0;
const WEEK_MS = 7 * 86_400_000;

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const sandbox = createSandbox({
  lesspay: { appId: APP_ID, appSecret: APP_SECRET, maxClockSkewMs: WEEK_MS },
  // LeanX does not say what a second payout under one reference becomes: here it is paid again, the worst that can be.
  leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY, poolBalance: '9999999999.00', repeatedReference: 'pay' },
  baseUrl,
  now: () => Date.now() + aheadMs,
  reviewDelayMs: 100,
  settleDelayMs: 200,
  webhookRetryMs: settings.webhookRetryMs,
  webhookTimeoutMs: 5000,
  async deliver(input, init) {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const { status, text } = await askOverSocket(random.pick(settings.replicas), {
      path: `${pathname}${search}`,
      headers: init?.headers as Record<string, string>,
      body: init?.body as string,
      patienceMs: 5000,
    });
    return new Response(text, { status });
  },
});

const { control } = sandbox;

/** Notes every order to pay as it comes over the wire, whatever becomes of it afterwards. */
async function note(request: Request): Promise<void> {
  const { pathname } = new URL(request.url);
  const isPayout = /payout\/(batch\/)?create-order$|create-payout-invoice$/.test(pathname);
  if (!isPayout && !pathname.endsWith('pay/create-order')) return;
  creates += 1;
  process.send?.({ event: 'create' });
  if (!isPayout) return;
  interface Body {
    request_id?: string;
    external_invoice_ref?: string;
    third_party_account_no?: string;
    payout_order_details?: { e_wallet: { account_number: string } }[];
    beneficiary?: { destination: { e_wallet: { account_number: string } } };
  }
  const body = (await request.clone().json()) as Body;
  const accounts = body.payout_order_details?.map((detail) => detail.e_wallet.account_number) ?? [
    body.beneficiary?.destination.e_wallet.account_number ?? String(body.third_party_account_no),
  ];
  wire.push({ requestId: String(body.request_id ?? body.external_invoice_ref), at: Date.now(), accounts });
}

server.on(
  'request',
  toNodeListener({
    async fetch(request) {
      await note(request);
      return sandbox.fetch(request);
    },
  }),
);

const commands: UpstreamCommands = {
  storm: (storm) => control.storm(storm),
  calm: () => control.calm(),
  fail: (fault) => control.fail(fault),
  clock: (ahead) => {
    aheadMs = ahead;
  },
  settle: (id, outcome, options) => control.settle(id, outcome, options),
  refund: (id) => control.refund(id),
  dispute: (id) => control.dispute(id),
  decline: (id) => control.decline(id),
  flush: () => control.flush(),
  truth: () => ({
    wire,
    creates,
    payins: control.orders.map(({ requestId, productName, status, amount }) => ({
      requestId,
      order: productName,
      status,
      amount,
    })),
    payouts: [
      ...control.payouts.map(({ requestId, status, details }) => ({
        requestId,
        status,
        details: details.map((detail) => ({
          reference: detail.reference,
          account: detail.accountNumber,
          status: detail.status,
        })),
      })),
      ...control.leanxPayouts.map(({ externalRef = '', status, accountNumber }) => ({
        requestId: externalRef,
        status,
        details: [{ reference: externalRef, account: accountNumber, status }],
      })),
    ],
    webhooks: {
      attempts: control.deliveries.length,
      acknowledged: control.deliveries.filter(({ acknowledged }) => acknowledged).length,
      givenUp: control.notices.filter(({ state }) => state === 'given-up').length,
    },
  }),
};

process.on('message', ({ id, name, args }: { id: number; name: keyof UpstreamCommands; args: unknown[] }) => {
  const run = commands[name] as (...given: unknown[]) => unknown;
  Promise.resolve()
    .then(() => run(...args))
    .then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
});
process.on('disconnect', () => process.exit());
process.send?.({ event: 'ready', baseUrl });
