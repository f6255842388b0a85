import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frameworkFiles } from '../../scripts/framework-types.js';

const MANIFEST = {
  modules: [
    {
      declarations: [
        {
          tagName: 'x-payee',
          name: 'Payee',
          description: 'A payee.',
          attributes: [
            {
              name: 'name-check',
              fieldName: 'nameCheck',
              type: { text: "'off' | 'on'" },
              description: 'Whether to ask.',
            },
            { name: 'payout', fieldName: 'payout', type: { text: 'boolean' }, description: 'Whether to pay.' },
          ],
          members: [
            { kind: 'field', name: 'nameCheck', type: { text: "'off' | 'on'" }, description: 'Whether to ask.' },
            { kind: 'field', name: 'payout', type: { text: 'boolean' }, description: 'Whether to pay.' },
            { kind: 'field', name: 'status', readonly: true, description: 'Where it stands.' },
            { kind: 'field', name: 'load', static: true, description: 'Of the class.' },
            { kind: 'method', name: 'submit', description: 'Pays.' },
          ],
          events: [{ name: 'x-paid', type: { text: 'PaidEvent' }, description: 'It was paid.' }],
          slots: [{ name: '', description: 'Below.' }],
          cssParts: [{ name: 'row', description: 'A row.' }],
          cssProperties: [{ name: '--x-accent', description: 'The accent.' }],
          cssStates: [{ name: 'paid', description: 'After it was paid.' }],
        },
        { name: 'NoElement', description: 'A class.' },
      ],
    },
  ],
};

describe('what frameworks and editors take from the manifest', () => {
  const files = frameworkFiles(MANIFEST, { name: 'payees', version: '1.2.3' });
  const text = (file: string): string => files.get(file) ?? assert.fail(`${file} was not written`);

  it('gives frameworks what can be set, and not what only is read, called or of the class', () => {
    for (const framework of ['react', 'vue', 'svelte']) {
      const types = text(`frameworks/${framework}.d.ts`);
      assert.match(types, /'x-payee': /);
      assert.match(types, /'nameCheck' \| 'payout',/);
      assert.match(types, /'name-check'\?: Payee\['nameCheck'\] \| undefined;/);
      assert.match(types, /PayeeEventMap/);
      assert.doesNotMatch(types, /'(?:status|load|submit)'|NoElement/);
    }
  });

  it('gives React 18 attributes only, and no boolean that would be written as the text "false"', () => {
    const types = text('frameworks/react-18.d.ts');
    assert.match(types, /'payout'\?: '' \| undefined;/);
    assert.match(types, /'name-check'\?: Text<Payee\['nameCheck'\]> \| undefined;/);
    assert.doesNotMatch(types, /EventMap/);
  });

  it('brings modules that do nothing beside the types', () => {
    for (const entry of ['react', 'react-18', 'vue', 'svelte']) {
      assert.match(text(`frameworks/${entry}.js`), /^\/\/.*\nexport \{\};\n$/);
    }
  });

  it('gives VS Code tags, attributes with their words, and custom properties', () => {
    const [tag] = (JSON.parse(text('vscode.html-custom-data.json')) as { tags: Record<string, unknown>[] }).tags;
    assert.equal(tag?.name, 'x-payee');
    assert.match(JSON.stringify(tag.description), /x-paid.*It was paid.*\(default\).*row.*paid/);
    assert.deepEqual(tag.attributes, [
      {
        name: 'name-check',
        description: { kind: 'markdown', value: 'Whether to ask.' },
        values: [{ name: 'off' }, { name: 'on' }],
      },
      { name: 'payout', description: { kind: 'markdown', value: 'Whether to pay.' }, valueSet: 'v' },
    ]);
    assert.match(text('vscode.css-custom-data.json'), /"--x-accent"/);
  });

  it('gives JetBrains web-types of the same name and version', () => {
    const types = JSON.parse(text('web-types.json')) as Record<string, unknown>;
    assert.deepEqual([types.name, types.version], ['payees', '1.2.3']);
    const contents = JSON.stringify(types.contributions);
    for (const word of ['x-payee', 'nameCheck', 'x-paid', 'row', '--x-accent'])
      assert.ok(contents.includes(word), word);
    assert.doesNotMatch(contents, /"status"|"submit"/);
  });
});
