import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  elementSurfaces,
  manifestGaps,
  type ElementSurface,
  type ManifestDeclaration,
} from '../../scripts/element-surface.js';
import { referencePages } from '../../scripts/reference.js';
import { blocksOf } from './documented-code.ts';

/** What users rely on, element by element: attributes or properties, and events. */
const PUBLIC: Record<string, { members: string[]; events: string[] }> = {
  'lesspay-checkout': {
    members: ['proxy', 'order', 'amount', 'currency', 'target', 'disabled', 'status', 'start'],
    events: ['lesspay-redirect', 'lesspay-error'],
  },
  'lesspay-payment-status': {
    members: ['proxy', 'requestId', 'status'],
    events: ['lesspay-status', 'lesspay-settled'],
  },
  'lesspay-recipient-form': {
    members: [
      'proxy',
      'currency',
      'country',
      'methods',
      'name',
      'value',
      'disabled',
      'required',
      'payout',
      'fields',
      'submit',
    ],
    events: ['lesspay-change', 'lesspay-submitted', 'lesspay-error'],
  },
  'lesspay-bank-picker': {
    members: ['proxy', 'source', 'country', 'currency', 'name', 'value', 'required'],
    events: ['lesspay-change'],
  },
  'lesspay-payout-batch': {
    members: ['proxy', 'currency', 'step', 'counts', 'total', 'load', 'submit', 'clear'],
    events: ['lesspay-batch-change', 'lesspay-batch-submitted'],
  },
  'lesspay-payout-status': {
    members: ['proxy', 'requestId', 'status', 'settled', 'details', 'check'],
    events: ['lesspay-payout-status', 'lesspay-payout-settled', 'lesspay-error'],
  },
};

