import type { CDPSession, Page } from 'playwright-core';
import { openBenchPages } from './bench-pages.ts';
import type { Ratio } from './ratio.ts';

const ROUNDS = 6;
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

const PAGES = {
  own: `${SETUP}
const { LesspayBankPicker } = await import('../../src/elements/lesspay-bank-picker.ts');
customElements.define('lesspay-bank-picker', LesspayBankPicker);
const picker = document.createElement('lesspay-bank-picker');
picker.label = 'Bank';
document.querySelector('main').append(picker);
window.field = () => picker.shadowRoot.querySelector('input');
window.isReady = () => picker.listState === 'ready';
`,
  vaadin: `${SETUP}
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
} as const;

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

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** What a key costs in a list of 1,000 banks, against Vaadin's combo box in turns with it. */
export async function benchPicker(): Promise<{ ratios: Ratio[]; failures: string[] }> {
  const { browser, origin, close } = await openBenchPages('picker', PAGES);
  try {
    const open = async (name: string) => {
      const page = await browser.newPage();
      await page.goto(`${origin}/${name}.html`);
      await page.waitForFunction(() => (window as unknown as { isReady?: () => boolean }).isReady?.());
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      return { page, session };
    };
    const pages = { own: await open('own'), vaadin: await open('vaadin') };
    const costs: Record<keyof typeof pages, number[]> = { own: [], vaadin: [] };
    const ratios: number[] = [];
    let rows = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const medians: number[] = [];
      for (const name of ['own', 'vaadin'] as const) {
        const { page, session } = pages[name];
        await page.bringToFront();
        await page.evaluate(() => (window as unknown as { field: () => HTMLInputElement }).field().focus());
        const typed = await typeAll(page, session);
        // The first round warms both up.
        if (round > 0) costs[name].push(...typed);
        medians.push(quantile(typed, 0.5));
        if (name === 'own') {
          rows = Math.max(
            rows,
            await page.evaluate(
              () =>
                document.querySelector('lesspay-bank-picker')?.shadowRoot?.querySelectorAll('[role=option]').length ??
                0,
            ),
          );
        }
      }
      if (round > 0) ratios.push((medians[0] ?? 0) / (medians[1] ?? 1));
    }
    ratios.sort((a, b) => a - b);
    const median = quantile(costs.own, 0.5);
    const p95 = quantile(costs.own, 0.95);
    const ratio = quantile(ratios, 0.5);
    console.log(
      `bank picker, per key in 1,000 banks: median ${median.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, ${rows} rows drawn` +
        ` (Vaadin: ${quantile(costs.vaadin, 0.5).toFixed(2)} ms, ${quantile(costs.vaadin, 0.95).toFixed(2)} ms)`,
    );
    const failures = [
      ...(median > 1.5 ? [`bank picker: median ${median.toFixed(2)} ms a key, the budget is 1.5 ms`] : []),
      ...(p95 > 5 ? [`bank picker: p95 ${p95.toFixed(2)} ms a key, the budget is 5 ms`] : []),
    ];
    return {
      ratios: [
        {
          name: 'a key in the bank picker with 1,000 banks',
          peer: 'a key in Vaadin’s combo box',
          ratio,
          lowest: ratios[0] ?? Number.NaN,
          highest: ratios.at(-1) ?? Number.NaN,
          atMost: 0.6,
        },
      ],
      failures,
    };
  } finally {
    await close();
  }
}
