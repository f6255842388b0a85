import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type AppJourney, lookAgain, orderOn, payAtCashier, payButton, runApp } from './running-app.ts';

describe('Route handlers as Next has them', { timeout: 480_000 }, () => {
  let app: AppJourney;
  before(async () => {
    app = await runApp('next');
  });
  after(() => app.close());

  it('sell a pot without JavaScript: plain forms from the shop to the paid order', async () => {
    const { page, context } = await app.visit('/', { javaScriptEnabled: false });
    await page.getByRole('button', { name: 'Order Pitsel' }).click();
    const reference = await orderOn(page);
    assert.equal(await payButton(page).count(), 0);
    await payAtCashier(page, page.getByRole('button', { name: 'Pay ₱1,250.00' }));
    assert.match(await lookAgain(app, page), /^Payment received/);
    assert.equal(app.orderState(reference), 'paid');
    await context.close();
  });

  it('sell it with JavaScript, too', async () => {
    const { page, context, complaints } = await app.visit('/');
    await page.getByRole('button', { name: 'Order Tasa' }).click();
    const reference = await orderOn(page);
    await payAtCashier(page);
    await page.getByText('Payment received').waitFor();
    assert.equal(app.orderState(reference), 'paid');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('open one payment, however often the form is sent before it is paid', async () => {
    const { page, context } = await app.visit('/', { javaScriptEnabled: false });
    const ordersBefore = app.sandbox.control.orders.length;
    await page.getByRole('button', { name: 'Order Mangkok' }).click();
    await orderOn(page);
    const pay = page.getByRole('button', { name: 'Pay ₱620.00' });
    await pay.click();
    await page.waitForURL('**/cashier/*');
    await page.goBack();
    await payAtCashier(page, pay);
    assert.equal(app.sandbox.control.orders.length - ordersBefore, 1);
    await context.close();
  });

  it('answer with the routes that their folders name, and with no others', async () => {
    const status = async (path: string, method = 'GET') => (await fetch(app.origin + path, { method })).status;
    assert.equal(await status('/lesspay/payins/none'), 404);
    assert.equal(await status('/lesspay', 'POST'), 404);
    assert.equal(await status('/orders'), 405);
    assert.equal(await status('/order/LUAD-1001'), 404);
    assert.equal(await status('/order/LUAD-1001/more'), 404);
    const problem = (await (await fetch(`${app.origin}/lesspay/payins/none`)).json()) as { code: string };
    assert.equal(problem.code, 'payin-not-found');
  });
});
