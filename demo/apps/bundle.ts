import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';
import config from '../../vite.config.ts';
import { asset, type Asset, type Assets, sharedAssets } from './assets.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What both bundles of an application have in common. The frameworks warn in development only, and are to warn. */
function settings(plugins: Plugin[]): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    publicDir: false,
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    // The package's public names, straight from its sources: the applications need no build of it.
    ...(config.resolve && { resolve: config.resolve }),
    plugins: [{ name: 'keep-definitions', transform: keepDefinitions }, ...plugins],
  };
}

/** package.json names the side effects of what is published, not of the sources. */
function keepDefinitions(code: string, id: string) {
  return id.includes('/src/define') ? { code, moduleSideEffects: true } : undefined;
}

/** Bundles an application's module for the browser, with the styles and pictures that all of them share. */
export async function bundleClient(entry: URL, plugins: Plugin[] = []): Promise<Assets> {
  const built = await build({
    ...settings(plugins),
    base: '/assets/',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      minify: false,
      rolldownOptions: {
        input: { client: fileURLToPath(entry) },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const { output } = built as Rolldown.RolldownOutput;
  const files = output.map((file): [string, Asset] =>
    asset(`/assets/${file.fileName}`, file.type === 'chunk' ? file.code : file.source.toString()),
  );
  return new Map([...sharedAssets(), ...files]);
}

/** Bundles the module that renders an application's pages on the server, and imports it. */
export async function importRenderer<Renderer>(entry: URL, plugins: Plugin[] = []): Promise<Renderer> {
  // Below the package, whose dependencies it imports.
  const outDir = join(ROOT, `.cache/apps-${process.pid}`);
  mkdirSync(outDir, { recursive: true });
  try {
    await build({
      ...settings(plugins),
      build: {
        ssr: fileURLToPath(entry),
        outDir,
        emptyOutDir: true,
        rolldownOptions: { output: { entryFileNames: 'render.mjs' } },
      },
    });
    return (await import(pathToFileURL(join(outDir, 'render.mjs')).href)) as Renderer;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
