/** What account numbers look like where a country has a hard bound; everything narrower is for the bank to say. */
export interface AccountShape {
  /** Shortest and longest. */
  min: number;
  max: number;
  /** Only digits, and not all of them zero. */
  digits: boolean;
}

/** How account numbers are checked. */
export interface AccountTable {
  /** By the bank's country. */
  shapes: ReadonlyMap<string, AccountShape>;
  /** What to do with a payment card's number in an account field. */
  cardNumbers: 'refuse' | 'warn' | 'allow';
  /** Countries whose channel pays to cards, so that a card number is an account there. */
  cardCountries: ReadonlySet<string>;
}

/**
 * Account numbers by country. MY: lists of per-bank lengths contradict each other, 7–20 digits covers them all (read
 * 2026-11-20). GB: Bacs and Faster Payments carry exactly eight digits, a shorter number with zeros in front; six are a sort
 * code. CN: Lesspay docs, Multiple Transfer Methods, pays to bank cards.
 */
export const ACCOUNTS: AccountTable = {
  shapes: /* @__PURE__ */ new Map([
    ['GB', { min: 8, max: 8, digits: true }],
    ['MY', { min: 7, max: 20, digits: true }],
  ]),
  cardNumbers: 'refuse',
  cardCountries: /* @__PURE__ */ new Set(['CN']),
};
