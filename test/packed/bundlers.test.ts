import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { launch, type Stranger, stranger } from './stranger.ts';

const run = promisify(execFile);
const BUNDLERS = ['vite', 'webpack', 'esbuild', 'rollup'];

/** Pages' scripts, by the name of their file. */
const PAGES = {
  button: "import 'lesspay-elements/define/lesspay-checkout';",
  form: "import 'lesspay-elements/define/lesspay-recipient-form';",
  class: "import { LesspayCheckout } from 'lesspay-elements'; globalThis.Button = LesspayCheckout;",
  nothing: "import 'lesspay-elements'; globalThis.page = true;",
};
type Page = keyof typeof PAGES;
/** What a page with the button alone has no use for. */
const TOO_MUCH =
  /^(?:zod|papaparse|lossless-json|jose|undici)\/|dist\/(?:rules|payouts|proxy|lesspay|leanx|upstream)\/|recipient|batch/;

describe('the packed package', { timeout: 600_000 }, () => {
  let at: Stranger;
  let browser: Browser;
  before(async () => {
    at = stranger();
    await at.run('npm', 'install', 'lesspay-elements');
    for (const [name, code] of Object.entries(PAGES)) writeFileSync(join(at.folder, `${name}.js`), code);
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    await at.leave();
  });

  /** Bundles a page; answers what is left of which modules. */
  async function bundle(bundler: string, page: Page, ...more: 'split'[]): Promise<string[]> {
    const { stdout } = await run(
      process.execPath,
      [
        resolve('test/consumer/bundle.js'),
        bundler,
        join(at.folder, `${page}.js`),
        join(at.folder, 'out', bundler, page),
        ...more,
      ],
      { cwd: at.folder, timeout: 240_000 },
    );
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n[') + 1)) as string[];
  }

  /** Opens a page of this HTML with a bundle's script, for as long as it takes to look at it. */
  async function visit<Seen>(
    bundler: string,
    name: Page,
    html: string,
    look: (page: Awaited<ReturnType<Browser['newPage']>>) => Promise<Seen>,
  ): Promise<Seen> {
    const root = join(at.folder, 'out', bundler, name);
    const server = createServer((request, response) => {
      const path = normalize(request.url ?? '/');
      if (path === '/') {
        const page = `<!doctype html><html lang="en"><title>Pay</title>${html}<script type="module" src="/page.js"></script>`;
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      } else if (path.endsWith('.js')) {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(join(root, path)));
      } else response.writeHead(404).end();
    }).listen(0, 'localhost');
    await once(server, 'listening');
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    try {
      page.setDefaultTimeout(15_000);
      await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
      const seen = await look(page);
      assert.deepEqual(complaints, []);
      return seen;
    } finally {
      await page.close();
      server.close().closeAllConnections();
    }
  }

  for (const bundler of BUNDLERS) {
    it(`bundled by ${bundler} is the button and no form, no zod, no rules, and works in a browser`, async () => {
      const left = await bundle(bundler, 'button');
      assert.ok(left.includes('lesspay-elements/dist/elements/lesspay-checkout.js'), left.join('\n'));
      assert.deepEqual(
        left.filter((id) => TOO_MUCH.test(id)),
        [],
      );
      const html = '<lesspay-checkout order="ORD-1" amount="19.90" currency="PHP"></lesspay-checkout>';
      await visit(bundler, 'button', html, async (page) => {
        await page.getByRole('button', { name: /Pay ₱19\.90/ }).waitFor();
      });
    });

    it(`bundled by ${bundler} is the class alone where a page imports the class`, async () => {
      const left = await bundle(bundler, 'class');
      assert.ok(left.includes('lesspay-elements/dist/elements/lesspay-checkout.js'), left.join('\n'));
      assert.deepEqual(
        left.filter((id) => TOO_MUCH.test(id) || id.includes('dist/define')),
        [],
      );
      const isClass = await visit(bundler, 'class', '<lesspay-checkout></lesspay-checkout>', (page) =>
        page.evaluate(() => 'Button' in globalThis && customElements.get('lesspay-checkout') === undefined),
      );
      assert.equal(isClass, true);
    });

    it(`bundled by ${bundler} is nothing where a page uses nothing of it`, async () => {
      const left = await bundle(bundler, 'nothing');
      assert.deepEqual(
        left.filter((id) => !id.startsWith('page/')),
        [],
      );
    });

    it(`bundled by ${bundler} is the form with its rules, whose parts come when they are used`, async () => {
      const left = await bundle(bundler, 'form', 'split');
      assert.ok(left.some((id) => id.includes('dist/rules/')));
      assert.ok(left.some((id) => TOO_MUCH.test(id)));
      const html = '<lesspay-recipient-form methods="ewallet" currency="PHP" payout></lesspay-recipient-form>';
      await visit(bundler, 'form', html, async (page) => {
        await page.getByRole('radio', { name: 'GCash' }).check();
        await page.getByRole('button', { name: 'Review payout' }).waitFor();
        const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
        assert.ok(scripts.filter((name) => name.endsWith('.js')).length > 1, scripts.join());
      });
    });
  }
});
