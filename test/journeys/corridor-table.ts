/** One payout: what an operator enters, and the request that the provider's documentation asks for. */
export interface Corridor {
  currency: string;
  method: 'bank' | 'ewallet' | 'leanx';
  /** Only e-wallets. */
  provider?: string;
  what: string;
  /** `/codes` is the merchant whose channels all are single payouts. */
  proxy?: '/codes';
  /** By label, in the order of the page; the reference is added. Radios, selects and the picker as `fill` takes them. */
  entered: Readonly<Record<string, string>>;
  /** What is sent; `request_id`, `notify_url` and the channel are the same for all and added by the test. */
  asked: (reference: string) => Batch | Single | Leanx;
}

/** Lesspay docs, Multiple Transfer Methods: `POST /api/global/payout/batch/create-order`. */
interface Batch {
  via: 'batch';
  way_type: string;
  total_amount: string;
  destination_type: string;
  payout_order_details: readonly unknown[];
}

/** Lesspay docs, Create Payout: `POST /api/global/payout/create-order`. */
interface Single {
  via: 'single';
  amount: string;
  beneficiary: unknown;
}

/** LeanX docs, Create Payout: `POST /api/v1/merchant/create-payout-invoice`. */
interface Leanx {
  via: 'leanx';
  payout_service_id: number;
  amount: number;
  recipient_name: string;
  third_party_account_no: string;
  recipient_reference: string;
}

type Text = Readonly<Record<string, string>>;

const batch = (kind: 'bank' | 'ewallet', reference: string, amount: string, detail: object): Batch => ({
  via: 'batch',
  way_type: kind === 'bank' ? 'BANK_TRANSFER' : 'E_WALLET',
  total_amount: amount,
  destination_type: kind,
  payout_order_details: [{ mch_order_id: reference, amount, destination_type: kind, ...detail }],
});

const single = (amount: string, type: string, info: object, destination: object): Single => ({
  via: 'single',
  amount,
  beneficiary: { beneficiary_type: type, beneficiary_info: info, destination },
});

const bankOf = (bank: object) => ({ type: 'bank', bank });

/** A bank transfer that a batch can carry: the SWIFT code is the only code. */
function swift(
  currency: string,
  country: string,
  [what, entered, amount, detail]: readonly [what: string, entered: Text, amount: string, detail: Text],
): Corridor {
  return {
    currency,
    method: 'bank',
    what,
    entered: { 'Send to': 'Bank account', ...entered },
    asked: (reference) => batch('bank', reference, amount, { ...detail, bank_country_code: country }),
  };
}

