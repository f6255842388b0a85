import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { minify } from 'terser';
import { build } from 'vite';
import { compileTemplatesPlugin } from './compile-templates.js';
import { COMPILE_HINT, eagerEdits, FORM_MODULES } from './eager-functions.js';
import { slimLitPlugin } from './slim-lit.js';
import { editMapped } from './source-map.js';

/** Members that only Lit itself knows; those by which the copies of Lit on a page know each other keep their names. */
const LIT_PRIVATE = /^_\$(?!lit|cssResult)/;

/** Lets the maps lead past the published modules, ours and Lit's, to the sources that these were made from. */
const PUBLISHED_MAPS = {
  name: 'published-maps',
  load(id) {
    if (!id.endsWith('.js') || !existsSync(`${id}.map`)) return undefined;
    const map = JSON.parse(readFileSync(`${id}.map`, 'utf8'));
    const sourcesContent = map.sources.map(
      (source, index) => map.sourcesContent?.[index] ?? readFileSync(resolve(dirname(id), source), 'utf8'),
    );
    return { code: readFileSync(id, 'utf8'), map: { ...map, sourcesContent } };
  },
};

/** The sources of a map, named by the package that they are in and not by where it was built. */
function withPlainSources(map, fileName) {
  const plain = (source) => {
    const path = resolve('dist', dirname(fileName), source);
    const found = path.lastIndexOf('/node_modules/');
    return found === -1 ? `lesspay-elements/${relative('.', path)}` : path.slice(found + '/node_modules/'.length);
  };
  return { ...map, sources: map.sources.map(plain) };
}

/**
 * Builds a script that holds everything it needs, Lit included, as small as it gets. What an element imports only when it
 * is used becomes a file beside it, `{name}.{part}.js`, which takes Lit from the first: a page has one Lit.
 *
 * @param {{ name: string, input: string, directives: boolean, eager?: 'all' | 'form', splits?: boolean, banner?: string, vite?: import('vite').InlineConfig }} of
 * - `directives`: whether Lit's are used; `eager`: which functions are compiled with the script, all or what a form starts with;
 *   `splits`: whether such parts become files of their own.
 * @returns {Promise<{ files: Map<string, string>, maps: Map<string, string>, packages: Map<string, Set<string>> }>} By file
 *   name, the code, its source map and the npm packages in it.
 */
export async function buildOneFile({ name, input, directives, eager, splits = true, banner = '', vite = {} }) {
  const built = await build({
    ...vite,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      sourcemap: true,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: input, formats: ['es'], fileName: () => `${name}.js` },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true, codeSplitting: splits, chunkFileNames: `${name}.[name].js` },
      },
    },
    plugins: [PUBLISHED_MAPS, ...(vite.plugins ?? []), compileTemplatesPlugin(), slimLitPlugin({ directives })],
  });
  const files = new Map();
  const maps = new Map();
  const packages = new Map();
  // One set of names, for the parts share the first one's Lit and styles.
  let litNames = {};
  const customProperties = new Map();
  const shortName = (property) => {
    if (!customProperties.has(property)) customProperties.set(property, `--_${customProperties.size.toString(36)}`);
    return customProperties.get(property);
  };
  const preamble = [eager === 'all' && COMPILE_HINT, banner].filter(Boolean).join('\n');
  const chunks = [built].flat().flatMap(({ output }) => output.filter(({ type }) => type === 'chunk'));
  for (const chunk of chunks) {
    const found = Object.keys(chunk.modules).map((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1]);
    packages.set(chunk.fileName, new Set(found.filter(Boolean)));
    // Terser on top of vite's own minifier makes them 1.5 % smaller, which matters for a button of 9 kB.
    const nameCache = { props: litNames };
    const minified = await minify(chunk.code, {
      module: true,
      ecma: 2022,
      compress: {
        passes: 3,
        keep_fargs: false,
        pure_getters: true,
        unsafe_arrows: true,
        unsafe_methods: true,
        hoist_funs: true,
      },
      mangle: { properties: { regex: LIT_PRIVATE } },
      nameCache,
      format: { comments: false, preamble },
      sourceMap: { content: chunk.map, includeSources: true, asObject: true },
    });
    litNames = nameCache.props;
    const sourceMap = withPlainSources(minified.map, chunk.fileName);
    const renamed = [...minified.code.matchAll(/--_[a-z-]+/g)].map(({ 0: property, index }) => ({
      from: index,
      to: index + property.length,
      text: shortName(property),
    }));
    const wrapped = eager === 'form' ? eagerEdits(minified.code, sourceMap, FORM_MODULES) : [];
    const edits = [...renamed, ...wrapped].sort((one, other) => one.from - other.from);
    const { code, map } = editMapped(minified.code, sourceMap, edits);
    maps.set(chunk.fileName, JSON.stringify({ ...map, file: basename(chunk.fileName) }));
    files.set(chunk.fileName, `${code}\n//# sourceMappingURL=${basename(chunk.fileName)}.map`);
  }
  return { files, maps, packages };
}

/** What makes the file of a language that registers itself, for pages with one-file builds. */
export function selfRegistering(lang) {
  const input = `virtual:${lang}`;
  const name = lang.replace('-', '');
  const code = `import { registerLocale } from './elements/register-locale.js';
import { ${name} } from './locales/${lang}.js';
registerLocale('${lang}', ${name});
`;
  const plugin = {
    name: 'self-registering',
    resolveId(id, importer) {
      // Vite takes the entry for a file in the working directory.
      if (id.endsWith(input)) return input;
      return importer === input ? resolve('dist', id) : undefined;
    },
    load: (id) => (id === input ? code : undefined),
  };
  return { name: `locales/${lang}`, input, vite: { plugins: [plugin] } };
}
