import type { PayoutStatus } from '../protocol/status.ts';
import { type Answer, isRefusingStatus, readAnswer } from '../upstream/answer.ts';
import { type OnUpstreamCall, reportCall, type UpstreamOperation } from '../upstream/call.ts';
import { UpstreamError, type UpstreamErrorKind, type UpstreamOutcome } from '../upstream/error.ts';
import type { Send } from '../upstream/send.ts';
import { lesspayCode } from './codes.ts';
import {
  type LesspayBalance,
  type LesspayBank,
  type PayinState,
  type PayoutState,
  readBalance,
  readBanks,
  readCreatedPayin,
  readCreatedPayout,
  readEnvelope,
  readPayins,
  readPayouts,
} from './messages.ts';
import { type AmountUnit, compactBody, outgoingAmount, signableText } from './outgoing.ts';
import { signLesspay } from './signing.ts';

export type { LesspayBalance, LesspayBank, PayinState, PayoutState, PayoutStateDetail } from './messages.ts';

/** How pay-in requests are spelled where the vendor's pages disagree. */
export interface LesspayPayinOutput {
  /** `V2` by default (Card Payment); Local Payment Methods writes `v2`. Decides how notices are signed. */
  apiVersion?: 'V1' | 'V2' | 'v1' | 'v2' | undefined;
  /** `integer` by default (Card Payment, vendor demo); Local Payment Methods types `expired_time` as a string. */
  expiredTimeAs?: 'integer' | 'string' | undefined;
  /** By way code; `major` (decimal string) for every code that is not named. Local Payment Methods wants `minor`. */
  amountUnits?: Readonly<Record<string, AmountUnit>> | undefined;
  /** `integer` by default (vendor demo); Fetch Payin's sample sends the times and the page as strings. */
  queryNumbersAs?: 'integer' | 'string' | undefined;
}

/** How payout requests are spelled where the vendor's pages disagree. */
export interface LesspayPayoutOutput {
  /** Where a batch says `bank` or `ewallet`: in each detail (Multiple Transfer Methods), at the root (vendor demo), or `both` (default). */
  destinationType?: 'detail' | 'root' | 'both' | undefined;
  /** Whether a batch whose route names no way type says one all the same: `derived` (default; Multiple Transfer Methods requires it) or `omitted` (vendor demo). */
  batchWayType?: 'derived' | 'omitted' | undefined;
  /** Way types used where a route names none. `E_WALLET` in batches, `WALLET_TRANSFER` in single payouts (vendor demo). */
  wayTypes?: { bank?: string; batchWallet?: string; singleWallet?: string } | undefined;
  /** By way code; `major` for every code that is not named. */
  amountUnits?: Readonly<Record<string, AmountUnit>> | undefined;
  /** How `date_of_birth` is written: `yyyy-mm-dd` (default, the demo's examples) or `dd-mm-yyyy` (its comment). */
  dateOfBirth?: 'yyyy-mm-dd' | 'dd-mm-yyyy' | undefined;
}

/** Options of `createLesspayClient`. */
export interface LesspayClientOptions {
  appId: string;
  /** During a rotation the current secret first; requests are signed with it. */
  appSecret: string | readonly string[];
  /** With or without a path before `/api/…`. */
  baseUrl: string;
  send: Send;
  /** Epoch milliseconds. */
  now?: (() => number) | undefined;
  onCall?: OnUpstreamCall | undefined;
  payin?: LesspayPayinOutput | undefined;
  payout?: LesspayPayoutOutput | undefined;
}

/** An order for the hosted checkout. */
export interface CreatePayinOrder {
  /** At most 20 characters. */
  requestId: string;
  amount: string;
  currency: string;
  /** Cut at 30 characters; see `signableText`. */
  productName: string;
  /** Cut at 50 characters. */
  description: string;
  successUrl: string;
  failUrl: string;
  notifyUrl: string;
  expiresInSeconds?: number | undefined;
  wayType?: string | undefined;
  wayCode?: string | undefined;
  transactionNetwork?: string | undefined;
  threeDSecure?: boolean | undefined;
  /** Which sending of this id it is, for those who watch the calls. */
  attempt?: number | undefined;
}

/** Which pay-in to look for. The upstream searches a window of at most seven days, so its creation time must be known. */
export interface PayinQuery {
  requestId?: string | undefined;
  payOrderId?: string | undefined;
  /** When it was created. */
  from: Date;
  to?: Date | undefined;
}

