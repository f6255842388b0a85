import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { startRedis } from '../proxy/database-servers.ts';
import type { Mistake } from './app-settings.ts';
import { runCampaign } from './campaign.ts';
import { isRed, judge } from './judge.ts';

const SEED = Number(process.env.CAMPAIGN_SEED ?? 20_261_120);

/** How many people a mistake has to be made on before it shows. */
const SMALL = {
  seed: SEED,
  orders: 16,
  payouts: 16,
  spreadMs: 1_000,
  ...{ kills: 0, pauses: 0, restarts: 0, crashes: 0 },
  weather: { requestFaults: 0.5, hookFaults: 0.4 },
};

// Where there is none, the campaign says so.
const server = await startRedis();

after(() => server?.stop());

describe('the judge of the fault campaign', () => {
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

  it('finds a proxy guilty that loses payouts, and a shop without keys', { timeout: 600_000 }, async () => {
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
    { timeout: 600_000 },
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
