import { payoutAmountIssue } from '../rules/amount-limits.ts';
import { checkAmount, normalizeAmount, sumAmounts } from '../rules/amount.ts';
import { normalizeCountry } from '../rules/country.ts';
import { currencyDecimals, normalizeCurrency } from '../rules/currency.ts';
import { inferPixKeyType } from '../rules/pix-key.ts';
import { recipientWarnings } from '../rules/recipient-warnings.ts';
import { fieldSpecs, homeCountry } from '../rules/recipient-fields.ts';
import { checkRequestId, normalizeRequestId } from '../rules/request-id.ts';
import { TABLES, type RuleTables } from '../rules/rule-tables.ts';
import { lowerAscii, typedText } from '../rules/typed-text.ts';
import type {
  AccountType,
  FieldContext,
  FieldSpec,
  IssueCode,
  Recipient,
  RecipientMethod,
  WarningCode,
} from '../rules/types.ts';
import { checkWalletProvider, normalizeWalletProvider } from '../rules/wallet.ts';
import type { PayoutItem } from '../protocol/messages.ts';
import type { PayoutStatus } from '../protocol/status.ts';
import { BATCH_FIELDS, type BatchField, type BatchTable, type Columns } from './columns.ts';
import { inSlices, type SlicedWork } from './in-slices.ts';
import type { TableRecord } from './read-table.ts';
import { contextOf, readDraft, type RecipientDraft } from './recipient-draft.ts';

/** What can be wrong with a cell besides the rules' own issues. */
export type BatchIssueCode =
  IssueCode | 'duplicate-reference' | 'currency-differs' | 'spreadsheet-number' | 'extra-cells';

/** What is worth a look besides the rules' own warnings. */
export type BatchWarningCode = WarningCode | 'spreadsheet-zeros';

/** What an operator has done to the rows of a table: it outlives a change of the columns. */
export interface BatchEdits {
  readonly texts: ReadonlyMap<number, ReadonlyMap<BatchField, string>>;
  readonly removed: ReadonlySet<number>;
}

/** What a column that a row lacks is taken to say. */
export interface BatchDefaults {
  method?: RecipientMethod | undefined;
  /** ISO 3166-1 alpha-2 of the banks; by default the currency's own country. */
  country?: string | undefined;
  provider?: string | undefined;
  accountType?: AccountType | undefined;
}

/** What became of a row after it was sent. */
export interface RowOutcome {
  state: 'sending' | 'accepted' | 'refused' | 'unknown' | 'already-sent';
  requestId?: string | undefined;
  status?: PayoutStatus | undefined;
  /** Our code of why it was refused or failed; the upstream's number with `upstreamCode`. */
  code?: string | undefined;
  upstreamCode?: string | undefined;
  /** The cell that the refusal is about. */
  field?: BatchField | undefined;
  /** The earlier payout of this reference had another amount or recipient. */
  differs?: boolean | undefined;
}

/** One payout of a batch. */
export interface BatchRow {
  readonly id: number;
  /** Its number in the file. */
  readonly number: number;
  readonly texts: ReadonlyMap<BatchField, string>;
  /** Texts beyond the table's header: the row's cells have shifted, until its amount is entered anew. */
  extra: readonly string[];
  /** The merchant's own reference as it would be sent, right or not. */
  reference: string;
  /** What is wrong, by cell. */
  issues: ReadonlyMap<BatchField, BatchIssueCode>;
  warnings: ReadonlyMap<BatchField, BatchWarningCode>;
  /** What the rules see, for messages. */
  context: FieldContext;
  /** The payout, when nothing is wrong with it. */
  payout: PayoutItem | undefined;
  outcome: RowOutcome | undefined;
}

/** How many rows there are of each kind. */
export interface BatchCounts {
  total: number;
  ready: number;
  wrong: number;
  duplicate: number;
  accepted: number;
  unknown: number;
}

