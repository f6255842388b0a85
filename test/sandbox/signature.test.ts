import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { equalSignature, signatureOf, signedText } from '../../src/sandbox/signature.ts';

interface Vectors {
  appSecret: string;
  vectors: { name: string; body: unknown; string_to_sign: string; signature: string }[];
}

const { appSecret, vectors } = JSON.parse(
  readFileSync(new URL('../vectors/lesspay-signing.json', import.meta.url), 'utf8'),
) as Vectors;

describe('the sandbox’s own signature', () => {
  for (const { name, body, string_to_sign, signature } of vectors) {
    it(`signs the vendor vector "${name}"`, () => {
      assert.equal(signedText(JSON.stringify(body), appSecret), string_to_sign);
      assert.equal(signatureOf(JSON.stringify(body), appSecret), signature);
    });
  }

  it('keeps the text of numbers as Java’s BigDecimal prints them', () => {
    const signs = (number: string) => signedText(`{"n":${number}}`, 's')?.replace('&key=s', '');
    assert.equal(signs('100.00'), 'n=100.00');
    assert.equal(signs('0.10'), 'n=0.10');
    assert.equal(signs('1e3'), 'n=1E+3');
    assert.equal(signs('1.50e3'), 'n=1.50E+3');
    assert.equal(signs('12.5e1'), 'n=125');
    assert.equal(signs('0.0000001'), 'n=1E-7');
    assert.equal(signs('0.000001'), 'n=0.000001');
    assert.equal(signs('-7'), 'n=-7');
    assert.equal(signs('123456789012345678901234567890'), 'n=123456789012345678901234567890');
  });

  it('writes the members of objects in arrays by bucket, for tables of 16, 32, 64 and 128', () => {
    const bucket = (key: string, capacity: number) => {
      const hash = Array.from(key).reduce((sum, char) => (Math.imul(31, sum) + char.charCodeAt(0)) | 0, 0);
      return (hash ^ (hash >>> 16)) & (capacity - 1);
    };
    const key = fc.stringMatching(/^[a-z_]{3,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(key, { minLength: 1, maxLength: 60 }), (keys) => {
        const capacity = [16, 32, 64, 128].find((size) => keys.length <= size * 0.75)!;
        const expected = keys.toSorted((a, b) => bucket(a, capacity) - bucket(b, capacity));
        const members = keys.map((name) => `"${name}":0`).join();
        const written = [...signedText(`{"a":[{${members}}]}`, 's')!.matchAll(/"([a-z_]+)"/g)].map(([, name]) => name);
        assert.deepEqual(written, expected);
      }),
    );
  });

  it('drops null members of objects in arrays and keeps empty strings and null elements there', () => {
    assert.equal(
      signedText('{"a":[{"b":"2","a":"1","c":null,"d":""},null]}', 's'),
      'a=[{"a":"1","b":"2","d":""},null]&key=s',
    );
  });

  it('escapes as fastjson does', () => {
    assert.equal(
      signedText(JSON.stringify({ a: ['"\\/\b\n\t\f\r\u0001\u007f\u009f\u2028é'] }), 's'),
      'a=["\\"\\\\/\\b\\n\\t\\f\\r\\u0001\\u007F\\u009F\\u2028é"]&key=s',
    );
  });

  it('changes with every signed leaf', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ minLength: 1 }), { minKeys: 1 }), fc.nat(), (body, pick) => {
        const keys = Object.keys(body);
        const key = keys[pick % keys.length]!;
        const changed = { ...body };
        Object.defineProperty(changed, key, { value: `${body[key]!}!`, enumerable: true });
        assert.notEqual(signatureOf(JSON.stringify(changed), 's'), signatureOf(JSON.stringify(body), 's'));
      }),
    );
  });

  it('has no signature for what is not a JSON object', () => {
    for (const text of ['', '[]', '1', 'null', '"x"', '{', '{"a":1}}', "{'a':1}"]) {
      assert.equal(signatureOf(text, 's'), undefined, text);
    }
  });

  it('takes a header only in its exact form', () => {
    const expected = signatureOf('{"a":"1"}', appSecret)!;
    assert.equal(equalSignature(expected, expected), true);
    for (const wrong of [expected.toLowerCase(), expected.slice(1), `${expected}zz`, `${expected}, ${expected}`, '']) {
      assert.equal(equalSignature(wrong, expected), false);
    }
  });
});
