import type { SigningProxy } from 'lesspay-elements/proxy';
import { money } from '../admin/words.ts';
import { decimal, findProduct, price, PRODUCTS } from '../server/catalogue.ts';
import { type Line, type Order, Orders, totalCents } from '../server/orders.ts';
import { WITHOUT_SCRIPT } from '../server/pages.ts';
import { createDemoProxy } from '../server/payments.ts';
import { Payouts } from '../server/payouts.ts';
import { newSession, OPERATOR, Operators, readCookie, SHOPPER, STAFF } from '../server/sessions.ts';
import type { CartView, LineView, OrderView, Page, PayeeView } from './page.ts';

/** What a server of the applications knows about its merchant: the shop, the payouts, and the proxy that was told of both. */
export interface Merchant {
  proxy: SigningProxy;
  orders: Orders;
  payouts: Payouts;
  /** Who is there, by the `Cookie` header; `cookies` are to be set with the answer. */
  visitor(cookies: string | null | undefined, path: string): Visitor;
  /** What the page at a path shows to this shopper. */
  page(path: string, session: string): Page;
  payees(): PayeeView[];
  cart(session: string): CartView;
  /** Orders one piece of a product, without a cart. Answers the order's reference. */
  buy(session: string, productId: string): string | undefined;
}

export interface Visitor {
  session: string;
  isOperator: boolean;
  cookies: string[];
}

export interface MerchantOptions {
  /** Where the shop is. */
  publicUrl: string;
  /** Where the sandbox is. */
  upstream: string;
  quiet?: boolean;
}

/** Opens the same small merchant for each of the applications. */
export function openMerchant({ publicUrl, upstream, quiet = false }: MerchantOptions): Merchant {
  const orders = new Orders();
  const payouts = new Payouts();
  const operators = new Operators();
  const settings = { mode: 'sandbox' } as const;
  const proxy = createDemoProxy({ origin: publicUrl, upstream, settings, orders, payouts, operators, quiet });
  const [operator] = STAFF;

  const payees = () => payouts.payees().map((payee) => ({ ...payee, price: money(payee.amount, payee.currency) }));
  const orderPage = (name: 'checkout' | 'order', reference: string, session: string): Page => {
    const order = orders.find(reference, session);
    return order ? { name, order: orderView(order) } : { name: 'not-found' };
  };

  return {
    proxy,
    orders,
    payouts,
    visitor(header, path) {
      const cookies: string[] = [];
      let session = readCookie(header, SHOPPER);
      if (!session) {
        session = newSession();
        cookies.push(`${SHOPPER}=${session}; Path=/; HttpOnly; SameSite=Lax`);
      }
      let isOperator = operators.find(header) !== undefined;
      if (!isOperator && path === '/payouts') {
        // The demo signs in whoever comes; a real back office asks for a password here.
        isOperator = true;
        cookies.push(`${OPERATOR}=${operators.signIn(operator)}; Path=/; HttpOnly; SameSite=Strict`);
      }
      return { session, isOperator, cookies };
    },
    page(path, session) {
      const [, first = '', reference = ''] = path.split('/');
      if (path === '/') return { name: 'shop', products: products(), cart: cartView(orders.cart(session)) };
      if (first === 'checkout' || first === 'order') return orderPage(first, reference, session);
      if (path === '/payouts') return { name: 'payouts', payees: payees(), payouts: payouts.list() };
      return { name: 'not-found' };
    },
    payees,
    cart: (session) => cartView(orders.cart(session)),
    buy(session, productId) {
      if (!findProduct(productId)) return undefined;
      for (const { product, quantity } of orders.cart(session)) orders.change(session, product.id, -quantity);
      orders.change(session, productId, 1);
      return orders.place(session)?.reference;
    },
  };
}

function products() {
  return PRODUCTS.map(({ priceCents, ...product }) => ({ ...product, price: price(priceCents) }));
}

function lineViews(lines: readonly Line[]): LineView[] {
  return lines.map(({ product: { id, name, priceCents }, quantity }) => ({
    id,
    name,
    quantity,
    price: price(priceCents),
    total: price(priceCents * quantity),
  }));
}

function cartView(lines: readonly Line[]): CartView {
  return {
    lines: lineViews(lines),
    count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    total: price(totalCents(lines)),
  };
}

function orderView({ reference, lines, totalCents: cents, state }: Order): OrderView {
  return {
    reference,
    lines: lineViews(lines),
    total: price(cents),
    amount: decimal(cents),
    withoutScript: WITHOUT_SCRIPT[state],
  };
}
