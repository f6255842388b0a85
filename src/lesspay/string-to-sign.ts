import { isLosslessNumber } from 'lossless-json';
import { javaHashMapOrder } from './java-hash-map.ts';
import { javaNumberText } from './java-number.ts';

/** What a value is to JSON: nothing, null, the text of a scalar, or a container. */
type Reading =
  | { kind: 'absent' | 'null' }
  | { kind: 'string' | 'literal'; text: string }
  | { kind: 'object'; source: object; members: [string, unknown][] }
  | { kind: 'array'; source: object; items: readonly unknown[] };

/** Plain JavaScript values; a `Map` for an object whose member order matters; a `LosslessNumber` where a number's text does. */
function read(value: unknown): Reading {
  switch (typeof value) {
    case 'string':
      return { kind: 'string', text: value };
    case 'boolean':
      return { kind: 'literal', text: String(value) };
    case 'bigint':
      return { kind: 'literal', text: value.toString() };
    case 'number':
      // As JSON.stringify: NaN and Infinity are null.
      return Number.isFinite(value) ? { kind: 'literal', text: javaNumberText(String(value)) } : { kind: 'null' };
    case 'object':
      break;
    default:
      return { kind: 'absent' };
  }
  if (value === null) return { kind: 'null' };
  if (isLosslessNumber(value)) return { kind: 'literal', text: javaNumberText(value.value) };
  if (value instanceof Map) {
    return { kind: 'object', source: value, members: [...(value as Map<string, unknown>)] };
  }
  if (Array.isArray(value)) return { kind: 'array', source: value, items: value };
  if ('toJSON' in value && typeof value.toJSON === 'function') return read((value as { toJSON(): unknown }).toJSON());
  return { kind: 'object', source: value, members: Object.entries(value) };
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

// eslint-disable-next-line no-control-regex -- the control characters are what has to be escaped
const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** A JSON string as fastjson 1.2.83 writes it: `/` and non-ASCII stay, C0, DEL, C1 and the two line separators do not. */
function javaJsonString(text: string): string {
  const escaped = text.replace(
    ESCAPED,
    (character) =>
      SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/**
 * Member names of an object inside an array, in the order in which the vendor's code writes them. It parses the body into HashMaps
 * (null members included), writes it without them and parses that again; each object around the array adds one more round, which
 * only matters for buckets crowded enough to become trees.
 */
function arrayObjectOrder(members: readonly [string, unknown][], rounds: number): string[] {
  const isNull = new Set(members.filter(([, value]) => read(value).kind === 'null').map(([name]) => name));
  let order = javaHashMapOrder(members.map(([name]) => name)).filter((name) => !isNull.has(name));
  for (let round = 1; round < rounds; round += 1) {
    const next = javaHashMapOrder(order);
    if (next.every((name, index) => name === order[index])) break;
    order = next;
  }
  return order;
}

/** What is left to write, last first: text, a value, or the end of a container. */
type Task =
  string | { kind: 'pairs' | 'json'; value: unknown; objectsAround: number } | { kind: 'leave'; source: object };

/** Reversed onto the stack, so that the first of `tasks` is written next. */
function pushAll(stack: Task[], tasks: readonly Task[]): void {
  for (let i = tasks.length - 1; i >= 0; i -= 1) {
    const task = tasks[i];
    if (task !== undefined) stack.push(task);
  }
}

function present(members: readonly [string, unknown][]): [string, unknown][] {
  return members.filter(([, value]) => read(value).kind !== 'absent');
}

/** `a=1&b=2`: members that are neither null nor empty, by UTF-16 order of their names. */
function pairTasks(members: readonly [string, unknown][], objectsAround: number): Task[] {
  const signed = members.filter(([, value]) => {
    const reading = read(value);
    return reading.kind !== 'absent' && reading.kind !== 'null' && !(reading.kind === 'string' && reading.text === '');
  });
  signed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return signed.flatMap(([name, value], index): Task[] => [
    `${index === 0 ? '' : '&'}${name}=`,
    { kind: 'pairs', value, objectsAround },
  ]);
}

/** Runs the tasks on a stack of its own, so that no depth of nesting overflows the engine's. */
function write(tasks: readonly Task[], ancestors: Set<object>): string {
  const out: string[] = [];
  const stack: Task[] = [];
  pushAll(stack, tasks);
  for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
    if (typeof task === 'string') {
      out.push(task);
      continue;
    }
    if (task.kind === 'leave') {
      ancestors.delete(task.source);
      continue;
    }
    const { objectsAround } = task;
    const reading = read(task.value);
    switch (reading.kind) {
      case 'absent':
      case 'null':
        out.push('null');
        continue;
      case 'literal':
        out.push(reading.text);
        continue;
      case 'string':
        out.push(task.kind === 'json' ? javaJsonString(reading.text) : reading.text);
        continue;
    }
    if (ancestors.has(reading.source)) throw new TypeError('The body contains itself, so it has no JSON form.');
    ancestors.add(reading.source);
    const leave: Task = { kind: 'leave', source: reading.source };
    if (reading.kind === 'array') {
      const items = reading.items.flatMap((value, index): Task[] => [
        ...(index === 0 ? [] : [',']),
        { kind: 'json', value, objectsAround },
      ]);
      pushAll(stack, ['[', ...items, ']', leave]);
    } else if (task.kind === 'pairs') {
      pushAll(stack, ['{', ...pairTasks(reading.members, objectsAround + 1), '}', leave]);
    } else {
      const members = present(reading.members);
      const values = new Map(members);
      const pairs = arrayObjectOrder(members, 2 + objectsAround).flatMap((name, index): Task[] => [
        `${index === 0 ? '' : ','}${javaJsonString(name)}:`,
        { kind: 'json', value: values.get(name), objectsAround },
      ]);
      pushAll(stack, ['{', ...pairs, '}', leave]);
    }
  }
  return out.join('');
}

/**
 * The text that Lesspay's signature is the SHA-256 of: the body's members by the vendor's rule, then `&key=` and the secret.
 *
 * Members that are null or empty are left out; nested objects are `name={…}` by the same rule; arrays are compact JSON whose objects
 * stand in Java HashMap order. `undefined` and functions count as absent, NaN and Infinity as null, as in `JSON.stringify`. A plain
 * object hands its integer-like keys out first, whatever order the text had: pass a `Map` where that could matter, which is only
 * inside arrays. Anything that is not an object (no Lesspay body is) stands with its own text, so that nothing goes unsigned.
 */
export function stringToSign(body: unknown, secret: string): string {
  const reading = read(body);
  if (reading.kind !== 'object')
    return `${write([{ kind: 'json', value: body, objectsAround: 0 }], new Set())}&key=${secret}`;
  if (present(reading.members).length === 0) return `key=${secret}`;
  return `${write(pairTasks(reading.members, 0), new Set([reading.source]))}&key=${secret}`;
}
