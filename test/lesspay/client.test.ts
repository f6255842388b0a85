import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import {
  createLesspayClient,
  type CreatePayinOrder,
  type CreatePayoutOrder,
  type LesspayClient,
  type LesspayClientOptions,
} from '../../src/lesspay/client.ts';
import { signLesspay, stringToSign, verifyLesspay } from '../../src/lesspay/signing.ts';
import { toLesspayBeneficiary, toLesspayDetail } from '../../src/rules/mapping.ts';
import { UpstreamError } from '../../src/upstream/error.ts';
import { type FakeAnswer, fakeUpstream, response } from './fake-upstream.ts';
import { NOW, SECRET } from './notices.ts';

const APP_ID = '690b2b46e4b09c73147db688';

function setUp(answers: FakeAnswer | FakeAnswer[], options: Partial<LesspayClientOptions> = {}) {
  const upstream = fakeUpstream(...(Array.isArray(answers) ? (answers as FakeAnswer[]) : [answers]));
  const client = createLesspayClient({
    appId: APP_ID,
    appSecret: SECRET,
    baseUrl: 'https://upstream.example/',
    send: upstream.send,
    now: () => NOW,
    onCall: upstream.onCall,
    ...options,
  });
  return { client, upstream };
}

const order: CreatePayinOrder = {
  requestId: 'r2345678901234567890',
  amount: '19.90',
  currency: 'PHP',
  productName: 'Mug',
  description: 'Order ORD-1',
  successUrl: 'https://shop.example/return?request_id=r2345678901234567890',
  failUrl: 'https://shop.example/return?request_id=r2345678901234567890',
  notifyUrl: 'https://shop.example/lesspay/webhooks/lesspay/payin',
};

const created = { code: 0, msg: 'SUCCESS', data: { checkout_url: 'https://pay.example/c/1', pay_order_id: 'P1' } };

const detail = {
  mch_order_id: 'D1',
  amount: '100.00',
  bank_account_name: 'JUAN DELA CRUZ',
  bank_account_no: '138000000001',
  bank_account_type: 'individual',
  bank_name: 'BDO',
  bank_country_code: 'PH',
  bank_swift_code: 'BNORPHMM',
};

const wallet = {
  mch_order_id: 'D2',
  amount: '50.00',
  e_wallet: {
    account_name: 'JUAN',
    account_number: '09171234501',
    account_type: 'individual',
    provider: 'GCash',
    deposit_key_type: 'phone',
    deposit_key: '09171234501',
  },
};

const batch = {
  requestId: 'B1',
  currency: 'PHP',
  total: '100.00',
  wayCode: 'TAZAPAY_PAYOUT',
  notifyUrl: 'https://shop.example/lesspay/webhooks/lesspay/payout',
  details: [detail],
};

const single: CreatePayoutOrder = {
  requestId: 'S1',
  amount: '100.50',
  currency: 'PHP',
  productName: 'Payout',
  description: 'Payout S1',
  notifyUrl: 'https://shop.example/hook',
  beneficiary: {
    beneficiary_type: 'individual',
    beneficiary_info: { name: 'JUAN', date_of_birth: '1990-01-15', email: '' },
    destination: { type: 'ewallet', e_wallet: { ewallet_provider: 'GCash', account_number: '09171234501' } },
  },
};

async function failure(call: Promise<unknown>): Promise<UpstreamError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof UpstreamError, String(error));
    return error;
  }
  return assert.fail('the call did not fail');
}

/** Each call of the client, with arguments that are good enough to be sent. */
const calls: [keyof LesspayClient, string, (client: LesspayClient) => Promise<unknown>][] = [
  ['createPayin', '/api/global/v1/pay/create-order', (client) => client.createPayin(order)],
  [
    'queryPayin',
    '/api/global/v1/pay/query-order',
    (client) => client.queryPayin({ requestId: 'R1', from: new Date(NOW) }),
  ],
  ['createBatchPayout', '/api/global/payout/batch/create-order', (client) => client.createBatchPayout(batch)],
  ['createPayout', '/api/global/payout/create-order', (client) => client.createPayout(single)],
  ['queryPayout', '/api/global/payout/query', (client) => client.queryPayout({ requestId: 'B1' })],
  ['banks', '/api/global/payout/bank', (client) => client.banks({ country: 'PH', currency: 'PHP', wayCode: 'W' })],
  ['balance', '/api/global/payout/balance', (client) => client.balance({ currency: 'PHP', wayCode: 'W' })],
  ['triggerNotify', '/api/global/payout/triggerNotify', (client) => client.triggerNotify({ requestId: 'B1' })],
];