const BANKS_BY_SWIFT: readonly Corridor[] = [
  swift('PHP', 'PH', [
    'with centavos and a leading zero in the account',
    {
      Currency: 'PHP',
      'Account holder': 'Maria Clara Santos',
      Bank: 'bdo → BDO Unibank, Inc.',
      'SWIFT / BIC': 'bnorphmm',
      'Account number': '0012 3456 7890',
      Amount: '48,200.50',
    },
    '48200.50',
    {
      bank_account_name: 'Maria Clara Santos',
      bank_account_no: '001234567890',
      bank_account_type: 'individual',
      bank_name: 'BDO Unibank, Inc.',
      bank_swift_code: 'BNORPHMM',
    },
  ]),
  swift('IDR', 'ID', [
    'to a business, with dots between the thousands',
    {
      Currency: 'IDR',
      'Account type': 'Business',
      'Account holder': 'PT Sumber Rejeki (Persero)',
      Bank: 'BCA → Bank Central Asia',
      'SWIFT / BIC': 'CENAIDJA',
      'Account number': '123-456-7890',
      Amount: '1.450.000',
    },
    '1450000.00',
    {
      bank_account_name: 'PT Sumber Rejeki (Persero)',
      bank_account_no: '1234567890',
      bank_account_type: 'business',
      bank_name: 'Bank Central Asia',
      bank_swift_code: 'CENAIDJA',
    },
  ]),
  swift('MYR', 'MY', [
    'through Lesspay',
    {
      Currency: 'MYR',
      'Account holder': "Ahmad Faiz A/L D'Cruz",
      Bank: 'cimb → CIMB Bank',
      'SWIFT / BIC': 'CIBBMYKL',
      'Account number': '7012 3456 78',
      Amount: '860',
    },
    '860.00',
    {
      bank_account_name: "Ahmad Faiz A/L D'Cruz",
      bank_account_no: '7012345678',
      bank_account_type: 'individual',
      bank_name: 'CIMB Bank',
      bank_swift_code: 'CIBBMYKL',
    },
  ]),
  swift('THB', 'TH', [
    'with a branch in the SWIFT code',
    {
      Currency: 'THB',
      'Account holder': 'Somchai Jaidee',
      Bank: 'kasi → Kasikornbank',
      'SWIFT / BIC': 'KASITHBKXXX',
      'Account number': '123-4-56789-0',
      Amount: '9900.25',
    },
    '9900.25',
    {
      bank_account_name: 'Somchai Jaidee',
      bank_account_no: '1234567890',
      bank_account_type: 'individual',
      bank_name: 'Kasikornbank',
      bank_swift_code: 'KASITHBKXXX',
    },
  ]),
  swift('VND', 'VN', [
    'without decimals, to a name with two marks on a letter',
    {
      Currency: 'VND',
      'Account holder': 'Nguyễn Thị Minh Khai',
      Bank: 'viet → Vietcombank',
      'SWIFT / BIC': 'BFTVVNVX',
      'Account number': '0071 0012 34567',
      Amount: '2.500.000',
    },
    '2500000',
    {
      bank_account_name: 'Nguyễn Thị Minh Khai',
      bank_account_no: '0071001234567',
      bank_account_type: 'individual',
      bank_name: 'Vietcombank',
      bank_swift_code: 'BFTVVNVX',
    },
  ]),
  swift('CNY', 'CN', [
    'to a business, which has no identity card',
    {
      Currency: 'CNY',
      'Account type': 'Business',
      'Account holder': '深圳市晴天玩具有限公司',
      Bank: 'ICBKCNBJ → Industrial and Commercial Bank of China',
      'SWIFT / BIC': 'ICBKCNBJ',
      'Account number': '1234567890123456789',
      Amount: '7300.10',
    },
    '7300.10',
    {
      bank_account_name: '深圳市晴天玩具有限公司',
      bank_account_no: '1234567890123456789',
      bank_account_type: 'business',
      bank_name: 'Industrial and Commercial Bank of China',
      bank_swift_code: 'ICBKCNBJ',
    },
  ]),
  swift('HKD', 'HK', [
    'to a person',
    {
      Currency: 'HKD',
      'Account holder': 'Chan Tai Man',
      Bank: 'hang → Hang Seng Bank',
      'SWIFT / BIC': 'HASEHKHH',
      'Account number': '239-123456-001',
      Amount: '1000.5',
    },
    '1000.50',
    {
      bank_account_name: 'Chan Tai Man',
      bank_account_no: '239123456001',
      bank_account_type: 'individual',
      bank_name: 'Hang Seng Bank',
      bank_swift_code: 'HASEHKHH',
    },
  ]),
  swift('SGD', 'SG', [
    'to a bank that is not on the list',
    {
      Currency: 'SGD',
      'Account type': 'Business',
      'Account holder': 'Kopi & Toast Pte. Ltd.',
      Bank: 'Trust Bank Singapore',
      'SWIFT / BIC': 'TRBUSGSG',
      'Account number': '0721234567',
      Amount: '55',
    },
    '55.00',
    {
      bank_account_name: 'Kopi & Toast Pte. Ltd.',
      bank_account_no: '0721234567',
      bank_account_type: 'business',
      bank_name: 'Trust Bank Singapore',
      bank_swift_code: 'TRBUSGSG',
    },
  ]),
  swift('KRW', 'KR', [
    'without decimals, to a Korean name',
    {
      Currency: 'KRW',
      'Account holder': '김민수',
      Bank: 'shin → Shinhan Bank',
      'SWIFT / BIC': 'SHBKKRSE',
      'Account number': '110-123-456789',
      Amount: '₩150,000',
    },
    '150000',
    {
      bank_account_name: '김민수',
      bank_account_no: '110123456789',
      bank_account_type: 'individual',
      bank_name: 'Shinhan Bank',
      bank_swift_code: 'SHBKKRSE',
    },
  ]),
  swift('NGN', 'NG', [
    'with a bank chosen by its code',
    {
      Currency: 'NGN',
      'Account holder': 'Chinedu Okafor',
      Bank: '044 → Access Bank',
      'SWIFT / BIC': 'ABNGNGLA',
      'Account number': '0690000031',
      Amount: '125000',
    },
    '125000.00',
    {
      bank_account_name: 'Chinedu Okafor',
      bank_account_no: '0690000031',
      bank_account_type: 'individual',
      bank_name: 'Access Bank',
      bank_swift_code: 'ABNGNGLA',
    },
  ]),
  swift('KES', 'KE', [
    'to a person with one name',
    {
      Currency: 'KES',
      'Account holder': 'Wanjiru',
      Bank: 'kenya com → Kenya Commercial Bank',
      'SWIFT / BIC': 'KCBLKENX',
      'Account number': '1234567890',
      Amount: '4,000.00',
    },
    '4000.00',
    {
      bank_account_name: 'Wanjiru',
      bank_account_no: '1234567890',
      bank_account_type: 'individual',
      bank_name: 'Kenya Commercial Bank',
      bank_swift_code: 'KCBLKENX',
    },
  ]),
  swift('MXN', 'MX', [
    'with a CLABE',
    {
      Currency: 'MXN',
      'Account holder': 'José Ángel Nuñez',
      Bank: 'bbva → BBVA México',
      'SWIFT / BIC': 'BCMRMXMM',
      'Account number': '002010077777777771',
      Amount: '3200',
    },
    '3200.00',
    {
      bank_account_name: 'José Ángel Nuñez',
      bank_account_no: '002010077777777771',
      bank_account_type: 'individual',
      bank_name: 'BBVA México',
      bank_swift_code: 'BCMRMXMM',
    },
  ]),
  swift('PKR', 'PK', [
    'with an IBAN',
    {
      Currency: 'PKR',
      'Account holder': 'Ayesha Khan',
      Bank: 'meez → Meezan Bank',
      IBAN: 'pk36 scbl 0000 0011 2345 6702',
      'SWIFT / BIC': 'MEZNPKKA',
      Amount: '88000',
    },
    '88000.00',
    {
      bank_account_name: 'Ayesha Khan',
      bank_account_no: 'PK36SCBL0000001123456702',
      bank_account_type: 'individual',
      bank_name: 'Meezan Bank',
      bank_swift_code: 'MEZNPKKA',
    },
  ]),
  swift('EUR', 'DE', [
    'with an IBAN, the country chosen',
    {
      Country: 'Germany',
      Currency: 'EUR',
      'Account type': 'Business',
      'Account holder': 'Ümit Öz GmbH',
      Bank: 'deut → Deutsche Bank',
      IBAN: 'DE89 3704 0044 0532 0130 00',
      'SWIFT / BIC': 'deut de ff',
      Amount: '1.250,50',
    },
    '1250.50',
    {
      bank_account_name: 'Ümit Öz GmbH',
      bank_account_no: 'DE89370400440532013000',
      bank_account_type: 'business',
      bank_name: 'Deutsche Bank',
      bank_swift_code: 'DEUTDEFF',
    },
  ]),
  swift('EUR', 'PH', [
    'to a country without IBAN',
    {
      Country: 'Philippines',
      Currency: 'EUR',
      'Account holder': 'Maria Clara Santos',
      Bank: 'bpi → Bank of the Philippine Islands',
      'SWIFT / BIC': 'BOPIPHMM',
      'Account number': '1234567890',
      Amount: '10',
    },
    '10.00',
    {
      bank_account_name: 'Maria Clara Santos',
      bank_account_no: '1234567890',
      bank_account_type: 'individual',
      bank_name: 'Bank of the Philippine Islands',
      bank_swift_code: 'BOPIPHMM',
    },
  ]),
];

