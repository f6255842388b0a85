/** `npm run bench`: every figure is a ratio against a peer that runs in turns with it, so that machines can be compared. */
import { benchProxy } from './proxy.ts';
import { benchRules } from './rules.ts';
import { benchSigning } from './signing.ts';

for (const { name, peer, ratio, lowest, highest } of [
  ...(await benchRules()),
  ...(await benchSigning()),
  ...(await benchProxy()),
]) {
  console.log(`${name}: ${ratio.toFixed(2)}× ${peer} (${lowest.toFixed(2)}–${highest.toFixed(2)})`);
}
process.exit(0);
