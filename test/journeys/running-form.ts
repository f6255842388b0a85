import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createSigningProxy, memoryStore, type SigningProxyOptions } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { createSandbox, type Sandbox, toNodeListener as sandboxListener } from 'lesspay-elements/sandbox';
import { build } from 'vite';
import { SANDBOX } from '../../demo/server/sandbox-credentials.ts';
import config from '../../vite.config.ts';

type Routes = NonNullable<SigningProxyOptions['payout']>['routes'];

/** A page that holds nothing but the recipient form, a proxy for it with the sandbox behind, and a browser in front. */
export interface RunningForm {
  origin: string;
  sandbox: Sandbox;
  /** A new person on the page; `attributes` are those of the form, `lang` and `dir` those of the page. */
  visit(attributes: Readonly<Record<string, string>>, options?: FormVisitOptions): Promise<FormVisit>;
  close(): Promise<void>;
}

export interface FormVisitOptions extends BrowserContextOptions {
  lang?: string;
  dir?: string;
}

export interface FormVisit {
  page: Page;
  context: BrowserContext;
  /** Uncaught errors and refusals of the page's security policy. */
  complaints: string[];
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** The strictest policy that the elements promise to run under. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html";
const STYLES = `
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
  main { max-width: 40rem; margin-inline: auto; }
`;

/** Mounts a proxy for each entry of `proxies` at its path, with these payout routes. */
export async function runForm(proxies: Readonly<Record<string, Routes>> = { '/lesspay': [] }): Promise<RunningForm> {
  const script = await bundle();
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const environment = { baseUrl: `${origin}/sandbox` };
  const sandbox = createSandbox({ ...SANDBOX, baseUrl: environment.baseUrl });
  const serveSandbox = sandboxListener(sandbox);
  const silent = () => undefined;
  const serveProxies = Object.entries(proxies).map(([basePath, routes]) => {
    const proxy = createSigningProxy({
      lesspay: { ...SANDBOX.lesspay, environment },
      leanx: { ...SANDBOX.leanx, environment },
      publicUrl: origin,
      basePath,
      store: memoryStore(),
      logger: { info: silent, warn: silent, error: silent },
      payout: { authorize: () => ({ id: 'operator' }), routes },
    });
    return [`${basePath}/`, toNodeListener(proxy)] as const;
  });
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const proxy = serveProxies.find(([path]) => url.pathname.startsWith(path));
    const send = (type: string, body: string) => {
      response
        .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY })
        .end(body);
    };
    if (proxy) proxy[1](request, response);
    else if (url.pathname.startsWith('/sandbox/')) serveSandbox(request, response);
    else if (url.pathname === '/page.js') send('text/javascript', script);
    else if (url.pathname === '/page.css') send('text/css', STYLES);
    else if (url.pathname === '/') send('text/html', pageOf(url.searchParams));
    else response.writeHead(404).end();
  });
  const browser = await launch();

  return {
    origin,
    sandbox,
    async visit(attributes, { lang = 'en', dir = 'ltr', ...options } = {}) {
      const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-PH', ...options });
      context.setDefaultTimeout(5_000);
      const complaints: string[] = [];
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
      });
      await page.goto(`${origin}/?${new URLSearchParams({ ...attributes, ':lang': lang, ':dir': dir }).toString()}`);
      await page.locator('lesspay-recipient-form [part=field]').first().waitFor();
      return { page, context, complaints };
    },
    async close() {
      await browser.close();
      sandbox.control.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** The page's script in one file, through the package's public names. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    resolve: config.resolve ?? {},
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      // package.json names the side effects of what is published, not of the sources.
      rolldownOptions: { treeshake: false, input: fileURLToPath(new URL('recipient-page.ts', import.meta.url)) },
    },
  });
  for (const { output } of [built].flat() as { output: { type: string; code?: string }[] }[]) {
    for (const file of output) if (file.type === 'chunk' && file.code !== undefined) return file.code;
  }
  throw new Error('The page has no script.');
}

function pageOf(query: URLSearchParams): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const attributes = [...query]
    .filter(([name]) => /^[a-z-]+$/.test(name))
    .map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<!doctype html>
<html lang="${escaped(query.get(':lang') ?? 'en')}" dir="${escaped(query.get(':dir') ?? 'ltr')}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Payout</title>
    <link rel="stylesheet" href="/page.css" />
    <script type="module" src="/page.js"></script>
  </head>
  <body>
    <main>
      <h1>Payout</h1>
      <form><lesspay-recipient-form${attributes.join('')}></lesspay-recipient-form></form>
    </main>
  </body>
</html>`;
}

async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH ?? CHROMIUM.find(existsSync);
  if (executablePath === undefined) throw new Error('There is no Chromium.');
  return chromium.launch({ executablePath, chromiumSandbox: false });
}
