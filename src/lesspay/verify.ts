import { timingSafeEqual } from 'node:crypto';
import { isSafeNumber, LosslessNumber } from 'lossless-json';
import { type JsonFailure, type JsonObject, type JsonValue, readJson } from '../upstream/json.ts';
import { sha256UpperHex } from './digest.ts';
import { stringToSign } from './string-to-sign.ts';

/** Why a notice was not accepted. */
export type VerifyLesspayReason =
  // There is no signature. Pass the `x-auth-signature` header.
  | 'missing-signature'
  // The signature is not 64 hexadecimal digits. Pass the header as it came, and once.
  | 'malformed-signature'
  // No secret gives this signature. Check the secret, and that nothing has changed the body on its way.
  | 'wrong-signature'
  // Not JSON in UTF-8, or nested too deeply. Refuse it.
  | 'malformed-body'
  // A member stands there twice, so that two readers may see two values. Refuse it.
  | 'duplicate-key'
  // A member is called `__proto__`, `constructor` or `prototype`. Refuse it.
  | 'forbidden-key'
  // A number does not fit a JavaScript number exactly. Refuse it.
  | 'unsafe-number'
  // The time is malformed or too far off. Check this machine's clock.
  | 'timestamp-out-of-range'
  // Not of the API version that you have configured, which decides what is signed. Refuse it.
  | 'wrong-api-version'
  // The signature is right, but another body has the same one. Ask the query API before you act.
  | 'ambiguous';

/**
 * A notice's signed members in a copy without prototype: numbers are JavaScript numbers; null and empty members, which the signature
 * does not cover, are absent (inside arrays only null members are, because empty ones are signed there).
 */
export type LesspayBody = Readonly<Record<string, unknown>>;

/** What `verifyLesspay` answers. An `ambiguous` body carries a right signature that another body shares: ask the query API first. */
export type VerifyLesspayResult =
  | {
      ok: true;
      body: LesspayBody;
      /** Members that the body has but API version 1 does not sign; they are not in `body`. */
      unsignedMembers: readonly string[];
      /** Which of `secrets` has signed it: 0 is the current one. */
      secretIndex: number;
    }
  | { ok: false; reason: Exclude<VerifyLesspayReason, 'ambiguous'>; message: string }
  | {
      ok: false;
      reason: 'ambiguous';
      message: string;
      body: LesspayBody;
      unsignedMembers: readonly string[];
      secretIndex: number;
    };

/** What to verify, and against what. */
export interface VerifyLesspayOptions {
  kind: 'payin' | 'payout';
  /** The request body as it came over the wire: bytes or text, never a parsed object. */
  rawBody: Uint8Array | string;
  /** The `x-auth-signature` header. */
  signature: unknown;
  /** The `x-auth-timestamp` header; left out (or null), it is not checked. The signature does not cover it. */
  timestamp?: unknown;
  /** Every secret that may have signed, the current one first. Blank ones never verify. */
  secrets: string | readonly string[];
  /** Which members a pay-in notice signs; from configuration, never from the body. Payout notices sign everything. */
  apiVersion?: 'v1' | 'v2' | 'V1' | 'V2' | undefined;
  /** The clock, in epoch milliseconds. */
  now?: number | (() => number) | undefined;
  /** How far the timestamp may be off, both ways. */
  toleranceMs?: number | undefined;
  maxBytes?: number | undefined;
  maxDepth?: number | undefined;
}

const SIGNATURE = /^[0-9A-F]{64}$/;
/** Times are 13-digit milliseconds (Lesspay docs, Parameter Specifications). */
const TIMESTAMP = /^[0-9]{13}$/;
/** Every member name that the vendor's pages and demo show. */
const PLAIN_NAME = /^[a-z0-9_]+$/;
/** Left out of the signature under API version 1 (Lesspay demo, PayinWebhookVerifyExample). */
const UNSIGNED_IN_V1 = ['api_version', 'order_status_int', 'channel_biz_data', 'event', 'event_data'] as const;
/** The copy handed out is made by recursion; no caller needs more than this. */
const DEEPEST = 512;