/** One detail of a batch in Lesspay's spelling, as the rules' `toLesspayDetail` makes it. */
export interface LesspayBatchDetail {
  mch_order_id: string;
  amount: string;
  destination_type?: string | undefined;
  e_wallet?: object | undefined;
}

/** A batch of payouts of one kind on one channel. */
export interface CreateBatchPayoutOrder {
  requestId: string;
  currency: string;
  /** Sum of the details. */
  total: string;
  wayType?: string | undefined;
  wayCode: string;
  notifyUrl: string;
  productName?: string | undefined;
  description?: string | undefined;
  transactionNetwork?: string | undefined;
  expiresInSeconds?: number | undefined;
  details: readonly LesspayBatchDetail[];
  /** Which sending of this id it is, for those who watch the calls. */
  attempt?: number | undefined;
}

/** One payout by the single endpoint. */
export interface CreatePayoutOrder {
  requestId: string;
  amount: string;
  currency: string;
  wayCode?: string | undefined;
  wayType?: string | undefined;
  productName: string;
  description: string;
  purpose?: string | undefined;
  notifyUrl: string;
  expiresInSeconds?: number | undefined;
  /** In Lesspay's spelling, as the rules' `toLesspayBeneficiary` makes it. */
  beneficiary: object;
  /** Which sending of this id it is, for those who watch the calls. */
  attempt?: number | undefined;
}

/** An order by the merchant's or the platform's id. */
export interface OrderId {
  requestId?: string | undefined;
  payOrderId?: string | undefined;
}

/** Lesspay 2.0 as this merchant sees it. Every method fails with an `UpstreamError`. */
export interface LesspayClient {
  /** Opens a hosted checkout. */
  createPayin(order: CreatePayinOrder): Promise<{ payOrderId?: string; checkoutUrl: string }>;
  /** Undefined when the upstream does not know the order. */
  queryPayin(query: PayinQuery): Promise<PayinState | undefined>;
  /** Submits a batch; it then waits for the platform's review. */
  createBatchPayout(order: CreateBatchPayoutOrder): Promise<{ payOrderId?: string; status: PayoutStatus }>;
  createPayout(order: CreatePayoutOrder): Promise<{ payOrderId?: string; status: PayoutStatus }>;
  /** Undefined when the upstream does not know the order. */
  queryPayout(id: OrderId): Promise<PayoutState | undefined>;
  banks(channel: { country: string; currency: string; wayCode: string }): Promise<LesspayBank[]>;
  balance(channel: { currency: string; wayCode: string }): Promise<LesspayBalance>;
  /** Makes the platform send a payout's webhook again; answers what it sends. */
  triggerNotify(id: OrderId): Promise<{ content: Answer | undefined }>;
}

const PATHS = {
  'create-payin': '/api/global/v1/pay/create-order',
  'query-payin': '/api/global/v1/pay/query-order',
  'create-batch-payout': '/api/global/payout/batch/create-order',
  'create-payout': '/api/global/payout/create-order',
  'query-payout': '/api/global/payout/query',
  'list-banks': '/api/global/payout/bank',
  'read-balance': '/api/global/payout/balance',
  'trigger-notice': '/api/global/payout/triggerNotify',
} as const satisfies Partial<Record<UpstreamOperation, string>>;

type Operation = keyof typeof PATHS;

const DAY_MS = 86_400_000;
/** Longest window of a pay-in query (vendor demo, PayinQueryDTO). */
const MAX_WINDOW_MS = 7 * DAY_MS;
/** How far the platform's clock may be from ours when it stamps an order. */
const WINDOW_MARGIN_MS = 3_600_000;

const PRODUCT_NAME_MAX = 30;
const DESCRIPTION_MAX = 50;
const CODE = /^-?[0-9]{1,9}$/;

/** A `UpstreamError` for an answer that says yes but cannot be understood: it may well have taken effect. */
function shapeError(message: string, httpStatus?: number): UpstreamError {
  return new UpstreamError({ kind: 'shape', outcome: 'unknown', message, httpStatus });
}

