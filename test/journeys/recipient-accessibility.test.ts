import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { LesspayRecipientForm } from 'lesspay-elements';
import { assertAccessible } from './accessible.ts';
import { formByKeyboard } from './form-by-keyboard.ts';
import { type FormVisitOptions, type RunningForm, runForm } from './running-form.ts';

const FORM = 'lesspay-recipient-form';
/** Where to leave pictures of every state, for people to look at. */
const PICTURES = process.env.SCREENSHOTS;

const LOOKS: readonly (readonly [name: string, options: FormVisitOptions])[] = [
  ['desk', { viewport: { width: 1280, height: 800 } }],
  ['dark phone of 360 pixels', { viewport: { width: 360, height: 740 }, colorScheme: 'dark', hasTouch: true }],
  // What is left of 1280 pixels at 200 %, and of 1280 at 400 % (WCAG 2.2, 1.4.10).
  ['desk at 200 %', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ['desk at 400 %', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
  ['page from right to left', { viewport: { width: 900, height: 800 }, dir: 'rtl' }],
  ['page in forced colours', { viewport: { width: 900, height: 800 }, forcedColors: 'active' }],
];

/** A payout to a wallet in which everything is right. */
const WALLET = {
  'Send to': 'E-wallet',
  Currency: 'PHP',
  Wallet: 'GCash',
  'Wallet number': '0917 123 4501',
  'Account holder': 'Maria Clara Santos',
  Amount: '1250',
};

const LEANX = {
  'Send to': 'Malaysian bank',
  Bank: 'mbb → MALAYAN BANKING BERHAD (MAYBANK)',
  'Account holder': 'Nurul Aisyah binti Ahmad',
};

/** Accounts of the sandbox, the name that the bank has, and what the form then says. */
const NAME_CHECKS: readonly (readonly [state: string, account: string, name: string | null, says: string])[] = [
  ['match', '514000000001', 'NURUL AISYAH BINTI AHMAD', 'The bank has the same name on this account.'],
  ['close-match', '514000000002', 'NURUL AISYAH', 'Similar, but not the same.'],
  ['no-match', '514000000003', 'TAN MEI LING', 'The bank has another name. Check the account number.'],
  ['unresolved', '514000000004', '', 'Nothing is confirmed: no name was compared.'],
];

describe('The recipient form', { timeout: 240_000 }, () => {
  let run: RunningForm;
  before(async () => {
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
    run = await runForm({
      '/lesspay': [
        { currency: 'PHP', method: 'bank', wayCode: 'TAZAPAY_PAYOUT' },
        { currency: 'PHP', method: 'ewallet', wayCode: 'TAZAPAY_PAYOUT' },
      ],
    });
    for (const [, account, name] of NAME_CHECKS) run.sandbox.control.setAccountName(account, name);
  });
  after(() => run.close());

  const open = (options: FormVisitOptions) =>
    run.visit({ payout: '', proxy: '/lesspay' }, { ...options, bypassCSP: true });
  const review = (page: Page) => page.getByRole('button', { name: 'Review payout' });

  for (const [look, options] of LOOKS) {
    it(`passes axe, fits and shows the focus in every state, on a ${look}`, async () => {
      const { page, context, complaints } = await open(options);
      const keyboard = formByKeyboard(page);
      const check = async (state: string) => {
        if (PICTURES) {
          await page.screenshot({
            path: join(PICTURES, `${look} - ${state}.png`.replaceAll(' ', '-')),
            fullPage: true,
          });
        }
        await assertAccessible(page, `${state} on a ${look}`);
        await assertFits(page, `${state} on a ${look}`);
      };
      await check('empty');
      await review(page).click();
      await page.locator(`${FORM} [part=summary]`).waitFor();
      await check('bank with all mistakes');
      for (const method of ['E-wallet', 'Malaysian bank'] as const) {
        await page.getByRole('radio', { name: method }).check();
        await check(method);
      }
      await page.getByRole('combobox', { name: 'Bank', exact: true }).click();
      await page.locator('[role=option]').first().waitFor();
      await check('banks');
      await page.keyboard.type('zzz');
      await page.getByText('No bank matches').waitFor();
      await check('no bank found');
      await page.keyboard.press('Escape');
      await page.evaluate(() => document.querySelector('form')?.reset());
      await page.getByRole('radio', { name: 'E-wallet' }).check();
      await page.getByRole('combobox', { name: 'Currency', exact: true }).selectOption('BRL');
      await check('PIX');
      await page.evaluate(() => document.querySelector('form')?.reset());
      await keyboard.fill({ ...WALLET, Reference: look.replaceAll(/[^A-Za-z0-9]/g, '-') });
      await assertFocusVisible(page);
      await keyboard.push('Review payout');
      await page.getByRole('heading', { name: 'Check before sending' }).waitFor();
      await check('review');
      await keyboard.tabTo(/^Send /);
      await keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Payout accepted' }).waitFor();
      await check('accepted');
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it('says what the bank says of the name, politely, and passes axe with each answer', async () => {
    const { page, context } = await open({ viewport: { width: 1280, height: 800 } });
    const keyboard = formByKeyboard(page);
    await keyboard.fill(LEANX);
    const region = page.locator(`${FORM} .check-region`);
    assert.equal(await region.getAttribute('role'), 'status', 'the region is there before it says anything');
    assert.equal((await region.innerText()).trim(), '');
    for (const [state, account, , says] of NAME_CHECKS) {
      await page.locator(`${FORM} input[data-field=accountNumber]`).focus();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(account);
      await page.keyboard.press('Tab');
      await region.getByText(says).waitFor();
      assert.match(await region.ariaSnapshot(), /^- status:/, state);
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `name-${state}.png`), fullPage: true });
      await assertAccessible(page, state);
      assert.equal((await region.locator('.success').count()) > 0, state === 'match', 'only a match looks like one');
    }
    await context.close();
  });

  it('shows the currency and country that it has, whatever was chosen before', async () => {
    const { page, context } = await open({});
    const currency = page.getByRole('combobox', { name: 'Currency', exact: true });
    const chosenIn = (select: typeof currency) =>
      select.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text ?? '');
    for (const [method, codes] of [
      ['E-wallet', ['BRL', 'PHP', 'IDR']],
      ['Bank account', ['IDR', 'EUR', 'AUD', 'VND']],
      ['E-wallet', ['PHP', 'BRL']],
    ] as const) {
      for (const code of codes) {
        await page.evaluate(() => document.querySelector('form')?.reset());
        await page.getByRole('radio', { name: method }).check();
        for (const each of [code, ...codes]) {
          await currency.selectOption(each);
          assert.ok((await chosenIn(currency)).startsWith(each), `${each} is shown as ${await chosenIn(currency)}`);
        }
      }
    }
    await page.evaluate(() => document.querySelector('form')?.reset());
    const country = page.getByRole('combobox', { name: 'Country', exact: true });
    for (const name of ['Zimbabwe', 'Germany', 'Afghanistan']) {
      await country.selectOption({ label: name });
      assert.equal(await chosenIn(country), name);
    }
    await context.close();
  });

  it('names every control to a screen reader, with its help', async () => {
    const { page, context } = await open({});
    const tree = await context.newCDPSession(page);
    const controls = async (method: string, currency: string): Promise<string[]> => {
      await page.evaluate(
        async ([selector, chosenMethod, chosenCurrency]) => {
          const form = document.querySelector<LesspayRecipientForm>(selector);
          if (!form) return;
          form.method = chosenMethod;
          form.currency = chosenCurrency;
          await form.updateComplete;
        },
        [FORM, method, currency] as const,
      );
      const { nodes } = await tree.send('Accessibility.getFullAXTree');
      const byId = new Map(nodes.map((node) => [node.nodeId, node]));
      // In the order in which it is read.
      const read = (id: string): string[] => {
        const { ignored, role, name, description, properties, childIds = [] } = byId.get(id) ?? {};
        const kind = String(role?.value);
        const isControl = !ignored && /^(textbox|combobox|radiogroup|radio|group|button)$/.test(kind);
        const isRequired = properties?.some(
          ({ name: property, value }) => property === 'required' && value.value === true,
        );
        const help = description?.value ? `: ${String(description.value)}` : '';
        const own = isControl ? [`${kind} ${String(name?.value)}${isRequired ? '*' : ''}${help}`] : [];
        return [...own, ...childIds.flatMap(read)];
      };
      return read(nodes[0]?.nodeId ?? '');
    };
    const choices = (...wallets: string[]) => [
      'radiogroup Send to*',
      'radio Bank account',
      'radio E-wallet',
      'radio Malaysian bank',
      ...wallets,
    ];
    const accountType = ['radiogroup Account type*', 'radio Individual', 'radio Business'];
    const payout = (currency: string) => [
      `textbox Amount*: ${currency}`,
      'textbox Reference*: Your number of this payout',
      'button Review payout',
    ];
    assert.deepEqual(await controls('bank', 'PHP'), [
      'group Payout recipient',
      ...choices(),
      // Chromium has no such state for a native select; "(optional)" is in the name of those that may stay empty.
      'combobox Country',
      'combobox Currency',
      ...accountType,
      'textbox Account holder*: As written on the account',
      'combobox Bank*',
      'textbox SWIFT / BIC*: 8 or 11 characters',
      'textbox Account number*: With or without spaces',
      ...payout('PHP'),
    ]);
    assert.deepEqual(await controls('ewallet', 'PHP'), [
      'group Payout recipient',
      ...choices(),
      'combobox Currency',
      ...accountType,
      'radiogroup Wallet*',
      'radio GCash',
      'radio GrabPay',
      'radio PayMaya',
      'textbox Wallet number*: Its mobile number',
      'textbox Account holder*: As written on the account',
      ...payout('PHP'),
    ]);
    assert.deepEqual(await controls('leanx', 'MYR'), [
      'group Payout recipient',
      ...choices(),
      'combobox Bank*',
      'textbox Account number*: With or without spaces',
      'textbox Account holder*: As written on the account',
      'textbox Reference for the recipient*: For the recipient to see',
      ...payout('MYR'),
    ]);
    await context.close();
  });

  it('tells of banks found, of the summary and of what became of the payout', async () => {
    const { page, context } = await open({});
    const keyboard = formByKeyboard(page);
    await keyboard.fill({ 'Send to': 'Malaysian bank' });
    await keyboard.tabTo('Bank');
    await page.keyboard.type('bank r');
    const found = page.locator(`${FORM} lesspay-bank-picker [role=status]`, { hasText: 'Banks found:' });
    await found.waitFor();
    // Of a long list only what is seen is drawn; each row says of how many it is one.
    const rows = await page.locator('[role=option]').first().getAttribute('aria-setsize');
    assert.equal(await found.innerText(), `Banks found: ${rows}`);
    await keyboard.press('Escape');
    await page.evaluate(() => document.querySelector('form')?.reset());

    // An empty form: the focus goes to the summary, which is named by its title, so that it is read.
    await keyboard.push('Review payout');
    await page.locator(`${FORM} [part=summary]`).waitFor();
    assert.match(
      await page.locator(`${FORM} [part=summary]`).ariaSnapshot(),
      /^- group "\d+ fields need your attention":/,
    );
    assert.equal(
      await page.evaluate((selector) => document.querySelector(selector)?.shadowRoot?.activeElement?.id, FORM),
      'summary',
    );

    await page.evaluate(() => document.querySelector('form')?.reset());
    await keyboard.fill({ ...WALLET, Reference: 'LIVE-1' });
    await keyboard.push('Review payout');
    await keyboard.tabTo(/^Send /);
    await keyboard.press('Enter');
    const title = page.getByRole('heading', { name: 'Payout accepted' });
    await title.waitFor();
    assert.equal((await keyboard.focused()).name, 'Payout accepted', 'the outcome has the focus');
    const status = page.locator(`${FORM} [role=status]`, { hasText: 'Lesspay reviews payouts by hand' });
    assert.equal(await status.count(), 1);
    await context.close();
  });
});

/** Nothing sticks out of the page, and no words are cut off by their box. */
async function assertFits(page: Page, state: string): Promise<void> {
  const faults = await page.evaluate((selector) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];
    const roots = [document.querySelector(selector)?.shadowRoot];
    for (const root of roots) {
      for (const element of root?.querySelectorAll<HTMLElement>('*') ?? []) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        if (!element.checkVisibility() || element.closest('.visually-hidden')) continue;
        const { overflowX, position } = getComputedStyle(element);
        // Texts of fields and selects scroll inside their boxes.
        if (element.matches('input, select, option, .list, .visually-hidden') || position === 'absolute') continue;
        const box = element.getBoundingClientRect();
        if (overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
          found.push(`${element.className} is cut`);
        if (box.width > 0 && (box.left < -1 || box.right > clientWidth + 1))
          found.push(`${element.className} sticks out`);
      }
    }
    return found;
  }, FORM);
  assert.deepEqual(faults, [], state);
}

/** Going round by Tab, every stop has an outline or a ring that it has not got without the focus. */
async function assertFocusVisible(page: Page): Promise<void> {
  for (let stop = 0; stop < 14; stop += 1) {
    await page.keyboard.press('Tab');
    const bare = await page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!active || active === document.body || active.shadowRoot) return '';
      const places = [active, active.parentElement, active.nextElementSibling].filter((each) => each !== null);
      const isMarked = places.some((place) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(place);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      });
      return isMarked ? '' : active.outerHTML;
    });
    assert.equal(bare, '', 'the focus cannot be seen');
  }
}
