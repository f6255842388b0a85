import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readPayinNotice, readPayoutNotice } from '../../src/lesspay/notice.ts';
import { signLesspay, stringToSign, verifyLesspay, type VerifyLesspayOptions } from '../../src/lesspay/signing.ts';
import { payinBody } from './notices.ts';

interface Hazard {
  id: string;
  kind: 'sign' | 'collision' | 'implementation-bug' | 'protocol';
  body?: Record<string, unknown>;
  string_to_sign?: string;
  signature?: string;
  alt_secret?: string;
  alt_signature?: string;
  lesspay_secret_in_docs?: string;
  with_docs_secret?: string;
  a?: Record<string, unknown>;
  b?: Record<string, unknown>;
  must?: string;
}

const { secret, vectors } = JSON.parse(
  readFileSync(new URL('../vectors/signing-hazards.json', import.meta.url), 'utf8'),
) as { secret: string; vectors: Hazard[] };

const hazard = (id: string): Hazard & { a: Record<string, unknown>; b: Record<string, unknown> } => {
  const row = vectors.find((vector) => vector.id === id);
  assert.ok(row, id);
  return { a: {}, b: {}, ...row };
};

/** Verifies a body under its own signature, or under another one. */
function verify(body: object, change: Partial<VerifyLesspayOptions> = {}) {
  return verifyLesspay({
    kind: 'payout',
    rawBody: JSON.stringify(body),
    signature: signLesspay(body, secret),
    secrets: secret,
    ...change,
  });
}

