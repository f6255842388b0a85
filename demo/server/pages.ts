import type { Request, Response } from 'express';
import { PRODUCTS, price } from './catalogue.ts';
import { fill, html, type Html } from './html.ts';
import { totalCents, type Line, type Order, type OrderState } from './orders.ts';
import { picture } from './pictures.ts';
import type { Settings } from './settings.ts';
import { wordmark } from './wordmark.ts';

type Values = Record<string, Html | string>;

/** Reads a page's source, by its path in the project. */
export type ReadPage = (file: string, url: string) => Promise<string>;

export interface Pages {
  /** Whether the public side is https, so that cookies can be, too. */
  isSecure: boolean;
  send(request: Request, response: Response, file: string, values: Values): Promise<void>;
  sendNotFound(request: Request, response: Response): Promise<void>;
}

/** Fills the page sources and sends them, under the policy that the elements are made for. */
export function createPages(settings: Settings, readPage: ReadPage): Pages {
  // A form post that is redirected to the hosted checkout must be allowed to end there.
  const checkoutHosts =
    settings.mode === 'sandbox' ? [] : settings.lesspay.checkoutHosts.map((host) => `https://${host}`);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `form-action ${["'self'", ...checkoutHosts].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
  const bar = modeBar(settings);

  const pages: Pages = {
    isSecure: settings.mode !== 'sandbox',
    async send(request, response, file, values) {
      const source = await readPage(file, request.originalUrl);
      response
        // Not no-store: the page must be able to come back from the back/forward cache.
        .set({ 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy, 'Referrer-Policy': 'same-origin' })
        .type('html')
        .send(fill(source, { ...values, wordmark, modeBar: bar }));
    },
    sendNotFound: (request, response) => pages.send(request, response.status(404), 'demo/not-found.html', {}),
  };
  return pages;
}

/** The shop: products and cart. Every product has its line, hidden while it is not in the cart. */
export function shopValues(cart: readonly Line[]): Values {
  const quantityOf = (id: string) => cart.find((line) => line.product.id === id)?.quantity ?? 0;
  return {
    products: html`${PRODUCTS.map(
      (product) =>
        html`<li class="product">
          <div class="plate plate-${product.id}">${picture(product.id)}</div>
          <h3>${product.name}</h3>
          <p class="kind">${product.kind}</p>
          <p class="about">${product.about}</p>
          <div class="buy">
            <span class="price">${price(product.priceCents)}</span>
            <button class="button quiet" name="add" value="${product.id}">
              Add<span class="visually-hidden"> ${product.name} to cart</span>
            </button>
          </div>
        </li>`,
    )}`,
    cartLines: html`${PRODUCTS.map((product) => {
      const quantity = quantityOf(product.id);
      return html`<li class="line" data-product="${product.id}" ${quantity === 0 && html`hidden`}>
        <div class="thumb plate-${product.id}">${picture(product.id)}</div>
        <strong class="line-name">${product.name}</strong>
        <div class="stepper" role="group" aria-label="Quantity of ${product.name}">
          <button name="less" value="${product.id}" aria-label="One ${product.name} less">−</button>
          <output data-quantity>${quantity}</output>
          <button name="add" value="${product.id}" aria-label="One ${product.name} more">+</button>
        </div>
        <span class="line-total" data-line-total>${price(product.priceCents * quantity)}</span>
      </li>`;
    })}`,
    cartCount: String(cart.reduce((sum, line) => sum + line.quantity, 0)),
    cartTotal: price(totalCents(cart)),
    emptyHidden: cart.length > 0 ? html`hidden` : '',
    filledHidden: cart.length > 0 ? '' : html`hidden`,
  };
}

/** The lines of a placed order, as the checkout page and the order page show them. */
export function orderValues(order: Order): Values {
  return {
    reference: order.reference,
    orderLines: html`${order.lines.map(
      ({ product, quantity }) =>
        html`<li class="line">
          <div class="thumb plate-${product.id}">${picture(product.id)}</div>
          <div class="line-name">
            <strong>${product.name}</strong>
            <span class="soft">${quantity} × ${price(product.priceCents)}</span>
          </div>
          <span class="line-total">${price(product.priceCents * quantity)}</span>
        </li>`,
    )}`,
    total: price(order.totalCents),
    withoutScript: WITHOUT_SCRIPT[order.state],
  };
}

/** What the order page says where no script follows the payment. */
export const WITHOUT_SCRIPT: Record<OrderState, string> = {
  'awaiting-payment': 'We do not know yet whether your payment went through.',
  paid: 'Payment received. Your pots wait for you from Thursday.',
  unpaid: 'The payment did not go through. Nothing was charged.',
  'wrong-amount': 'We received another amount than the order’s and will write to you.',
  refunded: 'The payment was returned to you.',
};

/** The thin bar under every page that says what the demo runs against. */
function modeBar(settings: Settings): Html {
  return settings.mode === 'sandbox'
    ? html`<aside class="mode-bar" aria-label="Demo">
        <strong>Sandbox</strong><span class="mode-note">No real money moves.</span>
        <a href="/sandbox/console">Cashier controls and request log</a>
      </aside>`
    : html`<aside class="mode-bar" aria-label="Demo">
        <strong>Test hosts</strong><span class="mode-note">Connected to the providers’ test systems.</span>
      </aside>`;
}
