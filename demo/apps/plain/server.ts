import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import express, { type Request, type Response, urlencoded } from 'express';
import { scriptTag } from '../../../scripts/script-tag.js';
import { PRODUCTS, price } from '../../server/catalogue.ts';
import { fill, html, Html } from '../../server/html.ts';
import { orderValues } from '../../server/pages.ts';
import { picture } from '../../server/pictures.ts';
import { type AppOptions, contentSecurityPolicy, type ServedApp } from '../app.ts';
import { asset, type Assets, sharedAssets } from '../assets.ts';
import { openMerchant } from '../merchant.ts';
import type { PayeeView } from '../page.ts';
import { frame } from '../frame.ts';

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const CDN = new URL('../../../dist/cdn/', import.meta.url);

const PAGES = { Shop: '/', Payouts: '/payouts' };

/** The one-file builds, the page's own script and the styles: nothing is bundled. */
export function buildAssets(oneFileBuilds = readOneFileBuilds()): Promise<Assets> {
  const builds = [...oneFileBuilds].map(([name, code]) => asset(`/assets/lesspay/${name}`, code));
  return Promise.resolve(new Map([...sharedAssets(), ...builds, asset('/assets/payouts.js', file('payouts.js'))]));
}

function readOneFileBuilds(): Map<string, string> {
  if (!existsSync(CDN)) throw new Error('The one-file builds are not there: npm run build makes them.');
  const names = readdirSync(CDN).filter((name) => name.endsWith('.js'));
  return new Map(names.map((name) => [name, readFileSync(new URL(name, CDN), 'utf8')]));
}

/** Plain pages behind Express, with the one-file builds held to their hashes. */
export async function serveApp({ port, upstream, quiet }: AppOptions, assets: Assets): Promise<ServedApp> {
  const merchant = openMerchant({ publicUrl: `http://localhost:${port}`, upstream, quiet });
  const policy = contentSecurityPolicy(upstream);
  const tagFor = (name: string) => {
    const path = `/assets/lesspay/${name}.js`;
    return new Html(scriptTag(path, assets.get(path)?.body ?? ''));
  };
  const frames = {
    ...frame('Plain pages · Express', upstream, PAGES),
    checkoutScript: tagFor('lesspay-checkout'),
    statusScript: tagFor('lesspay-payment-status'),
    allScript: tagFor('lesspay-elements'),
  };

  const app = express();
  app.disable('x-powered-by');
  // Before any body parser: webhooks are verified over the bytes as they came.
  app.use(toNodeListener(merchant.proxy));

  app.get('/assets/*path', (request, response) => {
    const found = assets.get(request.path);
    if (found) response.type(found.type).send(found.body);
    else response.sendStatus(404);
  });

  const visit = (request: Request, response: Response): string => {
    const { session, cookies } = merchant.visitor(request.headers.cookie, request.path);
    for (const cookie of cookies) response.append('Set-Cookie', cookie);
    return session;
  };
  const send = (response: Response, page: string, values: Record<string, Html | string>) =>
    response
      .set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' })
      .type('html')
      .send(fill(file(page), { ...frames, ...values }));

  app.get('/', (request, response) => {
    visit(request, response);
    send(response, 'index.html', { products: html`${PRODUCTS.map(product)}` });
  });
  app.post('/orders', urlencoded({ extended: false }), (request, response) => {
    const { product: id } = request.body as Record<string, unknown>;
    const reference = merchant.buy(visit(request, response), String(id));
    response.redirect(303, reference ? `/checkout/${reference}` : '/');
  });
  for (const page of ['checkout', 'order']) {
    app.get(`/${page}/:reference`, (request, response) => {
      const order = merchant.orders.find(request.params.reference, visit(request, response));
      if (order) send(response, `${page}.html`, orderValues(order));
      else response.status(404).type('text').send('There is no such order.');
    });
  }
  app.get('/payouts', (request, response) => {
    visit(request, response);
    send(response, 'payouts.html', { payees: html`${merchant.payees().map(payee)}` });
  });

  const server = app.listen(port, 'localhost');
  await once(server, 'listening');
  return {
    merchant,
    pages: PAGES,
    async close() {
      await merchant.proxy.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function product({ id, name, kind, about, priceCents }: (typeof PRODUCTS)[number]): Html {
  return html`<li class="product">
    <div class="plate plate-${id}">${picture(id)}</div>
    <h2>${name}</h2>
    <p class="kind">${kind}</p>
    <p class="about">${about}</p>
    <div class="buy">
      <span class="price">${price(priceCents)}</span>
      <button class="button quiet" name="product" value="${id}">
        Order<span class="visually-hidden"> ${name}</span>
      </button>
    </div>
  </li>`;
}

function payee(due: PayeeView): Html {
  return html`<li>
    <span class="detail-who"
      ><strong>${due.recipient.holderName}</strong> <span class="soft small">${due.why}</span></span
    >
    <span class="figure">${due.price}</span>
    <button class="button quiet" data-payee="${JSON.stringify(due)}" ${due.requestId !== undefined && html`disabled`}>
      Pay<span class="visually-hidden"> ${due.recipient.holderName}</span>
    </button>
  </li>`;
}
