/** Shapes of the local bank and branch codes of a country. */
export interface BankCodeShapes {
  /** Source of a linear regular expression; anchored by us. */
  bankCode: string;
  branchCode?: string;
}

// Tazapay, Bank codes per currency; BR, JP, TH, NG by the examples of the Lesspay demo's channels; read 2026-11-20.
/** Bank and branch codes by country; a country that is not here takes letters, digits, dot, dash and underscore. */
export const BANK_CODES: ReadonlyMap<string, BankCodeShapes> = /* @__PURE__ */ new Map([
  ['BR', { bankCode: '\\d{3}', branchCode: '\\d{1,5}' }],
  ['CA', { bankCode: '\\d{3}', branchCode: '\\d{5}' }],
  ['JP', { bankCode: '\\d{4}', branchCode: '\\d{3}' }],
  ['NG', { bankCode: '\\d{3}|\\d{5,6}' }],
  ['TH', { bankCode: '\\d{3}' }],
]);
