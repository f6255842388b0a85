import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { ReconcileReport, Store, UnknownPayouts } from 'lesspay-elements/proxy';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import type { DatabaseServer } from '../proxy/database-servers.ts';
import { type AppSettings, type AppTrouble, type Mistake, priceOf, type StoreAddress } from './app-settings.ts';
import { bundle } from './bundle.ts';
import type { Evidence, OperatorDecision, PayoutWish } from './evidence.ts';
import { makeJob, payOut } from './operator.ts';
import { createReplica, type Platforms, type Replica, startPlatforms } from './processes.ts';
import { createRandom, type Random } from './random.ts';
import { type Door, goShopping, newTrip, type ShoppingTrip } from './shopper.ts';
import { type ShopDatabaseServer, startShopDatabase } from './shop-database.ts';
import type { UpstreamCommands } from './upstream-app.ts';

/** How much goes wrong; shares from 0 to 1. */
export interface Weather {
  /** Requests to the platforms. */
  requestFaults: number;
  /** Hooks of the shop. */
  hookFaults: number;
}

/** What a campaign is run with; the same seed gives the same orders, payouts, people, faults and places to die. */
export interface CampaignOptions {
  seed: number;
  store: 'redis' | 'postgres';
  orders: number;
  payouts: number;
  /** Over which time people come. */
  spreadMs: number;
  /** How many processes are killed, besides those that die at a call of their store. */
  kills: number;
  /** How many processes are stopped for longer than their leases last, and go on as if nothing had happened. */
  pauses: number;
  /** How many processes are shut down in order, as when a new version is rolled out. */
  restarts: number;
  /** How often the database crashes and comes back. */
  crashes: number;
  weather?: Weather | undefined;
  mistakes?: readonly Mistake[] | undefined;
  /** Told of every phase, with the seconds since the start. */
  onProgress?: ((text: string, seconds: number) => void) | undefined;
}

/** What else a campaign has counted: whether it was rough enough. */
export interface CampaignTally {
  orders: number;
  payouts: number;
  payins: number;
  processesEnded: number;
  processesPaused: number;
  databaseCrashes: number;
  decisions: number;
  paidLate: number;
  refunds: number;
  /** Orders to open or pay that came over the wire. */
  requestsOnTheWire: number;
  /** Payouts that came over the wire more than once, each time under its one id. */
  payoutsSentAgain: number;
  webhooksSent: number;
  webhooksLost: number;
  /** Events of which the shop was told, and those among them that it had already and keyed away. */
  eventsTold: number;
  eventsToldAgain: number;
  /** Requests of people, and those that got no whole answer. */
  requests: number;
  unanswered: number;
  reconcileRounds: number;
  seconds: number;
}

/** What a campaign has to show. */
export interface CampaignResult {
  evidence: Evidence;
  tally: CampaignTally;
  trips: ShoppingTrip[];
}

const REPLICAS = 3;
const UPSTREAM_TIMEOUT_MS = 700;
const HOOK_TIMEOUT_MS = 1_000;
/** The longest that the platforms sit on something; whatever was under way has arrived after this. */
const LONGEST_DELAY_MS = 1_500;
/** Longer than the proxy's leases last under these time-outs: whoever wakes up finds its work taken over. */
const PAUSE_MS = [6_500, 9_000] as const;
/** More than `reconcile` ever waits between two looks, and than LeanX's denial takes. */
const JUMP_MS = 2 * 3_600_000;
/** Longer than the proxy takes what was sent for still on its way, and shorter than LeanX's denial takes. */
const STILL_ARRIVING_MS = 300_000;
/** What becomes of the payouts that are left to operators. */
const LOST_AT_LEANX = ['502', 'accept-then-reset', '502', '502', 'accept-then-reset', '502'] as const;
const MAX_ROUNDS = 16;
/** People who have not got through this long after the last has come go home, which the figures show. */
const PATIENCE_MS = 180_000;
/** Enough for many resends and repeated hooks, and little enough that people get through. */
const WEATHER: Weather = { requestFaults: 0.3, hookFaults: 0.15 };

