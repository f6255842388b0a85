import type { Catalogue } from './en.ts';
import { bankPicker } from './id/bank-picker.ts';
import { checkout } from './id/checkout.ts';
import { issues } from './id/issues.ts';
import { paymentStatus } from './id/payment-status.ts';
import { payoutBatch } from './id/payout-batch.ts';
import { payoutDesk } from './id/payout-desk.ts';
import { payoutStatus } from './id/payout-status.ts';
import { recipientForm } from './id/recipient-form.ts';

/** Indonesian: `registerLocale('id', id)`. */
export const id: Catalogue = {
  checkout,
  paymentStatus,
  recipientForm,
  payoutDesk,
  bankPicker,
  issues,
  payoutStatus,
  payoutBatch,
};
