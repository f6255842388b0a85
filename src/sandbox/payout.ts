import { checkCountry } from '../rules/country.ts';
import type { Clock, Timer } from './clock.ts';
import type { Delivery } from './delivery.ts';
import { orderId } from './ids.ts';
import { Members } from './members.ts';
import { decimalText, decimalsOf, minorUnits } from './money.ts';
import type { Settings } from './options.ts';
import { payoutBanks } from './payout-banks.ts';
import { Refusal } from './refusal.ts';
import { signatureOf } from './signature.ts';

/** The state of a payout, in the upstream's words (Lesspay docs, Parameter Specifications). */
export type PayoutWord = 'PENDING_CONFIRM' | 'PENDING_PAY' | 'SUCCEED' | 'FAILED' | 'REFUND' | 'PARTIAL_SUCCESS';

/** Where the platform's manual review stands. */
export type AuditState = 'PENDING' | 'APPROVED' | 'REJECTED';

/** How a payout can be made to end: all details alike, the first only, or each by its `mch_order_id`. */
export type PayoutOutcome =
  'succeeded' | 'failed' | 'partly-succeeded' | Readonly<Record<string, 'succeeded' | 'failed'>>;

/** One transfer of a payout. */
export interface PayoutOrderDetail {
  readonly detailId: string;
  /** `mch_order_id`; of a single payout the request_id, for it has none. */
  readonly reference: string;
  readonly amount: string;
  /** Words of the vendor demo's list; a paid detail as its sample spells it. */
  status: 'CREATED' | 'PROCESSING' | 'Succeeded' | 'FAILED' | 'REFUNDED';
  failReason: string | null;
  channelOrderNo: string | null;
  successTime: string | null;
  readonly destination: 'bank' | 'ewallet' | 'crypto_wallet';
  readonly holderName: string;
  readonly accountNumber: string;
  readonly accountType: string | null;
  readonly bankName: string | null;
  readonly country: string | null;
  readonly bic: string | null;
  /** For an e-wallet. */
  readonly provider: string | null;
}

/** A payout as the sandbox keeps it. */
export interface PayoutOrder {
  readonly payOrderId: string;
  readonly requestId: string;
  readonly kind: 'batch' | 'single';
  readonly currency: string;
  readonly total: string;
  readonly wayCode: string | undefined;
  readonly wayType: string | undefined;
  readonly notifyUrl: string;
  /** ISO 8601 with the vendor's offset. */
  readonly createdAt: string;
  readonly details: readonly PayoutOrderDetail[];
  status: PayoutWord;
  audit: AuditState;
  failReason: string | null;
}

/** The payout half of the fake Lesspay. */
export interface Payouts {
  createBatch(body: Record<string, unknown>): Record<string, unknown>;
  createSingle(body: Record<string, unknown>): Record<string, unknown>;
  query(body: Record<string, unknown>): Record<string, unknown>;
  triggerNotify(body: Record<string, unknown>): Record<string, unknown>;
  banks(body: Record<string, unknown>): unknown;
  balance(body: Record<string, unknown>): Record<string, unknown>;
  /** By request_id or pay_order_id. */
  find(id: string): PayoutOrder | undefined;
  approve(order: PayoutOrder): void;
  reject(order: PayoutOrder, reason?: string): void;
  settle(order: PayoutOrder, outcome: PayoutOutcome): void;
  refund(order: PayoutOrder): void;
  /** Sends a notice about a payout as it stands, with members changed or added. */
  notify(order: PayoutOrder, members?: Readonly<Record<string, unknown>>): void;
  readonly orders: readonly PayoutOrder[];
}

/** Pay Out Error Codes. */
const CODE = {
  invalidParameter: 30000,
  unsupportedCurrency: 30001,
  amountMismatch: 30002,
  invalidBeneficiaryType: 30004,
  invalidCountry: 30005,
  invalidAccount: 30006,
  duplicateDetail: 30007,
  invalidTransactionType: 30008,
  invalidAmount: 30009,
  idempotencyConflict: 30010,
  duplicateRequest: 30011,
  orderNotFound: 30020,
} as const;

