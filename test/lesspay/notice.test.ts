import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LESSPAY_CODES, lesspayCode } from '../../src/lesspay/codes.ts';
import { readPayinNotice, readPayoutNotice } from '../../src/lesspay/notice.ts';
import { verifyLesspay } from '../../src/lesspay/signing.ts';
import { readPayinStatus, readPayoutStatus } from '../../src/lesspay/status.ts';
import { casesOf } from '../vectors/input-cases.ts';
import { payinBody } from './notices.ts';

const { appSecret, vectors } = JSON.parse(
  readFileSync(new URL('../vectors/lesspay-signing.json', import.meta.url), 'utf8'),
) as { appSecret: string; vectors: { name: string; body: object; signature: string }[] };

/** The vendor's notice of that name, verified. */
function verified(name: string, kind: 'payin' | 'payout') {
  const { body, signature } = vectors.find((vector) => vector.name === name)!;
  const result = verifyLesspay({ kind, rawBody: JSON.stringify(body), signature, secrets: appSecret });
  assert.ok(result.ok);
  return result.body;
}

function pathOf(result: { ok: true } | { ok: false; path: string }) {
  return result.ok ? 'ok' : result.path;
}

describe('readPayinNotice', () => {
  it("reads the vendor's notice into our words", () => {
    assert.deepEqual(readPayinNotice(verified('v2 full', 'payin')), {
      ok: true,
      notice: {
        requestId: '1585581674',
        payOrderId: 'P2045118164054515713',
        status: 'paid',
        amount: '100.00',
        currency: 'USD',
        unknownMembers: [],
      },
    });
  });

  it('hands risk events and error codes over and names members that are not published', () => {
    const result = readPayinNotice({ ...payinBody, order_status: 'FAILED', order_status_int: 3, event: 'payment_declined', error_code: 30034, way_type: 'CARD', surprise: {} }); // prettier-ignore
    assert.ok(result.ok);
    assert.equal(result.notice.event, 'payment_declined');
    assert.equal(result.notice.errorCode, '30034');
    assert.deepEqual(result.notice.unknownMembers, ['way_type', 'surprise']);
  });

  for (const [path, value] of [
    ['request_id', undefined],
    ['request_id', ''],
    ['request_id', 1585581674],
    ['request_id', ['R1']],
    ['request_id', { a: 'R1' }],
    ['request_id', 'x'.repeat(256)],
    ['pay_order_id', undefined],
    ['pay_order_id', 1],
    ['order_status', undefined],
    ['order_status', 2],
    ['order_status', '2'],
    ['order_status', 'SUCCESS'],
    ['order_status', 'succeed'],
    ['order_status', 'PARTIAL_SUCCESS'],
    ['order_status', true],
    ['order_status', ['SUCCEED']],
    ['order_status_int', 3],
    ['order_status_int', 12],
    ['order_status_int', '2'],
    ['order_status_int', 2.5],
    ['target_amount', 100],
    ['target_amount', ['100']],
    ['target_amount', '1e3'],
    ['target_amount', '-1.00'],
    ['target_amount', '1,000.00'],
    ['target_amount', ' 100'],
    ['target_amount', '１００'],
    ['target_amount', undefined],
    ['target_currency', 'php'],
    ['target_currency', 608],
    ['target_currency', undefined],
    ['event', true],
    ['event', {}],
  ] as const) {
    it(`refuses ${path} ${value === undefined ? 'left out' : JSON.stringify(value)}`, () => {
      const body: Record<string, unknown> = { ...payinBody, [path]: value };
      if (value === undefined) Reflect.deleteProperty(body, path);
      assert.equal(pathOf(readPayinNotice(body)), path);
    });
  }

  it('takes no status of the shared cases as paid that is not', () => {
    for (const { id, value, why } of casesOf('webhook_semantics')) {
      const { order_status, order_status_int, event } = value as Record<string, unknown>;
      const result = readPayinNotice({
        ...payinBody,
        order_status,
        ...(order_status_int === undefined ? { order_status_int: undefined } : { order_status_int }),
        ...(event === undefined ? {} : { event }),
      });
      const isPaid = result.ok && result.notice.status === 'paid' && result.notice.event === undefined;
      // Of the invalid cases only those that are wrong by what came before, or by the order, still read as paid here.
      if (isPaid) assert.match(why, /twice|unknown request_id|delimiter/, id);
    }
  });

  it('reads no member of a prototype', () => {
    const body = Object.assign(Object.create(payinBody) as object, { request_id: 'R1' });
    assert.equal(pathOf(readPayinNotice(body as Record<string, unknown>)) === 'ok', false);
  });

  it('throws for no body', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(payinBody)), fc.anything()), (body) => {
        readPayinNotice({ ...payinBody, ...body });
        readPayoutNotice({ ...payinBody, ...body });
      }),
    );
  });
});

