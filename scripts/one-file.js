import { resolve } from 'node:path';
import { minify } from 'terser';
import { build } from 'vite';
import { compileTemplatesPlugin } from './compile-templates.js';
import { slimLitPlugin } from './slim-lit.js';

/** Members that only Lit itself knows; those by which the copies of Lit on a page know each other keep their names. */
const LIT_PRIVATE = /^_\$(?!lit|cssResult)/;

/**
 * Builds a script that holds everything it needs, Lit included, as small as it gets. What an element imports only when it
 * is used becomes a file beside it, `{name}.{part}.js`, which takes Lit from the first: a page has one Lit.
 *
 * @param {{ name: string, input: string, directives: boolean, splits?: boolean, banner?: string, vite?: import('vite').InlineConfig }} of
 * - `directives`: whether Lit's are used; `splits`: whether such parts become files of their own.
 * @returns {Promise<{ files: Map<string, string>, packages: Set<string> }>} The code by file name, and the npm packages in it.
 */
export async function buildOneFile({ name, input, directives, splits = true, banner = '', vite = {} }) {
  const built = await build({
    ...vite,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: input, formats: ['es'], fileName: () => `${name}.js` },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true, codeSplitting: splits, chunkFileNames: `${name}.[name].js` },
      },
    },
    plugins: [...(vite.plugins ?? []), compileTemplatesPlugin(), slimLitPlugin({ directives })],
  });
  const files = new Map();
  const packages = new Set();
  // One set of names, for the parts share the first one's Lit and styles.
  let litNames = {};
  const customProperties = new Map();
  const shortName = (property) => {
    if (!customProperties.has(property)) customProperties.set(property, `--_${customProperties.size.toString(36)}`);
    return customProperties.get(property);
  };
  for (const chunk of [built].flat().flatMap(({ output }) => output)) {
    for (const id of Object.keys(chunk.modules ?? {})) {
      const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id);
      if (found) packages.add(found[1]);
    }
    // Terser on top of vite's own minifier makes them 1.5 % smaller, which matters for a button of 9 kB.
    const nameCache = { props: litNames };
    const { code } = await minify(chunk.code, {
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
      format: { comments: false, preamble: banner },
    });
    litNames = nameCache.props;
    files.set(chunk.fileName, code.replace(/--_[a-z-]+/g, shortName));
  }
  return { files, packages };
}

/** What makes the file of a language that registers itself, for pages with one-file builds. */
export function selfRegistering(lang) {
  const input = `virtual:${lang}`;
  const name = lang.replace('-', '');
  const code = `
    import { registerLocale } from '${resolve('dist/elements/register-locale.js')}';
    import { ${name} } from '${resolve(`dist/locales/${lang}.js`)}';
    registerLocale('${lang}', ${name});`;
  const plugin = {
    name: 'self-registering',
    // Vite takes the entry for a file in the working directory.
    resolveId: (id) => (id.endsWith(input) ? input : undefined),
    load: (id) => (id === input ? code : undefined),
  };
  return { name: `locales/${lang}`, input, vite: { plugins: [plugin] } };
}
