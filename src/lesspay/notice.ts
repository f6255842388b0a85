import * as z from 'zod/mini';
import type { PayinStatus, PayoutStatus } from '../protocol/status.ts';
import { isRejected, readPayinStatus, readPayoutStatus } from './status.ts';
import type { LesspayBody } from './verify.ts';

/** A pay-in notice in our words. */
export interface PayinNotice {
  requestId: string;
  payOrderId: string;
  /** The signed status; `order_status_int`, where present, agrees with it. */
  status: PayinStatus;
  amount: string;
  currency: string;
  /** A risk notice (`payment_declined`, `dispute_received`): information, never a change of status. */
  event?: string;
  errorCode?: string;
  /** Members that the published notice does not have. They are signed; a notice that has one wants the query API's word. */
  unknownMembers: readonly string[];
}

/** One payout of a payout notice. */
export interface PayoutNoticeDetail {
  /** Our reference (`mch_order_id`); of a single payout, its request id. */
  reference: string;
  amount: string;
  status: PayoutStatus;
  /** The platform's manual review refused it. */
  isRejected: boolean;
  failReason?: string;
}

/** A payout notice in our words. */
export interface PayoutNotice {
  requestId: string;
  payOrderId: string;
  status: PayoutStatus;
  currency?: string;
  total?: string;
  failReason?: string;
  details: readonly PayoutNoticeDetail[];
  unknownMembers: readonly string[];
}

/** What the notice readers answer; `path` is the first member that is missing or has the wrong type or value. */
export type NoticeResult<N> = { ok: true; notice: N } | { ok: false; path: string };

const text = z.string().check(z.minLength(1), z.maxLength(255));
const amount = z.string().check(z.regex(/^[0-9]{1,18}(\.[0-9]{1,18})?$/));
const currency = z.string().check(z.regex(/^[A-Z0-9]{3,8}$/));
const reason = z.optional(z.union([z.string(), z.number()]));

// Only what is read is checked; the other published members may be of any type.
const payinNotice = z.looseObject({
  request_id: text,
  pay_order_id: text,
  order_status: text,
  order_status_int: z.optional(z.number()),
  target_currency: currency,
  target_amount: amount,
  error_code: reason,
  event: z.optional(text),
});

const payoutNoticeDetail = z.looseObject({
  mch_order_id: z.optional(z.string().check(z.maxLength(255))),
  amount,
  status: text,
  audit_state: z.optional(text),
  fail_reason: reason,
  rejected_reason: reason,
});

const payoutNotice = z.looseObject({
  pay_order_id: text,
  request_id: text,
  order_status: text,
  currency: z.optional(currency),
  total_amount: z.optional(amount),
  fail_reason: reason,
  details: z.optional(z.array(payoutNoticeDetail)),
});

/** Members of the pay-in notice: Lesspay docs, Payin webhook, and the vendor demo's sample. */
const PAYIN_MEMBERS: ReadonlySet<string> = new Set([
  ...['request_id', 'pay_order_id', 'order_status', 'order_status_int', 'target_currency', 'target_amount'],
  ...['product_name', 'description', 'success_url', 'fail_url', 'notify_url', 'complete_time'],
  ...['error_code', 'error_msg', 'merchant_reserved_field', 'api_version', 'channel_biz_data', 'event', 'event_data'],
]);

/** Members of the payout notice: Lesspay docs, Payout webhook and Fetch Payout, and the vendor demo's sample. */
const PAYOUT_MEMBERS: ReadonlySet<string> = new Set([
  ...['pay_order_id', 'request_id', 'order_status', 'currency', 'total_amount', 'decimal_places', 'fail_reason'],
  ...['created_at', 'details'],
]);
const PAYOUT_DETAIL_MEMBERS: ReadonlySet<string> = new Set([
  ...['payout_order_detail_id', 'mch_order_id', 'amount', 'actual_amount', 'status', 'audit_state', 'fail_reason'],
  ...['rejected_reason', 'channel_order_no', 'bank_account_no', 'bank_account_name', 'bank_account_type', 'bank_name'],
  ...['bank_country_code', 'bank_swift_code', 'success_time'],
]);

