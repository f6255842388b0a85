import { html, type CSSResult, type TemplateResult } from 'lit';
import type { ClientOptions } from '../client.ts';
import { BatchSubmission } from '../payouts/batch-submission.ts';
import {
  asTable,
  guessColumns,
  headerKey,
  ownHeaders,
  type BatchField,
  type BatchTable,
  type Columns,
} from '../payouts/columns.ts';
import { errorExport } from '../payouts/error-export.ts';
import { nextTurn } from '../payouts/in-slices.ts';
import { PayoutBatch, type BatchDefaults, type BatchEdits, type BatchRow } from '../payouts/payout-batch.ts';
import { readTable, TableError } from '../payouts/read-table.ts';
import { TABLES, type RuleTables } from '../rules/rule-tables.ts';
import { LesspayBatchSubmittedEvent, LesspayBatchUpdateEvent } from './batch-events.ts';
import { columnsView } from './batch-columns-view.ts';
import { dropView, readingView } from './batch-drop-view.ts';
import { reviewView } from './batch-review-view.ts';
import { batchStyles } from './batch-styles.ts';
import { BatchWords, type RowFilter } from './batch-words.ts';
import { ROWS_PER_PAGE, rowsView } from './batch-rows-view.ts';
import { fieldStyles } from './field-styles.ts';
import type { PayoutBatchStep } from './lesspay-payout-batch.ts';
import { afterPaint } from './money.ts';
import { selectStyles } from './select-styles.ts';
import { spinner } from './spinner.ts';
import { tokens } from './styles.ts';
import { primaryButton } from './primary-button.ts';
import { secondaryButton } from './secondary-button.ts';

/** What the desk needs of the element that it works for. */
export interface BatchHost extends EventTarget {
  readonly currency: string;
  readonly defaults: BatchDefaults;
  readonly columns: Columns | undefined;
  readonly rules: { readonly tables: RuleTables } | undefined;
  readonly client: ClientOptions;
  readonly language: string;
  readonly shadowRoot: ShadowRoot | null;
  readonly isConnected: boolean;
  requestUpdate(): void;
}

/** The style sheets of what the desk draws. */
export const deskStyles: readonly CSSResult[] = [
  ...tokens,
  ...primaryButton,
  ...secondaryButton,
  spinner,
  fieldStyles,
  selectStyles,
  batchStyles,
];

const FOLLOW_EVERY_MS = 15_000;
const ROWS_AT_ONCE = 5;

/** Reads, checks, draws and sends one batch at a time. */
export class BatchDesk {
  readonly #host: BatchHost;
  readonly #submission: BatchSubmission;
  /** Columns the operator has set, by the table's header. */
  readonly #remembered = new Map<string, Columns>();
  #reading: AbortController | undefined;
  #followLater: ReturnType<typeof setTimeout> | undefined;
  #focusNext = '';
  #focusing = '';
  #painted = false;
  #sending: Promise<void> | undefined;

  step: PayoutBatchStep = 'empty';
  table: BatchTable | undefined;
  batch: PayoutBatch | undefined;
  /** How much of the running work is done, 0 to 1. */
  progress = 0;
  /** Why the last table was not taken. */
  problem = '';
  columns: Columns = [];
  filter: RowFilter = 'all';
  /** How many rows of a page are drawn yet, until `drawing` settles. */
  drawn = 0;
  drawing: Promise<void> | undefined;
  page = 0;
  /** Rows that were corrected while the filter stands: they stay in view until it is set anew. */
  readonly kept = new Set<number>();
  removed: number | undefined;
  confirmed = false;
  isChecking = false;
  readonly words: BatchWords;

