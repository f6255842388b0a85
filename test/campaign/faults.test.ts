import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { itNeedsServer, startPostgres, startRedis } from '../proxy/database-servers.ts';
import type { Mistake } from './app-settings.ts';
import { type CampaignOptions, runCampaign } from './campaign.ts';
import { isRed, judge } from './judge.ts';
import { reportLines } from './report.ts';

/** Another seed makes other orders, people, faults and places to die: `CAMPAIGN_SEED=7 npm test node`. */
const SEED = Number(process.env.CAMPAIGN_SEED ?? 20_261_120);

const SHORT = { seed: SEED, orders: 40, payouts: 40, spreadMs: 4_000, kills: 6, pauses: 1, restarts: 1, crashes: 1 };
const STORMY = { requestFaults: 0.5, hookFaults: 0.4 };
const NO_BLOWS = { kills: 0, pauses: 0, restarts: 0, crashes: 0 };
/** How many people a mistake has to be made on before it shows. */
const SMALL = { seed: SEED, orders: 16, payouts: 16, spreadMs: 1_000, ...NO_BLOWS, weather: STORMY };

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
      assert.ok(tally.decisions >= 2, 'operators decided');
      assert.ok(tally.paidLate >= 1, 'orders were paid twice');
      assert.ok(tally.refunds >= 1, 'money came back');
    });
  }
});

describe('the judge of the fault campaign', () => {
  const server = servers.redis;
  if (!server) return;

  /** Which of these figures stay right whatever mistakes are made; a mistake needs some luck to show, so there are three tries. */
  async function unmoved(mistakes: readonly Mistake[], names: readonly string[]): Promise<string[]> {
    let left = [...names];
    for (let round = 0; round < 3 && left.length > 0; round += 1) {
      const { evidence } = await runCampaign({ ...SMALL, seed: SEED + round, store: 'redis', mistakes }, server!);
      const red = new Set(
        judge(evidence)
          .filter(isRed)
          .map(({ name }) => name),
      );
      left = left.filter((name) => !red.has(name));
    }
    return left;
  }

  it('finds a proxy guilty that loses payouts, and a shop without keys', { timeout: 300_000 }, async () => {
    assert.deepEqual(
      await unmoved(
        ['swallows-payouts', 'no-event-key', 'fulfils-anything'],
        ['payouts lost', 'orders fulfilled without a matching payment', 'fulfilments per paid order'],
      ),
      [],
    );
  });

  it(
    'finds replicas guilty that share nothing, send again under new ids and never reconcile',
    { timeout: 300_000 },
    async () => {
      assert.deepEqual(
        await unmoved(
          ['store-per-process', 'fresh-id', 'never-reconciles'],
          [
            'distinct upstream request_ids per payout',
            'money sent twice',
            "orders not at the upstream's truth after reconcile",
          ],
        ),
        [],
      );
    },
  );
});
