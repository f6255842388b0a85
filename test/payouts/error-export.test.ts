import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { asTable, guessColumns } from '../../src/payouts/columns.ts';
import { errorExport } from '../../src/payouts/error-export.ts';
import { PayoutBatch } from '../../src/payouts/payout-batch.ts';
import { readTable, type TableRecord } from '../../src/payouts/read-table.ts';

const LABELS = { field: (field: string) => field, problem: 'Problem' };
const HEADER: TableRecord = { number: 1, cells: ['Reference', 'Account holder', 'Account number', 'Amount'] };

async function exported(cells: string[]): Promise<{ csv: string; batch: PayoutBatch }> {
  const table = asTable([HEADER, { number: 2, cells }]);
  const batch = new PayoutBatch(table, guessColumns(table), { currency: 'PHP' });
  await batch.check();
  return { csv: errorExport(batch, batch.rows, () => '=WHY', LABELS), batch };
}

describe('the export of rows with errors', () => {
  it('has the file’s own headers and a last column with the reason', async () => {
    const { csv } = await exported(['R-1', 'Maria "Clara", Santos', '12', '5']);
    assert.equal(
      csv,
      '\uFEFFReference,Account holder,Account number,Amount,Problem\r\nR-1,"Maria ""Clara"", Santos",12,5,"\'=WHY"',
    );
  });

  it('has no cell that a spreadsheet would run as a formula', async () => {
    const dangerous = fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '\t=', '\r='), fc.string())
      .map(([first, rest]) => first + rest);
    await fc.assert(
      fc.asyncProperty(dangerous, async (text) => {
        const { csv } = await exported([text, text, text, text]);
        for (const { cells } of await readTable(csv)) {
          for (const cell of cells) assert.doesNotMatch(cell, /^[=+\-@\t\r＝＋－＠]/u);
        }
      }),
    );
  });

  it('is read back as the same rows', async () => {
    const cell = fc.oneof(
      fc.constantFrom('+639171234567', '-5', '=1+1', "'quoted", '0012', '@maria', 'a;b', 'x\ny'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 4, maxLength: 4 }), async (cells) => {
        const { csv, batch } = await exported(cells);
        const table = asTable(await readTable(csv));
        const again = new PayoutBatch(table, guessColumns(table), { currency: 'PHP' });
        await again.check();
        assert.deepEqual(again.rows[0]?.texts, batch.rows[0]?.texts);
      }),
    );
  });
});
