import { usesIban } from './iban.ts';
import { TABLES } from './rule-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import { sampleIban } from './sample-iban.ts';
import { bankingCountries } from './tables/countries.ts';
import { COUNTRY_EXAMPLES, EXAMPLES } from './tables/recipient-examples.ts';
import { BY_BIC, fieldTemplate, readRows } from './tables/recipient-fields.ts';
import type { CorridorTable, FieldName, FieldRow } from './tables/recipient-fields.ts';
import type { WalletAccountFormat } from './tables/wallets.ts';
import type { FieldSpec, RecipientChoice, RecipientMethod } from './types.ts';
import { walletAccountFormat } from './wallet.ts';

const readSources = /* @__PURE__ */ new Map<string, readonly FieldRow[]>();

/** The rows of a list of fields, read once. */
function rowsOf(source: string): readonly FieldRow[] {
  const rows = readSources.get(source) ?? readRows(source);
  readSources.set(source, rows);
  return rows;
}

/** The rows of a bank corridor, holder and bank name first. */
export function bankRows(
  currency: string | undefined,
  country: string | undefined,
  corridors: CorridorTable = TABLES.corridors,
): readonly FieldRow[] {
  const source =
    corridors.get(currency ?? '')?.get(country ?? '') ??
    corridors.get('')?.get(country && usesIban(country) ? 'IBAN' : '') ??
    BY_BIC;
  return rowsOf(source.startsWith('holderName') ? source : `holderName bankName ${source}`);
}

/** What the wallets of a currency ask for by the merchant's own table. */
export function walletRows(currency: string | undefined, { walletFields }: RuleTables): readonly FieldRow[] {
  const source = walletFields.get(currency ?? '');
  return source === undefined ? [] : rowsOf(source);
}

/** The ordered fields a form shows for a choice of currency, method, provider, bank country and kind of holder. */
export function recipientFields(choice: RecipientChoice, tables: RuleTables = TABLES): FieldSpec[] {
  const specs = fieldSpecs(choice, tables);
  const home = choice.method === 'leanx' ? 'MY' : (choice.country ?? '');
  const own = choice.method === 'ewallet' ? {} : { ...madeUpExamples(home), ...COUNTRY_EXAMPLES[home] };
  for (const spec of specs) {
    if (spec.labelKey === 'walletNumber') continue;
    const name = spec.name as FieldName;
    spec.example ??= own[name] ?? EXAMPLES[name];
    if (name === 'holderName' && choice.accountType === 'business') spec.example = 'Santos Trading Inc.';
  }
  return specs;
}

/** Examples of a bank in a country that has none of its own: one of another country would be refused. */
function madeUpExamples(country: string): Partial<Record<FieldName, string>> {
  const prefix = bankingCountries().get(country) ?? country;
  const iban = sampleIban(prefix);
  return { ...(/^[A-Z]{2}$/.test(prefix) ? { bic: `BANK${prefix}2L` } : {}), ...(iban === undefined ? {} : { iban }) };
}

/** The same without examples of what is typed: all that drawing and checking need. */
export function fieldSpecs(choice: RecipientChoice, tables: RuleTables = TABLES): FieldSpec[] {
  const { accountType } = choice;
  const specs: FieldSpec[] = [];
  for (const { field, only = accountType, ...row } of choiceRows(choice, tables)) {
    if (only !== accountType) continue;
    const spec: FieldSpec = {
      name: field === 'walletNumber' ? 'accountNumber' : field,
      ...fieldTemplate(field),
      ...row,
    };
    if (field === 'holderName')
      spec.hintKey ??= accountType === 'business' ? 'holderNameBusiness' : 'holderNameIndividual';
    specs.push(spec);
  }
  return specs;
}

/** How the wallet that is chosen names its accounts; until one is, the currency's first. */
function walletFormat(
  { currency, provider = '' }: RecipientChoice,
  { wallets }: RuleTables,
): WalletAccountFormat | undefined {
  return walletAccountFormat(currency, provider, wallets) ?? wallets.get(currency)?.[0]?.account;
}

function choiceRows(choice: RecipientChoice, tables: RuleTables): readonly FieldRow[] {
  switch (choice.method) {
    case 'bank':
      return bankRows(choice.currency, choice.country, tables.corridors);
    case 'leanx':
      return rowsOf('bankId accountNumber:20 holderName recipientReference');
    case 'ewallet': {
      const format = walletFormat(choice, tables);
      const account: readonly FieldRow[] =
        format?.kind === 'pix'
          ? rowsOf('depositKeyType depositKey')
          : [{ field: 'walletNumber', required: true, ...(format?.example && { example: format.example }) }];
      return [...account, ...rowsOf('holderName'), ...walletRows(choice.currency, tables)];
    }
  }
}

/** The methods a currency can be paid by. */
export function recipientMethods(currency: string, tables: RuleTables = TABLES): RecipientMethod[] {
  const methods: RecipientMethod[] = ['bank'];
  if (tables.wallets.has(currency)) methods.push('ewallet');
  // LeanX pays in Malaysia only.
  if (currency === 'MYR') methods.push('leanx');
  return methods;
}

/** The country whose banks a currency is at home in; undefined where it has none or several. */
export function homeCountry(currency: string, tables: RuleTables = TABLES): string | undefined {
  return [...(tables.corridors.get(currency)?.keys() ?? [])][0];
}
