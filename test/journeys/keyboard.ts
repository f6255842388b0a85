import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** What a person without a mouse can do. */
export function keyboardOf(page: Page) {
  const press = (key: string) => page.keyboard.press(key);
  return {
    press,
    /** Presses Tab until the focus is on what is called so, also inside shadow roots. */
    tabTo: async (name: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        const focused = await page.evaluate(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          const label = active instanceof HTMLInputElement ? active.labels?.[0]?.textContent : active?.textContent;
          return label?.trim().replace(/\s+/g, ' ') ?? '';
        });
        if (focused.startsWith(name)) return;
        await press('Tab');
      }
      assert.fail(`Tab never reached "${name}".`);
    },
  };
}