/** All payout endpoints refuse what has no code of its own with this one. */
export const INVALID_PAYOUT_PARAMETER = CODE.invalidParameter;

/**
 * Pay Out Error Codes 30001 names PHP, INR, IDR; Multiple Transfer Methods also CNY, USD, BRL; the vendor's demo the third
 * row; Tazapay, Bank codes, which stands behind TAZAPAY_PAYOUT, the last.
 */
const CURRENCIES = new Set(
  ['PHP', 'INR', 'IDR', 'CNY', 'USD', 'BRL'].concat(
    ['JPY', 'KES', 'NGN', 'PKR', 'THB', 'VND', 'USDT'],
    ['AUD', 'CAD', 'EUR', 'GBP', 'HKD', 'KRW', 'MXN', 'MYR', 'SGD'],
  ),
);

/** Multiple Transfer Methods: the only providers of these currencies. For the others no list is published. */
const WALLET_PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  IDR: ['Gopay', 'ShopeePay'],
  PHP: ['GCash', 'GrabPay', 'PayMaya'],
};

/** Multiple Transfer Methods, `deposit_key_type`. What a key of each type looks like is Tazapay's page on PIX keys. */
const DEPOSIT_KEYS = {
  cpf: /^\d{11}$/,
  cnpj: /^[A-Z0-9]{12}\d{2}$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  phone: /^\+?\d{8,15}$/,
  random: /^\S+$/,
} as const;
const DEPOSIT_KEY_TYPES = Object.keys(DEPOSIT_KEYS) as (keyof typeof DEPOSIT_KEYS)[];

const WAY_TYPES = ['BANK_TRANSFER', 'E_WALLET', 'WALLET_TRANSFER', 'CRYPTO'] as const;
const HOLDER_TYPES = ['individual', 'business'] as const;

/** Tazapay's test mode, which stands behind TAZAPAY_PAYOUT: this amount fails. */
const FAILING_AMOUNT = 200_000n;

const MAX_ID = 64;

function minorTotal(amounts: readonly string[], currency: string): bigint {
  return amounts.reduce((sum, amount) => sum + (minorUnits(amount, currency) ?? 0n), 0n);
}

/** ISO 8601 with the offset of the vendor's samples: `2025-01-13T10:00:00.000+08:00`. */
function vendorTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}

/** As in the vendor's samples: `1234****5678`, `J****N`. */
function maskAccount(account: string): string {
  return account.length > 8 ? `${account.slice(0, 4)}****${account.slice(-4)}` : `****${account.slice(-2)}`;
}

function maskName(name: string): string {
  const letters = Array.from(name.toUpperCase());
  return `${letters[0] ?? ''}****${letters.at(-1) ?? ''}`;
}

/** Whether every detail has ended. */
export function isPayoutFinal(order: PayoutOrder): boolean {
  return order.status !== 'PENDING_CONFIRM' && order.status !== 'PENDING_PAY';
}

function countryOf(members: Members, name: string): string {
  // 30005: ISO 3166-1 alpha-2.
  const country = members.text(name, { code: CODE.invalidCountry });
  if (checkCountry(country) !== undefined) {
    members.refuse(name, 'must be an ISO 3166-1 alpha-2 code', CODE.invalidCountry);
  }
  return country;
}

function amountOf(members: Members, name: string, currency: string): string {
  // 30009: a positive number as a string.
  const amount = members.text(name, { code: CODE.invalidAmount });
  if (minorUnits(amount, currency) === undefined) {
    members.refuse(name, `must be a positive amount with at most ${decimalsOf(currency)} decimals`, CODE.invalidAmount);
  }
  return amount;
}

