import type { CatalogueOverrides, PluralForms } from '../locales/en.ts';
import { localeOf } from './locale-of.ts';
import { page, type Layer } from './texts.ts';

/**
 * Adds a language, or changes some texts of one: `registerLocale('en', { checkout: { pay: 'Pay now' } })`.
 * Elements already on the page show the new texts at once.
 */
export function registerLocale(lang: string, texts: CatalogueOverrides): void {
  const catalogues = (page.catalogues ??= new Map());
  const tag = lang.toLowerCase();
  const merged: Record<string, Record<string, string | PluralForms | undefined>> = { ...catalogues.get(tag) };
  for (const [part, changes] of Object.entries(texts)) merged[part] = { ...merged[part], ...changes };
  catalogues.set(tag, merged);
  page.layersOf = layersIn(catalogues);
  for (const element of page.elements) element.requestUpdate();
}

/** Language, script and region of a tag, the likely ones where it names none: `zh-TW` is `zh-hant-tw`. */
function likely(lang: string): string[] {
  const tag = localeOf(lang).maximize().baseName.toLowerCase();
  // WebKitGTK 2.50 does not know that Tagalog was given another code (CLDR, language aliases).
  return tag.replace(/^tl-/, 'fil-').split('-');
}

/**
 * Says which texts speak a language: for `zh-TW` those of `zh-tw`, `zh-hant` and `zh`, then others in Traditional Chinese,
 * and the merchant's English at the last.
 */
function layersIn(catalogues: ReadonlyMap<string, CatalogueOverrides>): (lang: string) => readonly Layer[] {
  const known = new Map<string, readonly Layer[]>();
  return (lang) => {
    let found = known.get(lang);
    if (!found) {
      const [language = '', script = '', region = ''] = likely(lang);
      const others = [...catalogues.keys()].filter((tag) => {
        const [otherLanguage, otherScript] = likely(tag);
        // All of English is inside: words for another country are no gain.
        return language !== 'en' && otherLanguage === language && otherScript === script;
      });
      const tags = [lang.toLowerCase(), `${language}-${region}`, `${language}-${script}`, language, ...others, 'en'];
      found = tags.flatMap((tag) => {
        const texts = catalogues.get(tag);
        return texts ? [[tag, texts] as const] : [];
      });
      known.set(lang, found);
    }
    return found;
  };
}
