import { Papa } from './papaparse.ts';
import type { BatchRow, PayoutBatch } from './payout-batch.ts';

/** What a spreadsheet would run, or take for a number or a control: also in its full-width form. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;

/**
 * The rows that need attention as CSV, with a last column that says why. Texts that a spreadsheet would run as a formula
 * get an apostrophe in front, which reading the file again takes off; the byte order mark keeps Excel at UTF-8.
 *
 * @param describe - What is wrong with a row, in words.
 * @param labels - The headers of columns without one, and of the last column.
 */
export function errorExport(
  batch: PayoutBatch,
  rows: readonly BatchRow[],
  describe: (row: BatchRow) => string,
  labels: { field: (field: string) => string; problem: string },
): string {
  const columns = batch.columns.flatMap((field, index) =>
    field ? [{ field, title: titleOf(batch.header[index], labels.field(field)) }] : [],
  );
  const records = [
    [...columns.map(({ title }) => title), labels.problem],
    ...rows.map((row) => [...columns.map(({ field }) => row.texts.get(field) ?? ''), describe(row)]),
  ];
  return `\uFEFF${Papa.unparse(records, { newline: '\r\n', escapeFormulae: FORMULA })}`;
}

function titleOf(header: string | undefined, label: string): string {
  const own = header?.trim() ?? '';
  return own === '' ? label : own;
}
