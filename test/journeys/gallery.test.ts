import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { assertAccessible } from './accessible.ts';
import { type RunningDemo, runDemo } from './running-demo.ts';

/** What stands on the stage, by element and state: words, or a selector in braces that the element itself matches. */
const SHOWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'lesspay-checkout': {
    idle: '{:state(idle)}',
    'without-amount': 'Pay',
    'own-label': 'Reserve the table',
    'new-tab': '(opens in a new tab)',
    form: 'Pay for the table',
    sending: 'Opening secure checkout…',
    redirecting: '{:state(redirecting)}',
    failed: 'Try again',
    unreachable: '{:state(failed)}',
    'failed-for-good': 'already been paid',
    disabled: '{[disabled]:state(idle)}',
  },
  'lesspay-payment-status': {
    checking: '{:state(checking)}',
    pending: '{:state(pending):not(:state(settled))}',
    unknown: '{:state(unknown):not(:state(settled))}',
    'nothing-new': 'Nothing new yet.',
    asking: '{:state(pending):state(asking)}',
    offline: 'You are offline.',
    paid: 'Payment received',
    failed: 'Payment failed',
    'failed-slot': 'Back to your cart',
    canceled: 'Payment canceled',
    refunded: '{:state(refunded):state(settled)}',
    closed: 'Payment closed',
    'amount-differs': '{:state(amount-differs):state(settled)}',
    'not-found': 'We could not find this payment',
    'no-id': '{:state(not-found)}',
  },
  'lesspay-recipient-form': {
    bank: 'SWIFT / BIC',
    iban: 'IBAN',
    wallet: 'Wallet number',
    pix: 'CPF',
    malaysia: 'For the recipient to see',
    recipient: 'We keep these details until the invoice is settled.',
    'own-fields': 'As in the GCash account',
    'bank-filled': '{:valid}',
    'wallet-filled': '{:valid}',
    'bank-messages': 'Enter the SWIFT / BIC.',
    'wallet-messages': 'cannot be in a name',
    'pix-messages': 'This CPF is mistyped',
    'malaysia-messages': 'Choose the bank.',
    warning: 'A CNPJ with letters is valid',
    'banks-failed': 'The list of banks could not be loaded.',
    'name-asking': 'Asking the bank…',
    'name-failed': 'the bank could not be asked',
    'name-needed': 'The bank must confirm this name',
    'name-match': 'The bank has the same name on this account.',
    'name-close': 'Similar, but not the same.',
    'name-differs': 'The bank has another name.',
    'name-unresolved': 'Nothing is confirmed',
    disabled: '{:state(disabled)}',
    readonly: '{:valid:not(:state(disabled))}',
    review: 'Check before sending',
    sending: '{:state(sending)}',
    accepted: 'Payout accepted',
    processing: 'It is on its way to the recipient.',
    failed: 'Payout failed',
    canceled: 'The payout was canceled.',
    checking: 'Checking…',
    unchanged: 'Still not known.',
    succeeded: 'Payout completed',
    unknown: 'The outcome is not known yet',
    refused: 'Lesspay cannot be reached and nothing was sent.',
    'refused-field': 'Compare it with the source',
    forbidden: 'You may not send payouts here.',
  },
  'lesspay-bank-picker': {
    loading: 'Loading the banks…',
    ready: '{:not(:state(open), :state(loading), :state(failed))}',
    open: 'not available now',
    typed: 'BANK ISLAM MALAYSIA BERHAD',
    'none-found': 'No bank matches “zzz”.',
    chosen: '{:valid:not(:state(open))}',
    'chosen-open': 'chosen before',
    many: '70 more',
    unlisted: '{:invalid}',
    other: '{:valid}',
    'not-now': '{:invalid}',
    required: 'Choose a bank.',
    empty: 'No banks are available now.',
    failed: 'The list of banks could not be loaded.',
    'failed-other': 'Type the bank’s name.',
    stale: 'it could not be renewed',
    offline: 'You are offline.',
    disabled: '{:state(disabled)}',
    readonly: '{[readonly]}',
  },
  'lesspay-payout-batch': {
    empty: 'Drop a CSV file here',
    'not-read': 'This is a workbook or another file that is no text.',
    reading: '{:state(reading)}',
    columns: 'Which column is what?',
    rows: '4 of 4 ready',
    errors: 'Enter an amount above zero.',
    duplicates: 'The same amount goes to the same account in row',
    warnings: 'into zeros',
    removed: 'Undo',
    'none-left': 'No rows of this kind.',
    many: 'Rows 1 to 25 of 60',
    review: 'Check before sending',
    sending: 'Sending the payouts…',
    sent: '4 payouts were accepted.',
    refused: 'Your review refused this payout.',
    unknown: 'the outcome is not known',
    checking: 'Checking…',
    open: 'the outcome is not known',
    again: 'Sent before',
    forbidden: 'You may not send payouts here.',
  },
  'lesspay-payout-status': {
    checking: '{:state(checking)}',
    review: '{:state(review)}',
    processing: '2 of 5 completed, 1 failed',
    succeeded: '{:state(succeeded):state(settled)}',
    'partly-succeeded': '{:state(partly-succeeded):state(settled)}',
    'failed-only': '{:state(partly-succeeded)}',
    many: 'Show 50 more',
    failed: '{:state(failed):state(settled)}',
    canceled: '{:state(canceled):state(settled)}',
    refunded: '{:state(refunded):state(settled)}',
    closed: '{:state(closed):state(settled)}',
    unknown: '{:state(unknown):not(:state(settled))}',
    waiting: 'the list of payouts has this one',
    'nothing-new': 'Nothing new yet.',
    asking: '{:state(review):state(asking)}',
    lost: 'The last answer was lost.',
    offline: 'You are offline.',
    missing: '{:state(missing)}',
    forbidden: '{:state(forbidden)}',
  },
};

