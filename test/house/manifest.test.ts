import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

interface Named {
  name: string;
  description?: string;
}

interface Declaration {
  tagName?: string;
  description?: string;
  attributes?: Named[];
  members?: Named[];
  events?: Named[];
  cssParts?: Named[];
}

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
  const elements = new Map<string, Declaration>();

  before(() => {
    const config = ['--config', 'custom-elements-manifest.config.js', '--outdir', folder, '--quiet'];
    execFileSync('npx', ['cem', 'analyze', ...config], { stdio: ['ignore', 'ignore', 'inherit'] });
    const { modules } = JSON.parse(readFileSync(`${folder}/custom-elements.json`, 'utf8')) as {
      modules: { declarations?: Declaration[] }[];
    };
    for (const declaration of modules.flatMap(({ declarations }) => declarations ?? [])) {
      if (declaration.tagName) elements.set(declaration.tagName, declaration);
    }
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has every element that can be registered', () => {
    const tags = readdirSync('src/define').map((file) => file.replace(/\.ts$/, ''));
    assert.deepEqual([...elements.keys()].sort(), tags.sort());
    assert.deepEqual(Object.keys(PUBLIC).sort(), tags);
  });

  for (const [tag, { members, events }] of Object.entries(PUBLIC)) {
    it(`describes <${tag}>: its members, events and parts`, () => {
      const element = elements.get(tag);
      assert.ok(element?.description, 'a description');
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
      assert.ok((element.cssParts ?? []).length > 3);
      for (const part of [...(element.events ?? []), ...(element.cssParts ?? [])]) {
        assert.ok(part.description, `${part.name} says what it is`);
      }
    });
  }
});
