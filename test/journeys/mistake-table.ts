/** The languages that every message is read in. */
export const LANGUAGES = ['en', 'id'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is chosen and entered before the mistake is made. */
export interface Choices {
  method: 'bank' | 'ewallet' | 'leanx';
  currency: string;
  /** All members of the recipient that are right; the mistake takes the place of one. */
  rest: Readonly<Record<string, unknown>>;
}

/** Something that operators get wrong, typed or pasted into one field. */
export interface Mistake {
  what: string;
  at: Choices;
  field: string;
  typed: string;
}

/** A mistake that the form refuses, with the words that stand at the field. */
export interface CaughtMistake extends Mistake {
  says: Readonly<Record<Language, string>>;
}

/** A mistake that the form puts right before the operator's eyes. */
export interface ForgivenMistake extends Mistake {
  /** What the field shows afterwards. */
  shown: string;
  /** What is sent. */
  sent: string;
  /** What the form says about the value, where it says anything. */
  note?: Readonly<Record<Language, string>>;
}

const HOLDER = { accountType: 'individual', holderName: 'Maria Clara Santos' };
const PHP: Choices = {
  method: 'bank',
  currency: 'PHP',
  rest: { ...HOLDER, bankName: 'BDO Unibank, Inc.', bic: 'BNORPHMM', accountNumber: '001234567890' },
};
const EUR: Choices = {
  method: 'bank',
  currency: 'EUR',
  rest: { ...HOLDER, country: 'DE', bankName: 'Deutsche Bank', iban: 'DE89370400440532013000', bic: 'DEUTDEFF' },
};
/** A bank at home in the currency, whose own codes and number are these. */
const bank = (currency: string, own: Readonly<Record<string, unknown>>): Choices => ({
  method: 'bank',
  currency,
  rest: { ...HOLDER, bankName: 'A bank', accountNumber: '12345678', ...own },
});
const GBP = bank('GBP', { codes: { sortCode: '200000' } });
const USD = bank('USD', { codes: { aba: '021000021' } });
const JPY = bank('JPY', { codes: { bankCode: '0001', branchCode: '001' }, accountNumber: '1234567' });
const LEANX: Choices = {
  method: 'leanx',
  currency: 'MYR',
  rest: { bankId: 77, accountNumber: '514012345678', holderName: 'Nurul Aisyah', recipientReference: 'Invoice 1042' },
};
const wallet = (currency: string, provider: string, accountNumber: string): Choices => ({
  method: 'ewallet',
  currency,
  rest: { ...HOLDER, provider, accountNumber },
});
const GCASH = wallet('PHP', 'GCash', '09171234567');
const GOPAY = wallet('IDR', 'Gopay', '081234567890');
const PIX: Choices = { method: 'ewallet', currency: 'BRL', rest: HOLDER };
const pix = (depositKeyType: string): Choices => ({ ...PIX, rest: { ...HOLDER, depositKeyType } });

/** Mistakes that the form must not let pass. */
export const CAUGHT: readonly CaughtMistake[] = [
  {
    what: 'an IBAN with a digit lost',
    at: EUR,
    field: 'iban',
    typed: 'DE89 3704 0044 0532 0130 0',
    says: {
      en: 'This IBAN is one digit short for Germany: 22 characters, you have 21.',
      id: 'IBAN ini kurang satu angka untuk Jerman: harus 22 karakter, Anda mengisi 21.',
    },
  },
  {
    what: 'an IBAN with a digit typed twice',
    at: EUR,
    field: 'iban',
    typed: 'DE89 3704 0044 0532 0130 000',
    says: {
      en: 'This IBAN is too long for Germany: 22 characters, you have 23.',
      id: 'IBAN ini terlalu panjang untuk Jerman: harus 22 karakter, Anda mengisi 23.',
    },
  },
  {
    what: 'an IBAN with two digits swapped',
    at: EUR,
    field: 'iban',
    typed: 'DE89 3704 0044 0532 0103 00',
    says: {
      en: 'This IBAN is mistyped: its check digits do not fit. Compare it with the source.',
      id: 'Nilai IBAN ini salah ketik: angka pemeriksanya tidak cocok. Bandingkan dengan sumbernya.',
    },
  },
  {
    what: 'an IBAN with the letter O for a zero',
    at: EUR,
    field: 'iban',
    typed: 'DE89 37O4 0044 0532 0130 00',
    says: {
      en: 'Letters and digits of this IBAN do not fit Germany. Look for an O in place of 0 or an I in place of 1.',
      id: 'Huruf dan angka IBAN ini tidak cocok untuk Jerman. Cari O sebagai ganti 0 atau I sebagai ganti 1.',
    },
  },
  {
    what: 'an IBAN of another country than the bank',
    at: EUR,
    field: 'iban',
    typed: 'GB29 NWBK 6016 1331 9268 19',
    says: {
      en: 'This IBAN is for another country (United Kingdom, not Germany). Correct one of them.',
      id: 'Isi IBAN ini untuk negara lain (Inggris Raya, bukan Jerman). Betulkan salah satunya.',
    },
  },
  {
    what: 'an IBAN made up for a country that has none',
    at: EUR,
    field: 'iban',
    typed: 'MY12 BKRM 0101 1234 5678 9012',
    says: {
      en: '“MY” is not a country that uses IBAN. Check the IBAN.',
      id: '“MY” bukan negara yang memakai IBAN. Periksa IBAN.',
    },
  },
  {
    what: 'a BIC of another country than the account',
    at: PHP,
    field: 'bic',
    typed: 'DEUTDEFF',
    says: {
      en: 'This SWIFT / BIC is for another country (Germany, not Philippines). Correct one of them.',
      id: 'Isi SWIFT / BIC ini untuk negara lain (Jerman, bukan Filipina). Betulkan salah satunya.',
    },
  },
  {
    what: 'a BIC of nine letters',
    at: PHP,
    field: 'bic',
    typed: 'BNORPHMMX',
    says: {
      en: 'A SWIFT / BIC has 8 or 11 characters, you have 9.',
      id: 'SWIFT / BIC terdiri dari 8 atau 11 karakter, Anda mengisi 9.',
    },
  },
  {
    what: 'a BIC with two letters swapped',
    at: PHP,
    field: 'bic',
    typed: 'BNORHPMM',
    says: {
      en: '“HP” (characters 5 and 6) is not a country. Check the SWIFT / BIC.',
      id: '“HP” (karakter ke-5 dan ke-6) bukan kode negara. Periksa SWIFT / BIC.',
    },
  },
  {
    what: 'an IBAN for the BIC',
    at: EUR,
    field: 'bic',
    typed: 'DE89370400440532013000',
    says: {
      en: 'A SWIFT / BIC has 8 or 11 characters, you have 22.',
      id: 'SWIFT / BIC terdiri dari 8 atau 11 karakter, Anda mengisi 22.',
    },
  },
  {
    what: 'a card number for the account',
    at: PHP,
    field: 'accountNumber',
    typed: '4111 1111 1111 1111',
    says: {
      en: 'This is a card number, which must not be stored here. Enter the account number.',
      id: 'Ini nomor kartu, yang tidak boleh disimpan di sini. Isi nomor rekening.',
    },
  },
  {
    what: 'an account number in a spreadsheet’s scientific notation',
    at: PHP,
    field: 'accountNumber',
    typed: '1.23457E+11',
    says: {
      en: 'A spreadsheet has shortened this number. Enter the whole number.',
      id: 'Lembar kerja memendekkan nomor ini. Isi nomor selengkapnya.',
    },
  },
  {
    what: 'an e-mail address for the account',
    at: PHP,
    field: 'accountNumber',
    typed: 'maria@example.com',
    says: {
      en: 'The account number has letters and digits only.',
      id: 'Isi nomor rekening hanya dengan huruf dan angka.',
    },
  },
  {
    what: 'the last digits of an account only',
    at: PHP,
    field: 'accountNumber',
    typed: '123',
    says: {
      en: 'The account number has 4 to 34 letters and digits, you have 3.',
      id: 'Isi nomor rekening dengan 4 sampai 34 huruf dan angka, Anda mengisi 3.',
    },
  },
  {
    what: 'an IBAN for a British account number',
    at: GBP,
    field: 'accountNumber',
    typed: 'GB29 NWBK 6016 1331 9268 19',
    says: { en: 'This looks like an IBAN. Enter the account number.', id: 'Ini tampaknya IBAN. Isi nomor rekening.' },
  },
  {
    what: 'a sort code for a British account number',
    at: GBP,
    field: 'accountNumber',
    typed: '20-00-00',
    says: {
      en: 'A British account number has 8 digits, you have 6.',
      id: 'Nomor rekening Inggris terdiri dari 8 angka, Anda mengisi 6.',
    },
  },
  {
    what: 'an account number for the sort code',
    at: GBP,
    field: 'codes.sortCode',
    typed: '12345678',
    says: {
      en: 'The sort code has 6 digits.',
      id: 'Isi sort code dengan 6 angka.',
    },
  },
  {
    what: 'an IFSC with the letter O for its zero',
    at: bank('INR', { codes: { ifsc: 'SBIN0000300' }, address: { line1: '12 Main Street', city: 'Mumbai' } }),
    field: 'codes.ifsc',
    typed: 'SBINO000300',
    says: {
      en: 'An IFSC has 4 letters, a zero and 6 letters or digits.',
      id: 'IFSC terdiri dari 4 huruf, satu nol dan 6 huruf atau angka.',
    },
  },
  {
    what: 'an ABA number with two digits swapped',
    at: USD,
    field: 'codes.aba',
    typed: '021000012',
    says: {
      en: 'This routing number (ABA) is mistyped: its check digits do not fit. Compare it with the source.',
      id: 'Nilai routing number (ABA) ini salah ketik: angka pemeriksanya tidak cocok. Bandingkan dengan sumbernya.',
    },
  },
  {
    what: 'an ABA number whose leading zero a spreadsheet has taken',
    at: USD,
    field: 'codes.aba',
    typed: '21000021',
    says: {
      en: 'Zeros are missing in front. Is it 021000021?',
      id: 'Kurang nol di depan. Apakah maksudnya 021000021?',
    },
  },
  {
    what: 'a BSB whose leading zero a spreadsheet has taken',
    at: bank('AUD', { codes: { bsb: '062000' } }),
    field: 'codes.bsb',
    typed: '62000',
    says: { en: 'Zeros are missing in front. Is it 062000?', id: 'Kurang nol di depan. Apakah maksudnya 062000?' },
  },
  {
    what: 'a SWIFT code for the CNAPS code',
    at: bank('CNY', { bic: 'ICBKCNBJ' }),
    field: 'codes.cnaps',
    typed: 'ICBKCNBJ',
    says: { en: 'The CNAPS code has 12 digits.', id: 'Isi kode CNAPS dengan 12 angka.' },
  },
  {
    what: 'a mistyped CPF as the tax number',
    at: bank('BRL', { codes: { bankCode: '341', branchCode: '1234' }, accountKind: 'savings', taxId: '11144477735' }),
    field: 'taxId',
    typed: '111.444.777-36',
    says: {
      en: 'This CPF is mistyped: its check digits do not fit. Compare it with the source.',
      id: 'CPF ini salah ketik: angka pemeriksanya tidak cocok. Bandingkan dengan sumbernya.',
    },
  },
  {
    what: 'a Malaysian account of zeros',
    at: LEANX,
    field: 'accountNumber',
    typed: '0000000000',
    says: {
      en: 'This account number is not issued. Enter the real one.',
      id: 'Nilai nomor rekening ini tidak pernah diterbitkan. Isi yang asli.',
    },
  },
  {
    what: 'a Malaysian account that is too short',
    at: LEANX,
    field: 'accountNumber',
    typed: '51401',
    says: {
      en: 'A Malaysian account number has 7 to 20 digits, you have 5.',
      id: 'Nomor rekening Malaysia terdiri dari 7 sampai 20 angka, Anda mengisi 5.',
    },
  },
  {
    what: 'letters for a Malaysian account, and too few',
    at: LEANX,
    field: 'accountNumber',
    typed: 'abc',
    says: { en: 'A Malaysian account number has digits only.', id: 'Nomor rekening Malaysia hanya berisi angka.' },
  },
  {
    what: 'the bank’s name in front of a Malaysian account',
    at: LEANX,
    field: 'accountNumber',
    typed: 'MBB 5140 1234 5678',
    says: { en: 'A Malaysian account number has digits only.', id: 'Nomor rekening Malaysia hanya berisi angka.' },
  },
  {
    what: 'a GCash number in an IDR payout',
    at: GOPAY,
    field: 'accountNumber',
    typed: '0917 123 4567',
    says: {
      en: 'This wallet number is for another country (Philippines, not Indonesia). Correct one of them.',
      id: 'Isi nomor dompet ini untuk negara lain (Filipina, bukan Indonesia). Betulkan salah satunya.',
    },
  },
  {
    what: 'a +62 number for GCash',
    at: GCASH,
    field: 'accountNumber',
    typed: '+62 812 3456 7890',
    says: {
      en: 'This wallet number is for another country (Indonesia, not Philippines). Correct one of them.',
      id: 'Isi nomor dompet ini untuk negara lain (Indonesia, bukan Filipina). Betulkan salah satunya.',
    },
  },
  {
    what: 'a wallet number with a digit lost',
    at: GCASH,
    field: 'accountNumber',
    typed: '0917 123 456',
    says: {
      en: 'Enter the wallet number, such as 09171234567.',
      id: 'Isi nomor dompet, misalnya 09171234567.',
    },
  },
  {
    what: 'a wallet number with the letter O for a zero',
    at: GOPAY,
    field: 'accountNumber',
    typed: 'O812 3456 7890',
    says: {
      en: 'Enter the wallet number, such as 081234567890.',
      id: 'Isi nomor dompet, misalnya 081234567890.',
    },
  },
  {
    what: 'a landline for a wallet',
    at: GCASH,
    field: 'accountNumber',
    typed: '02 8123 4567',
    says: {
      en: 'Enter the wallet number, such as 09171234567.',
      id: 'Isi nomor dompet, misalnya 09171234567.',
    },
  },
  {
    what: 'a CPF under type phone',
    at: pix('phone'),
    field: 'depositKey',
    typed: '111.444.777-35',
    says: {
      en: 'This looks like a PIX key of type CPF, not Phone. Change the type or the key.',
      id: 'Ini tampaknya kunci PIX berjenis CPF, bukan Telepon. Ganti jenisnya atau kuncinya.',
    },
  },
  {
    what: 'a phone under type CPF',
    at: pix('cpf'),
    field: 'depositKey',
    typed: '+55 11 91234-5678',
    says: {
      en: 'This looks like a PIX key of type Phone, not CPF. Change the type or the key.',
      id: 'Ini tampaknya kunci PIX berjenis Telepon, bukan CPF. Ganti jenisnya atau kuncinya.',
    },
  },
  {
    what: 'a CNPJ with a wrong digit',
    at: PIX,
    field: 'depositKey',
    typed: '11.222.333/0001-82',
    says: {
      en: 'This CNPJ is mistyped: its check digits do not fit. Compare it with the source.',
      id: 'CNPJ ini salah ketik: angka pemeriksanya tidak cocok. Bandingkan dengan sumbernya.',
    },
  },
  {
    what: 'a random PIX key that was cut off',
    at: PIX,
    field: 'depositKey',
    typed: '123e4567-e89b-42d3-a456-4266141740',
    says: {
      en: 'A random key has 32 digits and letters. Paste the whole key.',
      id: 'Kunci acak terdiri dari 32 angka dan huruf. Tempel kunci seluruhnya.',
    },
  },
  {
    what: 'an e-mail address with a dot at its end',
    at: PIX,
    field: 'depositKey',
    typed: 'maria@example.com.',
    says: {
      en: 'Enter an e-mail address, such as maria@example.com.',
      id: 'Isi alamat email, misalnya maria@example.com.',
    },
  },
  {
    what: 'a Brazilian phone with an area code that does not exist',
    at: PIX,
    field: 'depositKey',
    typed: '+55 20 91234-5678',
    says: {
      en: 'This area code does not exist. Check the two digits after +55.',
      id: 'Kode area ini tidak ada. Periksa dua angka setelah +55.',
    },
  },
  {
    what: 'an amount with a dot for the thousands',
    at: PHP,
    field: 'amount',
    typed: '1.250',
    says: {
      en: '“1.250” can be read in two ways: enter 1250 for a whole amount.',
      id: '“1.250” dapat dibaca dengan dua cara: isi 1250 untuk jumlah bulat.',
    },
  },
  {
    what: 'centavos in yen',
    at: JPY,
    field: 'amount',
    typed: '1500.50',
    says: { en: 'JPY has no decimals: enter a whole amount.', id: 'JPY tidak punya pecahan: isi jumlah bulat.' },
  },
  {
    what: 'an amount of zero',
    at: PHP,
    field: 'amount',
    typed: '0',
    says: { en: 'Enter an amount above zero.', id: 'Isi jumlah di atas nol.' },
  },
  {
    what: 'a negative amount',
    at: PHP,
    field: 'amount',
    typed: '-100',
    says: { en: 'Enter the amount in PHP, in digits only.', id: 'Isi jumlah dalam PHP dengan angka saja.' },
  },
  {
    what: 'an amount with the sign of another currency',
    at: PHP,
    field: 'amount',
    typed: '€100',
    says: { en: 'Enter the amount in PHP, in digits only.', id: 'Isi jumlah dalam PHP dengan angka saja.' },
  },
  {
    what: 'a phone number for the amount',
    at: PHP,
    field: 'amount',
    typed: '9171234567890',
    says: {
      en: 'An amount has at most 12 digits before the decimals.',
      id: 'Jumlah paling banyak 12 angka sebelum desimal.',
    },
  },
  {
    what: 'a reference with a blank',
    at: PHP,
    field: 'reference',
    typed: 'INV 2041',
    says: {
      en: 'The reference has letters, digits and . _ - only, with a letter or digit first.',
      id: 'Isi referensi hanya dengan huruf, angka dan . _ -, diawali huruf atau angka.',
    },
  },
  {
    what: 'a reference with a slash',
    at: PHP,
    field: 'reference',
    typed: 'INV/2041',
    says: {
      en: 'The reference has letters, digits and . _ - only, with a letter or digit first.',
      id: 'Isi referensi hanya dengan huruf, angka dan . _ -, diawali huruf atau angka.',
    },
  },
  {
    what: 'an emoji in the name',
    at: PHP,
    field: 'holderName',
    typed: 'Maria 😀 Santos',
    says: {
      en: '“😀” cannot be in a name. Use letters, digits, spaces and . , ’ - & / ( ).',
      id: '“😀” tidak boleh ada dalam nama. Pakai huruf, angka, spasi dan . , ’ - & / ( ).',
    },
  },
  {
    what: 'a spreadsheet formula for the name',
    at: PHP,
    field: 'holderName',
    typed: '=HYPERLINK("x")',
    says: {
      en: '“=” cannot be in a name. Use letters, digits, spaces and . , ’ - & / ( ).',
      id: '“=” tidak boleh ada dalam nama. Pakai huruf, angka, spasi dan . , ’ - & / ( ).',
    },
  },
  {
    what: 'a name with a Cyrillic letter that looks Latin',
    at: PHP,
    field: 'holderName',
    typed: 'M\u0430ria Santos',
    says: { en: 'The name mixes alphabets. Type it again.', id: 'Nama ini mencampur beberapa aksara. Ketik ulang.' },
  },
];

/** Mistakes that have one meaning only: the form understands them, and shows what it understood. */
export const FORGIVEN: readonly ForgivenMistake[] = [
  {
    what: 'an IBAN pasted with spaces',
    at: EUR,
    field: 'iban',
    typed: ' DE89 3704 0044 0532 0130 00 ',
    shown: 'DE89 3704 0044 0532 0130 00',
    sent: 'DE89370400440532013000',
    note: { en: 'Germany', id: 'Jerman' },
  },
  {
    what: 'an IBAN pasted with its name, in small letters',
    at: EUR,
    field: 'iban',
    typed: 'iban: de89370400440532013000',
    shown: 'DE89 3704 0044 0532 0130 00',
    sent: 'DE89370400440532013000',
    note: { en: 'Germany', id: 'Jerman' },
  },
  {
    what: 'a BIC in groups and small letters',
    at: PHP,
    field: 'bic',
    typed: 'bnor ph mm',
    shown: 'BNORPHMM',
    sent: 'BNORPHMM',
    note: { en: 'Philippines · head office', id: 'Filipina · kantor pusat' },
  },
  {
    what: 'an account number with dashes and leading zeros',
    at: PHP,
    field: 'accountNumber',
    typed: '0012-3456-7890',
    shown: '0012 3456 7890',
    sent: '001234567890',
  },
  {
    what: 'an account number in full-width digits with a hidden character',
    at: LEANX,
    field: 'accountNumber',
    typed: '\u200b５１４０１２３４５６７８',
    shown: '5140 1234 5678',
    sent: '514012345678',
  },
  {
    what: 'a wallet number whose leading zero a spreadsheet has taken',
    at: GCASH,
    field: 'accountNumber',
    typed: '9171234567',
    shown: '09171234567',
    sent: '09171234567',
  },
  {
    what: 'a wallet number with 62 and no plus',
    at: GOPAY,
    field: 'accountNumber',
    typed: '62 812-3456-7890',
    shown: '+6281234567890',
    sent: '+6281234567890',
  },
  {
    what: 'a PIX phone without +55',
    at: pix('phone'),
    field: 'depositKey',
    typed: '(11) 91234-5678',
    shown: '+5511912345678',
    sent: '+5511912345678',
  },
  {
    what: 'a PIX e-mail with capitals',
    at: PIX,
    field: 'depositKey',
    typed: 'mailto:Maria@Example.com',
    shown: 'maria@example.com',
    sent: 'maria@example.com',
  },
  {
    what: 'an amount with a comma for the thousands',
    at: PHP,
    field: 'amount',
    typed: '1,250',
    shown: '1,250.00',
    sent: '1250.00',
  },
  {
    what: 'an amount with a comma for the decimals',
    at: EUR,
    field: 'amount',
    typed: '1.250,5',
    shown: '1,250.50',
    sent: '1250.50',
  },
  {
    what: 'an amount with the sign of its currency',
    at: PHP,
    field: 'amount',
    typed: '₱ 1 250.00',
    shown: '1,250.00',
    sent: '1250.00',
  },
  {
    what: 'a name with a tab, two blanks and a hidden character',
    at: PHP,
    field: 'holderName',
    typed: ' Maria\u200b  Clara\u00a0Santos ',
    shown: 'Maria Clara Santos',
    sent: 'Maria Clara Santos',
  },
  {
    what: 'a sort code with dashes',
    at: GBP,
    field: 'codes.sortCode',
    typed: '20-00-00',
    shown: '200000',
    sent: '200000',
  },
];
