import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxOptions } from 'lesspay-elements/sandbox';
import { loadEnv, type Plugin, type ViteDevServer } from 'vite';
import type { createDemo, Demo } from './main.ts';
import { readSettings, type Environment, type Settings } from './settings.ts';

/** What tests reach through the plugin: the running demo, once the server listens. */
export interface DemoApi {
  started: Promise<Demo>;
}

export interface DemoPluginOptions {
  /** Instead of the process's environment. */
  env?: Environment;
  /** For tests: other timings of the sandbox. */
  sandbox?: Pick<SandboxOptions, 'reviewDelayMs' | 'settleDelayMs'>;
  /** For tests: no log lines. */
  quiet?: boolean;
}

/** Runs the merchant's server inside Vite's. The server's code goes through Vite too, so nothing has to be built. */
export function demo(options: DemoPluginOptions = {}): Plugin<DemoApi> {
  let resolve: (demo: Demo) => void;
  let reject: (reason: unknown) => void;
  const started = new Promise<Demo>((...settle) => ([resolve, reject] = settle));
  return {
    name: 'lesspay-demo',
    apply: 'serve',
    api: { started },
    configureServer(server) {
      const env = options.env ?? loadEnv(server.config.mode, server.config.root, ['LESSPAY_', 'LEANX_', 'PUBLIC_URL']);
      const read = readSettings(env);
      if (!read.ok) exit(read.problems);
      started.catch(() => undefined);

      // Callback URLs need the port, and Vite takes the next free one: so the merchant's server starts after Vite's.
      server.httpServer?.once('listening', () => {
        start(server, read.settings, options).then(resolve, (error: unknown) => {
          reject(error);
          server.ssrFixStacktrace(error as Error);
          exit([(error as Error).message]);
        });
      });
      server.middlewares.use((request, response, next) => {
        started.then(({ handle }) => handle(request, response, next), next);
      });
      server.printUrls = () => {
        started.then(
          ({ urls }) => urls.forEach(([name, url]) => server.config.logger.info(`  ${name.padEnd(18)} ${url}`)),
          () => undefined,
        );
      };
    },
  };
}

async function start(server: ViteDevServer, settings: Settings, options: DemoPluginOptions): Promise<Demo> {
  const address = server.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error('The demo needs a TCP port.');
  const { createDemo: create } = (await server.ssrLoadModule('/demo/server/main.ts')) as {
    createDemo: typeof createDemo;
  };
  return create({
    origin: `http://localhost:${address.port}`,
    settings,
    ...options,
    readPage: async (file, url) =>
      server.transformIndexHtml(`/${file}`, await readFile(join(server.config.root, file), 'utf8'), url),
  });
}

function exit(problems: readonly string[]): never {
  for (const problem of problems) console.error(`lesspay-elements demo: ${problem}`);
  process.exit(1);
}
