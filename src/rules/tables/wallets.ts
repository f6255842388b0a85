/** How a wallet names its accounts. */
export type WalletAccountFormat =
  /** A mobile number, `0…` or `+<callingCode>…`; `national` is the pattern of the digits behind either. */
  | { kind: 'mobile'; callingCode: string; national: string; example: string }
  /** A PIX key, told apart by its deposit key type. */
  | { kind: 'pix' }
  /** Anything that matches the pattern (the source of a linear regular expression, anchored by us). */
  | { kind: 'pattern'; pattern: string; example?: string };

/** One wallet that a currency's channel pays to. */
export interface WalletProvider {
  /** Exact spelling of the channel. */
  name: string;
  account: WalletAccountFormat;
}

const PH_MOBILE: WalletAccountFormat = {
  kind: 'mobile',
  callingCode: '63',
  national: '9\\d{9}',
  example: '09171234567',
};
// Tazapay, e-wallet payouts in IDR: ^(?:\+62|62|0)8[1-9][0-9]{6,9}$ allows one digit less; the project's rule is 7 to 10.
const ID_MOBILE: WalletAccountFormat = {
  kind: 'mobile',
  callingCode: '62',
  national: '8[1-9]\\d{7,10}',
  example: '081234567890',
};

/** Wallets by currency: Lesspay docs, Multiple Transfer Methods (2026-02-28), and PIX through the e-wallet method; read 2026-11-20. */
export const WALLETS: ReadonlyMap<string, readonly WalletProvider[]> = /* @__PURE__ */ new Map<
  string,
  readonly WalletProvider[]
>([
  [
    'IDR',
    [
      { name: 'Gopay', account: ID_MOBILE },
      { name: 'ShopeePay', account: ID_MOBILE },
    ],
  ],
  [
    'PHP',
    [
      { name: 'GCash', account: PH_MOBILE },
      { name: 'GrabPay', account: PH_MOBILE },
      { name: 'PayMaya', account: PH_MOBILE },
    ],
  ],
  ['BRL', [{ name: 'PIX', account: { kind: 'pix' } }]],
]);
