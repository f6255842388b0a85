import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildScripts } from '../running-page.ts';
import { type AppJourney, lookAgain, orderOn, payAtCashier, payButton, runApp, sendPayout } from './running-app.ts';

describe('Plain pages behind Express, with the one-file builds', { timeout: 480_000 }, () => {
  let app: AppJourney;
  before(async () => {
    const builds = [
      await buildScripts('lesspay-checkout', '../../src/define/lesspay-checkout.ts'),
      await buildScripts('lesspay-payment-status', '../../src/define/lesspay-payment-status.ts'),
      await buildScripts('lesspay-elements', '../../src/define.ts', true),
    ];
    app = await runApp('plain', { oneFileBuilds: new Map(builds.flatMap((files) => [...files])) });
  });
  after(() => app.close());

  it('sell a pot: from the click to the paid order, under the strict policy and held to the hashes', async () => {
    const { page, context, complaints } = await app.visit('/');
    await page.getByRole('button', { name: 'Order Tasa' }).click();
    const reference = await orderOn(page);
    const script = page.locator('script[src*="lesspay-checkout"]');
    assert.match((await script.getAttribute('integrity')) ?? '', /^sha384-/);
    await payAtCashier(page);
    await page.getByText('Payment received').waitFor();
    assert.equal(app.orderState(reference), 'paid');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('sell it without JavaScript', async () => {
    const { page, context } = await app.visit('/', { javaScriptEnabled: false });
    await page.getByRole('button', { name: 'Order Mangkok' }).click();
    const reference = await orderOn(page);
    await payAtCashier(page, page.getByRole('button', { name: 'Pay ₱620.00' }));
    assert.match(await lookAgain(app, page), /^Payment received/);
    assert.equal(app.orderState(reference), 'paid');
    await context.close();
  });

  it('do not run a script that differs by a byte, and sell the pot all the same', async () => {
    const { page, context, complaints } = await app.visit('/');
    await page.route('**/lesspay-checkout.js', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${await answer.text()}\n` });
    });
    await page.getByRole('button', { name: 'Order Pitsel' }).click();
    const reference = await orderOn(page);
    await page.waitForLoadState();
    assert.equal(await payButton(page).count(), 0);
    assert.match(complaints.join(), /integrity/);
    await payAtCashier(page, page.getByRole('button', { name: 'Pay ₱1,250.00' }));
    await page.getByText('Payment received').waitFor();
    assert.equal(app.orderState(reference), 'paid');
    await context.close();
  });

  it('pay a rider out of the list, and follow the payout', async () => {
    const { page, context, complaints } = await app.visit('/payouts');
    await page.getByRole('button', { name: 'Pay Althea Ramos' }).click();
    assert.equal(await page.getByLabel('Account holder').inputValue(), 'Althea Ramos');
    const id = await sendPayout(app, page);
    app.sandbox.control.settle(id, 'succeeded');
    const followed = page.locator('lesspay-payout-status');
    await followed.getByText('RIDER-0712').waitFor();
    await followed.getByText('Completed').first().waitFor();
    assert.equal(app.merchant.payouts.list().find(({ requestId }) => requestId === id)?.status, 'succeeded');
    assert.ok(await page.getByRole('button', { name: 'Pay Althea Ramos' }).isDisabled());
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