/** Words for the methods and account types, as people write them. */
const METHODS: readonly (readonly [RecipientMethod, RegExp])[] = [
  ['leanx', /leanx|malaysian/],
  [
    'ewallet',
    /wallet|dompet|pitaka|pix|e-?money|carteira|billetera|monedero|वॉलेट|กระเป๋า|วอลเล็ต|ví điện tử|钱包|錢包|ウォレット|지갑|محفظة/u,
  ],
  [
    'bank',
    /bank|bangko|banc[oaá]|iban|swift|wire|transfer|sepa|\bach\b|giro|बैंक|ธนาคาร|ngân hàng|chuyển khoản|银行|銀行|振込|은행|بنك|مصرف/u,
  ],
];
/** Before the individuals: a legal person is a person, too. */
const ACCOUNT_TYPES: readonly (readonly [AccountType, RegExp])[] = [
  [
    'business',
    /^(?:b|biz|pj)$|business|bisnis|compan|corporat|\bcorp|organi|legal|entity|badan|usaha|syarikat|perniagaan|negosyo|kumpanya|empres|jur[ií]di|moral|व्यवसाय|कंपनी|นิติบุคคล|ธุรกิจ|บริษัท|doanh nghiệp|công ty|公司|企业|企業|法人|商户|기업|법인|회사|شركة|مؤسسة/u,
  ],
  [
    'individual',
    /^(?:i|p|pf)$|individu|indibidwal|person|private|pribadi|orang|f[ií]sica|natural|particular|व्यक्ति|บุคคล|cá nhân|个人|個人|개인|فرد/u,
  ],
];

/** Where a value stands, too, in tables that have one column for several kinds of account. */
const ALSO_IN: Readonly<Record<string, BatchField>> = {
  depositKey: 'accountNumber',
  iban: 'accountNumber',
  bic: 'codes.bankCode',
};

/** A figure that a spreadsheet has shortened: its last digits are lost. */
const SHORTENED = /^[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}$/i;
/** Spreadsheets keep 15 digits of a number (Microsoft, Excel specifications and limits) and write zeros for the rest. */
const ROUNDED = /^[0-9]{15}0+$/;
/** Fields that hold digits which a spreadsheet takes for a number. */
const DIGITS: ReadonlySet<BatchField> = new Set([
  'accountNumber',
  'depositKey',
  'reference',
  'phone',
  'taxId',
  'nationalId',
  'iban',
  'codes.cnaps',
]);

