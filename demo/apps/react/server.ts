import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { fastifyProxy } from 'lesspay-elements/proxy/fastify';
import { type AppOptions, contentSecurityPolicy, type ServedApp } from '../app.ts';
import type { Assets } from '../assets.ts';
import { bundleClient, importRenderer } from '../bundle.ts';
import { documentOf } from '../frame.ts';
import { openMerchant, type Visitor } from '../merchant.ts';
import type { Page } from '../page.ts';

interface Renderer {
  render: (page: Page) => string;
}

/** The client's bundle. */
export const buildAssets = (): Promise<Assets> => bundleClient(new URL('client.tsx', import.meta.url));

/** A React application, rendered on the server by Fastify. */
export async function serveApp({ port, upstream, quiet }: AppOptions, assets: Assets): Promise<ServedApp> {
  const merchant = openMerchant({ publicUrl: `http://localhost:${port}`, upstream, quiet });
  const { render } = await importRenderer<Renderer>(new URL('render.tsx', import.meta.url));
  const policy = contentSecurityPolicy(upstream);

  const app = Fastify({ forceCloseConnections: true });
  // Keeps its own way with bodies to itself; the parsers below are those of the shop.
  await app.register(fastifyProxy, { proxy: merchant.proxy });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  const visit = (request: FastifyRequest, reply: FastifyReply, path: string): Visitor => {
    const visitor = merchant.visitor(request.headers.cookie, path);
    if (visitor.cookies.length > 0) void reply.header('set-cookie', visitor.cookies);
    return visitor;
  };
  const wantsData = (request: FastifyRequest) => request.headers.accept === 'application/json';

  app.get('/assets/*', (request, reply) => {
    const found = assets.get(request.url);
    return found ? reply.type(found.type).send(found.body) : reply.code(404).send();
  });
  app.get('/data/*', (request, reply) => {
    const path = request.url.slice('/data'.length);
    return reply.header('cache-control', 'no-store').send(merchant.page(path, visit(request, reply, path).session));
  });
  app.post<{ Body: { add?: string; less?: string } }>('/cart', (request, reply) => {
    const { session } = visit(request, reply, '/cart');
    const { add, less } = request.body;
    if (add) merchant.orders.change(session, add, 1);
    if (less) merchant.orders.change(session, less, -1);
    return wantsData(request) ? reply.send(merchant.cart(session)) : reply.redirect('/', 303);
  });
  app.post('/orders', (request, reply) => {
    const reference = merchant.orders.place(visit(request, reply, '/orders').session)?.reference;
    if (wantsData(request)) return reply.send({ reference });
    return reply.redirect(reference ? `/checkout/${reference}` : '/', 303);
  });
  app.post<{ Body: { reference: string; requestId: string } }>('/payouts', (request, reply) => {
    if (!visit(request, reply, '').isOperator) return reply.code(403).send();
    merchant.payouts.file(request.body.reference, request.body.requestId);
    return reply.send(merchant.payouts.list());
  });
  app.get('/*', (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const page = merchant.page(path, visit(request, reply, path).session);
    return reply
      .code(page.name === 'not-found' ? 404 : 200)
      .headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' })
      .type('text/html')
      .send(documentOf({ page, markup: render(page), stack: 'React 19 · Fastify', upstream }));
  });

  await app.listen({ port, host: 'localhost' });
  return { merchant, pages: { Shop: '/', Payouts: '/payouts' }, close: () => app.close() };
}
