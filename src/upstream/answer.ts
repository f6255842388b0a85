import { UpstreamError } from './error.ts';
import { type JsonValue, readJson } from './json.ts';

/**
 * An upstream's answer as plain objects without prototype. Numbers are their own text (`13.00` stays `13.00`, an id may come as a
 * number or a string), and names are snake_case, whichever of the documented spellings came.
 */
export type Answer = string | boolean | null | Answer[] | { readonly [name: string]: Answer };

/** Answers are shallow; the limit keeps a hostile one from overflowing the stack. */
const MAX_DEPTH = 64;

/** `payOrderId`, `PayOrderId` and `pay-order-id` → `pay_order_id`; a name in capitals (`SWITCH_PAYOUT_WEBPAY`) is a value, not a spelling. */
function snakeCase(name: string): string {
  if (/^[a-z0-9_]*$/.test(name) || !/[a-z]/.test(name)) return name;
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}

function plain(value: JsonValue<string>): Answer {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  const object = Object.create(null) as Record<string, Answer>;
  // The spelling of the pages wins over its camelCase twin.
  for (const [name, member] of value) {
    const snake = snakeCase(name);
    if (snake === name || !(snake in object)) object[snake] = plain(member);
  }
  return object;
}

/** Reads an answer's JSON, or throws an `UpstreamError` of kind `not-json`. */
export function readAnswer(text: string, httpStatus: number): Answer {
  const read = readJson(text, { maxDepth: MAX_DEPTH, number: (digits) => digits });
  if (!read.ok) {
    throw new UpstreamError({
      kind: 'not-json',
      outcome: 'unknown',
      httpStatus,
      message: `The upstream answered with HTTP ${httpStatus} and something that is not JSON.`,
    });
  }
  return plain(read.value);
}

/** The first text that is there and not empty: the spellings of one member, the preferred first. */
export function firstText(...values: (string | null | undefined)[]): string | undefined {
  for (const value of values) if (value !== undefined && value !== null && value !== '') return value;
  return undefined;
}

/** Leaves undefined members out, as `exactOptionalPropertyTypes` wants them. */
export function definedMembers<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  const defined: Partial<T> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    const value = members[name];
    if (value !== undefined) defined[name] = value;
  }
  return defined as T;
}

/** HTTP statuses by which a server says that it did not take the request, whatever else it says. */
const REFUSING = new Set([400, 401, 403, 404, 405, 413, 415, 422, 429]);

/** Whether an HTTP status alone says that nothing happened. */
export function isRefusingStatus(httpStatus: number): boolean {
  return REFUSING.has(httpStatus);
}
