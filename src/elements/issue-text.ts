import { issues } from '../locales/en/issues.ts';
import { currencyDecimals } from '../rules/currency.ts';
import { ibanLength } from '../rules/iban.ts';
import { inferPixKeyType } from '../rules/pix-key.ts';
import type { FieldContext, FieldSpec, IssueCode } from '../rules/types.ts';
import { nameOf } from './region-names.ts';
import { translator } from './texts.ts';

const translate = translator('issues', issues);
type Key = keyof typeof issues;

/** What a message may speak of. */
export interface IssueSubject {
  /** The exact wire value that was refused. */
  value: string;
  /** The field's visible label. */
  label: string;
  context: FieldContext;
  rule?: FieldSpec['rule'] | undefined;
  /** The names of the PIX key types. */
  keyTypeName: (type: string) => string;
  /** Whether the field is chosen rather than typed. */
  choice?: boolean;
}

/** What is wrong with a value and how to put it right, as closely as the value allows to say. */
export function issueText(code: IssueCode, subject: IssueSubject, lang: string): string {
  const { value, context } = subject;
  const have = Array.from(value).length;
  const country = context.country ? nameOf('region', context.country, lang) : '';
  const currency = context.currency ?? '';
  const [key, more] = closest(code, subject, lang, have);
  const t = translate(lang) as (key: Key, values: Readonly<Record<string, string | number>>) => string;
  // "Account holder" reads on as "account holder"; "IBAN" and "SWIFT / BIC" stay.
  const label = subject.label.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());
  return t(key, { label, have, country, currency, decimals: decimalsOf(currency), ...more });
}

function closest(
  code: IssueCode,
  { value, context, rule, keyTypeName, choice }: IssueSubject,
  lang: string,
  have: number,
): [Key, Record<string, string | number>?] {
  switch (code) {
    case 'required':
      return [choice ? 'required.choice' : 'required'];
    case 'amount-decimals':
      return [decimalsOf(context.currency ?? '') === 0 ? 'amount-decimals.none' : code];
    case 'bic-length':
      return ['bic-length.have'];
    case 'bic-country':
      return ['bic-country.which', { part: value.slice(4, 6) }];
    case 'bic-country-mismatch':
      return ['bic-country-mismatch.which', { actual: nameOf('region', value.slice(4, 6), lang) }];
    case 'iban-country-mismatch':
      return ['iban-country-mismatch.which', { actual: nameOf('region', value.slice(0, 2), lang) }];
    case 'iban-country':
      return ['iban-country.which', { part: value.slice(0, 2) }];
    case 'iban-length': {
      const want = ibanLength(value.slice(0, 2));
      if (want === undefined) return [code];
      const by = Math.abs(want - have);
      const key = `iban-length.${have < want ? 'short' : 'long'}${by === 1 ? '-one' : ''}` as const;
      return [key, { want, by, country: nameOf('region', value.slice(0, 2), lang) }];
    }
    case 'cpf-format':
    case 'cnpj-format':
    case 'cpf-check-digits':
    case 'cnpj-check-digits':
    case 'pix-email-format':
    case 'pix-phone-format':
    case 'pix-random-format': {
      const found = rule === 'pix-key' ? inferPixKeyType(value) : undefined;
      if (found && found !== context.depositKeyType) {
        return ['pix-looks-like', { found: keyTypeName(found), type: keyTypeName(context.depositKeyType ?? '') }];
      }
      const digits = /^[A-Z0-9]+$/.test(value);
      if (code === 'cpf-format') return [digits ? 'cpf-format.have' : code];
      if (code === 'cnpj-format') return [digits && have !== 14 ? 'cnpj-format.have' : code];
      return [code];
    }
    case 'wallet-account-format': {
      const { currency } = context;
      if (currency !== 'PHP' && /^(?:0|\+?63)9\d{9}$/.test(value)) return ['wallet-account-format.is-PHP'];
      if (currency !== 'IDR' && /^(?:0|\+?62)8[1-9]\d{7,10}$/.test(value)) return ['wallet-account-format.is-IDR'];
      return [currency === 'PHP' || currency === 'IDR' ? `${code}.${currency}` : code];
    }
    case 'account-format':
    case 'account-length':
      if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(value) && ibanLength(value.slice(0, 2)) === have) {
        return ['account-format.iban'];
      }
      if (context.method === 'leanx' || context.country === 'MY') return [`${code}.MY`];
      return [code === 'account-length' ? 'account-length.have' : code];
    case 'name-characters': {
      const part = /[^\p{L}\p{M}\p{Nd} .,'’\-&/()]/u.exec(value)?.[0];
      if (part === undefined) return [code];
      return /[\p{C}\p{Z}]/u.test(part) ? ['name-characters.hidden'] : ['name-characters.which', { part }];
    }
    case 'name-too-long':
      return ['name-too-long.have'];
    case 'code-format': {
      const known = ['ifsc', 'bsb', 'aba', 'sort-code', 'cnaps'] as const;
      const of = known.find((name) => name === rule);
      return [of ? `code-format.${of}` : code];
    }
    case 'text-too-long':
      return ['text-too-long.have', { max: 140 }];
    default:
      return [code];
  }
}

function decimalsOf(currency: string): number {
  return currencyDecimals(currency) ?? 2;
}
