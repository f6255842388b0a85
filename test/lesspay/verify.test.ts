import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  signLesspay,
  signTestWebhook,
  stringToSign,
  verifyLesspay,
  type VerifyLesspayOptions,
} from '../../src/lesspay/signing.ts';
import { LosslessNumber } from 'lossless-json';
import { readJson } from '../../src/upstream/json.ts';
import { casesOf } from '../vectors/input-cases.ts';
import { NOW, payinBody, SECRET } from './notices.ts';

const RIGHT = signLesspay(payinBody, SECRET);
const RAW = JSON.stringify(payinBody);

/** A payout notice with the given raw body, signed over what the body says, whatever that is. */
function payout(rawBody: string | Uint8Array, change: Partial<VerifyLesspayOptions> = {}) {
  const text = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody);
  const read = readJson(text, { maxDepth: Infinity, number: (digits) => new LosslessNumber(digits) });
  const signature = read.ok ? signLesspay(read.value, SECRET) : RIGHT;
  return verifyLesspay({ kind: 'payout', rawBody, signature, secrets: SECRET, ...change });
}

function payin(change: Partial<VerifyLesspayOptions> = {}) {
  return verifyLesspay({ kind: 'payin', rawBody: RAW, signature: RIGHT, secrets: SECRET, now: NOW, ...change });
}

function reasonOf(result: ReturnType<typeof verifyLesspay>) {
  return result.ok ? 'ok' : result.reason;
}

/** Signs a pay-in body as it is and verifies it. */
function signedPayin(body: Record<string, unknown>, change: Partial<VerifyLesspayOptions> = {}) {
  return payin({ rawBody: JSON.stringify(body), signature: signLesspay(body, SECRET), ...change });
}

/** What API version 1 signs. */
function signedInV1(body: Record<string, unknown>) {
  const unsigned = ['api_version', 'order_status_int', 'channel_biz_data', 'event', 'event_data'];
  return signLesspay(Object.fromEntries(Object.entries(body).filter(([name]) => !unsigned.includes(name))), SECRET);
}

