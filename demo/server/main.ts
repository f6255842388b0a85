import { toNodeListener } from 'lesspay-elements/proxy/node';
import { type SandboxOptions, toNodeListener as sandboxListener } from 'lesspay-elements/sandbox';
import express, { type Express } from 'express';
import type { Connect } from 'vite';
import { backOfficeRoutes } from './back-office.ts';
import { galleryRoutes } from './gallery.ts';
import { Orders } from './orders.ts';
import { createPages, type ReadPage } from './pages.ts';
import { createDemoProxy, createDemoSandbox, PROXY_PATH, SANDBOX_PATH } from './payments.ts';
import { Payouts } from './payouts.ts';
import { sameOriginOnly } from './same-origin.ts';
import { Operators } from './sessions.ts';
import { shopRoutes } from './shop.ts';
import type { Settings } from './settings.ts';

export interface DemoOptions {
  /** Where this server listens. */
  origin: string;
  settings: Settings;
  readPage: ReadPage;
  /** Other timings of the sandbox. */
  sandbox?: Pick<SandboxOptions, 'reviewDelayMs' | 'settleDelayMs'>;
  /** No log lines. */
  quiet?: boolean;
}

export type Demo = ReturnType<typeof createDemo>;

/** A merchant's whole server: shop, back office, signing proxy and, without real credentials, the sandbox. */
export function createDemo({ origin, settings, readPage, sandbox: timings, quiet = false }: DemoOptions) {
  const orders = new Orders();
  const payouts = new Payouts();
  const operators = new Operators();
  const shop = { origin, settings, orders, payouts, operators, quiet };
  const sandbox = createDemoSandbox(shop, timings);
  const proxy = createDemoProxy(shop);
  const pages = createPages(settings, readPage);

  const app: Express = express();
  app.disable('x-powered-by');
  // Before any body parser: webhooks are verified over the bytes as they came.
  app.use(PROXY_PATH, toNodeListener(proxy));
  if (sandbox) app.use(SANDBOX_PATH, sandboxListener(sandbox));
  // The sources of the pages are not pages.
  app.get(['/index.html', '/demo/:page.html'], (_request, response) => response.redirect(303, '/'));
  app.use(sameOriginOnly);
  app.use(shopRoutes(orders, pages));
  app.use(galleryRoutes(pages));
  app.use(backOfficeRoutes(orders, payouts, operators, pages));

  // Express's types do not say that an app is Connect middleware too.
  const handle = app as unknown as Connect.NextHandleFunction;
  return { origin, handle, proxy, sandbox, orders, payouts, urls: urls(origin, settings) };
}

function urls(origin: string, settings: Settings): [string, string][] {
  const own: [string, string][] = [
    ['Shop', `${origin}/`],
    ['Back office', `${origin}/admin`],
    ['Gallery', `${origin}/gallery`],
  ];
  if (settings.mode === 'sandbox') {
    return [...own, ['Sandbox console', `${origin}${SANDBOX_PATH}/console`], ['Runs against', 'the built-in sandbox']];
  }
  const hosts = [settings.lesspay.baseUrl, settings.leanx?.baseUrl ?? 'LeanX is off'].join(', ');
  return [...own, ['Runs against', hosts], ['Webhooks to', `${settings.publicUrl}${PROXY_PATH}`]];
}