describe('signing hazards', () => {
  for (const row of vectors.filter(({ kind }) => kind === 'sign')) {
    it(`${row.id}: has the published string and signature`, () => {
      assert.equal(stringToSign(row.body, secret), row.string_to_sign);
      assert.equal(signLesspay(row.body, secret), row.signature);
      if (row.alt_secret !== undefined) assert.equal(signLesspay(row.body, row.alt_secret), row.alt_signature);
      if (row.with_docs_secret !== undefined) {
        assert.equal(signLesspay(row.body, row.lesspay_secret_in_docs ?? ''), row.with_docs_secret);
      }
    });
  }

  for (const row of vectors.filter(({ kind, id }) => kind === 'collision' && !id.startsWith('v1-'))) {
    it(`${row.id}: both bodies have the one published signature`, () => {
      assert.equal(signLesspay(row.a, secret), row.signature);
      assert.equal(signLesspay(row.b, secret), row.signature);
    });
  }

  it('object-vs-string: the text that looks like an object is never acted upon, and the notice schema knows the types', () => {
    const { b } = hazard('object-vs-string');
    const result = verify(b);
    assert.ok(!result.ok && result.reason === 'ambiguous');
    const twisted = readPayinNotice({ ...payinBody, request_id: { a: '1' } });
    assert.deepEqual(twisted, { ok: false, path: 'request_id' });
  });

  for (const id of ['v1-unsigned-status-int', 'v1-event-strip']) {
    it(`${id}: under a v2 configuration both are refused, though their v1 signature is right`, () => {
      const { a, b, signature } = hazard(id);
      for (const body of [a, b]) {
        const result = verify(body, { kind: 'payin', signature });
        assert.ok(!result.ok && result.reason === 'wrong-api-version');
      }
    });

    it(`${id}: under a v1 configuration the two are one, because unsigned members cannot be read`, () => {
      const { a, b, signature } = hazard(id);
      const results = [a, b].map((body) => verify(body, { kind: 'payin', apiVersion: 'v1', signature }));
      const [first, second] = results;
      assert.ok(first?.ok && second?.ok);
      assert.deepEqual(first.body, second.body);
      assert.equal('order_status_int' in first.body, false);
      assert.equal('event' in first.body, false);
      assert.deepEqual(readPayinNotice(first.body), readPayinNotice(second.body));
    });
  }

  it('resplit-value: the body with an ampersand in a value is ambiguous', () => {
    const { a, b } = hazard('resplit-value');
    assert.deepEqual(
      [verify(a), verify(b)].map((result) => result.ok || result.reason),
      ['ambiguous', true],
    );
  });

  it('resplit-key: the body with an equals sign in a name is ambiguous', () => {
    const { a, b } = hazard('resplit-key');
    assert.deepEqual(
      [verify(a), verify(b)].map((result) => result.ok || result.reason),
      ['ambiguous', true],
    );
  });

  it('webhook-forgery-by-resplit: the forged notice is not accepted, nor is the genuine one without a query', () => {
    const row = hazard('webhook-forgery-by-resplit');
    for (const body of [row.a, row.b]) {
      const result = verify(body, { signature: row.signature });
      assert.ok(!result.ok && result.reason === 'ambiguous');
    }
    // The same trick on version 2, where the signature cannot be told from a right one either.
    const a = { ...row.a, api_version: 'v2' };
    const b = { ...row.b, api_version: 'v2' };
    const signature = signLesspay(a, secret);
    assert.equal(signLesspay(b, secret), signature);
    for (const body of [a, b]) {
      const result = verify(body, { kind: 'payin', signature });
      assert.ok(!result.ok && result.reason === 'ambiguous');
    }
  });

  it('null-member: a null member is absent from what is handed out', () => {
    const { a, b } = hazard('null-member');
    const [first, second] = [verify(a), verify(b)];
    assert.ok(first.ok && second.ok);
    assert.deepEqual(first.body, second.body);
  });

  it('string-vs-number: a number where an amount is due is refused by the notice schemas', () => {
    const { b } = hazard('string-vs-number');
    assert.deepEqual(readPayinNotice({ ...payinBody, target_amount: b.amount }), {
      ok: false,
      path: 'target_amount',
    });
    const payout = { pay_order_id: 'P1', request_id: 'R1', order_status: 'SUCCEED', total_amount: b.amount };
    assert.deepEqual(readPayoutNotice(payout), { ok: false, path: 'total_amount' });
  });

  it('string-vs-bool: a boolean where a text is due is refused by the notice schemas', () => {
    const { b } = hazard('string-vs-bool');
    assert.deepEqual(readPayinNotice({ ...payinBody, order_status: b.x }), { ok: false, path: 'order_status' });
    assert.deepEqual(readPayinNotice({ ...payinBody, event: b.x }), { ok: false, path: 'event' });
  });

  it('lone-surrogate: a body that is not well-formed is refused, escaped or not', () => {
    const { a, b } = hazard('lone-surrogate');
    const escaped = verify(a);
    assert.ok(!escaped.ok && escaped.reason === 'malformed-body');
    const plain = verify(a, { rawBody: '{"n":"\ud800"}' });
    assert.ok(!plain.ok && plain.reason === 'malformed-body');
    assert.equal(verify(b).ok, true);
  });

  it('object-object: payout details change the signature', () => {
    const { a, b } = hazard('object-object');
    assert.notEqual(signLesspay(a, secret), signLesspay(b, secret));
  });

  it('array-as-string: an array where a text is due signs otherwise and is refused by the notice schemas', () => {
    const { a, b } = hazard('array-as-string');
    assert.notEqual(signLesspay(a, secret), signLesspay(b, secret));
    assert.deepEqual(readPayinNotice({ ...payinBody, target_amount: b.amount }), {
      ok: false,
      path: 'target_amount',
    });
  });

  it('timestamp-not-signed: a new stamp verifies the old body, and the result says nothing of freshness', () => {
    const times = [1795210397000, 1895210397000];
    const results = times.map((now) => verify(payinBody, { timestamp: String(now), now }));
    assert.ok(results.every((result) => result.ok));
    // What a receiver can tell repeats by is the body alone: it is the same both times.
    assert.deepEqual(results[0], results[1]);
  });

  it('direction-not-signed: a request signature verifies as a notice, but the request is no notice', () => {
    const request = {
      api_version: 'V2',
      request_id: 'R1',
      target_amount: '1.00',
      target_currency: 'USD',
      pay_access_type: 1,
    };
    const result = verify(request, { kind: 'payin' });
    assert.ok(result.ok);
    assert.equal(readPayinNotice(result.body).ok, false);
  });
});
