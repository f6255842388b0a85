import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, type SandboxOptions, toNodeListener } from 'lesspay-elements/sandbox';
import { createDemoSandbox } from '../server/payments.ts';
import type { ServeApp, ServedApp } from './app.ts';
import type { Assets } from './assets.ts';

/** An application with its sandbox. */
export interface RunningApp extends ServedApp {
  origin: string;
  /** Where the sandbox is. */
  upstream: string;
  sandbox: Sandbox;
}

interface App {
  serveApp: ServeApp;
  /** The files for the browser. `oneFileBuilds` are those of dist/cdn, or their like. */
  buildAssets(oneFileBuilds?: ReadonlyMap<string, string>): Promise<Assets>;
}

/** The applications by name. */
export const APPS: Record<string, () => Promise<App>> = {
  plain: () => import('./plain/server.ts'),
  react: () => import('./react/server.ts'),
  vue: () => import('./vue/server.ts'),
  next: () => import('./next/server.ts'),
};

export interface StartOptions {
  /** A free one by default. */
  port?: number | undefined;
  quiet?: boolean;
  /** Other timings of the sandbox. */
  sandbox?: Pick<SandboxOptions, 'reviewDelayMs' | 'settleDelayMs'>;
  /** The one-file builds by file name; by default those in dist/cdn. */
  oneFileBuilds?: ReadonlyMap<string, string>;
}

/** Starts an application and, on a port of its own as an upstream would be, the sandbox. */
export async function startApp(name: string, options: StartOptions = {}): Promise<RunningApp> {
  const { quiet = false, port = await freePort(), sandbox: timings } = options;
  const app = await APPS[name]?.();
  if (!app) throw new Error(`There is no application "${name}": choose from ${Object.keys(APPS).join(', ')}.`);
  const origin = `http://localhost:${port}`;
  const assets = await app.buildAssets(options.oneFileBuilds);

  const server = createServer();
  const upstream = `http://localhost:${await listen(server)}`;
  const sandbox = createDemoSandbox({ origin, settings: { mode: 'sandbox' }, upstream }, timings);
  if (!sandbox) throw new Error('The sandbox did not start.');
  server.on('request', toNodeListener(sandbox));

  const served = await app.serveApp({ port, upstream, quiet }, assets);
  return {
    ...served,
    origin,
    upstream,
    sandbox,
    async close() {
      await served.close();
      sandbox.control.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The shop's address is part of its settings, so it has to be known before its server listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((done) => server.close(done));
  return port;
}
