import * as z from 'zod/mini';
import type { FieldError } from './problem.ts';

/** The most payouts that one request may carry; a longer list is split by the sender. */
const MAX_PAYOUTS = 1000;

const MAX_ORDER_LENGTH = 128;
/** No control characters: the reference is a store key and appears in log lines. */
// eslint-disable-next-line no-control-regex -- control characters are what this pattern refuses
const ORDER = /^[^\u0000-\u001f\u007f-\u009f]*$/u;

/** `POST /payins`: a reference and nothing else, so that no price or URL can come from the browser. */
export const createPayinRequest = z.strictObject({
  order: z.string().check(z.minLength(1), z.maxLength(MAX_ORDER_LENGTH), z.regex(ORDER)),
});

/** `POST /payouts`; amounts and recipients are then judged by the rules. */
export const createPayoutsRequest = z.strictObject({
  currency: z.string(),
  payouts: z
    .array(z.strictObject({ reference: z.string(), amount: z.string(), recipient: z.unknown() }))
    .check(z.minLength(1), z.maxLength(MAX_PAYOUTS)),
});

/** `POST /leanx/account-checks`. */
export const accountCheckRequest = z.strictObject({
  bankId: z.int().check(z.positive()),
  accountNumber: z.string(),
  name: z.optional(z.string().check(z.maxLength(140))),
});

/** The outcome of {@link readRequest}. */
export type ReadResult<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] };

/**
 * As `readRequest(createPayinRequest, body)`. What the schema accepts is accepted by hand, at a tenth of its cost; the schema says
 * what is wrong with the rest.
 */
export function readCreatePayin(body: unknown): ReadResult<{ order: string }> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body) && 'order' in body) {
    const { order } = body;
    const isText = typeof order === 'string' && order !== '' && order.length <= MAX_ORDER_LENGTH && ORDER.test(order);
    const names = Object.keys(body);
    if (isText && names.length === 1 && names[0] === 'order') return { ok: true, value: { order } };
  }
  return readRequest(createPayinRequest, body);
}

/** Checks a request body against its schema and turns what is wrong into our field errors. */
export function readRequest<T>(schema: z.ZodMiniType<T>, body: unknown): ReadResult<T> {
  const result = z.safeParse(schema, body);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, errors: result.error.issues.flatMap((issue) => fieldErrors(issue, body)) };
}

function fieldErrors(issue: z.core.$ZodIssue, body: unknown): FieldError[] {
  const path = issue.path.map(String);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key.slice(0, 64)].join('.'), code: 'unknown-member' }));
    case 'invalid_type':
      return [{ path: path.join('.'), code: valueAt(body, path) === undefined ? 'required' : 'wrong-type' }];
    case 'too_small':
      return [{ path: path.join('.'), code: 'required' }];
    case 'too_big':
      return [{ path: path.join('.'), code: 'text-too-long' }];
    case 'invalid_format':
      return [{ path: path.join('.'), code: 'text-characters' }];
    default:
      return [{ path: path.join('.'), code: 'wrong-type' }];
  }
}

function valueAt(body: unknown, path: readonly string[]): unknown {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
