import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { ReconcileReport, Store } from 'lesspay-elements/proxy';
import { postgresStore } from 'lesspay-elements/proxy/postgres';
import { redisStore } from 'lesspay-elements/proxy/redis';
import pg from 'pg';
import type { DatabaseServer } from '../proxy/database-servers.ts';
import { type AppSettings, type AppTrouble, type Mistake, priceOf, type StoreAddress } from './app-settings.ts';
import { bundle } from './bundle.ts';
import type { Evidence, PayoutWish } from './evidence.ts';
import { makeJob, payOut } from './operator.ts';
import { createReplica, type Platforms, type Replica, startPlatforms } from './processes.ts';
import { createRandom, type Random } from './random.ts';
import { type Door, goShopping, type ShoppingTrip } from './shopper.ts';
import { type ShopDatabaseServer, startShopDatabase } from './shop-database.ts';

/** What a campaign is run with; the same seed gives the same orders, payouts, people, faults and places to die. */
export interface CampaignOptions {
  seed: number;
  store: 'redis' | 'postgres';
  orders: number;
  payouts: number;
  /** Over which time people come. */
  spreadMs: number;
  /** How many processes are killed at least, besides those that die at a call of their store. */
  kills: number;
  mistakes?: readonly Mistake[] | undefined;
  /** Told of every phase, with the seconds since the start. */
  onProgress?: ((text: string, seconds: number) => void) | undefined;
}

