import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
// @ts-expect-error -- A script of this project, without types.
import { findFirefox } from '../../scripts/browsers.js';
import { type RunningDemo, runDemo } from './running-demo.ts';

/** A page in front of someone who has only a keyboard, in either browser. */
interface Desk {
  goto(url: string): Promise<unknown>;
  evaluate<Argument, Answer>(read: (argument: Argument) => Answer, argument: Argument): Promise<Answer>;
  readonly keyboard: { press(key: 'Tab'): Promise<void>; type(text: string): Promise<void> };
}
type Key = 'Tab' | 'Enter' | ' ' | 'ArrowDown' | 'ArrowUp' | 'Escape' | 'Home' | 'End';

/** The loader keeps the names of functions by a function of its own, which a page has not. */
const NAMES = 'globalThis.__name = (named) => named';
const TABLE = `Reference,Payee,Wallet,Mobile number,Amount
RIDER-0801,Althea Ramos,GCash,0917 123 4501,1180
RIDER-0802,Ramon Villanueva,GCash,0918 555 0142,0`;

/** The hands of that person. */
function handsOn(page: Desk, origin: string) {
  const press = (key: Key): Promise<void> => page.keyboard.press(key as 'Tab');

  /** What has the focus, by the words that a screen reader begins with. */
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!active || active === document.body) return '';
      const root = active.getRootNode() as ShadowRoot;
      const named = active.getAttribute('aria-labelledby');
      const label = 'labels' in active ? (active.labels as NodeListOf<HTMLElement> | null)?.[0] : undefined;
      const words =
        active.getAttribute('aria-label') ??
        (named ? root.getElementById(named)?.textContent : undefined) ??
        (label ?? active).textContent;
      return words.trim().replace(/\s+/g, ' ');
    }, undefined);

  /** Waits until something can be read on the stage. */
  async function reads(text: string): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      const isThere = await page.evaluate((wanted) => {
        const look = (root: ParentNode): boolean =>
          Array.from(root.querySelectorAll('*')).some((element) => {
            if (element.shadowRoot && look(element.shadowRoot)) return true;
            return element instanceof HTMLElement && element.checkVisibility() && element.innerText.includes(wanted);
          });
        const stage = document.querySelector('.stage[data-ready]');
        return stage !== null && look(stage);
      }, text);
      if (isThere) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.fail(`"${text}" is nowhere to be read; the focus is on "${await focused()}".`);
  }

  /** Waits until the focus has come to something by itself. */
  async function lands(name: string): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await focused()).startsWith(name)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.fail(`The focus never came to "${name}": it is on "${await focused()}".`);
  }

  /** Presses Tab until the focus is on what is called so. */
  async function tabTo(name: string): Promise<void> {
    const passed: string[] = [];
    for (let presses = 0; presses < 60; presses += 1) {
      const now = await focused();
      if (now.startsWith(name)) return;
      passed.push(now);
      await press('Tab');
    }
    assert.fail(`Tab never reached "${name}", only ${passed.join(' | ')}.`);
  }

  return {
    press,
    focused,
    reads,
    lands,
    tabTo,
    type: (text: string) => page.keyboard.type(text),
    /** Tabs to a field and types into it. */
    async fill(name: string, text: string): Promise<void> {
      await tabTo(name);
      await page.keyboard.type(text);
    },
    /** Tabs to a button or link and presses it. */
    async push(name: string): Promise<void> {
      await tabTo(name);
      await press('Enter');
    },
    /** Opens a specimen; Tab then comes to its controls first. Before `shown` can be read, Tab would pass it by. */
    async open(element: string, state: string, shown: string): Promise<void> {
      await page.goto(`${origin}/gallery?element=${element}&state=${state}`);
      await reads(shown);
      await page.evaluate(() => document.querySelector('main')?.focus(), undefined);
    },
    /** From now on the proxy says that the payment was received. */
    async receive(): Promise<void> {
      await page.evaluate(() => {
        const paid = {
          requestId: 'pi_7Qm2kd94xt0cwz8n5hbr',
          status: 'paid',
          final: true,
          amount: '1250.00',
          currency: 'PHP',
        };
        globalThis.fetch = () => Promise.resolve(Response.json(paid));
      }, undefined);
    },
    /** What the focused field holds. */
    holds: (): Promise<string> =>
      page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active instanceof HTMLInputElement ? active.value : '';
      }, undefined),
  };
}

const firefoxPath = (findFirefox as () => string | undefined)();

