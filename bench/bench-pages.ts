import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { build, type Plugin } from 'vite';
// @ts-expect-error -- A script of this project, without types.
import { ensureChromium } from '../scripts/browsers.js';
import { servePages, type PageServer } from './page-server.ts';
import { PEERS, whyMissing } from './peers.ts';

const REASON_CHARACTERS = 300;

/** A page of a bench: its script is built as a shop would build it, or is a one-file build as it is published. */
export interface BenchPage {
  /** Its folder in the server's addresses. */
  id: string;
  /** What stands in <main>. */
  markup?: string;
  /** The source of the module that the page loads. */
  script?: string;
  /** A one-file build of dist/cdn instead. */
  oneFile?: string;
  /** Packages of bench/peers that the script imports. */
  packages?: readonly string[];
  /** An expression of the page, true once all that it shows is in its place. */
  shown?: string;
}

/** Pages in a browser, built as a shop would ship them: minified, with the production builds of what is in them. */
export interface BenchPages {
  browser: Browser;
  /** Each page is at `{origin}/{id}/index.html`, the timed one at `{origin}/timed/{id}/index.html`. */
  server: PageServer;
  /** By page, why it could not be built. */
  failed: ReadonlyMap<string, string>;
  close: () => Promise<void>;
}

const documentOf = (id: string, markup: string, script: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${id}</title><link rel="icon" href="data:,">${script}</head><body><main>${markup}</main></body></html>`;

/** What a page imports by a package's name is found among the peers. */
function amongPeers(): Plugin {
  return {
    name: 'among-peers',
    enforce: 'pre',
    resolveId(id, importer) {
      if (/^[./]/.test(id) || !importer?.endsWith('/page.ts')) return null;
      return this.resolve(id, resolve(PEERS, 'package.json'), { skipSelf: true });
    },
  };
}

async function buildPage(page: BenchPage, folder: string): Promise<void> {
  const { id, markup = '', script, oneFile, packages } = page;
  mkdirSync(folder, { recursive: true });
  if (oneFile !== undefined) {
    for (const file of readdirSync('dist/cdn')) {
      if (file.startsWith(`${oneFile}.`)) copyFileSync(join('dist/cdn', file), join(folder, file));
    }
    if (!existsSync(join(folder, `${oneFile}.js`))) throw new Error(`dist/cdn/${oneFile}.js is missing.`);
    writeFileSync(
      join(folder, 'index.html'),
      documentOf(id, markup, `<script type="module" src="./${oneFile}.js"></script>`),
    );
    return;
  }
  if (script === undefined) {
    writeFileSync(join(folder, 'index.html'), documentOf(id, markup, ''));
    return;
  }
  const missing = whyMissing(packages ?? []);
  if (missing !== undefined) throw new Error(missing);
  const source = join(folder, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'page.ts'), script);
  writeFileSync(join(source, 'index.html'), documentOf(id, markup, `<script type="module" src="./page.ts"></script>`));
  // One build each: what two pages share must not become a third file.
  await build({
    configFile: false,
    root: source,
    base: './',
    logLevel: 'silent',
    plugins: packages ? [amongPeers()] : [],
    build: { outDir: resolve(folder), target: 'es2022', emptyOutDir: false, modulePreload: false },
  });
}

/**
 * What a timed page does first: it asks, from the start of its script on, whether all is shown, and marks the moments under the
 * number that its address has after `#`.
 */
const timer = (shown: string): string => `<script>{
  const mark = (moment) => performance.mark('bench ' + location.hash + ' ' + moment);
  mark('parsed');
  const turn = new MessageChannel();
  let started = false;
  let done;
  turn.port1.onmessage = () => {
    if (!(${shown})) { turn.port2.postMessage(0); return; }
    mark('shown');
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => { mark('usable'); done(performance.now()); };
      painted.port2.postMessage(0);
    });
  };
  globalThis.bench = {
    usable: new Promise((resolve) => { done = resolve; }),
    start() {
      if (started) return;
      started = true;
      mark('started');
      turn.port2.postMessage(0);
    },
  };
}</script>`;

/** Builds the pages, serves them and opens a browser that reaches nothing but them. */
export async function openBenchPages(bench: string, pages: readonly BenchPage[]): Promise<BenchPages> {
  const folder = `.cache/bench-${bench}`;
  rmSync(folder, { recursive: true, force: true });
  const failed = new Map<string, string>();
  for (const page of pages) {
    try {
      await buildPage(page, join(folder, page.id));
    } catch (error) {
      const text = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
      failed.set(page.id, text.replace(/\s+/g, ' ').slice(0, REASON_CHARACTERS));
    }
  }
  const shown = new Map(pages.map((page) => [page.id, page.shown ?? 'true']));
  const server = await servePages(folder, (id) => timer(shown.get(basename(id)) ?? 'true'));
  const browser = await chromium.launch({
    executablePath: (ensureChromium as () => string)(),
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  return {
    browser,
    server,
    failed,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
