import type { CartView } from './api.ts';

// The cart works as plain forms; this only saves the page loads.
const pesos = new Intl.NumberFormat('en-PH', { style: 'currency', currency: 'PHP' });
const find = (selector: string) => document.querySelector<HTMLElement>(selector);

function setText(element: ParentNode | null, selector: string, text: string): void {
  const target = element?.querySelector(selector);
  if (target) target.textContent = text;
}

function show(cart: CartView, changed: string): void {
  const active = document.activeElement;
  for (const line of cart.lines) {
    const row = find(`.line[data-product="${line.id}"]`);
    if (!row) continue;
    row.hidden = line.quantity === 0;
    setText(row, '[data-quantity]', String(line.quantity));
    setText(row, '[data-line-total]', pesos.format((line.priceCents * line.quantity) / 100));
    // The pressed button is gone with its line: keep the keyboard's place.
    if (row.hidden && row.contains(active)) find('#cart-title')?.focus();
    if (line.id === changed) {
      setText(
        document,
        '[data-cart-status]',
        `${line.name}: ${line.quantity === 0 ? 'removed' : line.quantity} in your cart`,
      );
    }
  }
  const count = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  setText(document, '[data-cart-count]', String(count));
  setText(document, '[data-cart-total]', pesos.format(cart.totalCents / 100));
  find('[data-cart-empty]')?.toggleAttribute('hidden', count > 0);
  find('[data-cart-filled]')?.toggleAttribute('hidden', count === 0);
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/api/cart"]')) {
  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const body = new URLSearchParams({ [button.name]: button.value });
    fetch('/api/cart', { method: 'POST', body, headers: { accept: 'application/json' } })
      .then(async (response) => show((await response.json()) as CartView, button.value))
      // Without an answer the form's own way is the honest one.
      .catch(() => location.reload());
  });
}

// A page that comes back from the cache after a payment shows a cart that is gone.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
