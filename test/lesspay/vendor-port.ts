/**
 * The vendor's signing steps, ported a second time for the tests and in another style: it works on JSON text, round by round, as
 * their code does (parse into HashMaps, write, parse again, sort), and keeps the hash table as linked nodes.
 */

class Node {
  next: Node | null = null;
  prev: Node | null = null;
  up: Node | null = null;
  kids: [Node | null, Node | null] = [null, null];
  isRed = false;
  constructor(
    readonly key: string,
    readonly hash: number,
    public value: unknown,
  ) {}
}

type Bin = { head: Node; isTree: boolean } | null;

function listOf(head: Node | null): Node[] {
  const nodes: Node[] = [];
  for (let node = head; node !== null; node = node.next) nodes.push(node);
  return nodes;
}

function link(nodes: Node[]): Node {
  nodes.forEach((node, i) => {
    node.prev = nodes[i - 1] ?? null;
    node.next = nodes[i + 1] ?? null;
  });
  return nodes[0]!;
}

/** 0: before (left), 1: after (right). */
function side(node: Node, at: Node): 0 | 1 {
  if (node.hash !== at.hash) return node.hash < at.hash ? 0 : 1;
  return node.key < at.key ? 0 : 1;
}

function topOf(node: Node): Node {
  return node.up === null ? node : topOf(node.up);
}

function swing(node: Node, way: 0 | 1): void {
  const away = way === 0 ? 1 : 0;
  const child = node.kids[away]!;
  node.kids[away] = child.kids[way];
  if (child.kids[way] !== null) child.kids[way].up = node;
  child.up = node.up;
  if (node.up !== null) node.up.kids[node.up.kids[0] === node ? 0 : 1] = child;
  child.kids[way] = node;
  node.up = child;
}

/** Insertion into a red-black tree by the textbook (Cormen et al., RB-INSERT-FIXUP). */
function hang(root: Node, z: Node): { top: Node; under: Node } {
  let under = root;
  for (let kid = under.kids[side(z, under)]; kid !== null; kid = under.kids[side(z, under)]) under = kid;
  under.kids[side(z, under)] = z;
  z.up = under;
  z.isRed = true;
  let node = z;
  while (node.up?.isRed === true) {
    const parent: Node = node.up;
    const grand = parent.up!;
    const near: 0 | 1 = grand.kids[0] === parent ? 0 : 1;
    const far: 0 | 1 = near === 0 ? 1 : 0;
    const uncle = grand.kids[far];
    if (uncle?.isRed === true) {
      parent.isRed = uncle.isRed = false;
      grand.isRed = true;
      node = grand;
    } else {
      if (node === parent.kids[far]) {
        node = parent;
        swing(node, near);
      }
      node.up!.isRed = false;
      grand.isRed = true;
      swing(grand, far);
    }
  }
  const top = topOf(z);
  top.isRed = false;
  return { top, under };
}

export class JavaHashMap {
  #bins: Bin[] = new Array<Bin>(16).fill(null);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  static hash(key: string): number {
    let h = 0n;
    for (let i = 0; i < key.length; i += 1) h = BigInt.asIntN(32, h * 31n + BigInt(key.charCodeAt(i)));
    const unsigned = BigInt.asUintN(32, h);
    return Number(BigInt.asIntN(32, unsigned ^ (unsigned >> 16n)));
  }

  put(key: string, value: unknown): void {
    const node = new Node(key, JavaHashMap.hash(key), value);
    const at = node.hash & (this.#bins.length - 1);
    const bin = this.#bins[at] ?? null;
    if (bin === null) {
      this.#bins[at] = { head: node, isTree: false };
    } else if (bin.isTree) {
      const { top, under } = hang(topOf(bin.head), node);
      const nodes = listOf(bin.head);
      nodes.splice(nodes.indexOf(under) + 1, 0, node);
      bin.head = link([top, ...nodes.filter((other) => other !== top)]);
    } else {
      const nodes = [...listOf(bin.head), node];
      bin.head = link(nodes);
      if (nodes.length >= 9) {
        if (this.#bins.length < 64) this.#double();
        else this.#bins[at] = JavaHashMap.#tree(nodes);
      }
    }
    this.#size += 1;
    if (this.#size > (this.#bins.length * 3) / 4) this.#double();
  }

  static #tree(nodes: Node[]): Bin {
    for (const node of nodes) {
      node.up = null;
      node.kids = [null, null];
      node.isRed = false;
    }
    const [first, ...rest] = nodes;
    let top = first!;
    for (const node of rest) top = hang(top, node).top;
    return { head: link([top, ...nodes.filter((node) => node !== top)]), isTree: true };
  }

  #double(): void {
    const old = this.#bins;
    this.#bins = new Array<Bin>(old.length * 2).fill(null);
    old.forEach((bin, i) => {
      if (bin === null) return;
      const halves: [Node[], Node[]] = [[], []];
      for (const node of listOf(bin.head)) halves[(node.hash & old.length) === 0 ? 0 : 1].push(node);
      halves.forEach((nodes, which) => {
        if (nodes.length === 0) return;
        const target = i + which * old.length;
        if (!bin.isTree || nodes.length <= 6) this.#bins[target] = { head: link(nodes), isTree: false };
        else if (halves[which === 0 ? 1 : 0].length === 0) this.#bins[target] = bin;
        else this.#bins[target] = JavaHashMap.#tree(nodes);
      });
    });
  }

  entries(): [string, unknown][] {
    return this.#bins.flatMap((bin) =>
      listOf(bin?.head ?? null).map((node): [string, unknown] => [node.key, node.value]),
    );
  }

  replaceAll(replace: (value: unknown) => unknown): void {
    for (const bin of this.#bins) for (const node of listOf(bin?.head ?? null)) node.value = replace(node.value);
  }
}

