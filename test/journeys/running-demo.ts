import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from 'lesspay-elements/sandbox';
import express, { type RequestHandler } from 'express';
import type { Browser } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { createDemo, type Demo } from '../../demo/server/main.ts';
import config from '../../vite.config.ts';
import { keepDefinitions } from './running-page.ts';
import { launch, type VisitTo, visitsTo } from './visit.ts';

/** The demo on a free port, its pages built as a merchant's are, and a browser in front of it. */
export interface RunningDemo {
  origin: string;
  demo: Demo;
  sandbox: Sandbox;
  browser: Browser;
  /** The modules of which the pages' scripts are made. */
  modules: readonly string[];
  visit: VisitTo;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the pages in memory: a development server hands out every module by itself, which takes minutes over many visits. */
async function buildPages(): Promise<{ files: ReadonlyMap<string, string | Uint8Array>; modules: string[] }> {
  const pages = readdirSync(`${ROOT}demo`).filter((file) => file.endsWith('.html'));
  const { output } = (await build({
    root: ROOT,
    configFile: false,
    resolve: config.resolve ?? {},
    publicDir: false,
    logLevel: 'warn',
    plugins: [{ name: 'keep-definitions', transform: keepDefinitions }],
    build: {
      write: false,
      reportCompressedSize: false,
      // The pages' policy allows no data URLs.
      assetsInlineLimit: 0,
      target: 'es2022',
      rolldownOptions: { input: ['index.html', ...pages.map((file) => `demo/${file}`)].map((file) => ROOT + file) },
    },
  })) as Rolldown.RolldownOutput;
  return {
    files: new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source])),
    modules: output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])),
  };
}

export async function runDemo(): Promise<RunningDemo> {
  const { files, modules } = await buildPages();
  const app = express();
  const assets = express.Router();
  assets.use('/themes', express.static(`${ROOT}themes`, { maxAge: '1h' }));
  assets.get('/demo/riders.csv', (_request, response) => response.sendFile(`${ROOT}demo/riders.csv`));
  assets.get('/assets/:name', (request, response) => {
    const file = files.get(`assets/${request.params.name}`);
    if (file === undefined) response.status(404).end();
    else response.set('Cache-Control', 'max-age=3600, immutable').type(request.params.name).send(Buffer.from(file));
  });

  // Express's types do not say that an app is a listener.
  const server = createServer(app as unknown as RequestListener);
  await once(server.listen(0, 'localhost'), 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const demo = createDemo({
    origin,
    settings: { mode: 'sandbox' },
    readPage: (file) => Promise.resolve(String(files.get(file))),
    // Nothing settles by itself: the tests say when.
    sandbox: { reviewDelayMs: undefined, settleDelayMs: 3_600_000 },
    quiet: true,
  });
  const { sandbox } = demo;
  if (!sandbox) throw new Error('The demo runs without its sandbox.');
  app.use(demo.handle as unknown as RequestHandler, assets);
  // Playwright switches the cache off that a shopper's Back comes out of.
  const browser = await launch({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });

  return {
    origin,
    demo,
    sandbox,
    browser,
    modules,
    visit: visitsTo(browser, origin),
    async close() {
      await browser.close();
      sandbox.control.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
