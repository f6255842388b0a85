import { localeOf } from './locale-of.ts';

const names = new Map<string, Intl.DisplayNames>();

/** The name of a country (`PH`) or currency (`PHP`) in a language; the code itself where the browser has none. */
export function nameOf(type: 'region' | 'currency', code: string, lang: string): string {
  const key = type + lang;
  let known = names.get(key);
  if (!known) names.set(key, (known = new Intl.DisplayNames(localeOf(lang), { type })));
  try {
    return known.of(code) ?? code;
  } catch {
    // An unfinished code has no name.
    return code;
  }
}