describe('With the keyboard alone', { timeout: 600_000 }, () => {
  let run: RunningDemo;
  let firefox: Browser | undefined;
  before(async () => {
    run = await runDemo();
    if (firefoxPath) firefox = await puppeteer.launch({ browser: 'firefox', executablePath: firefoxPath });
  });
  after(async () => {
    await firefox?.close();
    await run.close();
  });

  for (const browser of ['Chromium', 'Firefox'] as const) {
    const skip = browser === 'Firefox' && !firefoxPath ? 'There is no Firefox.' : false;
    /** Opens a page, and closes it when the journey is over. */
    const journey = (name: string, go: (hands: ReturnType<typeof handsOn>) => Promise<void>) =>
      it(`${name}, in ${browser}`, { skip }, async () => {
        if (browser === 'Firefox') {
          const page = await firefox?.newPage();
          assert.ok(page);
          await page.evaluateOnNewDocument(NAMES);
          await go(handsOn(page as unknown as Desk, run.origin));
          await page.close();
          return;
        }
        const { page, context } = await run.visit('/gallery', { viewport: { width: 1280, height: 900 } });
        await context.addInitScript(NAMES);
        await go(handsOn(page, run.origin));
        await context.close();
      });

    journey('a shopper pays, and tries again after a failure', async (hands) => {
      await hands.open('lesspay-checkout', 'idle', 'Pay');
      await hands.push('Pay');
      await hands.reads('Opening secure checkout…');
      await hands.lands('Pay');
      await hands.open('lesspay-checkout', 'failed', 'Try again');
      await hands.push('Try again');
      // The link goes away while it is tried: the focus is on the button, not lost.
      await hands.lands('Pay');
      await hands.reads('Try again');
    });

    journey('a shopper asks about a payment, and comes to the outcome', async (hands) => {
      await hands.open('lesspay-payment-status', 'pending', 'Check now');
      await hands.push('Check now');
      await hands.reads('Nothing new yet.');
      await hands.lands('Check now');
      await hands.receive();
      await hands.press('Enter');
      await hands.lands('Payment received');
    });

    journey('an operator fills the form, follows its summary, goes back from the review and sends', async (hands) => {
      await hands.open('lesspay-recipient-form', 'wallet', 'Review payout');
      await hands.push('Review payout');
      await hands.lands('5 fields need your attention');
      await hands.press('Tab');
      assert.equal(await hands.focused(), 'Wallet');
      await hands.push('Account holder');
      await hands.lands('Account holder');
      await hands.type('Maria Clara Santos');
      assert.equal(await hands.holds(), 'Maria Clara Santos');
      await hands.fill('Amount', '1250');
      await hands.fill('Reference', 'INV-2041');
      await hands.push('Review payout');
      await hands.lands('2 fields need your attention');
      await hands.push('Wallet');
      await hands.tabTo('GCash');
      await hands.press(' ');
      await hands.fill('Wallet number', '09171234567');
      await hands.push('Review payout');
      await hands.lands('Check before sending');
      await hands.push('Edit');
      await hands.reads('Account holder');
      await hands.push('Review payout');
      await hands.lands('Check before sending');
      await hands.push('Send ₱1,250.00');
      await hands.lands('Payout accepted');
    });

    journey('an operator finds a bank by typing, with the arrows, and leaves the list by Escape', async (hands) => {
      await hands.open('lesspay-bank-picker', 'ready', 'Bank');
      await hands.tabTo('Bank');
      await hands.type('maybank');
      await hands.reads('MALAYAN BANKING BERHAD');
      await hands.press('Enter');
      assert.equal(await hands.holds(), 'MALAYAN BANKING BERHAD (MAYBANK)');
      await hands.press('ArrowDown');
      await hands.reads('chosen before');
      await hands.press('ArrowDown');
      await hands.press('Escape');
      await hands.lands('Bank');
      assert.equal(await hands.holds(), 'MALAYAN BANKING BERHAD (MAYBANK)');
    });

    journey('an operator pastes a table, corrects a cell, looks it over and sends it', async (hands) => {
      await hands.open('lesspay-payout-batch', 'empty', 'Choose a file');
      await hands.fill('Paste the rows here', TABLE);
      await hands.press('Tab');
      await hands.lands('Payouts');
      await hands.reads('Enter an amount above zero.');
      await hands.tabTo('Amount, row 3');
      await hands.press('End');
      await hands.type('940.50');
      await hands.press('Enter');
      await hands.push('Review 2 payouts');
      await hands.lands('Check before sending');
      await hands.push('Send 2 payouts');
      await hands.lands('2 payouts were accepted.');
    });
  }
});
