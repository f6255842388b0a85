import { checkAmount } from './amount.ts';
import { splitPhone } from './contact.ts';
import { checkRequestId } from './request-id.ts';
import { TABLES } from './rule-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import type {
  AccountType,
  BankRecipient,
  EwalletRecipient,
  LeanxRecipient,
  PixKeyType,
  Recipient,
  RecipientIssue,
} from './types.ts';

/** One bank payout of a batch, by the names of Lesspay docs, Multiple Transfer Methods (2026-02-28). */
export interface LesspayBankDetail {
  mch_order_id: string;
  amount: string;
  destination_type?: 'bank';
  bank_account_name: string;
  bank_account_no: string;
  bank_account_type: AccountType;
  bank_name: string;
  bank_country_code: string;
  bank_swift_code: string;
}

/** One e-wallet payout of a batch, by the same page. */
export interface LesspayEwalletDetail {
  mch_order_id: string;
  amount: string;
  destination_type?: 'ewallet';
  e_wallet: {
    account_name: string;
    account_number: string;
    account_type: AccountType;
    provider: string;
    deposit_key_type: PixKeyType;
    deposit_key: string;
  };
}

/** One member of `payout_order_details`. */
export type LesspayDetail = LesspayBankDetail | LesspayEwalletDetail;

/** The `beneficiary` of a single payout (Lesspay demo, PayoutCreateOrderDTO). */
export interface LesspayBeneficiary {
  beneficiary_type: AccountType;
  beneficiary_info: {
    name: string;
    first_name?: string;
    last_name?: string;
    date_of_birth?: string;
    nationality?: string;
    email?: string;
    phone?: { calling_code: string; number: string };
    address?: {
      country?: string;
      state?: string;
      city?: string;
      postal_code?: string;
      line1?: string;
      line2?: string;
    };
    tax_id?: string;
    national_id?: string;
  };
  destination:
    | {
        type: 'bank';
        bank: {
          account_type?: string;
          country: string;
          bank_province?: string;
          bank_city?: string;
          bank_name: string;
          account_number?: string;
          iban?: string;
          bank_codes?: Record<string, string>;
          branch_name?: string;
          purpose_code?: string;
        };
      }
    | {
        type: 'ewallet';
        e_wallet: { ewallet_provider: string; account_number: string; account_type: PixKeyType; deposit_key: string };
      };
}

/** The recipient's part of a LeanX payout invoice (LeanX docs, Create Payout), in our words. */
export interface LeanxInvoice {
  serviceId: number;
  amount: string;
  recipientName: string;
  accountNumber: string;
  externalRef: string;
  recipientReference: string;
}

/** A payout of one recipient. */
export interface PayoutOrder {
  reference: string;
  amount: string;
  currency: string;
}

/** Why a route cannot carry a payout, member by member. */
export interface RouteRefusal {
  ok: false;
  issues: RecipientIssue[];
}

/** Issues for members other than those that a route has a place for: they are refused, never dropped. */
function notCarried(members: object, carried: readonly string[], prefix = ''): RecipientIssue[] {
  return Object.entries(members).flatMap(([name, value]: [string, unknown]): RecipientIssue[] => {
    if (value === undefined || carried.includes(name)) return [];
    const path = prefix + name;
    return typeof value === 'object' && value !== null
      ? notCarried(value, [], `${path}.`)
      : [{ path, code: 'route-cannot-carry' }];
  });
}

const BATCH_BANK = 'method country accountType holderName accountNumber iban bic bankName'.split(' ');
const BATCH_EWALLET = 'method provider accountType holderName accountNumber depositKeyType depositKey'.split(' ');

function orderIssues({ reference, amount, currency }: PayoutOrder, tables: RuleTables): RecipientIssue[] {
  const referenceIssue = checkRequestId(reference);
  const amountIssue = checkAmount(amount, currency, tables.currencies);
  return [
    ...(referenceIssue === undefined ? [] : [{ path: 'reference', code: referenceIssue }]),
    ...(amountIssue === undefined ? [] : [{ path: 'amount', code: amountIssue }]),
  ];
}

/** A wallet's key: the recipient's own, else its mobile number, which is what the documented providers take. */
function depositKey({ depositKeyType, depositKey, accountNumber }: EwalletRecipient): {
  type: PixKeyType;
  key: string;
} {
  return { type: depositKeyType ?? 'phone', key: depositKey ?? accountNumber };
}

/** Writes a recipient as one detail of a batch payout; what a batch has no member for is refused as `route-cannot-carry`. */
export function toLesspayDetail(
  recipient: Recipient,
  order: PayoutOrder & {
    /** Where `destination_type` goes; `root` leaves it out of the detail. */
    destinationType?: 'detail' | 'root' | 'both' | undefined;
  },
  tables: RuleTables = TABLES,
): { ok: true; detail: LesspayDetail } | RouteRefusal {
  const issues = orderIssues(order, tables);
  const inDetail = order.destinationType !== 'root';
  const head = { mch_order_id: order.reference, amount: order.amount };
  switch (recipient.method) {
    case 'bank': {
      const { iban, bic } = recipient;
      const number = iban ?? recipient.accountNumber;
      issues.push(...notCarried(recipient, BATCH_BANK));
      // The detail has one number only.
      if (iban !== undefined && recipient.accountNumber !== undefined) {
        issues.push({ path: 'accountNumber', code: 'route-cannot-carry' });
      }
      if (bic === undefined) issues.push({ path: 'bic', code: 'required' });
      if (number === undefined) issues.push({ path: 'accountNumber', code: 'account-or-iban-required' });
      if (issues.length > 0 || bic === undefined || number === undefined) return { ok: false, issues };
      const detail: LesspayBankDetail = {
        ...head,
        ...(inDetail ? { destination_type: 'bank' as const } : {}),
        bank_account_name: recipient.holderName,
        bank_account_no: number,
        bank_account_type: recipient.accountType,
        bank_name: recipient.bankName,
        bank_country_code: recipient.country,
        bank_swift_code: bic,
      };
      return { ok: true, detail };
    }
    case 'ewallet': {
      issues.push(...notCarried(recipient, BATCH_EWALLET));
      if (issues.length > 0) return { ok: false, issues };
      const { type, key } = depositKey(recipient);
      const detail: LesspayEwalletDetail = {
        ...head,
        ...(inDetail ? { destination_type: 'ewallet' as const } : {}),
        e_wallet: {
          account_name: recipient.holderName,
          account_number: recipient.accountNumber,
          account_type: recipient.accountType,
          provider: recipient.provider,
          deposit_key_type: type,
          deposit_key: key,
        },
      };
      return { ok: true, detail };
    }
    case 'leanx':
      return { ok: false, issues: [{ path: 'method', code: 'route-cannot-carry' }, ...issues] };
  }
}

