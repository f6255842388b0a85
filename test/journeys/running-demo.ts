import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Sandbox } from 'lesspay-elements/sandbox';
import { createServer } from 'vite';
import type { Demo } from '../../demo/server/main.ts';
import { demo } from '../../demo/server/vite-plugin.ts';
import config from '../../vite.config.ts';
import { launch, type VisitTo, visitsTo } from './visit.ts';

/** The demo as `npm start` runs it, on a free port, and a browser in front of it. */
export interface RunningDemo {
  origin: string;
  demo: Demo;
  sandbox: Sandbox;
  browser: Browser;
  visit: VisitTo;
  close(): Promise<void>;
}

export async function runDemo(): Promise<RunningDemo> {
  const plugin = demo({
    env: {},
    // Nothing settles by itself: the tests say when.
    sandbox: { reviewDelayMs: undefined, settleDelayMs: 3_600_000 },
    quiet: true,
  });
  const cacheDir = fileURLToPath(new URL(`../../.cache/journeys-${process.pid}`, import.meta.url));
  const server = await createServer({
    ...config,
    configFile: false,
    root: fileURLToPath(new URL('../../', import.meta.url)),
    plugins: [plugin],
    // Its own, and new: a cache from before would lack what the sources import now.
    cacheDir,
    logLevel: 'error',
    server: { port: 0, strictPort: true, hmr: false, watch: null },
  });
  await server.listen();
  const running = await plugin.api?.started;
  if (!running?.sandbox) throw new Error('The demo did not start.');
  // Playwright switches the cache off that a shopper's Back comes out of.
  const browser = await launch({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const { origin } = running;

  return {
    origin,
    demo: running,
    sandbox: running.sandbox,
    browser,
    visit: visitsTo(browser, origin),
    async close() {
      await browser.close();
      running.sandbox?.control.close();
      await server.close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}
