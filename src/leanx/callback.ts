import { compactVerify } from 'jose';
import * as z from 'zod/mini';
import type { PayoutStatus } from '../protocol/status.ts';
import { type JsonValue, readJson } from '../upstream/json.ts';
import { readLeanxStatus } from './status.ts';

/** Claims of a payout callback, in a copy without prototype; only own members may be read. */
export type LeanxClaims = Readonly<Record<string, unknown>>;

/** Why a callback was not accepted. */
export type LeanxCallbackReason =
  // Not JSON, or too large. Refuse it.
  | 'malformed-body'
  // There is no token in `data`. Refuse it.
  | 'missing-token'
  // No hash key gives this signature, or it is not HS256. Check `leanx.hashKey`.
  | 'wrong-signature'
  // The token does not say what a payout callback says. Ask for the payout instead.
  | 'malformed-claims'
  // The token's own times do not fit. Check this machine's clock.
  | 'out-of-time';

/** What `verifyLeanxCallback` answers. */
export type LeanxCallbackResult =
  /** `keyIndex` says which of the hash keys has signed it: 0 is the current one. */
  { ok: true; claims: LeanxClaims; keyIndex: number } | { ok: false; reason: LeanxCallbackReason; message: string };

/** By which clock a token's own times are judged. */
export interface LeanxCallbackClock {
  /** Milliseconds since the epoch; `Date.now` by default. */
  now?: (() => number) | undefined;
  /** How far the clocks may be apart; 300000 by default. */
  toleranceMs?: number | undefined;
}

/** A payout callback in our words. */
export interface LeanxNotice {
  /** Our reference (`external_invoice_ref`). */
  reference: string;
  /** The payout's `invoice_no` (LeanX names the member `virtual_pool_reference`). */
  invoiceNo?: string;
  status: PayoutStatus;
  /** Decimal string, MYR. */
  amount: string;
  serviceId?: number;
}

const MAX_CHARACTERS = 262_144;
const MAX_DEPTH = 32;

const outer = z.looseObject({ data: z.string() });

const notice = z.looseObject({
  client_data: z.looseObject({
    external_invoice_ref: z.string().check(z.minLength(1)),
    virtual_pool_reference: z.optional(z.nullable(z.string())),
  }),
  invoice_status: z.string(),
  amount: z.union([z.string().check(z.regex(/^[0-9]{1,10}(\.[0-9]{1,2})?$/)), z.number().check(z.nonnegative())]),
  payout_service_id: z.optional(z.nullable(z.union([z.number(), z.string().check(z.regex(/^[0-9]{1,9}$/))]))),
});

function refuse(reason: LeanxCallbackReason, message: string): LeanxCallbackResult {
  return { ok: false, reason, message };
}

function plain(value: JsonValue<number>): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  const object = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of value) object[name] = plain(member);
  return object;
}

/** Strict JSON as a plain copy, or undefined. */
function parse(text: string): unknown {
  const read = readJson(text, { maxDepth: MAX_DEPTH, number: Number });
  return read.ok ? plain(read.value) : undefined;
}

function textOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body.length > MAX_CHARACTERS ? undefined : body;
  if (!(body instanceof Uint8Array) || body.byteLength > MAX_CHARACTERS) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/**
 * Whether a token is past its `exp` or before its `nbf` (RFC 7519, 4.1). LeanX's samples have neither, but a token that says
 * of itself that it is over is believed.
 */
function isOutOfTime({ exp, nbf }: LeanxClaims, nowMs: number, toleranceMs: number): boolean {
  // Written so that anything but a number is refused, too; null stands for an absent member in LeanX's samples.
  const isOver = exp != null && !(typeof exp === 'number' && exp * 1000 > nowMs - toleranceMs);
  const isEarly = nbf != null && !(typeof nbf === 'number' && nbf * 1000 <= nowMs + toleranceMs);
  return isOver || isEarly;
}

/** A token's payload and the first key that it is signed with. */
async function findSigned(
  token: string,
  keys: readonly string[],
): Promise<{ payload: Uint8Array; keyIndex: number } | undefined> {
  for (const [keyIndex, key] of keys.entries()) {
    if (key.trim() === '') continue;
    try {
      const { payload } = await compactVerify(token, new TextEncoder().encode(key), { algorithms: ['HS256'] });
      return { payload, keyIndex };
    } catch {
      // Signed with another key, or with none.
    }
  }
  return undefined;
}

/**
 * Checks a LeanX callback: a JSON object whose `data` is a compact JWT, signed HS256 with the hash key as text. Any other algorithm
 * is refused, and a token that is past its own `exp` or before its `nbf`. While a hash key is being replaced give
 * `[current, previous]`. Takes the raw body or the parsed object, answers a result for every input and never rejects. Nothing in
 * a callback stops a replay: act once per reference and status.
 */
export async function verifyLeanxCallback(
  body: unknown,
  hashKey: string | readonly string[],
  { now = Date.now, toleranceMs = 300_000 }: LeanxCallbackClock = {},
): Promise<LeanxCallbackResult> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  let parsed: unknown = body;
  if (isRaw) {
    const text = textOf(body);
    parsed = text === undefined ? undefined : parse(text);
    if (parsed === undefined) return refuse('malformed-body', 'The callback is not JSON.');
  }
  const envelope = outer.safeParse(parsed);
  if (!envelope.success) return refuse('missing-token', 'The callback has no token in its data member.');
  const token = envelope.data.data;
  if (token.length > MAX_CHARACTERS) return refuse('malformed-body', 'The token is too large.');
  const keys = typeof hashKey === 'string' ? [hashKey] : hashKey;
  if (keys.every((key) => key.trim() === '')) return refuse('wrong-signature', 'No hash key is configured.');
  const signed = await findSigned(token, keys);
  if (!signed) return refuse('wrong-signature', 'The token is not signed HS256 with a configured hash key.');
  const text = textOf(signed.payload);
  const claims = text === undefined ? undefined : parse(text);
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    return refuse('malformed-claims', "The token's claims are not a JSON object.");
  }
  if (isOutOfTime(claims as LeanxClaims, now(), toleranceMs)) {
    return refuse('out-of-time', 'The token is past its exp or before its nbf.');
  }
  return { ok: true, claims: claims as LeanxClaims, keyIndex: signed.keyIndex };
}

/** Reads verified payout claims, strict on the members that matter. */
export function readLeanxNotice(claims: LeanxClaims): { ok: true; notice: LeanxNotice } | { ok: false; path: string } {
  const read = notice.safeParse(claims);
  if (!read.success) return { ok: false, path: (read.error.issues[0]?.path ?? []).map(String).join('.') };
  const { data } = read;
  const status = readLeanxStatus(data.invoice_status);
  if (status === 'unknown') return { ok: false, path: 'invoice_status' };
  const invoiceNo = data.client_data.virtual_pool_reference;
  return {
    ok: true,
    notice: {
      reference: data.client_data.external_invoice_ref,
      ...(invoiceNo == null ? {} : { invoiceNo }),
      status,
      amount: typeof data.amount === 'number' ? data.amount.toFixed(2) : data.amount,
      ...(data.payout_service_id == null ? {} : { serviceId: Number(data.payout_service_id) }),
    },
  };
}
