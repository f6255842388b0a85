import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keyboardOf } from './keyboard.ts';
import { type RunningDemo, runDemo } from './running-demo.ts';
import { choose, goToCashier, payButton, placeOrder, requestIdOf } from './shopping.ts';

describe('A shopper', { timeout: 240_000 }, () => {
  let run: RunningDemo;
  before(async () => {
    run = await runDemo();
  });
  after(() => run.close());

  const orderState = (reference: string) => run.demo.orders.all().find((order) => order.reference === reference)?.state;
  const createdFor = (reference: string) =>
    run.sandbox.control.requests.filter(
      ({ path, text }) => path.endsWith('/pay/create-order') && text.includes(`Luad order ${reference}`),
    );

  it('pays, comes back and sees that the payment was received', async () => {
    const { page, context, complaints } = await run.visit('/', { reducedMotion: 'no-preference' });
    const reference = await placeOrder(page);
    await goToCashier(page);
    await choose(page, 'succeed');
    await page.getByText('Payment received').waitFor();
    await page.getByText('Your pots are wrapped').waitFor();
    assert.equal(orderState(reference), 'paid');
    assert.match(requestIdOf(page), /^[a-z0-9]{20}$/);
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await page.getByText('Nothing here yet').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('whose payment fails is told so and can pay the same order again', async () => {
    const { page, context, complaints } = await run.visit('/');
    const reference = await placeOrder(page);
    await goToCashier(page);
    await choose(page, 'fail');
    await page.getByText('Payment failed').waitFor();
    assert.equal(orderState(reference), 'unpaid');
    const failed = requestIdOf(page);

    await page.getByRole('link', { name: 'Pay again' }).click();
    await goToCashier(page);
    await choose(page, 'succeed');
    await page.getByText('Payment received').waitFor();
    assert.equal(orderState(reference), 'paid');
    assert.notEqual(requestIdOf(page), failed);
    assert.equal(createdFor(reference).length, 2);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('who cancels is told that nothing was paid', async () => {
    const { page, context, complaints } = await run.visit('/');
    const reference = await placeOrder(page);
    await goToCashier(page);
    await choose(page, 'cancel');
    await page.getByText('Payment canceled').waitFor();
    await page.getByText('Nothing was charged').waitFor();
    assert.equal(orderState(reference), 'unpaid');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('who pays another amount has not paid the order', async () => {
    const { page, context, complaints } = await run.visit('/');
    const reference = await placeOrder(page);
    await goToCashier(page);
    await choose(page, 'different', '48.00');
    await page.getByText('A different amount was received').waitFor();
    assert.equal(orderState(reference), 'wrong-amount');
    assert.equal(await page.getByText('Payment received').count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('who goes back from the hosted checkout pays the same order', async () => {
    const { page, context, complaints } = await run.visit('/');
    const reference = await placeOrder(page);
    await page.evaluate(() => Object.assign(window, { leftForCashier: true }));
    await goToCashier(page);
    const cashier = page.url();
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForURL('**/checkout/*', { waitUntil: 'commit' });
    assert.ok(await page.evaluate(() => 'leftForCashier' in window), 'the page came out of the cache as it was left');
    await goToCashier(page);
    assert.equal(page.url(), cashier);
    assert.equal(createdFor(reference).length, 1);
    await choose(page, 'succeed');
    await page.getByText('Payment received').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  for (const clicks of [2, 3]) {
    it(`who clicks ${clicks} times opens one order`, async () => {
      const { page, context, complaints } = await run.visit('/');
      const reference = await placeOrder(page);
      await payButton(page).click({ clickCount: clicks, noWaitAfter: true });
      await page.waitForURL('**/sandbox/cashier/*');
      assert.equal(createdFor(reference).length, 1);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it('with the checkout open in two tabs gets one payment in both', async () => {
    const { page, context, complaints } = await run.visit('/');
    const reference = await placeOrder(page);
    const second = await context.newPage();
    await second.goto(page.url());
    await Promise.all([payButton(page).waitFor(), payButton(second).waitFor()]);
    await Promise.all([goToCashier(page), goToCashier(second)]);
    assert.equal(second.url(), page.url());
    assert.equal(createdFor(reference).length, 1);

    await choose(page, 'succeed');
    await page.getByText('Payment received').waitFor();
    await second.goto(`${run.origin}/checkout/${reference}`);
    await second.getByText('Payment received').waitFor();
    assert.equal(requestIdOf(second), requestIdOf(page));
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('who reloads before the webhook has come reads "not known yet", then "received"', async () => {
    const { page, context, complaints } = await run.visit('/');
    const reference = await placeOrder(page);
    await goToCashier(page);
    run.sandbox.control.holdWebhooks();
    try {
      await choose(page, 'succeed');
      await page.getByText('We do not know yet').waitFor();
      await page.reload();
      await page.getByText('We do not know yet').waitFor();
      assert.equal(orderState(reference), 'awaiting-payment');
    } finally {
      run.sandbox.control.releaseWebhooks();
    }
    await page.getByText('Payment received').waitFor();
    assert.equal(orderState(reference), 'paid');
    await page.reload();
    await page.getByText('Payment received').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('without JavaScript pays by plain forms', async () => {
    const { page, context } = await run.visit('/', { javaScriptEnabled: false });
    const reference = await placeOrder(page);
    await goToCashier(page, page.getByRole('button', { name: 'Pay ₱480.00' }));
    await choose(page, 'succeed');
    await run.sandbox.control.idle();
    await page.getByRole('link', { name: 'Look again' }).click();
    assert.match((await page.locator('noscript p').textContent()) ?? '', /^Payment received/);
    assert.equal(await page.getByText('You can leave this page').isVisible(), false);
    assert.equal(orderState(reference), 'paid');
    await context.close();
  });

  it('who tries to pay a paid order is brought to it instead', async () => {
    const { page, context } = await run.visit('/');
    const reference = await placeOrder(page);
    const stale = await context.newPage();
    await stale.goto(page.url());
    await goToCashier(page);
    await choose(page, 'succeed');
    await page.getByText('Payment received').waitFor();
    await payButton(stale).click();
    await stale
      .getByRole('alert')
      .or(stale.getByText(/already/))
      .first()
      .waitFor();
    assert.equal(createdFor(reference).length, 1);
    await context.close();
  });

  it('cannot open or pay the order of somebody else', async () => {
    const { page, context } = await run.visit('/');
    const reference = await placeOrder(page);
    const stranger = await run.visit(`/checkout/${reference}`);
    await stranger.page.getByRole('heading', { name: 'We cannot find that order' }).waitFor();
    const status = await stranger.page.evaluate(async (order) => {
      const response = await fetch('/lesspay/payins', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ order }),
      });
      return response.status;
    }, reference);
    assert.equal(status, 404);
    await stranger.context.close();
    await context.close();
  });

  it('gets to the checkout although the upstream’s first answer is lost, with one order', async () => {
    const { page, context } = await run.visit('/');
    const reference = await placeOrder(page);
    run.sandbox.control.fail({ path: '/pay/create-order', times: 1, how: 'accept-then-reset' });
    await goToCashier(page);
    const orders = run.sandbox.control.orders.filter(({ description }) => description === `Luad order ${reference}`);
    assert.equal(orders.length, 1);
    await context.close();
  });

  it('reads what to do when the checkout cannot be opened, and gets there by "Try again"', async () => {
    const { page, context } = await run.visit('/');
    await placeOrder(page);
    run.sandbox.control.fail({ path: '/pay/create-order', times: 2, how: '503' });
    await payButton(page).click();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await goToCashier(page, again);
    await context.close();
  });

  it('pays with the keyboard alone', async () => {
    const { page, context, complaints } = await run.visit('/');
    const { press, tabTo } = keyboardOf(page);
    await tabTo('Add Tasa');
    await press('Enter');
    await page.getByRole('button', { name: 'Check out' }).waitFor();
    await tabTo('Check out');
    await press('Enter');
    await payButton(page).waitFor();
    await tabTo('Pay ₱480.00');
    await press('Enter');
    await page.waitForURL('**/sandbox/cashier/*');
    await tabTo('Pay ₱480.00');
    await press('Enter');
    await page.getByText('Payment received').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
