import type { CDPSession, Page } from 'playwright-core';
import { type BenchPage, openBenchPages } from './bench-pages.ts';
import { median, quantile } from './quantile.ts';
import { pairedRatio } from './ratio.ts';
import type { Figure, Section } from './report.ts';

const ROUNDS = 6;
const MEDIAN_MS = 1.5;
const P95_MS = 5;
const QUERIES = ['bank of', 'maybank', 'san', 'first nat', 'kred', 'deut', 'pacific', 'union b'];

/** A thousand names with the words that bank names share. */
const SETUP = `
const FIRST = 'Bank of,First,National,Union,Pacific,Commercial,Peoples,Royal,Savings,Rural,Maybank,Deutsche,Kredit,San Miguel,Bank Rakyat,Bangko,Banco,United,Allied,Eastern'.split(',');
const SECOND = 'Manila,Jakarta,Penang,Cebu,Davao,Bandung,Surabaya,Johor,Sabah,Iloilo'.split(',');
const THIRD = 'Berhad,Tbk,Inc.,Islamic,Digital'.split(',');
window.banks = FIRST.flatMap((a, i) => SECOND.flatMap((b, j) => THIRD.map((c, k) => ({
  id: i * 50 + j * 5 + k + 1, name: a + ' ' + b + ' ' + c, reference: 'PAYOUT_' + (i * 50 + j * 5 + k) + '_WEBPAY', active: true,
}))));
window.fetch = () => Promise.resolve(new Response(JSON.stringify({ banks, fetchedAt: new Date().toISOString(), stale: false }), { headers: { 'content-type': 'application/json' } }));
`;

const OWN: BenchPage = {
  id: 'own',
  script: `${SETUP}
const { LesspayBankPicker } = await import('../../../../src/elements/lesspay-bank-picker.ts');
customElements.define('lesspay-bank-picker', LesspayBankPicker);
const picker = document.createElement('lesspay-bank-picker');
picker.label = 'Bank';
document.querySelector('main').append(picker);
window.field = () => picker.shadowRoot.querySelector('input');
window.isReady = () => picker.listState === 'ready';
`,
};

const VAADIN: BenchPage = {
  id: 'vaadin',
  packages: ['@vaadin/combo-box'],
  script: `${SETUP}
await import('@vaadin/combo-box');
const picker = document.createElement('vaadin-combo-box');
picker.label = 'Bank';
picker.itemLabelPath = 'name';
picker.itemValuePath = 'id';
picker.items = banks;
document.querySelector('main').append(picker);
window.field = () => picker.querySelector('input');
window.isReady = () => Boolean(picker.querySelector('input'));
`,
};

/** Milliseconds of script, style and layout since the page began. */
async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return (of('ScriptDuration') + of('RecalcStyleDuration') + of('LayoutDuration')) * 1000;
}

/** Types the queries key by key; what each key cost, until the next frame is done. */
async function typeAll(page: Page, session: CDPSession): Promise<number[]> {
  const costs: number[] = [];
  for (const query of QUERIES) {
    for (const key of query) {
      const before = await worked(session);
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
      costs.push((await worked(session)) - before);
    }
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  }
  return costs;
}

/** A picker on its page, and what was measured there. */
interface Opened {
  page: Page;
  session: CDPSession;
  costs: number[];
  /** Of each round. */
  medians: number[];
}

/** What a key costs in a list of 1,000 banks, against Vaadin's combo box in turns with it. */
export async function benchPicker(): Promise<Section[]> {
  const { browser, server, failed, close } = await openBenchPages('picker', [OWN, VAADIN]);
  try {
    const open = async ({ id }: BenchPage): Promise<Opened | undefined> => {
      if (failed.has(id)) return undefined;
      const page = await browser.newPage();
      await page.goto(`${server.origin}/${id}/index.html`);
      await page.waitForFunction(() => (window as unknown as { isReady?: () => boolean }).isReady?.());
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      return { page, session, costs: [], medians: [] };
    };
    const own = await open(OWN);
    if (!own) throw new Error(`The bank picker of the bench was not built: ${failed.get(OWN.id)}`);
    const vaadin = await open(VAADIN);
    const pickers: readonly (Opened | undefined)[] = [own, vaadin];
    let rows = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const one of pickers) {
        if (!one) continue;
        await one.page.bringToFront();
        await one.page.evaluate(() => (window as unknown as { field: () => HTMLInputElement }).field().focus());
        const typed = await typeAll(one.page, one.session);
        if (one === own) rows = Math.max(rows, await rowsDrawn(own.page));
        // The first round warms both up.
        if (round === 0) continue;
        one.costs.push(...typed);
        one.medians.push(median(typed));
      }
    }
    const name = '`<lesspay-bank-picker>`';
    const figures: Figure[] = [
      {
        name: `${name}, median key`,
        unit: 'ms',
        value: median(own.costs),
        atMost: MEDIAN_MS,
        note: `${rows} rows drawn`,
      },
      { name: `${name}, slowest of 20 keys`, unit: 'ms', value: quantile(own.costs, 0.95), atMost: P95_MS },
    ];
    if (vaadin) {
      const ratio = { ...pairedRatio(own.medians, vaadin.medians), of: name, atMost: 0.6 };
      figures.push(
        { name: 'Vaadin’s combo box, median key', unit: 'ms', value: median(vaadin.costs), ratio },
        { name: 'Vaadin’s combo box, slowest of 20 keys', unit: 'ms', value: quantile(vaadin.costs, 0.95) },
      );
    }
    const why = failed.get(VAADIN.id);
    return [
      {
        title: 'Time per key in a list of 1,000 banks',
        about: `Script, style and layout of a key until its frame is done; ${QUERIES.length} queries typed key by key in ${ROUNDS} rounds, both in turns.`,
        figures,
        missing: why === undefined ? [] : [{ name: 'Vaadin’s combo box', why, judged: true }],
      },
    ];
  } finally {
    await close();
  }
}

const rowsDrawn = (page: Page): Promise<number> =>
  page.evaluate(
    () => document.querySelector('lesspay-bank-picker')?.shadowRoot?.querySelectorAll('[role=option]').length ?? 0,
  );