/** `="0123"` and `'0123` are how spreadsheets are told to leave a text alone. */
function cellText(text: string): string {
  const typed = text.trim();
  return /^="(.*)"$/s.exec(typed)?.[1] ?? typed.replace(/^'(?=[=+\-@\t\r0-9＝＋－＠])/u, '');
}

/**
 * The rows of a table as payouts: every cell by the rules that the form and the proxy apply, edited in place, with exact
 * sums and the duplicates among them.
 */
export class PayoutBatch {
  readonly currency: string;
  readonly columns: Columns;
  readonly header: readonly string[];
  readonly #records: readonly TableRecord[];
  readonly #rows: BatchRow[] = [];
  /** What is told of all rows, until one of them changes. */
  #counts: BatchCounts | undefined;
  #total: string | undefined;
  readonly #defaults: BatchDefaults;
  readonly #tables: RuleTables;
  readonly #edited: Map<number, Map<BatchField, string>>;
  readonly #removed: Set<number>;
  /** How many cells a row has at most: further ones mean that a text was torn. */
  readonly #cells: number;
  /** Rows by reference, and by account and amount. */
  readonly #references = new Groups();
  readonly #accounts = new Groups();

  constructor(
    { header, rows }: BatchTable,
    columns: Columns,
    {
      currency,
      defaults = {},
      tables = TABLES,
      edits,
    }: {
      currency: string;
      defaults?: BatchDefaults | undefined;
      tables?: RuleTables | undefined;
      edits?: BatchEdits | undefined;
    },
  ) {
    this.currency = currency;
    this.header = header;
    this.columns = columns;
    this.#records = rows;
    this.#defaults = defaults;
    this.#tables = tables;
    this.#edited = new Map([...(edits?.texts ?? [])].map(([id, texts]) => [id, new Map(texts)]));
    this.#removed = new Set(edits?.removed);
    const first = header.length > 0 ? header : (rows[0]?.cells ?? []);
    const isTitled = Array.from(
      { length: Math.max(first.length, columns.length) },
      (_, index) => columns[index] !== undefined || (first[index] ?? '').trim() !== '',
    );
    this.#cells = isTitled.lastIndexOf(true) + 1;
  }

  /** Makes and checks every row, in slices that leave the page responsive. */
  check(work?: SlicedWork): Promise<void> {
    return inSlices(
      this.#records.length,
      (index) => this.#checkRow((this.#rows[index] ??= this.#makeRow(index))),
      work,
    );
  }

  /** The rows of the table, as far as they were made by `check`. */
  get rows(): readonly BatchRow[] {
    return this.#rows;
  }

  /** The rows that were not taken out. */
  get present(): BatchRow[] {
    return this.rows.filter(({ id }) => !this.#removed.has(id));
  }

  /** What was done to the rows, for a batch of the same table with other columns. */
  get edits(): BatchEdits {
    return { texts: this.#edited, removed: this.#removed };
  }

  /** Changes one cell and checks its row again; what was sent stays as it was sent. */
  edit(id: number, field: BatchField, text: string): BatchRow {
    const row = this.#row(id);
    if (!this.isOpen(row)) return row;
    const edited = this.#edited.get(id) ?? new Map<BatchField, string>();
    this.#edited.set(id, edited.set(field, text.trim()));
    enter(row, field, text.trim());
    // A corrected payout is another one than what was refused.
    row.outcome = undefined;
    this.#checkRow(row);
    return row;
  }

  /** Makes refused rows ready again as they are, where the reason was not in them. */
  reopen(rows: readonly BatchRow[]): void {
    for (const row of rows) if (row.outcome?.state === 'refused') row.outcome = undefined;
  }

  /** Whether a row can be changed: nothing of it was sent, it came back, or its reference was sent with other details. */
  isOpen({ outcome }: BatchRow): boolean {
    return !outcome || outcome.state === 'refused' || (outcome.state === 'already-sent' && outcome.differs === true);
  }

  /** Takes a row out, or puts it back; what was sent stays in view. */
  setRemoved(id: number, removed: boolean): void {
    const row = this.#row(id);
    if (!this.isOpen(row)) return;
    if (removed) {
      this.#removed.add(id);
      this.#leaveGroups(row);
      this.#touch();
    } else {
      this.#removed.delete(id);
      this.#checkRow(row);
    }
  }

  /** What is wrong with a row, another row's reference included. */
  issuesOf(row: BatchRow): ReadonlyMap<BatchField, BatchIssueCode> {
    if (!this.#isRepeated(row) || row.issues.has('reference')) return row.issues;
    return new Map([...row.issues, ['reference', 'duplicate-reference']]);
  }

  /** The rows that pay the same amount to the same account, this one included; empty where there is no other. */
  duplicatesOf(row: BatchRow): readonly number[] {
    return this.isDuplicate(row) ? this.#accounts.membersOf(row.id) : [];
  }

  /** Whether another row pays the same amount to the same account. */
  isDuplicate(row: BatchRow): boolean {
    return this.#accounts.membersOf(row.id).length > 1;
  }

  #isRepeated({ id }: BatchRow): boolean {
    return (this.#references.membersOf(id)[0] ?? id) !== id;
  }

  /** Whether a row can be sent: nothing wrong with it, and not sent yet. */
  isReady(row: BatchRow): boolean {
    return row.payout !== undefined && !row.outcome && !this.#removed.has(row.id) && !this.#isRepeated(row);
  }

  /** Whether a row can be sent, was sent, or needs a look: also when its reference was sent with other details. */
  kindOf(row: BatchRow): 'wrong' | 'ready' | 'sent' {
    if (!this.isOpen(row)) return 'sent';
    return this.isReady(row) ? 'ready' : 'wrong';
  }

  /** The rows to send. */
  get ready(): BatchRow[] {
    return this.rows.filter((row) => this.isReady(row));
  }

  /** How many rows there are of each kind. */
  get counts(): BatchCounts {
    return (this.#counts ??= this.#count());
  }

  #count(): BatchCounts {
    const counts: BatchCounts = { total: 0, ready: 0, wrong: 0, duplicate: 0, accepted: 0, unknown: 0 };
    for (const row of this.present) {
      const kind = this.kindOf(row);
      const state = row.outcome?.state;
      counts.total += 1;
      if (kind !== 'sent') counts[kind] += 1;
      else if (state === 'unknown' || state === 'sending') counts.unknown += 1;
      else counts.accepted += 1;
      if (!state && this.isDuplicate(row)) counts.duplicate += 1;
    }
    return counts;
  }

  /** The exact sum of what is ready, with the currency's decimals. */
  get total(): string {
    const amounts = () => this.ready.flatMap(({ payout }) => (payout ? [payout.amount] : []));
    return (this.#total ??= sumAmounts(amounts(), this.currency, this.#tables.currencies));
  }

  #touch(): void {
    this.#counts = this.#total = undefined;
  }

  #makeRow(id: number): BatchRow {
    const { number = 0, cells = [] } = this.#records[id] ?? {};
    const texts = new Map<BatchField, string>();
    for (const [column, field] of this.columns.entries()) {
      const text = field && cellText(cells[column] ?? '');
      if (field && text) texts.set(field, text);
    }
    const extra = cells.slice(this.#cells).filter((cell) => cell.trim() !== '');
    const row = new Row(id, number, texts, extra, () => this.#touch());
    for (const [field, text] of this.#edited.get(id) ?? []) enter(row, field, text);
    return row;
  }

  /** The fields that some row needs and no column holds, nor a default. */
  get missing(): BatchField[] {
    const needed = new Set<BatchField>();
    for (const row of this.rows.slice(0, 100)) {
      for (const [field, code] of row.issues)
        if (code === 'required' && !this.columns.includes(field)) needed.add(field);
    }
    return BATCH_FIELDS.filter((field) => needed.has(field));
  }

  #row(id: number): BatchRow {
    const row = this.rows[id];
    if (!row) throw new RangeError(`There is no row ${id}.`);
    return row;
  }

  /** What a row says, and what it says in words that mean nothing here. */
  #draftOf({ texts }: BatchRow): {
    draft: RecipientDraft;
    from: Map<string, BatchField>;
    unclear: Map<BatchField, IssueCode>;
  } {
    const text = (field: BatchField) => typedText(texts.get(field) ?? '');
    const { currency } = this;
    const defaults = this.#defaults;
    const unclear = new Map<BatchField, IssueCode>();
    const wallet = (name: string) => normalizeWalletProvider(currency, name, this.#tables.wallets);
    const named = wallet(text('method'));
    const isWallet = checkWalletProvider(currency, named, this.#tables.wallets) === undefined;
    const provider = wallet(text('provider') || (isWallet ? named : (defaults.provider ?? '')));
    const method = isWallet ? 'ewallet' : this.#methodOf(text('method'), texts);
    // "GCash" under the method and "PayMaya" under the wallet: one of them is wrong.
    if (method === undefined || (isWallet && provider !== named)) unclear.set('method', 'method-unknown');
    const [only] = this.#tables.wallets.get(currency) ?? [];
    const country =
      normalizeCountry(text('country')) || (defaults.country ?? homeCountry(currency, this.#tables) ?? '');
    const type = text('accountType').toLowerCase();
    const accountType = ACCOUNT_TYPES.find(([, words]) => words.test(type))?.[0];
    if (type && !accountType && method !== 'leanx') unclear.set('accountType', 'account-type-unknown');
    const draft: RecipientDraft = {
      method: method ?? 'bank',
      currency,
      country,
      accountType: accountType ?? defaults.accountType ?? 'individual',
      provider: provider || (this.#tables.wallets.get(currency)?.length === 1 ? (only?.name ?? '') : ''),
      texts: new Map(),
    };
    const from = new Map<string, BatchField>();
    const specs = fieldSpecs(draft, this.#tables);
    for (const { name, labelKey } of specs) {
      const other = ALSO_IN[name];
      const isElsewhere =
        other !== undefined &&
        !texts.has(name as BatchField) &&
        texts.has(other) &&
        !specs.some((own) => own.name === other);
      if (isElsewhere) from.set(name, other);
      draft.texts.set(labelKey, texts.get(isElsewhere ? other : (name as BatchField)) ?? '');
    }
    completePix(draft.texts);
    return { draft, from, unclear };
  }

  /** The method that a row names or shows; `undefined` where that is not clear. */
  #methodOf(text: string, texts: ReadonlyMap<BatchField, string>): RecipientMethod | undefined {
    if (text) return METHODS.find(([, words]) => words.test(text.toLowerCase()))?.[0];
    if (this.#defaults.method) return this.#defaults.method;
    if (texts.has('bankId')) return 'leanx';
    if (!texts.has('provider') && !texts.has('depositKey')) return 'bank';
    return texts.has('bic') || texts.has('iban') ? undefined : 'ewallet';
  }

  #checkRow(row: BatchRow): void {
    this.#touch();
    this.#leaveGroups(row);
    const { draft, from, unclear } = this.#draftOf(row);
    const { recipient, issues: found } = readDraft(draft, this.#tables);
    const issues = new Map<BatchField, BatchIssueCode>();
    for (const [name, code] of found) {
      // Of an unknown wallet nothing else is known either: one complaint is enough.
      if (name === 'provider' || code !== 'wallet-provider-unknown')
        issues.set(from.get(name) ?? (name as BatchField), code);
    }
    // Of a row whose method is not known, nothing is known to be missing.
    if (unclear.has('method')) issues.clear();
    for (const [field, code] of unclear) issues.set(field, code);
    const amount = this.#amountOf(row);
    const wrongAmount = row.texts.has('amount') ? payoutAmountIssue(amount, draft, this.#tables) : 'required';
    if (wrongAmount) issues.set('amount', wrongAmount);
    const reference = (row.reference = normalizeRequestId(row.texts.get('reference') ?? ''));
    const wrongReference = reference ? checkRequestId(reference) : 'required';
    if (wrongReference) issues.set('reference', wrongReference);
    const currency = row.texts.get('currency');
    if (currency && normalizeCurrency(currency) !== this.currency) issues.set('currency', 'currency-differs');
    if (row.extra.length > 0) issues.set('amount', 'extra-cells');
    const warnings = new Map<BatchField, BatchWarningCode>();
    for (const [field, text] of row.texts) {
      if (!DIGITS.has(field)) continue;
      if (SHORTENED.test(text)) issues.set(field, 'spreadsheet-number');
      if (ROUNDED.test(text)) warnings.set(field, 'spreadsheet-zeros');
    }
    row.issues = issues.size > 0 ? issues : NOTHING;
    row.context = contextOf(draft);
    row.payout = recipient && issues.size === 0 ? { reference, amount, recipient } : undefined;
    for (const { path, code } of recipient ? recipientWarnings(recipient, this.#tables) : [])
      warnings.set(from.get(path) ?? (path as BatchField), code);
    row.warnings = warnings.size > 0 ? warnings : NOTHING;
    if (this.#removed.has(row.id)) return;
    if (reference) this.#references.add(row.id, reference);
    if (recipient && !wrongAmount) this.#accounts.add(row.id, accountKey(recipient, amount));
  }

  /** With all decimals of the currency, as it is sent. */
  #amountOf({ texts }: BatchRow): string {
    const { currencies } = this.#tables;
    const amount = normalizeAmount(texts.get('amount') ?? '', this.currency, currencies);
    const decimals = currencyDecimals(this.currency, currencies) ?? 0;
    if (decimals === 0 || checkAmount(amount, this.currency, currencies)) return amount;
    const [integer = '', fraction = ''] = amount.split('.');
    return `${integer}.${fraction.padEnd(decimals, '0')}`;
  }

  #leaveGroups({ id }: BatchRow): void {
    this.#references.remove(id);
    this.#accounts.remove(id);
  }
}

/** A row whose outcome, set by whoever sends it, changes what is told of all rows. */
class Row implements BatchRow {
  readonly id: number;
  readonly number: number;
  readonly texts: ReadonlyMap<BatchField, string>;
  extra: readonly string[];
  reference = '';
  issues: BatchRow['issues'] = NOTHING;
  warnings: BatchRow['warnings'] = NOTHING;
  context: FieldContext = {};
  payout: PayoutItem | undefined;
  readonly #changed: () => void;
  #outcome: RowOutcome | undefined;

  constructor(
    id: number,
    number: number,
    texts: ReadonlyMap<BatchField, string>,
    extra: readonly string[],
    changed: () => void,
  ) {
    this.id = id;
    this.number = number;
    this.texts = texts;
    this.extra = extra;
    this.#changed = changed;
  }

  get outcome(): RowOutcome | undefined {
    return this.#outcome;
  }

  set outcome(outcome: RowOutcome | undefined) {
    this.#outcome = outcome;
    this.#changed();
  }
}

const NOTHING: ReadonlyMap<BatchField, never> = new Map<BatchField, never>();

/** Puts a text into a cell. With the amount looked at, the row's further cells have been, too. */
function enter(row: BatchRow, field: BatchField, text: string): void {
  const texts = row.texts as Map<BatchField, string>;
  if (text) texts.set(field, text);
  else texts.delete(field);
  if (field === 'amount') row.extra = [];
}

/** The type of a PIX key follows from what it is. */
function completePix(texts: Map<string, string>): void {
  const key = texts.get('depositKey');
  if (key === undefined) return;
  const type = lowerAscii(texts.get('depositKeyType') ?? '').replace(/[^a-z]/g, '');
  const named = ['cpf', 'cnpj', 'email', 'phone', 'random'].find((known) => type.includes(known));
  texts.set('depositKeyType', named ?? (type || (inferPixKeyType(key) ?? '')));
}

/** The same for payouts of the same amount to the same account. */
function accountKey(recipient: Recipient, amount: string): string {
  switch (recipient.method) {
    case 'bank':
      return JSON.stringify([amount, recipient.country, recipient.iban ?? recipient.accountNumber, recipient.codes]);
    case 'ewallet':
      // +63917… and 0917… are one number.
      return JSON.stringify([amount, recipient.provider, recipient.accountNumber.replace(/^(\+6[23]|0)(?=[89])/, '')]);
    case 'leanx':
      return JSON.stringify([amount, recipient.bankId, recipient.accountNumber]);
  }
}

/** Rows by what they have in common, in their order. */
class Groups {
  readonly #of: (number[] | undefined)[] = [];
  readonly #byKey = new Map<string, number[]>();

  add(row: number, key: string): void {
    let rows = this.#byKey.get(key);
    if (!rows) this.#byKey.set(key, (rows = []));
    // Mostly they come in their order.
    if ((rows.at(-1) ?? -1) < row) rows.push(row);
    else
      rows.splice(
        rows.findIndex((other) => other > row),
        0,
        row,
      );
    this.#of[row] = rows;
  }

  remove(row: number): void {
    const rows = this.#of[row];
    rows?.splice(rows.indexOf(row), 1);
    this.#of[row] = undefined;
  }

  /** The rows that share this one's key, itself included; the first is the lowest. */
  membersOf(row: number): readonly number[] {
    return this.#of[row] ?? NOBODY;
  }
}

const NOBODY: readonly number[] = [];

/** The recipient's field that a batch's field is checked as, for its message. */
export function specOf(field: BatchField, row: BatchRow, tables: RuleTables = TABLES): FieldSpec | undefined {
  const { method = 'bank', currency = '', country, provider, accountType = 'individual' } = row.context;
  const specs = fieldSpecs({ method, currency, country, provider, accountType }, tables);
  return specs.find(({ name }) => name === field) ?? specs.find(({ name }) => ALSO_IN[name] === field);
}
