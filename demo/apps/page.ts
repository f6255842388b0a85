import type { PayoutRow, Payee } from '../api.ts';

/** A product as the shop shows it. */
export interface ProductView {
  id: string;
  name: string;
  kind: string;
  about: string;
  price: string;
}

/** A line of the cart or of an order. Money is text for people: formatted once, on the server. */
export interface LineView {
  id: string;
  name: string;
  quantity: number;
  price: string;
  total: string;
}

/** The cart of a shopper. */
export interface CartView {
  lines: LineView[];
  count: number;
  total: string;
}

/** A placed order. */
export interface OrderView {
  reference: string;
  lines: LineView[];
  total: string;
  /** Decimal string, for the button's label. */
  amount: string;
  /** What became of the payment, for a page whose script does not run. */
  withoutScript: string;
}

/** Someone to be paid. */
export interface PayeeView extends Payee {
  /** The amount for people. */
  price: string;
}

/** What a page of the applications shows; the server gives it with the page and to a client that navigates by itself. */
export type Page =
  | { name: 'shop'; products: ProductView[]; cart: CartView }
  | { name: 'checkout'; order: OrderView }
  | { name: 'order'; order: OrderView }
  | { name: 'payouts'; payees: PayeeView[]; payouts: PayoutRow[] }
  | { name: 'not-found' };

/** The title of a page. */
export function titleOf(page: Page): string {
  const titles = {
    shop: () => 'Luad: stoneware from Marikina',
    checkout: ({ order }: { order: OrderView }) => `Check out ${order.reference} · Luad`,
    order: ({ order }: { order: OrderView }) => `Order ${order.reference} · Luad`,
    payouts: () => 'Payouts · Luad back office',
    'not-found': () => 'Not found · Luad',
  };
  return titles[page.name](page as never);
}
