import type { RecipientMethod } from '../types.ts';

// What `beneficiary_info` of a single payout can say of a holder (Lesspay demo, PayoutCreateOrderDTO, read 2026-11-20).
const HOLDER =
  'accountType holderName firstName lastName dateOfBirth nationality nationalId taxId email phone ' +
  'address.line1 address.line2 address.city address.state address.postalCode address.country';

/** Every member that a recipient of a method can have, dotted. */
export const MEMBERS: Readonly<Record<RecipientMethod, string>> = {
  bank:
    `method country ${HOLDER} accountNumber iban bic bankName codes.bankCode codes.branchCode codes.ifsc codes.bsb ` +
    'codes.aba codes.sortCode codes.cnaps accountKind branchName bankProvince bankCity purposeCode',
  ewallet: `method provider ${HOLDER} accountNumber depositKeyType depositKey`,
  leanx: 'method bankId accountNumber holderName recipientReference',
};