  constructor(host: BatchHost) {
    this.#host = host;
    this.words = new BatchWords(this);
    this.#submission = new BatchSubmission(
      () => host.client,
      () => {
        this.progress = this.#submission.progress;
        this.#tell();
      },
    );
    afterPaint(() => {
      this.#painted = true;
      // ICU takes its time when it is first asked: now rather than when the rows are drawn.
      this.words.money('0.00');
      host.requestUpdate();
    });
  }

  /** What the rows in view are paid in; without rows, what the next ones will be. */
  get currency(): string {
    return this.batch?.currency ?? this.#nextCurrency;
  }

  get #nextCurrency(): string {
    return this.#host.currency.toUpperCase();
  }

  get language(): string {
    return this.#host.language;
  }

  get tables(): RuleTables {
    return this.#host.rules?.tables ?? TABLES;
  }

  /** Whether the page has been painted, so that ICU may be asked. */
  get isPainted(): boolean {
    return this.#painted;
  }

  /** Of how many payouts the outcome is not known, also of those from an earlier table. */
  get unknown(): number {
    return this.#submission.unknown;
  }

  /** Why the last submission stopped before its end. */
  get halted(): string | undefined {
    return this.#submission.halted;
  }

  /** Whether some rows were sent. */
  get wasSent(): boolean {
    return this.batch?.rows.some(({ outcome }) => outcome) ?? false;
  }

  connect(): void {
    this.#followSoon();
  }

  disconnect(): void {
    clearTimeout(this.#followLater);
    this.#reading?.abort();
    if (this.step === 'reading') void this.clear();
  }

  /** Reads a table and checks its rows; what is wrong with the table itself is shown. */
  async load(source: string | Blob): Promise<void> {
    this.#reading?.abort();
    const { signal } = (this.#reading = new AbortController());
    try {
      // What is on its way has its outcome first, so that the next table knows of it.
      await this.#sending;
      signal.throwIfAborted();
      this.#submission.halted = undefined;
      this.problem = '';
      this.progress = 0;
      const currency = this.#nextCurrency;
      if (!currency) {
        this.#fail('read.no-currency');
        return;
      }
      this.#go('reading');
      // Reading is a small part of the work, checking the large one.
      const records = await readTable(source, { signal, onProgress: (done) => this.#advance(done * 0.1) });
      const own = ownHeaders((field) => this.words.labelOf(field));
      const table = asTable(records, own);
      const known = this.#remembered.get(headerKey(table)) ?? this.#host.columns;
      await nextTurn();
      const columns = known ?? guessColumns(table, own);
      await nextTurn();
      signal.throwIfAborted();
      this.table = table;
      this.columns = columns;
      await this.#build(signal, { currency, from: 0.1 });
      const isComplete = (this.batch?.missing.length ?? 0) === 0;
      this.#go(known || isComplete ? 'rows' : 'columns', 'title');
    } catch (error) {
      if (signal.aborted) return;
      this.batch = this.table = undefined;
      const { code, at } = error instanceof TableError ? error : { code: 'failed' as const, at: 0 };
      this.#fail(`read.${code}`, at);
    }
  }

  /** Checks the table anew, after its currency, defaults or rules have changed. */
  rebuild(): void {
    // Rows that were sent stay what they were sent as.
    if (!this.table || this.wasSent || !['rows', 'columns', 'review'].includes(this.step)) return;
    void this.#rebuild('rows', this.#nextCurrency);
  }

  /** Sets what a column holds; the column that held it before is left out. */
  setColumn(column: number, field: BatchField | undefined): void {
    const columns = this.columns.map((own) => (own === field ? undefined : own));
    columns[column] = field;
    this.columns = columns;
    void this.#rebuild('columns');
  }

  /** Keeps the columns for tables with this header, and goes on to the rows. */
  acceptColumns(): void {
    if (this.table) this.#remembered.set(headerKey(this.table), this.columns);
    this.#go('rows', 'title');
  }

  changeColumns(): void {
    this.#go('columns', 'title');
  }

  /** Puts the table away. */
  async clear(): Promise<void> {
    this.#reading?.abort();
    await this.#sending;
    this.batch = this.table = undefined;
    this.problem = '';
    this.removed = undefined;
    this.#go('empty', 'drop');
    this.#tell();
  }

  edit(row: number, field: BatchField, text: string): void {
    const { batch } = this;
    if (!batch) return;
    this.kept.add(row);
    this.#submission.markSent(batch, [batch.edit(row, field, text)]);
    this.#tell();
  }

  remove(row: number): void {
    this.batch?.setRemoved(row, true);
    this.removed = row;
    this.#focusNext = 'undo';
    this.#tell();
  }

  restore(): void {
    if (this.removed !== undefined) this.batch?.setRemoved(this.removed, false);
    this.removed = undefined;
    this.#focusNext = 'title';
    this.#tell();
  }

  /** Makes refused rows ready again as they are. */
  reopen(rows: readonly BatchRow[]): void {
    this.batch?.reopen(rows);
    this.#focusNext = 'title';
    this.#tell();
  }

  setFilter(filter: RowFilter): void {
    this.filter = filter;
    this.page = 0;
    this.kept.clear();
    this.#host.requestUpdate();
  }

  setPage(page: number): void {
    this.page = page;
    this.#focusNext = 'table';
    this.#host.requestUpdate();
  }

  /** Goes to the next row that needs a look, wherever it stands. */
  nextProblem(): void {
    const { batch } = this;
    if (!batch) return;
    const current = (this.#host.shadowRoot?.activeElement as HTMLElement | null)?.dataset.row;
    const from = current === undefined ? -1 : Number(current);
    const wrong = batch.present.filter((row) => batch.kindOf(row) === 'wrong');
    const next = wrong.find(({ id }) => id > from) ?? wrong[0];
    if (!next) return;
    this.setFilter('all');
    this.page = Math.floor(batch.present.indexOf(next) / ROWS_PER_PAGE);
    const [field] = batch.issuesOf(next).keys();
    this.#focusNext = `c-${next.id}-${(field ?? 'reference').replaceAll('.', '-')}`;
  }

  review(): void {
    if (!this.batch || this.batch.ready.length === 0) return;
    this.confirmed = false;
    this.page = 0;
    this.#go('review', 'title');
  }

  backToRows(): void {
    this.page = 0;
    this.#go('rows', 'title');
  }

  setConfirmed(confirmed: boolean): void {
    this.confirmed = confirmed;
    this.#host.requestUpdate();
  }

  /** Whether there are duplicates to be confirmed before sending. */
  get duplicates(): number {
    const { batch } = this;
    return batch?.ready.filter((row) => batch.isDuplicate(row)).length ?? 0;
  }

  /** Sends what is ready, once however often it is called. */
  submit(): Promise<void> {
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  /** Asks what became of the rows whose outcome is open. */
  async check(): Promise<void> {
    if (this.isChecking) return;
    this.isChecking = true;
    this.#host.requestUpdate();
    await this.#submission.check();
    this.isChecking = false;
    // The button may be gone.
    this.#focusNext = this.step === 'rows' ? 'outcome' : this.unknown > 0 ? '' : 'drop';
    this.#tell();
    this.#followSoon();
  }

  /** Gives the rows with problems as a file. */
  download(): void {
    const { batch } = this;
    if (!batch) return;
    const rows = batch.present.filter((row) => batch.kindOf(row) === 'wrong');
    const csv = errorExport(batch, rows, (row) => this.words.problemsOf(row), {
      field: (field) => this.words.labelOf(field as BatchField),
      problem: this.words.t('rows.problem'),
    });
    saveFile(csv, 'payouts-to-correct.csv');
  }

  /** Gives an empty table with the columns that this batch needs. */
  template(): void {
    saveFile(`\uFEFF${this.words.templateColumns().join(',')}\r\n`, `payouts-${this.currency}.csv`);
  }

  render(): TemplateResult {
    return html`<div class="desk" lang=${this.language}>${this.#view()}</div>`;
  }

  /** After the element has drawn: puts the focus where the last action led. */
  updated(): void {
    const next = this.#focusNext;
    if (!next) return;
    this.#focusNext = '';
    this.#focusing = next;
    // Not within the update: the cell that loses the focus asks for one of its own, and what is drawn is measured for it.
    void nextTurn().then(() => {
      // Turns may come out of their order (WebKit): the last one wanted wins.
      if (this.#focusing === next) this.#host.shadowRoot?.getElementById(next)?.focus();
    });
  }

  #view(): unknown {
    switch (this.step) {
      case 'empty':
        return dropView(this);
      case 'reading':
      case 'sending':
        return readingView(this);
      case 'columns':
        return columnsView(this);
      case 'rows':
        return rowsView(this);
      case 'review':
        return reviewView(this);
    }
  }

  async #send(): Promise<void> {
    const { batch } = this;
    if (!batch || batch.ready.length === 0) return;
    if (this.duplicates > 0 && !this.confirmed) {
      this.#go('review', 'confirm');
      return;
    }
    this.progress = 0;
    this.#go('sending', 'title');
    await this.#submission.send(batch);
    this.filter = 'all';
    this.page = 0;
    this.kept.clear();
    this.#go('rows', 'outcome');
    this.#tell();
    this.#host.dispatchEvent(new LesspayBatchSubmittedEvent(this.#submission.requestIds, batch.counts));
    this.#followSoon();
  }

  async #rebuild(step: PayoutBatchStep, currency = this.currency): Promise<void> {
    this.#reading?.abort();
    const { signal } = (this.#reading = new AbortController());
    try {
      await this.#build(signal, { currency, from: 0, edits: this.batch?.edits });
      this.#go(step);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #build(
    signal: AbortSignal,
    { currency, from, edits }: { currency: string; from: number; edits?: BatchEdits | undefined },
  ): Promise<void> {
    if (!this.table) return;
    const { tables } = this;
    const { defaults } = this.#host;
    const batch = new PayoutBatch(this.table, this.columns, { currency, tables, defaults, edits });
    await batch.check({ signal, onProgress: (done) => this.#advance(from + done * (1 - from)) });
    // Each of these goes over all rows: in turns of their own they keep nobody waiting.
    for (const look of [
      () => this.#submission.markSent(batch),
      () => batch.counts,
      () => batch.total,
      () => batch.missing,
    ]) {
      await nextTurn();
      look();
    }
    await nextTurn();
    signal.throwIfAborted();
    this.batch = batch;
    this.filter = batch.counts.wrong > 0 ? 'wrong' : 'all';
    this.page = 0;
    this.kept.clear();
    this.removed = undefined;
    this.#tell();
  }

  #advance(progress: number): void {
    this.progress = progress;
    this.#host.requestUpdate();
  }

  #fail(key: Parameters<BatchWords['t']>[0], at = 0): void {
    // A row's number is its name, as it stands beside the row: no figure to be grouped.
    this.problem = this.words.t(key, { at: String(at) });
    this.#go('empty', 'problem');
  }

  #go(step: PayoutBatchStep, focus = ''): void {
    if (step === 'rows' && this.step !== 'rows') this.drawing = this.#drawRows();
    this.step = step;
    this.#focusNext = focus;
    this.#host.requestUpdate();
  }

  /** A few rows at a time: all of a page at once would keep the page from answering. */
  async #drawRows(): Promise<void> {
    for (this.drawn = ROWS_AT_ONCE; this.drawn < ROWS_PER_PAGE; this.drawn += ROWS_AT_ONCE) {
      await nextTurn();
      this.#host.requestUpdate();
    }
  }

  #tell(): void {
    this.#host.requestUpdate();
    const { batch } = this;
    if (batch && this.step !== 'sending') {
      this.#host.dispatchEvent(new LesspayBatchUpdateEvent(batch.counts, batch.total, batch.currency));
    }
  }

  /** Asks from time to time how the accepted payouts fare, while someone can see it. */
  #followSoon(): void {
    clearTimeout(this.#followLater);
    if (!this.#host.isConnected || !this.#submission.isFollowing) return;
    this.#followLater = setTimeout(() => {
      void (document.hidden ? undefined : this.#submission.follow());
      this.#followSoon();
    }, FOLLOW_EVERY_MS);
  }
}

/** Offers a text as a file, without a request. */
function saveFile(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
