import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type JsonValue, readJson } from '../../src/upstream/json.ts';

const read = (text: string, maxDepth = 64) => readJson(text, { maxDepth, number: Number });

/** Maps as plain objects, to compare with JSON.parse. */
function plain(value: JsonValue<number>): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
}

describe('readJson', () => {
  it('reads what JSON.parse reads, for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        fc.pre(!/\\ud[89a-f]/i.test(text) && !/"(?:__proto__|constructor|prototype)":/.test(text));
        const result = read(text);
        assert.ok(result.ok);
        assert.deepEqual(plain(result.value), JSON.parse(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses what JSON.parse refuses, for valid text with one character changed, removed or added', () => {
    const character = fc.constantFrom(...Array.from('{}[]",:0123456789.eE+-tfn\\u \n\r\t\u0000\u000b\u00a0\ufeff'));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(), fc.nat(2), character, (value, at, kind, added) => {
        const text = JSON.stringify(value);
        const i = at % (text.length + 1);
        const broken = text.slice(0, i) + (kind === 0 ? '' : added) + text.slice(kind === 2 ? i : i + 1);
        let expected: unknown;
        try {
          expected = JSON.parse(broken);
        } catch {
          assert.equal(read(broken).ok, false);
          return;
        }
        const result = read(broken);
        if (result.ok) assert.deepEqual(plain(result.value), expected);
        else assert.notEqual(result.failure, 'syntax');
      }),
      { numRuns: 5_000 },
    );
  });

  it('keeps the order of members, integer-like names included', () => {
    const result = read('{"b":1,"10":2,"a":3,"9":4}');
    assert.ok(result.ok && result.value instanceof Map);
    assert.deepEqual([...result.value.keys()], ['b', '10', 'a', '9']);
  });

  it('hands out each number as its text', () => {
    const result = readJson('[100.00,-0,1e3,12345678901234567890]', { maxDepth: 1, number: (digits) => digits });
    assert.deepEqual(result, { ok: true, value: ['100.00', '-0', '1e3', '12345678901234567890'] });
  });

  const refusals: [string, string, string][] = [
    ['a repeated name', '{"a":1,"a":1}', 'duplicate-key'],
    ['a repeated name spelled with an escape', '{"target_amount":"1","t\\u0061rget_amount":"2"}', 'duplicate-key'],
    ['a repeated name deep inside', '[{"o":{"x":1,"x":2}}]', 'duplicate-key'],
    ['__proto__', '{"a":[{"__proto__":{}}]}', 'forbidden-key'],
    ['__proto__ spelled with an escape', '{"\\u005f_proto__":{}}', 'forbidden-key'],
    ['constructor', '{"constructor":1}', 'forbidden-key'],
    ['prototype', '{"prototype":1}', 'forbidden-key'],
    ['an escaped lone surrogate', '{"a":"\\ud800"}', 'lone-surrogate'],
    ['an escaped lone surrogate in a name', '{"\\udc00":1}', 'lone-surrogate'],
    ['a lone surrogate as it is', '{"a":"\ud800"}', 'lone-surrogate'],
    ['a byte order mark', '\ufeff{}', 'syntax'],
    ['nothing', '', 'syntax'],
    ['only space', ' \n', 'syntax'],
    ['two values', '{}{}', 'syntax'],
    ['a trailing comma', '{"a":1,}', 'syntax'],
    ['single quotes', "{'a':1}", 'syntax'],
    ['a comment', '{}//', 'syntax'],
    ['NaN', '{"a":NaN}', 'syntax'],
    ['a leading zero', '[01]', 'syntax'],
    ['a leading plus', '[+1]', 'syntax'],
    ['a bare point', '[1.]', 'syntax'],
    ['a control character in a string', '"a\nb"', 'syntax'],
    ['an unfinished string', '"abc', 'syntax'],
    ['an unfinished escape', '"\\', 'syntax'],
    ['a short unicode escape', '"\\u12"', 'syntax'],
    ['a mismatched bracket', '[1}', 'syntax'],
  ];
  for (const [what, text, failure] of refusals) {
    it(`refuses ${what}`, () => assert.deepEqual(read(text), { ok: false, failure }));
  }

  it('takes an escaped surrogate pair', () => {
    assert.deepEqual(read('"\\ud83d\\ude00"'), { ok: true, value: '😀' });
  });

  it('refuses a number that its reader refuses', () => {
    assert.deepEqual(readJson('[1]', { maxDepth: 1, number: () => undefined }), { ok: false, failure: 'number' });
  });

  it('counts the depth exactly and never overflows the stack', () => {
    assert.equal(read('[[]]', 2).ok, true);
    assert.deepEqual(read('[[[]]]', 2), { ok: false, failure: 'depth' });
    assert.deepEqual(read('['.repeat(1_000_000)), { ok: false, failure: 'depth' });
    const depth = 200_000;
    assert.equal(read('['.repeat(depth) + ']'.repeat(depth), Infinity).ok, true);
    assert.equal(read('{"a":'.repeat(depth), Infinity).ok, false);
  });
});
