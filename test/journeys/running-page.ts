import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createSigningProxy, memoryStore, type SigningProxyOptions } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { createSandbox, type Sandbox, toNodeListener as sandboxListener } from 'lesspay-elements/sandbox';
import { SANDBOX } from '../../demo/server/sandbox-credentials.ts';
// @ts-expect-error -- A script of this project, without types.
import { buildOneFile } from '../../scripts/one-file.js';
import { scriptTag } from '../../scripts/script-tag.js';
import config from '../../vite.config.ts';
import { launch } from './visit.ts';

type BuildOneFile = (of: object) => Promise<{ files: ReadonlyMap<string, string> }>;

/** A page with nothing but an element, a proxy for it with the sandbox behind, and a browser in front. */
export interface RunningPage {
  origin: string;
  scripts: PageOptions['scripts'];
  sandbox: Sandbox;
  /** A new person on the page; `query` is what the page is asked for. */
  visit(query: Readonly<Record<string, string>>, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Uncaught errors and refusals of the page's security policy. */
  complaints: string[];
  /** What the page asked for, of whomever, by whatever means: `GET http://localhost/`. */
  calls: string[];
}

export interface PageOptions {
  /** The page's script and its parts by file name. */
  scripts: ReadonlyMap<string, string>;
  /** What stands in the page's `main`. */
  body: (query: URLSearchParams) => string;
  /** A proxy for each path, with these options. */
  proxies?: Readonly<Record<string, Pick<SigningProxyOptions, 'payin' | 'payout'>>>;
}

/** The strictest policy that the elements promise to run under. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html";
const STYLES = `
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
  main { max-width: 40rem; margin-inline: auto; }
`;

/** Builds a script of this folder or of the sources as the one-file builds are, through the package's public names. */
export async function buildScripts(
  name: string,
  path: string,
  directives = false,
): Promise<ReadonlyMap<string, string>> {
  const { files } = await (buildOneFile as BuildOneFile)({
    name,
    input: fileURLToPath(new URL(path, import.meta.url)),
    directives,
    eager: 'form',
    vite: {
      resolve: config.resolve,
      // package.json names the side effects of what is published, not of the sources.
      plugins: [{ name: 'keep-definitions', transform: keepDefinitions }],
    },
  });
  return files;
}

/** Tells a build that the modules that define elements are there for what they do. */
export function keepDefinitions(code: string, id: string) {
  return id.includes('/define/') ? { code, map: null, moduleSideEffects: true } : undefined;
}

/** Serves the page under the strict policy, its script held to its hash. */
export async function runPage({ scripts, body, proxies = {} }: PageOptions): Promise<RunningPage> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const environment = { baseUrl: `${origin}/sandbox` };
  const sandbox = createSandbox({ ...SANDBOX, baseUrl: environment.baseUrl });
  const serveSandbox = sandboxListener(sandbox);
  const silent = () => undefined;
  const serveProxies = Object.entries(proxies).map(([basePath, options]) => {
    const proxy = createSigningProxy({
      lesspay: { ...SANDBOX.lesspay, environment },
      leanx: { ...SANDBOX.leanx, environment },
      publicUrl: origin,
      basePath,
      store: memoryStore(),
      logger: { info: silent, warn: silent, error: silent },
      ...options,
    });
    return [`${basePath}/`, toNodeListener(proxy)] as const;
  });
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const proxy = serveProxies.find(([path]) => url.pathname.startsWith(path));
    const script = scripts.get(url.pathname.slice(1));
    const send = (type: string, text: string) => {
      response
        .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY })
        .end(text);
    };
    if (proxy) proxy[1](request, response);
    else if (url.pathname.startsWith('/sandbox/')) serveSandbox(request, response);
    else if (script !== undefined) send('text/javascript', script);
    else if (url.pathname === '/page.css') send('text/css', STYLES);
    else if (url.pathname === '/') send('text/html', pageOf(url.searchParams, scripts, body(url.searchParams)));
    else response.writeHead(404).end();
  });
  const browser = await launch();

  return {
    origin,
    scripts,
    sandbox,
    async visit(query, options = {}) {
      const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-PH', ...options });
      context.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      const calls: string[] = [];
      context.on('request', (request) => calls.push(`${request.method()} ${request.url()}`));
      const page = await context.newPage();
      page.on('websocket', (socket) => calls.push(`WEBSOCKET ${socket.url()}`));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (/Content Security Policy|Trusted|integrity/i.test(message.text())) complaints.push(message.text());
      });
      await page.goto(`${origin}/?${new URLSearchParams(query).toString()}`);
      return { page, context, complaints, calls };
    },
    async close() {
      await browser.close();
      sandbox.control.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A text as it stands in HTML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function pageOf(query: URLSearchParams, scripts: PageOptions['scripts'], body: string): string {
  // The parts that are loaded later have a name of two words.
  const [name, script] = [...scripts].find(([file]) => /^[^.]+\.js$/.test(file)) ?? ['', ''];
  return `<!doctype html>
<html lang="${escaped(query.get(':lang') ?? 'en')}" dir="${escaped(query.get(':dir') ?? 'ltr')}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Payout</title>
    <link rel="stylesheet" href="/page.css" />
    ${scriptTag(`/${name}`, script)}
  </head>
  <body>
    <main>
      <h1>Payout</h1>
      ${body}
    </main>
  </body>
</html>`;
}
