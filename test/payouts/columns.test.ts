import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asTable, BATCH_FIELDS, guessColumns, headerKey } from '../../src/payouts/columns.ts';
import { HEADER_WORDS } from '../../src/payouts/header-words.ts';
import { MEMBERS } from '../../src/rules/tables/recipient-members.ts';
import { readTable } from '../../src/payouts/read-table.ts';

const guess = async (text: string) => guessColumns(asTable(await readTable(text)));

describe('the columns of a table', () => {
  it('are found by the header in each of the languages', async () => {
    const expected = ['reference', 'holderName', 'accountNumber', 'amount'];
    for (const header of [
      'Invoice No.,Payee Name,Acct #,Amount (PHP)',
      'No. Faktur,Nama Penerima,No. Rekening,Nominal',
      'No. Rujukan,Nama Pemegang Akaun,No. Akaun,Amaun',
      'Sanggunian,Pangalan,Numero ng Account,Halaga',
      'Referência,Favorecido,Nº da conta,Valor (R$)',
      'संदर्भ संख्या,खाताधारक का नाम,खाता संख्या,राशि',
      'เลขอ้างอิง,ชื่อบัญชี,เลขที่บัญชี,จำนวนเงิน',
      'Mã tham chiếu,Tên chủ tài khoản,Số tài khoản,Số tiền',
      '商户订单号,户名,账号,金额',
      '商戶訂單號,戶名,帳號,金額',
      '整理番号,口座名義,口座番号,振込金額',
      '참조번호,예금주,계좌번호,금액',
      'Referencia,Titular de la cuenta,Número de cuenta,Importe',
      'رقم المرجع,اسم المستفيد,رقم الحساب,المبلغ',
    ]) {
      assert.deepEqual(await guess(`${header}\n1,2,3,4`), expected, header);
    }
  });

  it('have one field each, and every word names one field', () => {
    const seen = new Map<string, string>();
    for (const field of BATCH_FIELDS) {
      for (const word of HEADER_WORDS[field].split('|')) {
        assert.notEqual(word.trim(), '');
        assert.equal(seen.get(word) ?? field, field, word);
        seen.set(word, field);
      }
    }
  });

  it('are the payee’s account or bank where the header says more than who is paid', async () => {
    for (const header of [
      'Beneficiary,Beneficiary account,Beneficiary bank',
      'Nama rekening,Rekening penerima,Bank penerima',
      'Nome do favorecido,Conta do favorecido,Banco do favorecido',
      'Tên người nhận,Tài khoản người nhận,Ngân hàng người nhận',
      '收款人,收款人账号,收款人银行',
      '受取人,受取人口座番号,受取銀行',
      '수취인,수취인 계좌번호,수취인 은행',
      'Beneficiario,Cuenta del beneficiario,Banco del beneficiario',
      'المستفيد,حساب المستفيد,بنك المستفيد',
    ]) {
      assert.deepEqual(await guess(`${header},Amount\na,b,c,1`), ['holderName', 'accountNumber', 'bankName', 'amount']);
    }
  });

  it('can hold every member that a recipient can have', () => {
    const told = new Set<string>(BATCH_FIELDS);
    for (const member of new Set(Object.values(MEMBERS).flatMap((names) => names.split(' ')))) {
      assert.ok(told.has(member), member);
    }
  });

  it('do not take a payout for the header', async () => {
    for (const text of [
      'Invoice 1,100,BDO Unibank,Maria',
      'Invoice 1,Bank of Tea,0012345678',
      'INV-1,"1,250.00",Bank',
    ]) {
      const table = asTable(await readTable(`${text}\n${text}`));
      assert.deepEqual([table.header, table.rows.length], [[], 2], text);
    }
  });

  it('take what stands in brackets where only that is telling', async () => {
    assert.deepEqual(await guess('Beneficiary bank (BIC),Payee,Account (IBAN)\na,b,c'), [
      'bic',
      'holderName',
      'accountNumber',
    ]);
  });

  it('give a field to the surest column only', async () => {
    assert.deepEqual(await guess('Name of the project,Account holder,Amount,Amount in words\na,b,c,d'), [
      undefined,
      'holderName',
      'amount',
      undefined,
    ]);
  });

  it('are found by their content where the table has no header', async () => {
    const text =
      'R-1,BNORPHMM,DE89 3704 0044 0532 0130 00,maria@mail.example\nR-2,HSBCPH22,DE89370400440532013000,a@b.example';
    const table = asTable(await readTable(text));
    assert.equal(table.rows.length, 2);
    assert.deepEqual(guessColumns(table), [undefined, 'bic', 'iban', 'email']);
  });

  it('are remembered under the header, whatever its spelling', async () => {
    const [a, b] = [
      asTable(await readTable('Account No.,Amount\n1,2')),
      asTable(await readTable('account no,AMOUNT\n3,4')),
    ];
    assert.equal(headerKey(a), headerKey(b));
  });
});
