import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SANDBOX } from '../../demo/server/sandbox-credentials.ts';
import { enter, openSheet, send } from './paying-out.ts';
import { type RunningDemo, runDemo } from './running-demo.ts';
import { choose, goToCashier, placeOrder } from './shopping.ts';

describe('What the browser gets to see', { timeout: 240_000 }, () => {
  let run: RunningDemo;
  before(async () => {
    run = await runDemo();
  });
  after(() => run.close());

  it('holds no secret, no signature and nothing from another host', async () => {
    const { page, context } = await run.visit('/');
    const texts = new Map<string, string>();
    const foreign: string[] = [];
    // Fetched here and passed on, because a body is gone once its page is.
    await context.route('**', async (route) => {
      const { origin, pathname } = new URL(route.request().url());
      if (origin !== run.origin) foreign.push(route.request().url());
      // The sandbox's pages are the provider's, not the shop's.
      if (pathname.startsWith('/sandbox/')) {
        await route.continue();
        return;
      }
      const response = await route.fetch({ maxRedirects: 0 });
      texts.set(`${route.request().method()} ${pathname}`, await response.text());
      await route.fulfill({ response });
    });
    await page.goto(run.origin);
    await placeOrder(page);
    await goToCashier(page);
    await choose(page, 'succeed');
    await page.getByText('Payment received').waitFor();
    await page.goto(`${run.origin}/admin`);
    const sheet = await openSheet(page);
    await enter(sheet, {
      method: 'E-wallet',
      currency: 'PHP',
      wallet: 'GCash',
      fields: {
        'Wallet number': '09171234501',
        'Account holder': 'Maria Clara Santos',
        Amount: '1250',
        Reference: 'SECRETS-1',
      },
    });
    await send(sheet);

    assert.deepEqual(foreign, []);
    const { lesspay, leanx } = SANDBOX;
    const secrets = [lesspay.appSecret, leanx.hashKey, leanx.authToken];
    let answers = 0;
    for (const [request, body] of texts) {
      if (request.includes('/lesspay/')) answers += 1;
      for (const secret of secrets) assert.ok(!body.includes(secret), `${request} holds a secret`);
      assert.doesNotMatch(body, /\b[0-9A-F]{64}\b/, `${request} holds a signature`);
    }
    // The server's own sources, and the code that signs, are in no script.
    assert.ok(run.modules.some((module) => module.endsWith('/src/elements/lesspay-checkout.ts')));
    const servers = run.modules.filter((module) =>
      /\/demo\/server\/|\/src\/(lesspay|leanx|proxy|sandbox|upstream)\//.test(module),
    );
    assert.deepEqual(servers, []);
    assert.ok(answers >= 3, 'the proxy’s answers were looked at');
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  });
});