function openEnvelope(text: string, httpStatus: number): { code: string; data: Answer | undefined } {
  const read = readEnvelope(readAnswer(text, httpStatus));
  if (read === undefined || !CODE.test(read.code)) {
    const outcome: UpstreamOutcome = isRefusingStatus(httpStatus) ? 'refused' : 'unknown';
    throw new UpstreamError({
      kind: httpStatus >= 400 ? 'http' : 'shape',
      outcome,
      httpStatus,
      message: `Lesspay answered with HTTP ${httpStatus} and without a code.`,
    });
  }
  return read;
}

function failureOf(code: string, httpStatus: number): UpstreamError {
  const known = lesspayCode(code);
  // A code that is not published comes from behind the door: only a status that keeps a request outside it speaks for itself.
  const isTurnedAway = isRefusingStatus(httpStatus) && httpStatus !== 400 && httpStatus !== 422;
  const outcome = httpStatus >= 500 ? 'unknown' : (known?.outcome ?? (isTurnedAway ? 'refused' : 'unknown'));
  return new UpstreamError({
    kind: 'refused',
    outcome,
    upstreamCode: code,
    httpStatus,
    message: `Lesspay answered with code ${code} (${known?.meaning ?? 'not a published code'}).`,
  });
}

/** The row that was asked for: rows of other orders are not ours, and a row that names no order proves nothing. */
function pickRow<T extends OrderId>(rows: readonly T[], { requestId, payOrderId }: OrderId): T | undefined {
  const differs = (asked: string | undefined, found: string | undefined) =>
    asked !== undefined && found !== undefined && asked !== found;
  const ours = rows.filter(
    (row) =>
      (row.requestId !== undefined || row.payOrderId !== undefined) &&
      !differs(requestId, row.requestId) &&
      !differs(payOrderId, row.payOrderId) &&
      ((requestId !== undefined && row.requestId === requestId) ||
        (payOrderId !== undefined && row.payOrderId === payOrderId)),
  );
  if (ours.length > 1) throw shapeError('Lesspay answered with several orders for one id.');
  if (ours.length === 0 && rows.some((row) => row.requestId === undefined && row.payOrderId === undefined)) {
    throw shapeError('Lesspay answered with an order that has no id.');
  }
  return ours[0];
}