/** A bank transfer whose codes only the single endpoint carries. */
function codes(
  currency: string,
  [what, entered, amount, info, bank, type = 'individual']: readonly [
    what: string,
    entered: Text,
    amount: string,
    info: object,
    bank: object,
    type?: string,
  ],
): Corridor {
  return {
    currency,
    method: 'bank',
    what,
    entered: { 'Send to': 'Bank account', ...entered },
    asked: () => single(amount, type, info, bankOf(bank)),
  };
}

const BANKS_BY_CODE: readonly Corridor[] = [
  codes('BRL', [
    'with bank, branch, kind of account and CPF',
    {
      Currency: 'BRL',
      'Account holder': 'João da Silva',
      Bank: 'ita → Itaú Unibanco S.A.',
      'Bank code': '341',
      'Branch code': '1234',
      'Account number': '12345-6',
      'Kind of account': 'Savings',
      'Tax number': '111.444.777-35',
      Amount: '1.999,90',
    },
    '1999.90',
    { name: 'João da Silva', tax_id: '11144477735' },
    {
      account_type: 'savings',
      country: 'BR',
      bank_name: 'Itaú Unibanco S.A.',
      account_number: '123456',
      bank_codes: { bank_code: '341', branch_code: '1234' },
    },
  ]),
  codes('BRL', [
    'to a business with a CNPJ that has letters',
    {
      Currency: 'BRL',
      'Account type': 'Business',
      'Account holder': 'Padaria Ltda',
      Bank: 'nu p → Nu Pagamentos S.A.',
      'Bank code': '260',
      'Branch code': '0001',
      'Account number': '9876543-2',
      'Kind of account': 'Checking',
      'Tax number': '12.ABC.345/01DE-35',
      Amount: '20',
    },
    '20.00',
    { name: 'Padaria Ltda', tax_id: '12ABC34501DE35' },
    {
      account_type: 'checking',
      country: 'BR',
      bank_name: 'Nu Pagamentos S.A.',
      account_number: '98765432',
      bank_codes: { bank_code: '260', branch_code: '0001' },
    },
    'business',
  ]),
  codes('INR', [
    'with IFSC and the whole address',
    {
      Currency: 'INR',
      'Account holder': 'Priya Sharma',
      Bank: 'sbi → State Bank of India',
      IFSC: 'sbin0000300',
      'Account number': '12345678901',
      'Street and number': '12 Main Street',
      City: 'Mumbai',
      'State or province': 'Maharashtra',
      'Postal code': '400001',
      Amount: '1,25,000.00',
    },
    '125000.00',
    {
      name: 'Priya Sharma',
      address: { line1: '12 Main Street', city: 'Mumbai', state: 'Maharashtra', postal_code: '400001' },
    },
    {
      country: 'IN',
      bank_name: 'State Bank of India',
      account_number: '12345678901',
      bank_codes: { ifsc_code: 'SBIN0000300' },
    },
  ]),
  codes('INR', [
    'to a business, without the optional fields',
    {
      Currency: 'INR',
      'Account type': 'Business',
      'Account holder': 'Sharma & Sons Pvt. Ltd.',
      Bank: 'hdfc → HDFC Bank',
      IFSC: 'HDFC0000001',
      'Account number': '00012345678901',
      'Street and number': '1 MG Road',
      City: 'Pune',
      Amount: '999.99',
    },
    '999.99',
    { name: 'Sharma & Sons Pvt. Ltd.', address: { line1: '1 MG Road', city: 'Pune' } },
    {
      country: 'IN',
      bank_name: 'HDFC Bank',
      account_number: '00012345678901',
      bank_codes: { ifsc_code: 'HDFC0000001' },
    },
    'business',
  ]),
  codes('JPY', [
    'with bank, branch and its name, without decimals',
    {
      Currency: 'JPY',
      'Account holder': 'ヤマダ タロウ',
      Bank: 'mizu → Mizuho Bank',
      'Bank code': '0001',
      'Branch code': '001',
      'Branch name': '東京営業部',
      'Account number': '0123456',
      Amount: '200000',
    },
    '200000',
    { name: 'ヤマダ タロウ' },
    {
      country: 'JP',
      bank_name: 'Mizuho Bank',
      account_number: '0123456',
      bank_codes: { bank_code: '0001', branch_code: '001' },
      branch_name: '東京営業部',
    },
  ]),
  codes('AUD', [
    'with BSB',
    {
      Currency: 'AUD',
      'Account holder': 'Olivia Brown',
      Bank: 'commonw → Commonwealth Bank of Australia',
      BSB: '062-000',
      'Account number': '123456789',
      Amount: '75.5',
    },
    '75.50',
    { name: 'Olivia Brown' },
    {
      country: 'AU',
      bank_name: 'Commonwealth Bank of Australia',
      account_number: '123456789',
      bank_codes: { bsb_code: '062000' },
    },
  ]),
  codes('CAD', [
    'with institution and transit number',
    {
      Currency: 'CAD',
      'Account type': 'Business',
      'Account holder': 'Érablière du Nord inc.',
      Bank: 'royal → Royal Bank of Canada',
      'Bank code': '003',
      'Branch code': '00012',
      'Account number': '1234567',
      Amount: '640',
    },
    '640.00',
    { name: 'Érablière du Nord inc.' },
    {
      country: 'CA',
      bank_name: 'Royal Bank of Canada',
      account_number: '1234567',
      bank_codes: { bank_code: '003', branch_code: '00012' },
    },
    'business',
  ]),
  codes('USD', [
    'with routing number',
    {
      Currency: 'USD',
      'Account holder': 'John O’Neil',
      Bank: 'jpm → JPMorgan Chase Bank, N.A.',
      'Routing number (ABA)': '021000021',
      'Account number': '000123456789',
      Amount: '$1,000',
    },
    '1000.00',
    { name: 'John O’Neil' },
    {
      country: 'US',
      bank_name: 'JPMorgan Chase Bank, N.A.',
      account_number: '000123456789',
      bank_codes: { aba_code: '021000021' },
    },
  ]),
  codes('USD', [
    'with routing number and SWIFT code',
    {
      Currency: 'USD',
      'Account type': 'Business',
      'Account holder': 'Acme Inc.',
      Bank: 'citi → Citibank, N.A.',
      'Routing number (ABA)': '0210 0008 9',
      'Account number': '123456789',
      'SWIFT / BIC': 'CITIUS33',
      Amount: '12.34',
    },
    '12.34',
    { name: 'Acme Inc.' },
    {
      country: 'US',
      bank_name: 'Citibank, N.A.',
      account_number: '123456789',
      bank_codes: { swift_code: 'CITIUS33', aba_code: '021000089' },
    },
    'business',
  ]),
  codes('USD', [
    'to a bank abroad by SWIFT code',
    {
      Country: 'Philippines',
      Currency: 'USD',
      'Account holder': 'Maria Clara Santos',
      Bank: 'bdo → BDO Unibank, Inc.',
      'SWIFT / BIC': 'BNORPHMM',
      'Account number': '001234567890',
      Amount: '300',
    },
    '300.00',
    { name: 'Maria Clara Santos' },
    {
      country: 'PH',
      bank_name: 'BDO Unibank, Inc.',
      account_number: '001234567890',
      bank_codes: { swift_code: 'BNORPHMM' },
    },
  ]),
  codes('GBP', [
    'with sort code',
    {
      Currency: 'GBP',
      'Account holder': 'Aoife Ní Bhriain',
      Bank: 'barc → Barclays Bank UK',
      'Sort code': '20-00-00',
      'Account number': '0123 4567',
      Amount: '£42',
    },
    '42.00',
    { name: 'Aoife Ní Bhriain' },
    {
      country: 'GB',
      bank_name: 'Barclays Bank UK',
      account_number: '01234567',
      bank_codes: { sort_code: '200000' },
    },
  ]),
  {
    ...codes('CNY', [
      'to a person, with CNAPS and identity card',
      {
        Currency: 'CNY',
        'Account holder': '王小明',
        Bank: 'CMBCCNBS → China Merchants Bank',
        'SWIFT / BIC': 'CMBCCNBS',
        'Account number': '6214 8301 2345 6789',
        'CNAPS code': '308584000013',
        'National ID number': '11010519491231002x',
        Amount: '500',
      },
      '500.00',
      { name: '王小明', national_id: '11010519491231002X' },
      {
        country: 'CN',
        bank_name: 'China Merchants Bank',
        account_number: '6214830123456789',
        bank_codes: { swift_code: 'CMBCCNBS', cnaps: '308584000013' },
      },
    ]),
    proxy: '/codes',
  },
];

