import type { Locator, Page } from 'playwright-core';

/** A payout as a person enters it: labels and what is typed or chosen there. */
export interface Entry {
  method: 'Bank account' | 'E-wallet' | 'Malaysian bank';
  /** A value of the currency select; Malaysian payouts have none. */
  currency?: string;
  wallet?: string;
  pixKeyType?: string;
  /** What is typed into the bank picker; the first match is taken. */
  bank?: string;
  fields: Record<string, string>;
}

/** Opens the side sheet with an empty form. */
export async function openSheet(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'New payout' }).click();
  const sheet = page.getByRole('dialog', { name: 'New payout' });
  await sheet.getByRole('radio', { name: 'Bank account' }).waitFor();
  return sheet;
}

/** Fills the form in the order of its fields. */
export async function enter(sheet: Locator, entry: Entry): Promise<void> {
  await sheet.getByRole('radio', { name: entry.method }).check();
  if (entry.currency) await sheet.getByLabel('Currency', { exact: true }).selectOption(entry.currency);
  if (entry.wallet) await sheet.getByRole('radio', { name: entry.wallet }).check();
  if (entry.bank) {
    const picker = sheet.getByRole('combobox', { name: 'Bank', exact: true });
    await picker.fill(entry.bank);
    await sheet.locator('[role=option]').first().waitFor();
    await picker.press('Enter');
  }
  for (const [label, text] of Object.entries(entry.fields)) {
    const field = sheet.getByRole('textbox', { name: label, exact: true });
    await field.fill(text);
    await field.blur();
  }
  if (entry.pixKeyType) await sheet.getByRole('radio', { name: entry.pixKeyType, exact: true }).check();
}

/** Looks the payout over and sends it; answers once the proxy has taken it. */
export async function send(sheet: Locator): Promise<void> {
  await sheet.getByRole('button', { name: 'Review payout' }).click();
  await sheet.getByRole('button', { name: /^Send / }).click();
  await sheet.getByText('Payout accepted').waitFor();
}

/** The row of the back office's table that has this text. */
export function rowOf(page: Page, text: string): Locator {
  return page.locator('tbody[data-request-id]').filter({ hasText: text });
}
