import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { type AppJourney, lookAgain, orderOn, payAtCashier, payButton, sendPayout } from './running-app.ts';

/** How many elements of a kind the page still holds in memory, on the page or not. */
async function elementsAlive(page: Page, tag: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { result: prototype } = await session.send('Runtime.evaluate', {
    expression: `customElements.get('${tag}').prototype`,
  });
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId ?? '' });
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  await session.detach();
  return result.value as number;
}

async function fillCart(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Add Tasa to cart' }).click();
  await page.getByRole('button', { name: 'Check out' }).click();
  return orderOn(page);
}

/** The shop of an application that a framework renders on the server and goes on with in the browser. */
export function describeShop(running: () => AppJourney): void {
  it('hydrates each page that the server has rendered without a word', async () => {
    const app = running();
    const { page, context, complaints } = await app.visit('/');
    const reference = await fillCart(page);
    for (const path of ['/', `/checkout/${reference}`, `/order/${reference}`, '/payouts']) {
      const answer = await page.request.get(app.origin + path);
      assert.match(await answer.text(), /<main id="main"/, path);
      await page.goto(app.origin + path);
      await page.waitForLoadState('networkidle');
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('would say so, were it not what the server has rendered', async () => {
    const { page, context, complaints } = await running().visit('/');
    await page.route('**/', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace('Three pots', 'Four pots') });
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Three pots' }).waitFor();
    assert.match(complaints.join('\n'), /hydrat/i);
    await context.close();
  });

  it('sells a pot: cart, checkout without a page load, cashier, and the paid order', async () => {
    const app = running();
    const { page, context, complaints } = await app.visit('/');
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const reference = await fillCart(page);
    assert.ok(await page.evaluate(() => 'isSamePage' in window));
    await payAtCashier(page);
    await page.getByText('Payment received').waitFor();
    await page.getByText('Your pots are wrapped').waitFor();
    assert.equal(app.orderState(reference), 'paid');
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await page.getByText('Nothing here yet').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('sells it without JavaScript', async () => {
    const app = running();
    const { page, context } = await app.visit('/', { javaScriptEnabled: false });
    const reference = await fillCart(page);
    await payAtCashier(page, page.getByRole('button', { name: 'Pay ₱480.00' }));
    assert.match(await lookAgain(app, page), /^Payment received/);
    assert.equal(app.orderState(reference), 'paid');
    await context.close();
  });

  it('opens one payment for an order, however often its button comes and goes and is pressed', async () => {
    const app = running();
    const { page, context, complaints } = await app.visit('/');
    const ordersBefore = app.sandbox.control.orders.length;
    await fillCart(page);
    // The answer comes when the button is long gone.
    await page.route('**/lesspay/payins', async (route) => {
      await new Promise((done) => setTimeout(done, 300));
      await route.continue().catch(() => undefined);
    });
    await payButton(page).dblclick();
    await page.getByRole('link', { name: 'Payouts' }).click();
    await page.getByRole('heading', { name: 'New payout' }).waitFor();
    await page.waitForTimeout(500);
    assert.match(page.url(), /\/payouts$/);
    await page.goBack();
    await payButton(page).waitFor();
    await payAtCashier(page);
    await page.getByText('Payment received').waitFor();
    assert.equal(app.sandbox.control.orders.length - ordersBefore, 1);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('lets go of the elements of the pages that were left', async () => {
    const { page, context, complaints } = await running().visit('/');
    await fillCart(page);
    for (let round = 0; round < 5; round += 1) {
      await page.getByRole('link', { name: 'Payouts' }).click();
      await page.getByRole('button', { name: 'Review payout' }).waitFor();
      await page.goBack();
      await payButton(page).waitFor();
    }
    await page.getByRole('link', { name: 'Shop' }).click();
    await page.getByRole('heading', { name: 'Three pots' }).waitFor();
    for (const tag of ['lesspay-checkout', 'lesspay-recipient-form']) {
      let alive = await elementsAlive(page, tag);
      // What a browser's own tasks still hold goes with a later collection. A framework may keep the tree before this one.
      for (let tries = 0; tries < 20 && alive > 2; tries += 1) {
        await page.waitForTimeout(250);
        alive = await elementsAlive(page, tag);
      }
      assert.ok(alive <= 2, `${alive} of <${tag}> are still there`);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

/** The panel of such an application: the recipient is the framework's state, and the form shows and edits it. */
export function describePanel(running: () => AppJourney): void {
  it('keeps what is half typed while the framework hands the recipient back', async () => {
    const { page, context, complaints } = await running().visit('/payouts');
    await page.getByRole('radio', { name: 'E-wallet' }).check();
    await page.getByRole('radio', { name: 'GCash' }).check();
    const number = page.getByLabel('Wallet number');
    const name = page.getByLabel('Account holder');
    await name.pressSequentially('Maria Santos');
    await number.pressSequentially('0917 123 4567');
    await page.getByText('Ready to pay Maria Santos.').waitFor();
    await page.keyboard.press('Backspace');
    await page.getByText('Not ready yet').waitFor();
    assert.equal(await number.inputValue(), '0917 123 456');
    assert.equal(await name.inputValue(), 'Maria Santos');
    await page.keyboard.press('8');
    await page.getByText('Ready to pay').waitFor();
    // In the middle of a right number the caret stays where it is.
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('9');
    assert.equal(await number.inputValue(), '0917 123 9568');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('pays a rider out of the list, again after a mistake in it, and follows the payout', async () => {
    const app = running();
    const { page, context, complaints } = await app.visit('/payouts');
    const pay = page.getByRole('button', { name: 'Pay Althea Ramos' });
    const name = page.getByLabel('Account holder');
    await pay.click();
    await name.fill('');
    await page.getByText('Not ready yet').waitFor();
    await pay.click();
    await page.getByText('Ready to pay Althea Ramos.').waitFor();
    assert.equal(await name.inputValue(), 'Althea Ramos');
    const payouts = app.sandbox.control.payouts.length;
    const id = await sendPayout(app, page);
    app.sandbox.control.settle(id, 'succeeded');
    const followed = page.locator('lesspay-payout-status');
    await followed.getByText('RIDER-0712').waitFor();
    await followed.getByText('Completed').first().waitFor();
    assert.equal(app.sandbox.control.payouts.length - payouts, 1);
    assert.equal(app.merchant.payouts.list().find(({ requestId }) => requestId === id)?.status, 'succeeded');
    assert.ok(await pay.isDisabled());
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
