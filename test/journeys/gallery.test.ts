import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { assertAccessible } from './accessible.ts';
import { type RunningDemo, runDemo } from './running-demo.ts';
import { DESK, open, PHONE, STATES } from './gallery-states.ts';

/** How the index is looked at. */
const LOOKS: readonly (readonly [name: string, query: string, options: BrowserContextOptions])[] = [
  ['light on a desk', 'scheme=light', DESK],
  ['dark on a phone', 'scheme=dark', PHONE],
];

describe('The gallery', { timeout: 600_000 }, () => {
  let run: RunningDemo;
  before(async () => {
    run = await runDemo();
  });
  after(() => run.close());

  it('has an index of every element and state, which fits and passes axe', async () => {
    for (const [name, query, options] of LOOKS) {
      const { page, context } = await run.visit(`/gallery?${query}`, options);
      await page.locator('.states a').first().waitFor();
      const found = await page.locator('.states a').evaluateAll((links) =>
        links.map((link) => {
          const { searchParams } = new URL((link as HTMLAnchorElement).href);
          return `${searchParams.get('element') ?? ''} ${searchParams.get('state') ?? ''}`;
        }),
      );
      assert.deepEqual(
        found.sort(),
        STATES.map(({ element, state }) => `${element} ${state}`).sort(),
        'every state of the index is in this test, and no other',
      );
      await assertAccessible(page, `index, ${name}`);
      await assertFits(page, `index, ${name}`);
      await context.close();
    }
  });

  it('shows in each state what it names', async () => {
    const { page, context, complaints } = await run.visit('/gallery', { viewport: { width: 1280, height: 900 } });
    const missing: string[] = [];
    for (const { element, state, what } of STATES) {
      await open(page, element, state);
      const shown = what.startsWith('{')
        ? page.locator(`.stage > ${element}${what.slice(1, -1)}`)
        : page.locator(`.stage > ${element}`).getByText(what).filter({ visible: true }).first();
      await shown.waitFor({ timeout: 5_000 }).catch(() => missing.push(`${element} ${state}: ${what}`));
    }
    assert.deepEqual(missing, []);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('changes the look in place, and the address and the links with it', async () => {
    const { page, context } = await run.visit('/gallery', DESK);
    await open(page, 'lesspay-recipient-form', 'review');
    const form = page.locator('.stage > lesspay-recipient-form');
    const accent = () => form.locator('[part=primary]').evaluate((button) => getComputedStyle(button).backgroundColor);
    const before = await accent();
    await page.locator('select[name=theme]').selectOption('soft');
    await page.waitForFunction(() => document.styleSheets.length === 2);
    assert.notEqual(await accent(), before);
    await page.locator('select[name=lang]').selectOption('ar');
    await form.getByText('راجع قبل الإرسال').waitFor();
    assert.equal(await form.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    assert.match(page.url(), /theme=soft/);
    assert.match(page.url(), /lang=ar/);
    const next = await page.locator('.neighbours .next').getAttribute('href');
    assert.match(next ?? '', /theme=soft&lang=ar/);
    await page.locator('select[name=scheme]').selectOption('dark');
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
    await context.close();
  });
});

/** Nothing may stick out of the screen. */
async function assertFits(page: Page, state: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${state} is ${over} px wider than the screen`);
}