/** A wallet in a batch: its number is its deposit key, too. */
function wallet(currency: string, provider: string, typed: string, number: string, type = 'Individual'): Corridor {
  return {
    currency,
    method: 'ewallet',
    provider,
    what: `with the number typed as ${typed}`,
    entered: {
      'Send to': 'E-wallet',
      Currency: currency,
      'Account type': type,
      Wallet: provider,
      'Wallet number': typed,
      'Account holder': 'Dewi Lestari',
      Amount: '1250',
    },
    asked: (reference) =>
      batch('ewallet', reference, '1250.00', {
        e_wallet: {
          account_name: 'Dewi Lestari',
          account_number: number,
          account_type: type.toLowerCase(),
          provider,
          deposit_key_type: 'phone',
          deposit_key: number,
        },
      }),
  };
}

/** A PIX key in a batch; its type is found from the key. */
function pix(type: string, typed: string, key: string, holder = 'Individual'): Corridor {
  return {
    currency: 'BRL',
    method: 'ewallet',
    provider: 'PIX',
    what: `with a key of type ${type}`,
    entered: {
      'Send to': 'E-wallet',
      Currency: 'BRL',
      'Account type': holder,
      'PIX key': typed,
      'Account holder': 'João da Silva',
      Amount: '99,90',
    },
    asked: (reference) =>
      batch('ewallet', reference, '99.90', {
        e_wallet: {
          account_name: 'João da Silva',
          account_number: key,
          account_type: holder.toLowerCase(),
          provider: 'PIX',
          deposit_key_type: type,
          deposit_key: key,
        },
      }),
  };
}

