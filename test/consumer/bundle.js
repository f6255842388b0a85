/**
 * Bundles a page's script as a user of one of the four bundlers does: `node bundle.js <bundler> <entry> <folder> [split]`.
 * The first file is `page.js` in the folder; the modules of which something is left are printed as JSON. With `split`, what
 * is imported later becomes files of its own, also where a bundler leaves that to its user.
 */
import { join } from 'node:path';

const [bundler, entry, folder, split] = process.argv.slice(2);

/** Of Rollup's and Vite's chunks: their modules with what is left of them. */
const leftIn = (chunks) =>
  chunks
    .flatMap(({ modules = {} }) => Object.entries(modules))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([id]) => id);

const BUNDLERS = {
  async vite() {
    const { build } = await import('vite');
    const { output } = await build({
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: {
        outDir: folder,
        emptyOutDir: true,
        rolldownOptions: { input: entry, output: { entryFileNames: 'page.js', chunkFileNames: '[name].js' } },
      },
    });
    return leftIn(output);
  },
  async rollup() {
    const { rollup } = await import('rollup');
    const { default: nodeResolve } = await import('@rollup/plugin-node-resolve');
    const { default: commonjs } = await import('@rollup/plugin-commonjs');
    const complaints = [];
    const onwarn = ({ message }) => complaints.push(message);
    const bundle = await rollup({ input: entry, plugins: [nodeResolve({ browser: true }), commonjs()], onwarn });
    const { output } = await bundle.write({ dir: folder, format: 'es', entryFileNames: 'page.js' });
    if (complaints.length) throw new Error(complaints.join('\n'));
    return leftIn(output);
  },
  async esbuild() {
    const { build } = await import('esbuild');
    const { metafile } = await build({
      entryPoints: { page: entry },
      outdir: folder,
      bundle: true,
      splitting: split === 'split',
      minify: true,
      format: 'esm',
      metafile: true,
      logLevel: 'warning',
    });
    return Object.values(metafile.outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([id]) => id);
  },
  async webpack() {
    const { default: webpack } = await import('webpack');
    const compiler = webpack({
      mode: 'production',
      entry: { page: entry },
      output: { path: folder, filename: '[name].js', module: true, clean: true },
      experiments: { outputModule: true },
      performance: false,
    });
    const stats = await new Promise((done, failed) => {
      compiler.run((error, result) => (error ? failed(error) : done(result)));
    });
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'));
    const { chunks, chunkGraph } = stats.compilation;
    return [...chunks]
      .flatMap((chunk) => [...chunkGraph.getChunkModulesIterable(chunk)])
      .flatMap((module) => module.modules ?? [module])
      .flatMap(({ resource }) => resource ?? []);
  },
};

const left = await BUNDLERS[bundler]();
console.log(
  JSON.stringify(
    left.map((id) =>
      id.includes('node_modules/')
        ? id.slice(id.lastIndexOf('node_modules/') + 13)
        : join('page', id.split('/').at(-1)),
    ),
  ),
);
