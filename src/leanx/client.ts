import { randomUUID } from 'node:crypto';
import type { PayoutStatus } from '../protocol/status.ts';
import { type Answer, isRefusingStatus, readAnswer } from '../upstream/answer.ts';
import { type OnUpstreamCall, reportCall, type UpstreamOperation } from '../upstream/call.ts';
import { UpstreamError, type UpstreamErrorKind, type UpstreamOutcome } from '../upstream/error.ts';
import type { Send } from '../upstream/send.ts';
import {
  envelope,
  type LeanxAccountCheck,
  type LeanxPayoutService,
  type LeanxPayoutState,
  type LeanxPoolBalance,
  readAccountCheck,
  readCreatedPayout,
  readMerchant,
  readPayoutServices,
  readPayoutState,
  readPoolBalance,
} from './messages.ts';
import { signLeanx } from './signing.ts';

export type { LeanxAccountCheck, LeanxPayoutService, LeanxPayoutState, LeanxPoolBalance } from './messages.ts';

/** Options of `createLeanxClient`. */
export interface LeanxClientOptions {
  authToken: string;
  hashKey: string;
  /** With or without a path before `/api/…`. */
  baseUrl: string;
  send: Send;
  /** Epoch milliseconds. */
  now?: (() => number) | undefined;
  /** Sends the optional x-signature headers; off by default, as for a new LeanX API key. */
  signRequests?: boolean | undefined;
  /** `number` by default, as LeanX documents it; one integrator had to send a string. */
  amountAs?: 'number' | 'string' | undefined;
  onCall?: OnUpstreamCall | undefined;
}

/** A payout in MYR. */
export interface CreateLeanxPayout {
  poolReference: string;
  serviceId: number;
  /** Decimal string, at most 8 integer digits and 2 decimals. */
  amount: string;
  recipientName: string;
  callbackUrl: string;
  accountNumber: string;
  /** Our reference; the status call finds the payout by it. */
  externalRef: string;
  recipientReference: string;
  /** Which sending of this reference it is, for those who watch the calls. */
  attempt?: number | undefined;
}

/** LeanX as this merchant sees it. Every method fails with an `UpstreamError`. */
export interface LeanxClient {
  listPayoutServices(): Promise<LeanxPayoutService[]>;
  /** The answered status is never `succeeded`: LeanX says SUCCESS when it has accepted a payout. */
  createPayout(payout: CreateLeanxPayout): Promise<{ invoiceNo: string; status: PayoutStatus }>;
  /**
   * By the payout's `invoice_no` or our external reference. Undefined when LeanX gives no result; what it does with a second payout
   * of the same reference is not published, so that is no licence to send again.
   */
  payoutStatus(query: { ref: string }): Promise<LeanxPayoutState | undefined>;
  checkAccount(account: { serviceId: number; accountNumber: string }): Promise<LeanxAccountCheck>;
  poolBalance(): Promise<LeanxPoolBalance>;
  /** Which merchant the auth token belongs to; a wrong token is refused. */
  validateToken(): Promise<{ merchantId?: string; merchantName?: string }>;
}

const PATHS = {
  'list-banks': '/api/v1/merchant/list-payout-services',
  'create-payout': '/api/v1/merchant/create-payout-invoice',
  'query-payout': '/api/v1/merchant/get-payout-transaction-by-id',
  'check-account': '/api/v1/merchant/check-verification-bank',
  'read-balance': '/api/v1/merchant/overall-balance',
  'validate-token': '/api/v1/merchant/validate',
} as const satisfies Partial<Record<UpstreamOperation, string>>;

/** 2000 is success; 2100 is success too where the answer passes a callback on (LeanX docs; OpenCart plugin). */
const SUCCESS = new Set(['2000', '2100']);
/** Seen from the transaction-status endpoint when it has no result (WooCommerce plugin). */
const NO_RESULT = '3614';
/** Credentials of another host: nothing was looked at. */
const REFUSALS: Readonly<Record<string, string>> = { '5699': 'credentials do not belong to this host' };
const REFUSAL_NAMES = new Set(['INVALID_UUID', 'INVALID_TOKEN']);
const CODE = /^[0-9]{1,9}$/;
/** Decimal(10,2). */
const AMOUNT = /^[0-9]{1,8}(\.[0-9]{1,2})?$/;

function shapeError(message: string): UpstreamError {
  return new UpstreamError({ kind: 'shape', outcome: 'unknown', message });
}

function openEnvelope(
  text: string,
  httpStatus: number,
): { code: string; data: Answer | undefined; breakdown: Answer | undefined } {
  const read = envelope.safeParse(readAnswer(text, httpStatus));
  if (!read.success || !CODE.test(read.data.response_code)) {
    throw new UpstreamError({
      kind: httpStatus >= 400 ? 'http' : 'shape',
      outcome: isRefusingStatus(httpStatus) ? 'refused' : 'unknown',
      httpStatus,
      message: `LeanX answered with HTTP ${httpStatus} and without a response_code.`,
    });
  }
  return { code: read.data.response_code, data: read.data.data, breakdown: read.data.breakdown_errors };
}