function accountOf(members: Members, name: string): string {
  // 30006. The vendor prints no form; the bounds are Tazapay's, "Field Validation Updates" of February 2026.
  const account = members.text(name, { code: CODE.invalidAccount });
  if (!/^[A-Z0-9]{4,34}$/i.test(account)) members.refuse(name, 'is not an account number', CODE.invalidAccount);
  return account;
}

function bicOf(members: Members, name: string): string | undefined {
  // Multiple Transfer Methods: 8 or 11 characters.
  const bic = members.optionalText(name);
  if (bic !== undefined && !/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) {
    members.refuse(name, 'must be a SWIFT code of 8 or 11 characters');
  }
  return bic;
}

function providerOf(members: Members, name: string, currency: string): string {
  const provider = members.text(name);
  const known = WALLET_PROVIDERS[currency];
  if (known && !known.includes(provider)) members.refuse(name, `must be one of ${known.join(', ')} for ${currency}`);
  return provider;
}

function walletAccountOf(members: Members, name: string): string {
  // Multiple Transfer Methods: a phone number, e-mail address or wallet id.
  const account = members.text(name, { max: 77, code: CODE.invalidAccount });
  if (/\s/.test(account) || account.length < 4) members.refuse(name, 'is not a wallet account', CODE.invalidAccount);
  return account;
}

function depositKeyOf(members: Members, typeName: string, keyName: string): void {
  const type = members.oneOf(typeName, DEPOSIT_KEY_TYPES);
  const key = members.text(keyName, { max: 77 });
  if (!DEPOSIT_KEYS[type].test(key)) members.refuse(keyName, `is not a key of type ${type}`);
}

type DetailData = Pick<
  PayoutOrderDetail,
  'destination' | 'holderName' | 'accountNumber' | 'accountType' | 'bankName' | 'country' | 'bic' | 'provider'
>;

/** Multiple Transfer Methods, detail of a bank transfer. */
function readBatchBank(detail: Members): DetailData {
  const holderName = detail.text('bank_account_name');
  const accountNumber = accountOf(detail, 'bank_account_no');
  const accountType = detail.oneOf('bank_account_type', HOLDER_TYPES, CODE.invalidBeneficiaryType);
  const bankName = detail.text('bank_name');
  const country = countryOf(detail, 'bank_country_code');
  const bic = bicOf(detail, 'bank_swift_code');
  // "Required for overseas banks"; the platform's home is mainland China, its example bank is one.
  if (bic === undefined && country !== 'CN') detail.refuse('bank_swift_code', 'is required for overseas banks');
  return {
    destination: 'bank',
    ...{ holderName, accountNumber, accountType, bankName, country, bic: bic ?? null, provider: null },
  };
}

/** Multiple Transfer Methods, `e_wallet`: every member is required. */
function readBatchWallet(detail: Members, currency: string): DetailData {
  const wallet = detail.object('e_wallet');
  const holderName = wallet.text('account_name');
  const accountNumber = walletAccountOf(wallet, 'account_number');
  const accountType = wallet.oneOf('account_type', HOLDER_TYPES, CODE.invalidBeneficiaryType);
  const provider = providerOf(wallet, 'provider', currency);
  depositKeyOf(wallet, 'deposit_key_type', 'deposit_key');
  return {
    destination: 'ewallet',
    ...{ holderName, accountNumber, accountType, bankName: null, country: null, bic: null, provider },
  };
}

