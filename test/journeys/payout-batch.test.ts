import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessible.ts';
import { type RunningDemo, runDemo } from './running-demo.ts';

const SAMPLE = readFileSync(new URL('../../demo/riders.csv', import.meta.url));

describe('An operator with a file', { timeout: 240_000 }, () => {
  let run: RunningDemo;
  before(async () => {
    run = await runDemo();
  });
  after(() => run.close());

  /** The references of all payouts that the platform has taken, in their order. */
  const taken = () =>
    run.sandbox.control.requests
      .filter(({ path, status }) => path.endsWith('/payout/batch/create-order') && status === 200)
      .flatMap(({ body }) =>
        (body as { payout_order_details: { mch_order_id: string }[] }).payout_order_details.map(
          ({ mch_order_id: reference }) => reference,
        ),
      );

  async function load(page: Page, buffer: Buffer): Promise<void> {
    await page.locator('input[type=file]').setInputFiles({ name: 'riders.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('heading', { name: 'Payouts', exact: true }).waitFor();
  }

  const row = (page: Page, number: number) => page.locator(`tr:has(th:text-is("${number}"))`);

  it('corrects it in place, reviews it and sends it once, whatever is loaded again', async () => {
    const { page, context, complaints } = await run.visit('/admin#batch', { bypassCSP: true });
    await page.getByRole('heading', { name: 'Drop a CSV file here' }).waitFor();
    await assertAccessible(page, 'empty');
    await load(page, SAMPLE);
    await assertAccessible(page, 'rows');
    assert.deepEqual(
      await page
        .locator('tbody tr th')
        .allTextContents()
        .then((all) => all.map((text) => text.trim())),
      ['5', '6'],
      'what has to be corrected is shown first',
    );

    const wallet = page.getByRole('textbox', { name: 'Wallet, row 5' });
    await wallet.fill('gcash');
    await wallet.press('Enter');
    const number = page.getByRole('textbox', { name: 'Account number, row 6' });
    await number.fill('0917 555 0177');
    await number.press('Tab');
    await row(page, 6).getByText('Ready', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove row 7' }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: /^All/ }).click();
    await page.getByRole('button', { name: 'Remove row 7' }).click();
    await page.getByText('Row 7 removed.').waitFor();
    await page.getByRole('button', { name: 'Review 5 payouts' }).click();
    await page.getByText('This is exactly what will be sent: 5 payouts, ₱5,085.50 in all.').waitFor();
    await assertAccessible(page, 'review');
    await page.getByRole('button', { name: 'Send 5 payouts · ₱5,085.50' }).dblclick();
    await page.getByText('5 payouts were accepted.').waitFor();
    await assertAccessible(page, 'sent');
    const all = ['RIDER-0801', 'RIDER-0802', 'RIDER-0804', 'RIDER-0803', 'RIDER-0805'];
    assert.deepEqual(taken(), all);

    // The same file once more: nothing in it is paid again.
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await load(page, SAMPLE);
    await page.getByRole('button', { name: /^All/ }).click();
    for (const sent of [2, 3, 4, 5, 6]) await row(page, sent).getByText('Sent before').first().waitFor();
    assert.deepEqual(taken(), all);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('is told that an answer was lost, and finds out without paying twice', async () => {
    const { page, context } = await run.visit('/admin#batch');
    const before = taken().length;
    const csv =
      'Reference,Payee,Wallet,Mobile number,Amount\nX-1,Ana Cruz,GCash,09171230001,10\nX-2,Ben Cruz,GCash,09171230002,20';
    await load(page, Buffer.from(csv));
    // The proxy takes the payouts, but its answer is lost on the way.
    await page.route('**/lesspay/payouts', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Review 2 payouts' }).click();
    await page.getByRole('button', { name: /^Send 2 payouts/ }).click();
    await page.getByText('Of 2 the outcome is not known.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Review/ }).count(), 0, 'nothing is left to send');
    await page.unroute('**/lesspay/payouts');
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('2 payouts were accepted.').waitFor();
    assert.deepEqual(taken().slice(before), ['X-1', 'X-2']);
    await context.close();
  });
});
