import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { after, describe, it } from 'node:test';
import type { SigningProxyOptions } from 'lesspay-elements/proxy';
// @ts-expect-error -- A script of this project, without types.
import { CALLS } from '../../scripts/script-inventory.js';
import { assertAccessible } from './accessible.ts';
import { buildScripts, runPage, type RunningPage, type Visit } from './running-page.ts';

const payin: SigningProxyOptions['payin'] = {
  resolveOrder: () => ({
    amount: '19.90',
    currency: 'PHP',
    productName: 'Tea',
    description: 'Green tea',
    successUrl: 'https://shop.example/done?request_id={requestId}',
    failUrl: 'https://shop.example/failed?request_id={requestId}',
  }),
};
const payout: SigningProxyOptions['payout'] = {
  authorize: () => ({ id: 'operator' }),
  routes: [
    { currency: 'PHP', method: 'ewallet', wayCode: 'EWALLET' },
    { currency: 'PHP', method: 'bank', wayCode: 'BANK' },
  ],
};
const PAYEE = { method: 'ewallet', provider: 'GCash', accountType: 'individual', holderName: 'Maria Santos' };
const FORM = 'lesspay-recipient-form';
const HTML = 'lesspay-recipient-form methods="ewallet" currency="PHP" payout';

/** What each build has to do on a page, held to its hash and under the strictest policy. */
const BUILDS: Record<string, { html: string; use: (visit: Visit, running: RunningPage) => Promise<void> }> = {
  'lesspay-checkout': {
    html: '<lesspay-checkout order="ORD-1" amount="19.90" currency="PHP"></lesspay-checkout>',
    async use({ page }, { sandbox }) {
      await page.getByRole('button', { name: /19\.90/ }).click();
      await page.waitForURL(/\/sandbox\//);
      assert.equal(sandbox.control.requests.length, 1);
    },
  },
  'lesspay-payment-status': {
    html: '<lesspay-payment-status></lesspay-payment-status>',
    async use({ page }, { origin }) {
      const opened = await page.request.post(`${origin}/lesspay/payins`, {
        data: { order: 'ORD-2' },
        headers: { origin },
      });
      const { requestId } = (await opened.json()) as { requestId: string };
      await page.goto(`${origin}/?request_id=${requestId}`);
      await page.getByText('We do not know yet').first().waitFor();
    },
  },
  'lesspay-payout-status': {
    html: '<lesspay-payout-status></lesspay-payout-status>',
    async use({ page }, { origin }) {
      const made = await page.request.post(`${origin}/lesspay/payouts`, {
        data: {
          currency: 'PHP',
          payouts: [{ reference: 'R-1', amount: '10.00', recipient: { ...PAYEE, accountNumber: '09171234567' } }],
        },
        headers: { origin, 'idempotency-key': 'one-file-builds' },
      });
      const { requestId } = (await made.json()) as { requestId: string };
      await page.locator('lesspay-payout-status').evaluate((element, id) => {
        element.setAttribute('request-id', id);
      }, requestId);
      await page.getByText('R-1').waitFor();
    },
  },
  'lesspay-bank-picker': {
    html: '<lesspay-bank-picker source="lesspay" country="PH" currency="PHP" label="Bank"></lesspay-bank-picker>',
    async use({ page }) {
      const field = page.getByRole('combobox', { name: 'Bank' });
      await field.fill('bdo');
      await page.getByRole('option', { name: /BDO/ }).first().click();
      assert.match(await field.inputValue(), /BDO/);
    },
  },
  'lesspay-recipient-form': { html: `<${HTML}></lesspay-recipient-form>`, use: sendOne },
  'lesspay-payout-batch': {
    html: '<lesspay-payout-batch currency="PHP"></lesspay-payout-batch>',
    use: sendTable,
  },
  'lesspay-elements': {
    html: `<lesspay-payout-batch currency="PHP"></lesspay-payout-batch><${HTML}></lesspay-recipient-form>`,
    async use(visit, running) {
      await sendTable(visit);
      await sendOne(visit, running);
    },
  },
};

/** The routes that the script inventory names for a build. */
function routesOf(name: string): RegExp[] {
  const routes = CALLS as Readonly<Record<string, readonly string[]>>;
  return (routes[name] ?? Object.values(routes).flat()).map(
    (route) => new RegExp(`^${route.replace(/ /, ' /lesspay').replace(/\{\w+\}/g, '[^/]+')}(?:\\?|$)`),
  );
}

/** A build may ask for its page, the files beside it and its routes; the shopper goes to the cashier. */
function strayCalls(name: string, { calls }: Visit, { origin, scripts }: RunningPage): string[] {
  const files = ['/', '/page.css', ...[...scripts.keys()].map((file) => `/${file}`)];
  return calls
    .map((call) => call.replace(` ${origin}/`, ' /'))
    .filter((call) => !call.startsWith('GET /sandbox/') || name !== 'lesspay-checkout')
    .filter((call) => !files.some((file) => call.replace(/\?.*$/, '') === `GET ${file}`))
    .filter((call) => !routesOf(name).some((route) => route.test(call)));
}

async function fill({ page }: Visit): Promise<void> {
  const form = page.locator('lesspay-recipient-form');
  await form.getByRole('radio', { name: 'GCash' }).check();
  await form.getByLabel('Account holder').fill('Maria Santos');
  await form.getByLabel('Wallet number').fill('0917 123 4567');
  await form.getByLabel('Amount').fill('250');
  await form.getByLabel('Reference').fill('ONE-FILE-1');
}

async function sendOne(visit: Visit, { sandbox }: RunningPage): Promise<void> {
  const before = sandbox.control.requests.length;
  await fill(visit);
  const { page } = visit;
  await page.getByRole('button', { name: 'Review payout' }).click();
  await page.getByRole('button', { name: /^Send / }).click();
  await page.getByText('Payout accepted').waitFor();
  assert.ok(sandbox.control.requests.length > before);
}

async function sendTable({ page }: Visit): Promise<void> {
  const batch = page.locator('lesspay-payout-batch');
  await batch.locator('textarea').fill('provider,name,number,amount,reference\nGCash,Maria Santos,09171234567,250,T-1');
  await batch.locator('textarea').press('Tab');
  await batch.getByText('T-1').first().waitFor();
}

describe('A one-file build', { timeout: 240_000 }, () => {
  const open: RunningPage[] = [];
  after(async () => {
    for (const running of open) await running.close();
  });

  async function run(name: string, html = BUILDS[name]?.html ?? ''): Promise<RunningPage> {
    const all = name === 'lesspay-elements';
    const scripts = await buildScripts(
      name,
      all ? '../../src/define.ts' : `../../src/define/${name}.ts`,
      /elements|batch/.test(name),
    );
    const running = await runPage({ scripts, body: () => html, proxies: { '/lesspay': { payin, payout } } });
    open.push(running);
    return running;
  }

  it('exists for every element', () => {
    const names = readdirSync(new URL('../../src/define', import.meta.url)).map((file) => basename(file, '.ts'));
    assert.deepEqual([...names, 'lesspay-elements'].sort(), Object.keys(BUILDS).sort());
  });

  for (const [name, { use }] of Object.entries(BUILDS)) {
    it(`of ${name} does its work`, async () => {
      const running = await run(name);
      const visit = await running.visit({});
      await use(visit, running);
      assert.deepEqual(visit.complaints, []);
      assert.deepEqual(strayCalls(name, visit, running), [], 'calls that the script inventory does not name');
    });
  }

  it('of a form brings the list of banks with its first bank, and offers to try again when it cannot', async () => {
    const running = await run(FORM, '<lesspay-recipient-form methods="leanx" currency="MYR"></lesspay-recipient-form>');
    const visit = await running.visit({});
    const { page } = visit;
    let isCut = true;
    await page.route('**/*.lesspay-bank-picker.js*', (route) => (isCut ? route.abort() : route.continue()));
    await page.reload();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    const stand = page.getByRole('textbox', { name: 'Bank' });
    assert.equal(await stand.getAttribute('aria-invalid'), 'true');
    await assertAccessible(page, 'no picker');
    isCut = false;
    await again.click();
    const picker = page.getByRole('combobox', { name: 'Bank' });
    await picker.waitFor();
    assert.ok(await picker.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input));
    await picker.fill('cimb');
    await page.getByRole('option', { name: /CIMB/ }).first().click();
    assert.match(await picker.inputValue(), /CIMB/);
    assert.deepEqual(visit.complaints, []);
  });

  it('of a form lets a bank’s name be typed when the list of banks cannot be loaded', async () => {
    const running = await run(FORM, '<lesspay-recipient-form methods="bank" currency="PHP"></lesspay-recipient-form>');
    const { page } = await running.visit({});
    await page.route('**/*.lesspay-bank-picker.js*', (route) => route.abort());
    await page.reload();
    const bank = page.locator('lesspay-recipient-form').getByRole('textbox', { name: 'Bank', exact: true });
    await bank.fill('BDO Unibank');
    await bank.press('Tab');
    assert.equal(await bank.inputValue(), 'BDO Unibank');
    assert.equal(await bank.getAttribute('aria-invalid'), null);
  });

  it('whose part for sending cannot be loaded says so, and goes on as soon as it can', async () => {
    const running = await run(FORM);
    const visit = await running.visit({}, {});
    const { page } = visit;
    let isCut = true;
    await page.route('**/*.payout-desk.js*', (route) => (isCut ? route.abort() : route.continue()));
    await page.reload();
    await fill(visit);
    const review = page.getByRole('button', { name: 'Review payout' });
    await review.click();
    await page.getByText('A part of this form could not be loaded').waitFor();
    assert.equal(await page.getByLabel('Reference').inputValue(), 'ONE-FILE-1');
    isCut = false;
    await review.click();
    await page.getByRole('heading', { name: 'Check before sending' }).waitFor();
  });
});