/** Create Payout and the vendor demo's DTO: who receives a single payout, and where. */
function readBeneficiary(body: Members, currency: string): DetailData {
  const beneficiary = body.object('beneficiary');
  const accountType = beneficiary.oneOf('beneficiary_type', HOLDER_TYPES, CODE.invalidBeneficiaryType);
  const info = beneficiary.object('beneficiary_info');
  const holderName =
    info.optionalText('name') ??
    [info.text('first_name'), info.optionalText('last_name')].filter((part) => part !== undefined).join(' ');
  if (info.has('nationality')) countryOf(info, 'nationality');
  const address = info.optionalObject('address');
  if (address?.has('country')) countryOf(address, 'country');
  const phone = info.optionalObject('phone');
  if (phone) {
    phone.text('calling_code', { max: 5 });
    phone.text('number');
  }

  const destination = beneficiary.object('destination');
  const type = destination.oneOf('type', ['bank', 'bank_account', 'ewallet', 'crypto_wallet']);
  const shared = { holderName, accountType, bankName: null, country: null, bic: null, provider: null };
  if (type === 'ewallet') {
    const wallet = destination.object('e_wallet');
    const provider = providerOf(wallet, 'ewallet_provider', currency);
    // Here `account_type` is the type of the key, not of the holder.
    const keyType = wallet.optionalOneOf('account_type', DEPOSIT_KEY_TYPES);
    if (keyType !== undefined && wallet.has('deposit_key')) depositKeyOf(wallet, 'account_type', 'deposit_key');
    return { ...shared, destination: 'ewallet', accountNumber: walletAccountOf(wallet, 'account_number'), provider };
  }
  if (type === 'crypto_wallet') {
    const wallet = destination.object('crypto_wallet');
    wallet.oneOf('network', ['TRC20', 'ERC20', 'BEP20']);
    return { ...shared, destination: 'crypto_wallet', accountNumber: wallet.text('wallet_address') };
  }
  const bank = destination.object('bank');
  bank.optionalOneOf('account_type', ['savings', 'checking', 'payment']);
  const country = countryOf(bank, 'country');
  // "Account number or IBAN, one is mandatory."
  if (!bank.has('account_number') && !bank.has('iban')) {
    bank.refuse('account_number', 'or iban is required', CODE.invalidAccount);
  }
  const accountNumber = bank.has('iban') ? accountOf(bank, 'iban') : accountOf(bank, 'account_number');
  const codes = bank.optionalObject('bank_codes');
  const bic = codes ? bicOf(codes, 'swift_code') : undefined;
  const bankName = bank.optionalText('bank_name') ?? null;
  return { ...shared, destination: 'bank', accountNumber, bankName, country, bic: bic ?? null };
}

