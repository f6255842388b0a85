import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type RunningDemo, runDemo } from './running-demo.ts';
import { poorFocus } from './gallery-measures.ts';
import { audit, type Look, PHONE, visitStates } from './gallery-states.ts';

/** With those on a desk, each theme meets each scheme, direction and width, and each of these the others. */
const LOOKS: readonly Look[] = [
  { scheme: 'dark' },
  { scheme: 'light', theme: 'soft', lang: 'es' },
  { scheme: 'dark', theme: 'compact', lang: 'ar' },
  { scheme: 'light', theme: 'neutral', dir: 'rtl' },
];

describe('On a phone, every state of the gallery', { timeout: 1_200_000 }, () => {
  let run: RunningDemo;
  let found: Record<'audit' | 'focus', string[]>;
  before(async () => {
    run = await runDemo();
    found = await visitStates(run, PHONE, async (page) => {
      const faults = await audit(page, LOOKS);
      // From now on the browser takes this person for one with a keyboard.
      await page.keyboard.press('Shift');
      return { audit: faults, focus: await page.evaluate(poorFocus) };
    });
  });
  after(() => run.close());

  it('passes axe, with targets that can be hit and nothing cut off', () => assert.deepEqual(found.audit, []));

  it('shows where the focus is, under nothing, and in a ring that stands out', () => assert.deepEqual(found.focus, []));
});
