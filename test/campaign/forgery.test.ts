import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { after, describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import type { LogRecord } from 'lesspay-elements/proxy';
import {
  APP_ID,
  APP_SECRET,
  assertNothingLeaked,
  createShop,
  everythingLogged,
  HASH_KEY,
  NOW,
  SHOP,
  UPSTREAM,
  type Shop,
} from '../proxy/fixture.ts';
import { signatureOf } from '../../src/sandbox/signature.ts';
import {
  forge,
  type Forgery,
  type ForgeryMaterial,
  type NoticeKind,
  type SeenNotice,
  type Target,
} from './forged-notices.ts';
import { createRandom } from './random.ts';

after(assertNothingLeaked);

const COUNT = Number(process.env.FORGERIES ?? 100_000);
const SEED = Number(process.env.CAMPAIGN_SEED ?? 20_261_120);
const RETIRED = 'retired-secret-9f8e7d6c5b4a';
const HOW_MANY = 6;

const GCASH = {
  method: 'ewallet',
  provider: 'GCash',
  accountType: 'individual',
  holderName: 'Maria Santos',
  accountNumber: '09171234567',
};
const MAYBANK = {
  method: 'leanx',
  bankId: 1,
  accountNumber: '8011408168',
  holderName: 'Siti Nurhaliza',
  recipientReference: 'Salary',
};

/** Events after which goods leave or a payout counts as done. */
const FULFILLING: ReadonlySet<string> = new Set([
  ...['payin.paid', 'payin.amount-differs', 'payin.refunded', 'payin.failed', 'payin.canceled', 'payin.closed'],
  ...['payout.succeeded', 'payout.partly-succeeded', 'payout.failed', 'payout.refunded'],
]);

interface World {
  shop: Shop;
  material: ForgeryMaterial;
}

/**
 * A shop with open payments and payouts that nobody has paid (the targets), with some of the forger's own that are done, and
 * with all that the platform has sent about either. `isPaid`: the query API says of the targets that they are paid, so that
 * only the proxy's own checks stand between a notice and the goods; otherwise the signature alone is believed.
 */
async function createWorld(isPaid: boolean, { secrets = [APP_SECRET] } = {}): Promise<World> {
  const seen: SeenNotice[] = [];
  const requests: { body: string; signature: string }[] = [];
  let isBuilding = true;
  let logged = 0;
  const log = (record: LogRecord): void => {
    logged += 1;
    // A sample of what is logged is searched for secrets; the whole would fill the memory that is measured here.
    if (logged % 100 === 0) everythingLogged.push(JSON.stringify(record));
  };
  const shop: Shop = createShop({
    sandbox: {
      // Nothing settles but what a test settles.
      settleDelayMs: 1e12,
      deliver: async (input, init) => {
        const request = new Request(input, init);
        const kind: NoticeKind = request.url.endsWith('leanx')
          ? 'leanx'
          : request.url.endsWith('payin')
            ? 'payin'
            : 'payout';
        seen.push({ kind, body: init?.body as string, headers: init?.headers as Record<string, string> });
        return shop.proxy.fetch(request);
      },
    },
    upstream: async (request, next) => {
      const body = await request.clone().text();
      const signature = request.headers.get('x-auth-signature');
      if (signature !== null && isBuilding) requests.push({ body, signature });
      return next(request);
    },
    options: {
      logger: { info: log, warn: log, error: log },
      lesspay: { appId: APP_ID, appSecret: secrets, environment: { baseUrl: UPSTREAM } },
      payin: {
        resolveOrder: (order) => ({
          amount: order.startsWith('OWN') ? '1.00' : '100.00',
          currency: 'PHP',
          productName: 'Tea',
          description: 'Two tins of tea',
          successUrl: 'https://shop.example/return',
          failUrl: 'https://shop.example/return',
        }),
        confirmByQuery: isPaid,
      },
      payout: {
        authorize: () => ({ id: 'op-1' }),
        routes: [{ currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' }],
        confirmByQuery: isPaid,
      },
    },
  });
  const { control } = shop.sandbox;
  const targets: Target[] = [];

  async function open(order: string): Promise<Target> {
    const { json } = await shop.post('/payins', { order });
    const { requestId, payOrderId, amount, currency } = json as unknown as Target;
    return { kind: 'payin', requestId, payOrderId, amount, currency, reference: order };
  }
  async function pay(kind: 'payout' | 'leanx', reference: string): Promise<Target> {
    const [currency, amount, recipient] = kind === 'leanx' ? ['MYR', '25.50', MAYBANK] : ['PHP', '10.00', GCASH];
    const { json } = await shop.post(
      '/payouts',
      { currency, payouts: [{ reference, amount, recipient }] },
      { 'idempotency-key': `key-of-${reference}` },
    );
    const requestId = String(json.requestId);
    const lesspay = control.payouts.find((order) => order.requestId === requestId);
    const payOrderId =
      lesspay?.payOrderId ?? control.leanxPayouts.find(({ externalRef }) => externalRef === requestId)?.invoiceNo;
    assert.ok(payOrderId !== undefined);
    return { kind, requestId, payOrderId, amount, currency, reference };
  }

  for (let index = 0; index < HOW_MANY; index += 1) {
    const own = await open(`OWN-${index}`);
    control.settle(own.requestId, index % 3 === 2 ? 'failed' : 'succeeded');
    const ownPayout = await pay('payout', `OWN-P${index}`);
    control.settle(ownPayout.requestId, index % 3 === 2 ? 'failed' : 'succeeded');
    control.settle((await pay('leanx', `OWN-L${index}`)).requestId, 'succeeded');
    await control.idle();
    if (index === 0) control.dispute(own.requestId);

    const target = await open(`VICTIM-${index}`);
    // What the platform says of it while it is open: waiting for payment, and a risk notice.
    control.notify(target.requestId);
    if (index === 1) control.decline(target.requestId);
    const payout = await pay('payout', `VICTIM-P${index}`);
    control.approve(payout.requestId);
    control.notify(payout.requestId);
    const leanx = await pay('leanx', `VICTIM-L${index}`);
    targets.push(target, payout, leanx);
  }
  await control.idle();
  if (isPaid) {
    control.holdWebhooks();
    for (const { requestId } of targets) control.settle(requestId, 'succeeded');
  }
  isBuilding = false;
  return {
    shop,
    material: {
      secret: APP_SECRET,
      hashKey: HASH_KEY,
      foreignSecrets: [RETIRED, 'another-merchants-secret-01', 'Wy31kFZf4jkE+Y2XZhmFuq'],
      seen,
      requests,
      targets,
      now: NOW,
    },
  };
}

/** Whether the platform's own code, which shares nothing with the proxy's, finds the signature right. */
function isSigned({ kind, headers, body }: Forgery): boolean {
  if (kind === 'leanx') return true;
  const given = new Map(headers).get('x-auth-signature');
  try {
    return given !== undefined && signatureOf(new TextDecoder().decode(body), APP_SECRET) === given;
  } catch {
    // Nested too deeply for that code.
    return false;
  }
}

function mayBeAuthentic(forgery: Forgery): boolean {
  return forgery.kind === 'leanx' ? forgery.family === 'authentic but wrong' : isSigned(forgery);
}

const collectGarbage = ((): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

/** Sends a forgery the shortest way, and every twentieth through `fetch`. */
async function deliver({ proxy }: Shop, forgery: Forgery, index: number): Promise<{ status: number; body: string }> {
  const { method, path, headers, body } = forgery;
  if (index % 20 === 0 && !/[^\x20-\x7e]/.test(headers.join('')) && !path.includes('..')) {
    const hasBody = method !== 'GET';
    const response = await proxy.fetch(
      new Request(`${SHOP}/lesspay${path}`, { method, headers, ...(hasBody ? { body } : {}) }),
    );
    return { status: response.status, body: await response.text() };
  }
  const byName = new Map(headers);
  return proxy.handle({
    method,
    path: `/lesspay${path}`,
    search: '',
    header: (name) => byName.get(name),
    body,
    request: () => new Request(SHOP),
  });
}

/** What became of a run of forgeries. */
interface Outcome {
  answers: Map<number, number>;
  families: Map<string, number>;
  /** Milliseconds, ascending. */
  times: Float64Array;
  /** How many would have told the second world what it rightly believes, by their signature. */
  diverted: number;
  /** Whatever should not be: goods that left, answers that are failures, acknowledgements without a right signature. */
  wrong: string[];
  heapGrowth: number;
}

async function run(count: number, seed: number, trusting: World, paid: World): Promise<Outcome> {
  const random = createRandom(seed);
  const outcome: Outcome = {
    answers: new Map(),
    families: new Map(),
    times: new Float64Array(count),
    diverted: 0,
    wrong: [],
    heapGrowth: 0,
  };
  const { answers, families, times, wrong } = outcome;
  for (const { shop } of [trusting, paid]) {
    shop.payins.length = 0;
    shop.payouts.length = 0;
  }
  let heapBefore = 0;
  for (let index = 0; index < count; index += 1) {
    if (index === Math.floor(count / 5)) {
      collectGarbage();
      heapBefore = process.memoryUsage().heapUsed;
    }
    let world = random.chance(0.5) ? paid : trusting;
    let forgery = forge(random, world.material);
    // In the world that is paid a right signature would rightly settle: only wrong ones go there.
    if (world === paid && paid !== trusting && mayBeAuthentic(forgery)) {
      outcome.diverted += 1;
      world = trusting;
      forgery = forge(random, world.material);
    }
    families.set(forgery.family, (families.get(forgery.family) ?? 0) + 1);
    const started = performance.now();
    const { status, body } = await deliver(world.shop, forgery, index);
    times[index] = performance.now() - started;
    answers.set(status, (answers.get(status) ?? 0) + 1);

    const events = [...world.shop.payins.splice(0), ...world.shop.payouts.splice(0)];
    const faults = events
      .filter(({ type }) => FULFILLING.has(type))
      .map(({ type, requestId }) => `${type} of ${requestId}`);
    if (status !== 200 && (status < 400 || status > 499)) faults.push(`answer ${status}`);
    if (status === 200 && !isSigned(forgery)) faults.push('acknowledged without a right signature');
    for (const fault of faults) {
      wrong.push(
        `${fault} by forgery ${index} of seed ${seed} (${forgery.kind}, ${forgery.family}): ${status} ${body.slice(0, 200)}\n` +
          Buffer.from(forgery.body.subarray(0, 2000)).toString('latin1'),
      );
    }
  }
  collectGarbage();
  outcome.heapGrowth = process.memoryUsage().heapUsed - heapBefore;
  times.sort();
  return outcome;
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function listed<K>(counts: Map<K, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([key, count]) => `${String(key)} ${count}`)
    .join(', ');
}

describe(`${COUNT.toLocaleString('en')} forged webhooks`, () => {
  it('fulfil nothing, fail nothing, and cost little time and memory', async () => {
    const worlds = [await createWorld(false), await createWorld(true)] as const;
    const before = await Promise.all(worlds.map(statusesOf));
    const cpuBefore = process.cpuUsage();
    const { answers, families, times, diverted, wrong, heapGrowth } = await run(COUNT, SEED, ...worlds);
    const cpu = process.cpuUsage(cpuBefore);

    const [median, late, slowest] = [percentile(times, 0.5), percentile(times, 0.99), percentile(times, 1)];
    const seconds = times.reduce((sum, time) => sum + time, 0) / 1000;
    console.log(
      `forged webhooks: ${COUNT} of seed ${SEED}, every ${Math.round(COUNT / 2 / diverted)}th with a right signature; wrong outcomes ${wrong.length} (fulfilments, 5xx, acknowledgements without a signature)`,
    );
    console.log(`  answers: ${listed(answers)}`);
    console.log(`  families: ${listed(families)}`);
    console.log(
      `  time: ${median.toFixed(3)} ms median, ${late.toFixed(2)} ms at 99 %, ${slowest.toFixed(0)} ms slowest, ${seconds.toFixed(1)} s in all; heap ${(heapGrowth / 2 ** 20).toFixed(1)} MB up over the last ${COUNT * 0.8}`,
    );
    assert.deepEqual(wrong.slice(0, 3), []);
    assert.deepEqual(await Promise.all(worlds.map(statusesOf)), before, 'no record has moved');
    // Of the processor's time, forging included, because other processes may hold up the clock on the wall.
    const cpuMs = (cpu.user + cpu.system) / 1000 / COUNT;
    assert.ok(cpuMs < 2, `${cpuMs} ms of processor time for each`);
    assert.ok(slowest < 5000, 'the slowest is bounded');
    assert.ok(heapGrowth < 20 * 2 ** 20, `the heap grew by ${heapGrowth} bytes`);
    for (const status of [200, 400, 401, 404, 409, 413])
      assert.ok(answers.has(status), `nothing was answered with ${status}`);
    assert.ok(diverted > COUNT / 40, 'too few forgeries have the signature that makes them dangerous');
  });

  it('would be noticed, were a retired key still believed, or a re-split text', async () => {
    const weak = await createWorld(false, { secrets: [APP_SECRET, RETIRED] });
    const { wrong } = await run(6000, SEED, weak, weak);
    assert.ok(wrong.some((fault) => fault.startsWith('payin.paid')));
    assert.ok(wrong.some((fault) => fault.startsWith('payout.succeeded')));

    // The proxy asks the query API about ambiguous texts; were its answer "paid" for everything, these would go through.
    const believing = await createWorld(true);
    const random = createRandom(SEED);
    const split = Array.from({ length: 3000 }, () => forge(random, believing.material)).filter(
      ({ family }) => family === 'split anew',
    );
    for (const forgery of split) await deliver(believing.shop, forgery, 1);
    assert.ok(believing.shop.payins.some(({ type }) => type === 'payin.paid'));
  });
});

async function statusesOf({ shop, material }: World): Promise<unknown[]> {
  return Promise.all(
    material.targets.map(async ({ kind, requestId }) => {
      const found = await shop.store.get(`${kind === 'payin' ? 'payin' : 'payout'}:${requestId}`);
      const { status, details } = found?.value as { status: string; details?: unknown };
      return [requestId, status, details];
    }),
  );
}
