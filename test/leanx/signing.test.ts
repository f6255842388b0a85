import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readLeanxNotice, verifyLeanxCallback } from '../../src/leanx/callback.ts';
import { signLeanx } from '../../src/leanx/signing.ts';

interface LeanxVectors {
  authToken: string;
  hashKey: string;
  requestSignatures: { method: string; path: string; timestamp: string; nonce: string; signature: string }[];
  callbacks: { name: string; body: Record<string, unknown>; valid: boolean; claims?: Record<string, unknown> }[];
}

const { authToken, hashKey, requestSignatures, callbacks } = JSON.parse(
  readFileSync(new URL('../vectors/leanx.json', import.meta.url), 'utf8'),
) as LeanxVectors;

const valid = callbacks.find(({ name }) => name === 'valid')!;

/** A token made by hand, so that the code under test is not its own measure. */
function token(payload: string, key = hashKey, header = '{"alg":"HS256","typ":"JWT"}') {
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

describe('signLeanx', () => {
  for (const { signature, ...request } of requestSignatures) {
    it(`signs ${request.path} as measured`, () => {
      assert.equal(signLeanx(request, { authToken, hashKey }), signature);
    });
  }

  it('leaves the query string out and does not mind the case of the method or the type of the timestamp', () => {
    const { signature, ...request } = requestSignatures[2]!;
    const spelled = {
      ...request,
      method: 'post',
      path: `${request.path}?_id=PAYOUT-A9D5%3A174307-LEANX`,
      timestamp: 1700000000,
    };
    assert.equal(signLeanx(spelled, { authToken, hashKey }), signature);
  });

  it('changes with every element', () => {
    const { signature, ...request } = requestSignatures[0]!;
    const changes = [{ method: 'GET' }, { path: '/api/v1/merchant/x' }, { timestamp: '1700000001' }, { nonce: 'n' }];
    for (const change of changes) {
      assert.notEqual(signLeanx({ ...request, ...change }, { authToken, hashKey }), signature);
    }
    assert.notEqual(signLeanx(request, { authToken: `${authToken}0`, hashKey }), signature);
    assert.notEqual(signLeanx(request, { authToken, hashKey: 'other' }), signature);
  });
});

describe('verifyLeanxCallback', () => {
  for (const { name, body, valid: isValid, claims } of callbacks) {
    it(`${isValid ? 'accepts' : 'refuses'} "${name}", parsed, as text and as bytes`, async () => {
      for (const form of [body, JSON.stringify(body), Buffer.from(JSON.stringify(body))]) {
        const result = await verifyLeanxCallback(form, hashKey);
        assert.equal(result.ok, isValid);
        if (result.ok) {
          assert.equal(Object.getPrototypeOf(result.claims), null);
          assert.deepEqual(JSON.parse(JSON.stringify(result.claims)), claims);
        }
      }
    });
  }

  const reasonOf = async (body: unknown, key = hashKey) => {
    const result = await verifyLeanxCallback(body, key);
    return result.ok ? 'ok' : result.reason;
  };

  it('never verifies with an empty or blank key', async () => {
    for (const key of ['', ' ', '\n']) {
      assert.equal(await reasonOf(valid.body, key), 'wrong-signature');
      if (key !== '') assert.equal(await reasonOf({ data: token('{"a":1}', key) }, key), 'wrong-signature');
    }
  });

  it('accepts any of several keys, and says which it was', async () => {
    const body = { data: token('{"a":1}') };
    for (const [keys, keyIndex] of [
      [[hashKey, 'other'], 0],
      [['other', hashKey], 1],
      [['', hashKey, hashKey], 1],
    ] as const) {
      assert.deepEqual(await verifyLeanxCallback(body, keys), {
        ok: true,
        claims: { __proto__: null, a: 1 },
        keyIndex,
      });
    }
    for (const keys of [[], ['other'], ['', ' ']]) {
      const result = await verifyLeanxCallback(body, keys);
      assert.equal(result.ok ? 'ok' : result.reason, 'wrong-signature');
    }
  });

  it('refuses an asymmetric or unsigned header over a right HMAC', async () => {
    for (const alg of ['none', 'RS256', 'HS384', 'hs256', 'ES256', '']) {
      assert.equal(await reasonOf({ data: token('{"a":1}', hashKey, JSON.stringify({ alg })) }), 'wrong-signature');
    }
    const critical = JSON.stringify({ alg: 'HS256', crit: ['exp'], exp: 1 });
    assert.equal(await reasonOf({ data: token('{"a":1}', hashKey, critical) }), 'wrong-signature');
    assert.equal(await reasonOf({ data: token('{"a":1}') }), 'ok');
  });

  it('refuses claims that two readers could read differently', async () => {
    for (const payload of [
      '{"amount":"1","amount":"1000"}',
      '{"__proto__":{"x":1}}',
      '[]',
      '"a"',
      'null',
      '',
      '{"a":"\\ud800"}',
    ]) {
      assert.equal(await reasonOf({ data: token(payload) }), 'malformed-claims');
    }
  });

  it('believes a token that says it is over or has not begun, by the given clock and tolerance', async () => {
    const seconds = 1_795_210_397;
    const at = async (claims: object, toleranceMs?: number) => {
      const body = { data: token(JSON.stringify(claims)) };
      const result = await verifyLeanxCallback(body, hashKey, { now: () => seconds * 1000, toleranceMs });
      return result.ok ? 'ok' : result.reason;
    };
    for (const claims of [{}, { exp: null, nbf: null }, { exp: seconds - 299 }, { nbf: seconds + 300 }]) {
      assert.equal(await at(claims), 'ok', JSON.stringify(claims));
    }
    for (const claims of [
      { exp: seconds - 300 },
      { nbf: seconds + 301 },
      { exp: '9999999999' },
      { nbf: {} },
      { exp: 0 },
    ]) {
      assert.equal(await at(claims), 'out-of-time', JSON.stringify(claims));
    }
    assert.equal(await at({ exp: seconds - 1 }, 0), 'out-of-time');
  });

  it('tells a body that is no JSON from one without a token', async () => {
    for (const body of ['', '{', 'a=1', Buffer.from([0xff]), '{"data":"x","data":"y"}', 'x'.repeat(262_145)]) {
      assert.equal(await reasonOf(body), 'malformed-body');
    }
    for (const body of [{}, null, undefined, 7, [], '{}', '[]', { data: null }, { data: ['x'] }, { data: { a: 1 } }]) {
      assert.equal(await reasonOf(body), 'missing-token');
    }
    assert.equal(await reasonOf({ data: 'x'.repeat(262_145) }), 'malformed-body');
  });

  it('rejects for no input', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.anything(), fc.json(), fc.record({ data: fc.string() }), fc.uint8Array()),
        async (body) => {
          assert.equal((await verifyLeanxCallback(body, hashKey)).ok, false);
        },
      ),
    );
  });

  it('puts neither key nor token into a message', async () => {
    const data = token('{"a":1}', 'another key');
    const result = await verifyLeanxCallback({ data }, hashKey);
    assert.ok(!result.ok);
    assert.ok(!result.message.includes(hashKey) && !result.message.includes(data.slice(0, 20)));
  });
});

