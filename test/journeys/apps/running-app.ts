import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type RunningApp, startApp, type StartOptions } from '../../../demo/apps/start-app.ts';

/** One of the applications, and a browser in front of it. */
export interface AppJourney extends RunningApp {
  /** A new person with cookies of their own. All that a page reports as wrong is collected in `complaints`. */
  visit(path: string, options?: BrowserContextOptions): Promise<Visit>;
  /** What became of an order on the merchant's server. */
  orderState(reference: string): string | undefined;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Uncaught errors, and errors and warnings in the console: of the page's policy, of React, of Vue. */
  complaints: string[];
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts an application with a sandbox in which nothing settles by itself. */
export async function runApp(name: string, options: StartOptions = {}): Promise<AppJourney> {
  const executablePath = process.env.CHROME_PATH ?? CHROMIUM.find(existsSync);
  if (executablePath === undefined) throw new Error('There is no Chromium.');
  const running = await startApp(name, {
    quiet: true,
    sandbox: { reviewDelayMs: undefined, settleDelayMs: 3_600_000 },
    ...options,
  });
  const browser: Browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  return {
    ...running,
    async visit(path, contextOptions) {
      const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-PH', ...contextOptions });
      context.setDefaultTimeout(60_000);
      const complaints: string[] = [];
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      await page.goto(running.origin + path);
      return { page, context, complaints };
    },
    orderState: (reference) => running.merchant.orders.all().find((order) => order.reference === reference)?.state,
    async close() {
      await browser.close();
      await running.close();
    },
  };
}

/** The reference of the order whose checkout page is shown. */
export async function orderOn(page: Page): Promise<string> {
  await page.waitForURL('**/checkout/*');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Presses a pay button, pays at the hosted cashier and waits for the shop's order page. */
export async function payAtCashier(page: Page, button = payButton(page)): Promise<void> {
  await button.click();
  await page.waitForURL('**/cashier/*');
  await page.getByRole('button', { name: /^Pay ₱/ }).click();
  await page.waitForURL('**/order/*');
}

/** The element's own button, not that of the plain form which it replaces. */
export function payButton(page: Page) {
  return page.locator('lesspay-checkout button[part~=button]', { hasText: /Pay ₱/ });
}

/** Reviews the payout that the form holds, sends it and answers its request id as the sandbox has it. */
export async function sendPayout({ sandbox }: AppJourney, page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Review payout' }).click();
  await page.getByRole('button', { name: /^Send / }).click();
  await page.getByText('Payout accepted').waitFor();
  return sandbox.control.payouts.at(-1)?.requestId ?? '';
}

/** Waits for the notice of a payment and looks again, as a shopper does whose browser runs no script. */
export async function lookAgain({ sandbox }: AppJourney, page: Page): Promise<string> {
  await sandbox.control.idle();
  await page.getByRole('link', { name: 'Look again' }).click();
  await page.waitForLoadState();
  return page.locator('noscript p').innerText();
}