type Tree = JsonValue<LosslessNumber>;
type TreeObject = JsonObject<LosslessNumber>;

const BODY_FAILURES: Record<JsonFailure, { reason: Exclude<VerifyLesspayReason, 'ambiguous'>; message: string }> = {
  syntax: { reason: 'malformed-body', message: 'The body is not JSON.' },
  depth: { reason: 'malformed-body', message: 'The body is nested too deeply.' },
  'lone-surrogate': {
    reason: 'malformed-body',
    message: 'The body holds half of a surrogate pair, which hashes like U+FFFD.',
  },
  'duplicate-key': { reason: 'duplicate-key', message: 'An object of the body has the same member twice.' },
  'forbidden-key': {
    reason: 'forbidden-key',
    message: 'A member of the body is called __proto__, constructor or prototype.',
  },
  number: { reason: 'unsafe-number', message: 'A number of the body does not fit a JavaScript number exactly.' },
};

type Refusal = Extract<VerifyLesspayResult, { ok: false }>;

function refuse(reason: Exclude<VerifyLesspayReason, 'ambiguous'>, message: string): Refusal {
  return { ok: false, reason, message };
}

function decode(rawBody: unknown, maxBytes: number): string | Refusal {
  const tooLarge = `The body is larger than ${maxBytes} bytes.`;
  if (typeof rawBody === 'string') {
    if (rawBody.length > maxBytes || (rawBody.length * 3 > maxBytes && Buffer.byteLength(rawBody) > maxBytes)) {
      return refuse('malformed-body', tooLarge);
    }
    return rawBody;
  }
  if (!(rawBody instanceof Uint8Array)) {
    return refuse(
      'malformed-body',
      'The body must be the raw request body, as bytes or text. Are you passing a parsed object? Pass the raw request body: ' +
        'register the webhook route before any JSON body parser.',
    );
  }
  if (rawBody.byteLength > maxBytes) return refuse('malformed-body', tooLarge);
  try {
    // ignoreBOM keeps a byte order mark in the text, where the JSON reader refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody);
  } catch {
    return refuse('malformed-body', 'The body is not UTF-8.');
  }
}

function isAbsent(value: Tree): boolean {
  return value === null || value === '';
}

/** Whether a body of that version may stand under the configured one: the body must not choose what is signed. */
function isVersion(value: Tree | undefined, pinned: 'v1' | 'v2'): boolean {
  if (value === undefined || value === null) return pinned === 'v1';
  if (typeof value !== 'string') return false;
  const word = value.toLowerCase();
  return word === pinned || (pinned === 'v1' && word.trim() === '');
}

/** The first secret that gives the signature, by its index; -1 when none does. Every one is tried, whichever fits. */
function findSecret(signature: string, tree: TreeObject, secrets: readonly unknown[]): number {
  const given = Buffer.from(signature, 'hex');
  let found = -1;
  for (const [index, secret] of secrets.entries()) {
    if (typeof secret !== 'string' || secret.trim() === '') continue;
    const expected = Buffer.from(sha256UpperHex(stringToSign(tree, secret)), 'hex');
    if (timingSafeEqual(given, expected) && found === -1) found = index;
  }
  return found;
}

/**
 * Whether another body could have the same string to sign, other than by null or empty members and by the type of a scalar: the
 * string has no escapes, so a delimiter inside a text, a text that begins like an object or array or closes one, or an unusual name
 * can be split differently. Inside arrays texts are quoted JSON; only `&` is refused there, as it is everywhere.
 */
function isAmbiguous(root: TreeObject): boolean {
  const stack: { value: Tree; quoted: boolean }[] = [{ value: root, quoted: false }];
  for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
    const { value, quoted } = task;
    if (typeof value === 'string') {
      if (value.includes('&') || (!quoted && /^[[{]|\}/.test(value))) return true;
    } else if (Array.isArray(value)) {
      for (const item of value) stack.push({ value: item, quoted: true });
    } else if (value instanceof Map) {
      for (const [name, member] of value) {
        if (member === null || (member === '' && !quoted)) continue;
        if (!PLAIN_NAME.test(name)) return true;
        stack.push({ value: member, quoted });
      }
    }
  }
  return false;
}