/** Runs a campaign on a database server of its own. */
export async function runCampaign(options: CampaignOptions, server: DatabaseServer): Promise<CampaignResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lesspay-campaign-'));
  const campaign = new Campaign(options, server, folder);
  try {
    return await campaign.run();
  } finally {
    await campaign.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Campaigns on one server have nothing of one another: each has a prefix or a table of its own. */
let campaigns = 0;

class Campaign {
  readonly #space = `lesspay_campaign_${(campaigns += 1)}`;
  readonly #options: CampaignOptions;
  readonly #server: DatabaseServer;
  readonly #folder: string;
  readonly #random: Random;
  readonly #mistakes: ReadonlySet<Mistake>;
  readonly #started = Date.now();
  #replicas: Replica[] = [];
  readonly #incarnations: number[] = [];
  #platforms: Platforms | undefined;
  #database: ShopDatabaseServer | undefined;
  /** Whether replicas are in trouble, and started again when they die. */
  #isStorm = true;
  #isOver = false;
  #aheadMs = 0;
  #ends = 0;
  #pauses = 0;
  #databaseCrashes = 0;
  #requests = 0;
  #unanswered = 0;
  #rounds = 0;
  readonly #decisions: OperatorDecision[] = [];
  readonly #paidLate: string[] = [];
  readonly #refunds: string[] = [];
  /** Replicas that start, pauses and crashes that last. */
  readonly #working = new Set<Promise<void>>();

  constructor(options: CampaignOptions, server: DatabaseServer, folder: string) {
    this.#options = options;
    this.#server = server;
    this.#folder = folder;
    this.#random = createRandom(options.seed);
    this.#mistakes = new Set(options.mistakes);
  }

  async run(): Promise<CampaignResult> {
    const { seed, store } = this.#options;
    const app = await bundle('./merchant-app.ts', this.#folder);
    this.#replicas = Array.from({ length: REPLICAS }, (_, index) =>
      createReplica(app, join(this.#folder, `replica-${index}.sock`)),
    );
    if (store === 'redis') await makeDurable(this.#server);
    this.#platforms = await startPlatforms(await bundle('./upstream-app.ts', this.#folder), {
      seed,
      replicas: this.#replicas.map(({ socket }) => socket),
      webhookRetryMs: [300, 600, 1_200, 2_400],
    });
    this.#database = await startShopDatabase(
      store === 'postgres' ? 'postgres' : 'log',
      store === 'postgres' ? this.#server.socket : this.#folder,
    );
    for (const [index, replica] of this.#replicas.entries()) replica.onEnd = () => this.#comeBack(index);
    await Promise.all(this.#replicas.map((_, index) => this.#start(index)));
    this.#tell('three replicas are up; people come, and the storm begins');
    const { trips, wishes } = await this.#liveThroughStorm();
    this.#tell('everybody has gone; the storm dies down');
    await this.#quiesce();
    if (!this.#mistakes.has('never-reconciles')) {
      wishes.push(...(await this.#losePayouts()));
      await this.#decide();
      await this.#reconcileInStorm();
      await this.#comeBackNextDay(trips);
      await this.#reconcileUntilQuiet();
      await this.#payLate();
      await this.#refund();
    }
    this.#tell(`quiet after ${this.#rounds} rounds of reconcile`);
    return this.#judgeable(trips, wishes);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.allSettled(this.#working);
    await Promise.all(this.#replicas.map((replica) => replica.kill()));
    await this.#platforms?.stop();
    await this.#database?.stop();
  }

  async #liveThroughStorm(): Promise<{ trips: ShoppingTrip[]; wishes: PayoutWish[] }> {
    const { seed, orders, payouts, spreadMs, weather } = this.#options;
    const platforms = this.#world().platforms;
    await platforms.ask('storm', {
      seed,
      requests: { rate: (weather ?? WEATHER).requestFaults, maxDelayMs: LONGEST_DELAY_MS },
      webhooks: { lost: 0.15, repeated: 0.25, maxDelayMs: LONGEST_DELAY_MS },
    });
    this.#scheduleBlows(orders + payouts);
    const deadline = Date.now() + spreadMs + PATIENCE_MS;
    const door = this.#door(() => Date.now() > deadline);
    const people = this.#random.fork('people');
    const later = (own: Random): Promise<void> => sleep(own.int(spreadMs));
    const shopping = Array.from({ length: orders }, async (_, number) => {
      const own = people.fork(`shopper ${number}`);
      await later(own);
      return goShopping(newTrip(`ORD-${number}`), own, door, platforms, own.between(1, 4));
    });
    const paying = Array.from({ length: payouts }, async (_, number) => {
      const own = people.fork(`operator ${number}`);
      await later(own);
      return payOut(makeJob(number, own.pick(['batch', 'single', 'leanx'] as const), own), own, door);
    });
    const cron = this.#runCron();
    const [trips, wishes] = await Promise.all([Promise.all(shopping), Promise.all(paying)]);
    await cron.stop();
    return { trips, wishes };
  }

  /** Each falls somewhere between the first order and the last, when a request is on its way or an effect was had. */
  #scheduleBlows(creates: number): void {
    const { kills, pauses, restarts, crashes } = this.#options;
    const random = this.#random.fork('blows');
    const victim = (): Replica => random.pick(this.#replicas);
    const kinds: [count: number, blow: () => Promise<void>][] = [
      [Math.ceil(kills / 2), () => victim().kill()],
      [restarts, () => victim().end()],
      [pauses, () => this.#pause(victim(), random.between(...PAUSE_MS))],
      [crashes, () => this.#crash(random.between(100, 700))],
    ];
    const at = new Map<number, () => Promise<void>>();
    for (const [count, blow] of kinds) {
      for (let index = 0; index < count; index += 1) at.set(random.int(creates), blow);
    }
    const fatalEffects = new Set(
      Array.from({ length: Math.floor(kills / 2) }, () => random.int(Math.ceil(creates / 2))),
    );
    let seenCreates = 0;
    let seenEffects = 0;
    this.#world().platforms.onCreate = () => {
      seenCreates += 1;
      const blow = this.#isStorm ? at.get(seenCreates) : undefined;
      if (blow) this.#track(sleep(random.int(60)).then(blow));
    };
    for (const replica of this.#replicas) {
      replica.onEffect = () => {
        seenEffects += 1;
        return !this.#isStorm || !fatalEffects.has(seenEffects);
      };
    }
  }

  /** `reconcile` on some replica now and then, as a cron job of each would run it. */
  #runCron(): { stop: () => Promise<void> } {
    if (this.#mistakes.has('never-reconciles')) return { stop: () => Promise.resolve() };
    const random = this.#random.fork('cron');
    const stopping = new AbortController();
    const running = (async () => {
      while (!stopping.signal.aborted && !this.#isOver) {
        await random
          .pick(this.#replicas)
          .ask({ path: `/control/reconcile?older=3000&limit=${random.pick([3, 20, 1_000])}`, patienceMs: 10_000 })
          .catch(() => undefined);
        await sleep(random.between(300, 1_500));
      }
    })();
    return {
      async stop() {
        stopping.abort();
        await running;
      },
    };
  }

  /** Calm weather, and nothing under way any more: only then may the world's clocks be moved. */
  async #quiesce(): Promise<void> {
    const { platforms } = this.#world();
    this.#isStorm = false;
    while (this.#working.size > 0) await Promise.all(this.#working);
    await Promise.all(
      this.#replicas.map((replica) => replica.ask({ path: '/control/calm', patienceMs: 5_000 }).catch(() => undefined)),
    );
    await platforms.ask('calm');
    // Late arrivals at the platforms, what they make of them, and hooks that take too long.
    await sleep(LONGEST_DELAY_MS + HOOK_TIMEOUT_MS * 2 + 500);
    await platforms.ask('flush');
  }

  async #moveClocks(ms: number): Promise<void> {
    this.#aheadMs += ms;
    await this.#world().platforms.ask('clock', this.#aheadMs);
    await Promise.all(
      this.#replicas.map((replica, index) => {
        const path = `/control/clock?ahead=${this.#aheadMs + this.#skewOf(index)}`;
        return replica.ask({ path, patienceMs: 5_000 });
      }),
    );
  }

  /** A few at LeanX whose answers are lost, of which it has some: nobody but an operator decides about them for an hour. */
  async #losePayouts(): Promise<PayoutWish[]> {
    const { platforms } = this.#world();
    const deadline = Date.now() + PATIENCE_MS;
    const door = this.#door(() => Date.now() > deadline);
    const people = this.#random.fork('lost payouts');
    const wishes: PayoutWish[] = [];
    for (const [index, how] of LOST_AT_LEANX.entries()) {
      await platforms.ask('fail', { path: 'create-payout-invoice', how });
      await platforms.ask('fail', { path: 'get-payout-transaction-by-id', how: '502' });
      const number = this.#options.payouts + index;
      const own = people.fork(number);
      wishes.push(await payOut(makeJob(number, 'leanx', own), own, door));
      await platforms.ask('calm');
    }
    return wishes;
  }

  /**
   * Two operators at once, on two replicas, go through the list of what nobody knows. They ought to look in the platform's
   * portal before they call a payout failed, and do not.
   */
  async #decide(): Promise<void> {
    await this.#moveClocks(STILL_ARRIVING_MS);
    const random = this.#random.fork('decisions');
    const truth = await this.#world().platforms.ask('truth');
    const known = new Set(truth.payouts.map(({ requestId }) => requestId));
    let after: string | undefined;
    do {
      const page = await this.#command<UnknownPayouts>(
        random.pick(this.#replicas),
        `/control/unknown?${new URLSearchParams(after === undefined ? {} : { after }).toString()}`,
      );
      for (const { requestId, details, sentAt } of page.payouts) {
        // What was never sent is closed by reconcile.
        if (sentAt === undefined) continue;
        const isAtPlatform = known.has(requestId);
        const decision = isAtPlatform ? 'failed' : random.pick(['failed', 'resend'] as const);
        const answers = await Promise.all(
          random
            .shuffle(this.#replicas)
            .slice(0, 2)
            .map((replica) =>
              this.#command<{ says: string }>(replica, `/control/resolve?id=${requestId}&decision=${decision}`),
            ),
        );
        const references = details.map(({ reference }) => reference);
        this.#decisions.push({ requestId, references, decision, isAtPlatform, says: answers.map(({ says }) => says) });
      }
      after = page.next;
    } while (after !== undefined);
  }

  async #command<T>(replica: Replica, path: string): Promise<T> {
    const { status, text } = await replica.ask({ path });
    if (status !== 200) throw new Error(`${path} failed: ${text}`);
    return JSON.parse(text) as T;
  }

  /** Checkouts of orders that have been paid by another payment are paid as well. */
  async #payLate(): Promise<void> {
    const { payins } = await this.#world().platforms.ask('truth');
    const paid = new Set(payins.filter(({ status }) => status === 'SUCCEED').map(({ order }) => order));
    for (const { requestId, order, status } of payins) {
      if (!paid.has(order) || !['FAILED', 'CANCELED', 'CLOSED'].includes(status)) continue;
      this.#paidLate.push(requestId);
      await this.#inRepeatedNotices('settle', requestId, 'succeeded');
    }
  }

  async #refund(): Promise<void> {
    const random = this.#random.fork('refunds');
    const { payins, payouts } = await this.#world().platforms.ask('truth');
    // LeanX documents no refund, and has no word for it.
    for (const { requestId, status } of [...payins, ...payouts]) {
      if (status !== 'SUCCEED' || !random.chance(0.2)) continue;
      this.#refunds.push(requestId);
      await this.#inRepeatedNotices('refund', requestId);
    }
  }

  /** What has ended is never asked for again, so that its notices may be late and come twice, and are not lost for good. */
  async #inRepeatedNotices<N extends 'settle' | 'refund'>(
    name: N,
    ...args: Parameters<UpstreamCommands[N]>
  ): Promise<void> {
    const { platforms } = this.#world();
    await platforms.ask('storm', { seed: this.#options.seed, webhooks: { lost: 0, repeated: 0.3, maxDelayMs: 200 } });
    await platforms.ask(name, ...args);
    await platforms.ask('calm');
    await platforms.ask('flush');
  }

  /** What is sent again may be lost again, and nobody's answer comes for certain. */
  async #reconcileInStorm(): Promise<void> {
    const { platforms } = this.#world();
    for (let round = 0; round < 2; round += 1) {
      await platforms.ask('storm', { seed: this.#options.seed + round, requests: { rate: 0.3, maxDelayMs: 1_000 } });
      await this.#moveClocks(JUMP_MS);
      await this.#reconcileEverywhere();
      await platforms.ask('calm');
      await sleep(LONGEST_DELAY_MS);
      await platforms.ask('flush');
    }
  }

  /** The checkouts have closed; who has paid must not be charged again, and who has not may pay now. */
  async #comeBackNextDay(trips: readonly ShoppingTrip[]): Promise<void> {
    const { platforms } = this.#world();
    const deadline = Date.now() + PATIENCE_MS;
    const door = this.#door(() => Date.now() > deadline);
    const people = this.#random.fork('next day');
    await platforms.ask('storm', {
      seed: this.#options.seed + 2,
      requests: { rate: 0.2, maxDelayMs: 1_000 },
      webhooks: { lost: 0.3, repeated: 0.3, maxDelayMs: 1_000 },
    });
    await Promise.all(
      trips
        .filter(() => people.chance(0.5))
        .map((trip) => goShopping(trip, people.fork(trip.order), door, platforms, 1)),
    );
    await this.#quiesce();
  }

  async #reconcileUntilQuiet(): Promise<void> {
    for (let quiet = 0; quiet < 2 && this.#rounds < MAX_ROUNDS;) {
      await this.#moveClocks(JUMP_MS);
      const reports = await this.#reconcileEverywhere();
      // What was sent again now is reviewed, paid and told of.
      await sleep(500);
      await this.#world().platforms.ask('flush');
      // What one of the three claims the others find busy.
      const isQuiet = reports.every(({ moved, failed, more }) => moved + failed === 0 && !more);
      quiet = isQuiet ? quiet + 1 : 0;
    }
  }

  /** All replicas at once, as three cron jobs of the same minute. */
  async #reconcileEverywhere(): Promise<ReconcileReport[]> {
    this.#rounds += 1;
    return Promise.all(
      this.#replicas.map((replica) =>
        this.#command<ReconcileReport>(replica, '/control/reconcile?older=0&limit=100000'),
      ),
    );
  }

  async #judgeable(trips: ShoppingTrip[], wishes: PayoutWish[]): Promise<CampaignResult> {
    const { platforms, database } = this.#world();
    const { orders, payouts } = this.#options;
    const upstream = await platforms.ask('truth');
    const { fulfilments, events, told } = await database.read();
    const records = await this.#readRecords(
      [...upstream.payins, ...upstream.payouts, ...this.#decisions].map(({ requestId }) => requestId),
    );
    const prices = new Map(
      trips.flatMap(({ order }) => {
        const price = priceOf(order);
        return price ? [[order, price] as const] : [];
      }),
    );
    const ids = upstream.wire.map(({ requestId }) => requestId);
    return {
      evidence: {
        upstream,
        prices,
        wishes,
        decisions: this.#decisions,
        paidLate: this.#paidLate,
        refunds: this.#refunds,
        fulfilments,
        events,
        records,
      },
      trips,
      tally: {
        orders,
        payouts,
        payins: upstream.payins.length,
        processesEnded: this.#ends,
        processesPaused: this.#pauses,
        databaseCrashes: this.#databaseCrashes,
        decisions: this.#decisions.length,
        paidLate: this.#paidLate.length,
        refunds: this.#refunds.length,
        requestsOnTheWire: upstream.creates,
        payoutsSentAgain: ids.length - new Set(ids).size,
        webhooksSent: upstream.webhooks.attempts,
        webhooksLost: upstream.webhooks.givenUp,
        eventsTold: told,
        eventsToldAgain: told - events.length,
        requests: this.#requests,
        unanswered: this.#unanswered,
        reconcileRounds: this.#rounds,
        seconds: this.#seconds(),
      },
    };
  }

  /** What the proxy's store says at the end, read past the proxy: its routes would ask the platforms first. */
  async #readRecords(ids: readonly string[]): Promise<Evidence['records']> {
    const records = new Map<string, { status: string; details: ReadonlyMap<string, string> }>();
    const { store, close } = connectStore(this.#storeOf(0));
    type Kept = { status: string; details?: { reference: string; status: string }[] };
    try {
      for (const id of ids) {
        const found = (await store.get(`payin:${id}`)) ?? (await store.get(`payout:${id}`));
        if (!found) continue;
        const { status, details = [] } = found.value as unknown as Kept;
        records.set(id, { status, details: new Map(details.map((detail) => [detail.reference, detail.status])) });
      }
    } finally {
      await close();
    }
    return records;
  }

  #door(isClosing: () => boolean): Door {
    return {
      isClosing: () => this.#isOver || isClosing(),
      ask: async (random, request) => {
        // A load balancer goes on to the next replica where none listens, and only there.
        for (const replica of random.shuffle(this.#replicas)) {
          try {
            this.#requests += 1;
            return await replica.ask(request);
          } catch (error) {
            if (isNobodyThere(error)) continue;
            this.#unanswered += 1;
            return undefined;
          }
        }
        return undefined;
      },
    };
  }

  /** Stopped in the middle of whatever it does, so that others take over, and let loose again. */
  async #pause(replica: Replica, ms: number): Promise<void> {
    const wake = replica.pause();
    if (!wake) return;
    this.#pauses += 1;
    await sleep(ms);
    wake();
  }

  async #crash(downMs: number): Promise<void> {
    await this.#server.kill();
    this.#databaseCrashes += 1;
    await sleep(downMs);
    await this.#server.start();
  }

  #comeBack(index: number): void {
    if (this.#isOver) return;
    this.#ends += 1;
    const pause = this.#random.fork(`pause ${index} ${this.#incarnations[index]}`).between(50, 800);
    this.#track(sleep(pause).then(() => this.#start(index)));
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#working.delete(tracked));
    this.#working.add(tracked);
  }

  async #start(index: number): Promise<void> {
    const replica = this.#replicas[index];
    if (this.#isOver || !replica) return;
    await replica.start(this.#settingsOf(replica, index));
  }

  #settingsOf({ socket }: Replica, index: number): AppSettings {
    const { platforms, database } = this.#world();
    return {
      listen: socket,
      database: database.address,
      upstream: platforms.baseUrl,
      store: this.#storeOf(index),
      aheadMs: this.#aheadMs + this.#skewOf(index),
      upstreamTimeoutMs: UPSTREAM_TIMEOUT_MS,
      hookTimeoutMs: HOOK_TIMEOUT_MS,
      trouble: this.#troubleOf(index),
      mistakes: [...this.#mistakes],
    };
  }

  #troubleOf(index: number): AppTrouble | undefined {
    const incarnation = this.#incarnations[index] ?? 0;
    this.#incarnations[index] = incarnation + 1;
    if (!this.#isStorm) return undefined;
    const random = this.#random.fork(`trouble ${index} ${incarnation}`);
    // Only the first few die by themselves, or nobody would ever get through.
    const dies = incarnation < this.#options.kills / REPLICAS;
    return {
      seed: random.int(2 ** 31),
      storeFaults: 0.004,
      hookFaults: (this.#options.weather ?? WEATHER).hookFaults,
      ...(dies ? { dies: { call: random.between(20, 1_200), when: random.pick(['before', 'after'] as const) } } : {}),
    };
  }

  /** Servers' clocks are never quite the same. */
  #skewOf(index: number): number {
    return this.#random.fork(`skew ${index}`).between(-1_500, 1_500);
  }

  #storeOf(index: number): StoreAddress {
    const { store } = this.#options;
    const kind = store === 'postgres' ? 'postgres' : index === 1 ? 'ioredis' : 'redis';
    return { kind, socket: this.#server.socket, space: store === 'postgres' ? this.#space : `${this.#space}:` };
  }

  #tell(text: string): void {
    this.#options.onProgress?.(text, this.#seconds());
  }

  #seconds(): number {
    return Math.round((Date.now() - this.#started) / 100) / 10;
  }

  #world(): { platforms: Platforms; database: ShopDatabaseServer } {
    if (!this.#platforms || !this.#database) throw new Error('The campaign has not begun');
    return { platforms: this.#platforms, database: this.#database };
  }
}

/** Every write is on disk before its writer hears of it, as docs/never-pays-twice.md asks for. */
async function makeDurable({ socket }: DatabaseServer): Promise<void> {
  const client = new Redis(socket);
  await client.config('SET', 'appendfsync', 'always');
  await client.quit();
}

function isNobodyThere(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'ECONNREFUSED' || code === 'ENOENT';
}

function connectStore({ kind, socket, space }: StoreAddress): { store: Store; close: () => Promise<unknown> } {
  if (kind === 'postgres') {
    const pool = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres', max: 4 });
    return { store: postgresStore(pool, { table: space }), close: () => pool.end() };
  }
  const client = new Redis(socket);
  return { store: redisStore(client, { prefix: space }), close: () => client.quit() };
}