/** The same recipient through the single endpoint, whose `account_type` is the type of the key. */
function alone(corridor: Corridor, keyType: string, key: string): Corridor {
  const { 'Account type': type = '', 'Account holder': name = '' } = corridor.entered;
  const amount = corridor.currency === 'BRL' ? '99.90' : '1250.00';
  return {
    ...corridor,
    what: `${corridor.what}, as a single payout`,
    proxy: '/codes',
    asked: () =>
      single(
        amount,
        type.toLowerCase(),
        { name },
        {
          type: 'ewallet',
          e_wallet: {
            ewallet_provider: corridor.provider,
            account_number: key,
            account_type: keyType,
            deposit_key: key,
          },
        },
      ),
  };
}

const GCASH = wallet('PHP', 'GCash', '0917 123 4501', '09171234501');
const PIX_EMAIL = pix('email', 'Maria@Example.com', 'maria@example.com');

const WALLETS: readonly Corridor[] = [
  GCASH,
  wallet('PHP', 'GrabPay', '+63 917-123-4502', '+639171234502'),
  wallet('PHP', 'PayMaya', '9171234503', '09171234503', 'Business'),
  wallet('IDR', 'Gopay', '62 812 3456 7890', '+6281234567890'),
  wallet('IDR', 'ShopeePay', '0812-3456-7891', '081234567891', 'Business'),
  pix('cpf', '111.444.777-35', '11144477735'),
  pix('cnpj', '11.222.333/0001-81', '11222333000181', 'Business'),
  PIX_EMAIL,
  pix('phone', '+55 (11) 91234-5678', '+5511912345678'),
  pix('random', '123E4567-E89B-42D3-A456-426614174000', '123e4567-e89b-42d3-a456-426614174000'),
  alone(GCASH, 'phone', '09171234501'),
  alone(PIX_EMAIL, 'email', 'maria@example.com'),
];

