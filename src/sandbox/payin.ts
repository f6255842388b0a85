import type { Clock } from './clock.ts';
import type { Delivery } from './delivery.ts';
import { checkoutToken, hex, orderId } from './ids.ts';
import { Members } from './members.ts';
import { isCurrency, minorUnits } from './money.ts';
import type { Settings } from './options.ts';
import { Refusal } from './refusal.ts';
import { signatureOf } from './signature.ts';

/** Lesspay docs, Parameter Specifications, `order_status`: the words a pay-in can have. */
export const PAYIN_STATUS = {
  PENDING_PAY: 1,
  SUCCEED: 2,
  FAILED: 3,
  CANCELED: 4,
  REFUND: 5,
  CLOSED: 6,
  PAID: 12,
} as const;

/** The state of a pay-in, in the upstream's words. */
export type PayinWord = keyof typeof PAYIN_STATUS;

/** How a pay-in can be made to end. */
export type PayinOutcome = 'succeeded' | 'failed' | 'canceled' | 'closed' | 'refunded' | 'amount-differs';

/** A pay-in as the sandbox keeps it. */
export interface PayinOrder {
  readonly payOrderId: string;
  readonly requestId: string;
  /** The last part of the checkout URL. */
  readonly token: string;
  readonly checkoutUrl: string;
  readonly amount: string;
  readonly currency: string;
  readonly productName: string;
  readonly description: string;
  readonly successUrl: string;
  readonly failUrl: string;
  readonly notifyUrl: string;
  readonly apiVersion: string;
  readonly wayType: string | undefined;
  readonly wayCode: string | undefined;
  /** Real time of creation, milliseconds; the query window looks at it. */
  readonly createdAt: number;
  /** Sandbox time, milliseconds. */
  readonly expiresAt: number;
  status: PayinWord;
  /** What the shopper paid, where it differs from the order. */
  paidAmount: string | undefined;
  errorCode: string | null;
  errorMessage: string | null;
}

/** Members of a notice that a test wants to change before it is signed. */
export type NoticeMembers = Readonly<Record<string, unknown>>;

/** The pay-in half of the fake Lesspay. */
export interface Payins {
  /** `pay/create-order`. `base` is where the cashier lives. */
  create(body: Record<string, unknown>, base: string): Record<string, unknown>;
  /** `pay/query-order`. */
  query(body: Record<string, unknown>): Record<string, unknown>;
  /** By request_id or pay_order_id. */
  find(id: string): PayinOrder | undefined;
  byToken(token: string): PayinOrder | undefined;
  settle(order: PayinOrder, outcome: PayinOutcome, options?: PayinSettleOptions): void;
  /** Closes an order whose time is up. */
  expire(order: PayinOrder): void;
  /** Sends a notice about an order as it stands, with members changed or added. */
  notify(order: PayinOrder, members?: NoticeMembers, delayMs?: number | 'hold'): void;
  readonly orders: readonly PayinOrder[];
}

interface PayinSettleOptions {
  /** For `amount-differs`: what was paid. */
  amount?: string | undefined;
  /** When the webhook leaves; `'never'`: not at all. */
  webhook?: number | 'hold' | 'never' | undefined;
}

/** Pay In Error Codes. */
const PARAMETER_ERROR = 11;
/** The pay-in endpoints refuse what has no code of its own with this one. */
export const INVALID_PAYIN_PARAMETER = PARAMETER_ERROR;
const DUPLICATE_DATA = 1201;
const DATA_NOT_FOUND = 1202;
const CREATE_FAILED = 5000;

const OUTCOME_WORDS: Readonly<Record<PayinOutcome, PayinWord>> = {
  succeeded: 'SUCCEED',
  failed: 'FAILED',
  canceled: 'CANCELED',
  closed: 'CLOSED',
  refunded: 'REFUND',
  'amount-differs': 'PAID',
};

/** Local Payment Methods, Mexico: the default of `expired_time`. */
const DEFAULT_EXPIRY_S = 1800;
const MAX_WINDOW_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_PAGE_SIZE = 1000;

/** Members outside the signature of a v1 notice (the vendor's demo, pay-in webhook verification). */
const UNSIGNED_IN_V1 = new Set(['api_version', 'order_status_int', 'channel_biz_data', 'event', 'event_data']);