describe('readLeanxNotice', () => {
  const claims = valid.claims!;

  it('reads the documented claims into our words', () => {
    assert.deepEqual(readLeanxNotice(claims), {
      ok: true,
      notice: {
        reference: 'TESTING-PAYOUT-02',
        invoiceNo: 'PAYOUT-5C1E:224947-LEANX',
        status: 'succeeded',
        amount: '1.00',
        serviceId: 77,
      },
    });
  });

  it('accepts an amount as a number, an id as text, and statuses in any case', () => {
    const result = readLeanxNotice({ ...claims, amount: 13.1, payout_service_id: '77', invoice_status: 'Failed' });
    assert.ok(result.ok);
    assert.deepEqual([result.notice.amount, result.notice.serviceId, result.notice.status], ['13.10', 77, 'failed']);
    const sparse = readLeanxNotice({
      client_data: { external_invoice_ref: 'R' },
      invoice_status: 'PENDING',
      amount: '1',
    });
    assert.deepEqual(sparse, { ok: true, notice: { reference: 'R', status: 'processing', amount: '1' } });
  });

  for (const [path, change] of [
    ['client_data', { client_data: null }],
    ['client_data.external_invoice_ref', { client_data: {} }],
    ['client_data.external_invoice_ref', { client_data: { external_invoice_ref: '' } }],
    ['client_data.external_invoice_ref', { client_data: { external_invoice_ref: ['R'] } }],
    ['invoice_status', { invoice_status: 'DONE' }],
    ['invoice_status', { invoice_status: 2 }],
    ['amount', { amount: '1e3' }],
    ['amount', { amount: -1 }],
    ['amount', { amount: null }],
    ['payout_service_id', { payout_service_id: 'x' }],
  ] as const) {
    it(`refuses ${path} in ${JSON.stringify(change)}`, () => {
      assert.deepEqual(readLeanxNotice({ ...claims, ...change }), { ok: false, path });
    });
  }
});