/** What those who watch the calls read. */
const OPERATIONS: Record<keyof LesspayClient, string> = {
  createPayin: 'create-payin',
  queryPayin: 'query-payin',
  createBatchPayout: 'create-batch-payout',
  createPayout: 'create-payout',
  queryPayout: 'query-payout',
  banks: 'list-banks',
  balance: 'read-balance',
  triggerNotify: 'trigger-notice',
};

describe('createLesspayClient', () => {
  it('tells which sending it was and how a call failed', async () => {
    const { client, upstream } = setUp({ code: 30010, msg: 'no' });
    await client.createPayout({ ...single, attempt: 3 }).catch(() => undefined);
    const [call] = upstream.calls;
    assert.deepEqual([call?.attempt, call?.failure, call?.upstreamCode], [3, 'refused', '30010']);
  });

  for (const [name, path, run] of calls) {
    it(`${name} posts to ${path}, signed over exactly what is sent`, async () => {
      const { client, upstream } = setUp(created);
      await run(client);
      const [request] = upstream.requests;
      assert.equal(request?.url, `https://upstream.example${path}`);
      assert.equal(request.method, 'POST');
      assert.equal(request.headers['x-auth-appid'], APP_ID);
      assert.equal(request.headers['x-auth-timestamp'], String(NOW));
      assert.match(request.headers['content-type'] ?? '', /^application\/json/);
      const verified = verifyLesspay({
        kind: 'payout',
        rawBody: request.body ?? '',
        signature: request.headers['x-auth-signature'],
        secrets: SECRET,
      });
      assert.ok(verified.ok || verified.reason === 'ambiguous', verified.ok ? '' : verified.reason);
      assert.doesNotMatch(request.body ?? '', /null|""/);
    });

    it(`${name} reports its call without body, header or id`, async () => {
      const { client, upstream } = setUp(created);
      await run(client);
      const [call] = upstream.calls;
      assert.ok(call);
      const { durationMs, ...rest } = call;
      assert.ok(durationMs >= 0);
      assert.deepEqual(rest, {
        api: 'lesspay',
        operation: OPERATIONS[name],
        path,
        attempt: undefined,
        outcome: 'ok',
        failure: undefined,
        httpStatus: 200,
        upstreamCode: '0',
      });
    });

    for (const [what, answer, kind, outcome] of [
      ['HTML with status 200', response(200, '<html>'), 'not-json', 'unknown'],
      ['HTML with status 502', response(502, '<html>'), 'not-json', 'unknown'],
      ['an empty answer', response(200, ''), 'not-json', 'unknown'],
      ['a truncated answer', response(200, '{"code":0,"data":{'), 'not-json', 'unknown'],
      ['an answer with a repeated member', response(200, '{"code":0,"code":1}'), 'not-json', 'unknown'],
      ['JSON without a code', response(200, '{"data":{}}'), 'shape', 'unknown'],
      ['a code that is no number', response(200, '{"code":"SUCCESS","data":{}}'), 'shape', 'unknown'],
      ['a list', response(200, '[]'), 'shape', 'unknown'],
      ['HTTP 500 without a code', response(500, '{"error":"x"}'), 'http', 'unknown'],
      ['HTTP 401 without a code', response(401, '{"error":"x"}'), 'http', 'refused'],
      ['HTTP 500 with code 0', response(500, '{"code":0}'), 'http', 'unknown'],
      ['HTTP 503 with a refusal', response(503, '{"code":30006}'), 'refused', 'unknown'],
      ['HTTP 403 with an unpublished code', response(403, '{"code":40301}'), 'refused', 'refused'],
      ['HTTP 400 with an unpublished code', response(400, '{"code":30015}'), 'refused', 'unknown'],
      ['HTTP 422 with an unpublished code', response(422, '{"code":30015}'), 'refused', 'unknown'],
      ['HTTP 400 with a published refusal', response(400, '{"code":30006}'), 'refused', 'refused'],
      ['an unpublished code', { code: 30015 }, 'refused', 'unknown'],
      ['code 10', { code: 10 }, 'refused', 'unknown'],
      ['code 12 as text', { code: '12' }, 'refused', 'unknown'],
      ['code 11', { code: 11 }, 'refused', 'refused'],
      ['code 1201', { code: 1201 }, 'refused', 'unknown'],
      ['code 30010', { code: 30010 }, 'refused', 'unknown'],
      ['code 30011', { code: 30011 }, 'refused', 'unknown'],
      ['code 30006', { code: 30006 }, 'refused', 'refused'],
    ] as [string, FakeAnswer, string, string][]) {
      it(`${name} fails as ${kind}/${outcome} on ${what}`, async () => {
        const { client, upstream } = setUp(answerWithSecrets(answer));
        const error = await failure(run(client));
        assert.equal(error.kind, kind);
        assert.equal(error.outcome, outcome);
        assert.equal(upstream.calls[0]?.outcome, outcome);
        assert.equal(upstream.requests.length, 1);
        assert.doesNotMatch(inspect(error, { depth: 9 }), /UPSTREAM TEXT|138000000001/);
      });
    }

    it(`${name} passes a transport failure on as it is`, async () => {
      const broken = new UpstreamError({ kind: 'timeout', outcome: 'unknown', message: 'late' });
      const { client, upstream } = setUp(broken);
      assert.equal(await failure(run(client)), broken);
      assert.deepEqual(
        upstream.calls.map(({ outcome, httpStatus }) => [outcome, httpStatus]),
        [['unknown', undefined]],
      );
    });
  }

  /** Upstream text must not reach a message. */
  function answerWithSecrets(answer: FakeAnswer): FakeAnswer {
    if (answer instanceof Error || typeof answer === 'string' || 'status' in answer) return answer;
    return { ...answer, msg: 'UPSTREAM TEXT 138000000001' };
  }

  it('names the code and its meaning in the error', async () => {
    const { client } = setUp({ code: 30005, msg: 'x' });
    const error = await failure(client.createBatchPayout(batch));
    assert.equal(error.upstreamCode, '30005');
    assert.equal(error.message, 'Lesspay answered with code 30005 (invalid country code).');
  });

  it('signs with the current of several secrets', async () => {
    const { client, upstream } = setUp(created, { appSecret: [SECRET, 'the previous secret'] });
    await client.createPayin(order);
    const [request] = upstream.requests;
    assert.equal(request?.headers['x-auth-signature'], signLesspay(upstream.body(), SECRET));
  });

  it('refuses to exist without a secret', () => {
    for (const appSecret of ['', ' ', [], ['']]) {
      assert.throws(() => setUp(created, { appSecret }), /appSecret/);
    }
  });

  it('keeps a path before /api', async () => {
    const { client, upstream } = setUp(created, { baseUrl: 'http://localhost:5173/sandbox//' });
    await client.createPayin(order);
    assert.equal(upstream.requests[0]?.url, 'http://localhost:5173/sandbox/api/global/v1/pay/create-order');
  });

  it('does not let a failing log change the outcome', async () => {
    const { client } = setUp(created, {
      onCall: () => {
        throw new Error('disk full');
      },
    });
    assert.equal((await client.createPayin(order)).checkoutUrl, 'https://pay.example/c/1');
  });

  it('shows no secret when it is inspected or written as JSON', () => {
    const { client } = setUp(created);
    const shown = inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client);
    assert.ok(!shown.includes(SECRET) && !shown.includes(APP_ID));
  });

  it('shows no secret, signature, string to sign or account in the error of any call', async () => {
    const answers = [response(200, '<html>'), { code: 30006, msg: 'x' }, { code: 0, data: 'x' }, response(500, '{}')];
    for (const [, , run] of calls) {
      for (const answer of answers) {
        const { client, upstream } = setUp(answer);
        let shown = '';
        try {
          await run(client);
        } catch (error) {
          shown =
            inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + String((error as Error).stack);
        }
        const [request] = upstream.requests;
        const signature = request?.headers['x-auth-signature'] ?? '';
        const signed = stringToSign(upstream.body(), SECRET);
        for (const confidential of [
          SECRET,
          signature,
          signed,
          signed.slice(0, 40),
          '138000000001',
          '09171234501',
          APP_ID,
        ]) {
          assert.ok(!shown.includes(confidential), confidential);
          assert.ok(!JSON.stringify(upstream.calls).includes(confidential), confidential);
        }
      }
    }
  });
});

