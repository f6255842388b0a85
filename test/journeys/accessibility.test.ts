import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { assertAccessible } from './accessible.ts';
import { enter, openSheet, rowOf } from './paying-out.ts';
import { type RunningDemo, runDemo } from './running-demo.ts';
import { choose, goToCashier, placeOrder } from './shopping.ts';

const LOOKS: [string, BrowserContextOptions][] = [
  ['in light on a desk', { viewport: { width: 1280, height: 800 } }],
  ['in dark on a phone', { viewport: { width: 360, height: 740 }, colorScheme: 'dark', hasTouch: true }],
];

/** Nothing may stick out of a phone's screen. */
async function assertFits(page: Page, state: string): Promise<void> {
  const overflows = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog[open]')].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
  );
  assert.ok(
    overflows.every((overflow) => overflow === 0),
    `${state} is wider than the screen`,
  );
}

describe('Every page of the demo', { timeout: 240_000 }, () => {
  let run: RunningDemo;
  before(async () => {
    run = await runDemo();
  });
  after(() => run.close());

  for (const [look, options] of LOOKS) {
    it(`of the shop passes axe and fits, ${look}`, async () => {
      const { page, context } = await run.visit('/', { ...options, bypassCSP: true });
      const check = async (state: string) => {
        await assertAccessible(page, state);
        await assertFits(page, state);
      };
      await check('the shop, empty cart');
      await page.getByRole('button', { name: 'Add Mangkok to cart' }).click();
      await page.getByRole('button', { name: 'One Mangkok less' }).waitFor();
      await check('the shop, full cart');
      await placeOrder(page);
      await page.locator('lesspay-checkout button[part~=button]').waitFor();
      await check('the checkout');
      await page.route('**/lesspay/payins', (route) => route.abort());
      await page.locator('lesspay-checkout button[part~=button]').click();
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      await check('the checkout after a failure');
      await page.unroute('**/lesspay/payins');
      await goToCashier(page, page.getByRole('button', { name: 'Try again' }));
      await check('the cashier');
      run.sandbox.control.holdWebhooks();
      await choose(page, 'succeed');
      await page.getByText('We do not know yet').waitFor();
      await check('the order, not known yet');
      run.sandbox.control.releaseWebhooks();
      await page.getByText('Payment received').waitFor();
      await check('the order, paid');
      await page.goto(`${run.origin}/order/LUAD-0`);
      await check('no such order');
      await context.close();
    });

    it(`of the back office passes axe and fits, ${look}`, async () => {
      const { page, context } = await run.visit('/admin', { ...options, bypassCSP: true });
      const check = async (state: string) => {
        await assertAccessible(page, state);
        await assertFits(page, state);
      };
      await page.getByText('Althea Ramos').first().waitFor();
      await check('payouts at the start');

      const sheet = await openSheet(page);
      for (const method of ['Bank account', 'E-wallet', 'Malaysian bank'] as const) {
        await enter(sheet, { method, fields: {} });
        await check(`the form for a ${method}`);
      }
      await sheet.getByRole('button', { name: 'Review payout' }).click();
      await sheet.getByText('fields need your attention').waitFor();
      await check('the form with mistakes');
      await sheet.getByRole('combobox', { name: 'Bank', exact: true }).click();
      await sheet.locator('[role=option]').first().waitFor();
      await check('the list of banks');
      await page.keyboard.press('Escape');
      await enter(sheet, {
        method: 'E-wallet',
        currency: 'PHP',
        wallet: 'GCash',
        fields: {
          'Wallet number': '09171234501',
          'Account holder': 'Maria Clara Santos',
          Amount: '1250',
          Reference: look.replaceAll(' ', '-'),
        },
      });
      await sheet.getByRole('button', { name: 'Review payout' }).click();
      await check('the review');
      await sheet.getByRole('button', { name: /^Send / }).click();
      await sheet.getByText('Payout accepted').waitFor();
      await check('the accepted payout');
      await sheet.getByRole('button', { name: 'Close' }).click();

      const row = rowOf(page, 'Maria Clara Santos').first();
      await row.getByRole('button', { name: /^Details/ }).click();
      await check('payouts with one unfolded');
      await page.getByRole('checkbox', { name: /Mei Tan/ }).check();
      await page.getByRole('button', { name: /^Pay selected ₱/ }).click();
      await check('the question before paying');
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('link', { name: 'Orders' }).click();
      await page.getByRole('heading', { name: 'Orders' }).waitFor();
      await check('orders');
      await context.close();
    });
  }
});
