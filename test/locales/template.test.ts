import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { BatchWords } from '../../src/elements/batch-words.ts';
import { registerLocale } from '../../src/elements/register-locale.ts';
import type { Catalogue } from '../../src/locales/en.ts';
import { asTable, guessColumns, ownHeaders, type BatchField } from '../../src/payouts/columns.ts';
import { PayoutBatch } from '../../src/payouts/payout-batch.ts';
import { readTable } from '../../src/payouts/read-table.ts';
import { TABLES } from '../../src/rules/rule-tables.ts';

const languages = readdirSync(new URL('../../src/locales/', import.meta.url)).flatMap(
  (file) => /^([A-Za-z-]+)\.ts$/.exec(file)?.[1] ?? [],
);

const wordsIn = (language: string, currency: string) =>
  new BatchWords({ language, currency, tables: TABLES, batch: undefined, isPainted: true });

/** The words that a message tells to enter, in quotation marks of any kind. */
const quoted = (text: string): string[] =>
  Array.from(text.matchAll(/[“«「‘]([^”»」’]+)[”»」’]/gu), ([, word = '']) => word.replace(/[\u2066-\u2069]/g, ''));

describe('the batch’s template', () => {
  for (const lang of languages) {
    it(`is read back field by field in ${lang}`, async () => {
      const module = (await import(`../../src/locales/${lang}.ts`)) as Record<string, Catalogue>;
      const catalogue = module[lang.replace('-', '')];
      assert.ok(catalogue);
      registerLocale(lang, catalogue);
      for (const currency of TABLES.currencies.keys()) {
        const words = wordsIn(lang, currency);
        const own = ownHeaders((field) => words.labelOf(field));
        const header = words.templateColumns();
        const table = asTable(await readTable(`${header.join(',')}\r\n${header.map(() => 'x').join(',')}`), own);
        assert.deepEqual(table.header, header, currency);
        // A bank and the bank of another route have one name: the second is for the operator to say.
        const labels = header.map((label, at) => (header.indexOf(label) === at ? label : ''));
        const found = guessColumns(table, own).map((field) => (field === undefined ? '' : words.labelOf(field)));
        assert.deepEqual(found, labels, currency);
      }
    });

    it(`takes the words that its messages ask for in ${lang}`, async () => {
      const words = wordsIn(lang, 'PHP');
      const columns: BatchField[] = ['method', 'accountType'];
      const methods = quoted(words.t('issue.method-unknown'));
      const types = quoted(words.t('issue.account-type-unknown'));
      assert.deepEqual([methods.length, types.length], [2, 2]);
      const rows = [0, 1].map((at) => [methods[at], types[at]].join(','));
      const table = { header: [], rows: await readTable(rows.join('\n')), width: 2 };
      const batch = new PayoutBatch(table, columns, { currency: 'PHP' });
      await batch.check();
      const read = batch.rows.map(({ context }) => [context.method, context.accountType]);
      assert.deepEqual(read, [
        ['bank', 'individual'],
        ['ewallet', 'business'],
      ]);
    });
  }
});
