import { expect, fixture, html } from '@open-wc/testing';
import 'lesspay-elements/define';
import { registerLocale, type Catalogue, type LesspayRecipientForm } from 'lesspay-elements';
import { ar } from 'lesspay-elements/locales/ar';
import { es } from 'lesspay-elements/locales/es';
import { fil } from 'lesspay-elements/locales/fil';
import { hi } from 'lesspay-elements/locales/hi';
import { id } from 'lesspay-elements/locales/id';
import { ja } from 'lesspay-elements/locales/ja';
import { ko } from 'lesspay-elements/locales/ko';
import { ms } from 'lesspay-elements/locales/ms';
import { ptBR } from 'lesspay-elements/locales/pt-BR';
import { th } from 'lesspay-elements/locales/th';
import { vi } from 'lesspay-elements/locales/vi';
import { zhHans } from 'lesspay-elements/locales/zh-Hans';
import { zhHant } from 'lesspay-elements/locales/zh-Hant';
import { faded, inside, wordsOf } from './shadow-controls.ts';
import { problem, StubProxy } from './stub-proxy.ts';

/** Each language by a tag that a page may have for it. */
const LANGUAGES: readonly (readonly [tag: string, lang: string, catalogue: Catalogue])[] = [
  ['ar', 'ar', ar],
  ['es', 'es-MX', es],
  ['fil', 'tl', fil],
  ['hi', 'hi-IN', hi],
  ['id', 'id-ID', id],
  ['ja', 'ja', ja],
  ['ko', 'ko-KR', ko],
  ['ms', 'ms-MY', ms],
  ['pt-BR', 'pt', ptBR],
  ['th', 'th', th],
  ['vi', 'vi-VN', vi],
  ['zh-Hans', 'zh-CN', zhHans],
  ['zh-Hant', 'zh-HK', zhHant],
];

describe('A recipient form with everything to correct', () => {
  let proxy: StubProxy;

  beforeEach(() => {
    proxy = new StubProxy(() => problem('not-found', 404));
  });
  afterEach(() => proxy.restore());

  for (const [tag, lang, catalogue] of LANGUAGES) {
    it(`passes the a11y audit in ${tag} and says how many fields there are to correct`, async () => {
      registerLocale(tag, catalogue);
      const form = await fixture<LesspayRecipientForm>(
        html`<lesspay-recipient-form
          lang=${lang}
          dir=${tag === 'ar' ? 'rtl' : 'ltr'}
          currency="PHP"
          country="PH"
          payout
          required
        ></lesspay-recipient-form>`,
      );
      inside(form, '[data-act=review]').click();
      await form.updateComplete;
      await faded(form);
      const { 'form.summary': forms, 'field.holderName': holder } = catalogue.recipientForm;
      const count = form.renderRoot.querySelectorAll('#summary li').length;
      const text = typeof forms === 'string' ? forms : (forms[new Intl.PluralRules(tag).select(count)] ?? forms.other);
      expect(count).to.be.above(2);
      expect(wordsOf(inside(form, '#summary-title'))).to.equal(text.replace('{count}', count.toLocaleString(lang)));
      expect(wordsOf(form.renderRoot)).to.contain(holder).and.not.to.contain('Account holder');
      await expect(form).to.be.accessible();
    });
  }
});
