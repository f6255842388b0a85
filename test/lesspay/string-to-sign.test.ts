import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LosslessNumber } from 'lossless-json';
import { javaHashMapOrder } from '../../src/lesspay/java-hash-map.ts';
import { javaNumberText } from '../../src/lesspay/java-number.ts';
import { signLesspay, stringToSign } from '../../src/lesspay/signing.ts';
import { type JsonValue, readJson } from '../../src/upstream/json.ts';
import { batchText, crowdedArrayText, jsonObjectText } from './arbitraries.ts';
import { JavaHashMap, vendorStringToSign } from './vendor-port.ts';

interface SigningVectors {
  appSecret: string;
  vectors: { name: string; body: Record<string, unknown>; string_to_sign: string; signature: string }[];
}

const { appSecret, vectors } = JSON.parse(
  readFileSync(new URL('../vectors/lesspay-signing.json', import.meta.url), 'utf8'),
) as SigningVectors;

const SECRET = 'Wy31kFZf4jkE+Y2XZhmFuQ';

/** A body as the verifier sees it: member order and number texts kept. */
function tree(text: string): JsonValue<LosslessNumber> {
  const read = readJson(text, { maxDepth: Infinity, number: (digits) => new LosslessNumber(digits) });
  assert.ok(read.ok);
  return read.value;
}