describe('createPayin', () => {
  it('sends the documented members and nothing else', async () => {
    const { client, upstream } = setUp(created);
    await client.createPayin({ ...order, expiresInSeconds: 1800, wayType: '', wayCode: undefined });
    assert.deepEqual(upstream.body(), {
      request_id: 'r2345678901234567890',
      product_name: 'Mug',
      description: 'Order ORD-1',
      target_amount: '19.90',
      target_currency: 'PHP',
      transaction_type: 'PAY_IN',
      success_url: order.successUrl,
      fail_url: order.failUrl,
      notify_url: order.notifyUrl,
      api_version: 'V2',
      pay_access_type: 1,
      expired_time: 1800,
    });
  });

  it('sends what is optional when it is given', async () => {
    const { client, upstream } = setUp(created);
    await client.createPayin({
      ...order,
      wayType: 'CRYPTO',
      wayCode: 'W',
      transactionNetwork: 'TRC20',
      threeDSecure: false,
    });
    const { way_type, way_code, transaction_network, channel_extra } = upstream.body();
    assert.deepEqual([way_type, way_code, transaction_network], ['CRYPTO', 'W', 'TRC20']);
    assert.deepEqual(channel_extra, { three_ds: { enabled: false } });
  });

  it('spells what is contradictory as it is configured', async () => {
    const { client, upstream } = setUp(created, {
      payin: { apiVersion: 'v2', expiredTimeAs: 'string', amountUnits: { TAZAPAY_BANK_PUSH_MXN: 'minor' } },
    });
    await client.createPayin({
      ...order,
      currency: 'MXN',
      amount: '100.5',
      wayCode: 'TAZAPAY_BANK_PUSH_MXN',
      expiresInSeconds: 60,
    });
    const { api_version, expired_time, target_amount } = upstream.body();
    assert.deepEqual([api_version, expired_time, target_amount], ['v2', '60', 10050]);
    await client.createPayin({ ...order, currency: 'JPY', amount: '2000', wayCode: 'TAZAPAY_BANK_PUSH_MXN' });
    assert.equal(upstream.body().target_amount, 2000);
    await assert.rejects(
      client.createPayin({ ...order, currency: 'JPY', amount: '0.5', wayCode: 'TAZAPAY_BANK_PUSH_MXN' }),
      RangeError,
    );
  });

  it('cuts free text and takes the delimiters of the string to sign out of it', async () => {
    const { client, upstream } = setUp(created);
    await client.createPayin({
      ...order,
      productName: 'Tom & Jerry [x=1] {y} and a very long rest',
      description: `${'😀'.repeat(24)}a😀\n\u0000b`,
    });
    const { product_name, description } = upstream.body();
    assert.equal(product_name, 'Tom + Jerry (x-1) (y) and a ve');
    assert.equal(description, `${'😀'.repeat(24)}a`);
    const raw = upstream.requests[0]?.body ?? '';
    const signature = upstream.requests[0]?.headers['x-auth-signature'];
    assert.equal(verifyLesspay({ kind: 'payout', rawBody: raw, signature, secrets: SECRET }).ok, true);
  });

  it('finds the checkout URL in every documented place and spelling', async () => {
    const url = 'https://pay.example/c/1';
    for (const data of [
      { checkout_url: url, pay_order_id: 'P1' },
      { checkoutUrl: url, payOrderId: 'P1' },
      { order_data: { checkout_url: url, pay_order_id: 'P1' } },
      { order_data: { checkoutUrl: url, payOrderId: 'P1', payOrderDetailIdEncode: 'f'.repeat(64) } },
      { pay_order_id: 'P1', order_data: { checkoutUrl: url, payOrderId: 'P2' } },
      { checkout_url: null, checkoutUrl: '', order_data: { checkoutUrl: url, payOrderId: 'P1' } },
      { checkoutUrl: url, pay_order_id: 'P1', request_id: order.requestId, order_data: null },
    ]) {
      const { client } = setUp({ code: '0', msg: '', data });
      assert.deepEqual(await client.createPayin(order), { checkoutUrl: url, payOrderId: 'P1' }, JSON.stringify(data));
    }
    const { client } = setUp({ code: 0, data: { checkout_url: url } });
    assert.deepEqual(await client.createPayin(order), { checkoutUrl: url });
  });

  it('fails loudly, with an unknown outcome, when the URL is missing or the answer is for another order', async () => {
    for (const data of [{}, null, [], 'x', { pay_order_id: 'P1' }]) {
      const error = await failure(setUp({ code: 0, data }).client.createPayin(order));
      assert.deepEqual([error.kind, error.outcome], ['shape', 'unknown']);
    }
    const other = { code: 0, data: { checkout_url: 'https://pay.example/c/1', request_id: 'another' } };
    assert.equal((await failure(setUp(other).client.createPayin(order))).kind, 'shape');
  });
});

