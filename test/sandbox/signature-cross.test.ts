import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { signLesspay, stringToSign } from '../../src/lesspay/signing.ts';
import { signatureOf, signedText } from '../../src/sandbox/signature.ts';
import { APP_SECRET } from './fixture.ts';

/** Keys as the documentation has them, and stranger ones; none looks like an integer, for a parsed object cannot keep those in order. */
const key = fc.oneof(
  fc.stringMatching(/^[a-z][a-z_]{0,19}$/),
  fc.stringMatching(/^[a-zA-Z_.-][\w .=&"é-]{0,12}$/),
  fc
    .string({ minLength: 1, maxLength: 8 })
    .filter((text) => !/^\d/.test(text) && text.isWellFormed() && text !== '__proto__'),
);
const text = fc.string({ maxLength: 12, unit: 'grapheme' }).filter((value) => value.isWellFormed());
const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.constant(''));

const { object } = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 30, noNullPrototype: true }),
}));

declare global {
  interface String {
    isWellFormed(): boolean;
  }
}

describe('the two signature implementations', () => {
  it('agree on random documents', () => {
    fc.assert(
      fc.property(object, (body) => {
        const json = JSON.stringify(body);
        assert.equal(stringToSign(body, APP_SECRET), signedText(json, APP_SECRET));
        assert.equal(signLesspay(body, APP_SECRET), signatureOf(json, APP_SECRET));
      }),
      { numRuns: 3000 },
    );
  });
});
