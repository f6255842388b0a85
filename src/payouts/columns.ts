import { checkBic, normalizeBic } from '../rules/bic.ts';
import { checkEmail, normalizeEmail } from '../rules/contact.ts';
import { checkIban, normalizeIban } from '../rules/iban.ts';
import { once } from '../rules/once.ts';
import { typedText } from '../rules/typed-text.ts';
import { headerWords } from './header-words.ts';
import type { TableRecord } from './read-table.ts';

/** What a column of a batch can hold, in the order in which people expect it: members of the recipient and the payout itself. */
export const BATCH_FIELDS = [
  'reference',
  'amount',
  'currency',
  'method',
  'provider',
  'country',
  'accountType',
  'holderName',
  'firstName',
  'lastName',
  'dateOfBirth',
  'nationality',
  'bankName',
  'bic',
  'iban',
  'accountNumber',
  'codes.bankCode',
  'codes.branchCode',
  'codes.ifsc',
  'codes.bsb',
  'codes.aba',
  'codes.sortCode',
  'codes.cnaps',
  'branchName',
  'bankProvince',
  'bankCity',
  'purposeCode',
  'accountKind',
  'depositKey',
  'depositKeyType',
  'taxId',
  'nationalId',
  'email',
  'phone',
  'address.line1',
  'address.line2',
  'address.city',
  'address.state',
  'address.postalCode',
  'address.country',
  'bankId',
  'recipientReference',
] as const;

/** One of them. */
export type BatchField = (typeof BATCH_FIELDS)[number];

/** Which field each column holds, by position; `undefined` for a column that is left out. */
export type Columns = readonly (BatchField | undefined)[];

/** A table with its header told from its rows. */
export interface BatchTable {
  /** The header's texts; empty where the table has none. */
  header: readonly string[];
  rows: readonly TableRecord[];
  /** How many columns there are. */
  width: number;
}

/** Letters and digits only, lower case, without diacritics: "Nº de Conta" is "nodeconta". */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mn}/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Words for the person who is paid: alone they mean the name, beside another word it is their account, bank, … */
const PAYEE =
  'beneficiary|recipient|payee|penerima|tumatanggap|tatanggap|favorecido|beneficiário|लाभार्थी|प्राप्तकर्ता|ผู้รับเงิน|người nhận|người thụ hưởng|收款人|受取人|수취인|beneficiario|المستفيد|المستلم';

const payees = /* @__PURE__ */ once((): ReadonlySet<string> => new Set(PAYEE.split('|').map(plain)));

const knownWords = /* @__PURE__ */ once((): ReadonlyMap<string, BatchField> => {
  const words = headerWords();
  return new Map(BATCH_FIELDS.flatMap((field) => words[field].split('|').map((word) => [plain(word), field] as const)));
});

/** What the page itself calls the fields, as its template has them; two fields of one name are the first of them. */
export function ownHeaders(labelOf: (field: BatchField) => string): ReadonlyMap<string, BatchField> {
  return new Map([...BATCH_FIELDS].reverse().map((field) => [plain(labelOf(field)), field]));
}

/** How surely a header names a field: the whole of it, or a telling part ("Beneficiary’s account number"). */
function readHeader(text: string): { field: BatchField; score: number } | undefined {
  const whole = plain(text);
  const words = knownWords();
  // "Amount (PHP)" is told by what stands before the brackets, "Beneficiary bank (BIC)" by what stands in them.
  const [outside = '', inside = ''] = text.split(/[()[\]{}（）【】]/u, 2);
  for (const candidate of [whole, plain(outside), plain(inside)]) {
    const field = words.get(candidate);
    if (field !== undefined) return { field, score: 1000 };
  }
  let best: { field: BatchField; score: number; rank: number } | undefined;
  for (const [word, field] of words) {
    // Two ideographs are a word, two Latin letters are not.
    const least = /[a-z]/.test(word) ? 4 : 2;
    const rank = payees().has(word) ? 0 : word.length;
    if (word.length < least || !whole.includes(word) || (best && best.rank >= rank)) continue;
    best = { field, score: word.length, rank };
  }
  return best;
}

/** An amount, an account number, a date: no header has a cell of figures alone. */
const FIGURES = /^[^\p{L}]*\p{N}[^\p{L}]*$/u;

/** Tells the header from the rows: a first record whose texts name fields, and are none themselves. */
export function asTable(records: readonly TableRecord[], own: ReadonlyMap<string, BatchField> = new Map()): BatchTable {
  const [first] = records;
  const width = records.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const named = first?.cells.filter((cell) => own.has(plain(cell)) || (readHeader(cell)?.score ?? 0) >= 4).length ?? 0;
  const isHeader =
    first !== undefined &&
    named * 2 >= first.cells.filter((cell) => cell.trim() !== '').length &&
    !first.cells.some((cell) => FIGURES.test(cell.trim()));
  return { header: isHeader ? first.cells : [], rows: isHeader ? records.slice(1) : records, width };
}

const BY_CONTENT: readonly (readonly [BatchField, (text: string) => boolean])[] = [
  ['iban', (text) => checkIban(normalizeIban(text)) === undefined],
  ['bic', (text) => checkBic(normalizeBic(text)) === undefined],
  ['email', (text) => checkEmail(normalizeEmail(text)) === undefined],
];

/**
 * Guesses the fields of the columns: by the header in any of the known languages or as the page's own template has it,
 * else by what stands in them.
 */
export function guessColumns(
  { header, rows, width }: BatchTable,
  own: ReadonlyMap<string, BatchField> = new Map(),
): (BatchField | undefined)[] {
  const columns = new Array<BatchField | undefined>(width).fill(undefined);
  const found = header.flatMap((text, column) => {
    const read = readHeader(text);
    const field = own.get(plain(text));
    // Surer than a part of the header, less sure than a word that people use for another field.
    return [...(read ? [{ ...read, column }] : []), ...(field ? [{ field, score: 500, column }] : [])];
  });
  // The surest first: a field has one column.
  for (const { field, column } of found.sort((a, b) => b.score - a.score)) {
    if (columns[column] === undefined && !columns.includes(field)) columns[column] = field;
  }
  const samples = rows.slice(0, 20);
  for (let column = 0; column < width; column += 1) {
    if (columns[column] !== undefined) continue;
    const texts = samples.map(({ cells }) => typedText(cells[column] ?? '')).filter(Boolean);
    const field = BY_CONTENT.find(([, fits]) => texts.length > 0 && texts.every(fits))?.[0];
    if (field !== undefined && !columns.includes(field)) columns[column] = field;
  }
  return columns;
}

/** One text for tables with the same header, under which a page may remember its columns. */
export function headerKey({ header }: BatchTable): string {
  return header.map(plain).join('|');
}
