const names = new Map<string, Intl.DisplayNames>();

/** The name of a country (`PH`) or currency (`PHP`) in a language; the code itself where the browser has none. */
export function nameOf(type: 'region' | 'currency', code: string, lang: string): string {
  const key = `${type} ${lang}`;
  try {
    let known = names.get(key);
    if (!known) names.set(key, (known = new Intl.DisplayNames([lang, 'en'], { type })));
    return known.of(code) ?? code;
  } catch {
    // `lang` is the page's and may be no language tag (`en_US`); an unfinished code has no name.
    return code;
  }
}
