import type { CDPSession, Page } from 'playwright-core';
import { type BenchPage, type BenchPages, openBenchPages } from './bench-pages.ts';
import type { ComparedPages } from './compared-pages.ts';
import { median } from './quantile.ts';
import type { Figure, Missing, Section } from './report.ts';

const HEAP_KB = 500;
const GROWTH_KB = 0.5;
const LOADS = 3;
const CYCLES = 1_000;
/** Elements that come and go together: a frame each, as a page draws them. */
const AT_ONCE = 10;
const WARM_UP = 300;
const SETTLED_MS = 500;

const OWN: Readonly<Record<string, string>> = {
  'lesspay-checkout': '<lesspay-checkout order="B-1" amount="1250.00" currency="PHP"></lesspay-checkout>',
  'lesspay-payment-status': '<lesspay-payment-status request-id="LP0001"></lesspay-payment-status>',
  'lesspay-payout-status': '<lesspay-payout-status request-id="LP0001"></lesspay-payout-status>',
  'lesspay-recipient-form': '<lesspay-recipient-form country="PH" currency="PHP"></lesspay-recipient-form>',
  'lesspay-bank-picker': '<lesspay-bank-picker label="Bank" country="PH" currency="PHP"></lesspay-bank-picker>',
  'lesspay-payout-batch': '<lesspay-payout-batch currency="PHP"></lesspay-payout-batch>',
};

/** Kilobytes in use. */
interface Heap {
  /** The script's own objects. */
  script: number;
  /** Those with the nodes of the document and the other objects of the browser that belong to them. */
  all: number;
}

async function heap(session: CDPSession): Promise<Heap> {
  // What only finalizers hold goes with the second collection.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  // Newer Chromium tells of the nodes too.
  const usage: { usedSize: number; embedderHeapUsedSize?: number } = await session.send('Runtime.getHeapUsage');
  return { script: usage.usedSize / 1000, all: (usage.usedSize + (usage.embedderHeapUsedSize ?? 0)) / 1000 };
}

async function open({ browser, server }: BenchPages, id: string): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.origin}/${id}/index.html`);
  return { page, session: await context.newCDPSession(page) };
}

async function heapOf(pages: BenchPages, id: string): Promise<Heap> {
  const heaps: Heap[] = [];
  for (let n = 0; n < LOADS; n += 1) {
    const { page, session } = await open(pages, id);
    await page.waitForTimeout(SETTLED_MS);
    heaps.push(await heap(session));
    await page.context().close();
  }
  return { script: median(heaps.map(({ script }) => script)), all: median(heaps.map(({ all }) => all)) };
}

/** Connects and disconnects; `again` the same elements, otherwise new ones each time. */
async function cycle(page: Page, markup: string, cycles: number, again: boolean): Promise<void> {
  await page.evaluate(
    async ({ markup, times, atOnce, again }) => {
      const main = document.querySelector('main');
      if (!main) return;
      main.innerHTML = again ? markup.repeat(atOnce) : '';
      const elements = [...main.children];
      for (let n = 0; n < times; n += 1) {
        if (again) main.append(...elements);
        else main.innerHTML = markup.repeat(atOnce);
        // Drawn once here and once away. (An inner function would be named by tsx with a function that the page has not.)
        await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
        main.replaceChildren();
        await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      }
      // The browser keeps an entry of every request.
      performance.clearResourceTimings();
    },
    { markup, times: Math.ceil(cycles / AT_ONCE), atOnce: AT_ONCE, again },
  );
  await page.waitForTimeout(SETTLED_MS);
}

/** Kilobytes left of each cycle. */
async function growth(pages: BenchPages, id: string, markup: string, again: boolean): Promise<Heap> {
  const { page, session } = await open(pages, id);
  try {
    await cycle(page, markup, WARM_UP, again);
    const before = await heap(session);
    await cycle(page, markup, CYCLES, again);
    const after = await heap(session);
    return { script: (after.script - before.script) / CYCLES, all: (after.all - before.all) / CYCLES };
  } finally {
    await page.context().close();
  }
}

const withNodes = (kilobytes: number, digits: number): string => `with its nodes ${kilobytes.toFixed(digits)} kB`;

/** What our elements hold on to, beside the peers: heap over a static page, and what is left of each that came and went. */
export async function benchMemory(compared: ComparedPages): Promise<Section[]> {
  const own = Object.entries(OWN).map(([tag, markup]): BenchPage => ({ id: tag, markup, oneFile: tag }));
  const pages = await openBenchPages('memory', [{ id: 'static' }, ...own]);
  try {
    const heaps: Figure[] = [];
    const left: Figure[] = [];
    const still = await heapOf(pages, 'static');
    for (const [tag, markup] of Object.entries(OWN)) {
      for (const [again, how] of [
        [false, 'a new one each time'],
        [true, 'the same one again'],
      ] as const) {
        const { script, all } = await growth(pages, tag, markup, again);
        left.push({
          name: `\`<${tag}>\`, ${how}`,
          unit: 'kB',
          value: script,
          atMost: GROWTH_KB,
          note: withNodes(all, 2),
        });
      }
    }
    const over = async (from: BenchPages, id: string): Promise<Pick<Figure, 'unit' | 'value' | 'note'>> => {
      const { script, all } = await heapOf(from, id);
      return { unit: 'kB', value: script - still.script, note: withNodes(all - still.all, 0) };
    };
    for (const [tag] of Object.entries(OWN).filter(([tag]) => !compared.pages.some(({ oneFile }) => oneFile === tag))) {
      heaps.push({ name: `\`<${tag}>\``, ...(await over(pages, tag)), atMost: HEAP_KB });
    }
    for (const { id, name, remote, shows } of compared.pages) {
      if (remote !== undefined) continue;
      const isOwn = id.startsWith('own-');
      heaps.push({
        name: isOwn ? name : `${name}: ${shows}`,
        ...(await over(compared, id)),
        ...(isOwn ? { atMost: HEAP_KB } : {}),
      });
    }
    const missing: Missing[] = [...compared.notBuilt('button'), ...compared.notBuilt('form')];
    return [
      {
        title: 'Memory: heap over a static page',
        about: `Script objects after a collection of garbage, less those of a page without any script. Median of ${LOADS} loads.`,
        figures: heaps,
        missing: missing.map((one) => ({ ...one, judged: false })),
      },
      {
        title: 'Memory: what is left of each connect and disconnect',
        about: `Growth of that heap over ${CYCLES.toLocaleString('en')} connects and disconnects, ${AT_ONCE} elements at a time and each time for a frame, after ${WARM_UP} that warm up; per cycle.`,
        figures: left,
      },
    ];
  } finally {
    await pages.close();
  }
}
