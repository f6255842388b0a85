import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Stranger, stranger } from './stranger.ts';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, unknown> };
const named = (folder: string, extension: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => basename(file, extension));
/** What the stars of `exports` stand for, by the sources. */
const STARS: Record<string, string[]> = {
  './define/*': named('src/define', '.ts'),
  './locales/*': named('src/locales', '.ts'),
  './themes/*.css': named('themes', '.css'),
};
const entries = Object.keys(exports)
  .filter((entry) => exports[entry] !== null)
  .flatMap((entry) => STARS[entry]?.map((star) => entry.replace('*', star)) ?? [entry]);
const modules = entries.filter((entry) => !/\.(?:css|json)$/.test(entry));
const isRegistering = (entry: string) => entry.startsWith('./define');
const specifier = (entry: string) => `lesspay-elements${entry.slice(1)}`;
const TAGS = STARS['./define/*'] ?? [];

describe('the packed package in an empty folder', { timeout: 300_000 }, () => {
  let at: Stranger;
  before(async () => {
    at = stranger();
    await at.run('npm', 'install', 'lesspay-elements');
  });
  after(() => at.leave());

  /** What a module of that folder prints as JSON, under plain Node. */
  async function answerOf(code: string): Promise<unknown> {
    writeFileSync(join(at.folder, 'ask.mjs'), code);
    return JSON.parse(await at.run(process.execPath, 'ask.mjs'));
  }
  const REGISTERED = `${JSON.stringify(TAGS)}.filter((tag) => globalThis.customElements?.get(tag))`;

  it('has no star in its exports that this test does not know', () => {
    assert.deepEqual(
      entries.filter((entry) => entry.includes('*')),
      [],
    );
    assert.ok(TAGS.length > 5 && modules.length > 30, `${modules.length} modules`);
  });

  it('is imported by plain Node, every entry but the registering ones, and registers nothing', async () => {
    const quiet = modules.filter((entry) => !isRegistering(entry)).map(specifier);
    const answer = await answerOf(`
      const sizes = {};
      for (const entry of ${JSON.stringify(quiet)}) sizes[entry] = Object.keys(await import(entry)).length;
      console.log(JSON.stringify({ sizes, registered: ${REGISTERED} }));`);
    const { sizes, registered } = answer as { sizes: Record<string, number>; registered: string[] };
    assert.deepEqual(registered, []);
    // The entries for frameworks are types alone.
    const empty = Object.keys(sizes).filter((entry) => sizes[entry] === 0);
    assert.deepEqual(
      empty.sort(),
      ['react', 'react-18', 'svelte', 'vue'].map((name) => `lesspay-elements/${name}`),
    );
  });

  it('registers one element by its own entry, and all of them by the one for all', async () => {
    for (const tag of TAGS) {
      const registered = await answerOf(
        `await import('lesspay-elements/define/${tag}'); console.log(JSON.stringify(${REGISTERED}));`,
      );
      // The form shows a list of banks once it has one to show.
      assert.deepEqual(registered, [tag]);
    }
    const all = await answerOf(`await import('lesspay-elements/define'); console.log(JSON.stringify(${REGISTERED}));`);
    assert.deepEqual(all, TAGS);
  });

  it('gives style sheets and JSON by their entries, and nothing that is not an entry', async () => {
    const files = entries.filter((entry) => !modules.includes(entry)).map(specifier);
    const hidden = [
      'lesspay-elements/dist/index.js',
      'lesspay-elements/src/index.ts',
      'lesspay-elements/locales/en/checkout',
    ];
    const answer = await answerOf(`
      import { readFileSync } from 'node:fs';
      const sizes = ${JSON.stringify(files)}.map((entry) => readFileSync(new URL(import.meta.resolve(entry))).length);
      const codes = [];
      for (const entry of ${JSON.stringify(hidden)}) await import(entry).catch(({ code }) => codes.push(code));
      console.log(JSON.stringify({ sizes, codes }));`);
    const { sizes, codes } = answer as { sizes: number[]; codes: string[] };
    assert.ok(sizes.length >= 5 && sizes.every((size) => size > 100), sizes.join());
    assert.deepEqual(
      codes,
      hidden.map(() => 'ERR_PACKAGE_PATH_NOT_EXPORTED'),
    );
  });

  it('has a command that tells how it is used', async () => {
    assert.match(await at.run('npx', 'lesspay-elements', '--help'), /sandbox[\s\S]*doctor/);
  });
});
