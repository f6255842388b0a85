export { amountLimits, payoutAmountIssue } from './amount-limits.ts';
export type { AmountChoice, AmountLimit } from './amount-limits.ts';
export { checkAmount, compareAmounts, normalizeAmount, sumAmounts } from './amount.ts';
export { checkBankAccount, normalizeBankAccount } from './bank-account.ts';
export { checkBankId } from './bank-id.ts';
export {
  checkAba,
  checkBankCode,
  checkBranchCode,
  checkBsb,
  checkCnaps,
  checkIfsc,
  checkSortCode,
  normalizeAba,
  normalizeBankCode,
  normalizeBranchCode,
  normalizeBsb,
  normalizeCnaps,
  normalizeIfsc,
  normalizeSortCode,
} from './bank-codes.ts';
export { checkBic, normalizeBic } from './bic.ts';
export { checkCallbackUrl, normalizeCallbackUrl } from './callback-url.ts';
export { isCardNumber } from './card-number.ts';
export { checkField, normalizeField } from './check-field.ts';
export { checkCheckoutUrl, normalizeCheckoutUrl } from './checkout-url.ts';
export { checkCnpj, normalizeCnpj } from './cnpj.ts';
export { checkEmail, checkPhone, normalizeEmail, normalizePhone, splitPhone } from './contact.ts';
export { checkCountry, normalizeCountry } from './country.ts';
export { checkCpf, normalizeCpf } from './cpf.ts';
export { createRules } from './create-rules.ts';
export type { Rules, RuleTableOverrides } from './create-rules.ts';
export { checkCurrency, currencyDecimals, normalizeCurrency } from './currency.ts';
export { checkDateOfBirth, normalizeDateOfBirth } from './date-of-birth.ts';
export { checkText, normalizeText } from './free-text.ts';
export { checkIban, ibanLength, normalizeIban, usesIban } from './iban.ts';
export { toLeanxInvoice, toLesspayBeneficiary, toLesspayDetail } from './mapping.ts';
export type {
  LeanxInvoice,
  LesspayBankDetail,
  LesspayBeneficiary,
  LesspayDetail,
  LesspayEwalletDetail,
  PayoutOrder,
  RouteRefusal,
} from './mapping.ts';
export { checkName, normalizeName } from './name.ts';
export { checkPixKey, inferPixKeyType, normalizePixKey, PIX_KEY_TYPES } from './pix-key.ts';
export { homeCountry, recipientFields, recipientMethods } from './recipient-fields.ts';
export { recipientSchema } from './recipient-schema.ts';
export { recipientWarnings } from './recipient-warnings.ts';
export { parseRecipient } from './recipient.ts';
export type { RecipientResult } from './recipient.ts';
export { checkRequestId, normalizeRequestId } from './request-id.ts';
export type { RuleTables } from './rule-tables.ts';
export type { AccountShape, AccountTable } from './tables/bank-accounts.ts';
export type { BankCodeShapes } from './tables/bank-codes.ts';
export type { WalletAccountFormat, WalletProvider } from './tables/wallets.ts';
export { checkNationalId, checkTaxId, normalizeNationalId, normalizeTaxId } from './tax-id.ts';
export * from './types.ts';
export {
  checkWalletAccount,
  checkWalletProvider,
  normalizeWalletAccount,
  normalizeWalletProvider,
  walletProviders,
} from './wallet.ts';
