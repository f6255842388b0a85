import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { PayoutLimits, SigningProxy, Store } from 'lesspay-elements/proxy';
import { createRandom } from '../campaign/random.ts';
import { type Answer, post, type Shop } from './fixture.ts';
import { createOffice, creations, GCASH, newKey, payout } from './office.ts';

const LEASE_MS = 30_000;

let references = 0;

interface Attempt {
  body: object;
  headers: Record<string, string>;
}

/** One payout that equals no other, under a key of its own. */
function attempt(amount: string, operator = 'op-1'): Attempt {
  references += 1;
  return {
    body: { currency: 'PHP', payouts: [payout(`S-${references}`, GCASH, amount)] },
    headers: { 'idempotency-key': newKey(), 'x-operator': operator },
  };
}

function send(proxy: SigningProxy, { body, headers }: Attempt): Promise<Answer> {
  return post(proxy, '/payouts', body, headers);
}

/** An office whose limits may be changed as it goes. */
function createLimitedOffice(
  store: Store,
  limits: PayoutLimits = {},
  overrides: Parameters<typeof createOffice>[0] = {},
) {
  const current = { limits };
  const shop = createOffice({
    ...overrides,
    store,
    payout: { limits: () => current.limits, limitsTimeZone: 'Asia/Manila' },
  });
  return { shop, current };
}

type Office = ReturnType<typeof createLimitedOffice>;

/** Fails unless the day's sum is this to the cent; the payout that shows it counts from now on. */
async function assertCounts({ shop, current }: Office, whole: number, operator?: string): Promise<void> {
  const limit = `${whole + 1}.00`;
  current.limits = operator === undefined ? { perDay: limit } : { perActorPerDay: limit };
  assert.equal(
    (await send(shop.proxy, attempt('1.01', operator))).json.code,
    'payout-limit-exceeded',
    `under ${whole}`,
  );
  assert.equal((await send(shop.proxy, attempt('1.00', operator))).status, 202, `over ${whole}`);
  current.limits = {};
}

/** The sum of everything that the upstream was asked to pay; each id once. */
function sentTotal(shop: Shop): number {
  const amounts = new Map(creations(shop).map((body) => [body.request_id, Number(body.total_amount)]));
  return [...amounts.values()].reduce((total, amount) => total + amount, 0);
}

/** A store whose process dies at one call: after it was done, or before. Nothing answers any more. */
function dyingStore(store: Store, call: number, isDone: boolean): { store: Store; hasDied: () => boolean } {
  let calls = 0;
  async function run<T>(work: () => Promise<T>): Promise<T> {
    calls += 1;
    if (calls < call) return work();
    if (calls === call && isDone) await work();
    return new Promise(() => undefined);
  }
  return {
    store: {
      get: (key) => run(() => store.get(key)),
      insert: (...write) => run(() => store.insert(...write)),
      replace: (...write) => run(() => store.replace(...write)),
    },
    hasDied: () => calls >= call,
  };
}

/** A store that writes down what it is asked, and how long the values of the limits are. */
function countingStore(store: Store): { store: Store; taken: () => { calls: number; bytes: number; longest: number } } {
  let taken = { calls: 0, bytes: 0, longest: 0 };
  const write = (key: string, value: unknown): void => {
    const { length } = JSON.stringify(value);
    taken.calls += 1;
    taken.bytes += length;
    if (key.startsWith('payout-sum:')) taken.longest = Math.max(taken.longest, length);
  };
  return {
    store: {
      ...store,
      get: (key) => {
        taken.calls += 1;
        return store.get(key);
      },
      insert: (key, value, options) => {
        write(key, value);
        return store.insert(key, value, options);
      },
      replace: (key, version, value, options) => {
        write(key, value);
        return store.replace(key, version, value, options);
      },
    },
    taken: () => {
      const before = taken;
      taken = { calls: 0, bytes: 0, longest: 0 };
      return before;
    },
  };
}

