/** A JSON object whose members keep the order of the text, integer-like keys included. */
export type JsonObject<N> = Map<string, JsonValue<N>>;

/** A JSON value read from text; `N` is what stands for a number. */
export type JsonValue<N> = string | boolean | null | N | JsonValue<N>[] | JsonObject<N>;

/** Why a text was not read. */
export type JsonFailure = 'syntax' | 'depth' | 'duplicate-key' | 'forbidden-key' | 'lone-surrogate' | 'number';

/** What `readJson` answers. */
export type JsonResult<N> = { ok: true; value: JsonValue<N> } | { ok: false; failure: JsonFailure };

/** Limits of `readJson`, and what it makes of a number's text; `undefined` refuses the number. */
export interface JsonOptions<N> {
  maxDepth: number;
  number: (text: string) => N | undefined;
}

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
const HEX4 = /^[0-9A-Fa-f]{4}$/;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LETTER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Reads strict JSON (RFC 8259) without recursion. Refuses what two parsers could read differently: repeated member names
 * (also when one is spelled with escapes), lone surrogates, and names that reach an object's prototype.
 *
 * lossless-json's own parser (4.3.3) does not serve here: it moves integer-like names to the front, lets a repeated name pass when
 * both values are equal, and overflows the stack at a nesting of some thousands.
 */
export function readJson<N>(text: string, { maxDepth, number }: JsonOptions<N>): JsonResult<N> {
  if (LONE_SURROGATE.test(text)) return { ok: false, failure: 'lone-surrogate' };
  let at = 0;
  let failure: JsonFailure = 'syntax';
  const open: (JsonValue<N>[] | JsonObject<N>)[] = [];
  const names: string[] = [];

  const skipSpace = () => {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      at += 1;
    }
  };

  const readString = (): string | undefined => {
    const start = at;
    let escaped = false;
    at += 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      // NaN (the end of the text) fails this comparison too.
      if (!(code >= 0x20)) return undefined;
      if (code === BACKSLASH) {
        escaped = true;
        at += 1;
        const next = text.charCodeAt(at);
        if (next === LETTER_U) {
          if (!HEX4.test(text.slice(at + 1, at + 5))) return undefined;
          at += 4;
        } else if (Number.isNaN(next) || !'"\\/bfnrt'.includes(text.charAt(at))) return undefined;
      }
      at += 1;
    }
    at += 1;
    if (!escaped) return text.slice(start + 1, at - 1);
    const value = JSON.parse(text.slice(start, at)) as string;
    if (LONE_SURROGATE.test(value)) {
      failure = 'lone-surrogate';
      return undefined;
    }
    return value;
  };

  /** Reads `"name" :` and remembers the name for the value that follows. */
  const readName = (object: JsonObject<N>): boolean => {
    skipSpace();
    if (text.charCodeAt(at) !== QUOTE) return false;
    const name = readString();
    if (name === undefined) return false;
    if (FORBIDDEN_KEYS.has(name)) {
      failure = 'forbidden-key';
      return false;
    }
    if (object.has(name)) {
      failure = 'duplicate-key';
      return false;
    }
    skipSpace();
    if (text.charCodeAt(at) !== COLON) return false;
    at += 1;
    names.push(name);
    return true;
  };

  for (;;) {
    skipSpace();
    let value: JsonValue<N> | undefined;
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (open.length >= maxDepth) return { ok: false, failure: 'depth' };
      const container: JsonValue<N>[] | JsonObject<N> = code === OPEN_BRACE ? new Map<string, JsonValue<N>>() : [];
      at += 1;
      skipSpace();
      if (text.charCodeAt(at) === (code === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET)) {
        at += 1;
        value = container;
      } else {
        open.push(container);
        if (container instanceof Map && !readName(container)) return { ok: false, failure };
        continue;
      }
    } else if (code === QUOTE) {
      value = readString();
    } else if (text.startsWith('true', at)) {
      at += 4;
      value = true;
    } else if (text.startsWith('false', at)) {
      at += 5;
      value = false;
    } else if (text.startsWith('null', at)) {
      at += 4;
      value = null;
    } else {
      NUMBER.lastIndex = at;
      if (NUMBER.test(text)) {
        value = number(text.slice(at, NUMBER.lastIndex));
        at = NUMBER.lastIndex;
        if (value === undefined) failure = 'number';
      }
    }
    if (value === undefined) return { ok: false, failure };

    for (;;) {
      const parent = open.at(-1);
      skipSpace();
      if (parent === undefined) return at === text.length ? { ok: true, value } : { ok: false, failure: 'syntax' };
      const next = text.charCodeAt(at);
      at += 1;
      if (parent instanceof Map) {
        const name = names.pop();
        if (name === undefined) return { ok: false, failure: 'syntax' };
        parent.set(name, value);
        if (next === COMMA) {
          if (!readName(parent)) return { ok: false, failure };
          break;
        }
        if (next !== CLOSE_BRACE) return { ok: false, failure: 'syntax' };
      } else {
        parent.push(value);
        if (next === COMMA) break;
        if (next !== CLOSE_BRACKET) return { ok: false, failure: 'syntax' };
      }
      open.pop();
      value = parent;
    }
  }
}
