import type { Page } from 'playwright-core';

/** How a shopper can leave the hosted checkout. */
export type Outcome = 'succeed' | 'fail' | 'cancel' | 'different';

/** Puts one mug into the cart and goes to the checkout page. Answers the order's reference. */
export async function placeOrder(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Add Tasa to cart' }).click();
  await page.getByRole('button', { name: 'Check out' }).click();
  await page.waitForURL('**/checkout/*');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Presses the pay button and waits for the hosted checkout. */
export async function goToCashier(page: Page, button = payButton(page)): Promise<void> {
  await button.click();
  await page.waitForURL('**/sandbox/cashier/*');
}

/** The element's own button, not that of the plain form which it replaces. */
export function payButton(page: Page) {
  return page.locator('lesspay-checkout button[part~=button]', { hasText: /Pay ₱480\.00/ });
}

/** Chooses on the hosted checkout and waits for the shop's order page. */
export async function choose(page: Page, outcome: Outcome, amount?: string): Promise<void> {
  if (outcome === 'succeed') await page.getByRole('button', { name: /^Pay ₱/ }).click();
  else if (outcome === 'cancel') await page.getByRole('button', { name: 'Cancel and go back' }).click();
  else {
    await page.getByRole('radio', { name: outcome === 'fail' ? 'Decline' : 'Pay a different amount' }).check();
    if (amount !== undefined) await page.getByLabel('Amount paid').fill(amount);
    await page.getByRole('button', { name: 'Apply this outcome' }).click();
  }
  await page.waitForURL('**/order/*');
}

/** The request id that the order page was given. */
export function requestIdOf(page: Page): string {
  return new URL(page.url()).searchParams.get('request_id') ?? '';
}
