import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/**
 * Packs a process of a campaign into one file: processes that are killed all the time start five times faster from it than
 * from the sources. The package is taken by its public names.
 */
export async function bundle(file: string, folder: string): Promise<string> {
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const name = file.replace(/^.*\/|\.ts$/g, '');
  await build({
    configFile: false,
    logLevel: 'warn',
    resolve: {
      alias: [
        { find: /^lesspay-elements\/(proxy|sandbox)$/, replacement: source('$1/index.ts') },
        { find: /^lesspay-elements\/proxy\/node$/, replacement: source('proxy/node.ts') },
        { find: /^lesspay-elements\/proxy\/(redis|postgres)$/, replacement: source('proxy/store/$1.ts') },
      ],
    },
    ssr: { noExternal: true, external: ['pg-native'] },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
  });
  return `${folder}/${name}.mjs`;
}
