/**
 * Builds dist/: plain modules and their types by tsc, the one-file builds with everything inside by vite, the custom
 * elements manifest with what frameworks and editors take from it, the hashes for subresource integrity, and the reference.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { frameworkFiles } from './framework-types.js';
import { licencesOf } from './licences.js';
import { llmsText } from './llms.js';
import { buildOneFile, selfRegistering } from './one-file.js';
import { billOfMaterials } from './sbom.js';
import { loadedBy, scriptInventory } from './script-inventory.js';
import { integrityOf, scriptTag } from './script-tag.js';

const about = JSON.parse(readFileSync('package.json', 'utf8'));
const { name, version, dependencies } = about;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

rmSync('dist', { recursive: true, force: true });
rmSync('.cache/tsc', { recursive: true, force: true });
run('npx', 'tsc', '-b', 'tsconfig/neutral.json', 'tsconfig/browser.json', 'tsconfig/server.json');
chmodSync('dist/cli/main.js', 0o755);

const banner = `/*! ${name} ${version} | MIT, see LICENSES.txt */`;
/**
 * Which functions are compiled with a script: all of the small ones of a shopper's page, most of which run at the start;
 * of a form's 400 only half do, and the others would be 70 kB of heap. None where it is not known what is shown first.
 */
const EAGER = {
  'lesspay-checkout': 'all',
  'lesspay-payment-status': 'all',
  'lesspay-recipient-form': 'form',
};

// From the published modules, so that package.json's sideEffects are put to the test as well.
const entries = { 'lesspay-elements': 'dist/define.js' };
for (const file of readdirSync('src/define')) {
  const tag = basename(file, '.ts');
  entries[tag] = `dist/define/${tag}.js`;
}

/** The one-file builds, with what they load and the packages whose code ended up in them. */
const scripts = [];
mkdirSync('dist/cdn/locales', { recursive: true });

async function buildForPages(options) {
  const { files, maps, packages } = await buildOneFile({ ...options, banner });
  for (const [file, code] of files) {
    const bytes = Buffer.from(code);
    writeFileSync(join('dist/cdn', file), bytes);
    writeFileSync(join('dist/cdn', `${file}.map`), maps.get(file));
    scripts.push({ file, code: bytes, loads: loadedBy(file, code), packages: packages.get(file) });
    console.log(`dist/cdn/${file}: ${bytes.length} B, ${brotliCompressSync(bytes).length} B brotli`);
  }
}

for (const [name, input] of Object.entries(entries)) {
  await buildForPages({
    name,
    input,
    directives: /elements|batch/.test(name),
    eager: EAGER[name],
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
const integrity = Object.fromEntries(scripts.map(({ file, code }) => [file, integrityOf(code)]));
writeFileSync('dist/cdn/integrity.json', `${JSON.stringify(integrity, undefined, 2)}\n`);
writeFileSync('dist/cdn/LICENSES.txt', licencesOf({ about, scripts }));
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(billOfMaterials({ about, lock, scripts }), undefined, 2)}\n`);

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
const inventory = scriptInventory({ about, lock, manifest, scripts });
writeFileSync('dist/cdn/script-inventory.json', inventory.json);
writeFileSync('dist/cdn/script-inventory.md', inventory.markdown);
run(process.execPath, 'scripts/reference.js');
const pages = ['docs', 'dist/docs'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((page) => `${folder}/${page}`),
);
const markdown = [
  'README.md',
  ...pages.filter((page) => page.endsWith('.md')).sort(),
  'ACCESSIBILITY.md',
  'CHANGELOG.md',
];
writeFileSync('dist/llms.txt', llmsText({ about, manifest, pages: markdown }));

for (const dependency of scripts.flatMap(({ packages }) => [...packages])) {
  if (!(dependency in dependencies) && !/^(@lit|lit-|@lit-labs)/.test(dependency)) {
    console.error(`${dependency} is bundled but is not a dependency of the package.`);
    process.exit(1);
  }
}
