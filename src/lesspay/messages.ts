import * as z from 'zod/mini';
import type { PayinStatus, PayoutStatus } from '../protocol/status.ts';
import { type Answer, definedMembers, firstText } from '../upstream/answer.ts';
import { isRejected, readPayinStatus, readPayoutStatus } from './status.ts';

/** What a pay-in query says of one order. */
export interface PayinState {
  payOrderId?: string;
  requestId?: string;
  status: PayinStatus;
  amount?: string;
  currency?: string;
  checkoutUrl?: string;
}

/** What a payout query says of one payout of a request. */
export interface PayoutStateDetail {
  reference: string;
  amount: string;
  status: PayoutStatus;
  /** The platform's manual review refused it. */
  isRejected: boolean;
  failReason?: string;
}

/** What a payout query says of one request. */
export interface PayoutState {
  payOrderId?: string;
  requestId?: string;
  status: PayoutStatus;
  currency?: string;
  total?: string;
  failed?: boolean;
  failReason?: string;
  /** Epoch milliseconds. */
  createdAt?: number;
  details: readonly PayoutStateDetail[];
}

/** A bank that payouts of a channel can go to. */
export interface LesspayBank {
  code: string;
  name: string;
}

/** A channel's balance; its published shape is not known, so every scalar of the answer stands in `members`. */
export interface LesspayBalance {
  available?: string;
  currency?: string;
  members: Readonly<Record<string, string>>;
}

// Answers come as `readAnswer` hands them out: numbers as text, names in snake_case.
const text = z.optional(z.nullable(z.string()));

type Members = Readonly<Record<string, Answer>>;

function isObject(answer: Answer | undefined): answer is Members {
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer);
}

/** `{code, msg, data}` (Lesspay docs, Pay In Error Codes; `msg` may be empty); undefined for anything else. */
export function readEnvelope(answer: Answer): { code: string; data: Answer | undefined } | undefined {
  return isObject(answer) && typeof answer.code === 'string' ? { code: answer.code, data: answer.data } : undefined;
}

interface CreatedPayin {
  checkout_url?: string | null;
  pay_order_id?: string | null;
  request_id?: string | null;
  order_data?: Answer;
}

/** By hand, as the envelope: every payment that is opened needs both, and two schemas cost more than signing its order. */
function readCreated(answer: Answer | undefined): CreatedPayin | undefined {
  if (!isObject(answer)) return undefined;
  for (const name of ['checkout_url', 'pay_order_id', 'request_id']) {
    const member = answer[name];
    if (member !== undefined && member !== null && typeof member !== 'string') return undefined;
  }
  return answer;
}

const payinRow = z.looseObject({
  pay_order_id: text,
  request_id: text,
  order_status: text,
  status: text,
  order_status_int: text,
  target_amount: text,
  target_currency: text,
  checkout_url: text,
});

const createdPayout = z.looseObject({ pay_order_id: text, request_id: text, order_status: text, status: text });

const payoutDetailRow = z.looseObject({
  mch_order_id: text,
  amount: text,
  status: text,
  order_status: text,
  audit_state: text,
  fail_reason: text,
  rejected_reason: text,
});

const payoutRow = z.looseObject({
  pay_order_id: text,
  request_id: text,
  order_status: text,
  status: text,
  currency: text,
  total_amount: text,
  amount: text,
  total_amount_obj: z.optional(z.nullable(z.looseObject({ amount_str: text, currency_code: text }))),
  fail_reason: text,
  created_at: text,
  details: z.optional(z.nullable(z.array(payoutDetailRow))),
});

const bankRow = z.looseObject({ code: text, bank_code: text, swift_code: text, name: text, bank_name: text });

const ROW_LISTS = ['records', 'list', 'rows', 'orders', 'items', 'banks', 'data'];

/** The rows of an answer that may be one object, a list, or a page around a list. */
function rowsOf(data: Answer | undefined): Answer[] {
  if (data === undefined || data === null || data === '') return [];
  if (Array.isArray(data)) return data;
  if (typeof data !== 'object') return [data];
  if (!('pay_order_id' in data) && !('request_id' in data)) {
    for (const name of ROW_LISTS) {
      const rows = data[name];
      if (Array.isArray(rows)) return rows;
    }
  }
  return Object.keys(data).length === 0 ? [] : [data];
}

