import { findProduct, PRODUCTS, type Product } from './catalogue.ts';

export interface Line {
  product: Product;
  quantity: number;
}

export type OrderState = 'awaiting-payment' | 'paid' | 'unpaid' | 'wrong-amount' | 'refunded';

export interface Order {
  reference: string;
  /** The shopper's session: nobody else may see or pay the order. */
  session: string;
  lines: Line[];
  totalCents: number;
  state: OrderState;
  placedAt: Date;
  requestId?: string;
}

const MAX_QUANTITY = 20;

/** Carts and orders of the shop, in memory. */
export class Orders {
  #carts = new Map<string, Map<string, number>>();
  #orders = new Map<string, Order>();
  #applied = new Set<string>();
  #next = 1001;

  cart(session: string): Line[] {
    const cart = this.#carts.get(session);
    return PRODUCTS.flatMap((product) => {
      const quantity = cart?.get(product.id) ?? 0;
      return quantity > 0 ? [{ product, quantity }] : [];
    });
  }

  change(session: string, productId: string, by: number): void {
    if (!findProduct(productId)) return;
    const cart = this.#carts.get(session) ?? new Map<string, number>();
    const quantity = (cart.get(productId) ?? 0) + by;
    cart.set(productId, Math.min(Math.max(quantity, 0), MAX_QUANTITY));
    this.#carts.set(session, cart);
  }

  /** Turns the cart into an order; the same cart again is the same order as long as it has not been paid. */
  place(session: string): Order | undefined {
    const lines = this.cart(session);
    if (lines.length === 0) return undefined;
    const again = this.all().find(
      (order) => order.session === session && order.state !== 'paid' && isEqual(order.lines, lines),
    );
    if (again) return again;
    const reference = `LUAD-${String(this.#next++)}`;
    const order: Order = {
      reference,
      session,
      lines,
      totalCents: totalCents(lines),
      state: 'awaiting-payment',
      placedAt: new Date(),
    };
    this.#orders.set(reference, order);
    return order;
  }

  find(reference: string, session: string): Order | undefined {
    const order = this.#orders.get(reference);
    return order?.session === session ? order : undefined;
  }

  /** Newest first. */
  all(): Order[] {
    return [...this.#orders.values()].reverse();
  }

  /** Applies what happened to a payment. The event's id makes a repeated delivery harmless. */
  settle(event: { id: string; order: string; requestId: string }, state: OrderState): void {
    const order = this.#orders.get(event.order);
    if (!order || this.#applied.has(event.id)) return;
    this.#applied.add(event.id);
    // An order may have had other payments before; what becomes of them is not its state any more.
    if (order.state === 'paid' && order.requestId !== event.requestId) return;
    order.state = state;
    order.requestId = event.requestId;
    if (state === 'paid' && isEqual(order.lines, this.cart(order.session))) this.#carts.delete(order.session);
  }
}

export function totalCents(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.product.priceCents * line.quantity, 0);
}

function isEqual(a: readonly Line[], b: readonly Line[]): boolean {
  const key = (lines: readonly Line[]) => lines.map((line) => `${line.product.id}×${line.quantity}`).join();
  return key(a) === key(b);
}
