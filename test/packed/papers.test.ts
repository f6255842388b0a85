import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const about = json('package.json') as {
  name: string;
  version: string;
  dependencies: Record<string, string>;
  exports: Record<string, unknown>;
};
const scripts = readdirSync('dist/cdn', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
const hash = (file: string, encoding: 'hex' | 'base64') =>
  createHash('sha384')
    .update(readFileSync(join('dist/cdn', file)))
    .digest(encoding);

interface Bill {
  metadata: { component: { purl: string } };
  components: {
    type: string;
    name: string;
    group?: string;
    version: string;
    'bom-ref': string;
    hashes: { alg: string; content: string }[];
    licenses: { license: { id: string } }[];
  }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

interface Inventory {
  scripts: {
    file: string;
    purpose: string;
    bytes: number;
    integrity: string;
    loads: string[];
    connectsTo: string[];
    contains: string[];
  }[];
}

describe('the bill of materials', () => {
  const bill = json('dist/sbom.cdx.json') as Bill;

  it('is valid by the schema of CycloneDX 1.6', async () => {
    const require = createRequire(resolve('test/consumer/package.json'));
    const { Validation, Spec } = require('@cyclonedx/cyclonedx-library') as {
      Validation: { JsonStrictValidator: new (version: string) => { validate(text: string): Promise<unknown> } };
      Spec: { Version: { v1dot6: string } };
    };
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    assert.equal(await validator.validate(readFileSync('dist/sbom.cdx.json', 'utf8')), null);
    assert.notEqual(await validator.validate(JSON.stringify({ ...bill, components: [{ name: 'no type' }] })), null);
  });

  it('names what the package depends on, at first hand and through others, as it is installed here', () => {
    assert.equal(bill.metadata.component.purl, `pkg:npm/${about.name}@${about.version}`);
    const libraries = bill.components.filter(({ type }) => type === 'library');
    const names = libraries.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));
    for (const name of [...Object.keys(about.dependencies), 'lit-html', '@lit/reactive-element', 'lit-element']) {
      assert.ok(names.includes(name), name);
    }
    for (const [index, { version, licenses, hashes }] of libraries.entries()) {
      const own = json(`node_modules/${names[index]}/package.json`) as { version: string; license: string };
      assert.deepEqual([version, licenses[0]?.license.id], [own.version, own.license], names[index]);
      assert.match(hashes[0]?.content ?? '', /^[0-9a-f]{128}$/);
    }
  });

  it('leads from every part to parts that it has', () => {
    const refs = new Set([bill.metadata.component.purl, ...bill.components.map((component) => component['bom-ref'])]);
    for (const { ref, dependsOn } of bill.dependencies) {
      for (const name of [ref, ...dependsOn]) assert.ok(refs.has(name), name);
    }
    assert.equal(bill.dependencies.length, refs.size);
  });

  it('has each one-file build with its hash and the packages in it', () => {
    for (const file of scripts) {
      const found = bill.components.find(({ name }) => name === `dist/cdn/${file}`);
      assert.deepEqual(found?.hashes, [{ alg: 'SHA-384', content: hash(file, 'hex') }], file);
    }
    const button = bill.dependencies.find(({ ref }) => ref.endsWith('#dist/cdn/lesspay-checkout.js'));
    assert.ok(button?.dependsOn.some((ref) => ref.startsWith('pkg:npm/lit-html@')));
  });
});

describe('the script inventory', () => {
  const { scripts: entries } = json('dist/cdn/script-inventory.json') as Inventory;
  const page = readFileSync('dist/cdn/script-inventory.md', 'utf8');

  it('has a purpose and the right hash for every script, as the hashes for tags have', () => {
    const integrity = json('dist/cdn/integrity.json') as Record<string, string>;
    assert.deepEqual(entries.map(({ file }) => file).sort(), [...scripts].sort());
    assert.deepEqual(Object.keys(integrity).sort(), [...scripts].sort());
    for (const entry of entries) {
      assert.equal(entry.integrity, `sha384-${hash(entry.file, 'base64')}`, entry.file);
      assert.equal(integrity[entry.file], entry.integrity, entry.file);
      assert.ok(entry.purpose.length > 20, entry.file);
      assert.ok(page.includes(`| \`${entry.file}\` | ${entry.purpose} | \`${entry.integrity}\` |`), entry.file);
    }
  });

  it('names every file that a script loads, by what stands in the script', () => {
    for (const { file, loads } of entries) {
      const code = readFileSync(join('dist/cdn', file), 'utf8');
      const named = [...code.matchAll(/["']\.\/([\w.-]+\.js)["']/g)].map(([, part = '']) => join(dirname(file), part));
      assert.deepEqual(loads, [...new Set(named)].sort(), file);
    }
    assert.ok(entries.some(({ loads }) => loads.length > 0));
  });

  it('tells the hosts that a script could call: none', () => {
    for (const file of scripts) {
      const hosts = [...readFileSync(join('dist/cdn', file), 'utf8').matchAll(/\b(?:https?|wss?):\/\/([\w.-]+)/g)];
      const foreign = hosts.map(([, host = '']) => host).filter((host) => host !== 'www.w3.org');
      assert.deepEqual(foreign, [], file);
    }
  });
});

describe('the licences beside the one-file builds', () => {
  const text = readFileSync('dist/cdn/LICENSES.txt', 'utf8');
  const { scripts: entries } = json('dist/cdn/script-inventory.json') as Inventory;

  it('are those of this package and of every package in a script, whole', () => {
    const inside = new Set(entries.flatMap(({ contains }) => contains));
    assert.ok(inside.size > 3);
    for (const found of inside) {
      const [, name = '', version = ''] = /^(.+)@(.+)$/.exec(found) ?? [];
      assert.ok(text.includes(`\n${name} ${version} (`), found);
      assert.ok(text.includes(readFileSync(`node_modules/${name}/LICENSE`, 'utf8').trim()), found);
    }
    assert.ok(text.startsWith(`${about.name} ${about.version} (MIT)`));
    assert.match(text, /Redistribution and use in source and binary forms/);
  });

  it('are where every script says', () => {
    for (const file of scripts) {
      const [, place = ''] =
        /^(?:\/\/#.*\n)?\/\*! .*? see (\S+) \*\//.exec(readFileSync(join('dist/cdn', file), 'utf8')) ?? [];
      assert.ok(existsSync(join('dist/cdn', place)) && place.endsWith('.txt'), file);
    }
  });
});

describe('llms.txt', () => {
  const text = readFileSync('dist/llms.txt', 'utf8');

  it('names every page and every entry of the package, each link leading somewhere', () => {
    for (const [, link = ''] of text.matchAll(/\]\(([^)]+)\)/g)) assert.ok(existsSync(join('dist', link)), link);
    const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
    for (const page of pages) assert.ok(text.includes(`](../docs/${page}): `), page);
    for (const page of readdirSync('dist/docs')) assert.ok(text.includes(`](docs/${page}): `), page);
    for (const entry of Object.keys(about.exports).filter((name) => about.exports[name] !== null)) {
      assert.ok(text.includes(`\`${about.name}${entry.slice(1)}\``), entry);
    }
  });

  it('has the shape that llmstxt.org describes', () => {
    assert.match(text, /^# \S+\n\n> .+\n\n[^#]+\n\n## /);
    for (const [, sentence = ''] of text.matchAll(/^- \[[^\]]+\]\([^)]+\): (.*)$/gm)) {
      assert.match(sentence, /^[\p{L}`*"].{10,}[.…)]$/u);
    }
  });
});
