import type { Catalogue, CatalogueOverrides, English } from '../locales/en.ts';

type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;

/** The texts of one element in one language: `t('payAmount', { amount })`. */
export type Translate<Part> = <Key extends keyof Part & string>(
  key: Key,
  ...values: [Placeholder<Part[Key]>] extends [never] ? [] : [Readonly<Record<Placeholder<Part[Key]>, string | number>>]
) => string;

/** What the page has in common: the merchant's texts by language, and the elements that show them. */
interface Page {
  readonly catalogues: Map<string, CatalogueOverrides>;
  readonly elements: Set<{ requestUpdate(): void }>;
}

// One per page, not per copy of this module: the one-file builds of two elements share the merchant's texts.
const KEY = Symbol.for('lesspay-elements');
const shared = globalThis as { [KEY]?: Page | undefined };

/** The texts and elements of this page. */
export const page: Page = (shared[KEY] ??= { catalogues: new Map(), elements: new Set() });

/**
 * Adds a language, or changes some texts of one: `registerLocale('en', { checkout: { pay: 'Pay now' } })`.
 * Elements already on the page show the new texts at once.
 */
export function registerLocale(lang: string, texts: CatalogueOverrides): void {
  const { catalogues, elements } = page;
  const tag = lang.toLowerCase();
  const merged: Record<string, Record<string, string | undefined>> = { ...catalogues.get(tag) };
  for (const [part, changes] of Object.entries(texts)) merged[part] = { ...merged[part], ...changes };
  catalogues.set(tag, merged);
  for (const element of elements) element.requestUpdate();
}

/** The texts of one part by language: the registered catalogue of `pt-BR`, then of `pt`, then of `en`, then `english`. */
export function translator<Part extends keyof Catalogue>(
  part: Part,
  english: English[Part],
): (lang: string) => Translate<English[Part]> {
  return (lang) => {
    const tag = lang.toLowerCase();
    const layers = [tag, tag.replace(/-.*/, ''), 'en'].map((name) => page.catalogues.get(name)?.[part]);
    return (key, ...values) => {
      const found = layers.find((layer) => layer?.[key] !== undefined);
      const text: string = found?.[key] ?? (english[key] as string);
      const [named] = values as [Readonly<Record<string, string | number>>?];
      return named ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(named[name] ?? whole)) : text;
    };
  };
}

/** The language that applies to an element: the nearest `lang`, through shadow roots, else `en`. */
export function languageOf(element: Element): string {
  const lang = element.closest('[lang]')?.getAttribute('lang');
  if (lang) return lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : 'en';
}
