import { json, Router } from 'express';
import type { OrderRow } from '../api.ts';
import { price } from './catalogue.ts';
import type { Orders } from './orders.ts';
import type { Pages } from './pages.ts';
import type { Payouts } from './payouts.ts';
import { OPERATOR, STAFF, type Operator, type Operators } from './sessions.ts';

/** The back office: its page, and the lists of the studio's own payouts, payees and orders. */
export function backOfficeRoutes(orders: Orders, payouts: Payouts, operators: Operators, pages: Pages): Router {
  const router = Router();
  const [signedIn] = STAFF;

  router.get('/admin', async (request, response) => {
    let operator: Operator | undefined = operators.find(request.headers.cookie);
    if (!operator) {
      // The demo signs in whoever comes; a real back office asks for a password here.
      operator = signedIn;
      response.cookie(OPERATOR, operators.signIn(operator), {
        httpOnly: true,
        sameSite: 'strict',
        secure: pages.isSecure,
        path: '/',
      });
    }
    const initials = operator.name.replace(/[^A-Z]/g, '');
    await pages.send(request, response, 'demo/admin.html', { operator: operator.name, initials });
  });

  router.use('/api/admin', json(), (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (operators.find(request.headers.cookie)) next();
    else response.status(403).json({ title: 'Sign in first' });
  });

  router.get('/api/admin/payouts', (_request, response) => void response.json(payouts.list()));
  router.get('/api/admin/payees', (_request, response) => void response.json(payouts.payees()));
  router.get('/api/admin/orders', (_request, response) => void response.json(orders.all().map(orderRow)));

  router.post('/api/admin/payouts', (request, response) => {
    const { reference, requestId } = request.body as Record<string, unknown>;
    const row =
      typeof reference === 'string' && typeof requestId === 'string' ? payouts.file(reference, requestId) : undefined;
    response.status(row ? 200 : 404).json(row ?? { title: 'No such payout' });
  });

  return router;
}

function orderRow({ reference, placedAt, lines, totalCents, state }: ReturnType<Orders['all']>[number]): OrderRow {
  return {
    reference,
    placedAt: placedAt.toISOString(),
    items: lines.map(({ product, quantity }) => `${quantity} × ${product.name}`).join(', '),
    total: price(totalCents),
    state,
  };
}