describe('queryPayin', () => {
  const row = {
    request_id: 'R1',
    pay_order_id: 'P1',
    order_status: 'SUCCEED',
    order_status_int: 2,
    target_amount: '100.00',
    target_currency: 'PHP',
  };
  const state = { payOrderId: 'P1', requestId: 'R1', status: 'paid', amount: '100.00', currency: 'PHP' };
  const ask = (data: unknown, query = { requestId: 'R1', from: new Date(NOW) }) =>
    setUp({ code: 0, data }).client.queryPayin(query);

  it('reads an object, a list and every page around a list', async () => {
    for (const data of [
      row,
      [row],
      { records: [row], total: 1 },
      { list: [row], page: 1, page_size: 20, total: '1' },
      { rows: [row] },
      { orders: [row] },
      [{ ...row, request_id: 'R0', pay_order_id: 'P0', order_status: 'FAILED' }, row],
      {
        requestId: 'R1',
        payOrderId: 'P1',
        orderStatus: 'SUCCEED',
        orderStatusInt: '2',
        targetAmount: '100.00',
        targetCurrency: 'PHP',
      },
      { ...row, order_status: 2, order_status_int: undefined },
      { ...row, order_status: undefined, order_status_int: 2 },
    ]) {
      assert.deepEqual(await ask(data), state, JSON.stringify(data));
    }
  });

  it('keeps the text of an amount that comes as a number', async () => {
    const { client } = setUp('{"code":0,"data":{"request_id":"R1","order_status":"SUCCEED","target_amount":100.00}}');
    assert.equal((await client.queryPayin({ requestId: 'R1', from: new Date(NOW) }))?.amount, '100.00');
  });

  it('reads the checkout URL where there is one', async () => {
    for (const extra of [{ checkout_url: 'https://u' }, { order_data: { checkoutUrl: 'https://u' } }]) {
      assert.equal((await ask({ ...row, ...extra }))?.checkoutUrl, 'https://u');
    }
  });

  it('counts as paid only the exact word and the agreeing number', async () => {
    const statusOf = async (members: object) =>
      (await ask({ ...row, order_status_int: undefined, ...members }))?.status;
    assert.equal(await statusOf({ order_status: 'SUCCEED' }), 'paid');
    for (const order_status of ['SUCCESS', 'SUCCEEDED', 'Succeed', 'succeed', ' SUCCEED', '2.0', 'TRUE', true]) {
      if (typeof order_status === 'string') assert.equal(await statusOf({ order_status }), 'unknown', order_status);
      else assert.equal((await failure(ask({ ...row, order_status }))).kind, 'shape');
    }
    assert.equal(await statusOf({ order_status: 'SUCCEED', order_status_int: 3 }), 'unknown');
    assert.equal(await statusOf({ order_status: 'SUCCEED', order_status_int: 12 }), 'unknown');
    assert.equal(await statusOf({ order_status: 'PAID', order_status_int: 12 }), 'amount-differs');
    assert.equal(await statusOf({ order_status: 'PENDING_PAY', order_status_int: 1 }), 'pending');
  });

  it('is undefined when the upstream does not know the order', async () => {
    for (const answer of [
      { code: 1202 },
      { code: 5003 },
      { code: 0, data: null },
      { code: 0 },
      { code: 0, data: [] },
      { code: 0, data: {} },
      { code: 0, data: { records: [], total: 0 } },
      { code: 0, data: [{ request_id: 'another', order_status: 'SUCCEED' }] },
      { code: 0, data: { request_id: 'R1', pay_order_id: 'another', order_status: 'SUCCEED' } },
    ]) {
      const { client } = setUp(answer);
      const query = { requestId: 'R1', payOrderId: 'P1', from: new Date(NOW) };
      assert.equal(await client.queryPayin(query), undefined, JSON.stringify(answer));
    }
  });

  it('does not take the word of an order without ids, or of two orders', async () => {
    for (const data of [{ order_status: 'SUCCEED' }, [row, row], 'SUCCEED', [['SUCCEED']]]) {
      assert.equal((await failure(ask(data))).kind, 'shape', JSON.stringify(data));
    }
  });

  it('asks for a window of at most seven days that holds the creation time', async () => {
    const from = NOW - 30 * 86_400_000;
    for (const [fromMs, to] of [
      [NOW, undefined],
      [NOW - 1000, undefined],
      [from, undefined],
      [from, new Date(from + 1000)],
      [NOW + 5000, undefined],
    ] as const) {
      const { client, upstream } = setUp({ code: 0, data: [] });
      await client.queryPayin({ requestId: 'R1', from: new Date(fromMs), to });
      const { start_time, end_time, page, page_size } = upstream.body() as Record<string, number>;
      assert.ok(start_time! < fromMs && fromMs < end_time!);
      assert.ok(end_time! - start_time! <= 7 * 86_400_000);
      assert.deepEqual([page, page_size], [1, 20]);
    }
  });

  it('sends the numbers as strings when it is configured so', async () => {
    const { client, upstream } = setUp({ code: 0, data: [] }, { payin: { queryNumbersAs: 'string' } });
    await client.queryPayin({ payOrderId: 'P1', from: new Date(NOW) });
    const body = upstream.body();
    assert.equal(body.pay_order_id, 'P1');
    for (const name of ['start_time', 'end_time', 'page', 'page_size']) assert.equal(typeof body[name], 'string');
  });
});

