import type { TemplateResult } from 'lit';
import { radioField, selectField, type FieldView, type Options } from './field-templates.ts';
import { fieldView, type FormView } from './form-view.ts';
import { localeOf } from './locale-of.ts';
import { nameOf } from './region-names.ts';

let countries: { codes: ReadonlySet<string>; lang: string; lines: string } | undefined;

/**
 * The countries by their names in a language. Made once, for the names of 250 countries cost milliseconds of ICU, and
 * kept as one text, for as many pairs take five times the room.
 */
function countryOptions(codes: ReadonlySet<string>, lang: string): Options {
  if (countries?.codes !== codes || countries.lang !== lang) {
    // localeCompare() would make a collator for each pair.
    const { compare } = new Intl.Collator(localeOf(lang));
    const named = Array.from(codes, (code) => [code, nameOf('region', code, lang)] as const);
    const sorted = named.sort(([, a], [, b]) => compare(a, b));
    countries = { codes, lang, lines: sorted.map((option) => option.join('\t')).join('\n') };
  }
  return countries.lines.split('\n').map((line) => line.split('\t') as [string, string]);
}

/** Draws the choices that decide which fields there are, each at its own place whether the others are there or not. */
export function recipientChoices(view: FormView): (TemplateResult | undefined)[] {
  const { form, entry, t, lang } = view;
  const { method, country, currency, accountType, provider } = entry.draft;
  const { methods, providers, currencies, tables } = entry;
  const isLesspay = method !== 'leanx';
  if (currency && !currencies.includes(currency)) currencies.unshift(currency);
  const draw = (
    isAsked: boolean,
    name: string,
    value: string,
    field: (drawn: FieldView) => TemplateResult,
    more?: Partial<FieldView>,
  ) => (isAsked && !form.fields[name]?.hidden ? field(fieldView(view, name, value, more)) : undefined);
  const wide = { wide: true };
  return [
    draw(
      methods.length > 1,
      'method',
      method,
      (drawn) =>
        radioField(
          drawn,
          methods.map((name) => [name, t(`method.${name}`)]),
        ),
      wide,
    ),
    draw(method === 'bank', 'country', country, (drawn) =>
      selectField(drawn, {
        of: [tables.countries, lang],
        options: (named) => (named ? countryOptions(tables.countries, lang) : country ? [[country, country]] : []),
        placeholder: t('choose.country'),
      }),
    ),
    draw(isLesspay, 'currency', currency, (drawn) =>
      selectField(drawn, {
        of: [currencies.join(), lang],
        options: (named) =>
          currencies.map((code) => [code, named ? `${code} · ${nameOf('currency', code, lang)}` : code]),
        placeholder: t('choose.currency'),
      }),
    ),
    draw(isLesspay, 'accountType', accountType, (drawn) =>
      radioField(
        drawn,
        (['individual', 'business'] as const).map((type) => [type, t(`accountType.${type}`)]),
      ),
    ),
    draw(
      method === 'ewallet' && providers.length > 0,
      'provider',
      provider,
      (drawn) => {
        const options: Options = providers.map((name) => [name, name]);
        if (options.length <= 5) return radioField(drawn, options);
        return selectField(drawn, { of: [providers.join()], options: () => options, placeholder: '' });
      },
      wide,
    ),
  ];
}
