import { createHmac, randomInt } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock, Timer } from './clock.ts';
import type { Delivery } from './delivery.ts';
import { hex } from './ids.ts';
import { leanxBanks, type LeanxBank } from './leanx-banks.ts';
import { decimalText, minorUnits } from './money.ts';
import type { Settings } from './options.ts';

/** LeanX docs, Status Checking: what a payout can be. */
export type LeanxStatus = 'PENDING' | 'STATUS_PENDING_APPROVAL' | 'SUCCESS' | 'FAILED';

/** A LeanX payout as the sandbox keeps it. */
export interface LeanxPayout {
  readonly invoiceNo: string;
  readonly externalRef: string | undefined;
  readonly poolReference: string;
  readonly bank: LeanxBank;
  readonly amount: string;
  readonly recipientName: string;
  readonly recipientReference: string;
  readonly accountNumber: string;
  readonly callbackUrl: string;
  readonly createdAt: number;
  readonly transactionInvoiceNo: string;
  updatedAt: number;
  status: LeanxStatus;
}

/** The fake LeanX. */
export interface Leanx {
  /** `path` begins with `/api/v1/merchant/`; `signedPath` is the path as the caller may have signed it, with the sandbox's prefix. */
  answer(
    request: Request,
    place: { path: string; signedPath: string; search: URLSearchParams },
    text: string,
  ): LeanxAnswer;
  find(id: string): LeanxPayout | undefined;
  settle(payout: LeanxPayout, outcome: 'succeeded' | 'failed'): void;
  /** Sets the name that the account check finds: `null` for an account that does not exist, `''` for one whose bank tells no name. */
  setAccountName(accountNumber: string, name: string | null): void;
  readonly payouts: readonly LeanxPayout[];
}

/** An envelope and its HTTP status. */
export interface LeanxAnswer {
  readonly status: number;
  readonly envelope: Record<string, unknown>;
}

/**
 * LeanX's own page of error codes is not public. 3614, 4566, 5699 and 5993 were seen by integrators; the others are ours, in the same
 * manner. Which HTTP status goes with a failure is not published: 401 and 403 for who may ask, 200 for the rest.
 */
const FAILURES = {
  INVALID_TOKEN: { code: 5698, status: 401 },
  INVALID_UUID: { code: 5699, status: 401 },
  INVALID_SIGNATURE: { code: 5697, status: 401 },
  FORBIDDEN_ENDPOINT: { code: 5403, status: 403 },
  NO_RESULT: { code: 3614, status: 200 },
  INVALID_PARAMETER: { code: 4566, status: 200 },
  PAYMENT_SERVICE_NOT_ACTIVE: { code: 4567, status: 200 },
  DUPLICATE_EXTERNAL_INVOICE_REF: { code: 4568, status: 200 },
  ACCOUNT_NOT_FOUND: { code: 4569, status: 200 },
  INSUFFICIENT_BALANCE: { code: 5993, status: 200 },
} as const;

class Failure extends Error {
  readonly kind: keyof typeof FAILURES;

  constructor(kind: keyof typeof FAILURES, message: string = kind) {
    super(message);
    this.kind = kind;
  }
}

/** Create Payout: at least RM 2.00 stays in the pool besides the amount. */
const RESERVE_SEN = 200n;
/** Signature Validation: a signature is good for 5 minutes. */
const SIGNATURE_AGE_S = 300;
/** Status Checking: manual approval takes 30 to 40 minutes. */
const APPROVAL_MS = 35 * 60_000;
/** Sandbox values that force a state are not published; these sen are ours. */
const FAILING_SEN = 13n;
const APPROVAL_SEN = 34n;

const NAMES = [
  'NUR AISYAH BINTI RAHMAN',
  'TAN WEI MING',
  'ARJUN A/L SUBRAMANIAM',
  'AHMAD FAIZ BIN ISMAIL',
  'LIM SIEW LING',
  'SITI HAJAR BINTI OTHMAN',
];

/** Zone-less Malaysia time, as in LeanX's samples: `2023-12-05T17:43:07.000000`. */
function malaysiaTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '.000000');
}

