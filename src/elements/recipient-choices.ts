import type { TemplateResult } from 'lit';
import { radioField, selectField, type Options } from './field-templates.ts';
import { fieldView, type FormView } from './form-view.ts';
import { localeOf } from './locale-of.ts';
import { nameOf } from './region-names.ts';

let countries: { key: string; options: Options } | undefined;

/** The countries by their names in a language; made once, for the names of 250 countries cost milliseconds of ICU. */
function countryOptions(codes: ReadonlySet<string>, lang: string): Options {
  const key = `${lang} ${codes.size}`;
  if (countries?.key !== key) {
    // localeCompare() would make a collator for each pair.
    const { compare } = new Intl.Collator(localeOf(lang));
    const options = Array.from(codes, (code) => [code, nameOf('region', code, lang)] as const);
    countries = { key, options: options.sort(([, a], [, b]) => compare(a, b)) };
  }
  return countries.options;
}

/** Draws the choices that decide which fields there are; names of countries and currencies only once `named`. */
export function recipientChoices(view: FormView, named: boolean): (TemplateResult | undefined)[] {
  const { form, entry, t, lang } = view;
  const { method, country, currency, accountType, provider } = entry.draft;
  const { methods, providers, currencies, tables } = entry;
  const isLesspay = method !== 'leanx';
  if (currency && !currencies.includes(currency)) currencies.unshift(currency);
  const known = (code: string): Options => (code ? [[code, code]] : []);
  const choices: [name: string, value: string, draw: typeof selectField, options: Options | false, none?: string][] = [
    ['method', method, radioField, methods.length > 1 && methods.map((name) => [name, t(`method.${name}`)])],
    [
      'country',
      country,
      selectField,
      method === 'bank' && (named ? countryOptions(tables.countries, lang) : known(country)),
      t('choose.country'),
    ],
    [
      'currency',
      currency,
      selectField,
      isLesspay && currencies.map((code) => [code, named ? `${code} · ${nameOf('currency', code, lang)}` : code]),
      t('choose.currency'),
    ],
    [
      'accountType',
      accountType,
      radioField,
      isLesspay && (['individual', 'business'] as const).map((type) => [type, t(`accountType.${type}`)]),
    ],
    [
      'provider',
      provider,
      providers.length > 5 ? selectField : radioField,
      method === 'ewallet' && providers.length > 0 && providers.map((name) => [name, name]),
    ],
  ];
  return choices.map(([name, value, draw, options, none]) =>
    options && !form.fields[name]?.hidden
      ? draw(fieldView(view, name, value, { wide: /method|provider/.test(name) }), options, none)
      : undefined,
  );
}
