/**
 * Builds dist/: plain modules and their types by tsc, the one-file builds with everything inside by vite, the custom
 * elements manifest, and the hashes for subresource integrity.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { minify } from 'terser';
import { build } from 'vite';
import { minifyTemplatesPlugin } from './minify-templates.js';
import { slimLitPlugin } from './slim-lit.js';

const { name, version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

rmSync('dist', { recursive: true, force: true });
rmSync('.cache/tsc', { recursive: true, force: true });
run('npx', 'tsc', '-b', 'tsconfig/neutral.json', 'tsconfig/browser.json', 'tsconfig/server.json');
chmodSync('dist/cli/main.js', 0o755);

const banner = `/*! ${name} ${version} | MIT, see THIRD-PARTY-LICENSES.txt */`;
// From the published modules, so that package.json's sideEffects are put to the test as well.
const entries = { 'lesspay-elements': 'dist/define.js' };
for (const file of readdirSync('src/define')) {
  const tag = basename(file, '.ts');
  entries[tag] = `dist/define/${tag}.js`;
}

/** Packages whose code ended up in a one-file build. */
const bundled = new Set();
/** Files that have all of Lit to themselves, so that its private members may have other names in each. */
const complete = new Set();
/** Members that only Lit itself knows; those by which the copies of Lit on a page know each other keep their names. */
const LIT_PRIVATE = /^_\$(?!lit|cssResult)/;
for (const [entry, file] of Object.entries(entries)) {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist/cdn',
      emptyOutDir: false,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: file, formats: ['es'], fileName: () => `${entry}.js` },
      rolldownOptions: {
        // What the elements import only when they are used stays a file of its own beside the build of all elements,
        // and takes Lit from it: a page has one Lit.
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true, codeSplitting: entry === 'lesspay-elements', chunkFileNames: '[name].js' },
      },
    },
    plugins: [
      minifyTemplatesPlugin(),
      slimLitPlugin({ directives: /elements|batch/.test(entry) }),
      {
        name: 'note-bundled-packages',
        generateBundle(_, bundle) {
          const [file, ...more] = Object.keys(bundle);
          if (more.length === 0) complete.add(file);
          for (const chunk of Object.values(bundle)) {
            for (const id of Object.keys(chunk.modules ?? {})) {
              const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id);
              if (found) bundled.add(found[1]);
            }
          }
        },
      },
    ],
  });
}

const licences = [...bundled].sort().map((pkg) => {
  const folder = join('node_modules', pkg);
  const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${pkg} (${license})\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : ''}\n`;
});
writeFileSync('dist/cdn/THIRD-PARTY-LICENSES.txt', licences.join(`\n${'-'.repeat(72)}\n\n`));

const integrity = {};
for (const file of readdirSync('dist/cdn').filter((candidate) => candidate.endsWith('.js'))) {
  const path = join('dist/cdn', file);
  // Terser on top of vite's own minifier makes them 1.5 % smaller, which matters for a button of 10 kB.
  const { code } = await minify(readFileSync(path, 'utf8'), {
    module: true,
    ecma: 2022,
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, unsafe_methods: true, hoist_funs: true },
    mangle: { properties: complete.has(file) && { regex: LIT_PRIVATE } },
    format: { comments: false, preamble: banner },
  });
  writeFileSync(path, code);
  const bytes = Buffer.from(code);
  integrity[file] = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
  console.log(`dist/cdn/${file}: ${bytes.length} B, ${brotliCompressSync(bytes).length} B brotli`);
}
writeFileSync('dist/cdn/integrity.json', `${JSON.stringify(integrity, undefined, 2)}\n`);

mkdirSync('dist', { recursive: true });
run('npx', 'cem', 'analyze', '--config', 'custom-elements-manifest.config.js', '--quiet');
if (!existsSync('dist/custom-elements.json')) {
  console.error('The custom elements manifest was not written.');
  process.exit(1);
}
for (const dependency of bundled) {
  if (!(dependency in dependencies) && !/^(@lit|lit-|@lit-labs)/.test(dependency)) {
    console.error(`${dependency} is bundled but is not a dependency of the package.`);
    process.exit(1);
  }
}
