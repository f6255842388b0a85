import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { violations } from './accessible.ts';
import { type RunningDemo, runDemo } from './running-demo.ts';
import { cutOff, lostInForcedColours, poorFocus, spaceText } from './gallery-measures.ts';
import { DESK, visitStates, wear, within } from './gallery-states.ts';

/** 1280 px at 400 %. */
const ZOOMED = { viewport: { width: 320, height: 256 }, bypassCSP: true };

async function cutOffIn(languages: readonly string[], page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const lang of languages) {
    await wear(page, { lang });
    found.push(...within({ lang }, await page.evaluate(cutOff)));
  }
  return found;
}

describe('With reading aids, every state of the gallery', { timeout: 1_200_000 }, () => {
  let run: RunningDemo;
  before(async () => {
    run = await runDemo();
  });
  after(() => run.close());

  it('fits at 400 %, and with the spacing of text that people may set', async () => {
    const { plain, spaced } = await visitStates(run, ZOOMED, async (page) => {
      const faults = await cutOffIn(['en', 'vi', 'th'], page);
      await page.evaluate(spaceText);
      return { plain: faults, spaced: await cutOffIn(['th', 'vi', 'en'], page) };
    });
    assert.deepEqual(plain, []);
    assert.deepEqual(spaced, []);
  });

  it('keeps edges, focus and what is chosen visible in forced colours', async () => {
    const { lost } = await visitStates(run, { ...DESK, forcedColors: 'active' }, async (page) => {
      await page.keyboard.press('Shift');
      return {
        lost: [
          ...(await violations(page, '.stage')),
          ...(await page.evaluate(lostInForcedColours)),
          ...(await page.evaluate(poorFocus)),
        ],
      };
    });
    assert.deepEqual(lost, []);
  });
});
