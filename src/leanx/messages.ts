import * as z from 'zod/mini';
import type { PayoutStatus } from '../protocol/status.ts';
import { type Answer, definedMembers, firstText } from '../upstream/answer.ts';
import { readLeanxStatus } from './status.ts';

/** A bank (or wallet) that LeanX can pay to at the moment. */
export interface LeanxPayoutService {
  /** `payout_service_id`; differs between environments, so it is read at run time and never stored in code. */
  id: number;
  name: string;
  reference: string;
  active: boolean;
  /** The group key of the answer, e.g. `SWITCH_PAYOUT_WEBPAY`. */
  group: string;
}

/** Where a LeanX payout stands. */
export interface LeanxPayoutState {
  status: PayoutStatus;
  invoiceNo?: string;
  /** Decimal string, MYR. */
  amount?: string;
  accountNumber?: string;
  fee?: string;
}

/** What the bank says of an account. */
export interface LeanxAccountCheck {
  found: boolean;
  name?: string;
  bic?: string;
}

/** Balances of the merchant's pools, decimal strings in MYR. */
export interface LeanxPoolBalance {
  /** The pool that payouts are made from. */
  prefund?: string;
  transaction?: string;
}

// Answers come as `readAnswer` hands them out: numbers as text, names in snake_case.
const text = z.optional(z.nullable(z.string()));

/** The common envelope; `breakdown_errors` has been seen as null, "" and text, and may be anything. */
export const envelope = z.looseObject({
  response_code: z.string(),
  data: z.optional(z.custom<Answer>()),
  breakdown_errors: z.optional(z.custom<Answer>()),
});

const serviceRow = z.looseObject({
  payout_service_id: z.string().check(z.regex(/^[0-9]{1,9}$/)),
  name: text,
  payout_service_name: text,
  unique_reference: text,
  record_status: text,
  record_status_id: text,
  status: text,
});

const created = z.looseObject({ status: text, invoice_no: text, payout_invoice_no: text });

const state = z.looseObject({
  payout_invoice_no: text,
  invoice_no: text,
  transaction_status: text,
  value: text,
  payout_account_number: text,
  transaction_fee: text,
});

const account = z.looseObject({
  success: z.optional(z.nullable(z.union([z.boolean(), z.string()]))),
  result: z.optional(
    z.nullable(z.union([z.string(), z.looseObject({ creditor_name: text, orgn_third_party_bank_biccode: text })])),
  ),
});

const balance = z.looseObject({
  prefund_balance: text,
  transaction_balance: z.optional(z.nullable(z.union([z.string(), z.looseObject({ value: text })]))),
});

const token = z.looseObject({ merchant_id: text, merchant_name: text });

/** `ACTIVE`, `Active` or `1`, in whichever member the row has; a row that says nothing counts as active. */
function isActive(row: z.infer<typeof serviceRow>): boolean {
  const word = firstText(row.record_status, row.status, row.record_status_id)?.toUpperCase();
  return word === undefined || word === 'ACTIVE' || word === '1';
}

function rowsIn(value: Answer, group: string): LeanxPayoutService[] {
  if (Array.isArray(value)) return value.flatMap((item) => rowsIn(item, group));
  const row = serviceRow.safeParse(value);
  if (row.success) {
    const name = firstText(row.data.name, row.data.payout_service_name);
    if (name === undefined) return [];
    return [
      {
        id: Number(row.data.payout_service_id),
        name,
        reference: firstText(row.data.unique_reference) ?? '',
        active: isActive(row.data),
        group,
      },
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  // `data.list.data[0].SWITCH_PAYOUT_WEBPAY[]` in the docs, flatter in live answers: every key may be a group.
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'object' && member !== null ? rowsIn(member, name) : [],
  );
}

/** Rows of the service list, wherever they stand in the answer. */
export function readPayoutServices(data: Answer | undefined): LeanxPayoutService[] {
  return data === undefined ? [] : rowsIn(data, '');
}

/** What create-payout-invoice says. `SUCCESS` there means accepted, not paid. */
export function readCreatedPayout(data: Answer | undefined): { invoiceNo: string; status: PayoutStatus } | undefined {
  const read = created.safeParse(data);
  if (!read.success) return undefined;
  const invoiceNo = firstText(read.data.invoice_no, read.data.payout_invoice_no);
  if (invoiceNo === undefined) return undefined;
  const word = firstText(read.data.status);
  const status = word === undefined ? 'processing' : readLeanxStatus(word);
  return { invoiceNo, status: status === 'succeeded' ? 'processing' : status };
}

/** What the status call says; undefined when the answer holds no payout. */
export function readPayoutState(data: Answer | undefined): LeanxPayoutState | undefined {
  const read = state.safeParse(data);
  if (!read.success) return undefined;
  const word = firstText(read.data.transaction_status);
  const invoiceNo = firstText(read.data.payout_invoice_no, read.data.invoice_no);
  if (word === undefined && invoiceNo === undefined) return undefined;
  return definedMembers<LeanxPayoutState>({
    status: readLeanxStatus(word),
    invoiceNo,
    amount: firstText(read.data.value),
    accountNumber: firstText(read.data.payout_account_number),
    fee: firstText(read.data.transaction_fee),
  });
}

/** What the bank account validation says; a name is needed to have found the account. */
export function readAccountCheck(data: Answer | undefined): LeanxAccountCheck | undefined {
  const read = account.safeParse(data);
  if (!read.success) return undefined;
  const { success, result } = read.data;
  if (typeof result !== 'object' || result === null) return { found: false };
  const name = firstText(result.creditor_name);
  const isSuccess = success === true || (typeof success === 'string' && success.toLowerCase() === 'true');
  return definedMembers<LeanxAccountCheck>({
    found: isSuccess && name !== undefined,
    name: isSuccess ? name : undefined,
    bic: firstText(result.orgn_third_party_bank_biccode),
  });
}

/** What overall-balance says. */
export function readPoolBalance(data: Answer | undefined): LeanxPoolBalance | undefined {
  const read = balance.safeParse(data);
  if (!read.success) return undefined;
  const transaction = read.data.transaction_balance;
  return definedMembers<LeanxPoolBalance>({
    prefund: firstText(read.data.prefund_balance),
    transaction: firstText(typeof transaction === 'object' ? transaction?.value : transaction),
  });
}

/** What the token validation says. */
export function readMerchant(data: Answer | undefined): { merchantId?: string; merchantName?: string } {
  const read = token.safeParse(data);
  if (!read.success) return {};
  return definedMembers({
    merchantId: firstText(read.data.merchant_id),
    merchantName: firstText(read.data.merchant_name),
  });
}
