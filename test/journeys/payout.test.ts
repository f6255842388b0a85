import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { keyboardOf } from './keyboard.ts';
import { type Entry, enter, openSheet, rowOf, send } from './paying-out.ts';
import { type RunningDemo, runDemo } from './running-demo.ts';

/** One payout of each kind, with synthetic details. */
const ENTRIES: Record<string, Entry> = {
  'GCash wallet': {
    method: 'E-wallet',
    currency: 'PHP',
    wallet: 'GCash',
    fields: {
      'Wallet number': '0917 123 4501',
      'Account holder': 'Maria Clara Santos',
      Amount: '1,250',
      Reference: 'PHP-1',
    },
  },
  'Gopay wallet': {
    method: 'E-wallet',
    currency: 'IDR',
    wallet: 'Gopay',
    fields: {
      'Wallet number': '+62 812 3456 7890',
      'Account holder': 'Dewi Lestari',
      Amount: '450000',
      Reference: 'IDR-1',
    },
  },
  'PIX key of type CPF': pix('CPF', '111.444.777-35', 'PIX-CPF'),
  'PIX key of type CNPJ': pix('CNPJ', '11.222.333/0001-81', 'PIX-CNPJ'),
  'PIX key of type e-mail': pix('E-mail', 'Maria@example.com', 'PIX-EMAIL'),
  'PIX key of type phone': pix('Phone', '+55 11 91234-5678', 'PIX-PHONE'),
  'random PIX key': pix('Random key', '123e4567-e89b-42d3-a456-426614174000', 'PIX-RANDOM'),
  'bank account with BIC': {
    method: 'Bank account',
    currency: 'PHP',
    bank: 'BDO',
    fields: {
      'Account holder': 'Maria Clara Santos',
      'SWIFT / BIC': 'bnorphmm',
      'Account number': '0012 3456 7890',
      Amount: '48200.50',
      Reference: 'BANK-1',
    },
  },
};

function pix(pixKeyType: string, key: string, reference: string): Entry {
  return {
    method: 'E-wallet',
    currency: 'BRL',
    pixKeyType,
    fields: { 'PIX key': key, 'Account holder': 'João da Silva', Amount: '99.90', Reference: reference },
  };
}