/** What the limits of a day have to keep over every store; `open` gives a new one, over as many connections as replicas. */
export function itKeepsLimits(open: () => Promise<readonly [Store, Store, Store]>, { isFast = false } = {}): void {
  it('lets through exactly as many of sixty payouts at once over three proxies as fit both limits', async () => {
    const [store, second, third] = await open();
    const { shop } = createLimitedOffice(store, { perDay: '90.00', perActorPerDay: '50.00' });
    const proxies = [shop.proxy, shop.replica({ store: second }), shop.replica({ store: third })];
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        send(proxies[index % 3]!, attempt('10.00', index % 2 === 0 ? 'op-1' : 'op-2')),
      ),
    );
    const accepted = answers.flatMap(({ status }, index) => (status === 202 ? [index % 2] : []));
    assert.equal(accepted.length, 9);
    assert.equal(creations(shop).length, 9);
    assert.ok([0, 1].every((parity) => accepted.filter((own) => own === parity).length <= 5));
    assert.equal(answers.filter(({ json }) => json.code === 'payout-limit-exceeded').length, 51);
  });

  it('counts to the cent whichever store call a process dies at, whether the payout is repeated or given up', async () => {
    let hasDied = true;
    let deaths = 0;
    for (let call = 1; hasDied; call += isFast ? 1 : 3) {
      const stores = await open();
      const office = createLimitedOffice(stores[0]);
      const { shop } = office;
      for (const [isDone, isRepeated] of [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ] as const) {
        const dying = dyingStore(stores[1], call, isDone);
        const doomed = shop.replica({ store: dying.store, answerTimeoutMs: 50 });
        const payment = attempt('10.00');
        office.current.limits = { perDay: '100000.00', perActorPerDay: '100000.00' };
        await send(doomed, payment);
        hasDied = dying.hasDied();
        if (hasDied) deaths += 1;
        shop.clock.now += LEASE_MS;
        if (isRepeated) assert.equal((await send(shop.replica({ store: stores[2] }), payment)).status, 202);
        await shop.proxy.reconcile({ olderThanMs: 0 });
        shop.clock.now += LEASE_MS;
        await shop.proxy.reconcile({ olderThanMs: 0 });
      }
      await assertCounts(office, sentTotal(shop));
      await assertCounts(office, sentTotal(shop), 'op-1');
    }
    assert.ok(deaths > (isFast ? 40 : 12), `${deaths} deaths`);
  });

  it('is asked for no more by the hundredth open payout than by the twentieth', async () => {
    const [own] = await open();
    const { store, taken } = countingStore(own);
    const { shop } = createLimitedOffice(store, { perDay: '100000.00', perActorPerDay: '100000.00' });
    const costs = [];
    for (let round = 0; round < 12; round += 1) {
      for (let index = 0; index < 10; index += 1) {
        assert.equal((await send(shop.proxy, attempt('10.00'))).json.status, 'review');
      }
      costs.push(taken());
    }
    const [, early, ...later] = costs;
    for (const cost of later) {
      assert.ok(cost.calls <= early!.calls + 4, JSON.stringify(costs));
      // The numbers in it grow by a digit now and then.
      assert.ok(cost.bytes <= early!.bytes * 1.02, JSON.stringify(costs));
      assert.ok(cost.longest <= 1_024, JSON.stringify(costs));
    }
  });

  it('agrees with the platform after payouts were sent, repeated, rejected and settled over three proxies at random', async () => {
    const stores = await open();
    const random = createRandom(20_261_120);
    const slow = (store: Store): Store => {
      const pause = () => new Promise((resolve) => setTimeout(resolve, random.int(4)));
      const paused = async <T>(work: () => Promise<T>): Promise<T> => {
        await pause();
        const result = await work();
        await pause();
        return result;
      };
      return {
        get: (key) => paused(() => store.get(key)),
        insert: (...write) => paused(() => store.insert(...write)),
        replace: (...write) => paused(() => store.replace(...write)),
        due: (query) => store.due?.(query) ?? Promise.resolve([]),
      };
    };
    const office = createLimitedOffice(slow(stores[0]), { perDay: '600.00', perActorPerDay: '250.00' });
    const { shop } = office;
    const proxies = [shop.proxy, shop.replica({ store: slow(stores[1]) }), shop.replica({ store: slow(stores[2]) })];
    const operators = ['op-1', 'op-2', 'op-3'];
    const all = Array.from({ length: 90 }, () => {
      const operator = random.pick(operators);
      const amount = random.between(1, 30);
      return { operator, amount, payment: attempt(`${amount}.00`, operator) };
    });
    const ids = new Map<string, { operator: string; amount: number }>();
    await Promise.all(
      all.map(async ({ operator, amount, payment }) => {
        const answers = await Promise.all(
          Array.from({ length: random.between(1, 2) }, () => send(random.pick(proxies), payment)),
        );
        const accepted = answers.find(({ status }) => status === 202);
        if (!accepted) return;
        const id = String(accepted.json.requestId);
        ids.set(id, { operator, amount });
        const chance = random.next();
        if (chance < 0.3) shop.sandbox.control.reject(id);
        else if (chance < 0.6) shop.sandbox.control.settle(id, random.chance(0.5) ? 'succeeded' : 'failed');
      }),
    );
    await shop.sandbox.control.idle();
    for (let round = 0; round < 3; round += 1) {
      shop.clock.now += LEASE_MS * 20;
      await shop.proxy.reconcile({ olderThanMs: 0, limit: 1_000 });
      await shop.sandbox.control.idle();
    }
    const spent = new Map(operators.map((operator) => [operator, 0]));
    for (const [id, { operator, amount }] of ids) {
      const { status } = (await shop.get(`/payouts/${id}`)).json;
      if (status !== 'failed' && status !== 'canceled') spent.set(operator, spent.get(operator)! + amount);
    }
    assert.equal(creations(shop).length, ids.size);
    assert.ok(ids.size >= 30, `${ids.size} were accepted`);
    assert.ok(ids.size < all.length, 'the limits refused nothing');
    await assertCounts(
      office,
      [...spent.values()].reduce((total, amount) => total + amount),
    );
    for (const [index, operator] of operators.entries()) {
      // What the first check has sent counts for the first of them.
      await assertCounts(office, spent.get(operator)! + (index === 0 ? 1 : 0), operator);
    }
  });
}
