import type { Catalogue, CatalogueOverrides, English, Placeholder, PluralForms } from '../locales/en.ts';
import { localeOf } from './locale-of.ts';

/** The texts of one element in one language: `t('payAmount', { amount })`. */
export type Translate<Part> = <Key extends keyof Part & string>(
  key: Key,
  ...values: [Placeholder<Part[Key]>] extends [never] ? [] : [Readonly<Record<Placeholder<Part[Key]>, string | number>>]
) => string;

/** Some texts, and the language that they are in. */
export type Layer = readonly [lang: string, texts: CatalogueOverrides];

/** What the page has in common: the elements that show texts, and the languages once one was registered. */
interface Page {
  readonly elements: Set<{ requestUpdate(): void }>;
  catalogues?: Map<string, CatalogueOverrides>;
  /** The texts for a `lang` of the page, the closest first. */
  layersOf?: (lang: string) => readonly Layer[];
}

// One per page, not per copy of this module: the one-file builds of two elements share the merchant's texts.
const KEY = Symbol.for('lesspay-elements');
const shared = globalThis as { [KEY]?: Page | undefined };

/** The elements and languages of this page. */
export const page: Page = (shared[KEY] ??= { elements: new Set() });

type Values = Readonly<Record<string, string | number>>;
type Texts = Readonly<Record<string, string | PluralForms | undefined>>;

const textsOf = (texts: CatalogueOverrides, part: keyof Catalogue): Texts => texts[part] ?? {};

/** A text as it is written, and the language that it is in: the closest to a `lang` of the page, else the English inside. */
function find(part: keyof Catalogue, english: Texts, lang: string, key: string): { tag: string; text: Texts[string] } {
  const layer = page.layersOf?.(lang).find(([, texts]) => textsOf(texts, part)[key] !== undefined);
  return layer ? { tag: layer[0], text: textsOf(layer[1], part)[key] } : { tag: 'en', text: english[key] };
}

/** The texts of a part that counts nothing, by language, as they are written: `Pay {amount}`. */
export function wording<Part extends keyof Catalogue>(
  part: Part,
  english: English[Part],
): (lang: string) => (key: keyof English[Part] & string) => string {
  return (lang) => (key) => find(part, english, lang, key).text as string;
}

/** The texts of one part by language, with their values filled in: numbers as the language writes and counts them. */
export function translator<Part extends keyof Catalogue>(
  part: Part,
  english: English[Part],
): (lang: string) => Translate<English[Part]> {
  // A key from outside, such as that of an unknown code, has no text.
  const translate = (lang: string, key: string, values: Values = {}): string | undefined => {
    const { tag, text: found } = find(part, english, lang, key);
    const text =
      typeof found === 'object'
        ? (found[new Intl.PluralRules(localeOf(tag)).select(Number(values.count))] ?? found.other)
        : found;
    // Most have no values: nothing to be read through at first paint.
    if (!text?.includes('{')) return text;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
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
