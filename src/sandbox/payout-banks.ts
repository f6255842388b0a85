/** A bank as `payout/bank` lists it. */
interface PayoutBank {
  code: string;
  name: string;
}

function bank(code: string, name: string): PayoutBank {
  return { code, name };
}

/**
 * Banks that the sandbox lists by country. Codes are SWIFT codes where Tazapay's page "Bank codes" asks for one, else the code kind that the
 * vendor's demo shows for the country (Thailand and Nigeria three digits, Vietnam short names, Pakistan names). Read 2026-11-20.
 */
export const payoutBanks: Readonly<Record<string, readonly PayoutBank[]>> = {
  PH: [
    bank('BNORPHMM', 'BDO Unibank, Inc.'),
    bank('BOPIPHMM', 'Bank of the Philippine Islands'),
    bank('MBTCPHMM', 'Metropolitan Bank and Trust Company'),
    bank('TLBPPHMM', 'Land Bank of the Philippines'),
    bank('PNBMPHMM', 'Philippine National Bank'),
    bank('CHBKPHMM', 'China Banking Corporation'),
    bank('SETCPHMM', 'Security Bank Corporation'),
    bank('RCBCPHMM', 'Rizal Commercial Banking Corporation'),
    bank('UBPHPHMM', 'UnionBank of the Philippines'),
    bank('EWBCPHMM', 'East West Banking Corporation'),
    bank('DBPHPHMM', 'Development Bank of the Philippines'),
    bank('UCPBPHMM', 'United Coconut Planters Bank'),
    bank('ASBCPHMM', 'Asia United Bank Corporation'),
    bank('PSBEPHM1', 'Philippine Savings Bank'),
    bank('HSBCPHMM', 'The Hongkong and Shanghai Banking Corporation'),
  ],
  ID: [
    bank('CENAIDJA', 'Bank Central Asia'),
    bank('BMRIIDJA', 'Bank Mandiri'),
    bank('BRINIDJA', 'Bank Rakyat Indonesia'),
    bank('BNINIDJA', 'Bank Negara Indonesia'),
    bank('BNIAIDJA', 'Bank CIMB Niaga'),
    bank('BDINIDJA', 'Bank Danamon Indonesia'),
    bank('BBBAIDJA', 'Bank Permata'),
    bank('NISPIDJA', 'Bank OCBC NISP'),
    bank('BTANIDJA', 'Bank Tabungan Negara'),
  ],
  IN: [
    bank('HDFC', 'HDFC Bank'),
    bank('ICIC', 'ICICI Bank'),
    bank('SBIN', 'State Bank of India'),
    bank('UTIB', 'Axis Bank'),
    bank('KKBK', 'Kotak Mahindra Bank'),
    bank('PUNB', 'Punjab National Bank'),
  ],
  BR: [
    bank('001', 'Banco do Brasil S.A.'),
    bank('033', 'Banco Santander (Brasil) S.A.'),
    bank('104', 'Caixa Econômica Federal'),
    bank('237', 'Banco Bradesco S.A.'),
    bank('260', 'Nu Pagamentos S.A.'),
    bank('341', 'Itaú Unibanco S.A.'),
  ],
  CN: [
    bank('ICBKCNBJ', 'Industrial and Commercial Bank of China'),
    bank('PCBCCNBJ', 'China Construction Bank'),
    bank('BKCHCNBJ', 'Bank of China'),
    bank('ABOCCNBJ', 'Agricultural Bank of China'),
    bank('CMBCCNBS', 'China Merchants Bank'),
  ],
  US: [
    bank('CHASUS33', 'JPMorgan Chase Bank, N.A.'),
    bank('BOFAUS3N', 'Bank of America, N.A.'),
    bank('WFBIUS6S', 'Wells Fargo Bank, N.A.'),
    bank('CITIUS33', 'Citibank, N.A.'),
  ],
  TH: [
    bank('002', 'Bangkok Bank'),
    bank('004', 'Kasikornbank'),
    bank('006', 'Krungthai Bank'),
    bank('011', 'TMBThanachart Bank'),
    bank('014', 'Siam Commercial Bank'),
    bank('025', 'Bank of Ayudhya'),
    bank('030', 'Government Savings Bank'),
  ],
  VN: [
    bank('BFTV', 'Vietcombank'),
    bank('ICBV', 'VietinBank'),
    bank('BIDV', 'Bank for Investment and Development of Vietnam'),
    bank('VTCB', 'Techcombank'),
    bank('MSCB', 'Military Commercial Joint Stock Bank'),
  ],
  NG: [
    bank('044', 'Access Bank'),
    bank('011', 'First Bank of Nigeria'),
    bank('058', 'Guaranty Trust Bank'),
    bank('033', 'United Bank for Africa'),
    bank('057', 'Zenith Bank'),
  ],
  PK: [
    bank('MEEZAN_BANK', 'Meezan Bank'),
    bank('HABIB_BANK', 'Habib Bank Limited'),
    bank('UNITED_BANK', 'United Bank Limited'),
    bank('MCB_BANK', 'MCB Bank'),
  ],
  KE: [bank('01', 'Kenya Commercial Bank'), bank('68', 'Equity Bank'), bank('11', 'Co-operative Bank of Kenya')],
  JP: [bank('0001', 'Mizuho Bank'), bank('0005', 'MUFG Bank'), bank('0009', 'Sumitomo Mitsui Banking Corporation')],
  MY: [
    bank('MBBEMYKL', 'Maybank'),
    bank('CIBBMYKL', 'CIMB Bank'),
    bank('PBBEMYKL', 'Public Bank'),
    bank('RHBBMYKL', 'RHB Bank'),
    bank('HLBBMYKL', 'Hong Leong Bank'),
  ],
  SG: [
    bank('DBSSSGSG', 'DBS Bank'),
    bank('OCBCSGSG', 'Oversea-Chinese Banking Corporation'),
    bank('UOVBSGSG', 'United Overseas Bank'),
  ],
  HK: [
    bank('HSBCHKHH', 'The Hongkong and Shanghai Banking Corporation'),
    bank('BKCHHKHH', 'Bank of China (Hong Kong)'),
    bank('HASEHKHH', 'Hang Seng Bank'),
  ],
  KR: [bank('CZNBKRSE', 'Kookmin Bank'), bank('SHBKKRSE', 'Shinhan Bank'), bank('HVBKKRSE', 'Woori Bank')],
  AU: [
    bank('CTBAAU2S', 'Commonwealth Bank of Australia'),
    bank('ANZBAU3M', 'Australia and New Zealand Banking Group'),
    bank('NATAAU33', 'National Australia Bank'),
    bank('WPACAU2S', 'Westpac Banking Corporation'),
  ],
  CA: [
    bank('ROYCCAT2', 'Royal Bank of Canada'),
    bank('TDOMCATT', 'Toronto-Dominion Bank'),
    bank('NOSCCATT', 'Bank of Nova Scotia'),
  ],
  GB: [
    bank('BUKBGB22', 'Barclays Bank UK'),
    bank('LOYDGB2L', 'Lloyds Bank'),
    bank('NWBKGB2L', 'National Westminster Bank'),
  ],
  DE: [bank('DEUTDEFF', 'Deutsche Bank'), bank('COBADEFF', 'Commerzbank')],
  MX: [bank('BCMRMXMM', 'BBVA México'), bank('BNMXMXMM', 'Banamex'), bank('MENOMXMT', 'Banorte')],
};