describe('readPayoutNotice', () => {
  it("reads the vendor's notice into our words", () => {
    assert.deepEqual(readPayoutNotice(verified('payoutWebhook', 'payout')), {
      ok: true,
      notice: {
        requestId: 'PO1736740800001',
        payOrderId: 'P202501130001',
        status: 'succeeded',
        currency: 'PHP',
        total: '1000.00',
        details: [
          { reference: 'MCH_001', amount: '500.00', status: 'succeeded', isRejected: false },
          { reference: 'MCH_002', amount: '500.00', status: 'succeeded', isRejected: false },
        ],
        unknownMembers: [],
      },
    });
  });

  const body = {
    pay_order_id: 'PO1',
    request_id: 'B1',
    order_status: 'FAILED',
    currency: 'PHP',
    total_amount: '10.00',
  };
  const detail = { mch_order_id: 'D1', amount: '10.00', status: 'FAILED' };

  it('hands reasons over and names members that are not published, in details too', () => {
    const result = readPayoutNotice({
      ...body,
      fail_reason: 'review rejected',
      encryptData: 'x',
      details: [{ ...detail, fail_reason: '', rejected_reason: 'name mismatch', note: 1 }],
    });
    assert.ok(result.ok);
    assert.equal(result.notice.failReason, 'review rejected');
    assert.equal(result.notice.details[0]?.failReason, 'name mismatch');
    assert.deepEqual(result.notice.unknownMembers, ['encryptData', 'details.0.note']);
  });

  it('refers a single payout without a reference of its own to its request', () => {
    const result = readPayoutNotice({ ...body, details: [{ ...detail, mch_order_id: '' }] });
    assert.ok(result.ok);
    assert.equal(result.notice.details[0]?.reference, 'B1');
    const bare = readPayoutNotice({ pay_order_id: 'PO1', request_id: 'B1', order_status: 'SUCCESS' });
    assert.ok(bare.ok);
    assert.deepEqual([bare.notice.status, bare.notice.details], ['succeeded', []]);
  });

  for (const [path, change] of [
    ['order_status', { order_status: 'PAID' }],
    ['order_status', { order_status: 2 }],
    ['total_amount', { total_amount: 10 }],
    ['currency', { currency: 'pesos' }],
    ['details', { details: {} }],
    ['details.0', { details: ['x'] }],
    ['details.0.amount', { details: [{ ...detail, amount: 10 }] }],
    ['details.0.status', { details: [{ ...detail, status: 'DONE' }] }],
    ['details.1.mch_order_id', { details: [detail, { amount: '1', status: 'FAILED' }] }],
    ['details.0.mch_order_id', { details: [{ ...detail, mch_order_id: 7 }] }],
  ] as const) {
    it(`refuses ${path} in ${JSON.stringify(change)}`, () => {
      assert.equal(pathOf(readPayoutNotice({ ...body, ...change })), path);
    });
  }
});

describe('status words', () => {
  it('reads each published pay-in status by word, by number, and by both', () => {
    const rows = [
      ['PENDING_CONFIRM', 0, 'pending'],
      ['PENDING_PAY', 1, 'pending'],
      ['SUCCEED', 2, 'paid'],
      ['FAILED', 3, 'failed'],
      ['CANCELED', 4, 'canceled'],
      ['REFUND', 5, 'refunded'],
      ['CLOSED', 6, 'closed'],
      ['PAID', 12, 'amount-differs'],
    ] as const;
    for (const [word, int, status] of rows) {
      assert.equal(readPayinStatus(word), status);
      assert.equal(readPayinStatus(undefined, int), status);
      assert.equal(readPayinStatus(String(int)), status);
      assert.equal(readPayinStatus(word, String(int)), status);
      for (const [, other] of rows) if (other !== int) assert.equal(readPayinStatus(word, other), 'unknown');
    }
    for (const int of [7, 8, 9, 10, 11, 13, -1, 2.5, NaN]) assert.equal(readPayinStatus(undefined, int), 'unknown');
    assert.equal(readPayinStatus(undefined), 'unknown');
    assert.equal(readPayinStatus('constructor'), 'unknown');
  });

  it('reads each documented payout spelling in any case', () => {
    const rows: Record<string, string> = {
      PENDING_CONFIRM: 'review',
      CREATED: 'review',
      PENDING_PAY: 'processing',
      PROCESSING: 'processing',
      SUCCEED: 'succeeded',
      SUCCESS: 'succeeded',
      SUCCEEDED: 'succeeded',
      FAILED: 'failed',
      CANCELED: 'canceled',
      REFUND: 'refunded',
      REFUNDED: 'refunded',
      CLOSED: 'closed',
      PARTIAL_SUCCESS: 'partly-succeeded',
    };
    for (const [word, status] of Object.entries(rows)) {
      const mixed = word.charAt(0) + word.slice(1).toLowerCase();
      for (const spelling of [word, mixed, word.toLowerCase()])
        assert.equal(readPayoutStatus(spelling), status, spelling);
    }
    for (const word of ['PAID', '12', '', 'toString', '__proto__']) assert.equal(readPayoutStatus(word), 'unknown');
    assert.equal(readPayoutStatus('11'), 'partly-succeeded');
  });
});

describe('LESSPAY_CODES', () => {
  it('never calls a lost or repeated create call refused', () => {
    for (const code of ['10', '12', '1201', '30010', '30011']) assert.equal(lesspayCode(code)?.outcome, 'unknown');
  });

  it('names the member that a payout refusal is about', () => {
    const fields = Object.entries(LESSPAY_CODES).flatMap(([code, { field }]) =>
      field === undefined ? [] : [[code, field]],
    );
    assert.deepEqual(Object.fromEntries(fields), {
      '1201': 'requestId',
      '30001': 'currency',
      '30002': 'total',
      '30004': 'accountType',
      '30005': 'country',
      '30006': 'account',
      '30007': 'reference',
      '30009': 'amount',
      '30010': 'requestId',
      '30011': 'requestId',
    });
  });

  it('knows no code that is not published', () => {
    for (const code of ['30012', '30079', '5001', 'constructor', '']) assert.equal(lesspayCode(code), undefined);
  });
});
