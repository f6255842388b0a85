import { type JsonFailure, type JsonValue, readJson } from '../../upstream/json.ts';

/** The outcome of {@link parseStrictJson}; `reason` completes "The body …". */
export type StrictJson = { ok: true; value: unknown } | { ok: false; reason: string };

const MAX_DEPTH = 32;

const REASONS: Record<JsonFailure, string> = {
  syntax: 'is not valid JSON',
  depth: `is nested deeper than ${MAX_DEPTH}`,
  'duplicate-key': 'holds the same member twice',
  'forbidden-key': 'holds a member called __proto__, constructor or prototype',
  'lone-surrogate': 'holds half of a surrogate pair',
  number: 'holds a number that does not fit',
};

// ignoreBOM keeps the mark, which the reader then refuses: RFC 8259, 8.1 forbids sending one.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses a browser's JSON and refuses what two parsers could read differently: a key that stands twice, keys that
 * reach an object's prototype, invalid UTF-8, lone surrogates, numbers that lose digits, and nesting deeper than 32.
 */
export function parseStrictJson(bytes: Uint8Array): StrictJson {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return { ok: false, reason: 'is not valid UTF-8' };
  }
  const read = readJson(text, { maxDepth: MAX_DEPTH, number: exactNumber });
  return read.ok ? { ok: true, value: toPlain(read.value) } : { ok: false, reason: REASONS[read.failure] };
}

function exactNumber(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

function toPlain(value: JsonValue<number>): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (!(value instanceof Map)) return value;
  const object: Record<string, unknown> = {};
  // The reader has refused `__proto__`, by which alone an assignment does anything else.
  for (const [name, member] of value) object[name] = toPlain(member);
  return object;
}
