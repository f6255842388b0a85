import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser as Firefox, type Page as FirefoxPage } from 'puppeteer-core';
import type { Page } from 'playwright-core';
import { type RunningForm, runForm } from './running-form.ts';

const ATTRIBUTES = { payout: '', proxy: '/lesspay', methods: 'leanx' };
const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
const firefoxPath = process.env.FIREFOX_PATH ?? FIREFOX.find(existsSync);

/** What the combobox says of itself. */
interface Combobox {
  value: string;
  expanded: string | null;
  active: string;
  focused: boolean;
  rows: string[];
}

/** Reads the picker inside the form; runs in the page. */
function readPicker(): Combobox {
  const picker = document.querySelector('lesspay-recipient-form')?.shadowRoot?.querySelector('lesspay-bank-picker');
  const root = picker?.shadowRoot;
  const input = root?.querySelector<HTMLInputElement>('dialog[open] [role=combobox]') ?? root?.querySelector('input');
  const active = input?.getAttribute('aria-activedescendant');
  return {
    value: root?.querySelector<HTMLInputElement>('#f-bank')?.value ?? '',
    expanded: input?.getAttribute('aria-expanded') ?? null,
    active: (active && root?.querySelector(`#${active} .name`)?.textContent.trim()) ?? '',
    focused: root?.activeElement === input,
    rows: [...(root?.querySelectorAll('[role=option] .name') ?? [])].map((name) => name.textContent.trim()),
  };
}

/** The keys of a browser, whichever it is. */
interface Keys {
  press: (key: string) => Promise<void>;
  type: (text: string) => Promise<void>;
  read: () => Promise<Combobox>;
}

async function until(read: () => Promise<Combobox>, fits: (picker: Combobox) => boolean): Promise<Combobox> {
  let last = await read();
  for (let tries = 0; tries < 60 && !fits(last); tries += 1) {
    await new Promise((next) => setTimeout(next, 50));
    last = await read();
  }
  assert.ok(fits(last), JSON.stringify(last));
  return last;
}

/** The pattern's keys, one after the other, as an operator uses them. */
async function goThroughKeys({ press, type, read }: Keys): Promise<void> {
  for (let tabs = 0; tabs < 8 && !(await read()).focused; tabs += 1) await press('Tab');
  await until(read, ({ focused, expanded }) => focused && expanded === 'false');
  await press('ArrowDown');
  const opened = await until(read, ({ expanded, rows }) => expanded === 'true' && rows.length > 2);
  const [first = '', second = ''] = opened.rows;
  assert.equal(opened.active, first);
  await press('ArrowDown');
  await until(read, ({ active }) => active === second);
  await press('ArrowUp');
  await until(read, ({ active }) => active === first);
  await press('ArrowUp');
  await until(read, ({ active, rows }) => active === rows.at(-1) && active !== first);
  await press('Escape');
  await until(read, ({ expanded, value }) => expanded === 'false' && value === '');
  await type('maybank');
  const found = await until(read, ({ rows, expanded }) => expanded === 'true' && rows.length === 1);
  assert.match(found.active, /maybank|malayan/i);
  await press('Enter');
  const chosen = await until(read, ({ expanded }) => expanded === 'false');
  assert.equal(chosen.value, found.active);
  assert.equal(chosen.focused, true, 'the focus stays in the field');
  await press('ArrowDown');
  const again = await until(read, ({ expanded, active }) => expanded === 'true' && active !== '');
  assert.equal(again.active, chosen.value, 'the chosen bank is the active one');
  await press('Tab');
  await until(read, ({ expanded, focused }) => expanded === 'false' && !focused);
}

describe('The bank picker', { timeout: 120_000 }, () => {
  let run: RunningForm;
  before(async () => {
    run = await runForm();
  });
  after(() => run.close());

  it('goes by the keyboard in Chromium', async () => {
    const { page, complaints, context } = await run.visit(ATTRIBUTES);
    await goThroughKeys({
      press: (key) => page.keyboard.press(key),
      type: (text) => page.keyboard.type(text),
      read: () => page.evaluate(readPicker),
    });
    assert.deepEqual(complaints, []);
    await context.close();
  });

  if (firefoxPath === undefined) console.log('The keyboard in Firefox is left out: it is not installed.');
  else it('goes by the keyboard in Firefox', () => inFirefox(firefoxPath));

  async function inFirefox(executablePath: string): Promise<void> {
    const firefox: Firefox = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
    try {
      const page: FirefoxPage = await firefox.newPage();
      await page.goto(`${run.origin}/?${new URLSearchParams(ATTRIBUTES).toString()}`);
      await page.waitForFunction(
        () =>
          document
            .querySelector('lesspay-recipient-form')
            ?.shadowRoot?.querySelector('lesspay-bank-picker')
            ?.shadowRoot?.querySelector('input') !== null,
      );
      await goThroughKeys({
        press: (key) => page.keyboard.press(key as 'Tab'),
        type: (text) => page.keyboard.type(text),
        read: () => page.evaluate(readPicker),
      });
    } finally {
      await firefox.close();
    }
  }

  it('is a sheet with the field on top under a finger, and gives the focus back', async () => {
    const { page, context } = await run.visit(ATTRIBUTES, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    await page.getByRole('combobox').tap();
    const sheet = page.getByRole('dialog', { name: 'Choose a bank' });
    await sheet.waitFor();
    const search = sheet.getByRole('combobox');
    await search.fill('cimb');
    const row = sheet.getByRole('option', { name: /CIMB/ });
    const box = await row.boundingBox();
    assert.ok(box && box.height >= 44 && box.width >= 300, JSON.stringify(box));
    await row.tap();
    await sheet.waitFor({ state: 'hidden' });
    assert.match((await pickerOf(page)).value, /CIMB/);
    await context.close();
  });

  it('closes the sheet by a tap beside it without choosing', async () => {
    const { page, context } = await run.visit(ATTRIBUTES, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    await page.getByRole('combobox').tap();
    await page.getByRole('dialog').waitFor();
    await page.touchscreen.tap(180, 20);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal((await pickerOf(page)).value, '');
    await context.close();
  });

  it('is read out as a combobox with a list, its marks and its counts', async () => {
    const { page, context } = await run.visit(ATTRIBUTES);
    const field = page.getByRole('combobox', { name: 'Bank', exact: true });
    await field.fill('bank');
    const list = page.getByRole('listbox', { name: 'Banks' });
    await list.waitFor();
    const first = list.getByRole('option').first();
    assert.ok(Number(await first.getAttribute('aria-setsize')) > 1);
    assert.equal(await first.getAttribute('aria-posinset'), '1');
    await page
      .getByRole('status')
      .filter({ hasText: /Banks found: \d+/ })
      .waitFor({ state: 'attached' });
    await context.close();
  });
});

const pickerOf = (page: Page) => page.evaluate(readPicker);