function leanx(bank: string, id: number, typed: string, account: string, amount: [string, number]): Corridor {
  return {
    currency: 'MYR',
    method: 'leanx',
    what: `to ${bank.split(' → ')[1] ?? bank}`,
    entered: {
      'Send to': 'Malaysian bank',
      Bank: bank,
      'Account number': typed,
      'Account holder': 'Nurul Aisyah binti Ahmad',
      'Reference for the recipient': 'Invoice 1042',
      Amount: amount[0],
    },
    asked: () => ({
      via: 'leanx',
      payout_service_id: id,
      amount: amount[1],
      recipient_name: 'Nurul Aisyah binti Ahmad',
      third_party_account_no: account,
      recipient_reference: 'Invoice 1042',
    }),
  };
}

const LEANX: readonly Corridor[] = [
  leanx('mbb → MALAYAN BANKING BERHAD (MAYBANK)', 77, '5140 1234 5678', '514012345678', ['860', 860]),
  leanx('bsn → BANK SIMPANAN NASIONAL', 66, '0123456789012345', '0123456789012345', ['1,299.95', 1299.95]),
  leanx("touch → TOUCH 'N GO EWALLET", 121, '100012345678', '100012345678', ['2.5', 2.5]),
];

/** Every currency with every method, and each shape that the request can take. */
export const CORRIDORS: readonly Corridor[] = [...BANKS_BY_SWIFT, ...BANKS_BY_CODE, ...WALLETS, ...LEANX];