describe('the custom elements manifest', () => {
  const folder = `.cache/manifest-${process.pid}`;
  let paths: string[];
  let surfaces: Map<string, ElementSurface>;
  const elements = new Map<string, ManifestDeclaration>();

  before(() => {
    const config = ['--config', 'custom-elements-manifest.config.js', '--outdir', folder, '--quiet'];
    execFileSync('npx', ['cem', 'analyze', ...config], { stdio: ['ignore', 'ignore', 'inherit'] });
    const { modules } = JSON.parse(readFileSync(`${folder}/custom-elements.json`, 'utf8')) as {
      modules: { path: string; declarations?: ManifestDeclaration[] }[];
    };
    for (const declaration of modules.flatMap(({ declarations }) => declarations ?? [])) {
      if (declaration.tagName) elements.set(declaration.tagName, declaration);
    }
    paths = modules.map(({ path }) => path);
    surfaces = elementSurfaces();
  });

  const surfaceOf = (tag: string): ElementSurface => {
    const surface = surfaces.get(tag);
    assert.ok(surface, `<${tag}> has a surface`);
    return surface;
  };
  const declarationOf = (tag: string): ManifestDeclaration => {
    const declaration = elements.get(tag);
    assert.ok(declaration, `<${tag}> is in the manifest`);
    return declaration;
  };

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has every element that can be registered', () => {
    const tags = readdirSync('src/define').map((file) => file.replace(/\.ts$/, ''));
    assert.deepEqual([...elements.keys()].sort(), tags.sort());
    assert.deepEqual(Object.keys(PUBLIC).sort(), tags);
  });

  it('names modules that the package has', () => {
    assert.deepEqual(
      paths.filter((path) => !/^dist\/elements\/[\w-]+\.js$/.test(path)),
      [],
    );
    assert.ok(paths.every((path) => existsSync(path.replace('dist', 'src').replace(/js$/, 'ts'))));
  });

  for (const [tag, { members, events }] of Object.entries(PUBLIC)) {
    it(`keeps what users of <${tag}> rely on`, () => {
      const element = declarationOf(tag);
      assert.ok(element.description, 'a description');
      const names = new Set((element.members ?? []).map(({ name }) => name));
      assert.deepEqual(
        members.filter((name) => !names.has(name)),
        [],
      );
      const fired = (element.events ?? []).map(({ name }) => name);
      assert.deepEqual(
        events.filter((name) => !fired.includes(name)),
        [],
      );
    });

    it(`says everything that the sources of <${tag}> offer, and nothing else`, () => {
      assert.deepEqual(manifestGaps(surfaceOf(tag), declarationOf(tag)), []);
    });

    it(`misses each entry of <${tag}> that is taken away, and each that says nothing`, () => {
      const whole = declarationOf(tag);
      const kinds = ['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'] as const;
      let tried = 0;
      for (const kind of kinds) {
        const entries = (whole[kind] ?? []).filter((entry) => !entry.static);
        for (const entry of entries) {
          const others = entries.filter((other) => other !== entry);
          const { description, ...silent } = entry;
          assert.ok(description);
          assert.match(manifestGaps(surfaceOf(tag), { ...whole, [kind]: others }).join(), /has no entry/);
          const [gap, ...more] = manifestGaps(surfaceOf(tag), { ...whole, [kind]: [...others, silent] });
          assert.match(gap ?? '', /has no description$/);
          assert.deepEqual(more, []);
          tried += 1;
        }
      }
      assert.ok(tried > 30, `${tried} entries`);
    });
  }

  it('is written out in the reference, entry by entry, with links that lead somewhere', () => {
    const pages = referencePages({ modules: [{ declarations: [...elements.values()] }] });
    const text = pages.get('elements.md') ?? '';
    for (const [tag, element] of elements) {
      const own = text.split(/^## /m).find((part) => part.startsWith(`\`<${tag}>\``)) ?? '';
      const { attributes, members, events, slots, cssParts, cssProperties, cssStates } = element;
      const kinds = [attributes, members, events, slots, cssParts, cssProperties, cssStates];
      const rows = kinds.flatMap((entries = []) => entries.filter((entry) => !entry.static));
      for (const { name, kind, description = '' } of rows) {
        const head = name === '' ? '(default)' : `\`${name}${kind === 'method' ? '()' : ''}\``;
        const row = own.split('\n').find((line) => line.startsWith(`| ${head} `)) ?? '';
        assert.ok(row.length > head.length + 10, `${name} of <${tag}>`);
        const words = description.replace(/\s+/g, ' ').replaceAll('|', '\\|');
        assert.ok(own.includes(words), `${name} of <${tag}>: ${words}`);
      }
    }
    for (const [page, markdown] of pages) {
      assert.doesNotMatch(markdown, /undefined \||\[object/, page);
      for (const [, file = ''] of markdown.matchAll(/\]\(([\w./-]+)\)/g)) {
        assert.ok(pages.has(file) || existsSync(join('dist/docs', file)), `${file} of ${page}`);
      }
    }
  });

  it('has every tag, attribute, slot, part, state and custom property that the pages use', () => {
    const names = (entries: { name: string }[] = []) => new Set(entries.map(({ name }) => name));
    const all = [...elements.values()];
    const properties = new Set(all.flatMap(({ cssProperties = [] }) => cssProperties.map(({ name }) => name)));
    const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
    let used = 0;
    for (const page of ['README.md', ...pages.map((name) => `docs/${name}`)]) {
      for (const { language, code } of blocksOf(page)) {
        if (language === 'html') {
          for (const [, tag = '', attributes = ''] of code.matchAll(/<(lesspay-[\w-]+)([^>]*)>/g)) {
            const known = names(declarationOf(tag).attributes);
            for (const [, name = ''] of attributes.matchAll(/(?:^|\s)([\w-]+)(?==|\s|$)/g)) {
              assert.ok(known.has(name) || ['lang', 'dir', 'class', 'id', 'hidden'].includes(name), `${page}: ${name}`);
              used += 1;
            }
            const inside = code.slice(code.indexOf(`<${tag}`)).split(`</${tag}>`)[0] ?? '';
            for (const [, slot = ''] of inside.matchAll(/ slot="([^"]+)"/g)) {
              assert.ok(names(declarationOf(tag).slots).has(slot), `${page}: ${slot}`);
            }
          }
        }
        if (language !== 'css') continue;
        for (const [property] of code.matchAll(/--lesspay-[\w-]+/g)) assert.ok(properties.has(property), property);
        for (const [, tag = '', rest = ''] of code.matchAll(
          /(lesspay-[\w-]+)((?::state\([\w-]+\))*(?:::part\([\w-]+\))?)/g,
        )) {
          if (rest === '') continue;
          const { cssParts, cssStates } = declarationOf(tag);
          for (const [, state = ''] of rest.matchAll(/:state\(([\w-]+)\)/g)) {
            assert.ok(names(cssStates).has(state), `${page}: ${state}`);
          }
          for (const [, part = ''] of rest.matchAll(/::part\(([\w-]+)\)/g)) {
            assert.ok(names(cssParts).has(part), `${page}: ${part}`);
          }
          used += 1;
        }
      }
    }
    assert.ok(used > 25, `${used} uses`);
  });

  it('has every custom property in docs/themes.md, with the value that it has by default', () => {
    const sources = readdirSync('src/elements').map((file) => readFileSync(`src/elements/${file}`, 'utf8'));
    const rows = [
      ...readFileSync('docs/themes.md', 'utf8').matchAll(/^\| `(--lesspay-[\w-]+)` +\|[^|]+\| +([^|]*?) +\|$/gm),
    ];
    const tokens = new Set([...surfaces.values()].flatMap(({ cssProperties }) => [...cssProperties]));
    assert.deepEqual(rows.map(([, name]) => name).sort(), [...tokens].sort());
    for (const [, name = '', value = ''] of rows) {
      const [first, dark] = [...value.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
      const written = dark === undefined ? first : `light-dark(${first}, ${dark})`;
      if (written === undefined) continue;
      const read = (fallback: string) => sources.some((source) => source.includes(`var(${name}, ${fallback})`));
      assert.ok(read(written), `${name}: ${written}`);
    }
  });

  it('sees what is new in the sources: a part, slot, state, event, attribute, method or custom property', () => {
    const copy = `${folder}/copy`;
    mkdirSync(copy, { recursive: true });
    cpSync('src', `${copy}/src`, { recursive: true });
    cpSync('tsconfig', `${copy}/tsconfig`, { recursive: true });
    const change = (file: string, from: string, to: string) => {
      const path = `${copy}/src/elements/${file}`;
      const text = readFileSync(path, 'utf8');
      assert.equal(text.split(from).length, 2, `${file} says once: ${from}`);
      writeFileSync(path, text.replace(from, to));
    };
    change(
      'lesspay-checkout.ts',
      '<span class="spinner">',
      '<slot name="busy"></slot><span part="wheel" class="spinner">',
    );
    change('lesspay-checkout.ts', '    order: {},\n', "    order: {},\n    orderNote: { attribute: 'order-note' },\n");
    change('lesspay-checkout.ts', '  start(): Promise<void> {', '  stop(): void {}\n  start(): Promise<void> {');
    change('lesspay-checkout.ts', '  declare order: string;', '  declare order: string;\n  declare orderNote: string;');
    change('lesspay-checkout.ts', "'redirecting' | 'failed';", "'redirecting' | 'waiting' | 'failed';");
    change('base-styles.ts', 'var(--lesspay-radius, 8px)', 'var(--lesspay-corner, var(--lesspay-radius, 8px))');
    change('field-templates.ts', 'class="hint" part="hint"', 'class="hint" part="hint note"');
    change('payout-review.ts', 'part="review"', "part=${Math.random() > 1 ? 'review' : 'list'}");
    change(
      'lesspay-payout-status.ts',
      'new LesspayPayoutSettledEvent(this.#answer)',
      'new LesspayPayoutStatusEvent(this.#answer)',
    );
    const changed = elementSurfaces({ project: `${copy}/tsconfig/browser.json` });
    const gapsOf = (tag: string): string[] => {
      const surface = changed.get(tag);
      assert.ok(surface);
      return manifestGaps(surface, declarationOf(tag)).sort();
    };
    assert.deepEqual(gapsOf('lesspay-checkout'), [
      'attributes: "order-note" has no entry',
      'cssProperties: "--lesspay-corner" has no entry',
      'methods: "stop" has no entry',
      'parts: "wheel" has no entry',
      'properties: "orderNote" has no entry',
      'slots: "busy" has no entry',
      'states: "waiting" has no entry',
    ]);
    assert.deepEqual(gapsOf('lesspay-recipient-form'), [
      'cssProperties: "--lesspay-corner" has no entry',
      'parts: "list" has no entry',
      'parts: "note" has no entry',
    ]);
    assert.deepEqual(gapsOf('lesspay-payout-status'), [
      'cssProperties: "--lesspay-corner" has no entry',
      'events: "lesspay-payout-settled" is not there',
    ]);
    change('lesspay-bank-picker.ts', 'part="option"', 'part=${this.text}');
    assert.throws(
      () => elementSurfaces({ project: `${copy}/tsconfig/browser.json` }),
      /lesspay-bank-picker\.ts:\d+: no type tells which names this\.text can be/,
    );
  });
});