describe('createBatchPayout', () => {
  it('sends the documented members, with the destination type in both places', async () => {
    const { client, upstream } = setUp({ code: 0, data: { pay_order_id: 'PO1', order_status: 'PENDING_CONFIRM' } });
    assert.deepEqual(await client.createBatchPayout(batch), { payOrderId: 'PO1', status: 'review' });
    assert.deepEqual(upstream.body(), {
      request_id: 'B1',
      currency: 'PHP',
      total_amount: '100.00',
      way_type: 'BANK_TRANSFER',
      way_code: 'TAZAPAY_PAYOUT',
      notify_url: batch.notifyUrl,
      destination_type: 'bank',
      payout_order_details: [{ ...detail, destination_type: 'bank' }],
    });
  });

  it('puts the destination type and the way type where they are configured', async () => {
    const sent = async (
      payout: LesspayClientOptions['payout'],
      details: (typeof detail | typeof wallet)[],
      wayType?: string,
    ) => {
      const { client, upstream } = setUp({ code: 0, data: {} }, { payout });
      await client.createBatchPayout({ ...batch, details, wayType });
      const { destination_type, way_type, payout_order_details } = upstream.body();
      const inDetails = (payout_order_details as { destination_type?: string }[]).map((row) => row.destination_type);
      return [destination_type, way_type, ...inDetails];
    };
    assert.deepEqual(await sent({ destinationType: 'detail' }, [wallet]), [undefined, 'E_WALLET', 'ewallet']);
    assert.deepEqual(await sent({ destinationType: 'root' }, [wallet]), ['ewallet', 'E_WALLET', undefined]);
    assert.deepEqual(await sent({ destinationType: 'root' }, [{ ...detail, destination_type: 'bank' } as typeof detail]), ['bank', 'BANK_TRANSFER', undefined]); // prettier-ignore
    assert.deepEqual(await sent({ batchWayType: 'omitted' }, [wallet]), ['ewallet', undefined, 'ewallet']);
    assert.deepEqual(await sent({ batchWayType: 'omitted' }, [wallet], 'GIVEN'), ['ewallet', 'GIVEN', 'ewallet']);
    assert.deepEqual(await sent({ wayTypes: { batchWallet: 'WALLET_TRANSFER' } }, [wallet]), ['ewallet', 'WALLET_TRANSFER', 'ewallet']); // prettier-ignore
    assert.deepEqual(await sent({}, [detail, wallet]), [undefined, undefined, 'bank', 'ewallet']);
  });

  it('sends minor units where a channel wants them, in total and details', async () => {
    const { client, upstream } = setUp({ code: 0, data: {} }, { payout: { amountUnits: { TAZAPAY_PAYOUT: 'minor' } } });
    await client.createBatchPayout(batch);
    const { total_amount, payout_order_details } = upstream.body();
    assert.equal(total_amount, 10000);
    assert.equal((payout_order_details as { amount: number }[])[0]?.amount, 10000);
  });

  it('takes details and beneficiaries as the rules make them', async () => {
    const { client, upstream } = setUp({ code: 0, data: {} });
    const recipient = {
      method: 'ewallet',
      provider: 'GCash',
      accountType: 'individual',
      holderName: 'Juan dela Cruz',
      accountNumber: '09171234501',
    } as const;
    const mapped = toLesspayDetail(recipient, { reference: 'D1', amount: '100.00', currency: 'PHP' });
    assert.ok(mapped.ok);
    await client.createBatchPayout({ ...batch, details: [mapped.detail] });
    assert.equal(upstream.body().destination_type, 'ewallet');
    const beneficiary = toLesspayBeneficiary(recipient);
    assert.ok(beneficiary.ok);
    await client.createPayout({ ...single, beneficiary: beneficiary.beneficiary });
    assert.equal(upstream.body().way_type, 'WALLET_TRANSFER');
  });

  it('reads either spelling, waits for review when no status is named, and does not guess an unknown one', async () => {
    const status = async (data: unknown) => setUp({ code: 0, data }).client.createBatchPayout(batch);
    assert.deepEqual(await status({ payOrderId: 'PO1', orderStatus: 0, encryptData: '', sign: '' }), {
      payOrderId: 'PO1',
      status: 'review',
    });
    assert.deepEqual(await status({ pay_order_id: 'PO1', total_count: 1, total_amount_obj: { amountStr: '100.00' } }), { payOrderId: 'PO1', status: 'review' }); // prettier-ignore
    assert.deepEqual(await status({ order_status: 'SOMETHING' }), { status: 'unknown' });
    assert.equal((await failure(status(null))).outcome, 'unknown');
    assert.equal((await failure(status({ request_id: 'B2' }))).kind, 'shape');
  });
});