class JavaNumber {
  constructor(readonly text: string) {}
}

/** `new BigDecimal(text).toString()`, by its specification. */
function bigDecimal(text: string): string {
  const [mantissa = '', power = '0'] = text.toLowerCase().split('e');
  const isNegative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const unscaled = BigInt(whole + fraction).toString();
  const scale = fraction.length - Number(power);
  const exponent = -scale + (unscaled.length - 1);
  const minus = isNegative && unscaled !== '0' ? '-' : '';
  if (scale === 0) return minus + unscaled;
  if (scale > 0 && exponent >= -6) {
    const zeros = '0'.repeat(Math.max(0, scale - unscaled.length + 1));
    const digits = zeros + unscaled;
    return `${minus}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`;
  }
  const point = unscaled.length === 1 ? unscaled : `${unscaled[0] ?? ''}.${unscaled.slice(1)}`;
  return `${minus}${point}E${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

/** Reads JSON text; `outermost` makes the outer object, so that it can be a sorted one. */
function parse(text: string, outermost: () => JavaHashMap | Map<string, unknown>): JavaHashMap | Map<string, unknown> {
  let at = 0;
  const space = () => {
    while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1;
  };
  const string = (): string => {
    const match = /^"(?:[^"\\]|\\.)*"/s.exec(text.slice(at))!;
    at += match[0].length;
    return JSON.parse(match[0]) as string;
  };
  const value = (into: () => JavaHashMap | Map<string, unknown>): unknown => {
    space();
    const c = text[at];
    if (c === '"') return string();
    if (c === '{') {
      const object = into();
      const put = (k: string, v: unknown) => (object instanceof Map ? object.set(k, v) : object.put(k, v));
      at += 1;
      space();
      if (text[at] === '}') {
        at += 1;
        return object;
      }
      for (;;) {
        space();
        const key = string();
        space();
        at += 1;
        put(
          key,
          value(() => new JavaHashMap()),
        );
        space();
        at += 1;
        if (text[at - 1] === '}') return object;
      }
    }
    if (c === '[') {
      const array: unknown[] = [];
      at += 1;
      space();
      if (text[at] === ']') {
        at += 1;
        return array;
      }
      for (;;) {
        array.push(value(() => new JavaHashMap()));
        space();
        at += 1;
        if (text[at - 1] === ']') return array;
      }
    }
    const word = /^(?:true|false|null|[-+.0-9eE]+)/.exec(text.slice(at))![0];
    at += word.length;
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    return new JavaNumber(/[.eE]/.test(word) ? bigDecimal(word) : BigInt(word).toString());
  };
  return value(outermost) as JavaHashMap | Map<string, unknown>;
}

const ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

function quote(text: string): string {
  let out = '"';
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const isControl = unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || unit === 0x2028 || unit === 0x2029;
    const code = unit.toString(16).toUpperCase();
    out += ESCAPES.get(text[i]!) ?? (isControl ? `\\u${'0'.repeat(4 - code.length)}${code}` : text[i]!);
  }
  return `${out}"`;
}

function json(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (value instanceof JavaNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (value instanceof JavaHashMap) {
    const members = value.entries().filter(([, member]) => member !== null);
    return `{${members.map(([key, member]) => `${quote(key)}:${json(member)}`).join(',')}}`;
  }
  return value === true ? 'true' : 'false';
}

function emptyToNull(object: JavaHashMap): void {
  object.replaceAll((value) => {
    if (value === '') return null;
    if (value instanceof JavaHashMap) emptyToNull(value);
    return value;
  });
}

function query(text: string): string {
  const object = parse(text, () => new Map<string, unknown>()) as Map<string, unknown>;
  return [...object]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => {
      if (value instanceof JavaHashMap) return `${key}={${query(json(value))}}`;
      if (value instanceof JavaNumber) return `${key}=${value.text}`;
      return `${key}=${typeof value === 'string' ? value : json(value)}`;
    })
    .join('&');
}

/** The string to sign of a JSON text. */
export function vendorStringToSign(text: string, secret: string): string {
  const body = parse(text, () => new JavaHashMap()) as JavaHashMap;
  if (body.size === 0) return `key=${secret}`;
  emptyToNull(body);
  return `${query(json(body))}&key=${secret}`;
}