/** Creates the fake LeanX; `settings.leanx` must be there. */
export function createLeanx(settings: Settings, clock: Clock, delivery: Delivery): Leanx {
  const credentials = settings.leanx;
  if (!credentials) throw new TypeError('createSandbox: leanx is missing.');
  const { authToken, uuid, hashKey, signRequests, poolReference } = credentials;
  const payouts: LeanxPayout[] = [];
  const timers = new Map<LeanxPayout, Timer>();
  const names = new Map<string, string | null>();
  const nonces = new Set<string>();
  let poolSen = minorUnits(credentials.poolBalance, 'MYR') ?? 0n;

  /** Token Validation and Signature Validation. */
  function admit(request: Request, path: string, signedPath: string): void {
    const token = request.headers.get('auth-token') ?? '';
    if (token !== authToken) {
      // One integrator saw INVALID_UUID for credentials of the other environment.
      throw new Failure(token.split('|')[1] !== uuid && token.includes('|') ? 'INVALID_UUID' : 'INVALID_TOKEN');
    }
    if (request.method !== 'POST') throw new Failure('FORBIDDEN_ENDPOINT', 'Requested endpoint is forbidden');
    if (!signRequests) return;
    const timestamp = request.headers.get('x-timestamp') ?? '';
    const nonce = request.headers.get('x-nonce') ?? '';
    const signature = request.headers.get('x-signature') ?? '';
    const age = Math.abs(clock.wall() / 1000 - Number(timestamp));
    if (!/^\d{10}$/.test(timestamp) || age > SIGNATURE_AGE_S || nonce === '' || nonces.has(nonce)) {
      throw new Failure('INVALID_SIGNATURE');
    }
    // LeanX's own SDKs join the parts with a pipe; the path has no query. The signed path of a sandbox under a prefix may
    // have the prefix or not.
    const expected = [path, signedPath].map((part) =>
      createHmac('sha256', hashKey).update(['POST', uuid, part, timestamp, authToken, nonce].join('|')).digest('hex'),
    );
    if (!expected.includes(signature)) throw new Failure('INVALID_SIGNATURE');
    nonces.add(nonce);
  }

  function member(body: Record<string, unknown>, name: string): string {
    const value = body[name];
    if (value === undefined || value === null || value === '')
      throw new Failure('INVALID_PARAMETER', `missing ${name}`);
    if (typeof value !== 'string') throw new Failure('INVALID_PARAMETER', `${name} must be a string`);
    return value;
  }

  function bankOf(body: Record<string, unknown>): LeanxBank {
    const id = body.payout_service_id;
    if (id === undefined || id === null || id === '') {
      throw new Failure('INVALID_PARAMETER', 'missing payout_service_id');
    }
    // An integrator saw 4566 for a service id sent as a string.
    if (typeof id !== 'number') throw new Failure('INVALID_PARAMETER', 'payout_service_id must be a number');
    const found = leanxBanks.find((bank) => bank.id === id);
    if (!found?.active) throw new Failure('PAYMENT_SERVICE_NOT_ACTIVE');
    return found;
  }

  function accountOf(body: Record<string, unknown>): string {
    const account = member(body, 'third_party_account_no');
    if (!/^\d{5,20}$/.test(account)) throw new Failure('INVALID_PARAMETER', 'third_party_account_no must be digits');
    return account;
  }

  function find(id: string): LeanxPayout | undefined {
    return payouts.find((payout) => payout.invoiceNo === id || payout.externalRef === id);
  }

  /** Callback: `data` is a JWT under the Hash Key. It is promised for successful payouts only. */
  async function callback(payout: LeanxPayout) {
    const sen = minorUnits(payout.amount, 'MYR') ?? 0n;
    const claims = {
      output: {
        invoice_no: payout.transactionInvoiceNo,
        error_description: [],
        bank_response: {
          Success: true,
          Result: {
            OrgnFromAccountCurrency: 'MYR',
            OrgnThirdPartyAccountNo: payout.accountNumber,
            OrgnPaymentDescription: hex(13),
            DisplayName: payout.recipientName,
            BankReferenceNo: `${malaysiaTime(clock.now()).replaceAll(/\D/g, '').slice(0, 14)}${String(randomInt(1e6)).padStart(6, '0')}`,
            OrgnTransactionAmount: String(Number(payout.amount)),
            PaymentStatus: 'ACSP',
            OrgnThirdPartyBankBICCode: payout.bank.bic,
            OrgnCurrency: 'MYR',
            OrgnRecipientReference: payout.recipientReference,
          },
        },
      },
      // Despite its name the payout's invoice number, as in LeanX's sample.
      client_data: {
        virtual_pool_reference: payout.invoiceNo,
        external_invoice_ref: payout.externalRef ?? null,
        recipient_reference: payout.recipientReference,
      },
      invoice_status_id: 2,
      invoice_status: 'SUCCESS',
      amount: decimalText(sen, 'MYR'),
      payout_service_id: payout.bank.id,
      client_transaction_details: null,
      payout_payment: {
        item: {
          balance: decimalText(poolSen, 'MYR'),
          virtual_pool_reference: payout.poolReference,
          record_status_id: 1,
        },
      },
    };
    const data = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(hashKey));
    return {
      kind: 'leanx' as const,
      orderId: payout.invoiceNo,
      requestId: payout.externalRef ?? payout.invoiceNo,
      url: payout.callbackUrl,
      body: JSON.stringify({ data, response_code: 2100 }),
      headers: { 'content-type': 'application/json' },
    };
  }

  function settle(payout: LeanxPayout, outcome: 'succeeded' | 'failed'): void {
    if (payout.status === 'SUCCESS' || payout.status === 'FAILED') {
      throw new Error(`Payout ${payout.invoiceNo} has already ended.`);
    }
    timers.get(payout)?.cancel();
    payout.status = outcome === 'succeeded' ? 'SUCCESS' : 'FAILED';
    payout.updatedAt = clock.now();
    if (outcome === 'succeeded') delivery.prepare(callback(payout));
    else poolSen += minorUnits(payout.amount, 'MYR') ?? 0n;
  }

  const endpoints: Readonly<Record<string, (body: Record<string, unknown>, search: URLSearchParams) => unknown>> = {
    validate: () => ({
      'merchant-id': authToken.split('|')[0],
      'merchant-name': settings.merchantName ?? 'Sandbox merchant',
      'merchant-created': '2023-01-18T06:13:12',
    }),

    'overall-balance': () => ({
      transaction_balance: {
        value: 0,
        pool_name: 'TRANSACTION',
        api_key: uuid,
        record_status: 1,
        updated_at: malaysiaTime(clock.now()),
        account_id: 57,
        id: 337,
        pool_type: 1,
        created_at: '2023-01-18T06:13:12.000000',
      },
      prefund_balance: Number(decimalText(poolSen, 'MYR')),
      total_transaction_as_of_today: payouts.length,
    }),

    'list-payout-services': () => {
      const rows = [...new Set(leanxBanks.map(({ group }) => group))].map((group) => ({
        [group]: leanxBanks
          .filter((bank) => bank.group === group)
          .map(({ id, reference, name, active }) => ({
            payout_service_id: id,
            payment_model_reference_id: 1,
            payment_model_reference: 'B2C',
            unique_reference: reference,
            payment_service: group,
            name,
            record_status_id: active ? 1 : 2,
            record_status: active ? 'ACTIVE' : 'INACTIVE',
          })),
      }));
      const total = leanxBanks.length;
      return {
        list: {
          ...{ draw: total, record_total: total, record_filtered: total, data: rows },
          ...{ next_page_start: null, next_page_length: null, previous_page_start: null, previous_page_length: null },
        },
      };
    },

    'create-payout-invoice': (body) => {
      const pool = member(body, 'virtual_pool_reference');
      if (poolReference === undefined ? !/^VA-[\w-]+$/.test(pool) : pool !== poolReference) {
        throw new Failure('INVALID_PARAMETER', 'unknown virtual_pool_reference');
      }
      const bank = bankOf(body);
      // Create Payout: Decimal(10,2), a number in the sample; one integrator sends a string with two decimals.
      const { amount } = body;
      if (amount === undefined || amount === null) throw new Failure('INVALID_PARAMETER', 'missing amount');
      const amountText = typeof amount === 'number' || typeof amount === 'string' ? String(amount) : '';
      const sen = minorUnits(amountText, 'MYR');
      if (sen === undefined || sen > 9_999_999_999n)
        throw new Failure('INVALID_PARAMETER', 'amount must be Decimal(10,2)');
      const recipientName = member(body, 'recipient_name');
      const callbackUrl = member(body, 'client_callback_url');
      if (!/^https?:\/\/\S+$/.test(callbackUrl) || !URL.canParse(callbackUrl)) {
        throw new Failure('INVALID_PARAMETER', 'client_callback_url must be a URL');
      }
      const accountNumber = accountOf(body);
      const recipientReference = member(body, 'recipient_reference');
      const externalRef = body.external_invoice_ref == null ? undefined : member(body, 'external_invoice_ref');
      // What LeanX does with a second payout under one reference is not published; refusing it keeps the reference a key.
      if (externalRef !== undefined && credentials.repeatedReference === 'refuse' && find(externalRef)) {
        throw new Failure('DUPLICATE_EXTERNAL_INVOICE_REF');
      }
      if (poolSen < sen + RESERVE_SEN) throw new Failure('INSUFFICIENT_BALANCE');
      poolSen -= sen;

      const now = clock.now();
      const payout: LeanxPayout = {
        invoiceNo: `PAYOUT-${hex(4).toUpperCase()}:${malaysiaTime(now).slice(11, 19).replaceAll(':', '')}-LEANX`,
        transactionInvoiceNo: `PAYOUT${Math.floor(now / 1000)}${hex(7)}`,
        amount: decimalText(sen, 'MYR'),
        poolReference: pool,
        createdAt: now,
        updatedAt: now,
        status: sen % 100n === APPROVAL_SEN ? 'STATUS_PENDING_APPROVAL' : 'PENDING',
        ...{ bank, externalRef, recipientName, recipientReference, accountNumber, callbackUrl },
      };
      payouts.push(payout);
      const delay = payout.status === 'PENDING' ? settings.settleDelayMs : APPROVAL_MS;
      const outcome = sen % 100n === FAILING_SEN ? 'failed' : 'succeeded';
      timers.set(
        payout,
        clock.after(delay, () => settle(payout, outcome)),
      );
      return { status: 'SUCCESS', invoice_no: payout.invoiceNo };
    },

    'get-payout-transaction-by-id': (_body, search) => {
      const payout = find(search.get('_id') ?? '');
      if (!payout) throw new Failure('NO_RESULT');
      return {
        payout_invoice_no: payout.invoiceNo,
        // Despite its name the pool's reference, as in LeanX's sample.
        merchant_invoice_id: payout.poolReference,
        id: payouts.indexOf(payout) + 1,
        payout_account_number: payout.accountNumber,
        transaction_fee: 0,
        account_id: 3,
        record_status: 1,
        updated_at: malaysiaTime(payout.updatedAt),
        switch_invoice_id: `VP${payout.transactionInvoiceNo.slice(6)}`,
        transaction_invoice_no: payout.transactionInvoiceNo,
        transaction_status: payout.status,
        value: Number(payout.amount),
        switch_transaction_fee: 0,
        api_key: uuid,
        created_at: malaysiaTime(payout.createdAt),
        // The page mentions an error object for FAILED and does not print it.
        ...(payout.status === 'FAILED' && { error_message: { message: 'Rejected by the receiving bank' } }),
      };
    },

    'check-verification-bank': (body) => {
      const bank = bankOf(body);
      const account = accountOf(body);
      // Which accounts exist in LeanX's sandbox is not published: …00 has no name to tell, …99 does not exist.
      const ruled = account.endsWith('99')
        ? null
        : account.endsWith('00')
          ? ''
          : NAMES[Number(account.at(-1)) % NAMES.length];
      const name = names.has(account) ? names.get(account) : ruled;
      if (name == null) throw new Failure('ACCOUNT_NOT_FOUND');
      return {
        Success: true,
        Result: { OrgnThirdPartyBankBICCode: bank.bic, OrgnThirdPartyAccountNo: account, CreditorName: name },
      };
    },
  };

  function envelope(code: number, data: unknown, error: string | null): Record<string, unknown> {
    return {
      response_code: code,
      description: error === null ? 'SUCCESS' : 'FAILED',
      app_version: '/api/v1',
      talk_to_server_before: malaysiaTime(clock.now()),
      data,
      breakdown_errors: error,
      token: uuid,
    };
  }

  return {
    payouts,
    find,
    settle,
    setAccountName: (accountNumber, name) => {
      names.set(accountNumber, name);
    },
    answer(request, { path, signedPath, search }, text) {
      try {
        admit(request, path, signedPath);
        const name = path.slice('/api/v1/merchant/'.length);
        const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
        if (!endpoint) throw new Failure('FORBIDDEN_ENDPOINT', 'Requested endpoint is forbidden');
        let body: unknown;
        try {
          body = text.trim() === '' ? {} : JSON.parse(text);
        } catch {
          throw new Failure('INVALID_PARAMETER', 'the body is not JSON');
        }
        if (typeof body !== 'object' || body === null)
          throw new Failure('INVALID_PARAMETER', 'the body is not an object');
        return { status: 200, envelope: envelope(2000, endpoint(body as Record<string, unknown>, search), null) };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const { code, status } = FAILURES[error.kind];
        return { status, envelope: envelope(code, null, error.message) };
      }
    },
  };
}