/** What else a campaign has counted: whether it was rough enough. */
export interface CampaignTally {
  orders: number;
  payouts: number;
  payins: number;
  processesKilled: number;
  databaseCrashes: number;
  /** Orders to open or pay that came over the wire. */
  requestsOnTheWire: number;
  /** Payouts that came over the wire more than once, each time under its one id. */
  payoutsSentAgain: number;
  webhooksSent: number;
  webhooksLost: number;
  /** Events of which the shop was told, and those among them that it had already and keyed away. */
  eventsTold: number;
  eventsToldAgain: number;
  /** Requests of people that got no whole answer. */
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
/** More than `reconcile` ever waits between two looks, and than LeanX's denial takes. */
const JUMP_MS = 2 * 3_600_000;
const MAX_ROUNDS = 16;
/** People who have not got through by then go home, which the figures show. */
const PATIENCE_MS = 120_000;

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

class Campaign {
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
  #kills = 0;
  #databaseCrashes = 0;
  #unanswered = 0;
  #rounds = 0;
  readonly #starting = new Set<Promise<void>>();

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
    if (!this.#mistakes.has('never-reconciles')) await this.#reconcileUntilQuiet();
    this.#tell(`quiet after ${this.#rounds} rounds of reconcile`);
    return this.#judgeable(trips, wishes);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.allSettled(this.#starting);
    await Promise.all(this.#replicas.map((replica) => replica.kill()));
    await this.#platforms?.stop();
    await this.#database?.stop();
  }

  async #liveThroughStorm(): Promise<{ trips: ShoppingTrip[]; wishes: PayoutWish[] }> {
    const { seed, orders, payouts, spreadMs, kills } = this.#options;
    const platforms = this.#world().platforms;
    await platforms.ask('storm', {
      seed,
      requests: { rate: 0.3, maxDelayMs: LONGEST_DELAY_MS },
      webhooks: { lost: 0.15, repeated: 0.25, maxDelayMs: LONGEST_DELAY_MS },
    });
    this.#scheduleKills(kills, orders + payouts);
    const deadline = Date.now() + spreadMs + PATIENCE_MS;
    const door = this.#door(() => Date.now() > deadline);
    const people = this.#random.fork('people');
    const later = (own: Random): Promise<void> => sleep(own.int(spreadMs));
    const shopping = Array.from({ length: orders }, async (_, number) => {
      const own = people.fork(`shopper ${number}`);
      await later(own);
      return goShopping(`ORD-${number}`, own, door, platforms);
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

  /** Somewhere between the first and the last order, at the moment when a request is on its way or an effect was had. */
  #scheduleKills(kills: number, creates: number): void {
    const { platforms } = this.#world();
    const random = this.#random.fork('kills');
    const atCreate = new Set(Array.from({ length: Math.ceil(kills / 2) }, () => random.int(creates)));
    const atEffect = new Set(Array.from({ length: Math.floor(kills / 2) }, () => random.int(Math.ceil(creates / 2))));
    let seenCreates = 0;
    let seenEffects = 0;
    platforms.onCreate = () => {
      seenCreates += 1;
      if (!this.#isStorm || !atCreate.has(seenCreates)) return;
      const victim = random.pick(this.#replicas);
      setTimeout(() => void victim.kill(), random.int(60));
    };
    for (const replica of this.#replicas) {
      replica.onEffect = () => {
        seenEffects += 1;
        return !this.#isStorm || !atEffect.has(seenEffects);
      };
    }
  }

  /** `reconcile` on some replica now and then, as a cron job of each would run it. */
  #runCron(): { stop: () => Promise<void> } {
    if (this.#mistakes.has('never-reconciles')) return { stop: () => Promise.resolve() };
    const random = this.#random.fork('cron');
    const stopping = new AbortController();
    const running = (async () => {
      while (!stopping.signal.aborted) {
        await random
          .pick(this.#replicas)
          .ask({ path: '/control/reconcile?older=3000', patienceMs: 10_000 })
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
    await Promise.all(this.#starting);
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

  /** All replicas at once, as three cron jobs of the same minute; first in bad weather, then until nothing moves. */
  async #reconcileUntilQuiet(): Promise<void> {
    const { platforms } = this.#world();
    const { seed } = this.#options;
    for (let quiet = 0; quiet < 2 && this.#rounds < MAX_ROUNDS; this.#rounds += 1) {
      const isRough = this.#rounds < 2;
      if (isRough)
        await platforms.ask('storm', { seed: seed + this.#rounds, requests: { rate: 0.3, maxDelayMs: 1_000 } });
      await this.#moveClocks(JUMP_MS);
      const reports = await Promise.all(
        this.#replicas.map(async (replica): Promise<ReconcileReport> => {
          const { status, text } = await replica.ask({ path: '/control/reconcile?older=0' });
          if (status !== 200) throw new Error(`reconcile failed: ${text}`);
          return JSON.parse(text) as ReconcileReport;
        }),
      );
      await platforms.ask('calm');
      if (isRough) await sleep(LONGEST_DELAY_MS);
      // What was sent again now is reviewed, paid and told of.
      await sleep(500);
      await platforms.ask('flush');
      // What one of the three claims the others find busy.
      const isQuiet = reports.every(({ moved, failed, more }) => moved + failed === 0 && !more);
      quiet = isQuiet && !isRough ? quiet + 1 : 0;
    }
  }

  async #judgeable(trips: ShoppingTrip[], wishes: PayoutWish[]): Promise<CampaignResult> {
    const { platforms, database } = this.#world();
    const { orders, payouts } = this.#options;
    const upstream = await platforms.ask('truth');
    const { fulfilments, events, told } = await database.read();
    const records = await this.#readRecords(
      [...upstream.payins, ...upstream.payouts].map(({ requestId }) => requestId),
    );
    const prices = new Map(
      trips.flatMap(({ order }) => {
        const price = priceOf(order);
        return price ? [[order, price] as const] : [];
      }),
    );
    const ids = upstream.wire.map(({ requestId }) => requestId);
    return {
      evidence: { upstream, prices, wishes, fulfilments, events, records },
      trips,
      tally: {
        orders,
        payouts,
        payins: upstream.payins.length,
        processesKilled: this.#kills,
        databaseCrashes: this.#databaseCrashes,
        requestsOnTheWire: upstream.creates,
        payoutsSentAgain: ids.length - new Set(ids).size,
        webhooksSent: upstream.webhooks.attempts,
        webhooksLost: upstream.webhooks.givenUp,
        eventsTold: told,
        eventsToldAgain: told - events.length,
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
      isClosing,
      ask: async (random, request) => {
        // A load balancer goes on to the next replica where none listens, and only there.
        for (const replica of random.shuffle(this.#replicas)) {
          try {
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

  #comeBack(index: number): void {
    if (this.#isOver) return;
    this.#kills += 1;
    const pause = this.#random.fork(`pause ${index} ${this.#incarnations[index]}`).between(50, 800);
    this.#track(sleep(pause).then(() => this.#start(index)));
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#starting.delete(tracked));
    this.#starting.add(tracked);
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
      hookFaults: 0.15,
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
    return { kind, socket: this.#server.socket, space: store === 'postgres' ? 'lesspay_campaign' : 'campaign:' };
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
