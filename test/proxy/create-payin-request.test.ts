import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createPayinRequest, readCreatePayin, readRequest } from '../../src/protocol/schemas.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 140 }),
  fc.string({ unit: 'grapheme', maxLength: 140 }),
  fc.constantFrom(
    '',
    'A-1',
    'a'.repeat(128),
    'a'.repeat(129),
    '😀'.repeat(64),
    '😀'.repeat(65),
    '\uD800',
    'a\n',
    '\u0085',
  ),
);
const body = fc.oneof(
  fc.record({ order: text }),
  fc.record({ order: text }, { noNullPrototype: false }),
  fc.dictionary(fc.constantFrom('order', 'amount', '__proto__', 'constructor', ''), fc.oneof(text, fc.anything())),
  fc.anything(),
  fc.array(text),
);

describe('the body of POST /payins', () => {
  it('is read by hand exactly as its schema reads it', () => {
    fc.assert(
      fc.property(body, (value) => {
        assert.deepEqual(readCreatePayin(value), readRequest(createPayinRequest, value));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is accepted by hand, and refused with the member and the fault', () => {
    assert.deepEqual(readCreatePayin({ order: 'A-1' }), { ok: true, value: { order: 'A-1' } });
    assert.deepEqual(readCreatePayin({ order: 'A-1', amount: '1' }), {
      ok: false,
      errors: [{ path: 'amount', code: 'unknown-member' }],
    });
    assert.deepEqual(readCreatePayin({ order: 'a\n' }), {
      ok: false,
      errors: [{ path: 'order', code: 'text-characters' }],
    });
  });
});
