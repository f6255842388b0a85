import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core';

/** A person on a page. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Uncaught errors and refusals of the page's security policy. */
  complaints: string[];
}

/** Brings a new person to a path: own cookies, no cache. */
export type VisitTo = (path: string, options?: BrowserContextOptions) => Promise<Visit>;

/** How people visit what `origin` serves; what their pages report as wrong is collected in `complaints`. */
export function visitsTo(browser: Browser, origin: string): VisitTo {
  return async (path, options) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-PH', ...options });
    context.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    context.on('page', (page) => {
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
      });
    });
    const page = await context.newPage();
    await page.goto(origin + path);
    return { page, context, complaints };
  };
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the Chromium of this machine. */
export async function launch(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH ?? CHROMIUM.find(existsSync);
  if (executablePath === undefined) throw new Error('There is no Chromium.');
  return chromium.launch({ executablePath, chromiumSandbox: false, ...options });
}
