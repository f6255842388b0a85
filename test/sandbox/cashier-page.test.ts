import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import axe, { type AxeResults } from 'axe-core';
import { createSandbox, toNodeListener, type PayinOutcome, type Sandbox } from 'lesspay-elements/sandbox';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { APP_ID, APP_SECRET, caller, payinBody } from './fixture.ts';

/** Where Debian and most images put Chromium; CHROME_PATH names another. */
const CHROME = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && path !== '' && existsSync(path));

const server = createServer();
let browser: Browser;
let sandbox: Sandbox;
let base = '';
let number = 0;

/** Opens an order whose return pages are the shop's, a page of this server. */
async function checkoutUrl(changes: Record<string, unknown> = {}): Promise<{ url: string; id: string }> {
  number += 1;
  const id = `page-${number}`;
  const urls = { success_url: `${base}/shop/paid`, fail_url: `${base}/shop/unpaid`, notify_url: `${base}/shop/hook` };
  const now = Date.now();
  const { data, msg } = await caller(sandbox)(
    'v1/pay/create-order',
    payinBody({ request_id: id, ...urls, ...changes }),
    {
      headers: { 'x-auth-timestamp': String(now) },
    },
  );
  assert.equal(msg, 'SUCCESS');
  return { url: String(data.checkout_url), id };
}

async function withPage(options: BrowserContextOptions, run: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  try {
    const page = await context.newPage();
    const broken: string[] = [];
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
    page.on('pageerror', (error) => broken.push(error.message));
    await run(page);
    // A refused style sheet or form shows here, as does a missing file.
    assert.deepEqual(
      broken.filter((text) => !/status of (403|404|422)/.test(text)),
      [],
    );
  } finally {
    await context.close();
  }
}

/** Everything axe finds. The page's policy forbids scripts of the page; a debugger's evaluation is not one. */
async function audit(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(async (): Promise<AxeResults> =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  );
  assert.ok(results.passes.length > 10, 'axe looked at the page');
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

before(async () => {
  assert.ok(CHROME !== undefined, 'No Chromium: install it or name it in CHROME_PATH.');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sandbox = createSandbox({
    lesspay: { appId: APP_ID, appSecret: APP_SECRET },
    baseUrl: `${base}/fake`,
    merchantName: 'Halina Crafts',
    deliver: () => Promise.resolve(new Response('SUCCESS')),
  });
  const serve = toNodeListener(sandbox);
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/shop/') === true) response.end(`<!doctype html><title>${request.url}</title>`);
    else if (request.url === '/favicon.ico') response.writeHead(204).end();
    else serve(request, response);
  });
  browser = await chromium.launch({
    executablePath: CHROME,
    chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'],
  });
});

after(async () => {
  await browser.close();
  sandbox.control.close();
  server.closeAllConnections();
  server.close();
});

