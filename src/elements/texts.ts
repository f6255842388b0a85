import type { Catalogue, CatalogueOverrides, English, Placeholder, PluralForms } from '../locales/en.ts';
import { localeOf } from './locale-of.ts';

/** The texts of one element in one language: `t('payAmount', { amount })`. */
export type Translate<Part> = <Key extends keyof Part & string>(
  key: Key,
  ...values: [Placeholder<Part[Key]>] extends [never] ? [] : [Readonly<Record<Placeholder<Part[Key]>, string | number>>]
) => string;

type Layer = readonly [lang: string, texts: CatalogueOverrides];

/** What the page has in common: the merchant's texts by language, and the elements that show them. */
interface Page {
  readonly catalogues: Map<string, CatalogueOverrides>;
  /** For a `lang` of the page, the catalogues that speak its language, the closest first. */
  readonly layers: Map<string, readonly Layer[]>;
  readonly elements: Set<{ requestUpdate(): void }>;
}

// One per page, not per copy of this module: the one-file builds of two elements share the merchant's texts.
const KEY = Symbol.for('lesspay-elements');
const shared = globalThis as { [KEY]?: Page | undefined };

/** The texts and elements of this page. */
export const page: Page = (shared[KEY] ??= { catalogues: new Map(), layers: new Map(), elements: new Set() });

/**
 * Adds a language, or changes some texts of one: `registerLocale('en', { checkout: { pay: 'Pay now' } })`.
 * Elements already on the page show the new texts at once.
 */
export function registerLocale(lang: string, texts: CatalogueOverrides): void {
  const { catalogues, layers, elements } = page;
  const tag = lang.toLowerCase();
  const merged: Record<string, Record<string, string | PluralForms | undefined>> = { ...catalogues.get(tag) };
  for (const [part, changes] of Object.entries(texts)) merged[part] = { ...merged[part], ...changes };
  catalogues.set(tag, merged);
  layers.clear();
  for (const element of elements) element.requestUpdate();
}

/** Language, script and region of a tag, the likely ones where it names none: `zh-TW` is `zh-hant-tw`. */
const likely = (lang: string): string[] => localeOf(lang).maximize().baseName.toLowerCase().split('-');

/** The catalogues for `zh-TW`: those of `zh-tw`, `zh-hant` and `zh`, others in Traditional Chinese, the merchant's English. */
function layersOf(lang: string): readonly Layer[] {
  const { catalogues, layers } = page;
  let found = layers.get(lang);
  if (!found) {
    // ICU is asked only where there is a choice: its first answer takes milliseconds.
    const tags = [...catalogues.keys()];
    const [language, script, region] = tags.length > 0 ? likely(lang) : [];
    const others = tags.filter((tag) => {
      const [otherLanguage, otherScript] = likely(tag);
      // All of English is inside, so that words for another country are no gain.
      return language !== 'en' && otherLanguage === language && otherScript === script;
    });
    found = [
      lang.toLowerCase(),
      `${language}-${region}`,
      `${language}-${script}`,
      `${language}`,
      ...others,
      'en',
    ].flatMap((tag) => {
      const texts = catalogues.get(tag);
      return texts ? [[tag, texts] as const] : [];
    });
    layers.set(lang, found);
  }
  return found;
}

type Values = Readonly<Record<string, string | number>>;
type Texts = Readonly<Record<string, string | PluralForms | undefined>>;

/** A text as it is written, and the language that it is in. */
function find(
  part: keyof Catalogue,
  english: Texts,
  lang: string,
  key: string,
): readonly [lang: string, text: Texts[string]] {
  for (const [tag, texts] of layersOf(lang)) {
    const text = (texts[part] as Texts | undefined)?.[key];
    if (text !== undefined) return [tag, text];
  }
  return ['en', english[key]];
}

/** The texts of a part that counts nothing, by language, as they are written: `Pay {amount}`. */
export function wording<Part extends keyof Catalogue>(
  part: Part,
  english: English[Part],
): (lang: string) => (key: keyof English[Part] & string) => string {
  return (lang) => (key) => find(part, english, lang, key)[1] as string;
}

/** The texts of one part by language, with their values filled in: numbers as the language writes and counts them. */
export function translator<Part extends keyof Catalogue>(
  part: Part,
  english: English[Part],
): (lang: string) => Translate<English[Part]> {
  // A key from outside, such as that of an unknown code, has no text.
  const translate = (lang: string, key: string, values: Values = {}): string | undefined => {
    const [tag, found] = find(part, english, lang, key);
    const rule = () => new Intl.PluralRules(localeOf(tag)).select(Number(values.count));
    const text = typeof found === 'object' ? (found[rule()] ?? found.other) : found;
    return text?.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name] ?? whole;
      return typeof value === 'number' ? value.toLocaleString(localeOf(lang)) : value;
    });
  };
  return (lang) => translate.bind(undefined, lang) as Translate<English[Part]>;
}

/** The language that applies to an element: the nearest `lang`, through shadow roots, else `en`. */
export function languageOf(element: Element): string {
  const lang = element.closest('[lang]')?.getAttribute('lang');
  if (lang) return lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : 'en';
}
