import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { assertAccessible, violations } from './accessible.ts';
import {
  cutOff,
  lostInForcedColours,
  lowContrast,
  movement,
  poorFocus,
  smallTargets,
  spaceText,
} from './gallery-measures.ts';
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

/** What the selects on top of the gallery set. */
type Look = Record<'theme' | 'lang' | 'dir' | 'scheme' | 'width', string>;

/** How the index is looked at. */
const LOOKS: readonly (readonly [name: string, query: string, options: BrowserContextOptions])[] = [
  ['light on a desk', 'scheme=light', DESK],
  ['dark on a phone', 'scheme=dark', PHONE],
];

/** How every state is looked at. Each theme meets each scheme, direction and width, and each of these the others. */
const AUDITS: readonly (readonly [name: string, options: BrowserContextOptions, looks: readonly Partial<Look>[]])[] = [
  [
    'on a desk',
    DESK,
    [
      { scheme: 'light' },
      { scheme: 'dark', theme: 'soft', lang: 'ar' },
      { scheme: 'light', theme: 'compact', lang: 'vi' },
      { scheme: 'dark', theme: 'neutral', lang: 'th' },
    ],
  ],
  [
    'on a phone',
    PHONE,
    [
      { scheme: 'dark' },
      { scheme: 'light', theme: 'soft', lang: 'es' },
      { scheme: 'dark', theme: 'compact', lang: 'ar' },
      { scheme: 'light', theme: 'neutral', dir: 'rtl' },
    ],
  ],
];

const states = Object.entries(SHOWN).flatMap(([element, shown]) =>
  Object.entries(shown).map(([state, what]) => ({ element, state, what })),
);

describe('The gallery', { timeout: 1_800_000 }, () => {
  let run: RunningDemo;
  const visit = async (options: BrowserContextOptions) => {
    const visited = await run.visit('/gallery', options);
    // What is measured is written in functions, whose names the loader keeps by a function of its own.
    await visited.context.addInitScript('globalThis.__name = (named) => named');
    return visited;
  };
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

  for (const [name, options, looks] of AUDITS) {
    it(`passes axe in every state, with targets that can be hit and nothing cut off, ${name}`, async () => {
      const { page, context } = await visit(options);
      const found: string[] = [];
      for (const { element, state } of states) {
        await open(page, element, state, '');
        for (const look of looks) {
          await wear(page, look);
          const faults = [
            ...(await violations(page, '.stage')),
            ...(await page.evaluate(smallTargets)),
            ...(await page.evaluate(cutOff)),
            ...(await page.evaluate(movement)),
          ];
          found.push(...faults.map((fault) => `${element} ${state} ${JSON.stringify(look)}: ${fault}`));
        }
      }
      assert.deepEqual(found, []);
      await context.close();
    });
  }

  it('has the contrast that it needs in every state, theme and scheme, also where more is wanted', async () => {
    const { page, context } = await visit(DESK);
    const found: string[] = [];
    for (const { element, state } of states) {
      await open(page, element, state, '');
      for (const contrast of ['no-preference', 'more'] as const) {
        await page.emulateMedia({ contrast });
        for (const theme of ['', 'neutral', 'soft', 'compact']) {
          for (const scheme of ['light', 'dark']) {
            await wear(page, { theme, scheme });
            const faults = await page.evaluate(lowContrast);
            found.push(...faults.map((fault) => `${element} ${state}, ${theme} ${scheme} ${contrast}: ${fault}`));
          }
        }
      }
    }
    assert.deepEqual(found, []);
    await context.close();
  });

  it('shows where the focus is in every state, under nothing, and in a ring that stands out', async () => {
    for (const [name, options] of [
      ['desk', DESK],
      ['phone', PHONE],
    ] as const) {
      const { page, context } = await visit(options);
      const found: string[] = [];
      for (const { element, state } of states) {
        await open(page, element, state, '');
        // From now on the browser takes this person for one with a keyboard.
        await page.keyboard.press('Shift');
        const faults = await page.evaluate(poorFocus);
        found.push(...faults.map((fault) => `${element} ${state}, ${name}: ${fault}`));
      }
      assert.deepEqual(found, []);
      await context.close();
    }
  });

  it('fits at 400 %, and with the spacing of text that people may set', async () => {
    const { page, context } = await visit({ viewport: { width: 320, height: 256 }, bypassCSP: true });
    const found: string[] = [];
    for (const { element, state } of states) {
      for (const lang of ['en', 'vi', 'th']) {
        await open(page, element, state, `lang=${lang}`);
        const faults = await page.evaluate(cutOff);
        await page.evaluate(spaceText);
        await page.evaluate(() => new Promise(requestAnimationFrame));
        const spaced = await page.evaluate(cutOff);
        found.push(...faults.map((fault) => `${element} ${state} ${lang}: ${fault}`));
        found.push(...spaced.map((fault) => `${element} ${state} ${lang}, spaced: ${fault}`));
      }
    }
    assert.deepEqual(found, []);
    await context.close();
  });

  it('keeps edges, focus and what is chosen visible in forced colours', async () => {
    const { page, context } = await visit({ ...DESK, forcedColors: 'active' });
    const found: string[] = [];
    for (const { element, state } of states) {
      await open(page, element, state, '');
      await page.keyboard.press('Shift');
      const faults = [
        ...(await violations(page, '.stage')),
        ...(await page.evaluate(lostInForcedColours)),
        ...(await page.evaluate(poorFocus)),
      ];
      found.push(...faults.map((fault) => `${element} ${state}: ${fault}`));
    }
    assert.deepEqual(found, []);
    await context.close();
  });

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

/** Gives what stands on the stage another look, as the selects on top do. */
async function wear(page: Page, look: Partial<Look>): Promise<void> {
  await page.evaluate(async (wanted) => {
    const { dataset } = document.documentElement;
    const form = document.querySelector<HTMLFormElement>('.settings');
    const selects = form?.querySelectorAll('select') ?? [];
    for (const select of selects) {
      const usual = select.options[0]?.value ?? '';
      select.value = wanted[select.name as keyof Look] ?? usual;
    }
    delete dataset.look;
    form?.dispatchEvent(new Event('change'));
    const frame = () => new Promise(requestAnimationFrame);
    while (!('look' in dataset)) await frame();
    // What is drawn anew because of its language.
    await frame();
    await frame();
  }, look);
}

async function open(page: Page, element: string, state: string, query: string): Promise<void> {
  await page.goto(new URL(`/gallery?element=${element}&state=${state}&${query}`, page.url()).href);
  await page.locator(`.stage[data-ready=${state}]`).waitFor();
}

/** Nothing may stick out of the screen. */
async function assertFits(page: Page, state: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${state} is ${over} px wider than the screen`);
}