describe('createPayout', () => {
  it('sends a way type only where no way code names the channel', async () => {
    const { client, upstream } = setUp({ code: 0, data: { pay_order_id: 'PO1' } });
    assert.deepEqual(await client.createPayout(single), { payOrderId: 'PO1', status: 'processing' });
    assert.equal(upstream.body().way_type, 'WALLET_TRANSFER');
    await client.createPayout({ ...single, wayCode: 'TAZAPAY_PAYOUT' });
    assert.deepEqual([upstream.body().way_code, upstream.body().way_type], ['TAZAPAY_PAYOUT', undefined]);
    for (const [type, wayType] of [
      ['bank', 'BANK_TRANSFER'],
      ['bank_account', 'BANK_TRANSFER'],
      ['crypto_wallet', 'CRYPTO'],
      ['x', undefined],
    ]) {
      // prettier-ignore
      await client.createPayout({ ...single, beneficiary: { destination: { type } } });
      assert.equal(upstream.body().way_type, wayType);
    }
  });

  it('writes the date of birth as it is configured and leaves empty members out', async () => {
    for (const [dateOfBirth, expected] of [
      [undefined, '1990-01-15'],
      ['dd-mm-yyyy', '15-01-1990'],
    ] as const) {
      const { client, upstream } = setUp({ code: 0, data: {} }, { payout: { dateOfBirth } });
      await client.createPayout({ ...single, purpose: 'PYR001', expiresInSeconds: 86400 });
      const { beneficiary, purpose, expired_time } = upstream.body() as { beneficiary: { beneficiary_info: object }; purpose: string; expired_time: number }; // prettier-ignore
      assert.deepEqual(beneficiary.beneficiary_info, { name: 'JUAN', date_of_birth: expected });
      assert.deepEqual([purpose, expired_time], ['PYR001', 86400]);
    }
    const { client, upstream } = setUp({ code: 0, data: {} }, { payout: { dateOfBirth: 'dd-mm-yyyy' } });
    await client.createPayout({ ...single, beneficiary: { destination: { type: 'bank' } } });
    assert.deepEqual(upstream.body().beneficiary, { destination: { type: 'bank' } });
  });
});

