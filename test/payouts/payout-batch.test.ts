import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRules, parseRecipient } from 'lesspay-elements/rules';
import { asTable, guessColumns } from '../../src/payouts/columns.ts';
import { type BatchDefaults, type BatchRow, PayoutBatch } from '../../src/payouts/payout-batch.ts';
import { readTable } from '../../src/payouts/read-table.ts';

async function batchOf(text: string, currency = 'PHP', defaults: BatchDefaults = {}) {
  const table = asTable(await readTable(text));
  const batch = new PayoutBatch(table, guessColumns(table), { currency, defaults });
  await batch.check();
  return batch;
}
const row = (batch: PayoutBatch, id: number): BatchRow => {
  const found = batch.rows[id];
  assert.ok(found);
  return found;
};
const HEADER = 'reference,amount,provider,name,wallet number';

describe('PayoutBatch', () => {
  it('makes the payouts that the proxy takes', async () => {
    const batch = await batchOf(
      [
        'reference,amount,provider,name,account number,bank name,bic,type',
        'INV-1,"1,250.00",g cash,Maria Santos,\'0917 123 4567,,,',
        'INV-2,99.5,,Santos Trading Inc.,="0012345678",BDO Unibank,bnorphmm,Company',
      ].join('\n'),
    );
    const [wallet, bank] = batch.rows.map(({ payout }) => payout);
    assert.deepEqual(wallet, {
      reference: 'INV-1',
      amount: '1250.00',
      recipient: {
        method: 'ewallet',
        provider: 'GCash',
        accountType: 'individual',
        holderName: 'Maria Santos',
        accountNumber: '09171234567',
      },
    });
    assert.deepEqual(bank, {
      reference: 'INV-2',
      amount: '99.50',
      recipient: {
        method: 'bank',
        country: 'PH',
        accountType: 'business',
        holderName: 'Santos Trading Inc.',
        accountNumber: '0012345678',
        bankName: 'BDO Unibank',
        bic: 'BNORPHMM',
      },
    });
    for (const payout of [wallet, bank]) assert.ok(parseRecipient(payout.recipient, { currency: 'PHP' }).ok);
    assert.equal(batch.total, '1349.50');
  });

  it('finds the PIX key and its type, also in the account’s column', async () => {
    const batch = await batchOf(
      'reference,amount,name,conta\nR-1,10,Fulano,111.444.777-35\nR-2,10,Fulano,111.444.777-36',
      'BRL',
      {
        method: 'ewallet',
      },
    );
    assert.deepEqual(row(batch, 0).payout?.recipient, {
      method: 'ewallet',
      provider: 'PIX',
      accountType: 'individual',
      holderName: 'Fulano',
      accountNumber: '11144477735',
      depositKeyType: 'cpf',
      depositKey: '11144477735',
    });
    assert.ok(batch.issuesOf(row(batch, 1)).has('accountNumber'));
  });

  it('names what is wrong by cell', async () => {
    const batch = await batchOf(
      `${HEADER}\nR-1,0,GCash,Maria,0917\nR 2,1.000.5,Gopay,=1+1,09171234567\n,,GCash,,6.39171E+11`,
    );
    assert.deepEqual(Object.fromEntries(batch.issuesOf(row(batch, 0))), {
      accountNumber: 'wallet-account-format',
      amount: 'amount-zero',
    });
    assert.deepEqual(Object.fromEntries(batch.issuesOf(row(batch, 1))), {
      provider: 'wallet-provider-unknown',
      holderName: 'name-characters',
      amount: 'amount-format',
      reference: 'request-id-characters',
    });
    assert.deepEqual(Object.fromEntries(batch.issuesOf(row(batch, 2))), {
      holderName: 'required',
      amount: 'required',
      reference: 'required',
      accountNumber: 'spreadsheet-number',
    });
    assert.deepEqual(batch.counts, { total: 3, ready: 0, wrong: 3, duplicate: 0, accepted: 0, unknown: 0 });
    assert.equal(batch.total, '0.00');
  });

  it('says which needed columns are missing', async () => {
    const batch = await batchOf('reference,amount,provider\nR-1,5,GCash');
    assert.deepEqual(batch.missing, ['holderName', 'accountNumber']);
  });

  it('refuses a row of another currency', async () => {
    const batch = await batchOf(`${HEADER},currency\nR-1,5,GCash,Maria,09171234567,IDR`);
    assert.equal(batch.issuesOf(row(batch, 0)).get('currency'), 'currency-differs');
    assert.deepEqual(batch.ready, []);
  });

  it('checks a row again when a cell is edited, and the sum with it', async () => {
    const batch = await batchOf(`${HEADER}\nR-1,100,GCash,Maria,0917123456\nR-2,0.10,GCash,Jose,09181234567`);
    assert.equal(batch.total, '0.10');
    batch.edit(0, 'accountNumber', '+63 917 123 4567');
    assert.equal(batch.issuesOf(row(batch, 0)).size, 0);
    assert.equal(batch.total, '100.10');
    batch.edit(0, 'accountNumber', '');
    assert.equal(batch.issuesOf(row(batch, 0)).get('accountNumber'), 'required');
  });

  it('flags the second use of a reference until one of them is another', async () => {
    const batch = await batchOf(`${HEADER}\nR-1,1,GCash,Maria,09171234567\nR-1,2,GCash,Jose,09181234567`);
    assert.equal(batch.issuesOf(row(batch, 0)).size, 0);
    assert.equal(batch.issuesOf(row(batch, 1)).get('reference'), 'duplicate-reference');
    batch.edit(0, 'reference', 'R-0');
    assert.equal(batch.issuesOf(row(batch, 1)).size, 0);
  });

  it('flags the same amount to the same account, however the number is written', async () => {
    const batch = await batchOf(
      `${HEADER}\nR-1,100,GCash,Maria,09171234567\nR-2,100.00,GCash,M. Santos,+639171234567\nR-3,101,GCash,Maria,09171234567`,
    );
    assert.deepEqual(batch.duplicatesOf(row(batch, 1)), [0, 1]);
    assert.deepEqual(batch.duplicatesOf(row(batch, 2)), []);
    assert.equal(batch.counts.duplicate, 2);
    batch.setRemoved(0, true);
    assert.equal(batch.isDuplicate(row(batch, 1)), false);
    assert.equal(batch.total, '201.00');
    batch.setRemoved(0, false);
    assert.equal(batch.isDuplicate(row(batch, 1)), true);
  });

  it('goes by the merchant’s own tables', async () => {
    const { tables } = createRules({ tables: { walletProviders: { PHP: ['GCash', 'Coins'] } } });
    const table = asTable(await readTable(`${HEADER}\nR-1,1,coins,Maria,09171234567`));
    const columns = guessColumns(table);
    const [own, shipped] = [
      new PayoutBatch(table, columns, { currency: 'PHP', tables }),
      new PayoutBatch(table, columns, { currency: 'PHP' }),
    ];
    await Promise.all([own.check(), shipped.check()]);
    assert.equal(own.ready.length, 1);
    assert.equal(row(shipped, 0).issues.get('provider'), 'wallet-provider-unknown');
  });

  it('stays exact and quick to answer over thousands of equal rows', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `R-${index},0.10,GCash,Maria,09171234567`);
    const batch = await batchOf([HEADER, ...lines].join('\n'));
    assert.equal(batch.total, '500.00');
    assert.deepEqual(batch.counts, { total: 5000, ready: 5000, wrong: 0, duplicate: 5000, accepted: 0, unknown: 0 });
  });
});