/** Whether nothing more is expected of an order but a refund. */
export function isSettled(order: PayinOrder): boolean {
  return order.status !== 'PENDING_PAY';
}

/** Creates the pay-in half. */
export function createPayins(settings: Settings, clock: Clock, delivery: Delivery): Payins {
  const orders: PayinOrder[] = [];

  const find = (id: string) => orders.find((order) => order.requestId === id || order.payOrderId === id);

  function notify(order: PayinOrder, members: NoticeMembers = {}, delayMs?: number | 'hold'): void {
    // Payin webhook, body; members and their order as in the vendor demo's sample. `complete_time` is null there even
    // for a paid order, and its format is not published, so it stays null here.
    const body: Record<string, unknown> = {
      pay_order_id: order.payOrderId,
      request_id: order.requestId,
      order_status: order.status,
      target_currency: order.currency,
      target_amount: order.amount,
      success_url: order.successUrl,
      fail_url: order.failUrl,
      product_name: order.productName,
      description: order.description,
      complete_time: null,
      error_code: order.errorCode,
      error_msg: order.errorMessage,
      notify_url: order.notifyUrl,
      merchant_reserved_field: null,
      api_version: order.apiVersion.toLowerCase(),
      order_status_int: PAYIN_STATUS[order.status],
      channel_biz_data: null,
      event: null,
      event_data: null,
      ...members,
    };
    const text = JSON.stringify(body);
    const signed = /^v2$/i.test(order.apiVersion)
      ? text
      : JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => !UNSIGNED_IN_V1.has(name))));
    delivery.send(
      {
        kind: 'payin',
        orderId: order.payOrderId,
        requestId: order.requestId,
        url: order.notifyUrl,
        body: text,
        headers: {
          'content-type': 'application/json',
          'X-Auth-Signature': signatureOf(signed, settings.appSecret) ?? '',
          'X-Auth-Timestamp': String(clock.wall()),
        },
      },
      delayMs,
    );
  }

  function settle(order: PayinOrder, outcome: PayinOutcome, { amount, webhook }: PayinSettleOptions = {}): void {
    order.status = OUTCOME_WORDS[outcome];
    order.paidAmount = outcome === 'amount-differs' ? amount : undefined;
    // The table of `msg` values for failed orders is not published; the words are ours.
    order.errorCode = outcome === 'failed' ? '5000' : null;
    order.errorMessage = outcome === 'failed' ? 'The payment was declined' : null;
    if (webhook !== 'never') notify(order, {}, webhook);
  }

  /** The state diagram is not published; an order that nobody paid in time becomes CLOSED. */
  function expire(order: PayinOrder): void {
    if (!isSettled(order) && clock.now() >= order.expiresAt) settle(order, 'closed');
  }

  /** Fetch Payin's answer is not published: members as in the webhook, and the checkout URL. */
  function record(order: PayinOrder): Record<string, unknown> {
    return {
      pay_order_id: order.payOrderId,
      request_id: order.requestId,
      order_status: order.status,
      order_status_int: PAYIN_STATUS[order.status],
      target_currency: order.currency,
      target_amount: order.amount,
      product_name: order.productName,
      description: order.description,
      success_url: order.successUrl,
      fail_url: order.failUrl,
      notify_url: order.notifyUrl,
      checkout_url: order.checkoutUrl,
      created_at: String(order.createdAt),
      complete_time: null,
      error_code: order.errorCode,
      error_msg: order.errorMessage,
      merchant_reserved_field: null,
    };
  }

  return {
    orders,
    find,
    byToken: (token) => orders.find((order) => order.token === token),
    settle,
    expire,
    notify,

    create(body, base) {
      const members = new Members(body, PARAMETER_ERROR);
      // Card Payment, request table, and the limits of the vendor demo's DTO: request_id 20, product_name 30, description 50.
      const requestId = members.text('request_id', { max: 20 });
      const productName = members.text('product_name', { max: 30 });
      const description = members.text('description', { max: 50 });
      const currency = members.text('target_currency');
      if (!isCurrency(currency)) members.refuse('target_currency', 'is not supported');
      // Parameter Specifications: amounts are strings in major units ("100.00").
      const amount = members.text('target_amount');
      if (minorUnits(amount, currency) === undefined) {
        members.refuse(
          'target_amount',
          'must be a positive amount with the decimals of its currency, such as "100.00"',
        );
      }
      members.oneOf('transaction_type', ['PAY_IN']);
      const successUrl = members.url('success_url');
      const failUrl = members.url('fail_url');
      // Card Payment and Local Payment Methods require it; the vendor's demo calls it optional.
      const notifyUrl = members.url('notify_url');
      const apiVersion = members.text('api_version');
      if (!/^v[12]$/i.test(apiVersion)) members.refuse('api_version', 'must be V1 or V2');
      const access = members.integer('pay_access_type');
      if (access !== 1 && access !== 2) members.refuse('pay_access_type', 'must be 1 or 2');
      // Card Payment types it Integer, Local Payment Methods String.
      const expirySeconds = members.digits('expired_time') ?? DEFAULT_EXPIRY_S;
      if (expirySeconds < 1) members.refuse('expired_time', 'must be 1 or more');
      const wayType = members.optionalOneOf('way_type', ['CRYPTO', 'BANK_TRANSFER', 'CARD_PAYMENT', 'WECHAT']);
      const wayCode = members.optionalText('way_code');
      members.optionalText('transaction_network');
      if (members.has('use_channel_request_id') && typeof members.raw('use_channel_request_id') !== 'boolean') {
        members.refuse('use_channel_request_id', 'must be a boolean');
      }
      members.optionalObject('channel_extra');
      // Direct card and local payment answers are not published, so there is nothing to imitate.
      if (access === 2) throw new Refusal(CREATE_FAILED, 'this sandbox offers the cashier only: pay_access_type 1');
      // Pay In Error Codes, 1201: request_id already exists.
      if (orders.some((order) => order.requestId === requestId)) {
        throw new Refusal(DUPLICATE_DATA, 'request_id already exists');
      }

      const token = checkoutToken();
      const order: PayinOrder = {
        payOrderId: orderId('P'),
        requestId,
        token,
        checkoutUrl: `${base}/cashier/${token}`,
        amount,
        currency,
        productName,
        description,
        successUrl,
        failUrl,
        notifyUrl,
        apiVersion,
        wayType,
        wayCode,
        createdAt: clock.wall(),
        expiresAt: clock.now() + expirySeconds * 1000,
        status: 'PENDING_PAY',
        paidAmount: undefined,
        errorCode: null,
        errorMessage: null,
      };
      orders.push(order);
      clock.after(expirySeconds * 1000, () => expire(order));
      // Card Payment shows `order_data` in camel case; Pay In Development Guidelines promise a `checkout_url`, whose place
      // is not published: it stands in `data`.
      return {
        checkout_url: order.checkoutUrl,
        order_data: { payOrderId: order.payOrderId, payOrderDetailIdEncode: hex(64) },
      };
    },

    query(body) {
      const members = new Members(body, PARAMETER_ERROR);
      const requestId = members.optionalText('request_id');
      const payOrderId = members.optionalText('pay_order_id');
      // The vendor demo's query DTO: start_time is required, the span at most 7 days, page_size at most 1000.
      const start = members.digits('start_time') ?? members.refuse('start_time', 'is required');
      const end = members.digits('end_time') ?? clock.wall();
      if (end < start) members.refuse('end_time', 'is before start_time');
      if (end - start > MAX_WINDOW_MS) members.refuse('start_time', 'and end_time span more than 7 days');
      const page = members.digits('page') ?? 1;
      const pageSize = members.digits('page_size') ?? 20;
      if (page < 1) members.refuse('page', 'must be 1 or more');
      if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) members.refuse('page_size', `must be 1 to ${MAX_PAGE_SIZE}`);

      const found = orders.filter(
        (order) =>
          (requestId === undefined || order.requestId === requestId) &&
          (payOrderId === undefined || order.payOrderId === payOrderId) &&
          order.createdAt >= start &&
          order.createdAt <= end,
      );
      for (const order of found) expire(order);
      // Pay In Error Codes, 1202. A listing by time alone may be empty.
      if (found.length === 0 && (requestId ?? payOrderId) !== undefined) {
        throw new Refusal(DATA_NOT_FOUND, 'data not found');
      }
      // Not published; paged, so a list with its count.
      return {
        page,
        page_size: pageSize,
        total: found.length,
        records: found.slice((page - 1) * pageSize, page * pageSize).map(record),
      };
    },
  };
}