const DESK = { viewport: { width: 1280, height: 900 }, bypassCSP: true };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, bypassCSP: true };

/** Every state is seen in each of these; every theme is among them. */
const LOOKS: readonly (readonly [name: string, query: string, options: BrowserContextOptions])[] = [
  ['light on a desk', 'scheme=light', DESK],
  ['dark on a phone', 'scheme=dark', PHONE],
  ['Arabic, from right to left', 'lang=ar&theme=soft', DESK],
  ['neutral in dark', 'scheme=dark&theme=neutral', DESK],
  ['compact on a phone', 'theme=compact', PHONE],
];

const states = Object.entries(SHOWN).flatMap(([element, shown]) =>
  Object.entries(shown).map(([state, what]) => ({ element, state, what })),
);

describe('The gallery', { timeout: 900_000 }, () => {
  let run: RunningDemo;
  before(async () => {
    run = await runDemo();
  });
  after(() => run.close());

  it('has an index of every element and state, which fits and passes axe', async () => {
    for (const [name, query, options] of LOOKS) {
      const { page, context } = await run.visit(`/gallery?${query}`, options);
      await page.locator('.states a').first().waitFor();
      const found = await page.locator('.states a').evaluateAll((links) =>
        links.map((link) => {
          const { searchParams } = new URL((link as HTMLAnchorElement).href);
          return `${searchParams.get('element') ?? ''} ${searchParams.get('state') ?? ''}`;
        }),
      );
      assert.deepEqual(
        found.sort(),
        states.map(({ element, state }) => `${element} ${state}`).sort(),
        'every state of the index is in this test, and no other',
      );
      await assertAccessible(page, `index, ${name}`);
      await assertFits(page, `index, ${name}`);
      await context.close();
    }
  });

  it('shows in each state what it names', async () => {
    const { page, context, complaints } = await run.visit('/gallery', { viewport: { width: 1280, height: 900 } });
    const missing: string[] = [];
    for (const { element, state, what } of states) {
      await open(page, element, state, '');
      const shown = what.startsWith('{')
        ? page.locator(`.stage > ${element}${what.slice(1, -1)}`)
        : page.locator(`.stage > ${element}`).getByText(what).filter({ visible: true }).first();
      await shown.waitFor({ timeout: 5_000 }).catch(() => missing.push(`${element} ${state}: ${what}`));
    }
    assert.deepEqual(missing, []);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  for (const [name, query, options] of LOOKS) {
    it(`passes axe and fits in every state: ${name}`, async () => {
      const { page, context } = await run.visit('/gallery', options);
      for (const { element, state } of states) {
        await open(page, element, state, query);
        await assertAccessible(page, `${element} ${state}, ${name}`);
        await assertFits(page, `${element} ${state}, ${name}`);
      }
      await context.close();
    });
  }

  it('changes the look in place, and the address and the links with it', async () => {
    const { page, context } = await run.visit('/gallery', DESK);
    await open(page, 'lesspay-recipient-form', 'review', '');
    const form = page.locator('.stage > lesspay-recipient-form');
    const accent = () => form.locator('[part=primary]').evaluate((button) => getComputedStyle(button).backgroundColor);
    const before = await accent();
    await page.locator('select[name=theme]').selectOption('soft');
    await page.waitForFunction(() => document.styleSheets.length === 2);
    assert.notEqual(await accent(), before);
    await page.locator('select[name=lang]').selectOption('ar');
    await form.getByText('راجع قبل الإرسال').waitFor();
    assert.equal(await form.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    assert.match(page.url(), /theme=soft/);
    assert.match(page.url(), /lang=ar/);
    const next = await page.locator('.neighbours .next').getAttribute('href');
    assert.match(next ?? '', /theme=soft&lang=ar/);
    await page.locator('select[name=scheme]').selectOption('dark');
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
    await context.close();
  });
});

async function open(page: Page, element: string, state: string, query: string): Promise<void> {
  await page.goto(new URL(`/gallery?element=${element}&state=${state}&${query}`, page.url()).href);
  await page.locator(`.stage[data-ready=${state}]`).waitFor();
}

/** Nothing may stick out of the screen. */
async function assertFits(page: Page, state: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${state} is ${over} px wider than the screen`);
}
