import { createHash, timingSafeEqual } from 'node:crypto';

// The upstream's half of the signature, on purpose not the code of src/lesspay: this file simulates what the vendor's
// Java does step by step (fastjson parse into HashMaps, write, parse again, walk the buckets), so that an error made
// in one of the two shows as a refused request instead of cancelling out.

type JavaValue = JavaHashMap | JavaValue[] | JavaNumber | string | boolean | null;

/** java.math.BigDecimal or BigInteger as fastjson reads a number, kept as unscaled digits and scale. */
class JavaNumber {
  readonly #text: string;

  constructor(source: string) {
    const [, sign = '', whole = '', fraction, exponent] =
      /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
    const digits = (whole + (fraction ?? '')).replace(/^0+(?=\d)/, '');
    const minus = /^0+$/.test(digits) ? '' : sign;
    if (fraction === undefined && exponent === undefined) {
      this.#text = minus + digits;
      return;
    }
    // java.math.BigDecimal.toString: plain when scale >= 0 and the adjusted exponent is not under -6.
    const scale = (fraction ?? '').length - Number(exponent ?? 0);
    const adjusted = digits.length - 1 - scale;
    if (scale >= 0 && adjusted >= -6) {
      const padded = digits.padStart(scale + 1, '0');
      const point = padded.length - scale;
      this.#text = minus + padded.slice(0, point) + (scale > 0 ? `.${padded.slice(point)}` : '');
    } else {
      const mantissa = digits.length > 1 ? `${digits.slice(0, 1)}.${digits.slice(1)}` : digits;
      this.#text = `${minus}${mantissa}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`;
    }
  }

  toString(): string {
    return this.#text;
  }
}

interface Node {
  readonly hash: number;
  readonly key: string;
  value: JavaValue;
  next: Node | undefined;
}

const TREEIFY_THRESHOLD = 8;
const MIN_TREEIFY_CAPACITY = 64;

/** java.util.HashMap: table of chained nodes, doubled when more than 0.75 full; a split keeps the order of a chain. */
class JavaHashMap {
  #table: (Node | undefined)[] = new Array<Node | undefined>(16).fill(undefined);
  #size = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  static #hash(key: string): number {
    let hash = 0;
    for (let index = 0; index < key.length; index += 1) hash = (Math.imul(31, hash) + key.charCodeAt(index)) | 0;
    return hash ^ (hash >>> 16);
  }

  put(key: string, value: JavaValue): void {
    const hash = JavaHashMap.#hash(key);
    const index = hash & (this.#table.length - 1);
    let last: Node | undefined;
    let chain = 0;
    for (let node = this.#table[index]; node !== undefined; node = node.next) {
      if (node.hash === hash && node.key === key) {
        node.value = value;
        return;
      }
      last = node;
      chain += 1;
    }
    const added: Node = { hash, key, value, next: undefined };
    if (last) last.next = added;
    else this.#table[index] = added;
    // HashMap.treeifyBin: while the table is small a long chain doubles the table instead of becoming a tree.
    if (chain >= TREEIFY_THRESHOLD && this.#table.length < MIN_TREEIFY_CAPACITY) this.#resize();
    this.#size += 1;
    if (this.#size > 0.75 * this.#table.length) this.#resize();
  }

  #resize(): void {
    const old = this.#table;
    const table = new Array<Node | undefined>(old.length * 2).fill(undefined);
    const tails = new Map<number, Node>();
    for (const head of old) {
      for (let node = head; node !== undefined;) {
        const { next } = node;
        node.next = undefined;
        const index = node.hash & (table.length - 1);
        const tail = tails.get(index);
        if (tail) tail.next = node;
        else table[index] = node;
        tails.set(index, node);
        node = next;
      }
    }
    this.#table = table;
  }

  *entries(): Generator<[string, JavaValue]> {
    for (const head of this.#table) {
      for (let node = head; node !== undefined; node = node.next) yield [node.key, node.value];
    }
  }
}

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|(true|false|null))/y;

/** fastjson's `JSON.parseObject`: members go into HashMaps in the order of the text. The text is known to be JSON. */
function parseJava(text: string): JavaValue {
  let at = 0;
  const next = (): RegExpExecArray => {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (!token) throw new SyntaxError(`Not JSON at ${at}`);
    at = TOKEN.lastIndex;
    return token;
  };
  const read = (token: RegExpExecArray): JavaValue => {
    const [, mark, string, number, word] = token;
    if (string !== undefined) return JSON.parse(string) as string;
    if (number !== undefined) return new JavaNumber(number);
    if (word !== undefined) return word === 'null' ? null : word === 'true';
    if (mark === '[') {
      const list: JavaValue[] = [];
      for (let item = next(); item[1] !== ']'; item = next()) if (item[1] !== ',') list.push(read(item));
      return list;
    }
    const map = new JavaHashMap();
    for (let key = next(); key[1] !== '}'; key = next()) {
      if (key[1] === ',') continue;
      next(); // the colon
      map.put(JSON.parse(key[2] ?? '""') as string, read(next()));
    }
    return map;
  };
  return read(next());
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
};

function writeString(text: string): string {
  const escaped = text.replace(
    // eslint-disable-next-line no-control-regex -- control characters are what fastjson escapes
    /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
    (char) => SHORT_ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** fastjson's second parse: the members that were written, that is all but null ones, into fresh maps. */
function reparse(value: JavaValue): JavaValue {
  if (Array.isArray(value)) return value.map(reparse);
  if (!(value instanceof JavaHashMap)) return value;
  const map = new JavaHashMap();
  for (const [key, member] of value.entries()) if (member !== null) map.put(key, reparse(member));
  return map;
}

function writeJson(value: JavaValue): string {
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (value instanceof JavaHashMap) {
    return `{${[...value.entries()].map(([key, member]) => `${writeString(key)}:${writeJson(member)}`).join(',')}}`;
  }
  return typeof value === 'string' ? writeString(value) : String(value);
}

/** `a=1&b=2`: sorted by UTF-16 code unit, null and empty members left out, nested objects by the same rule in braces. */
function joinMembers(map: JavaHashMap): string {
  return [...map.entries()]
    .filter(([, member]) => member !== null && member !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => {
      if (Array.isArray(member)) return `${key}=${writeJson(reparse(member))}`;
      if (member instanceof JavaHashMap) return `${key}={${joinMembers(member)}}`;
      return `${key}=${String(member)}`;
    })
    .join('&');
}

/** The text that the vendor's SignUtil hashes for a JSON object; `undefined` when the text is not a JSON object. */
export function signedText(json: string, appSecret: string): string | undefined {
  try {
    JSON.parse(json);
    const body = parseJava(json);
    if (!(body instanceof JavaHashMap)) return undefined;
    return body.isEmpty ? `key=${appSecret}` : `${joinMembers(body)}&key=${appSecret}`;
  } catch {
    return undefined;
  }
}

/** The signature of a JSON object's text, 64 upper-case hex digits; `undefined` when the text is not a JSON object. */
export function signatureOf(json: string, appSecret: string): string | undefined {
  const text = signedText(json, appSecret);
  return text === undefined ? undefined : createHash('sha256').update(text, 'utf8').digest('hex').toUpperCase();
}

/** Whether a signature header is exactly the expected one. */
export function equalSignature(given: string, expected: string): boolean {
  if (!/^[0-9A-F]{64}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
