import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { asTable, guessColumns } from '../../src/payouts/columns.ts';
import { PayoutBatch } from '../../src/payouts/payout-batch.ts';
import { readTable } from '../../src/payouts/read-table.ts';

type Texts = Readonly<Record<string, string>>;

const languages = readdirSync(new URL('../../src/locales/', import.meta.url)).flatMap(
  (file) => /^([A-Za-z-]+)\.ts$/.exec(file)?.[1] ?? [],
);

async function textsOf(lang: string): Promise<{ payoutBatch: Texts; recipientForm: Texts }> {
  const module = (await import(`../../src/locales/${lang}.ts`)) as Record<
    string,
    { payoutBatch: Texts; recipientForm: Texts }
  >;
  const [catalogue] = Object.values(module);
  assert.ok(catalogue, lang);
  return catalogue;
}

/** What stands in quotation marks. */
const quoted = (text = ''): string[] =>
  [...text.matchAll(/[“«「『‘]([^”»」』’]+)[”»」』’]/g)].map(([, word]) => word ?? '');

/** What a batch takes two words for: the method and the account type. */
async function readAs(method: string, accountType: string): Promise<[unknown, unknown]> {
  const table = asTable(
    await readTable(`reference,amount,method,account type,name\nR-1,10,"${method}","${accountType}",Maria`),
  );
  const batch = new PayoutBatch(table, guessColumns(table), { currency: 'PHP' });
  await batch.check();
  const [row] = batch.rows;
  assert.ok(row);
  const issues = batch.issuesOf(row);
  return [issues.get('method') ?? row.context.method, issues.get('accountType') ?? row.context.accountType];
}

describe('what a message tells the operator to enter', () => {
  for (const lang of languages) {
    it(`is understood in ${lang}, and so are the names of the choices`, async () => {
      const { payoutBatch, recipientForm } = await textsOf(lang);
      const [bank = '', wallet = ''] = quoted(payoutBatch['issue.method-unknown']);
      const [individual = '', business = ''] = quoted(payoutBatch['issue.account-type-unknown']);
      assert.deepEqual(await readAs(bank, individual), ['bank', 'individual']);
      assert.deepEqual(await readAs(wallet, business), ['ewallet', 'business']);
      const named = (key: string): string => recipientForm[key] ?? '';
      assert.deepEqual(await readAs(named('method.bank'), named('accountType.individual')), ['bank', 'individual']);
      assert.deepEqual(await readAs(named('method.ewallet'), named('accountType.business')), ['ewallet', 'business']);
    });
  }
});
