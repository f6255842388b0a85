import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Sandbox } from 'lesspay-elements/sandbox';
import { createServer } from 'vite';
import type { Demo } from '../../demo/server/main.ts';
import { demo } from '../../demo/server/vite-plugin.ts';
import config from '../../vite.config.ts';

/** The demo as `npm start` runs it, on a free port, and a browser in front of it. */
export interface RunningDemo {
  origin: string;
  demo: Demo;
  sandbox: Sandbox;
  browser: Browser;
  /** A new person: own cookies, no cache. What the page reports as wrong is collected in `complaints`. */
  visit(path: string, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Uncaught errors and refusals of the page's security policy. */
  complaints: string[];
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

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
  const executablePath = process.env.CHROME_PATH ?? CHROMIUM.find(existsSync);
  if (!running?.sandbox || executablePath === undefined)
    throw new Error('The demo did not start, or there is no Chromium.');
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: false,
    // Playwright switches the cache off that a shopper's Back comes out of.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const { origin } = running;

  return {
    origin,
    demo: running,
    sandbox: running.sandbox,
    browser,
    async visit(path, options) {
      const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-PH', ...options });
      context.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      const listen = (page: Page) => {
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('console', (message) => {
          if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
        });
      };
      context.on('page', listen);
      const page = await context.newPage();
      await page.goto(origin + path);
      return { page, context, complaints };
    },
    async close() {
      await browser.close();
      running.sandbox?.control.close();
      await server.close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}
