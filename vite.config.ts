import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { demo } from './demo/server/vite-plugin.ts';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  appType: 'mpa',
  cacheDir: '.cache/vite',
  plugins: [demo()],
  resolve: {
    // The package's public names, straight from its sources: the demo needs no build.
    alias: [
      { find: /^lesspay-elements$/, replacement: source('index.ts') },
      { find: /^lesspay-elements\/(define|client)$/, replacement: source('$1.ts') },
      { find: /^lesspay-elements\/(define|locales)\/(.+)$/, replacement: source('$1/$2.ts') },
      { find: /^lesspay-elements\/(rules|proxy|sandbox)$/, replacement: source('$1/index.ts') },
      { find: /^lesspay-elements\/proxy\/(.+)$/, replacement: source('proxy/$1.ts') },
    ],
  },
  // All pages, so that the first visit to one does not find a dependency late and load twice.
  optimizeDeps: { entries: ['index.html', 'demo/*.html'] },
});
