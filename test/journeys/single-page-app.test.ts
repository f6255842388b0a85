import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { createSigningProxy } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { type DocumentedApp, documentedApp } from '../house/documented-code.ts';
import { buildScripts } from './running-page.ts';
import { launch } from './visit.ts';

describe('The app of docs/recipes/single-page-app.md', { timeout: 240_000 }, () => {
  let app: DocumentedApp;
  let browser: Browser;
  const server = createServer();

  before(async () => {
    app = await documentedApp('recipe-spa', ['docs/recipes/single-page-app.md']);
    const scripts = await buildScripts('app', new URL(`file://${app.folder}/app.ts`).href);
    const back = `${app.origin}/thanks?request_id={requestId}`;
    const silent = () => undefined;
    const proxy = createSigningProxy({
      publicUrl: app.origin,
      lesspay: {
        appId: app.env.LESSPAY_APP_ID ?? '',
        appSecret: app.env.LESSPAY_APP_SECRET ?? '',
        environment: { baseUrl: app.env.LESSPAY_BASE_URL ?? '' },
      },
      payin: {
        resolveOrder: () => ({
          amount: '450.00',
          currency: 'PHP',
          productName: 'Mug',
          description: 'One mug',
          successUrl: back,
          failUrl: back,
        }),
      },
      logger: { info: silent, warn: silent, error: silent },
    });
    const payments = toNodeListener(proxy);
    server.on('request', (request, response) => {
      const path = new URL(request.url ?? '/', app.origin).pathname;
      const script = scripts.get(path.slice(1));
      if (proxy.owns(path)) payments(request, response);
      else if (script !== undefined) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      else {
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><a href="/">Shop</a><main></main><script type="module" src="/app.js"></script>');
      }
    });
    await new Promise<void>((done) => server.listen(Number(new URL(app.origin).port), 'localhost', done));
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    server.close().closeAllConnections();
    await app.close();
  });

  it('leaves for the checkout, comes back to its own route, and goes on', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(app.origin);
    await page.getByRole('button', { name: 'Pay ₱450.00' }).click();
    await page.waitForURL('**/cashier/*');
    await page.getByRole('button', { name: /^Pay ₱450.00/ }).click();
    await page.waitForURL('**/thanks?*');
    await page.getByText('Payment received').waitFor();
    await page.getByText('We pack it today.').waitFor();
    await page.getByRole('link', { name: 'Shop' }).click();
    await page.getByRole('button', { name: 'Pay ₱450.00' }).waitFor();
    assert.equal(await page.locator('lesspay-payment-status').count(), 0);
    assert.deepEqual(errors, []);
  });
});
