import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import * as elements from 'lesspay-elements';
import { createElement } from 'react';
import { renderToString as renderReact } from 'react-dom/server';
import { createSSRApp, h } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';

const tags = readdirSync(new URL('../../../src/define', import.meta.url)).map((file) => basename(file, '.ts'));

/** The class of a tag: `lesspay-bank-picker` is `LesspayBankPicker`. */
function classOf(tag: string): { elementProperties: ReadonlyMap<PropertyKey, unknown> } {
  const name = tag.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const found: unknown = (elements as Record<string, unknown>)[name];
  assert.equal(typeof found, 'function', `lesspay-elements has no ${name}`);
  return found as ReturnType<typeof classOf>;
}

/** A value of each kind for each property of an element, in turn. */
function* everyProps(tag: string): Generator<Record<string, unknown>> {
  // Lit lists the properties once the class is defined.
  const names = [...classOf(tag).elementProperties.keys()].map(String);
  assert.ok(names.length > 0, `${tag} has no properties`);
  for (const value of ['text', true, false, undefined, null, { method: 'ewallet' }, () => undefined]) {
    yield Object.fromEntries(names.map((name) => [name, value]));
  }
}

describe('Rendering on a server', () => {
  for (const tag of tags) {
    it(`takes <${tag}> with all its properties, in React and in Vue`, async () => {
      await import(`lesspay-elements/define/${tag}`);
      for (const props of everyProps(tag)) {
        const open = new RegExp(`^<${tag}[ >]`);
        assert.match(renderReact(createElement(tag, props, createElement('p', null, 'inside'))), open);
        assert.match(await renderVue(createSSRApp({ render: () => h(tag, props, [h('p', 'inside')]) })), open);
      }
    });
  }
});