describe('the cashier page', () => {
  const LOOKS: [string, BrowserContextOptions][] = [
    ['in light colours', { colorScheme: 'light' }],
    ['in dark colours', { colorScheme: 'dark' }],
    ['in forced colours', { forcedColors: 'active' }],
    ['on a phone', { viewport: { width: 360, height: 740 } }],
    ['on a phone in dark colours', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
  ];
  for (const [name, options] of LOOKS) {
    it(`passes the a11y audit ${name}`, async () => {
      const { url } = await checkoutUrl();
      await withPage(options, async (page) => {
        await page.goto(url);
        assert.deepEqual(await audit(page), []);
      });
    });
  }

  it('passes the a11y audit with a wrong amount, and says so in the field', async () => {
    const { url } = await checkoutUrl();
    for (const colorScheme of ['light', 'dark'] as const) {
      await withPage({ colorScheme }, async (page) => {
        await page.goto(url);
        await page.getByRole('radio', { name: 'Pay a different amount' }).check();
        await page.getByLabel('Amount paid').fill('abc');
        await page.getByRole('button', { name: 'Apply this outcome' }).click();
        await page.getByRole('alert').waitFor();
        assert.equal(await page.getByLabel('Amount paid').inputValue(), 'abc');
        assert.equal(await page.evaluate('document.activeElement.id'), 'amount');
        assert.deepEqual(await audit(page), []);
      });
    }
  });

  const ENDS: PayinOutcome[] = ['succeeded', 'failed', 'canceled', 'closed', 'refunded', 'amount-differs'];
  for (const outcome of ENDS) {
    it(`passes the a11y audit once the order has ended as ${outcome}`, async () => {
      const { url, id } = await checkoutUrl();
      sandbox.control.settle(id, outcome, { amount: '1.00' });
      for (const colorScheme of ['light', 'dark'] as const) {
        await withPage({ colorScheme }, async (page) => {
          await page.goto(url);
          assert.deepEqual(await audit(page), []);
        });
      }
    });
  }

  it('passes the a11y audit for an unknown payment', async () => {
    await withPage({}, async (page) => {
      await page.goto(`${base}/fake/cashier/nope`);
      assert.deepEqual(await audit(page), []);
    });
  });

  it('never scrolls sideways, at 320 CSS pixels and with long names, left to right or right to left', async () => {
    const long = {
      product_name: 'W'.repeat(30),
      description: 'M'.repeat(50),
      target_amount: '999999999999.99',
      target_currency: 'IDR',
    };
    const { url } = await checkoutUrl(long);
    for (const width of [320, 360, 600, 900, 1280]) {
      await withPage({ viewport: { width, height: 740 } }, async (page) => {
        await page.goto(url);
        for (const dir of ['ltr', 'rtl']) {
          await page.evaluate(`document.documentElement.dir = '${dir}'`);
          const over = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          assert.equal(over, 0, `${width} ${dir}`);
        }
      });
    }
  });

  it('pays by keyboard, without JavaScript', async () => {
    const { url, id } = await checkoutUrl();
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(url);
      await page.keyboard.press('Tab'); // the console's link
      await page.keyboard.press('Tab'); // the first way to pay
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.getByRole('radio', { name: 'Bank transfer' }).isChecked(), true);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/shop/paid');
    });
    assert.equal(sandbox.control.orders.find(({ requestId }) => requestId === id)?.status, 'SUCCEED');
  });

  it('goes back unpaid for "Cancel and go back"', async () => {
    const { url, id } = await checkoutUrl();
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(url);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.waitForURL('**/shop/unpaid');
    });
    assert.equal(sandbox.control.orders.find(({ requestId }) => requestId === id)?.status, 'CANCELED');
  });

  it('takes Enter in the amount field for the outcome form, not for "Pay"', async () => {
    const { url, id } = await checkoutUrl();
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(url);
      await page.getByRole('radio', { name: 'Pay a different amount' }).check();
      await page.getByLabel('Amount paid').fill('1.00');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/shop/paid');
    });
    assert.equal(sandbox.control.orders.find(({ requestId }) => requestId === id)?.status, 'PAID');
  });

  it('gives every control a target of 44 pixels on a phone and a visible focus ring', async () => {
    const { url } = await checkoutUrl();
    await withPage({ viewport: { width: 360, height: 740 }, hasTouch: true }, async (page) => {
      await page.goto(url);
      for (const control of await page.locator('button, select, .money, label.method, label.choice').all()) {
        const box = await control.boundingBox();
        assert.ok(box !== null && box.height >= 43.9, `${await control.textContent()}: ${box?.height}`);
      }
      for (let index = 0; index < 7; index += 1) {
        await page.keyboard.press('Tab');
        const ring = await page.evaluate(`(() => {
          const focused = document.activeElement;
          const ringed = focused.closest('.method, .choice, .money') ?? focused;
          return parseFloat(getComputedStyle(ringed).outlineWidth);
        })()`);
        assert.ok(Number(ring) >= 2, String(index));
      }
    });
  });
});

describe('the console page', () => {
  for (const options of [
    { colorScheme: 'light' },
    { colorScheme: 'dark' },
    { viewport: { width: 360, height: 740 } },
  ] as const) {
    it(`passes the a11y audit with ${JSON.stringify(options)}`, async () => {
      await checkoutUrl();
      await withPage(options, async (page) => {
        await page.goto(`${base}/fake/console`);
        assert.deepEqual(await audit(page), []);
        const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        assert.equal(over, 0);
      });
    });
  }

  it('acts by its buttons, in a real browser', async () => {
    const { id } = await checkoutUrl();
    await withPage({}, async (page) => {
      await page.goto(`${base}/fake/console`);
      await page.getByRole('button', { name: `Succeed ${id}` }).click();
      await page.getByRole('row', { name: id }).first().getByText('SUCCEED').waitFor();
    });
    assert.equal(sandbox.control.orders.find(({ requestId }) => requestId === id)?.status, 'SUCCEED');
  });
});