const BANK_CODE_NAMES = {
  bankCode: 'bank_code',
  branchCode: 'branch_code',
  ifsc: 'ifsc_code',
  bsb: 'bsb_code',
  aba: 'aba_code',
  sortCode: 'sort_code',
  cnaps: 'cnaps',
} as const;

/** Drops members that are undefined. */
function present<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** Writes a recipient as the `beneficiary` of a single payout, which carries every code and contact a batch cannot. */
export function toLesspayBeneficiary(
  recipient: Recipient,
): { ok: true; beneficiary: LesspayBeneficiary } | RouteRefusal {
  if (recipient.method === 'leanx') {
    return { ok: false, issues: [{ path: 'method', code: 'route-cannot-carry' }] };
  }
  const phone = recipient.phone === undefined ? undefined : splitPhone(recipient.phone);
  if (recipient.phone !== undefined && phone === undefined) {
    return { ok: false, issues: [{ path: 'phone', code: 'phone-format' }] };
  }
  const { address } = recipient;
  const info = present<LesspayBeneficiary['beneficiary_info']>({
    name: recipient.holderName,
    first_name: recipient.firstName,
    last_name: recipient.lastName,
    email: recipient.email,
    phone: phone && { calling_code: phone.callingCode, number: phone.number },
    address:
      address &&
      present({
        country: address.country,
        state: address.state,
        city: address.city,
        postal_code: address.postalCode,
        line1: address.line1,
        line2: address.line2,
      }),
    tax_id: recipient.taxId,
    date_of_birth: recipient.dateOfBirth,
    nationality: recipient.nationality,
    national_id: recipient.nationalId,
  });
  return {
    ok: true,
    beneficiary: {
      beneficiary_type: recipient.accountType,
      beneficiary_info: info,
      destination: recipient.method === 'bank' ? bankDestination(recipient) : ewalletDestination(recipient),
    },
  };
}

function bankDestination(recipient: BankRecipient): LesspayBeneficiary['destination'] {
  const codes = present<Record<string, string>>({
    swift_code: recipient.bic,
    ...Object.fromEntries(
      Object.entries(BANK_CODE_NAMES).map(([ours, theirs]) => [
        theirs,
        recipient.codes?.[ours as keyof typeof BANK_CODE_NAMES],
      ]),
    ),
  });
  return {
    type: 'bank',
    bank: present({
      account_type: recipient.accountKind,
      country: recipient.country,
      bank_province: recipient.bankProvince,
      bank_city: recipient.bankCity,
      bank_name: recipient.bankName,
      account_number: recipient.accountNumber,
      iban: recipient.iban,
      bank_codes: Object.keys(codes).length > 0 ? codes : undefined,
      branch_name: recipient.branchName,
      purpose_code: recipient.purposeCode,
    }),
  };
}

function ewalletDestination(recipient: EwalletRecipient): LesspayBeneficiary['destination'] {
  const { type, key } = depositKey(recipient);
  return {
    type: 'ewallet',
    e_wallet: {
      ewallet_provider: recipient.provider,
      account_number: recipient.accountNumber,
      account_type: type,
      deposit_key: key,
    },
  };
}

/** LeanX docs, Create Payout: amount is Decimal(10,2). */
const LEANX_INTEGER_DIGITS = 8;

/** Writes a Malaysian recipient as a LeanX payout invoice. */
export function toLeanxInvoice(
  recipient: Recipient,
  order: PayoutOrder,
  tables: RuleTables = TABLES,
): { ok: true; invoice: LeanxInvoice } | RouteRefusal {
  if (recipient.method !== 'leanx') return { ok: false, issues: [{ path: 'method', code: 'route-cannot-carry' }] };
  const issues = orderIssues(order, tables);
  if (order.currency !== 'MYR') issues.push({ path: 'method', code: 'method-not-for-currency' });
  if (
    order.amount.replace(/[.].*/, '').length > LEANX_INTEGER_DIGITS &&
    !issues.some(({ path }) => path === 'amount')
  ) {
    issues.push({ path: 'amount', code: 'amount-too-large' });
  }
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, invoice: leanxInvoice(recipient, order) };
}

function leanxInvoice(recipient: LeanxRecipient, { reference, amount }: PayoutOrder): LeanxInvoice {
  return {
    serviceId: recipient.bankId,
    amount,
    recipientName: recipient.holderName,
    accountNumber: recipient.accountNumber,
    externalRef: reference,
    recipientReference: recipient.recipientReference,
  };
}
