import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type RunningDemo, runDemo } from './running-demo.ts';
import { lowContrast, poorFocus } from './gallery-measures.ts';
import { audit, DESK, type Look, visitStates, wear, within } from './gallery-states.ts';

/** With those on a phone, each theme meets each scheme, direction and width, and each of these the others. */
const LOOKS: readonly Look[] = [
  { scheme: 'light' },
  { scheme: 'dark', theme: 'soft', lang: 'ar' },
  { scheme: 'light', theme: 'compact', lang: 'vi' },
  { scheme: 'dark', theme: 'neutral', lang: 'th' },
];

async function lowContrasts(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const contrast of ['no-preference', 'more'] as const) {
    await page.emulateMedia({ contrast });
    for (const theme of ['', 'neutral', 'soft', 'compact']) {
      for (const scheme of ['light', 'dark']) {
        await wear(page, { theme, scheme });
        found.push(...within({ theme, scheme, contrast }, await page.evaluate(lowContrast)));
      }
    }
  }
  await page.emulateMedia({ contrast: null });
  await wear(page, {});
  return found;
}

describe('On a desk, every state of the gallery', { timeout: 1_200_000 }, () => {
  let run: RunningDemo;
  let found: Record<'audit' | 'contrast' | 'focus', string[]>;
  before(async () => {
    run = await runDemo();
    found = await visitStates(run, DESK, async (page) => {
      const faults = { audit: await audit(page, LOOKS), contrast: await lowContrasts(page) };
      // From now on the browser takes this person for one with a keyboard.
      await page.keyboard.press('Shift');
      return { ...faults, focus: await page.evaluate(poorFocus) };
    });
  });
  after(() => run.close());

  it('passes axe, with targets that can be hit and nothing cut off', () => assert.deepEqual(found.audit, []));

  it('has the contrast that it needs in every theme and scheme, also where more is wanted', () =>
    assert.deepEqual(found.contrast, []));

  it('shows where the focus is, under nothing, and in a ring that stands out', () => assert.deepEqual(found.focus, []));
});