function copy(value: Tree, inArray: boolean): unknown {
  if (value instanceof LosslessNumber) return Number(value.value);
  if (Array.isArray(value)) return value.map((item) => copy(item, true));
  if (!(value instanceof Map)) return value;
  const object = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of value) {
    if (member === null || (member === '' && !inArray)) continue;
    object[name] = copy(member, inArray);
  }
  return object;
}

/**
 * Checks a notice's signature over its raw body. Answers a result for every input and never throws.
 *
 * Checked in this order: shape of the signature header; size, encoding, JSON, names and numbers of the body; API version (pay-in
 * only); the signature against every secret; the timestamp, where given; whether the signed text could belong to another body.
 * A right signature proves that the secret's holder signed this text once: it proves neither freshness nor direction.
 */
export function verifyLesspay(options: VerifyLesspayOptions): VerifyLesspayResult {
  const { kind, rawBody, timestamp, secrets, now = Date.now, toleranceMs = 300_000, maxBytes = 262_144 } = options;
  const maxDepth = Math.min(options.maxDepth ?? 32, DEEPEST);

  const signature: unknown = options.signature;
  if (signature === undefined || signature === null || signature === '') {
    return refuse('missing-signature', 'The x-auth-signature header is missing.');
  }
  if (typeof signature !== 'string' || !SIGNATURE.test(signature)) {
    return refuse('malformed-signature', 'The x-auth-signature header is not 64 upper-case hex digits.');
  }

  const text = decode(rawBody, maxBytes);
  if (typeof text !== 'string') return text;
  const read = readJson(text, {
    maxDepth,
    number: (digits) => (isSafeNumber(digits) ? new LosslessNumber(digits) : undefined),
  });
  if (!read.ok) {
    const { reason, message } = BODY_FAILURES[read.failure];
    return refuse(reason, message);
  }
  const tree = read.value;
  if (!(tree instanceof Map)) return refuse('malformed-body', 'The body is not a JSON object.');

  const pinned = options.apiVersion !== undefined && /^v1$/i.test(options.apiVersion) ? 'v1' : 'v2';
  const unsignedMembers: string[] = [];
  if (kind === 'payin') {
    if (!isVersion(tree.get('api_version'), pinned)) {
      return refuse('wrong-api-version', `The body's api_version is not the configured ${pinned}.`);
    }
    if (pinned === 'v1') {
      for (const name of UNSIGNED_IN_V1) {
        const member = tree.get(name);
        if (member !== undefined && !isAbsent(member)) unsignedMembers.push(name);
        tree.delete(name);
      }
    }
  }

  const candidates: readonly unknown[] =
    typeof secrets === 'string' ? [secrets] : Array.isArray(secrets) ? secrets : [];
  const secretIndex = findSecret(signature, tree, candidates);
  if (secretIndex === -1) {
    return refuse('wrong-signature', 'No configured secret gives this signature for this body.');
  }

  if (timestamp !== undefined && timestamp !== null) {
    if (typeof timestamp !== 'string' || !TIMESTAMP.test(timestamp)) {
      return refuse('timestamp-out-of-range', 'The x-auth-timestamp header is not 13 digits of epoch milliseconds.');
    }
    const current = typeof now === 'function' ? now() : now;
    // Written so that a NaN on either side refuses.
    if (!(Math.abs(Number(timestamp) - current) <= toleranceMs)) {
      return refuse(
        'timestamp-out-of-range',
        `The x-auth-timestamp header says ${timestamp}, our clock ${current}: more than ${toleranceMs} ms apart.`,
      );
    }
  }

  const body = copy(tree, false) as LesspayBody;
  if (isAmbiguous(tree)) {
    return {
      ok: false,
      reason: 'ambiguous',
      message:
        'The signature is right, but another body has the same string to sign. Ask the query API before acting on it.',
      body,
      unsignedMembers,
      secretIndex,
    };
  }
  return { ok: true, body, unsignedMembers, secretIndex };
}