/** Signs and sends the Lesspay 2.0 calls, and reads every documented spelling of their answers. Secrets stay in closures. */
export function createLesspayClient({
  appId,
  appSecret,
  baseUrl,
  send,
  now = Date.now,
  onCall,
  payin: {
    apiVersion = 'V2',
    expiredTimeAs = 'integer',
    amountUnits: payinUnits = {},
    queryNumbersAs = 'integer',
  } = {},
  payout: {
    destinationType = 'both',
    batchWayType = 'derived',
    wayTypes: { bank: bankWayType = 'BANK_TRANSFER', batchWallet = 'E_WALLET', singleWallet = 'WALLET_TRANSFER' } = {},
    amountUnits: payoutUnits = {},
    dateOfBirth = 'yyyy-mm-dd',
  } = {},
}: LesspayClientOptions): LesspayClient {
  const secret = typeof appSecret === 'string' ? appSecret : appSecret[0];
  if (secret === undefined || secret.trim() === '') throw new TypeError('appSecret: at least one secret is needed.');
  const base = baseUrl.replace(/\/+$/, '');

  const call = async (
    operation: Operation,
    body: Readonly<Record<string, unknown>>,
    attempt?: number,
  ): Promise<Answer | undefined> => {
    const path = PATHS[operation];
    const compact = compactBody(body);
    const started = performance.now();
    let httpStatus: number | undefined;
    let upstreamCode: string | undefined;
    let outcome: 'ok' | UpstreamOutcome = 'unknown';
    let failure: UpstreamErrorKind | undefined;
    try {
      const response = await send({
        url: base + path,
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json; charset=utf-8',
          'x-auth-appid': appId,
          'x-auth-timestamp': String(now()),
          'x-auth-signature': signLesspay(compact, secret),
        },
        body: JSON.stringify(compact),
      });
      httpStatus = response.status;
      const { code, data } = openEnvelope(response.text, response.status);
      upstreamCode = code;
      if (code !== '0') throw failureOf(code, response.status);
      if (response.status >= 300) {
        throw new UpstreamError({
          kind: 'http',
          outcome: 'unknown',
          httpStatus,
          message: `Lesspay answered with HTTP ${response.status} but code 0.`,
        });
      }
      outcome = 'ok';
      return data;
    } catch (error) {
      if (error instanceof UpstreamError) ({ outcome, kind: failure } = error);
      throw error;
    } finally {
      reportCall(onCall, {
        api: 'lesspay',
        operation,
        path,
        attempt,
        durationMs: performance.now() - started,
        outcome,
        failure,
        httpStatus,
        upstreamCode,
      });
    }
  };

  const create = (operation: Operation, attempt: number | undefined, body: Readonly<Record<string, unknown>>) =>
    call(operation, body, attempt);

  /** For queries: the answer's data, or undefined when the upstream says that it has no such order. */
  const find = async (operation: Operation, body: Readonly<Record<string, unknown>>): Promise<Answer | undefined> => {
    try {
      return await call(operation, body);
    } catch (error) {
      if (error instanceof UpstreamError && error.outcome === 'refused' && error.upstreamCode !== undefined) {
        if (lesspayCode(error.upstreamCode)?.notFound === true) return undefined;
      }
      throw error;
    }
  };

  const checkSameId = (asked: string, answered: string | undefined) => {
    if (answered !== undefined && answered !== asked) {
      throw shapeError('Lesspay answered for another request id than the one that was sent.');
    }
  };

  const queryNumber = (value: number) => (queryNumbersAs === 'string' ? String(value) : value);

  return {
    async createPayin(order) {
      const { requestId, amount, currency, expiresInSeconds, wayCode, threeDSecure } = order;
      const unit = (wayCode === undefined ? undefined : payinUnits[wayCode]) ?? 'major';
      const body: Record<string, unknown> = {
        request_id: requestId,
        product_name: signableText(order.productName, PRODUCT_NAME_MAX),
        description: signableText(order.description, DESCRIPTION_MAX),
        target_amount: outgoingAmount(amount, currency, unit),
        target_currency: currency,
        transaction_type: 'PAY_IN',
        success_url: order.successUrl,
        fail_url: order.failUrl,
        notify_url: order.notifyUrl,
        api_version: apiVersion,
        // Cashier: the shopper is redirected to Lesspay's own page, so no card data comes near the merchant.
        pay_access_type: 1,
      };
      // Few orders have any of these: left out here, they need not be taken out again of every body.
      if (expiresInSeconds !== undefined) {
        body.expired_time = expiredTimeAs === 'string' ? String(expiresInSeconds) : expiresInSeconds;
      }
      if (order.wayType !== undefined) body.way_type = order.wayType;
      if (wayCode !== undefined) body.way_code = wayCode;
      if (order.transactionNetwork !== undefined) body.transaction_network = order.transactionNetwork;
      if (threeDSecure !== undefined) body.channel_extra = { three_ds: { enabled: threeDSecure } };
      const data = await create('create-payin', order.attempt, body);
      const created = readCreatedPayin(data);
      checkSameId(requestId, created?.requestId);
      if (created?.checkoutUrl === undefined) {
        throw shapeError('Lesspay took the order but its answer has no checkout_url.');
      }
      const { checkoutUrl, payOrderId } = created;
      return payOrderId === undefined ? { checkoutUrl } : { payOrderId, checkoutUrl };
    },

    async queryPayin({ requestId, payOrderId, from, to }) {
      const start = from.getTime() - WINDOW_MARGIN_MS;
      const end = Math.min(Math.max(to?.getTime() ?? now(), from.getTime()) + WINDOW_MARGIN_MS, start + MAX_WINDOW_MS);
      const data = await find('query-payin', {
        request_id: requestId,
        pay_order_id: payOrderId,
        start_time: queryNumber(start),
        end_time: queryNumber(end),
        page: queryNumber(1),
        page_size: queryNumber(20),
      });
      const rows = readPayins(data);
      if (rows === undefined) throw shapeError('Lesspay answered a pay-in query with something else than orders.');
      return pickRow(rows, { requestId, payOrderId });
    },

    async createBatchPayout(order) {
      const { requestId, currency, total, wayCode, details } = order;
      const unit = payoutUnits[wayCode] ?? 'major';
      const kinds = new Set(details.map(kindOf));
      const [kind] = kinds;
      // A root type cannot speak for details of two kinds.
      const common = kinds.size === 1 ? kind : undefined;
      const derived = common === 'ewallet' ? batchWallet : common === 'bank' ? bankWayType : undefined;
      const data = await create('create-batch-payout', order.attempt, {
        request_id: requestId,
        currency,
        total_amount: outgoingAmount(total, currency, unit),
        way_type: order.wayType ?? (batchWayType === 'derived' ? derived : undefined),
        way_code: wayCode,
        notify_url: order.notifyUrl,
        product_name: order.productName === undefined ? undefined : signableText(order.productName, PRODUCT_NAME_MAX),
        description: order.description === undefined ? undefined : signableText(order.description, DESCRIPTION_MAX),
        transaction_network: order.transactionNetwork,
        expired_time: order.expiresInSeconds,
        destination_type: destinationType === 'detail' ? undefined : common,
        payout_order_details: details.map((detail) => ({
          ...detail,
          amount: outgoingAmount(detail.amount, currency, unit),
          destination_type: destinationType === 'root' ? undefined : kindOf(detail),
        })),
      });
      return readCreated(data, requestId, 'review');
    },

    async createPayout(order) {
      const { requestId, amount, currency, wayCode, wayType, beneficiary } = order;
      const unit = (wayCode === undefined ? undefined : payoutUnits[wayCode]) ?? 'major';
      const data = await create('create-payout', order.attempt, {
        request_id: requestId,
        amount: outgoingAmount(amount, currency, unit),
        currency,
        product_name: signableText(order.productName, PRODUCT_NAME_MAX),
        description: signableText(order.description, DESCRIPTION_MAX),
        way_code: wayCode,
        way_type: wayType ?? (wayCode === undefined ? singleWayType(beneficiary) : undefined),
        purpose: order.purpose,
        notify_url: order.notifyUrl,
        expired_time: order.expiresInSeconds,
        beneficiary: dateOfBirth === 'dd-mm-yyyy' ? withTurnedBirthday(beneficiary) : beneficiary,
      });
      return readCreated(data, requestId, 'processing');
    },

    async queryPayout({ requestId, payOrderId }) {
      const data = await find('query-payout', { request_id: requestId, pay_order_id: payOrderId });
      const rows = readPayouts(data);
      if (rows === undefined) throw shapeError('Lesspay answered a payout query with something else than a payout.');
      return pickRow(rows, { requestId, payOrderId });
    },

    async banks({ country, currency, wayCode }) {
      const data = await call('list-banks', { bank_country_code: country, currency, way_code: wayCode });
      const banks = readBanks(data);
      if (banks === undefined) throw shapeError('Lesspay answered the bank list with something else than banks.');
      return banks;
    },

    async balance({ currency, wayCode }) {
      return readBalance(await call('read-balance', { currency, way_code: wayCode }));
    },

    async triggerNotify({ requestId, payOrderId }) {
      const data = await call('trigger-notice', { request_id: requestId, pay_order_id: payOrderId });
      return { content: data };
    },
  };

  function readCreated(
    data: Answer | undefined,
    requestId: string,
    initial: PayoutStatus,
  ): { payOrderId?: string; status: PayoutStatus } {
    const created = readCreatedPayout(data);
    if (created === undefined) throw shapeError('Lesspay took the payout but its answer cannot be read.');
    checkSameId(requestId, created.requestId);
    const { payOrderId, status = initial } = created;
    return payOrderId === undefined ? { status } : { payOrderId, status };
  }

  function singleWayType(beneficiary: object): string | undefined {
    const destination = memberOf(beneficiary, 'destination');
    switch (memberOf(destination, 'type')) {
      case 'ewallet':
        return singleWallet;
      case 'bank':
      case 'bank_account':
        return bankWayType;
      case 'crypto_wallet':
        return 'CRYPTO';
      default:
        return undefined;
    }
  }
}

function kindOf(detail: LesspayBatchDetail): string {
  return detail.destination_type ?? (detail.e_wallet === undefined ? 'bank' : 'ewallet');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** `1990-01-15` → `15-01-1990` in `beneficiary_info.date_of_birth`. */
function withTurnedBirthday(beneficiary: object): object {
  const info = memberOf(beneficiary, 'beneficiary_info');
  const birthday = memberOf(info, 'date_of_birth');
  if (typeof birthday !== 'string') return beneficiary;
  const turned = birthday.replace(/^([0-9]{4})-([0-9]{2})-([0-9]{2})$/, '$3-$2-$1');
  return { ...beneficiary, beneficiary_info: { ...(info as object), date_of_birth: turned } };
}
