import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { TARBALL } from '../../scripts/pack.js';

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

const modules = filesOf('src').map((file) => file.replace(/\.ts$/, ''));
const tags = filesOf('src/define').map((file) => basename(file, '.ts'));
const languages = readdirSync('src/locales')
  .filter((file) => /^(?!en\.)[\w-]+\.ts$/.test(file))
  .map((file) => basename(file, '.ts'));
const scripts = [...tags, 'lesspay-elements', ...languages.map((language) => `locales/${language}`)];

/** Every file that the package has, and no other. */
const ALLOWED = new Set([
  'package.json',
  'README.md',
  'LICENSE',
  'ACCESSIBILITY.md',
  'CHANGELOG.md',
  ...filesOf('docs').map((file) => `docs/${file}`),
  ...['elements', 'events', 'errors'].map((page) => `dist/docs/${page}.md`),
  ...readdirSync('themes').map((file) => `themes/${file}`),
  ...modules.map((module) => `src/${module}.ts`),
  ...modules.flatMap((module) => ['js', 'js.map', 'd.ts', 'd.ts.map'].map((end) => `dist/${module}.${end}`)),
  ...['react', 'react-18', 'vue', 'svelte'].flatMap((framework) => [
    `dist/frameworks/${framework}.js`,
    `dist/frameworks/${framework}.d.ts`,
  ]),
  ...['custom-elements.json', 'web-types.json', 'vscode.html-custom-data.json', 'vscode.css-custom-data.json'].map(
    (file) => `dist/${file}`,
  ),
  'dist/sbom.cdx.json',
  'dist/llms.txt',
  ...scripts.flatMap((script) => [`dist/cdn/${script}.js`, `dist/cdn/${script}.js.map`]),
  ...['integrity.json', 'script-tags.html', 'script-inventory.json', 'script-inventory.md', 'LICENSES.txt'].map(
    (file) => `dist/cdn/${file}`,
  ),
]);
/** What an element loads when it is used. */
const PART = new RegExp(`^dist/cdn/(?:${[...tags, 'lesspay-elements'].join('|')})\\.[a-z-]+\\.js(?:\\.map)?$`);

/** What a secret looks like, whoever's it is. */
const SECRETS = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY/,
  'a key of AWS': /\bAKIA[0-9A-Z]{16}\b/,
  'a token of GitHub or npm': /\b(?:gh[pousr]|npm)_[A-Za-z0-9]{30,}/,
  'a token of a package registry': /_authToken\s*=/,
  'a key of a payment platform': /\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,}/,
  'a JWT': /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}/,
};
/** A path of the machine that built it. */
const PLACES = new RegExp(
  [...new Set([resolve('.'), homedir(), tmpdir()])]
    .map((path) => `${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}/`)
    .concat('/home/\\w+/', '/Users/\\w+/', '[A-Z]:\\\\\\\\?Users', 'file:///')
    .join('|'),
);

const PACKED_LIMIT = 3_300_000;
const UNPACKED_LIMIT = 12_000_000;

describe('the tarball', () => {
  let folder = '';
  let files: string[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lesspay-elements-'));
    execFileSync('tar', ['-xzf', TARBALL, '-C', folder]);
    files = filesOf(join(folder, 'package'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const read = (file: string): string => readFileSync(join(folder, 'package', file), 'utf8');

  it('holds every file of the list and nothing else', () => {
    assert.deepEqual(
      files.filter((file) => !ALLOWED.has(file) && !PART.test(file)),
      [],
      'more than is allowed',
    );
    assert.deepEqual(
      [...ALLOWED].filter((file) => !files.includes(file)),
      [],
      'less than is expected',
    );
  });

  it('is small enough to be installed without a thought', () => {
    const packed = statSync(TARBALL).size;
    const unpacked = files.reduce((sum, file) => sum + statSync(join(folder, 'package', file)).size, 0);
    assert.ok(packed < PACKED_LIMIT, `${packed} B packed`);
    assert.ok(unpacked < UNPACKED_LIMIT, `${unpacked} B unpacked`);
  });

  it('names no path of the machine that built it', () => {
    const found = files.flatMap((file) => {
      const [place] = PLACES.exec(read(file)) ?? [];
      return place === undefined ? [] : [`${file}: ${place}`];
    });
    assert.deepEqual(found, []);
    assert.match(`at ${resolve('src/index.ts')}`, PLACES);
  });

  it('holds no secret', () => {
    const found = files.flatMap((file) =>
      Object.entries(SECRETS)
        .filter(([, pattern]) => pattern.test(read(file)))
        .map(([what]) => `${file}: ${what}`),
    );
    assert.deepEqual(found, []);
    assert.match('-----BEGIN EC PRIVATE KEY-----', SECRETS['a private key']);
  });

  it('has maps whose sources are in it or in the map', () => {
    const maps = files.filter((file) => file.endsWith('.map'));
    assert.ok(maps.length > 500);
    for (const file of maps) {
      const { sources, sourcesContent } = JSON.parse(read(file)) as { sources: string[]; sourcesContent?: string[] };
      assert.ok(sources.length > 0, file);
      for (const [index, source] of sources.entries()) {
        const isInside = (sourcesContent?.[index] ?? '') !== '';
        assert.ok(isInside || files.includes(normalize(join(dirname(file), source))), `${source} of ${file}`);
      }
    }
  });

  it('has a map for every script and declaration that was made from a source, named by it', () => {
    const made = files.filter((file) => /^dist\/(?!frameworks).*\.(?:js|d\.ts)$/.test(file));
    for (const file of made) {
      const [, map = 'none'] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(read(file)) ?? [];
      assert.equal(map, `${basename(file)}.map`, file);
    }
  });

  it('asks the browser, before anything else, to compile the scripts of a shopper’s page as they come in', () => {
    const hinted = files.filter(
      (file) => file.endsWith('.js') && read(file).startsWith('//# allFunctionsCalledOnLoad\n'),
    );
    assert.deepEqual(hinted.sort(), ['dist/cdn/lesspay-checkout.js', 'dist/cdn/lesspay-payment-status.js']);
  });

  it('lets a reader follow every link of its pages', () => {
    const pages = files.filter((file) => file.endsWith('.md') || file === 'dist/llms.txt');
    assert.ok(pages.length > 10);
    for (const page of pages.filter((file) => !file.startsWith('dist/cdn/'))) {
      const text = read(page).replace(/^```[\s\S]*?^```$|`[^`\n]*`/gm, '');
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
        assert.ok(files.includes(normalize(join(dirname(page), link))), `${link} of ${page}`);
      }
    }
  });
});
