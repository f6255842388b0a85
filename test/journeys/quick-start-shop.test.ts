import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type DocumentedApp, documentedApp } from '../house/documented-code.ts';
import { buildScripts } from './running-page.ts';
import { launch } from './visit.ts';

describe('The shop of docs/quick-start-shop.md', { timeout: 240_000 }, () => {
  let app: DocumentedApp;
  let browser: Browser;
  const complaints: string[] = [];

  before(async () => {
    app = await documentedApp('quick-start-shop', ['docs/quick-start-shop.md']);
    for (const [file, code] of await buildScripts('lesspay-elements', '../../src/define.ts', true)) {
      const path = `${app.folder}/node_modules/lesspay-elements/dist/cdn/${file}`;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, code);
    }
    await app.serve('server.js');
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await app.close();
  });

  /** A shopper who buys a mug, on the page of its order. */
  async function buyMug(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(app.origin);
    await page.getByRole('button', { name: 'Buy a mug' }).click();
    await page.waitForURL('**/orders/*');
    return page;
  }

  it('takes a payment from the first click to the order that is paid', async () => {
    const page = await buyMug();
    const order = page.url();
    await page.locator('lesspay-checkout button[part~=button]', { hasText: 'Pay ₱450.00' }).click();
    await page.waitForURL('**/cashier/*');
    await page.getByRole('button', { name: /^Pay ₱450.00/ }).click();
    await page.waitForURL('**/thanks?*');
    await page.getByText('Payment received').waitFor();
    await page.getByText('We pack it today.').waitFor();
    await page.goto(order);
    await page.getByText('This order is paid.').waitFor();
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  it('takes one without any script', async () => {
    const page = await buyMug({ javaScriptEnabled: false });
    const order = page.url();
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.waitForURL('**/cashier/*');
    await page.getByRole('button', { name: /^Pay ₱450.00/ }).click();
    await page.waitForURL('**/thanks?*');
    await app.sandbox.control.idle();
    await page.goto(order);
    await page.getByText('This order is paid.').waitFor();
    await page.context().close();
  });
});