describe('An operator', { timeout: 240_000 }, () => {
  let run: RunningDemo;
  let page: Page;
  let context: BrowserContext;
  let complaints: string[];
  before(async () => {
    run = await runDemo();
    ({ page, context, complaints } = await run.visit('/admin'));
  });
  beforeEach(async () => {
    complaints.length = 0;
    await page.goto(`${run.origin}/admin`);
  });
  after(async () => {
    await context.close();
    await run.close();
  });

  const close = (sheet: Locator) => sheet.getByRole('button', { name: 'Close' }).click();

  for (const [kind, entry] of Object.entries(ENTRIES)) {
    it(`pays to a ${kind}: accepted, reviewed and finished`, async () => {
      const reference = entry.fields.Reference ?? '';
      const sheet = await openSheet(page);
      await enter(sheet, entry);
      await send(sheet);
      await close(sheet);
      const row = rowOf(page, reference);
      await row.getByText('In review').waitFor();
      const payout = run.sandbox.control.payouts.at(-1);
      assert.equal(payout?.details[0]?.reference, reference);
      run.sandbox.control.settle(payout.requestId, 'succeeded');
      await row.getByText('Paid').waitFor();
      assert.deepEqual(complaints, []);
    });
  }

  it('pays a Malaysian bank account after the bank has told its name', async () => {
    run.sandbox.control.setAccountName('514012345678', 'NURUL AISYAH BINTI AHMAD');
    const sheet = await openSheet(page);
    await enter(sheet, {
      method: 'Malaysian bank',
      bank: 'maybank',
      fields: { 'Account number': '5140 1234 5678', 'Account holder': 'Nurul Aisyah binti Ahmad' },
    });
    await sheet.getByText('The bank has the same name').waitFor();
    await enter(sheet, {
      method: 'Malaysian bank',
      fields: { 'Reference for the recipient': 'Pop-up shop', Amount: '860', Reference: 'MYR-1' },
    });
    await send(sheet);
    await close(sheet);
    const payout = run.sandbox.control.leanxPayouts.at(-1);
    assert.ok(payout);
    assert.equal(payout.accountNumber, '514012345678');
    run.sandbox.control.settle(payout.externalRef ?? payout.invoiceNo, 'succeeded');
    await rowOf(page, 'MYR-1').getByText('Paid').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('is warned when the Malaysian bank has another name on the account', async () => {
    run.sandbox.control.setAccountName('514099998888', 'TAN MEI LING');
    const sheet = await openSheet(page);
    await enter(sheet, {
      method: 'Malaysian bank',
      bank: 'maybank',
      fields: { 'Account number': '514099998888', 'Account holder': 'Nurul Aisyah binti Ahmad' },
    });
    await sheet.getByText('The bank has another name').waitFor();
  });

  it('sees a payout that the review has refused', async () => {
    const sheet = await openSheet(page);
    const entry = ENTRIES['GCash wallet'];
    assert.ok(entry);
    await enter(sheet, { ...entry, fields: { ...entry.fields, Reference: 'REFUSED-1' } });
    await send(sheet);
    await close(sheet);
    const row = rowOf(page, 'REFUSED-1');
    await row.getByText('In review').waitFor();
    run.sandbox.control.reject(run.sandbox.control.payouts.at(-1)?.requestId ?? '');
    await row.getByText('Failed').waitFor();
    await row.getByRole('button', { name: /^Details/ }).click();
    await row.getByText('Lesspay’s review refused it.').waitFor();
    await page.getByRole('radio', { name: /^Failed/ }).check();
    assert.equal(await rowOf(page, 'REFUSED-1').count(), 1);
    await page.getByRole('radio', { name: /^Paid/ }).check();
    assert.equal(await rowOf(page, 'REFUSED-1').count(), 0);
  });

  it('pays several payees at once and sees which of them were paid', async () => {
    for (const name of ['Althea Ramos', 'Joaquín Dela Peña', 'Mei Tan']) {
      await page.getByRole('checkbox', { name: new RegExp(name) }).check();
    }
    await page.getByRole('button', { name: 'Pay selected ₱11,610.50' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByText('₱11,610.50 to 3 payees is in review').waitFor();
    const payout = run.sandbox.control.payouts.at(-1);
    assert.equal(payout?.details.length, 3);
    run.sandbox.control.settle(payout.requestId, {
      'RIDER-0712': 'succeeded',
      'GLAZE-0088': 'failed',
      'PHOTO-0019': 'succeeded',
    });
    const row = rowOf(page, '3 payees');
    await row.getByText('Partly paid').waitFor();
    await row.getByRole('button', { name: /^Details/ }).click();
    const details = row.getByRole('table', { name: 'The payouts of this batch' }).getByRole('row');
    await details.nth(3).waitFor();
    assert.deepEqual(
      (await details.allTextContents()).slice(1).map((text) => text.trim().split(/\s+/).slice(0, 2)),
      [
        ['RIDER-0712', 'Completed'],
        ['GLAZE-0088', 'Failed'],
        ['PHOTO-0019', 'Completed'],
      ],
    );
    // Only the one who was not paid is due again.
    await page.getByRole('checkbox', { name: /Joaquín Dela Peña/, disabled: false }).waitFor();
    assert.equal(await page.getByRole('checkbox', { name: /Althea Ramos/, disabled: true }).count(), 1);
  });

  it('pays with the keyboard alone', async () => {
    const { press, tabTo } = keyboardOf(page);
    await page.getByRole('button', { name: 'New payout' }).waitFor();
    await tabTo('New payout');
    await press('Enter');
    await page.getByRole('dialog', { name: 'New payout' }).waitFor();
    await tabTo('Bank account');
    await press('ArrowRight');
    await tabTo('GCash');
    await press('Space');
    for (const [label, text] of [
      ['Wallet number', '09171234599'],
      ['Account holder', 'Maria Clara Santos'],
      ['Amount', '75'],
      ['Reference', 'KEYS-1'],
    ] as const) {
      await tabTo(label);
      await page.keyboard.type(text);
    }
    await tabTo('Review payout');
    await press('Enter');
    await page.getByText('This is exactly what will be sent.').waitFor();
    await tabTo('Send ₱75.00');
    await press('Enter');
    await page.getByText('Payout accepted').waitFor();
    await press('Escape');
    await page.getByRole('dialog', { name: 'New payout' }).waitFor({ state: 'hidden' });
    await rowOf(page, 'KEYS-1').getByText('In review').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('is told of each wrong field by name, and keeps what was typed', async () => {
    const wrong: [Entry, string, string, RegExp][] = [
      [
        { method: 'E-wallet', currency: 'PHP', wallet: 'GCash', fields: {} },
        'Wallet number',
        '12345',
        /such as 09171234567/,
      ],
      [
        { method: 'E-wallet', currency: 'IDR', wallet: 'Gopay', fields: {} },
        'Wallet number',
        '0917123',
        /such as 081234567890/,
      ],
      [{ method: 'E-wallet', currency: 'BRL', pixKeyType: 'CPF', fields: {} }, 'PIX key', '111.444.777-36', /CPF/],
      [{ method: 'Bank account', currency: 'PHP', fields: {} }, 'Account holder', 'Maria <script>', /name/],
      [{ method: 'Bank account', currency: 'PHP', fields: {} }, 'SWIFT / BIC', 'BNORXXMM', /SWIFT \/ BIC/],
      [{ method: 'Bank account', currency: 'PHP', fields: {} }, 'Account number', '12', /account number/i],
      [{ method: 'Bank account', currency: 'PHP', fields: {} }, 'Amount', '12.345', /decimals|amount/i],
      [{ method: 'Bank account', currency: 'PHP', fields: {} }, 'Reference', 'no spaces!', /letters, digits/],
      [{ method: 'Malaysian bank', fields: {} }, 'Account number', '123', /Malaysian account number/],
    ];
    const sheet = await openSheet(page);
    for (const [entry, label, text, message] of wrong) {
      await enter(sheet, { ...entry, fields: { [label]: text } });
      await sheet.getByRole('button', { name: 'Review payout' }).click();
      const field = sheet.getByRole('textbox', { name: label, exact: true });
      assert.equal(await field.getAttribute('aria-invalid'), 'true', `${label} is marked`);
      const letters = (value: string) => value.replace(/[\s.-]/g, '').toUpperCase();
      assert.equal(letters(await field.inputValue()), letters(text), `${label} keeps what was typed`);
      const line = sheet.getByRole('listitem').filter({ has: page.getByRole('link', { name: label, exact: true }) });
      assert.match((await line.textContent()) ?? '', message, label);
      await line.getByRole('link').click();
      await sheet.locator('input:focus').waitFor();
    }
  });

  it('pays once for two clicks, and is refused the same payout twice', async () => {
    const entry = ENTRIES['GCash wallet'];
    assert.ok(entry);
    const twice = { ...entry, fields: { ...entry.fields, Reference: 'TWICE-1' } };
    const sheet = await openSheet(page);
    await enter(sheet, twice);
    await sheet.getByRole('button', { name: 'Review payout' }).click();
    await sheet.getByRole('button', { name: /^Send / }).dblclick();
    await sheet.getByText('Payout accepted').waitFor();
    await sheet.getByRole('button', { name: 'New payout' }).click();
    await enter(sheet, twice);
    await sheet.getByRole('button', { name: 'Review payout' }).click();
    await sheet.getByRole('button', { name: /^Send / }).click();
    await sheet.getByText('This payout was already sent').first().waitFor();
    const sent = run.sandbox.control.payouts.filter(({ details }) => details[0]?.reference === 'TWICE-1');
    assert.equal(sent.length, 1);
  });

  it('sees the orders of the shop with their payments', async () => {
    const shopper = await run.visit('/');
    await shopper.page.getByRole('button', { name: 'Add Pitsel to cart' }).click();
    await shopper.page.getByRole('button', { name: 'Check out' }).click();
    await shopper.page.waitForURL('**/checkout/*');
    const reference = new URL(shopper.page.url()).pathname.split('/').at(-1) ?? '';
    await shopper.context.close();
    await page.getByRole('link', { name: 'Orders' }).click();
    await page.getByRole('row', { name: new RegExp(`${reference}.*₱1,250.00.*Awaiting payment`) }).waitFor();
  });

  it('has to be signed in to see or send payouts', async () => {
    const stranger = await run.visit('/');
    const statuses = await stranger.page.evaluate(async () => {
      const list = await fetch('/api/admin/payouts');
      const send = await fetch('/lesspay/payouts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: '{}',
      });
      return [list.status, send.status];
    });
    assert.deepEqual(statuses, [403, 403]);
    await stranger.context.close();
  });
});
