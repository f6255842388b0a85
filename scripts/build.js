/**
 * Builds dist/: plain modules and their types by tsc, the one-file builds with everything inside by vite, the custom
 * elements manifest with what frameworks and editors take from it, and the hashes for subresource integrity.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { frameworkFiles } from './framework-types.js';
import { buildOneFile, selfRegistering } from './one-file.js';
import { integrityOf, scriptTag } from './script-tag.js';

const about = JSON.parse(readFileSync('package.json', 'utf8'));
const { name, version, dependencies } = about;

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
const integrity = {};
mkdirSync('dist/cdn/locales', { recursive: true });

async function buildForPages(options) {
  const { files, packages } = await buildOneFile({ ...options, banner });
  for (const id of packages) bundled.add(id);
  for (const [file, code] of files) {
    const bytes = Buffer.from(code);
    writeFileSync(join('dist/cdn', file), bytes);
    integrity[file] = integrityOf(bytes);
    console.log(`dist/cdn/${file}: ${bytes.length} B, ${brotliCompressSync(bytes).length} B brotli`);
  }
}

for (const [name, input] of Object.entries(entries)) {
  await buildForPages({
    name,
    input,
    directives: /elements|batch/.test(name),
    // A batch is of no use without its desk.
    splits: name !== 'lesspay-payout-batch',
  });
}
for (const lang of readdirSync('src/locales').flatMap((file) => /^([\w-]+)\.ts$/.exec(file)?.[1] ?? [])) {
  // English is inside.
  if (lang !== 'en') await buildForPages({ ...selfRegistering(lang), directives: false, splits: false });
}
const tags = Object.keys(entries).map((name) =>
  scriptTag(`/lesspay-elements/${name}.js`, readFileSync(`dist/cdn/${name}.js`)),
);
writeFileSync('dist/cdn/script-tags.html', `${tags.join('\n')}\n`);
console.log(`\nFor a page, with dist/cdn served at /lesspay-elements:\n\n${tags.join('\n')}\n`);
writeFileSync('dist/cdn/integrity.json', `${JSON.stringify(integrity, undefined, 2)}\n`);

const licences = [...bundled].sort().map((pkg) => {
  const folder = join('node_modules', pkg);
  const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${pkg} (${license})\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : ''}\n`;
});
writeFileSync('dist/cdn/THIRD-PARTY-LICENSES.txt', licences.join(`\n${'-'.repeat(72)}\n\n`));

mkdirSync('dist', { recursive: true });
run('npx', 'cem', 'analyze', '--config', 'custom-elements-manifest.config.js', '--quiet');
if (!existsSync('dist/custom-elements.json')) {
  console.error('The custom elements manifest was not written.');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8'));
for (const [file, text] of frameworkFiles(manifest, about)) {
  mkdirSync(dirname(join('dist', file)), { recursive: true });
  writeFileSync(join('dist', file), text);
}
for (const dependency of bundled) {
  if (!(dependency in dependencies) && !/^(@lit|lit-|@lit-labs)/.test(dependency)) {
    console.error(`${dependency} is bundled but is not a dependency of the package.`);
    process.exit(1);
  }
}