/** Creates the payout half. */
export function createPayouts(settings: Settings, clock: Clock, delivery: Delivery): Payouts {
  const orders: PayoutOrder[] = [];
  const fingerprints = new Map<PayoutOrder, string | undefined>();
  const timers = new Map<PayoutOrder, Timer>();

  const find = (id: string) => orders.find((order) => order.requestId === id || order.payOrderId === id);

  /** Fetch Payout, `data`; the webhook's body is the same object. */
  function record(order: PayoutOrder): Record<string, unknown> {
    return {
      pay_order_id: order.payOrderId,
      request_id: order.requestId,
      order_status: order.status,
      currency: order.currency,
      total_amount: order.total,
      decimal_places: decimalsOf(order.currency),
      fail_reason: order.failReason,
      created_at: order.createdAt,
      details: order.details.map((detail) => ({
        payout_order_detail_id: detail.detailId,
        mch_order_id: detail.reference,
        amount: detail.amount,
        actual_amount: detail.status === 'Succeeded' ? detail.amount : null,
        status: detail.status,
        audit_state: order.audit,
        fail_reason: detail.failReason,
        rejected_reason: order.audit === 'REJECTED' ? order.failReason : null,
        channel_order_no: detail.channelOrderNo,
        bank_account_no: maskAccount(detail.accountNumber),
        bank_account_name: maskName(detail.holderName),
        bank_account_type: detail.accountType,
        bank_name: detail.bankName,
        bank_country_code: detail.country,
        bank_swift_code: detail.bic,
        success_time: detail.successTime,
      })),
    };
  }

  function notify(order: PayoutOrder, members: Readonly<Record<string, unknown>> = {}): void {
    const body = JSON.stringify({ ...record(order), ...members });
    delivery.send({
      kind: 'payout',
      orderId: order.payOrderId,
      requestId: order.requestId,
      url: order.notifyUrl,
      body,
      // Payout webhook: the whole body is signed, whatever the api_version.
      headers: {
        'content-type': 'application/json',
        'X-Auth-Signature': signatureOf(body, settings.appSecret) ?? '',
        'X-Auth-Timestamp': String(clock.wall()),
      },
    });
  }

  function wait(order: PayoutOrder, ms: number, run: () => void): void {
    timers.get(order)?.cancel();
    timers.set(order, clock.after(ms, run));
  }

  function approve(order: PayoutOrder): void {
    if (order.status !== 'PENDING_CONFIRM') throw new Error(`Payout ${order.requestId} is not waiting for review.`);
    order.status = 'PENDING_PAY';
    order.audit = 'APPROVED';
    for (const detail of order.details) detail.status = 'PROCESSING';
    wait(order, settings.settleDelayMs, () => settle(order, ruledOutcome(order)));
  }

  function ruledOutcome(order: PayoutOrder): Readonly<Record<string, 'succeeded' | 'failed'>> {
    const failing = FAILING_AMOUNT * 10n ** BigInt(decimalsOf(order.currency));
    return Object.fromEntries(
      order.details.map(({ reference, amount }) => [
        reference,
        minorUnits(amount, order.currency) === failing ? 'failed' : 'succeeded',
      ]),
    );
  }

  function settle(order: PayoutOrder, outcome: PayoutOutcome): void {
    if (isPayoutFinal(order)) throw new Error(`Payout ${order.requestId} has already ended.`);
    if (outcome === 'partly-succeeded' && order.details.length < 2) {
      throw new Error(`Payout ${order.requestId} has one detail: it cannot succeed in part.`);
    }
    if (order.status === 'PENDING_CONFIRM') approve(order);
    timers.get(order)?.cancel();
    order.details.forEach((detail, index) => {
      const result =
        typeof outcome === 'object'
          ? (outcome[detail.reference] ?? 'succeeded')
          : outcome === 'partly-succeeded'
            ? index === 0
              ? 'succeeded'
              : 'failed'
            : outcome;
      const paid = result === 'succeeded';
      detail.status = paid ? 'Succeeded' : 'FAILED';
      detail.failReason = paid ? null : 'The receiving institution refused the transfer';
      detail.channelOrderNo = `CH${detail.detailId.slice(3)}`;
      detail.successTime = paid ? vendorTime(clock.now()) : null;
    });
    const paid = order.details.filter(({ status }) => status === 'Succeeded').length;
    order.status = paid === order.details.length ? 'SUCCEED' : paid === 0 ? 'FAILED' : 'PARTIAL_SUCCESS';
    order.failReason = order.status === 'FAILED' ? 'All transfers failed' : null;
    // Pay Out Development Guidelines: one notification when every detail has ended.
    notify(order);
  }

  function reject(order: PayoutOrder, reason = 'Review rejected'): void {
    if (order.status !== 'PENDING_CONFIRM') throw new Error(`Payout ${order.requestId} is not waiting for review.`);
    timers.get(order)?.cancel();
    order.status = 'FAILED';
    order.audit = 'REJECTED';
    order.failReason = reason;
    for (const detail of order.details) {
      detail.status = 'FAILED';
      detail.failReason = reason;
    }
    notify(order);
  }

  /** What both create endpoints ask of a request before the recipients. */
  function readHead(members: Members): { requestId: string; currency: string } {
    const requestId = members.text('request_id', { max: MAX_ID });
    // 30008: "the transaction type must be payout"; no payout request documents the member, so it is only checked when sent.
    if (members.has('transaction_type')) {
      members.oneOf('transaction_type', ['PAY_OUT', 'PAYOUT'], CODE.invalidTransactionType);
    }
    const currency = members.text('currency');
    if (!CURRENCIES.has(currency)) members.refuse('currency', 'is not supported', CODE.unsupportedCurrency);
    members.optionalText('product_name');
    members.optionalText('description');
    members.digits('expired_time');
    return { requestId, currency };
  }

  function add(order: PayoutOrder, body: Record<string, unknown>): void {
    // 30010 and 30011: the same request_id again, with other parameters or with the same.
    const fingerprint = signatureOf(JSON.stringify(body), settings.appSecret);
    const earlier = orders.find(({ requestId }) => requestId === order.requestId);
    if (earlier) {
      if (fingerprints.get(earlier) === fingerprint) {
        throw new Refusal(CODE.duplicateRequest, 'request_id already exists');
      }
      throw new Refusal(CODE.idempotencyConflict, 'request_id was used with other parameters');
    }
    orders.push(order);
    fingerprints.set(order, fingerprint);
    if (settings.reviewDelayMs !== undefined) wait(order, settings.reviewDelayMs, () => approve(order));
  }

  function detailOf(reference: string, amount: string, data: DetailData): PayoutOrderDetail {
    return {
      detailId: orderId('POD'),
      reference,
      amount,
      ...{ status: 'CREATED', failReason: null, channelOrderNo: null, successTime: null },
      ...data,
    };
  }

  function lookUp(body: Record<string, unknown>): PayoutOrder {
    const members = new Members(body, CODE.invalidParameter);
    const requestId = members.optionalText('request_id');
    const payOrderId = members.optionalText('pay_order_id');
    const id = payOrderId ?? requestId ?? members.refuse('request_id', 'or pay_order_id is required');
    const order = orders.find(
      (candidate) => (payOrderId === undefined ? candidate.requestId : candidate.payOrderId) === id,
    );
    if (!order || (requestId !== undefined && order.requestId !== requestId)) {
      throw new Refusal(CODE.orderNotFound, 'order not found');
    }
    return order;
  }

  return {
    orders,
    find,
    approve,
    reject,
    settle,
    notify,

    refund(order) {
      if (order.status !== 'SUCCEED') throw new Error(`Payout ${order.requestId} has not succeeded.`);
      order.status = 'REFUND';
      for (const detail of order.details) detail.status = 'REFUNDED';
      notify(order);
    },

    createBatch(body) {
      const members = new Members(body, CODE.invalidParameter);
      const { requestId, currency } = readHead(members);
      const total = amountOf(members, 'total_amount', currency);
      if (settings.requireWayType) members.text('way_type');
      const wayType = members.optionalOneOf('way_type', WAY_TYPES);
      const wayCode = members.text('way_code');
      const notifyUrl = members.url('notify_url');
      members.optionalText('transaction_network');
      // Multiple Transfer Methods has `destination_type` in each detail, the vendor's demo at the root with `bank` as its default.
      const rootType = members.optionalOneOf('destination_type', ['bank', 'ewallet', 'crypto_wallet']);
      const references = new Set<string>();
      const details = members.list('payout_order_details').map((detail) => {
        const reference = detail.text('mch_order_id', { max: MAX_ID });
        if (references.has(reference)) detail.refuse('mch_order_id', 'is used twice', CODE.duplicateDetail);
        references.add(reference);
        const amount = amountOf(detail, 'amount', currency);
        const type = detail.optionalOneOf('destination_type', ['bank', 'ewallet']) ?? rootType ?? 'bank';
        if (rootType !== undefined && type !== rootType) {
          detail.refuse('destination_type', `contradicts the request's ${rootType}`);
        }
        if (type === 'crypto_wallet') detail.refuse('destination_type', 'crypto_wallet is not offered in a batch');
        return detailOf(
          reference,
          amount,
          type === 'ewallet' ? readBatchWallet(detail, currency) : readBatchBank(detail),
        );
      });
      // 30002: the total must equal the sum of the details.
      const sum = minorTotal(
        details.map(({ amount }) => amount),
        currency,
      );
      if (sum !== minorUnits(total, currency)) {
        throw new Refusal(
          CODE.amountMismatch,
          `total_amount is not the sum of the details, ${decimalText(sum, currency)}`,
        );
      }

      const order: PayoutOrder = {
        payOrderId: orderId('PO'),
        kind: 'batch',
        createdAt: vendorTime(clock.now()),
        ...{ requestId, currency, total, wayCode, wayType, notifyUrl, details },
        ...{ status: 'PENDING_CONFIRM', audit: 'PENDING', failReason: null },
      };
      add(order, body);
      return {
        pay_order_id: order.payOrderId,
        request_id: requestId,
        created_at: order.createdAt,
        order_status: order.status,
        total_count: details.length,
        total_amount_obj: { amountStr: total, currencyCode: currency },
        encryptData: '',
        sign: '',
      };
    },

    createSingle(body) {
      const members = new Members(body, CODE.invalidParameter);
      const { requestId, currency } = readHead(members);
      const amount = amountOf(members, 'amount', currency);
      const wayType = members.optionalOneOf('way_type', WAY_TYPES);
      const wayCode = members.optionalText('way_code');
      // The vendor's demo: a specific channel, or a kind only.
      if (wayCode === undefined && wayType === undefined) members.refuse('way_code', 'or way_type is required');
      members.optionalText('purpose');
      const notifyUrl = members.url('notify_url');
      const details = [detailOf(requestId, amount, readBeneficiary(members, currency))];
      const order: PayoutOrder = {
        payOrderId: orderId('PO'),
        kind: 'single',
        createdAt: vendorTime(clock.now()),
        ...{ requestId, currency, total: amount, wayCode, wayType, notifyUrl, details },
        ...{ status: 'PENDING_CONFIRM', audit: 'PENDING', failReason: null },
      };
      add(order, body);
      // Not published: the members that the batch answer and this endpoint share. Whether single payouts are reviewed is not
      // published either; here they are.
      return {
        pay_order_id: order.payOrderId,
        request_id: requestId,
        created_at: order.createdAt,
        order_status: order.status,
        amount,
        currency,
      };
    },

    query: (body) => record(lookUp(body)),

    triggerNotify(body) {
      // The vendor's demo: answers the callback's content and sends it as well.
      const order = lookUp(body);
      notify(order);
      return record(order);
    },

    banks(body) {
      const members = new Members(body, CODE.invalidParameter);
      const country = countryOf(members, 'bank_country_code');
      const currency = members.text('currency');
      if (!CURRENCIES.has(currency)) members.refuse('currency', 'is not supported', CODE.unsupportedCurrency);
      members.text('way_code');
      // Not published but for a demo comment: each bank has a code and a name.
      return (settings.payoutBanks ?? payoutBanks)[country] ?? [];
    },

    balance(body) {
      const members = new Members(body, CODE.invalidParameter);
      const currency = members.text('currency');
      if (!CURRENCIES.has(currency)) members.refuse('currency', 'is not supported', CODE.unsupportedCurrency);
      const wayCode = members.text('way_code');
      // The vendor's demo: 12Pay answers that balances are unsupported.
      if (wayCode.startsWith('TWELVEPAY')) members.refuse('way_code', 'does not support balances');
      const spent = minorTotal(
        orders
          .filter((order) => order.currency === currency && order.status !== 'FAILED' && order.status !== 'REFUND')
          .map(({ total }) => total),
        currency,
      );
      const funds = 10n ** BigInt(decimalsOf(currency)) * 10_000_000n;
      // The answer is not published.
      return { currency, way_code: wayCode, balance: decimalText(funds > spent ? funds - spent : 0n, currency) };
    },
  };
}
