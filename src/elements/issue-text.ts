import { issues } from '../locales/en/issues.ts';
import { amountLimits } from '../rules/amount-limits.ts';
import { checkField } from '../rules/check-field.ts';
import { currencyDecimals } from '../rules/currency.ts';
import { ibanLength } from '../rules/iban.ts';
import { homeCountry } from '../rules/recipient-fields.ts';
import { TABLES, type RuleTables } from '../rules/rule-tables.ts';
import type { FieldContext, FieldRule } from '../rules/types.ts';
import { checkWalletAccount, normalizeWalletAccount } from '../rules/wallet.ts';
import { typedPixKeyType } from './likely-pix-key-type.ts';
import type { EntryField } from './recipient-entry.ts';
import type { FormIssueCode } from './recipient-events.ts';
import { nameOf } from './region-names.ts';
import { translator } from './texts.ts';

const translate = translator('issues', issues);

/** A reason that people have a text for: the form's own, or that the platform has refused a member. */
export type IssueTextCode = FormIssueCode | 'upstream-refused';

/** What a message may speak of. */
export interface IssueSubject {
  /** The exact wire value that was refused. */
  value: string;
  /** What was typed for it. */
  typed: string;
  /** The field's visible label. */
  label: string;
  context: FieldContext;
  /** The field, where it is one of the recipient's or the payout's and no choice. */
  field?: Partial<EntryField> | undefined;
  /** The names of the PIX key types. */
  keyTypeName: (type: string) => string;
  /** A merchant's own tables. */
  tables?: RuleTables;
}

/** Whether a code from outside, such as the proxy's, is one that people have a text for. */
export function hasIssueText(code: string): code is IssueTextCode {
  return Object.hasOwn(issues, code) && !code.includes('.');
}

/** The country of another currency whose wallets have a number like this one. */
function countryOfWallet(typed: string, own: string, { wallets }: RuleTables): string | undefined {
  for (const [currency, [first]] of wallets) {
    if (currency === own || first?.account.kind !== 'mobile') continue;
    const number = normalizeWalletAccount(currency, first.name, typed, wallets);
    if (!checkWalletAccount(currency, first.name, number, wallets)) return homeCountry(currency);
  }
  return undefined;
}

/** What is wrong with a value and how to put it right, as closely as the value allows to say. */
export function issueText(code: IssueTextCode, subject: IssueSubject, lang: string): string {
  const { value, typed, context, field, keyTypeName, tables = TABLES } = subject;
  const { rule = '', example = '', maxLength = 64 } = field ?? {};
  const { currency = '', method, depositKeyType = '' } = context;
  const have = Array.from(value).length;
  const country = (prefix = '') => prefix && nameOf('region', prefix, lang);
  const decimals = currencyDecimals(currency, tables.currencies) ?? 2;
  const prefix = code.startsWith('bic') ? value.slice(4, 6) : value.slice(0, 2);
  const want = ibanLength(prefix) ?? 0;
  const found = rule === 'pix-key' ? typedPixKeyType(typed) : undefined;
  const foreign = /[^\p{L}\p{M}\p{Nd} .,'’\-&/()]/u.exec(value)?.[0] ?? '';
  const isWallet = code === 'wallet-account-format';
  const walletOf = isWallet ? countryOfWallet(typed, currency, tables) : undefined;
  const isCpf = code === 'cpf-format';
  const max = isCpf ? 11 : maxLength;
  // A national ID may have letters, too.
  const isCode = code === 'code-format' && max < 13;
  const padded = value.padStart(max, '0');

  let variant: string | undefined;
  if (code === 'required') variant = field?.control === 'text' ? '' : 'choice';
  else if (code === 'amount-decimals') variant = /\.\d{3}$/.test(value) ? 'thousand' : decimals ? '' : 'none';
  else if (code === 'iban-length') variant = have > want ? '' : want - have > 1 ? 'short' : 'short-one';
  else if (code === 'name-characters') variant = /[\p{C}\p{Z}]/u.test(foreign) ? 'hidden' : foreign ? '' : 'plain';
  else if (isWallet) variant = walletOf ? 'foreign' : example && 'example';
  else if ((isCode || isCpf) && !checkField(rule as FieldRule, padded, context, tables)) variant = 'zeros';
  else if (isCode) variant = rule === 'ifsc' ? rule : 'digits';
  else if (want === have) variant = 'iban';
  else if (/^\d[.,]?\d*E\+?\d+$/i.test(typed)) variant = 'spreadsheet';
  else variant = method === 'leanx' ? 'MY' : context.country;
  // Too short or too long, and with letters: where there are digits only, the letters are what to correct first.
  const digitsFirst = code === 'account-length' && /\D/.test(value) ? `account-format.${variant}` : '';
  const precise = digitsFirst in issues ? digitsFirst : `${code}.${variant}`;
  const key = found && found !== depositKeyType ? 'pix-looks-like' : precise in issues ? precise : code;
  const t = translate(lang) as (key: string, values: Readonly<Record<string, string | number>>) => string;
  return t(key, {
    // "Account holder" reads on as "account holder"; "IBAN" and "SWIFT / BIC" stay.
    label: subject.label.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase()),
    have,
    digits: value.replace(/\D/g, '').length,
    currency,
    decimals,
    want,
    max,
    padded,
    example,
    part: foreign || prefix,
    typed,
    ...amountLimits({ currency, method, provider: context.provider }, tables),
    plain: value.replace('.', ''),
    actual: country(walletOf ?? prefix),
    country: country(/^iban-(l|char)/.test(code) ? prefix : isWallet ? homeCountry(currency, tables) : context.country),
    found: keyTypeName(found ?? ''),
    type: keyTypeName(depositKeyType),
  });
}
