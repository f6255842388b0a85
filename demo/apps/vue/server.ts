import { once } from 'node:events';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import vue from '@vitejs/plugin-vue';
import { type Context, Hono } from 'hono';
import { type AppOptions, contentSecurityPolicy, type ServedApp } from '../app.ts';
import type { Assets } from '../assets.ts';
import { bundleClient, importRenderer } from '../bundle.ts';
import { documentOf } from '../frame.ts';
import { openMerchant, type Visitor } from '../merchant.ts';
import type { Page } from '../page.ts';

interface Renderer {
  render: (page: Page) => Promise<string>;
}

const plugins = [
  vue({
    template: {
      // Vue takes an unknown tag for a component of its own unless it is told otherwise.
      compilerOptions: { isCustomElement: (tag) => tag.startsWith('lesspay-') },
      // The pictures are the server's, not the bundle's.
      transformAssetUrls: false,
    },
  }),
];

/** The client's bundle. */
export const buildAssets = (): Promise<Assets> => bundleClient(new URL('client.ts', import.meta.url), plugins);

/** A Vue application, rendered on the server by Hono. */
export async function serveApp({ port, upstream, quiet }: AppOptions, assets: Assets): Promise<ServedApp> {
  const merchant = openMerchant({ publicUrl: `http://localhost:${port}`, upstream, quiet });
  const { render } = await importRenderer<Renderer>(new URL('render.ts', import.meta.url), plugins);
  // Vue has a Trusted Types policy of its own, for v-html.
  const policy = contentSecurityPolicy(upstream, 'vue');

  const app = new Hono();
  app.all('/lesspay/*', (context) => merchant.proxy.fetch(context.req.raw));

  const visit = (context: Context, path: string): Visitor => {
    const visitor = merchant.visitor(context.req.header('cookie'), path);
    for (const cookie of visitor.cookies) context.header('set-cookie', cookie, { append: true });
    return visitor;
  };
  const wantsData = (context: Context) => context.req.header('accept') === 'application/json';

  app.get('/assets/*', (context) => {
    const found = assets.get(context.req.path);
    return found ? context.body(found.body, 200, { 'content-type': found.type }) : context.notFound();
  });
  app.get('/data/*', (context) => {
    const path = context.req.path.slice('/data'.length);
    const { session } = visit(context, path);
    return context.json(merchant.page(path, session), 200, { 'cache-control': 'no-store' });
  });
  app.post('/cart', async (context) => {
    const { session } = visit(context, '/cart');
    const { add, less } = await context.req.parseBody();
    if (typeof add === 'string') merchant.orders.change(session, add, 1);
    if (typeof less === 'string') merchant.orders.change(session, less, -1);
    return wantsData(context) ? context.json(merchant.cart(session)) : context.redirect('/', 303);
  });
  app.post('/orders', (context) => {
    const reference = merchant.orders.place(visit(context, '/orders').session)?.reference;
    if (wantsData(context)) return context.json({ reference });
    return context.redirect(reference ? `/checkout/${reference}` : '/', 303);
  });
  app.post('/payouts', async (context) => {
    if (!visit(context, '').isOperator) return context.body(null, 403);
    const { reference, requestId } = await context.req.json<{ reference: string; requestId: string }>();
    merchant.payouts.file(reference, requestId);
    return context.json(merchant.payouts.list());
  });
  app.get('*', async (context) => {
    const { path } = context.req;
    const page = merchant.page(path, visit(context, path).session);
    const html = documentOf({ page, markup: await render(page), stack: 'Vue 3 · Hono', upstream });
    const status = page.name === 'not-found' ? 404 : 200;
    return context.html(html, status, { 'content-security-policy': policy, 'cache-control': 'no-cache' });
  });

  const server = serve({ fetch: app.fetch, port, hostname: 'localhost' }) as Server;
  if (!server.listening) await once(server, 'listening');
  return {
    merchant,
    pages: { Shop: '/', Payouts: '/payouts' },
    async close() {
      await merchant.proxy.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
