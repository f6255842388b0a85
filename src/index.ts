export {
  createPayin,
  createPayouts,
  checkAccount,
  getPayin,
  getPayouts,
  listBanks,
  listLeanxBanks,
  ProxyError,
  type ClientOptions,
  type ProxyErrorCode,
} from './client.ts';
export { defineElement } from './elements/define-element.ts';
export {
  LesspayErrorEvent,
  LesspayRedirectEvent,
  LesspaySettledEvent,
  LesspayStatusEvent,
  type LesspayErrorCode,
  type PaymentStatusInit,
} from './elements/events.ts';
export type { Bank } from './elements/bank-search.ts';
export {
  LesspayBankChangeEvent,
  LesspayBankPicker,
  type LesspayBankPickerEventMap,
} from './elements/lesspay-bank-picker.ts';
export { LesspayCheckout, type CheckoutStatus, type LesspayCheckoutEventMap } from './elements/lesspay-checkout.ts';
export { LesspayPaymentStatus, type LesspayPaymentStatusEventMap } from './elements/lesspay-payment-status.ts';
export type { PollTiming } from './elements/polling.ts';
export type { NameCheckPolicy } from './elements/account-check.ts';
export { LesspayBatchSubmittedEvent, LesspayBatchUpdateEvent } from './elements/batch-events.ts';
export {
  LesspayPayoutBatch,
  type LesspayPayoutBatchEventMap,
  type PayoutBatchStep,
} from './elements/lesspay-payout-batch.ts';
export type { BatchField, Columns } from './payouts/columns.ts';
export type { BatchCounts, BatchDefaults } from './payouts/payout-batch.ts';
export { LesspayPayoutStatus, type LesspayPayoutStatusEventMap } from './elements/lesspay-payout-status.ts';
export {
  LesspayPayoutSettledEvent,
  LesspayPayoutStatusEvent,
  type PayoutStatusInit,
} from './elements/payout-status-events.ts';
export { LesspayRecipientForm, type LesspayRecipientFormEventMap } from './elements/lesspay-recipient-form.ts';
export type { AttemptOutcome } from './payouts/payout-attempt.ts';
export type { RecipientFormStep } from './elements/payout-progress.ts';
export type { RecipientFieldConfig } from './elements/recipient-entry.ts';
export {
  LesspayRecipientChangeEvent,
  LesspaySubmittedEvent,
  type FormIssue,
  type FormIssueCode,
  type LesspayRecipientFormEvent,
} from './elements/recipient-events.ts';
export { registerLocale } from './elements/register-locale.ts';
export type { Catalogue, CatalogueOverrides, PluralForms } from './locales/en.ts';
export type * from './protocol/messages.ts';
export type { FieldError, Problem, ProblemCode } from './protocol/problem.ts';
export type { PayinStatus, PayoutFailure, PayoutStatus } from './protocol/status.ts';
export type * from './rules/types.ts';