describe('stringToSign', () => {
  for (const { name, body, string_to_sign, signature } of vectors) {
    it(`gives the vendor's string and signature for "${name}"`, () => {
      assert.equal(stringToSign(body, appSecret), string_to_sign);
      assert.equal(signLesspay(body, appSecret), signature);
    });
  }

  it('gives key=secret for an empty body and &key=secret for one whose members are all empty', () => {
    assert.equal(stringToSign({}, 's'), 'key=s');
    assert.equal(stringToSign({ a: undefined }, 's'), 'key=s');
    assert.equal(stringToSign({ a: '' }, 's'), '&key=s');
    assert.equal(stringToSign({ a: null, b: '' }, 's'), '&key=s');
    assert.equal(signLesspay({}, appSecret), '177787AFBB25B1699A20F33C2BB7DB96C1A6744A75E936E817DB32C94E62F611');
  });

  it('drops null and empty members of nested objects and keeps what is left of them', () => {
    assert.equal(stringToSign({ o: { b: '2', a: '1', e: '', n: null }, z: '1' }, 's'), 'o={a=1&b=2}&z=1&key=s');
    assert.equal(stringToSign({ o: { x: { y: '' }, k: 'v' }, z: '1' }, 's'), 'o={k=v&x={}}&z=1&key=s');
  });

  it('keeps null items and empty members inside arrays, and drops only null members there, at every depth', () => {
    assert.equal(
      stringToSign({ a: [null, '', { e: '', n: null, deep: [{ n: null, e: '' }] }] }, 's'),
      'a=[null,"",{"deep":[{"e":""}],"e":""}]&key=s',
    );
  });

  it('escapes array strings as fastjson does: upper-case hex, no slash, no other non-ASCII', () => {
    assert.equal(
      stringToSign({ a: ['"\\\b\n\t\f\r/\u0000\u000b\u001f\u007f\u0080\u009f\u00a0\u2028\u2029é😀'] }, 's'),
      'a=["\\"\\\\\\b\\n\\t\\f\\r/\\u0000\\u000B\\u001F\\u007F\\u0080\\u009F\u00a0\\u2028\\u2029é😀"]&key=s',
    );
  });

  it('writes numbers as Java does, from JavaScript numbers, bigints and kept texts', () => {
    const numbers: [unknown, string][] = [
      [100, '100'],
      [-0, '0'],
      [1e21, '1E+21'],
      [1e-7, '1E-7'],
      [0.1, '0.1'],
      [12345678901234567890n, '12345678901234567890'],
      [new LosslessNumber('100.00'), '100.00'],
      [new LosslessNumber('1e3'), '1E+3'],
      [new LosslessNumber('12345678901234567890'), '12345678901234567890'],
    ];
    for (const [value, text] of numbers) {
      assert.equal(stringToSign({ n: value }, 's'), `n=${text}&key=s`);
      assert.equal(stringToSign({ n: [value] }, 's'), `n=[${text}]&key=s`);
    }
  });

  it('treats undefined and functions as absent, NaN and Infinity as null, and asks toJSON, as JSON.stringify does', () => {
    const date = new Date(0);
    const body = {
      f: () => 1,
      u: undefined,
      s: Symbol('s'),
      n: NaN,
      i: [Infinity, undefined, () => 1],
      d: date,
      k: 'v',
    };
    assert.equal(stringToSign(body, 's'), `d=${date.toJSON()}&i=[null,null,null]&k=v&key=s`);
    assert.equal(stringToSign(body, 's'), stringToSign(JSON.parse(JSON.stringify(body)), 's'));
  });

  it('signs a body that is not an object with its own text', () => {
    assert.equal(stringToSign([{ b: 1, a: '' }], 's'), '[{"a":"","b":1}]&key=s');
    assert.equal(stringToSign('x', 's'), '"x"&key=s');
    assert.equal(stringToSign(null, 's'), 'null&key=s');
  });

  it('takes a nesting of 100,000 objects, of 100,000 arrays, and a hundred thousand members', () => {
    const depth = 100_000;
    const objects = tree('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));
    assert.equal(stringToSign(objects, 's'), `${'a={'.repeat(depth - 1)}a=1${'}'.repeat(depth - 1)}&key=s`);
    const arrays = tree(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    assert.equal(stringToSign(arrays, 's'), `a=${'['.repeat(depth)}${']'.repeat(depth)}&key=s`);
    const mixed = tree('{"a":[{"b":'.repeat(depth / 2) + '{}' + '}]}'.repeat(depth / 2));
    assert.ok(stringToSign(mixed, 's').startsWith('a=[{"b":{"a":[{"b":'));
    const wide = Object.fromEntries(Array.from({ length: depth }, (_, i) => [`k${i}`, [i]]));
    assert.ok(stringToSign({ list: [wide], ...wide }, 's').length > depth);
  });

  it('names the mistake when a body contains itself', () => {
    const body: Record<string, unknown> = { shared: {} };
    body.again = body.shared;
    assert.equal(stringToSign(body, 's'), 'again={}&shared={}&key=s');
    body.self = body;
    assert.throws(() => stringToSign(body, 's'), /contains itself/);
  });

  it('throws for no JSON value at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.ok(stringToSign(value, 's').endsWith('key=s'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('stringToSign against an independent port of the vendor steps', () => {
  it('agrees on 4,000 random bodies', () => {
    fc.assert(
      fc.property(jsonObjectText, (text) => {
        assert.equal(stringToSign(tree(text), SECRET), vendorStringToSign(text, SECRET));
      }),
      { numRuns: 4_000 },
    );
  });

  it('agrees on 500 random bodies whose array objects crowd one bucket', () => {
    fc.assert(
      fc.property(crowdedArrayText, (text) => {
        assert.equal(stringToSign(tree(text), SECRET), vendorStringToSign(text, SECRET));
      }),
      { numRuns: 500 },
    );
  });

  it('agrees on 1,000 random batches of details with the same members', () => {
    fc.assert(
      fc.property(batchText, (text) => {
        assert.equal(stringToSign(tree(text), SECRET), vendorStringToSign(text, SECRET));
      }),
      { numRuns: 1_000 },
    );
  });

  it('agrees for plain parsed bodies when no name looks like an integer', () => {
    fc.assert(
      fc.property(jsonObjectText, (text) => {
        fc.pre(!/"[0-9]+":/.test(text));
        const body = JSON.parse(text) as Record<string, unknown>;
        // JSON.stringify, because parsing loses the number texts.
        assert.equal(stringToSign(body, SECRET), vendorStringToSign(JSON.stringify(body), SECRET));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('javaHashMapOrder', () => {
  const sixteen = Array.from({ length: 16 }, (_, i) =>
    [8, 4, 2, 1].map((bit) => ((i & bit) === 0 ? 'Aa' : 'BB')).join(''),
  );
  const positions = (keys: string[]) => javaHashMapOrder(keys).map((key) => keys.indexOf(key));

  // Printed by java.util.HashMap of OpenJDK 17.0.15, read 2026-11-20.
  it('keeps the order of insertion inside a bucket of up to ten keys of one hash', () => {
    for (const count of [8, 9, 10]) {
      assert.deepEqual(positions(sixteen.slice(0, count)), [...Array(count).keys()]);
    }
  });

  it('puts the root of the tree first once a bucket of a table of 64 has become one', () => {
    assert.deepEqual(positions(sixteen.slice(0, 11)), [3, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10]);
    assert.deepEqual(positions(sixteen), [3, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it('splits trees as Java does when the table grows', () => {
    const keys: string[] = [];
    for (let i = 0; keys.length < 70; i += 1) if ((JavaHashMap.hash(`q${i}`) & 63) === 5) keys.push(`q${i}`);
    assert.deepEqual(
      positions(keys),
      [
        23, 8, 4, 2, 5, 7, 16, 21, 47, 49, 51, 54, 59, 63, 66, 65, 61, 68, 57, 53, 35, 37, 41, 42, 44, 39, 27, 25, 28,
        30, 33, 19, 15, 13, 11, 14, 0, 1, 3, 6, 9, 12, 17, 22, 18, 20, 24, 26, 34, 36, 45, 50, 52, 55, 60, 67, 69, 62,
        64, 58, 56, 48, 46, 40, 43, 38, 29, 31, 32, 10,
      ],
    );
  });

  it('equals a table of linked nodes for any set of names', () => {
    const crowded = fc
      .array(fc.constantFrom('Aa', 'BB', 'C#', 'a', 'q7'), { maxLength: 5 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(crowded, fc.string()), { maxLength: 200, size: 'max' }), (keys) => {
        const map = new JavaHashMap();
        for (const key of keys) map.put(key, true);
        assert.deepEqual(
          javaHashMapOrder(keys),
          map.entries().map(([key]) => key),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('javaNumberText', () => {
  // By the specification of java.math.BigDecimal.toString, and printed by OpenJDK 17.0.15.
  const texts: [string, string][] = [
    ['0', '0'],
    ['-0', '0'],
    ['-7', '-7'],
    ['100.00', '100.00'],
    ['1e3', '1E+3'],
    ['1E+3', '1E+3'],
    ['1.50e2', '150'],
    ['1.5e-10', '1.5E-10'],
    ['0.000001', '0.000001'],
    ['0.0000001', '1E-7'],
    ['1E-7', '1E-7'],
    ['0.0000000', '0E-7'],
    ['-0.0', '0.0'],
    ['-0e5', '0E+5'],
    ['0e-9', '0E-9'],
    ['100e-2', '1.00'],
    ['123456789012345678901234567890.123', '123456789012345678901234567890.123'],
    ['1e400', '1E+400'],
    ['1e99999999999999999999', '1E+99999999999999999999'],
  ];
  for (const [json, java] of texts) {
    it(`writes ${json} as ${java}`, () => assert.equal(javaNumberText(json), java));
  }
});

describe('signLesspay', () => {
  it('is the SHA-256 of the UTF-8 string in upper-case hex, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), (value, secret) => {
        const expected = createHash('sha256').update(`v=${value}&key=${secret}`, 'utf8').digest('hex').toUpperCase();
        fc.pre(value !== '');
        assert.equal(signLesspay({ v: value }, secret), expected);
      }),
    );
  });

  it('does not change when members of the body and of nested objects are reordered', () => {
    const shuffled = (value: unknown, random: () => number): unknown => {
      if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
      const members = Object.entries(value).map(([name, member]): [string, unknown] => [
        name,
        shuffled(member, random),
      ]);
      for (let i = members.length - 1; i > 0; i -= 1) {
        const j = Math.floor(random() * (i + 1));
        [members[i], members[j]] = [members[j]!, members[i]!];
      }
      return new Map(members);
    };
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.infiniteStream(fc.nat(999)), (body, stream) => {
        const random = () => Number(stream.next().value) / 1000;
        assert.equal(signLesspay(shuffled(body, random), SECRET), signLesspay(body, SECRET));
      }),
      { numRuns: 500 },
    );
  });

  it('does not change when members of an array object are reordered, as long as those of one bucket keep their order', () => {
    const { body, signature } = vectors.find(({ name }) => name === 'case16')!;
    const members = Object.entries((body.arr as [Record<string, unknown>])[0]);
    const bucket = (name: string) => JavaHashMap.hash(name) & 15;
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: members.length }), (shuffled) => {
        // Every bucket's members go back into their own order, at the places where the shuffle put them.
        const left = new Map(
          members.map(([name]) => [bucket(name), members.filter(([n]) => bucket(n) === bucket(name))]),
        );
        const reordered = shuffled.map(([name]) => left.get(bucket(name))!.shift()!);
        assert.equal(signLesspay({ arr: [Object.fromEntries(reordered)] }, SECRET), signature);
      }),
    );
    assert.notEqual(signLesspay({ a: [{ Aa: 1, BB: 2 }] }, SECRET), signLesspay({ a: [{ BB: 2, Aa: 1 }] }, SECRET));
    // Two documented names that share a bucket: a body that was parsed and written again in another order no longer verifies.
    assert.equal(bucket('mch_order_id'), bucket('bank_name'));
    assert.notEqual(
      signLesspay({ a: [{ mch_order_id: 'D1', bank_name: 'B' }] }, SECRET),
      signLesspay({ a: [{ bank_name: 'B', mch_order_id: 'D1' }] }, SECRET),
    );
  });

  it('changes with every signed leaf of a batch and of both notices', () => {
    const mutants = (value: unknown): unknown[] => {
      if (value === null || value === '') return [];
      if (typeof value === 'string') return [`${value}x`, value.slice(1), 'other'];
      if (typeof value === 'number') return [value + 1, -value - 1];
      if (typeof value === 'boolean') return [!value];
      if (Array.isArray(value)) {
        const items = value as unknown[];
        const changed = items.flatMap((item, i) => mutants(item).map((mutant) => items.with(i, mutant)));
        return items.length === 0 ? [['x']] : [...changed, items.slice(1), [...items, items[0]]];
      }
      return Object.entries(value as object).flatMap(([name, member]) =>
        mutants(member).map((mutant) => ({ ...(value as object), [name]: mutant })),
      );
    };
    let count = 0;
    for (const { name, body, signature } of vectors) {
      for (const mutant of mutants(body)) {
        count += 1;
        // `{}` for a nested object's members, or an emptied text, may only ever sign differently.
        assert.notEqual(signLesspay(mutant, appSecret), signature, `${name}: ${JSON.stringify(mutant)}`);
      }
    }
    assert.ok(count > 300);
  });

  it('keeps the secret a suffix: a digest of secret and body is something else', () => {
    const forged = createHash('sha256').update(`${appSecret}a=1`).digest('hex').toUpperCase();
    assert.notEqual(signLesspay({ a: '1' }, appSecret), forged);
  });
});