function pathOf(error: z.core.$ZodError): string {
  return (error.issues[0]?.path ?? []).map(String).join('.');
}

function unknownOf(body: object, known: ReadonlySet<string>): string[] {
  return Object.keys(body).filter((name) => !known.has(name));
}

/** A reason's text; inside arrays an empty member is still there. */
function textOf(value: string | number | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}

/** A schema also sees what a prototype has. */
function ownMembers(body: LesspayBody): object {
  return Object.assign(Object.create(null) as object, body);
}

/** Reads a verified pay-in notice, strict on types: the signature covers neither the type of a value nor its meaning. */
export function readPayinNotice(body: LesspayBody): NoticeResult<PayinNotice> {
  const read = payinNotice.safeParse(ownMembers(body));
  if (!read.success) return { ok: false, path: pathOf(read.error) };
  const { data } = read;
  // A digit in the word's place is a spelling of answers, not of notices.
  const status = /^[A-Z_]+$/.test(data.order_status) ? readPayinStatus(data.order_status) : 'unknown';
  if (status === 'unknown') return { ok: false, path: 'order_status' };
  if (data.order_status_int !== undefined && readPayinStatus(data.order_status, data.order_status_int) === 'unknown') {
    return { ok: false, path: 'order_status_int' };
  }
  return {
    ok: true,
    notice: {
      requestId: data.request_id,
      payOrderId: data.pay_order_id,
      status,
      amount: data.target_amount,
      currency: data.target_currency,
      ...(data.event === undefined ? {} : { event: data.event }),
      ...(data.error_code === undefined ? {} : { errorCode: String(data.error_code) }),
      unknownMembers: unknownOf(body, PAYIN_MEMBERS),
    },
  };
}

/** Reads a verified payout notice, strict on types. */
export function readPayoutNotice(body: LesspayBody): NoticeResult<PayoutNotice> {
  const read = payoutNotice.safeParse(ownMembers(body));
  if (!read.success) return { ok: false, path: pathOf(read.error) };
  const { data } = read;
  const status = readPayoutStatus(data.order_status);
  if (status === 'unknown') return { ok: false, path: 'order_status' };
  const details: PayoutNoticeDetail[] = [];
  const unknownMembers = unknownOf(body, PAYOUT_MEMBERS);
  for (const [index, detail] of (data.details ?? []).entries()) {
    // A single payout has no mch_order_id of its own.
    const reference = textOf(detail.mch_order_id) ?? (data.details?.length === 1 ? data.request_id : undefined);
    if (reference === undefined) return { ok: false, path: `details.${index}.mch_order_id` };
    const detailStatus = readPayoutStatus(detail.status);
    if (detailStatus === 'unknown') return { ok: false, path: `details.${index}.status` };
    const failReason = textOf(detail.fail_reason) ?? textOf(detail.rejected_reason);
    details.push({
      reference,
      amount: detail.amount,
      status: detailStatus,
      isRejected: isRejected(detail.audit_state),
      ...(failReason === undefined ? {} : { failReason }),
    });
    for (const name of unknownOf(detail, PAYOUT_DETAIL_MEMBERS)) unknownMembers.push(`details.${index}.${name}`);
  }
  return {
    ok: true,
    notice: {
      requestId: data.request_id,
      payOrderId: data.pay_order_id,
      status,
      ...(data.currency === undefined ? {} : { currency: data.currency }),
      ...(data.total_amount === undefined ? {} : { total: data.total_amount }),
      ...(data.fail_reason === undefined ? {} : { failReason: String(data.fail_reason) }),
      details,
      unknownMembers,
    },
  };
}
