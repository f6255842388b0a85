import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asTable, BATCH_FIELDS, guessColumns, headerKey } from '../../src/payouts/columns.ts';
import { headerWords } from '../../src/payouts/header-words.ts';
import { MEMBERS } from '../../src/rules/tables/recipient-members.ts';
import { readTable } from '../../src/payouts/read-table.ts';

/** What spreadsheets in each language call the reference, the payee, the bank, the account and the amount, twice. */
const HEADERS = {
  en: ['Invoice No.,Payee Name,Bank,Acct #,Amount (PHP)', 'Ref,Beneficiary,Bank name,Account number,Payout amount'],
  id: [
    'No. Faktur,Nama Penerima,Bank,No. Rekening,Nominal',
    'Referensi,Pemilik rekening,Nama bank,Rekening,Jumlah (Rp)',
  ],
  ms: [
    'No. Rujukan,Nama Pemegang Akaun,Bank,No. Akaun,Amaun',
    'Nombor invois,Nama penerima,Nama bank,Nombor akaun,Jumlah (RM)',
  ],
  fil: [
    'Sanggunian,Pangalan,Bangko,Numero ng Account,Halaga',
    'Reference no.,Pangalan ng tatanggap,Pangalan ng bangko,Account number,Halaga (₱)',
  ],
  'pt-BR': [
    'Referência,Favorecido,Banco,Nº da conta,Valor (R$)',
    'Identificador,Nome completo,Banco do favorecido,Conta destino,Valor a pagar',
  ],
  hi: ['संदर्भ संख्या,खाताधारक का नाम,बैंक,खाता संख्या,राशि', 'चालान संख्या,लाभार्थी का नाम,बैंक का नाम,खाता नंबर,भुगतान राशि (₹)'],
  th: ['เลขอ้างอิง,ชื่อบัญชี,ธนาคาร,เลขที่บัญชี,จำนวนเงิน', 'เลขที่ใบแจ้งหนี้,ชื่อผู้รับ,ชื่อธนาคาร,หมายเลขบัญชี,ยอดเงิน (บาท)'],
  vi: [
    'Mã tham chiếu,Tên chủ tài khoản,Ngân hàng,Số tài khoản,Số tiền',
    'Số hóa đơn,Người thụ hưởng,Tên ngân hàng,STK,Số tiền (VND)',
  ],
  'zh-Hans': ['商户订单号,户名,银行,账号,金额', '发票号,收款人姓名,开户行,收款账号,付款金额（元）'],
  'zh-Hant': ['商戶訂單號,戶名,銀行,帳號,金額', '發票號碼,收款人姓名,銀行名稱,收款帳號,付款金額'],
  ja: ['整理番号,口座名義,銀行,口座番号,振込金額', '請求書番号,受取人名,金融機関名,口座番号,金額（円）'],
  ko: ['참조번호,예금주,은행,계좌번호,금액', '청구서 번호,수취인명,은행명,계좌 번호,지급액 (원)'],
  es: [
    'Referencia,Titular de la cuenta,Banco,Número de cuenta,Importe',
    'Folio,Nombre del beneficiario,Banco destino,CLABE,Monto a pagar',
  ],
  ar: [
    'رقم المرجع,اسم المستفيد,البنك,رقم الحساب,المبلغ',
    'رقم الفاتورة,صاحب الحساب,اسم البنك,رقم حساب المستفيد,مبلغ التحويل',
  ],
} as const;
const EXPECTED = ['reference', 'holderName', 'bankName', 'accountNumber', 'amount'];

type FormTexts = Readonly<Record<string, string>>;

async function catalogueOf(lang: string): Promise<{ recipientForm: FormTexts }> {
  const module = (await import(`../../src/locales/${lang}.ts`)) as Record<string, { recipientForm: FormTexts }>;
  const [catalogue] = Object.values(module);
  assert.ok(catalogue, lang);
  return catalogue;
}

const guess = async (text: string) => guessColumns(asTable(await readTable(text)));

describe('the columns of a table', () => {
  for (const [lang, headers] of Object.entries(HEADERS)) {
    it(`are found by the header in ${lang}`, async () => {
      for (const header of headers) {
        assert.deepEqual(await guess(`${header}\n1,2,3,4,5`), EXPECTED, header);
      }
    });

    it(`are found by what the form calls its fields in ${lang}`, async () => {
      const { recipientForm: texts } = await catalogueOf(lang);
      const labels = BATCH_FIELDS.flatMap((field) => {
        const last = field.split('.').at(-1) ?? field;
        const address = `field.address${last.charAt(0).toUpperCase()}${last.slice(1)}`;
        const label = texts[`field.${field}`] ?? texts[address] ?? texts[`field.${last}`];
        assert.ok(label, field);
        // A bank is called the same, however it is chosen.
        return field === 'bankId' ? [] : [{ field, label }];
      });
      const row = (cells: readonly string[]): string => cells.map((cell) => `"${cell}"`).join(',');
      const header = row(labels.map(({ label }) => label));
      const found = await guess(`${header}\n${row(labels.map(() => 'a'))}`);
      assert.deepEqual(
        found.map((field, at) => `${labels[at]?.label}: ${field}`),
        labels.map(({ field, label }) => `${label}: ${field}`),
      );
      const wallet = texts['field.walletNumber'];
      assert.deepEqual(await guess(`${row([wallet ?? '', texts['field.amount'] ?? ''])}\na,b`), [
        'accountNumber',
        'amount',
      ]);
    });
  }

  it('have one field each, and every word names one field', () => {
    const seen = new Map<string, string>();
    for (const field of BATCH_FIELDS) {
      for (const word of headerWords()[field].split('|')) {
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
