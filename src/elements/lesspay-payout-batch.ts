import { css, html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { ClientOptions } from '../client.ts';
import type { BatchField, Columns } from '../payouts/columns.ts';
import type { BatchCounts, BatchDefaults } from '../payouts/payout-batch.ts';
import type { RuleTables } from '../rules/rule-tables.ts';
import type { LesspayBatchSubmittedEvent, LesspayBatchUpdateEvent } from './batch-events.ts';
import { LesspayElement } from './lesspay-element.ts';
import type { BatchDesk, BatchHost } from './payout-batch-desk.ts';

/** What a batch is doing: waiting for a table, reading it, having its columns set, being corrected, looked over or sent. */
export type PayoutBatchStep = 'empty' | 'reading' | 'columns' | 'rows' | 'review' | 'sending';

/** The events of `<lesspay-payout-batch>` by name. */
export interface LesspayPayoutBatchEventMap {
  'lesspay-batch-change': LesspayBatchUpdateEvent;
  'lesspay-batch-submitted': LesspayBatchSubmittedEvent;
}

/**
 * Many payouts from a CSV file or a pasted table: every row is checked by the rules that the proxy applies too, corrected
 * in place, reviewed and sent once. What the platform refuses comes back on its row, and a corrected file does not pay
 * again what was accepted. Everything behind this tag is loaded when it is first used.
 *
 * @summary Many payouts from a CSV file or a pasted table.
 * @tag lesspay-payout-batch
 * @fires {LesspayBatchUpdateEvent} lesspay-batch-change - The rows are others, or more is known of them.
 * @fires {LesspayBatchSubmittedEvent} lesspay-batch-submitted - The batch was handed in.
 * @slot - Shown until the table's tools are loaded.
 * @csspart drop - The place to drop a file.
 * @csspart table - The table of the rows.
 * @csspart input - A cell of the table, a select of a column, or the field to paste into.
 * @csspart error - The message under a cell.
 * @csspart warning - What to look at twice in a cell that is accepted.
 * @csspart status - Where a row stands.
 * @csspart remove - The button that takes a row out.
 * @csspart filter - The buttons that choose which rows are shown.
 * @csspart banner - What became of the batch, and what is missing or was not read.
 * @csspart title - The headline of each step.
 * @csspart icon - The disc with the icon over the place to drop a file.
 * @csspart progress - How much of the reading or sending is done.
 * @csspart primary - The main button.
 * @csspart secondary - The other buttons.
 * @cssprop [--lesspay-accent] - Main button, focus and selection.
 * @cssprop [--lesspay-danger] - Cells to correct.
 * @cssprop [--lesspay-density=1] - 1 comfortable (44 px controls), 0 compact (36 px).
 * @cssstate empty - No table yet.
 * @cssstate reading - A table is being read.
 * @cssstate columns - The columns are being matched with their fields.
 * @cssstate rows - The rows are shown, to be corrected.
 * @cssstate review - The review is shown.
 * @cssstate sending - The batch is being sent.
 */
export class LesspayPayoutBatch extends LesspayElement<LesspayPayoutBatchEventMap> implements BatchHost {
  static override readonly styles = css`
    :host {
      display: block;
    }
    :host([hidden]) {
      display: none;
    }
  `;

  static override readonly properties: PropertyDeclarations = {
    proxy: {},
    currency: {},
    defaults: { attribute: false },
    columns: { attribute: false },
    rules: { attribute: false },
    fetch: { attribute: false },
    allowedProxyOrigins: { attribute: false },
  };

  /** The base path of the signing proxy. */
  declare proxy: string;
  /** ISO 4217 of all payouts of the batch. */
  declare currency: string;
  /** What a row is taken to say where the table has no such column. */
  declare defaults: BatchDefaults;
  /** The fields of the columns, by position, of tables to come; without it they are guessed by the header. */
  declare columns: Columns | undefined;
  /** Rules over the merchant's own tables, from `createRules`. */
  declare rules: { readonly tables: RuleTables } | undefined;
  /** Used instead of the page's `fetch`. */
  declare fetch: typeof globalThis.fetch | undefined;
  /** Other origins on which the proxy may be. */
  declare allowedProxyOrigins: readonly string[] | undefined;

  #desk: BatchDesk | undefined;
  #loading: Promise<BatchDesk> | undefined;

  constructor() {
    super();
    this.proxy = '/lesspay';
    this.currency = '';
    this.defaults = {};
  }

  /** What the batch is doing. */
  get step(): PayoutBatchStep {
    return this.#desk?.step ?? 'empty';
  }

  /** How many rows there are of each kind. */
  get counts(): BatchCounts | undefined {
    return this.#desk?.batch?.counts;
  }

  /** The exact sum of what is ready to send, a decimal string. */
  get total(): string | undefined {
    return this.#desk?.batch?.total;
  }

  /** The fields of the columns of the table that is shown, for a page that wants to keep them. */
  get usedColumns(): readonly (BatchField | undefined)[] | undefined {
    return this.#desk?.batch?.columns;
  }

  /** Reads a table: CSV text or a file. Resolves when its rows are checked, or the operator is told what is wrong. */
  async load(source: string | Blob): Promise<void> {
    await (await this.#open()).load(source);
    await this.updateComplete;
  }

  /** Sends what is ready; duplicates have to be confirmed in the review. Resolves when every row has its outcome. */
  async submit(): Promise<void> {
    await (await this.#open()).submit();
    await this.updateComplete;
  }

  /** Puts the table away. What was sent is remembered, so that it is not paid again. */
  async clear(): Promise<void> {
    await (await this.#open()).clear();
    await this.updateComplete;
  }

  /**
   * How to reach the proxy.
   *
   * @internal
   */
  get client(): ClientOptions {
    return { proxy: this.proxy, fetch: this.fetch, allowedProxyOrigins: this.allowedProxyOrigins };
  }

  /**
   * The BCP 47 tag of the nearest `lang`.
   *
   * @internal
   */
  override get language(): string {
    return super.language;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open().then((desk) => desk.connect());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#desk?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    // A template often hands over a new object that says the same.
    const isOther = (['defaults', 'columns'] as const).some(
      (name) => changed.has(name) && JSON.stringify(changed.get(name)) !== JSON.stringify(this[name]),
    );
    if (isOther || changed.has('currency') || changed.has('rules')) this.#desk?.rebuild();
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete();
    await this.#desk?.drawing;
    return isDone;
  }

  protected override updated(): void {
    for (const name of ['empty', 'reading', 'columns', 'rows', 'review', 'sending']) {
      this.setState(name, this.step === name);
    }
    this.#desk?.updated();
  }

  protected override render(): TemplateResult {
    return this.#desk?.render() ?? html`<slot></slot>`;
  }

  /** Brings the part that reads, checks and draws: once, when it is first needed. */
  #open(): Promise<BatchDesk> {
    this.#loading ??= import('./payout-batch-desk.ts').then(({ BatchDesk, deskStyles }) => {
      const sheets = deskStyles.flatMap(({ styleSheet }) => (styleSheet ? [styleSheet] : []));
      this.shadowRoot?.adoptedStyleSheets.push(...sheets);
      this.#desk = new BatchDesk(this);
      this.requestUpdate();
      return this.#desk;
    });
    return this.#loading;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesspay-payout-batch': LesspayPayoutBatch;
  }
}
