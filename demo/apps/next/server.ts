import { once } from 'node:events';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import type { AppOptions, ServedApp } from '../app.ts';
import type { Assets } from '../assets.ts';
import { bundleClient } from '../bundle.ts';
import type { Merchant } from '../merchant.ts';
import { loadRoutes } from './routes.ts';

/** The client's bundle: two definitions. */
export const buildAssets = (): Promise<Assets> => bundleClient(new URL('client.ts', import.meta.url));

/**
 * Runs the route handlers in app/ as Next does: with web Requests, each module loaded once, its settings from the
 * environment. Next itself is left out, it would be the largest dependency of the repository.
 */
export async function serveApp({ port, upstream, quiet }: AppOptions, assets: Assets): Promise<ServedApp> {
  Object.assign(process.env, {
    PUBLIC_URL: `http://localhost:${port}`,
    LESSPAY_BASE_URL: upstream,
    ...(quiet && { QUIET: 'yes' }),
  });
  const route = await loadRoutes();
  const { merchant } = (await import('./app/merchant.ts')) as { merchant: Merchant };

  const server = serve({
    port,
    hostname: 'localhost',
    fetch(request) {
      const file = assets.get(new URL(request.url).pathname);
      return file ? new Response(file.body, { headers: { 'content-type': file.type } }) : route(request);
    },
  }) as Server;
  if (!server.listening) await once(server, 'listening');
  return {
    merchant,
    pages: { Shop: '/' },
    async close() {
      await merchant.proxy.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