describe('queryPayout', () => {
  const row = {
    pay_order_id: 'PO1',
    request_id: 'B1',
    order_status: 'PARTIAL_SUCCESS',
    currency: 'PHP',
    total_amount: '300.00',
    decimal_places: 2,
    fail_reason: '',
    created_at: '2025-01-13T10:00:00.000+08:00',
    details: [
      {
        mch_order_id: 'D1',
        amount: '100.00',
        status: 'Succeeded',
        audit_state: 'APPROVED',
        bank_account_no: '1234****5678',
      },
      { mch_order_id: 'D2', amount: '200.00', status: 'FAILED', fail_reason: 'closed account', rejected_reason: null },
    ],
  };
  const ask = (data: unknown) =>
    setUp({ code: 0, msg: '', data, encryptData: '', sign: '' }).client.queryPayout({ requestId: 'B1' });

  it('reads the batch and each detail', async () => {
    assert.deepEqual(await ask(row), {
      payOrderId: 'PO1',
      requestId: 'B1',
      status: 'partly-succeeded',
      currency: 'PHP',
      total: '300.00',
      failed: false,
      createdAt: Date.parse('2025-01-13T02:00:00Z'),
      details: [
        { reference: 'D1', amount: '100.00', status: 'succeeded', isRejected: false },
        { reference: 'D2', amount: '200.00', status: 'failed', isRejected: false, failReason: 'closed account' },
      ],
    });
    assert.deepEqual(await ask([row]), await ask(row));
    assert.deepEqual(await ask({ list: [row] }), await ask(row));
  });

  it('accepts every documented success word, in any case', async () => {
    for (const word of ['SUCCEED', 'SUCCESS', 'SUCCEEDED', 'Succeeded', 'succeed', 2, '2']) {
      const state = await ask({
        ...row,
        order_status: word,
        details: [{ mch_order_id: 'D1', amount: '1', status: word }],
      });
      assert.deepEqual([state?.status, state?.details[0]?.status], ['succeeded', 'succeeded'], String(word));
    }
  });

  it('lets the review speak for a detail that the channel has not seen', async () => {
    for (const [status, audit_state, expected] of [
      ['CREATED', 'PENDING', 'review'],
      ['CREATED', 'APPROVED', 'processing'],
      ['CREATED', 'REJECTED', 'failed'],
      ['', 'REJECTED', 'failed'],
      ['Succeeded', 'REJECTED', 'succeeded'],
      ['PROCESSING', 'APPROVED', 'processing'],
    ]) {
      const state = await ask({ ...row, details: [{ mch_order_id: 'D1', amount: '1', status, audit_state }] });
      assert.equal(state?.details[0]?.status, expected);
    }
  });

  it('reads milliseconds as a time, amounts in an object, and a single payout without references', async () => {
    const state = await ask({
      payOrderId: 'PO1',
      requestId: 'B1',
      status: 'FAILED',
      createdAt: 1764577927000,
      totalAmountObj: { amountStr: '10.00', currencyCode: 'BRL' },
      details: [{ amount: '10.00', status: 'FAILED' }],
    });
    assert.deepEqual(state, {
      payOrderId: 'PO1',
      requestId: 'B1',
      status: 'failed',
      currency: 'BRL',
      total: '10.00',
      failed: true,
      createdAt: 1764577927000,
      details: [{ reference: 'B1', amount: '10.00', status: 'failed', isRejected: false }],
    });
    assert.deepEqual((await ask({ request_id: 'B1', order_status: 'PENDING_PAY', details: null }))?.details, []);
  });

  it('is undefined when the upstream does not know the order', async () => {
    for (const answer of [{ code: 30020 }, { code: 30021 }, { code: 0, data: null }, { code: 0, data: {} }]) {
      assert.equal(await setUp(answer).client.queryPayout({ requestId: 'B1' }), undefined);
    }
    assert.equal((await failure(ask('x'))).kind, 'shape');
  });
});

