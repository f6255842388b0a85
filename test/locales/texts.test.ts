import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { registerLocale } from '../../src/elements/register-locale.ts';
import { page, translator, wording } from '../../src/elements/texts.ts';
import { bankPicker } from '../../src/locales/en/bank-picker.ts';
import { checkout } from '../../src/locales/en/checkout.ts';
import { payoutBatch } from '../../src/locales/en/payout-batch.ts';

const pay = (lang: string): string => wording('checkout', checkout)(lang)('pay');
const rows = (lang: string, count: number): string =>
  translator('payoutBatch', payoutBatch)(lang)('rows.review', { count });

/** Registers a language whose every word is its tag. */
function register(...tags: string[]): void {
  for (const tag of tags) registerLocale(tag, { checkout: { pay: tag } });
}

describe('the texts', () => {
  beforeEach(() => {
    delete page.catalogues;
    delete page.layersOf;
  });

  it('are English where no language was registered', () => {
    for (const lang of ['en', 'en-PH', 'fr', 'not_a_tag', '']) assert.equal(pay(lang), 'Pay');
  });

  it('are found by the likely script of a country', () => {
    register('zh-Hans', 'zh-Hant');
    for (const lang of ['zh', 'zh-CN', 'zh-SG', 'zh-Hans', 'zh-Hans-MY']) assert.equal(pay(lang), 'zh-Hans', lang);
    for (const lang of ['zh-TW', 'zh-HK', 'zh-MO', 'zh-Hant', 'zh-Hant-HK']) assert.equal(pay(lang), 'zh-Hant', lang);
  });

  it('are never taken from another script', () => {
    register('zh-Hans', 'sr-Cyrl');
    assert.deepEqual([pay('zh-TW'), pay('sr-Latn')], ['Pay', 'Pay']);
  });

  it('are found under old names of a language and the spelling of servers', () => {
    register('fil', 'id', 'ms', 'pt-BR');
    for (const [lang, tag] of [
      ['tl', 'fil'],
      ['tl-PH', 'fil'],
      ['fil-PH', 'fil'],
      ['in', 'id'],
      ['id-ID', 'id'],
      ['ms-MY', 'ms'],
      ['MS-my', 'ms'],
      ['pt_BR', 'pt-BR'],
    ] as const) {
      assert.equal(pay(lang), tag, lang);
    }
  });

  it('are those of another country before they are English', () => {
    register('pt-BR');
    assert.deepEqual([pay('pt'), pay('pt-PT')], ['pt-BR', 'pt-BR']);
    register('pt-PT', 'es-MX');
    assert.deepEqual([pay('pt'), pay('pt-PT'), pay('pt-AO')], ['pt-BR', 'pt-PT', 'pt-BR']);
    assert.equal(pay('es-AR'), 'es-MX');
    register('es');
    assert.deepEqual([pay('es-AR'), pay('es-419'), pay('es-MX')], ['es', 'es', 'es-MX']);
  });

  it('are a merchant’s for one country, and English for the others', () => {
    registerLocale('en-PH', { checkout: { pay: 'Pay now' } });
    assert.deepEqual([pay('en-PH'), pay('en-GB'), pay('en'), pay('fr')], ['Pay now', 'Pay', 'Pay', 'Pay']);
    registerLocale('en', { checkout: { pay: 'Place the order' } });
    assert.deepEqual([pay('en-PH'), pay('en-GB'), pay('fr')], ['Pay now', 'Place the order', 'Place the order']);
  });

  it('keep what a later registration leaves out', () => {
    registerLocale('id', { checkout: { pay: 'Bayar', failed: 'Gagal.' } });
    registerLocale('id', { checkout: { pay: 'Bayar sekarang' } });
    const text = wording('checkout', checkout)('id-ID');
    assert.deepEqual([text('pay'), text('failed'), text('tryAgain')], ['Bayar sekarang', 'Gagal.', 'Try again']);
  });

  it('have the plural form of the count, in the language of the text', () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => rows('en', count)),
      ['Review 0 payouts', 'Review 1 payout', 'Review 2 payouts'],
    );
    registerLocale('ar', {
      payoutBatch: {
        'rows.review': {
          zero: '0',
          one: '1',
          two: '2',
          few: 'few {count}',
          many: 'many {count}',
          other: 'other {count}',
        },
      },
    });
    assert.deepEqual(
      [0, 1, 2, 3, 11, 100].map((count) => rows('ar', count)),
      ['0', '1', '2', 'few 3', 'many 11', 'other 100'],
    );
    // 0 is singular in Brazil only: the text's language counts, not the page's.
    registerLocale('pt-BR', { payoutBatch: { 'rows.review': { one: 'um {count}', other: 'mais {count}' } } });
    assert.equal(rows('pt-PT', 0), 'um 0');
    // English on a French page counts in English.
    assert.equal(rows('fr', 0), 'Review 0 payouts');
  });

  it('take the general form where one is not given', () => {
    registerLocale('ar', { payoutBatch: { 'rows.review': { other: '{count}' } } });
    assert.equal(rows('ar', 2), '2');
  });

  it('write numbers as the page’s language does, and texts as they are', () => {
    const more = (lang: string, count: number): string =>
      translator('bankPicker', bankPicker)(lang)('picker.more', { count });
    assert.equal(more('en', 1312), '1,312 more: keep typing');
    assert.equal(more('de', 1312), '1.312 more: keep typing');
    assert.equal(more('ar-EG', 1312), '١٬٣١٢ more: keep typing');
    assert.equal(more('not_a_tag', 1312), '1,312 more: keep typing');
    const query = translator('bankPicker', bankPicker)('de')('picker.none', { query: '0012345678' });
    assert.equal(query, 'No bank matches “0012345678”.');
  });
});
