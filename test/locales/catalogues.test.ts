import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Catalogue, PluralForms } from '../../src/locales/en.ts';
import { en } from '../../src/locales/en.ts';

type Texts = Readonly<Record<string, Readonly<Record<string, string | PluralForms>>>>;

const languages = readdirSync(new URL('../../src/locales/', import.meta.url))
  .flatMap((file) => /^([A-Za-z-]+)\.ts$/.exec(file)?.[1] ?? [])
  .filter((lang) => lang !== 'en');

/** `pt-BR` exports `ptBR`. */
const exportOf = (lang: string): string => lang.replace('-', '');

async function catalogueOf(lang: string): Promise<Catalogue> {
  const module = (await import(`../../src/locales/${lang}.ts`)) as Record<string, Catalogue>;
  const catalogue = module[exportOf(lang)];
  assert.ok(catalogue, `locales/${lang} exports ${exportOf(lang)}`);
  assert.deepEqual(Object.keys(module), [exportOf(lang)]);
  return catalogue;
}

/** Every text with its English one; the `other` form stands for English where it has forms. */
function pairsOf(catalogue: Texts): { key: string; english: string; text: string | PluralForms }[] {
  return Object.entries(en as Texts).flatMap(([part, texts]) =>
    Object.entries(texts).map(([key, text]) => ({
      key: `${part} ${key}`,
      english: typeof text === 'string' ? text : text.other,
      text: catalogue[part]?.[key] ?? '',
    })),
  );
}

const formsOf = (text: string | PluralForms): [category: string, form: string][] =>
  typeof text === 'string' ? [['', text]] : Object.entries(text);

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

/** The numbers up to a batch's 10,000 rows, by plural category. */
function numbersBy(lang: string): Map<string, number[]> {
  const rules = new Intl.PluralRules(lang);
  const found = new Map<string, number[]>();
  for (let count = 0; count <= 10_000; count += 1) {
    const category = rules.select(count);
    found.set(category, [...(found.get(category)?.slice(0, 1) ?? []), count]);
  }
  return found;
}

/** Texts that are the same in every language: the names of codes. */
const NAMES = ['BSB', 'CNPJ', 'CPF', 'IBAN', 'IFSC', 'SWIFT / BIC'];

/** What a language writes as English does, without being left in English. */
const LOANS: Readonly<Record<string, readonly string[]>> = {
  es: ['Total'],
  // What a Philippine bank prints in English on its Filipino forms.
  fil: [
    'Account',
    'Bank code',
    'Branch code',
    'CNAPS code',
    'Checking',
    'Column {number}',
    'Currency',
    'E-wallet',
    'PIX key',
    'Purpose code',
    'Random key',
    'Routing number (ABA)',
    'Row',
    'Savings',
    'Sort code',
    '{field}, row {row}',
  ],
  id: ['Bank', 'Routing number (ABA)', 'Sort code', 'Total'],
  ms: ['Bank', 'Sort code'],
  'pt-BR': ['E-mail', 'Total'],
};

/** How sentences and questions end; Thai marks neither. */
const ENDS: Readonly<Record<string, readonly [sentence: RegExp, question: RegExp]>> = {
  ar: [/\.$/, /؟$/],
  hi: [/।$/, /\?$/],
  ja: [/。$/, /？$/],
  th: [/[^.]$/, /[^.]$/],
  'zh-Hans': [/。$/, /？$/],
  'zh-Hant': [/。$/, /？$/],
};

/** Letters by which a text shows that it is in its own script. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  hi: /\p{Script=Devanagari}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  ko: /\p{Script=Hangul}/u,
  th: /\p{Script=Thai}/u,
  'zh-Hans': /\p{Script=Han}/u,
  'zh-Hant': /\p{Script=Han}/u,
};

describe('the catalogues', () => {
  it('are there besides English', () => {
    assert.ok(languages.length > 0);
  });

  for (const lang of languages) {
    describe(`that of ${lang}`, () => {
      it('has every text and no other', async () => {
        const catalogue: Texts = await catalogueOf(lang);
        assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(en).sort());
        for (const [part, texts] of Object.entries(en)) {
          assert.deepEqual(Object.keys(catalogue[part] ?? {}).sort(), Object.keys(texts).sort(), part);
        }
      });

      it('fills in the same values as English does', async () => {
        const numbers = numbersBy(lang);
        for (const { key, english, text } of pairsOf(await catalogueOf(lang))) {
          for (const [category, form] of formsOf(text)) {
            const isOneNumber = numbers.get(category)?.length === 1;
            // "One field needs your attention": a form for a single number may say it in words.
            const all = isOneNumber && !form.includes('{count}') ? `${form}{count}` : form;
            assert.deepEqual(placeholders(all), placeholders(english), `${key} ${category}: ${form}`);
          }
        }
      });

      it('has the plural forms that its numbers need, and none that no number has', async () => {
        const needed = [...numbersBy(lang).keys()].sort();
        const known = new Intl.PluralRules(lang).resolvedOptions().pluralCategories;
        for (const { key, text } of pairsOf(await catalogueOf(lang))) {
          if (typeof text === 'string') continue;
          const own = Object.keys(text);
          assert.ok(own.includes('other'), key);
          for (const category of needed) assert.ok(own.includes(category), `${key} lacks ${category}`);
          for (const category of own) assert.ok((known as string[]).includes(category), `${key} has ${category}`);
        }
      });

      it('leaves nothing in English', async () => {
        const same = [...NAMES, ...(LOANS[lang] ?? [])];
        for (const { key, english, text } of pairsOf(await catalogueOf(lang))) {
          for (const [, form] of formsOf(text)) {
            if (same.includes(form)) continue;
            assert.notEqual(form, english, key);
            assert.match(form, SCRIPTS[lang] ?? /\p{Script=Latin}/u, key);
          }
        }
      });

      it('is set as its script is', async () => {
        const [sentence, question] = ENDS[lang] ?? [/\.$/, /\?$/];
        for (const { key, english, text } of pairsOf(await catalogueOf(lang))) {
          for (const [, form] of formsOf(text)) {
            const said = `${key}: ${form}`;
            assert.equal(form.trim(), form, said);
            // The characters that a name or a reference may have are listed with spaces.
            const running = form.replace(/\. , ’ - & \/ \( \)|\( \) \. , ’ - & \/|\. _ -/, '()');
            assert.doesNotMatch(running, /\s{2}|\s[.,،。、，？?।؟]/u, said);
            // Quotation marks and apostrophes of the type case.
            assert.doesNotMatch(form, /["']/, said);
            if (english.endsWith('.')) assert.match(form, sentence, said);
            else if (english.endsWith('?')) assert.match(form, question, said);
            else if (english.endsWith('…')) assert.match(form, /…$/, said);
            else assert.doesNotMatch(form, /[.?…。？।؟:：]$/, said);
          }
        }
      });

      it('keeps numbers and examples in one piece where the text runs from right to left', async () => {
        for (const { key, text } of pairsOf(await catalogueOf(lang))) {
          for (const [, form] of formsOf(text)) {
            const outside = form.replace(/[\u2066\u2068][^\u2066-\u2069]*\u2069/g, '');
            assert.doesNotMatch(outside, /[\u2066-\u2069]/, `${key}: an isolate is open`);
            if (lang !== 'ar') continue;
            // Signs between figures would change their order: +63 917 123 4567, 1990-01-15.
            assert.doesNotMatch(outside, /\+\d|\d[- ]\d|[a-z]@|\w - \w/, `${key}: ${form}`);
          }
        }
      });
    });
  }
});
