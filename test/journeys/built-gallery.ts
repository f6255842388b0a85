import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Browser } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { galleryRoutes } from '../../demo/server/gallery.ts';
import { createPages } from '../../demo/server/pages.ts';
import config from '../../vite.config.ts';
import { keepDefinitions } from './running-page.ts';
import { launch, type VisitTo, visitsTo } from './visit.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = 'demo/gallery.html';

/** The gallery alone, built as a merchant builds a page, and a browser in front of it. */
export interface BuiltGallery {
  origin: string;
  browser: Browser;
  visit: VisitTo;
  close(): Promise<void>;
}

/** Builds the gallery in memory: its states are opened so often that a development server's many modules would cost minutes. */
export async function runGallery(): Promise<BuiltGallery> {
  const { output } = (await build({
    root: ROOT,
    resolve: config.resolve ?? {},
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [{ name: 'keep-definitions', transform: keepDefinitions }],
    build: {
      write: false,
      reportCompressedSize: false,
      // The page's policy allows no data URLs.
      assetsInlineLimit: 0,
      target: 'es2022',
      rolldownOptions: { input: `${ROOT}${PAGE}` },
    },
  })) as Rolldown.RolldownOutput;
  const files = new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]));

  const app = express();
  app.use(galleryRoutes(createPages({ mode: 'sandbox' }, () => Promise.resolve(String(files.get(PAGE))))));
  app.use('/themes', express.static(`${ROOT}themes`, { maxAge: '1h' }));
  app.get('/assets/:name', (request, response) => {
    const file = files.get(`assets/${request.params.name}`);
    if (file === undefined) response.status(404).end();
    else response.set('Cache-Control', 'max-age=3600, immutable').type(request.params.name).send(Buffer.from(file));
  });
  const server = createServer(app as unknown as Parameters<typeof createServer>[1]);
  await once(server.listen(0, 'localhost'), 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const browser = await launch();
  return {
    origin,
    browser,
    visit: visitsTo(browser, origin),
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
