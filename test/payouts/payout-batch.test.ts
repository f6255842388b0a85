import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRules, parseRecipient } from 'lesspay-elements/rules';
import { asTable, guessColumns } from '../../src/payouts/columns.ts';
import { type BatchDefaults, type BatchRow, PayoutBatch, specOf } from '../../src/payouts/payout-batch.ts';
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

  describe('the way of a row', () => {
    const METHODS = 'reference,amount,name,account number,method,provider,bic,bank name';
    const way = async (cells: string, currency = 'PHP', defaults: BatchDefaults = {}) => {
      const found = row(await batchOf(`${METHODS}\nR-1,5,Maria Santos,09171234567,${cells}`, currency, defaults), 0);
      return found.payout?.recipient.method ?? found.issues.get('method');
    };

    it('is what the row says, in whichever language', async () => {
      for (const text of ['E-Wallet', 'dompet digital', 'pitaka', 'carteira', '电子钱包', 'ウォレット', 'محفظة'])
        assert.equal(await way(`${text},GCash,,`), 'ewallet', text);
      for (const text of ['Bank transfer', 'SWIFT', 'chuyển khoản', '银行转账', '振込', 'ธนาคาร'])
        assert.equal(await way(`${text},,BNORPHMM,BDO`), 'bank', text);
    });

    it('is a wallet where its name stands for the method', async () => {
      const batch = await batchOf(`${METHODS}\nR-1,5,Maria,09171234567,g cash,,,`);
      assert.equal(JSON.stringify(row(batch, 0).payout?.recipient).includes('"provider":"GCash"'), true);
      assert.equal(await way('GCash,GCash,,'), 'ewallet');
    });

    it('follows from the other cells where the row does not say it', async () => {
      assert.equal(await way(',GCash,,'), 'ewallet');
      assert.equal(await way(',,BNORPHMM,BDO'), 'bank');
      assert.equal(await way(',GCash,,', 'PHP', { method: 'ewallet' }), 'ewallet');
    });

    it('is asked for where a word means nothing, or two ways are told', async () => {
      for (const cells of ['cheque,GCash,,', ',GCash,BNORPHMM,BDO', 'GCash,PayMaya,,'])
        assert.equal(await way(cells), 'method-unknown', cells);
      const batch = await batchOf(`${METHODS}\nR-1,0,Maria Santos,09171234567,cheque,,,`);
      // Of the recipient nothing else is known; the payout's own cells are checked all the same.
      assert.deepEqual(Object.fromEntries(row(batch, 0).issues), { method: 'method-unknown', amount: 'amount-zero' });
      batch.edit(0, 'method', 'wallet');
      batch.edit(0, 'provider', 'gcash');
      batch.edit(0, 'amount', '5');
      assert.equal(batch.ready.length, 1);
    });
  });

  it('reads the account type in the words of many languages, and asks for one that it does not know', async () => {
    const typeOf = async (type: string) => {
      const batch = await batchOf(`${HEADER},type\nR-1,5,GCash,Maria,09171234567,${type}`);
      const { payout, issues } = row(batch, 0);
      const { recipient } = payout ?? {};
      return recipient && recipient.method !== 'leanx' ? recipient.accountType : issues.get('accountType');
    };
    for (const text of [
      'Business',
      'legal person',
      'Badan usaha',
      'pessoa jurídica',
      'PJ',
      '企业',
      '法人',
      'บริษัท',
      'شركة',
    ])
      assert.equal(await typeOf(text), 'business', text);
    for (const text of ['', 'person', 'Perorangan', 'pessoa física', 'PF', '个人', 'cá nhân', 'فرد'])
      assert.equal(await typeOf(text), 'individual', text);
    for (const text of ['savings', 'x', '12']) assert.equal(await typeOf(text), 'account-type-unknown', text);
  });

  describe('a row with more cells than the header', () => {
    const torn = () => batchOf(`${HEADER}\nR-1,1,250.00,GCash,Maria,09171234567\nR-2,5,GCash,Jose,09181234567`);

    it('is not sent: its cells have shifted', async () => {
      const batch = await torn();
      assert.equal(batch.issuesOf(row(batch, 0)).get('amount'), 'extra-cells');
      assert.deepEqual([batch.ready.length, batch.total], [1, '5.00']);
    });

    it('is right when its cells are, and its amount was entered anew', async () => {
      const batch = await torn();
      batch.edit(0, 'provider', 'GCash');
      batch.edit(0, 'holderName', 'Maria');
      batch.edit(0, 'accountNumber', '09171234567');
      assert.equal(batch.issuesOf(row(batch, 0)).get('amount'), 'extra-cells');
      batch.edit(0, 'amount', '1,250.00');
      assert.deepEqual([batch.ready.length, batch.total], [2, '1255.00']);
    });

    it('may have empty ones, and titled ones that are left out', async () => {
      const batch = await batchOf(
        `${HEADER},,Foo\nR-1,5,GCash,Maria,09171234567,,x\nR-2,5,GCash,Maria,09171234560,,x,,`,
      );
      assert.equal(batch.ready.length, 2);
    });

    it('is one beyond the first row where there is no header', async () => {
      const rows = ['R-1,5,GCash,Maria,09171234567', 'R-2,1,250,GCash,Maria,09171234567'];
      const batch = new PayoutBatch(
        asTable(await readTable(rows.join('\n'))),
        ['reference', 'amount', 'provider', 'holderName', 'accountNumber'],
        { currency: 'PHP' },
      );
      await batch.check();
      assert.deepEqual(
        batch.rows.map(({ issues }) => issues.get('amount')),
        [undefined, 'extra-cells'],
      );
    });
  });

  it('warns of digits that a spreadsheet has turned into zeros, and refuses those that it has shortened', async () => {
    const header = 'reference,amount,name,account number,bank name,bic';
    const batch = await batchOf(
      `${header}\nR-1,5,Maria,1234567890123450,BDO,BNORPHMM\nR-2,5,Maria,123456789012345,BDO,BNORPHMM\nR-3,5,Maria,"1,23457E+15",BDO,BNORPHMM`,
    );
    assert.deepEqual(
      batch.rows.map(({ warnings, issues }) => warnings.get('accountNumber') ?? issues.get('accountNumber')),
      ['spreadsheet-zeros', undefined, 'spreadsheet-number'],
    );
    assert.equal(batch.ready.length, 2, 'a warning keeps nothing from being sent');
  });

  it('finds an IBAN under the account number, and a BIC under the bank code, and complains there', async () => {
    const batch = await batchOf(
      [
        'reference,amount,name,account number,bank name,bank code,country',
        'R-1,5,Erika Mustermann,DE89 3704 0044 0532 0130 00,Commerzbank,COBADEFF,DE',
        'R-2,5,Erika Mustermann,DE89 3704 0044 0532 0130 01,Commerzbank,COBA1EFF,DE',
      ].join('\n'),
      'EUR',
    );
    const recipient = row(batch, 0).payout?.recipient;
    assert.ok(recipient?.method === 'bank');
    assert.deepEqual(
      [recipient.iban, recipient.bic, recipient.accountNumber],
      ['DE89370400440532013000', 'COBADEFF', undefined],
    );
    assert.deepEqual(Object.fromEntries(row(batch, 1).issues), {
      accountNumber: 'iban-check-digits',
      'codes.bankCode': 'bic-country',
    });
    assert.equal(specOf('accountNumber', row(batch, 1))?.rule, 'iban');
  });

  it('keeps what was corrected and taken out when the columns change', async () => {
    const table = asTable(
      await readTable(`${HEADER}\nR-1,5,GCash,Maria,0917\nR-2,6,GCash,Ana,09181234567\nR-3,7,GCash,Ana,09181234567`),
    );
    const first = new PayoutBatch(table, guessColumns(table), { currency: 'PHP' });
    await first.check();
    first.edit(0, 'accountNumber', '09171234567');
    first.setRemoved(1, true);
    const { edits } = first;
    const next = new PayoutBatch(table, guessColumns(table), { currency: 'PHP', edits });
    await next.check();
    assert.deepEqual(
      next.ready.map(({ reference }) => reference),
      ['R-1', 'R-3'],
    );
    next.edit(2, 'amount', '6');
    assert.equal(next.counts.duplicate, 0, 'a row that was taken out is no double');
    next.setRemoved(1, false);
    assert.equal(next.counts.duplicate, 2);
    assert.equal(first.rows[2]?.payout?.amount, '7.00', 'the earlier batch stays what it was');
  });

  it('keeps rows that were sent as they were sent', async () => {
    const batch = await batchOf(`${HEADER}\nR-1,5,GCash,Maria,09171234567\nR-2,6,GCash,Ana,09181234567`);
    const [first, second] = [row(batch, 0), row(batch, 1)];
    first.outcome = { state: 'accepted', requestId: 'q1', status: 'review' };
    second.outcome = { state: 'already-sent', requestId: 'q0', differs: true };
    batch.edit(0, 'amount', '9');
    batch.setRemoved(0, true);
    assert.equal(first.payout?.amount, '5.00');
    assert.deepEqual(
      batch.present.map((own) => batch.kindOf(own)),
      ['sent', 'wrong'],
    );
    assert.deepEqual(batch.counts, { total: 2, ready: 0, wrong: 1, duplicate: 0, accepted: 1, unknown: 0 });
    batch.edit(1, 'reference', 'R-3');
    assert.equal(batch.kindOf(second), 'ready');
  });
});
