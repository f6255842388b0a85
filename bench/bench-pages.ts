import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
// @ts-expect-error -- A script of this project, without types.
import { ensureChromium } from '../scripts/browsers.js';

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.html': 'text/html' };

/** Pages in a browser, built as a shop would ship them: minified, with Lit's production build. */
export interface BenchPages {
  browser: Browser;
  /** Each page is at `{origin}/{name}.html`. */
  origin: string;
  close: () => Promise<void>;
}

/** Builds a page for each script, serves them and opens a browser. */
export async function openBenchPages(bench: string, scripts: Readonly<Record<string, string>>): Promise<BenchPages> {
  const folder = `.cache/bench-${bench}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const input: Record<string, string> = {};
  for (const [name, script] of Object.entries(scripts)) {
    const file = resolve(folder, `${name}.html`);
    writeFileSync(join(folder, `${name}.ts`), script);
    writeFileSync(
      file,
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><main></main><script type="module" src="./${name}.ts"></script></html>`,
    );
    input[name] = file;
  }
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    build: {
      outDir: 'out',
      target: 'es2022',
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: { input },
    },
  });
  const server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const [extension = ''] = /\.\w+$/.exec(path) ?? [];
    readFile(join(folder, 'out', path)).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extension] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: (ensureChromium as () => string)(),
    args: ['--no-sandbox'],
  });
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { browser, origin: `http://127.0.0.1:${port}`, close };
}