/** ISO 8601 (Multiple Transfer Methods, vendor demo) or epoch milliseconds (Parameter Specifications). */
function readTime(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const time = /^[0-9]{13}$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** What create-order says: the URL stands in `data` or in `data.order_data` (Pay In Development Guidelines; Card Payment). */
export function readCreatedPayin(
  data: Answer | undefined,
): { checkoutUrl?: string; payOrderId?: string; requestId?: string } | undefined {
  const outer = readCreated(data);
  if (outer === undefined) return undefined;
  const inner = readCreated(outer.order_data);
  return definedMembers({
    checkoutUrl: firstText(outer.checkout_url, inner?.checkout_url),
    payOrderId: firstText(outer.pay_order_id, inner?.pay_order_id),
    requestId: firstText(outer.request_id, inner?.request_id),
  });
}

/** Pay-ins of a query answer: an object, a list, or a page around a list. Undefined when a row has another shape. */
export function readPayins(data: Answer | undefined): PayinState[] | undefined {
  const rows = z.array(payinRow).safeParse(rowsOf(data));
  if (!rows.success) return undefined;
  return rows.data.map((row) => {
    const inner = readCreated(row.order_data as Answer | undefined);
    return definedMembers<PayinState>({
      payOrderId: firstText(row.pay_order_id),
      requestId: firstText(row.request_id),
      status: readPayinStatus(firstText(row.order_status, row.status), firstText(row.order_status_int)),
      amount: firstText(row.target_amount),
      currency: firstText(row.target_currency),
      checkoutUrl: firstText(row.checkout_url, inner?.checkout_url),
    });
  });
}

/** What either payout create call says. */
export function readCreatedPayout(
  data: Answer | undefined,
): { payOrderId?: string; requestId?: string; status?: PayoutStatus } | undefined {
  const read = createdPayout.safeParse(data);
  if (!read.success) return undefined;
  const word = firstText(read.data.order_status, read.data.status);
  return definedMembers({
    payOrderId: firstText(read.data.pay_order_id),
    requestId: firstText(read.data.request_id),
    status: word === undefined ? undefined : readPayoutStatus(word),
  });
}

/** A detail's status; before the channel has a word, the review's word counts. */
function readDetailStatus(word: string | undefined, auditState: string | undefined): PayoutStatus {
  const status = readPayoutStatus(word);
  if (isRejected(auditState) && (status === 'unknown' || status === 'review')) return 'failed';
  if (auditState?.toUpperCase() === 'APPROVED' && status === 'review') return 'processing';
  return status;
}

/** Payouts of a query answer. Undefined when a row has another shape. */
export function readPayouts(data: Answer | undefined): PayoutState[] | undefined {
  const rows = z.array(payoutRow).safeParse(rowsOf(data));
  if (!rows.success) return undefined;
  return rows.data.map((row) => {
    const status = readPayoutStatus(firstText(row.order_status, row.status));
    const details = row.details ?? [];
    return definedMembers<PayoutState>({
      payOrderId: firstText(row.pay_order_id),
      requestId: firstText(row.request_id),
      status,
      currency: firstText(row.currency, row.total_amount_obj?.currency_code),
      total: firstText(row.total_amount, row.total_amount_obj?.amount_str, row.amount),
      failed: status === 'failed',
      failReason: firstText(row.fail_reason),
      createdAt: readTime(firstText(row.created_at)),
      details: details.map((detail) =>
        definedMembers<PayoutStateDetail>({
          // A single payout has no mch_order_id of its own.
          reference: firstText(detail.mch_order_id, details.length === 1 ? row.request_id : undefined) ?? '',
          amount: firstText(detail.amount) ?? '',
          status: readDetailStatus(firstText(detail.status, detail.order_status), firstText(detail.audit_state)),
          isRejected: isRejected(firstText(detail.audit_state)),
          failReason: firstText(detail.fail_reason, detail.rejected_reason),
        }),
      ),
    });
  });
}

/** Banks of the supported-banks answer; rows without a code or a name are left out. */
export function readBanks(data: Answer | undefined): LesspayBank[] | undefined {
  const rows = z.array(bankRow).safeParse(rowsOf(data));
  if (!rows.success) return undefined;
  return rows.data.flatMap((row) => {
    const code = firstText(row.code, row.bank_code, row.swift_code);
    const name = firstText(row.name, row.bank_name);
    return code === undefined || name === undefined ? [] : [{ code, name }];
  });
}

/** A balance answer of any shape. */
export function readBalance(data: Answer | undefined): LesspayBalance {
  const row = rowsOf(data)[0];
  const members = Object.create(null) as Record<string, string>;
  if (typeof row === 'string') members.balance = row;
  else if (typeof row === 'object' && row !== null && !Array.isArray(row)) {
    for (const [name, value] of Object.entries(row)) if (typeof value === 'string') members[name] = value;
  }
  return definedMembers<LesspayBalance>({
    available: firstText(members.available_balance, members.available, members.available_amount, members.balance),
    currency: firstText(members.currency, members.currency_code),
    members,
  });
}
