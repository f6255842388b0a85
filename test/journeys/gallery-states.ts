import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { violations } from './accessible.ts';
import type { RunningDemo } from './running-demo.ts';
import { cutOff, movement, smallTargets } from './gallery-measures.ts';

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

/** Every state, with what is to be seen there. */
export const STATES = Object.entries(SHOWN).flatMap(([element, shown]) =>
  Object.entries(shown).map(([state, what]) => ({ element, state, what })),
);

export const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, bypassCSP: true };
export const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, bypassCSP: true };

/** What the selects on top of the gallery set; what is left out is as usual. */
export type Look = Partial<Record<'theme' | 'lang' | 'dir' | 'scheme' | 'width', string>>;

/** Opens every state in turn and has it measured; answers the faults of all states by measure. */
export async function visitStates<Measure extends string>(
  run: RunningDemo,
  options: BrowserContextOptions,
  measure: (page: Page) => Promise<Record<Measure, string[]>>,
): Promise<Record<Measure, string[]>> {
  const { page, context } = await run.visit('/gallery', options);
  // What is measured is written in functions, whose names the loader keeps by a function of its own.
  await context.addInitScript('globalThis.__name = (named) => named');
  await context.addInitScript(axe.source);
  const found: Partial<Record<Measure, string[]>> = {};
  for (const { element, state } of STATES) {
    await open(page, element, state);
    for (const [name, faults] of Object.entries(await measure(page)) as [Measure, string[]][]) {
      found[name] = [...(found[name] ?? []), ...faults.map((fault) => `${element} ${state}: ${fault}`)];
    }
  }
  await context.close();
  return found as Record<Measure, string[]>;
}

/** What is wrong in one of these looks: what axe finds, targets that are hard to hit, what is cut off and what moves. */
export async function audit(page: Page, looks: readonly Look[]): Promise<string[]> {
  const found: string[] = [];
  for (const look of looks) {
    await wear(page, look);
    const faults = [
      ...(await violations(page, '.stage')),
      ...(await page.evaluate(smallTargets)),
      ...(await page.evaluate(cutOff)),
      ...(await page.evaluate(movement)),
    ];
    found.push(...within(look, faults));
  }
  await wear(page, {});
  return found;
}

/** Says of faults where they were found. */
export const within = (place: object, faults: readonly string[]): string[] =>
  faults.map((fault) => `${JSON.stringify(place)} ${fault}`);

/** Opens a state, and waits until its element has come to it. */
export async function open(page: Page, element: string, state: string): Promise<void> {
  await page.goto(new URL(`/gallery?element=${element}&state=${state}`, page.url()).href);
  await page.locator(`.stage[data-ready=${state}]`).waitFor();
}

/** Gives what stands on the stage another look, as the selects on top do. */
export async function wear(page: Page, look: Look): Promise<void> {
  await page.evaluate(async (wanted) => {
    const { dataset } = document.documentElement;
    const form = document.querySelector<HTMLFormElement>('.settings');
    let isDrawnAnew = false;
    for (const select of form?.querySelectorAll('select') ?? []) {
      const value = wanted[select.name as keyof Look] ?? select.options[0]?.value ?? '';
      // Themes and schemes are style alone.
      if (select.value !== value && !['theme', 'scheme'].includes(select.name)) isDrawnAnew = true;
      select.value = value;
    }
    delete dataset.look;
    const isWorn = new Promise((done) =>
      new MutationObserver(done).observe(document.documentElement, { attributeFilter: ['data-look'] }),
    );
    form?.dispatchEvent(new Event('change'));
    await isWorn;
    if (!isDrawnAnew) return;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  }, look);
}
