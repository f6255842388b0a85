import { openBenchPages } from './bench-pages.ts';
import { median } from './quantile.ts';
import type { Figure, Section } from './report.ts';

const ROWS = 10_000;
const BUDGET_MS = 50;
/** Whatever else the machine does lengthens some runs, never shortens one. */
const ROUNDS = 5;

const PAGE = `
const { LesspayPayoutBatch } = await import('../../../../src/elements/lesspay-payout-batch.ts');
customElements.define('lesspay-payout-batch', LesspayPayoutBatch);
const batch = document.createElement('lesspay-payout-batch');
batch.currency = 'PHP';
document.querySelector('main').append(batch);
window.isReady = () => Boolean(batch.shadowRoot.querySelector('.drop'));
const rows = Array.from({ length: ${ROWS} }, (_, i) => i % 2
  ? 'R-' + i + ',"1,250.00",GCash,Maria Clara Santos,0917' + (1000000 + i) + ',,'
  : 'R-' + i + ',99.50,,Luad Stoneware Inc.,00123' + (1000000 + i) + ',BDO Unibank,BNORPHMM');
window.csv = new Blob(['Reference,Amount,Wallet,Name,Account number,Bank,SWIFT\\n' + rows.join('\\n')]);
window.run = async () => {
  const long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
  observer.observe({ type: 'longtask' });
  let longest = 0;
  let last = performance.now();
  let done = false;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!done) channel.port2.postMessage(0);
  };
  channel.port2.postMessage(0);
  const started = performance.now();
  await batch.load(csv);
  await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  done = true;
  const took = performance.now() - started;
  await new Promise((next) => setTimeout(next, 300));
  observer.disconnect();
  return { took, longest: Math.max(longest, ...long), ready: batch.counts.ready };
};
`;

interface Run {
  took: number;
  longest: number;
  ready: number;
}

/** Reads and checks files of 10,000 payouts: how long the page was ever kept from answering. */
export async function benchBatch(): Promise<Section[]> {
  const { browser, server, failed, close } = await openBenchPages('batch', [{ id: 'batch', script: PAGE }]);
  try {
    const why = failed.get('batch');
    if (why !== undefined) throw new Error(`The batch of the bench was not built: ${why}`);
    const runs = new Map<string, Run[]>([
      ['first file', []],
      ['second file', []],
    ]);
    // On fresh pages, for the first file also pays for what is done once.
    for (let round = 0; round < ROUNDS; round += 1) {
      const page = await browser.newPage();
      await page.goto(`${server.origin}/batch/index.html`);
      await page.waitForFunction(() => (window as unknown as { isReady?: () => boolean }).isReady?.());
      for (const own of runs.values()) {
        const run = await page.evaluate(() => (window as unknown as { run: () => Promise<Run> }).run());
        if (run.ready !== ROWS) throw new Error(`${run.ready} of ${ROWS} rows of the bench are ready.`);
        own.push(run);
      }
      await page.close();
    }
    const figures = [...runs].flatMap(([name, own]): Figure[] => [
      { name: `longest task, ${name}`, unit: 'ms', value: median(own.map((run) => run.longest)), atMost: BUDGET_MS },
      { name: `in all, ${name}`, unit: 'ms', value: median(own.map((run) => run.took)) },
    ]);
    return [
      {
        title: 'A file of 10,000 payouts in the batch',
        about: `Reading and checking it until its rows are drawn, and the longest time in which the page could not answer. Median of ${ROUNDS} pages.`,
        figures,
      },
    ];
  } finally {
    await close();
  }
}
