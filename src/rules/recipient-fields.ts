import { usesIban } from './iban.ts';
import { TABLES } from './rule-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import { sampleIban } from './sample-iban.ts';
import { BANKING_COUNTRY } from './tables/countries.ts';
import { COUNTRY_EXAMPLES, EXAMPLES } from './tables/recipient-examples.ts';
import { FIELDS, readRows } from './tables/recipient-fields.ts';
import type { CorridorTable, FieldName, FieldRow } from './tables/recipient-fields.ts';
import type { AccountType, FieldSpec, RecipientChoice, RecipientMethod } from './types.ts';
import { walletAccountFormat } from './wallet.ts';

const readCorridors = /* @__PURE__ */ new Map<string, readonly FieldRow[]>();

/** The rows of a bank corridor, holder and bank name first. */
export function bankRows(
  currency: string | undefined,
  country: string | undefined,
  corridors: CorridorTable = TABLES.corridors,
): readonly FieldRow[] {
  const source =
    corridors.get(currency ?? '')?.get(country ?? '') ??
    corridors.get('')?.get(country !== undefined && usesIban(country) ? 'IBAN' : '') ??
    'bic accountNumber';
  let rows = readCorridors.get(source);
  if (rows === undefined) {
    rows = readRows(source.startsWith('holderName') ? source : `holderName bankName ${source}`);
    readCorridors.set(source, rows);
  }
  return rows;
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
  const prefix = BANKING_COUNTRY.get(country) ?? country;
  const iban = sampleIban(prefix);
  return { ...(/^[A-Z]{2}$/.test(prefix) ? { bic: `BANK${prefix}2L` } : {}), ...(iban === undefined ? {} : { iban }) };
}

/** The same without examples: all that drawing and checking need. */
export function fieldSpecs(choice: RecipientChoice, tables: RuleTables = TABLES): FieldSpec[] {
  switch (choice.method) {
    case 'bank':
      return rowSpecs(bankRows(choice.currency, choice.country, tables.corridors), choice);
    case 'ewallet':
      return [...accountFields(choice, tables), ...rowSpecs(walletRows(choice.currency, tables), choice)];
    case 'leanx':
      return [
        required('bankId', choice.accountType),
        fieldSpec({ field: 'accountNumber', required: true, maxLength: 20 }, choice.accountType),
        required('holderName', choice.accountType),
        required('recipientReference', choice.accountType),
      ];
  }
}

function rowSpecs(rows: readonly FieldRow[], { accountType }: RecipientChoice): FieldSpec[] {
  return rows
    .filter(({ only }) => only === undefined || only === accountType)
    .map((row) => fieldSpec(row, accountType));
}

/** What the wallets of a currency ask for by the merchant's own table. */
export function walletRows(currency: string | undefined, { walletFields: own }: RuleTables): readonly FieldRow[] {
  const source = own.get(currency ?? '');
  return source === undefined ? [] : readRows(source);
}

function accountFields({ currency, provider, accountType }: RecipientChoice, { wallets }: RuleTables): FieldSpec[] {
  const known = wallets.get(currency);
  const format = walletAccountFormat(currency, provider ?? '', wallets) ?? known?.[0]?.account;
  if (format?.kind === 'pix') {
    return [
      required('depositKeyType', accountType),
      required('depositKey', accountType),
      required('holderName', accountType),
    ];
  }
  const row: FieldRow = { field: 'walletNumber', required: true };
  if (format?.example !== undefined) row.example = format.example;
  return [fieldSpec(row, accountType), required('holderName', accountType)];
}

function required(field: FieldName, accountType: AccountType): FieldSpec {
  return fieldSpec({ field, required: true }, accountType);
}

function fieldSpec({ field, required, maxLength, hintKey, example }: FieldRow, accountType: AccountType): FieldSpec {
  const spec: FieldSpec = { name: field === 'walletNumber' ? 'accountNumber' : field, required, ...FIELDS[field] };
  if (field === 'holderName') {
    spec.hintKey = accountType === 'business' ? 'holderNameBusiness' : 'holderNameIndividual';
  }
  if (hintKey !== undefined) spec.hintKey = hintKey;
  if (maxLength !== undefined) spec.maxLength = maxLength;
  if (example !== undefined) spec.example = example;
  return spec;
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
