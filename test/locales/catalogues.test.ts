import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { en } from 'lesspay-elements/locales/en';

type Texts = Record<string, Record<string, string>>;

const languages = readdirSync(new URL('../../src/locales/', import.meta.url))
  .flatMap((file) => /^([A-Za-z-]+)\.ts$/.exec(file)?.[1] ?? [])
  .filter((lang) => lang !== 'en');

const placeholders = (text: string): string[] => [...(text.match(/\{\w+\}/g) ?? [])].sort();

async function catalogueOf(lang: string): Promise<Texts> {
  const module = (await import(`../../src/locales/${lang}.ts`)) as Record<string, Texts>;
  const [catalogue] = Object.values(module);
  assert.ok(catalogue, `locales/${lang} exports a catalogue`);
  return catalogue;
}

describe('the catalogues', () => {
  it('are there besides English', () => {
    assert.ok(languages.length > 0);
  });

  for (const lang of languages) {
    it(`have every text in ${lang}, with the placeholders of the English one`, async () => {
      const catalogue = await catalogueOf(lang);
      assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(en).sort());
      for (const [part, texts] of Object.entries(en as Texts)) {
        const own = catalogue[part] ?? {};
        assert.deepEqual(Object.keys(own).sort(), Object.keys(texts).sort(), part);
        for (const [key, text] of Object.entries(texts)) {
          const translated = own[key] ?? '';
          assert.notEqual(translated.trim(), '', `${part} ${key}`);
          // A translation may leave out a placeholder, but cannot name one that nobody fills.
          const known = placeholders(text);
          const unknown = placeholders(translated).filter((name) => !known.includes(name));
          assert.deepEqual(unknown, [], `${part} ${key}: ${translated}`);
        }
      }
    });
  }
});