describe('verifyLesspay', () => {
  it('accepts a right notice as text and as bytes, and hands its members out without a prototype', () => {
    for (const rawBody of [RAW, new TextEncoder().encode(RAW), Buffer.from(RAW)]) {
      const result = payin({ rawBody });
      assert.ok(result.ok);
      assert.equal(Object.getPrototypeOf(result.body), null);
      assert.deepEqual({ ...result.body }, payinBody);
      assert.deepEqual(result.unsignedMembers, []);
    }
  });

  it('accepts the vendor notices of both kinds', () => {
    const { appSecret, vectors } = JSON.parse(
      readFileSync(new URL('../vectors/lesspay-signing.json', import.meta.url), 'utf8'),
    ) as { appSecret: string; vectors: { name: string; body: object; signature: string }[] };
    for (const [name, kind] of [
      ['v2 full', 'payin'],
      ['payoutWebhook', 'payout'],
    ] as const) {
      const { body, signature } = vectors.find((vector) => vector.name === name)!;
      const result = verifyLesspay({ kind, rawBody: JSON.stringify(body), signature, secrets: appSecret });
      assert.equal(reasonOf(result), 'ok', name);
    }
  });

  it('treats null and empty members as absent', () => {
    const result = signedPayin({
      ...payinBody,
      event: null,
      fail_reason: '',
      channel_biz_data: { a: null, b: 'x', c: '' },
    });
    assert.ok(result.ok);
    assert.equal('event' in result.body, false);
    assert.equal('fail_reason' in result.body, false);
    assert.deepEqual(Object.keys(result.body.channel_biz_data as object), ['b']);
  });

  describe('signature header', () => {
    const body = {
      api_version: 'v1',
      order_status: 'SUCCEED',
      order_status_int: 2,
      pay_order_id: 'P1',
      request_id: 'R1',
      target_amount: '100.00',
      target_currency: 'PHP',
    };
    const right = '9B4B2AF5FDF706C8DF191D7B86A2572C442452E5B0D657D9A0A1734A6D2D8A8B';
    const check = (signature: unknown) =>
      reasonOf(payin({ rawBody: JSON.stringify(body), signature, apiVersion: 'v1' }));

    it('accepts the right one', () => assert.equal(check(right), 'ok'));

    for (const { id, value, why } of casesOf('signature_header')) {
      it(`refuses ${id} (${why})`, () => {
        assert.ok(['missing-signature', 'malformed-signature', 'wrong-signature'].includes(check(value)));
      });
    }

    it('tells a missing from a malformed from a wrong one', () => {
      for (const value of [undefined, null, '']) assert.equal(check(value), 'missing-signature');
      for (const value of [
        right.toLowerCase(),
        ` ${right}`,
        `${right}\n`,
        [right],
        [[right]],
        { toString: () => right },
        Number.NaN,
        0,
        'x',
        'é'.repeat(64),
        '０'.repeat(64),
      ]) {
        assert.equal(check(value), 'malformed-signature');
      }
      assert.equal(check(right.replace(/.$/, 'C')), 'wrong-signature');
    });
  });

  describe('secrets', () => {
    it('accepts any of several, wherever it stands', () => {
      for (const secrets of [[SECRET], [SECRET, 'other'], ['other', SECRET], ['', SECRET]]) {
        const result = payin({ secrets });
        assert.ok(result.ok);
        assert.equal(result.secretIndex, secrets.indexOf(SECRET));
      }
      assert.equal(reasonOf(payin({ secrets: ['other', 'another'] })), 'wrong-signature');
      assert.equal(reasonOf(payin({ secrets: [] })), 'wrong-signature');
    });

    it('never verifies with an empty, blank or missing one', () => {
      for (const secret of ['', ' ', '\n', '\t  ']) {
        const signature = signLesspay(payinBody, secret);
        assert.equal(reasonOf(payin({ signature, secrets: secret })), 'wrong-signature');
        assert.equal(reasonOf(payin({ signature, secrets: [secret] })), 'wrong-signature');
      }
      for (const secrets of [undefined, null, [undefined], [null], {}, 7] as unknown[]) {
        const signature = signLesspay(payinBody, secrets as string);
        assert.equal(reasonOf(payin({ signature, secrets: secrets as string })), 'wrong-signature');
      }
    });
  });

  describe('body', () => {
    for (const { id, value, valid, why } of casesOf('webhook_raw_body')) {
      it(`${valid ? 'accepts' : 'refuses'} ${id} (${why})`, () => {
        const rawBody =
          typeof value === 'string'
            ? value.replace('…1 MiB+1…', 'x'.repeat(1_048_577))
            : Buffer.from((value as { base64: string }).base64, 'base64');
        const reason = reasonOf(payout(rawBody));
        if (valid) assert.equal(reason, 'ok');
        else assert.ok(['malformed-body', 'duplicate-key', 'forbidden-key'].includes(reason), reason);
      });
    }

    it('names the mistake when it gets a parsed object', () => {
      for (const rawBody of [payinBody, [], null, undefined, 7, new ArrayBuffer(2)] as unknown as string[]) {
        const result = payin({ rawBody });
        assert.ok(!result.ok);
        assert.equal(result.reason, 'malformed-body');
        assert.match(result.message, /Pass the raw request body/);
      }
    });

    const reasons: [string, string, string][] = [
      ['a repeated member', '{"a":"1","a":"1"}', 'duplicate-key'],
      [
        'a repeated member spelled with an escape',
        '{"target_amount":"1","t\\u0061rget_amount":"1000"}',
        'duplicate-key',
      ],
      ['__proto__', '{"request_id":"R1","__proto__":{"order_status":"SUCCEED"}}', 'forbidden-key'],
      ['__proto__ spelled with an escape, inside an array', '{"a":[{"__pr\\u006fto__":1}]}', 'forbidden-key'],
      ['a member called prototype', '{"o":{"prototype":1}}', 'forbidden-key'],
      ['an integer beyond 2^53', '{"a":12345678901234567890}', 'unsafe-number'],
      ['an infinite number', '{"a":1e400}', 'unsafe-number'],
      ['a number that vanishes', '{"a":1e-400}', 'unsafe-number'],
      ['more digits than a double holds', '{"a":[0.12345678901234567890]}', 'unsafe-number'],
      ['a list', '[]', 'malformed-body'],
      ['a text', '"a"', 'malformed-body'],
      ['null', 'null', 'malformed-body'],
      ['a byte order mark', '\ufeff{"a":1}', 'malformed-body'],
      ['an escaped lone surrogate', '{"a":"\\udfff"}', 'malformed-body'],
      ['a lone surrogate', '{"a":"\ud800"}', 'malformed-body'],
    ];
    for (const [what, rawBody, reason] of reasons) {
      it(`refuses ${what}: ${reason}`, () => assert.equal(reasonOf(payout(rawBody)), reason));
    }

    it('refuses a byte order mark and broken UTF-8 in bytes', () => {
      const bytes = Buffer.from('{"a":"1"}');
      assert.equal(reasonOf(payout(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]))), 'malformed-body');
      for (const bad of [[0xff], [0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]]) {
        const rawBody = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bad), Buffer.from('"}')]);
        assert.equal(reasonOf(payout(rawBody)), 'malformed-body');
      }
    });

    it('verifies numbers by their text and hands them out as numbers', () => {
      for (const [raw, signed, value] of [
        ['100.00', '100.00', 100],
        ['1E+3', '1E+3', 1000],
        ['1e3', '1E+3', 1000],
        ['-0', '0', -0],
        ['9007199254740991', '9007199254740991', 9007199254740991],
      ] as const) {
        const result = payout(`{"a":${raw}}`, { signature: signLesspay({ a: new LosslessNumber(raw) }, SECRET) });
        assert.ok(result.ok, raw);
        assert.equal(result.body.a, value);
        assert.equal(stringToSign({ a: new LosslessNumber(raw) }, 's'), `a=${signed}&key=s`);
      }
      const other = signLesspay({ a: new LosslessNumber('100.0') }, SECRET);
      assert.equal(reasonOf(payout('{"a":100.00}', { signature: other })), 'wrong-signature');
    });

    it('keeps the order of integer-like members inside arrays, as the sender had it', () => {
      // "9" and "I" land in one bucket of 16 (9 = 57, I = 73).
      const raw = '{"a":[{"I":1,"9":2}]}';
      const signature = signLesspay({ a: [new Map([['I', 1], ['9', 2]])] }, SECRET); // prettier-ignore
      assert.equal(reasonOf(payout(raw, { signature })), 'ambiguous', 'an upper-case name, but the right signature');
      assert.equal(reasonOf(payout('{"a":[{"9":2,"I":1}]}', { signature })), 'wrong-signature');
    });

    it('stops at the byte and depth limits, and not before', () => {
      assert.equal(reasonOf(payout('{"a":"é"}', { maxBytes: 10 })), 'ok');
      assert.equal(reasonOf(payout('{"a":"é"}', { maxBytes: 9 })), 'malformed-body');
      assert.equal(reasonOf(payout(Buffer.from('{"a":"é"}'), { maxBytes: 9 })), 'malformed-body');
      assert.equal(reasonOf(payout(`{"a":"${'x'.repeat(262_144 - 8)}"}`)), 'ok');
      assert.equal(reasonOf(payout(`{"a":"${'x'.repeat(262_144 - 7)}"}`)), 'malformed-body');
      const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
      assert.equal(reasonOf(payout(nested(32))), 'ok');
      assert.equal(reasonOf(payout(nested(33))), 'malformed-body');
      assert.equal(reasonOf(payout(nested(100_000))), 'malformed-body');
      assert.equal(reasonOf(payout(nested(100_000), { maxDepth: Infinity })), 'malformed-body');
    });
  });

  describe('API version', () => {
    it('refuses under v2 a pay-in notice that says anything else, though it is signed', () => {
      const without: Record<string, unknown> = { ...payinBody };
      delete without.api_version;
      for (const body of [
        without,
        { ...payinBody, api_version: null },
        { ...payinBody, api_version: '' },
        { ...payinBody, api_version: ' ' },
        { ...payinBody, api_version: 'v1' },
        { ...payinBody, api_version: 'V1' },
        { ...payinBody, api_version: 'v9' },
        { ...payinBody, api_version: 2 },
        { ...payinBody, api_version: ['v2'] },
        { ...payinBody, api_version: ' v2' },
      ]) {
        assert.equal(reasonOf(signedPayin(body)), 'wrong-api-version', JSON.stringify(body));
        assert.equal(
          reasonOf(payin({ rawBody: JSON.stringify(body), signature: signedInV1(body) })),
          'wrong-api-version',
        );
      }
    });

    it('compares the version without case', () => {
      assert.equal(reasonOf(signedPayin({ ...payinBody, api_version: 'V2' })), 'ok');
      assert.equal(reasonOf(signedPayin(payinBody, { apiVersion: 'V2' })), 'ok');
    });

    it('does not concern payout notices', () => {
      assert.equal(reasonOf(payout('{"request_id":"R1"}')), 'ok');
      assert.equal(reasonOf(payout('{"request_id":"R1","api_version":"v1"}')), 'ok');
    });

    it('hides under v1 the members that are not signed, and says which they were', () => {
      const body = { ...payinBody, api_version: 'v1', event: 'dispute_received', event_data: null };
      const result = payin({ rawBody: JSON.stringify(body), signature: signedInV1(body), apiVersion: 'v1' });
      assert.ok(result.ok);
      assert.deepEqual(Object.keys(result.body).sort(), [
        'order_status',
        'pay_order_id',
        'request_id',
        'target_amount',
        'target_currency',
      ]);
      assert.deepEqual(result.unsignedMembers, ['api_version', 'order_status_int', 'event']);
    });

    it('refuses under v1 a body that says v2, and takes one that says nothing', () => {
      const body = { ...payinBody };
      assert.equal(
        reasonOf(payin({ rawBody: RAW, signature: signedInV1(body), apiVersion: 'v1' })),
        'wrong-api-version',
      );
      for (const api_version of [undefined, null, '', ' ', 'V1']) {
        const rawBody = JSON.stringify({ ...body, api_version });
        assert.equal(reasonOf(payin({ rawBody, signature: signedInV1(body), apiVersion: 'V1' })), 'ok');
      }
    });
  });

  describe('timestamp', () => {
    for (const { id, value, valid, why } of casesOf('timestamp_header')) {
      it(`${valid ? 'accepts' : 'refuses'} ${id} (${why})`, () => {
        assert.equal(reasonOf(payin({ timestamp: value })), valid ? 'ok' : 'timestamp-out-of-range');
      });
    }

    it('may be missing', () => {
      assert.equal(reasonOf(payin({ timestamp: undefined })), 'ok');
      assert.equal(reasonOf(payin({ timestamp: null })), 'ok');
    });

    it('may be five minutes off, both ways, and no more', () => {
      for (const off of [0, 300_000, -300_000]) assert.equal(reasonOf(payin({ timestamp: String(NOW + off) })), 'ok');
      for (const off of [300_001, -300_001, 31_536_000_000]) {
        assert.equal(reasonOf(payin({ timestamp: String(NOW + off) })), 'timestamp-out-of-range');
      }
      assert.equal(reasonOf(payin({ timestamp: String(NOW + 1001), toleranceMs: 1000 })), 'timestamp-out-of-range');
      assert.equal(reasonOf(payin({ timestamp: String(NOW), now: () => NOW })), 'ok');
      assert.equal(reasonOf(payin({ timestamp: String(NOW), now: NaN })), 'timestamp-out-of-range');
    });

    it('is 13 digits and nothing else', () => {
      const text = String(NOW);
      for (const timestamp of [
        '',
        `${text} `,
        `${text}\n`,
        `+${text}`,
        `${text}abc`,
        text.slice(0, 10),
        '１'.repeat(13),
        [text],
        NOW,
      ]) {
        assert.equal(reasonOf(payin({ timestamp })), 'timestamp-out-of-range');
      }
    });
  });

  describe('ambiguity', () => {
    it('hands the body over with the warning, so that it can be confirmed', () => {
      const result = signedPayin({ ...payinBody, description: 'x&order_status=SUCCEED' });
      assert.ok(!result.ok && result.reason === 'ambiguous');
      assert.equal(result.body.request_id, 'R1');
      assert.match(result.message, /query API/);
    });

    for (const [what, raw] of [
      ['an ampersand in a value', '{"a":"1&b=2"}'],
      ['an ampersand in an array', '{"a":["1&b=2"]}'],
      ['a value that begins like an object', '{"o":"{a=1}"}'],
      ['a value that begins like an array', '{"o":"[1]"}'],
      ['a value that closes an object', '{"o":{"a":"x}"},"b":"1"}'],
      ['an equals sign in a name', '{"a=1":"2"}'],
      ['an upper-case name', '{"aB":"2"}'],
      ['an empty name', '{"":"2"}'],
      ['an unusual name inside an array', '{"a":[{"b-c":"2"}]}'],
    ] as const) {
      it(`sees ${what}`, () => assert.equal(reasonOf(payout(raw)), 'ambiguous'));
    }

    it('does not mind an equals sign or brackets later in a value, nor braces in array texts', () => {
      for (const raw of ['{"a":"b=c"}', '{"a":"x [1] {y"}', '{"a":["{x}","[y]"]}', '{"a=b":null,"c":"1"}']) {
        assert.equal(reasonOf(payout(raw)), 'ok', raw);
      }
    });

    it('lets no two accepted bodies share a string, other than by empty members and scalar types', () => {
      // A small alphabet, so that strings meet often.
      const name = fc.constantFrom('a', 'b', 'o', 'a=1', 'b&o');
      const text = fc.string({ unit: fc.constantFrom('1', 'a', '=', '&', '{', '}', '[', ']', '"', ','), maxLength: 5 });
      const { value } = fc.letrec<{ value: unknown }>((tie) => ({
        value: fc.oneof(
          { maxDepth: 3 },
          { weight: 6, arbitrary: text },
          fc.constantFrom<unknown>(
            null,
            '',
            1,
            true,
            'true',
            '1',
            'a=1',
            '{a=1}',
            '[1]',
            '1&b=1',
            '}',
            '{',
            'a}',
            '1}',
          ),
          fc.dictionary(name, tie('value'), { maxKeys: 2 }),
          fc.array(tie('value'), { maxLength: 2 }),
        ),
      }));
      const body = fc.dictionary(name, value, { maxKeys: 3 });
      /** What two bodies of one string may still differ in, taken away. */
      const normal = (node: unknown, inArray: boolean): unknown => {
        if (Array.isArray(node)) return node.map((item) => normal(item, true));
        if (typeof node !== 'object' || node === null) return inArray ? node : String(node);
        const members = Object.entries(node)
          .filter(([, member]) => member !== null && (inArray || member !== ''))
          .map(([key, member]): [string, unknown] => [key, normal(member, inArray)]);
        return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
      };
      const seen = new Map<string, string>();
      let meetings = 0;
      let collisions = 0;
      fc.assert(
        fc.property(body, (candidate) => {
          const string = stringToSign(candidate, SECRET);
          const form = JSON.stringify(normal(candidate, false));
          const earlier = seen.get(string);
          if (reasonOf(payout(JSON.stringify(candidate))) !== 'ok') {
            if (earlier !== undefined && earlier !== form) collisions += 1;
            return;
          }
          if (earlier !== undefined) {
            meetings += 1;
            assert.equal(form, earlier);
          }
          seen.set(string, form);
        }),
        { numRuns: 20_000 },
      );
      assert.ok(meetings > 100, `only ${meetings} accepted bodies shared a string`);
      assert.ok(collisions > 0, `only ${collisions} refused bodies shared a string with an accepted one`);
    });
  });

  it('checks header, body, version, signature, timestamp and ambiguity in this order', () => {
    const wrong: Partial<VerifyLesspayOptions>[] = [
      { signature: 'x' },
      { rawBody: '{' },
      { rawBody: '{"a":"&"}' },
      { secrets: 'another secret' },
      { timestamp: '1' },
    ];
    const reasons = [
      'malformed-signature',
      'malformed-body',
      'wrong-api-version',
      'wrong-signature',
      'timestamp-out-of-range',
    ];
    wrong.forEach((_, from) => {
      // Everything from here on is wrong; the first of them is named.
      const change = Object.assign({}, ...wrong.slice(from).reverse()) as Partial<VerifyLesspayOptions>;
      assert.equal(reasonOf(payin(change)), reasons[from]);
    });
    const ambiguous = { ...payinBody, description: '&' };
    assert.equal(reasonOf(signedPayin(ambiguous, { timestamp: '1' })), 'timestamp-out-of-range');
    assert.equal(reasonOf(signedPayin(ambiguous)), 'ambiguous');
  });

  it('throws for no input', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withTypedArray: true,
    });
    const bytes = fc.uint8Array({ maxLength: 60 });
    const raw = fc.oneof(
      anything,
      bytes,
      fc.string(),
      fc.json(),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(
        raw,
        fc.oneof(anything, fc.constant(RIGHT)),
        anything,
        anything,
        fc.boolean(),
        (body, signature, timestamp, secrets, isPayin) => {
          const result = verifyLesspay({
            kind: isPayin ? 'payin' : 'payout',
            rawBody: body as string,
            signature,
            timestamp,
            secrets: secrets as string,
          });
          assert.equal(result.ok, false);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('puts no secret, signature or value of the body into a message', () => {
    const expected = signLesspay(payinBody, SECRET);
    const wrong = expected.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const results = [
      payin({ signature: wrong }),
      payin({ signature: `${expected} ` }),
      payin({ timestamp: '1' }),
      payin({ rawBody: `${RAW}x` }),
      signedPayin({ ...payinBody, account: '138000000001&' }),
      payin({ apiVersion: 'v1' }),
    ];
    for (const result of results) {
      assert.ok(!result.ok);
      assert.doesNotMatch(result.message, new RegExp(`${SECRET}|${expected}|${wrong}|138000000001|R1`));
    }
  });
});

describe('signTestWebhook', () => {
  it('makes a notice that verifies, at the given time', () => {
    const { body, headers } = signTestWebhook(payinBody, SECRET, { now: NOW });
    const result = verifyLesspay({
      kind: 'payin',
      rawBody: body,
      signature: headers['x-auth-signature'],
      timestamp: headers['x-auth-timestamp'],
      secrets: SECRET,
      now: NOW,
    });
    assert.equal(reasonOf(result), 'ok');
    assert.equal(headers['x-auth-timestamp'], String(NOW));
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  });

  it('keeps number texts', () => {
    const { body, headers } = signTestWebhook({ a: new LosslessNumber('100.00') }, SECRET);
    assert.equal(body, '{"a":100.00}');
    assert.equal(reasonOf(payout(body, { signature: headers['x-auth-signature'] })), 'ok');
  });
});
