/**
 * The fault campaign at length: `npm run campaign -- [redis|postgres] [--payouts 2000] [--orders 2000] [--minutes 8]
 * [--kills 60] [--pauses 8] [--restarts 8] [--crashes 4] [--seeds 1]`. CAMPAIGN_SEED chooses the (first) seed. Ends with 1 when a figure is not what it has to be.
 */
import { parseArgs } from 'node:util';
import { startPostgres, startRedis } from '../proxy/database-servers.ts';
import { type CampaignOptions, runCampaign } from './campaign.ts';
import { isRed, judge } from './judge.ts';
import { reportLines } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: 'string', default: '2000' },
    payouts: { type: 'string', default: '2000' },
    minutes: { type: 'string', default: '8' },
    kills: { type: 'string', default: '60' },
    pauses: { type: 'string', default: '8' },
    restarts: { type: 'string', default: '8' },
    crashes: { type: 'string', default: '4' },
    seeds: { type: 'string', default: '1' },
  },
});
const stores = (positionals.length > 0 ? positionals : ['redis', 'postgres']) as CampaignOptions['store'][];
const first = Number(process.env.CAMPAIGN_SEED ?? Date.now() % 2 ** 31);
let red = 0;

for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  for (const store of stores) {
    const options: CampaignOptions = {
      seed,
      store,
      orders: Number(values.orders),
      payouts: Number(values.payouts),
      spreadMs: Number(values.minutes) * 60_000,
      kills: Number(values.kills),
      pauses: Number(values.pauses),
      restarts: Number(values.restarts),
      crashes: Number(values.crashes),
      onProgress: (text, seconds) => console.log(`… ${seconds} s: ${text}`),
    };
    const server = await (store === 'redis' ? startRedis() : startPostgres());
    if (!server) {
      console.log(`${store} is not installed: its campaign was left out`);
      red += 1;
      continue;
    }
    const result = await runCampaign(options, server).finally(() => server.stop());
    const figures = judge(result.evidence);
    console.log(reportLines(options, result.tally, figures).join('\n'));
    red += figures.filter(isRed).length;
  }
}
process.exitCode = red > 0 ? 1 : 0;
