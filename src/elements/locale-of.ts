/** The locale of the page's `lang`, also where it is written as servers do (`pt_BR`); English where it names none. */
export function localeOf(lang: string): Intl.Locale {
  try {
    return new Intl.Locale(lang.replace('_', '-'));
  } catch {
    return new Intl.Locale('en');
  }
}