/** Its error table is not public: apart from wrong credentials a failure code says nothing certain about what happened. */
function failureOf(code: string, breakdown: Answer | undefined, httpStatus: number): UpstreamError {
  const isRefusal =
    httpStatus < 500 &&
    (Object.hasOwn(REFUSALS, code) ||
      (typeof breakdown === 'string' && REFUSAL_NAMES.has(breakdown)) ||
      isRefusingStatus(httpStatus));
  const meaning = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  return new UpstreamError({
    kind: 'refused',
    outcome: isRefusal ? 'refused' : 'unknown',
    upstreamCode: code,
    httpStatus,
    message: `LeanX answered with code ${code}${meaning === undefined ? '' : ` (${meaning})`}.`,
  });
}

/** Sends the LeanX merchant calls and reads every observed spelling of their answers. Keys stay in closures. */
export function createLeanxClient({
  authToken,
  hashKey,
  baseUrl,
  send,
  now = Date.now,
  signRequests = false,
  amountAs = 'number',
  onCall,
}: LeanxClientOptions): LeanxClient {
  const base = baseUrl.replace(/\/+$/, '');

  const signatureHeaders = (path: string): Record<string, string> => {
    if (!signRequests) return {};
    const timestamp = String(Math.floor(now() / 1000));
    const nonce = randomUUID();
    return {
      'x-signature': signLeanx({ method: 'POST', path, timestamp, nonce }, { authToken, hashKey }),
      'x-timestamp': timestamp,
      'x-nonce': nonce,
    };
  };

  const call = async (
    operation: keyof typeof PATHS,
    { query = '', body, attempt }: { query?: string; body?: object; attempt?: number | undefined } = {},
  ) => {
    const path = PATHS[operation];
    const started = performance.now();
    let httpStatus: number | undefined;
    let upstreamCode: string | undefined;
    let outcome: 'ok' | UpstreamOutcome = 'unknown';
    let failure: UpstreamErrorKind | undefined;
    try {
      const response = await send({
        url: base + path + query,
        method: 'POST',
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          'auth-token': authToken,
          ...signatureHeaders(path),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      httpStatus = response.status;
      const { code, data, breakdown } = openEnvelope(response.text, response.status);
      upstreamCode = code;
      if (!SUCCESS.has(code)) throw failureOf(code, breakdown, response.status);
      if (response.status >= 300) {
        throw new UpstreamError({
          kind: 'http',
          outcome: 'unknown',
          httpStatus,
          message: `LeanX answered with HTTP ${response.status} but a success code.`,
        });
      }
      outcome = 'ok';
      return data;
    } catch (error) {
      if (error instanceof UpstreamError) ({ outcome, kind: failure } = error);
      throw error;
    } finally {
      reportCall(onCall, {
        api: 'leanx',
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

  return {
    async listPayoutServices() {
      return readPayoutServices(await call('list-banks'));
    },

    async createPayout(payout) {
      if (!AMOUNT.test(payout.amount)) throw new RangeError('amount: at most 8 integer digits and 2 decimals.');
      const data = await call('create-payout', {
        attempt: payout.attempt,
        body: {
          virtual_pool_reference: payout.poolReference,
          payout_service_id: payout.serviceId,
          // Ten digits fit a double exactly, so the JSON number is the amount itself.
          amount: amountAs === 'number' ? Number(payout.amount) : payout.amount,
          recipient_name: payout.recipientName,
          client_callback_url: payout.callbackUrl,
          third_party_account_no: payout.accountNumber,
          external_invoice_ref: payout.externalRef,
          recipient_reference: payout.recipientReference,
        },
      });
      const created = readCreatedPayout(data);
      if (created === undefined) throw shapeError('LeanX took the payout but its answer has no invoice_no.');
      return created;
    },

    async payoutStatus({ ref }) {
      try {
        const query = `?_id=${encodeURIComponent(ref)}`;
        return readPayoutState(await call('query-payout', { query }));
      } catch (error) {
        if (error instanceof UpstreamError && error.upstreamCode === NO_RESULT) return undefined;
        throw error;
      }
    },

    async checkAccount({ serviceId, accountNumber }) {
      const data = await call('check-account', {
        body: { payout_service_id: serviceId, third_party_account_no: accountNumber },
      });
      const check = readAccountCheck(data);
      if (check === undefined) throw shapeError('LeanX answered an account check in a shape that is not published.');
      return check;
    },

    async poolBalance() {
      const pools = readPoolBalance(await call('read-balance'));
      if (pools === undefined) throw shapeError('LeanX answered the balance in a shape that is not published.');
      return pools;
    },

    async validateToken() {
      return readMerchant(await call('validate-token'));
    },
  };
}
