/**
 * `npm run bench`: every figure is a ratio against a peer that runs in turns with it, so that machines can be compared.
 * Ends with code 1 when a budget is passed. `npm run bench rules signing` runs some of the parts.
 */
import { benchBatch } from './batch.ts';
import { benchPicker } from './picker.ts';
import { benchProxy } from './proxy.ts';
import type { Ratio } from './ratio.ts';
import { benchRules } from './rules.ts';
import { benchNotice, benchSigning } from './signing.ts';

const alone = async (bench: () => Promise<Ratio[]>) => ({ ratios: await bench(), failures: [] });
const PARTS: Record<string, () => Promise<{ ratios: Ratio[]; failures: string[] }>> = {
  rules: () => alone(benchRules),
  signing: async () => ({ ratios: await benchSigning(), failures: benchNotice() }),
  proxy: benchProxy,
  picker: benchPicker,
  batch: async () => ({ ratios: [], ...(await benchBatch()) }),
};

const wanted = process.argv.slice(2);
const failed: string[] = [];
for (const [part, bench] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(part)) continue;
  const { ratios, failures } = await bench();
  failed.push(...failures);
  for (const { name, peer, ratio, lowest, highest, atMost, atLeast } of ratios) {
    const budget =
      (atMost === undefined ? '' : `, budget ${atMost}×`) + (atLeast === undefined ? '' : `, at least ${atLeast}×`);
    console.log(`${name}: ${ratio.toFixed(2)}× ${peer} (${lowest.toFixed(2)}–${highest.toFixed(2)}${budget})`);
    if (atMost !== undefined && !(ratio <= atMost))
      failed.push(`${name}: ${ratio.toFixed(2)}×, the budget is ${atMost}×`);
    if (atLeast !== undefined && !(ratio >= atLeast))
      failed.push(`${name}: ${ratio.toFixed(2)}×, at least ${atLeast}× is asked for`);
  }
}
for (const failure of failed) console.error(`over budget: ${failure}`);
process.exit(failed.length > 0 ? 1 : 0);
