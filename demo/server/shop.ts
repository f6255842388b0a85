import { Router, urlencoded, type Request, type Response } from 'express';
import type { CartView } from '../api.ts';
import { decimal, PRODUCTS } from './catalogue.ts';
import { totalCents, type Orders } from './orders.ts';
import { orderValues, shopValues, type Pages } from './pages.ts';
import { newSession, readCookie, SHOPPER } from './sessions.ts';

/** The shop: its pages, its cart and its orders. Everything works as plain forms. */
export function shopRoutes(orders: Orders, pages: Pages): Router {
  const router = Router();

  /** The shopper's session; begun on the first visit. */
  const shopper = (request: Request, response: Response): string => {
    const known = readCookie(request.headers.cookie, SHOPPER);
    if (known) return known;
    const session = newSession();
    response.cookie(SHOPPER, session, { httpOnly: true, sameSite: 'lax', secure: pages.isSecure, path: '/' });
    return session;
  };

  router.get('/', async (request, response) => {
    await pages.send(request, response, 'index.html', shopValues(orders.cart(shopper(request, response))));
  });

  router.post('/api/cart', urlencoded({ extended: false }), (request, response) => {
    const session = shopper(request, response);
    const { add, less } = request.body as Record<string, unknown>;
    if (typeof add === 'string') orders.change(session, add, 1);
    if (typeof less === 'string') orders.change(session, less, -1);
    if (request.accepts(['html', 'json']) === 'html') response.redirect(303, '/#cart');
    else response.json(cartView(orders, session));
  });

  router.post('/api/orders', (request, response) => {
    const order = orders.place(shopper(request, response));
    response.redirect(303, order ? `/checkout/${order.reference}` : '/#cart');
  });

  router.get('/checkout/:reference', async (request, response) => {
    const order = orders.find(request.params.reference, shopper(request, response));
    if (!order) await pages.sendNotFound(request, response);
    else if (order.state === 'paid')
      response.redirect(303, `/order/${order.reference}?request_id=${order.requestId ?? ''}`);
    else
      await pages.send(request, response, 'demo/checkout.html', {
        ...orderValues(order),
        amount: decimal(order.totalCents),
      });
  });

  router.get('/order/:reference', async (request, response) => {
    const order = orders.find(request.params.reference, shopper(request, response));
    if (order) await pages.send(request, response, 'demo/order.html', orderValues(order));
    else await pages.sendNotFound(request, response);
  });

  return router;
}

function cartView(orders: Orders, session: string): CartView {
  const cart = orders.cart(session);
  return {
    lines: PRODUCTS.map(({ id, name, priceCents }) => ({
      id,
      name,
      priceCents,
      quantity: cart.find(({ product }) => product.id === id)?.quantity ?? 0,
    })),
    totalCents: totalCents(cart),
  };
}