describe('banks, balance and triggerNotify', () => {
  it('reads banks from a list or a page, and leaves rows without code or name out', async () => {
    const expected = [{ code: '002', name: 'BBL' }];
    for (const data of [
      [{ code: '002', name: 'BBL' }, { code: '004' }, { name: 'x' }],
      { banks: [{ bank_code: '002', bank_name: 'BBL' }] },
      { list: [{ bankCode: '002', bankName: 'BBL' }] },
    ]) {
      const { client } = setUp({ code: 0, data });
      assert.deepEqual(await client.banks({ country: 'TH', currency: 'THB', wayCode: 'W' }), expected);
    }
    const { client } = setUp({ code: 0, data: ['BBL'] });
    assert.equal((await failure(client.banks({ country: 'TH', currency: 'THB', wayCode: 'W' }))).kind, 'shape');
  });

  it('reads a balance of any shape', async () => {
    const read = async (data: string) => {
      const { available, currency } = await setUp(`{"code":0,"data":${data}}`).client.balance({
        currency: 'PHP',
        wayCode: 'W',
      });
      return [available, currency];
    };
    assert.deepEqual(await read('{"available_balance":393.60,"currency":"PHP"}'), ['393.60', 'PHP']);
    assert.deepEqual(await read('{"availableBalance":"1.00","frozen":{"x":1}}'), ['1.00', undefined]);
    assert.deepEqual(await read('[{"balance":"2.00"}]'), ['2.00', undefined]);
    assert.deepEqual(await read('12.50'), ['12.50', undefined]);
    assert.deepEqual(await read('null'), [undefined, undefined]);
  });

  it('hands over what triggerNotify says it sends', async () => {
    const { client } = setUp({ code: 0, data: { request_id: 'B1', order_status: 'SUCCEED' } });
    const { content } = await client.triggerNotify({ requestId: 'B1' });
    assert.deepEqual({ ...(content as object) }, { request_id: 'B1', order_status: 'SUCCEED' });
  });
});
