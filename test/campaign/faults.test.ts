import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { itNeedsServer, startPostgres, startRedis } from '../proxy/database-servers.ts';
import type { Mistake } from './app-settings.ts';
import { type CampaignOptions, runCampaign } from './campaign.ts';
import { type Figure, isRed, judge } from './judge.ts';
import { reportLines } from './report.ts';

/** Another seed makes other orders, people, faults and places to die: `CAMPAIGN_SEED=7 npm test node`. */
const SEED = Number(process.env.CAMPAIGN_SEED ?? 20_261_120);

const SHORT = { seed: SEED, orders: 40, payouts: 40, spreadMs: 4_000, kills: 6, pauses: 1, restarts: 1, crashes: 1 };
const NO_BLOWS = { kills: 0, pauses: 0, restarts: 0, crashes: 0 };
/** How many people a mistake has to be made on before it shows. */
const SMALL = { seed: SEED, orders: 16, payouts: 16, spreadMs: 1_000, ...NO_BLOWS };

const servers = { redis: await startRedis(), postgres: await startPostgres() };
const packages = { redis: 'redis-server', postgres: 'postgresql' };

after(async () => {
  await servers.redis?.stop();
  await servers.postgres?.stop();
});

describe('the fault campaign', () => {
  for (const store of ['redis', 'postgres'] as const) {
    const server = servers[store];
    if (!server) {
      itNeedsServer(store === 'redis' ? 'redis-server' : 'postgres', packages[store]);
      continue;
    }
    it(`pays nothing twice and loses nothing over three processes on ${store}`, { timeout: 180_000 }, async (test) => {
      const options: CampaignOptions = { ...SHORT, store };
      const { evidence, tally } = await runCampaign(options, server);
      const figures = judge(evidence);
      for (const line of reportLines(options, tally, figures)) test.diagnostic(line);
      assert.deepEqual(figures.filter(isRed), []);
      // A campaign in fair weather proves nothing.
      assert.ok(tally.processesEnded >= 3, 'processes were killed');
      assert.ok(tally.payoutsSentAgain >= 1, 'payouts were sent again');
      assert.ok(tally.eventsToldAgain >= 1, 'events were told again');
      assert.ok(tally.webhooksLost >= 1, 'webhooks were lost');
    });
  }
});

describe('the judge of the fault campaign', () => {
  const server = servers.redis;
  if (!server) return;

  async function judged(...mistakes: Mistake[]): Promise<Map<string, Figure>> {
    const { evidence } = await runCampaign({ ...SMALL, store: 'redis', mistakes }, server!);
    return new Map(judge(evidence).map((figure) => [figure.name, figure]));
  }

  it(
    'sees a proxy that sends again under new ids, loses payouts, and a shop without keys',
    { timeout: 180_000 },
    async () => {
      const figures = await judged('fresh-id', 'swallows-payouts', 'no-event-key', 'fulfils-anything');
      for (const name of [
        'distinct upstream request_ids per payout',
        'money sent twice',
        'payouts lost',
        'orders fulfilled without a matching payment',
        'fulfilments per paid order',
      ]) {
        assert.ok(isRed(figures.get(name)!), `${name} is wrong`);
      }
    },
  );

  it('sees replicas that know nothing of one another and never reconcile', { timeout: 180_000 }, async () => {
    const figures = await judged('store-per-process', 'never-reconciles');
    for (const name of ["orders not at the upstream's truth after reconcile", 'money sent twice']) {
      assert.ok(isRed(figures.get(name)!), `${name} is wrong`);
    }
  });
});
