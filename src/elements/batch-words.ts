import { issues } from '../locales/en/issues.ts';
import { payoutBatch } from '../locales/en/payout-batch.ts';
import { payoutStatus } from '../locales/en/payout-status.ts';
import { recipientForm } from '../locales/en/recipient-form.ts';
import { BATCH_FIELDS, type BatchField } from '../payouts/columns.ts';
import {
  specOf,
  type BatchIssueCode,
  type BatchRow,
  type BatchWarningCode,
  type PayoutBatch,
} from '../payouts/payout-batch.ts';
import type { PayoutStatus } from '../protocol/status.ts';
import { normalizeAmount } from '../rules/amount.ts';
import { normalizeField } from '../rules/check-field.ts';
import { fieldSpecs, homeCountry, recipientMethods } from '../rules/recipient-fields.ts';
import { normalizeRequestId } from '../rules/request-id.ts';
import type { RuleTables } from '../rules/rule-tables.ts';
import { hasIssueText, issueText } from './issue-text.ts';
import { localeOf } from './locale-of.ts';
import { formatMoney } from './money.ts';
import { deskText } from './payout-desk-text.ts';
import { translator } from './texts.ts';

/** Which rows are shown. */
export type RowFilter = 'all' | 'wrong' | 'duplicate' | 'ready' | 'sent';

type Values = Readonly<Record<string, string | number>>;
type Say<Part> = (key: keyof Part & string, values?: Values) => string;

/** What the words are about. */
interface Subject {
  readonly language: string;
  readonly currency: string;
  readonly tables: RuleTables;
  readonly batch: PayoutBatch | undefined;
  readonly isPainted: boolean;
}

const batchTexts = translator('payoutBatch', payoutBatch);
const formTexts = translator('recipientForm', recipientForm);
const statusTexts = translator('payoutStatus', payoutStatus);

/** Everything a batch says, in the page's language. */
export class BatchWords {
  readonly #of: Subject;

  constructor(subject: Subject) {
    this.#of = subject;
  }

  /** A text of the batch itself. */
  t(key: keyof typeof payoutBatch, values: Values = {}): string {
    return (batchTexts(this.#of.language) as Say<typeof payoutBatch>)(key, values);
  }

  /** A text of the recipient form, if there is one of this key. */
  form(key: string): string | undefined {
    if (!(key in recipientForm)) return undefined;
    return (formTexts(this.#of.language) as Say<typeof recipientForm>)(key as keyof typeof recipientForm);
  }

  /** A text about sending, if there is one of this key. */
  #desk(key: string): string | undefined {
    return deskText(this.#of.language)(key);
  }

  labelOf(field: BatchField): string {
    const last = field.split('.').at(-1) ?? field;
    const address = `address${last.charAt(0).toUpperCase()}${last.slice(1)}`;
    return this.form(`field.${field}`) ?? this.form(`field.${address}`) ?? this.form(`field.${last}`) ?? field;
  }

  /** The labels of several fields, as the language lists them. */
  listOf(fields: readonly BatchField[]): string {
    const list = new Intl.ListFormat(localeOf(this.#of.language), { style: 'narrow' });
    return list.format(fields.map((field) => this.labelOf(field)));
  }

  money(amount: string): string {
    const { isPainted, currency, language } = this.#of;
    return (isPainted ? formatMoney(amount, currency, language) : undefined) ?? `${amount} ${currency}`;
  }

  /** What is wrong with one cell, in words. */
  issue(row: BatchRow, field: BatchField, code: BatchIssueCode): string {
    switch (code) {
      case 'duplicate-reference':
      case 'currency-differs':
      case 'spreadsheet-number':
      case 'extra-cells':
        return this.t(`issue.${code}`);
      case 'method-unknown':
      case 'account-type-unknown':
        if (field === 'method' || field === 'accountType') return this.t(`issue.${code}`);
    }
    const { tables, currency, language } = this.#of;
    const typed = row.texts.get(field) ?? '';
    if (code === 'wallet-provider-unknown') {
      const names = (tables.wallets.get(currency) ?? []).map(({ name }) => name).join(', ');
      return this.t('issue.wallet-provider-unknown', { typed, currency, names });
    }
    const spec = specOf(field, row, tables);
    let value = typed;
    if (field === 'amount') value = normalizeAmount(typed, currency, tables.currencies);
    else if (field === 'reference') value = normalizeRequestId(typed);
    else if (spec) value = normalizeField(spec.rule, typed, row.context, tables);
    const subject = {
      value,
      typed,
      label: this.labelOf(field),
      context: row.context,
      // Nothing is chosen from a list here.
      field: { ...spec, control: 'text' as const },
      keyTypeName: (type: string) => this.form(`depositKeyType.${type}`) ?? type,
      tables,
    };
    return issueText(code, subject, language);
  }

  /** What is worth a look in a cell, in words. */
  note(code: BatchWarningCode): string {
    return code === 'spreadsheet-zeros' ? this.t(`note.${code}`) : (this.form(`note.${code}`) ?? '');
  }

  /** The message of a cell: what is wrong with it, or what the platform refused about it. */
  cellProblem(batch: PayoutBatch, row: BatchRow, field: BatchField): string {
    const code = batch.issuesOf(row).get(field);
    if (code) return this.issue(row, field, code);
    return row.outcome?.state === 'refused' && row.outcome.field === field ? this.refusal(row) : '';
  }

  /** Why nothing could be sent. */
  halt(code: string): string {
    const said = this.#desk(`problem.${code}`) ?? this.#desk('problem.other') ?? '{code}';
    return said.replace('{code}', code);
  }

  /** How an accepted payout fares. */
  status(status: PayoutStatus): string {
    return this.#statusText(`title.${status}`);
  }

  #statusText(key: keyof typeof payoutStatus): string {
    return (statusTexts(this.#of.language) as Say<typeof payoutStatus>)(key);
  }

  /** Why a row was refused. */
  refusal(row: BatchRow): string {
    const { code, upstreamCode = '', field } = row.outcome ?? {};
    if (code === undefined) return '';
    const upstream = this.#desk(`upstream.${upstreamCode.replace(/^20(1|3[26])\d\d?$/, '30000')}`);
    if (upstream !== undefined) return upstream;
    if (`failure.${code}` in payoutStatus) {
      return this.#statusText(`failure.${code}` as keyof typeof payoutStatus);
    }
    if (field && hasIssueText(code) && code in issues) return this.issue(row, field, code as BatchIssueCode);
    return (this.#desk(`problem.${code}`) ?? this.#desk('problem.other') ?? code).replace(
      '{code}',
      upstreamCode || code,
    );
  }

  /** Everything that is wrong with a row, for a file. */
  problemsOf(row: BatchRow): string {
    const { batch } = this.#of;
    if (!batch) return '';
    const cells = [...batch.issuesOf(row)].map(([field, code]) => this.issue(row, field, code));
    const { state, differs } = row.outcome ?? {};
    if (state === 'refused') cells.push(this.refusal(row));
    if (differs) cells.push(this.t('state.differs'));
    return cells.join(' ');
  }

  /** The headers of a template: every field that a payout of the currency can need. */
  templateColumns(): string[] {
    const { currency, tables } = this.#of;
    const country = homeCountry(currency, tables);
    const provider = tables.wallets.get(currency)?.[0]?.name;
    const names = recipientMethods(currency, tables).flatMap((method) =>
      fieldSpecs({ method, currency, country, provider, accountType: 'individual' }, tables).map(({ name }) => name),
    );
    const wanted = new Set([
      'reference',
      'amount',
      'method',
      'accountType',
      ...(provider ? ['provider'] : []),
      ...names,
    ]);
    // A PIX key's type follows from the key.
    wanted.delete('depositKeyType');
    return BATCH_FIELDS.filter((field) => wanted.has(field)).map((field) => this.labelOf(field));
  }
}
