import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { createLeanxClient, type LeanxClient, type LeanxClientOptions } from '../../src/leanx/client.ts';
import { signLeanx } from '../../src/leanx/signing.ts';
import { UpstreamError } from '../../src/upstream/error.ts';
import { type FakeAnswer, fakeUpstream, response } from '../lesspay/fake-upstream.ts';
import { NOW } from '../lesspay/notices.ts';

const HASH_KEY = '0123456789abcdef'.repeat(8);
const UUID = '7394e58e-edee-4c42-9ca5-bcbc449f1b9f';
const AUTH_TOKEN = `LP-0D7C06DE-MM|${UUID}|${HASH_KEY}`;

function setUp(answer: FakeAnswer, options: Partial<LeanxClientOptions> = {}) {
  const upstream = fakeUpstream(answer);
  const client = createLeanxClient({
    authToken: AUTH_TOKEN,
    hashKey: HASH_KEY,
    baseUrl: 'https://api.example',
    send: upstream.send,
    now: () => NOW,
    onCall: upstream.onCall,
    ...options,
  });
  return { client, upstream };
}

/** A LeanX answer as the docs print it. */
function ok(data: unknown) {
  return {
    response_code: 2000,
    description: 'SUCCESS',
    app_version: '/api/v1',
    data,
    breakdown_errors: null,
    token: UUID,
  };
}

async function failure(call: Promise<unknown>): Promise<UpstreamError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof UpstreamError, String(error));
    return error;
  }
  return assert.fail('the call did not fail');
}

const payout = {
  poolReference: 'VA-8F9FD0-132317969417-PAYOUT',
  serviceId: 23,
  amount: '13.00',
  recipientName: 'John Doe',
  callbackUrl: 'https://shop.example/lesspay/webhooks/leanx',
  accountNumber: '801140816800',
  externalRef: 'P1',
  recipientReference: 'test',
};

const calls: [keyof LeanxClient, string, (client: LeanxClient) => Promise<unknown>][] = [
  ['listPayoutServices', '/api/v1/merchant/list-payout-services', (client) => client.listPayoutServices()],
  ['createPayout', '/api/v1/merchant/create-payout-invoice', (client) => client.createPayout(payout)],
  ['payoutStatus', '/api/v1/merchant/get-payout-transaction-by-id', (client) => client.payoutStatus({ ref: 'P:1' })],
  ['checkAccount', '/api/v1/merchant/check-verification-bank', (client) => client.checkAccount({ serviceId: 1, accountNumber: '801140816800' })], // prettier-ignore
  ['poolBalance', '/api/v1/merchant/overall-balance', (client) => client.poolBalance()],
  ['validateToken', '/api/v1/merchant/validate', (client) => client.validateToken()],
];

/** What those who watch the calls read. */
const OPERATIONS: Record<keyof LeanxClient, string> = {
  listPayoutServices: 'list-banks',
  createPayout: 'create-payout',
  payoutStatus: 'query-payout',
  checkAccount: 'check-account',
  poolBalance: 'read-balance',
  validateToken: 'validate-token',
};

describe('createLeanxClient', () => {
  for (const [name, path, run] of calls) {
    it(`${name} posts to ${path} with the auth token, unsigned by default`, async () => {
      const { client, upstream } = setUp(ok({ invoice_no: 'PAYOUT-A9D5:174307-LEANX' }));
      await run(client);
      const request = upstream.requests[0]!;
      assert.equal(request.url.split('?')[0], `https://api.example${path}`);
      assert.equal(request.method, 'POST');
      assert.equal(request.headers['auth-token'], AUTH_TOKEN);
      assert.equal(request.headers['content-type'], request.body === undefined ? undefined : 'application/json');
      assert.equal('x-signature' in request.headers, false);
      assert.deepEqual(
        upstream.calls.map((call) => ({ ...call, durationMs: 0 })),
        [
          {
            api: 'leanx',
            operation: OPERATIONS[name],
            path,
            attempt: undefined,
            durationMs: 0,
            outcome: 'ok',
            failure: undefined,
            httpStatus: 200,
            upstreamCode: '2000',
          },
        ],
      );
    });

    it(`${name} sends the signature headers beside the auth token when told to, over the path alone`, async () => {
      const { client, upstream } = setUp(ok({ invoice_no: 'I' }), {
        signRequests: true,
        baseUrl: 'https://x.example/sandbox',
      });
      await run(client);
      const { headers, url } = upstream.requests[0]!;
      assert.ok(url.startsWith(`https://x.example/sandbox${path}`));
      assert.equal(headers['auth-token'], AUTH_TOKEN);
      assert.equal(headers['x-timestamp'], String(Math.floor(NOW / 1000)));
      const request = { method: 'POST', path, timestamp: headers['x-timestamp'], nonce: headers['x-nonce'] ?? '' };
      assert.match(request.nonce, /^[0-9a-f-]{36}$/);
      assert.equal(headers['x-signature'], signLeanx(request, { authToken: AUTH_TOKEN, hashKey: HASH_KEY }));
      await run(client);
      assert.notEqual(upstream.requests[1]?.headers['x-nonce'], request.nonce);
    });

    for (const [what, answer, kind, outcome] of [
      ['HTML', response(200, '<html>'), 'not-json', 'unknown'],
      ['HTTP 502', response(502, '<html>'), 'not-json', 'unknown'],
      ['JSON without a code', response(200, '{"data":{}}'), 'shape', 'unknown'],
      ['HTTP 403 without a code', response(403, '{"message":"x"}'), 'http', 'refused'],
      ['a text code', { response_code: 'OK' }, 'shape', 'unknown'],
      ['an unpublished code', { response_code: 9999, description: 'FAILED' }, 'refused', 'unknown'],
      ['too little balance, as one integrator saw it', { response_code: 5993 }, 'refused', 'unknown'],
      [
        'wrong credentials',
        { response_code: 5699, description: 'FAILED', breakdown_errors: 'INVALID_UUID' },
        'refused',
        'refused',
      ],
      ['a wrong token', { response_code: 4001, breakdown_errors: 'INVALID_TOKEN' }, 'refused', 'refused'],
      ['errors as an object', { response_code: 4001, breakdown_errors: { amount: ['x'] } }, 'refused', 'unknown'],
      ['errors as a list', { response_code: '4001', breakdown_errors: [1] }, 'refused', 'unknown'],
      ['HTTP 500 with success', response(500, '{"response_code":2000}'), 'http', 'unknown'],
    ] as [string, FakeAnswer, string, string][]) {
      it(`${name} fails as ${kind}/${outcome} on ${what}`, async () => {
        const { client, upstream } = setUp(answer);
        const error = await failure(run(client));
        assert.deepEqual([error.kind, error.outcome], [kind, outcome]);
        assert.equal(upstream.calls[0]?.outcome, outcome);
        const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify([error, upstream.calls]);
        for (const confidential of [HASH_KEY, UUID, '801140816800', 'John Doe'])
          assert.ok(!shown.includes(confidential));
      });
    }
  }

  it('shows no key when it is inspected or written as JSON', () => {
    const { client } = setUp(ok({}));
    const shown = inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client);
    assert.ok(!shown.includes(HASH_KEY) && !shown.includes(UUID));
  });

  it('does not let a failing log change the outcome', async () => {
    const onCall = () => {
      throw new Error('disk full');
    };
    const { client } = setUp(ok({ invoice_no: 'I', status: 'SUCCESS' }), { onCall });
    assert.equal((await client.createPayout(payout)).invoiceNo, 'I');
  });
});

describe('listPayoutServices', () => {
  const row = {
    payout_service_id: 1,
    payment_model_reference: 'B2C',
    unique_reference: 'PAYOUT_MBSB_BANK_WEBPAY',
    payment_service: 'SWITCH_PAYOUT_WEBPAY',
    name: 'MBSB BANK BERHAD',
    record_status_id: 1,
    record_status: 'ACTIVE',
  };
  const service = { id: 1, name: 'MBSB BANK BERHAD', reference: 'PAYOUT_MBSB_BANK_WEBPAY', active: true };
  const list = async (data: unknown) => setUp(ok(data)).client.listPayoutServices();

  it('reads the documented nesting and every other group key', async () => {
    const data = {
      list: {
        draw: 30,
        data: [
          { SWITCH_PAYOUT_WEBPAY: [row], PAYOUT_EWALLET: [{ ...row, payout_service_id: '90' }] },
          { more: [{ ...row, payout_service_id: 2 }] },
        ],
        next_page_start: null,
      },
    };
    assert.deepEqual(await list(data), [
      { ...service, group: 'SWITCH_PAYOUT_WEBPAY' },
      { ...service, id: 90, group: 'PAYOUT_EWALLET' },
      { ...service, id: 2, group: 'more' },
    ]);
  });

  it('reads flatter lists, as live accounts answer them', async () => {
    for (const data of [[row], { payout_services: [row] }, { list: [row] }]) {
      assert.deepEqual(
        (await list(data)).map((found) => ({ ...found, group: '' })),
        [{ ...service, group: '' }],
      );
    }
    assert.deepEqual(await list(null), []);
    assert.deepEqual(await list({ list: { data: [] } }), []);
  });

  it('compares the status without case and leaves rows without a name or a whole id out', async () => {
    const rows = [
      { ...row, record_status: 'Active' },
      { ...row, record_status: 'INACTIVE', record_status_id: 2 },
      { ...row, record_status: undefined, record_status_id: 2 },
      { ...row, record_status: undefined, status: 'active' },
      { ...row, name: undefined, payout_service_name: 'Other' },
      { ...row, name: undefined },
      { ...row, payout_service_id: 1.5 },
    ];
    assert.deepEqual(
      (await list(rows)).map(({ active, name }) => [active, name]),
      [
        [true, service.name],
        [false, service.name],
        [false, service.name],
        [true, service.name],
        [true, 'Other'],
      ],
    );
  });
});

describe('createPayout', () => {
  it('sends the documented members, the amount as a number', async () => {
    const { client, upstream } = setUp(ok({ status: 'SUCCESS', invoice_no: 'PAYOUT-A9D5:174307-LEANX' }));
    assert.deepEqual(await client.createPayout(payout), {
      invoiceNo: 'PAYOUT-A9D5:174307-LEANX',
      status: 'processing',
    });
    assert.deepEqual(upstream.body(), {
      virtual_pool_reference: 'VA-8F9FD0-132317969417-PAYOUT',
      payout_service_id: 23,
      amount: 13,
      recipient_name: 'John Doe',
      client_callback_url: 'https://shop.example/lesspay/webhooks/leanx',
      third_party_account_no: '801140816800',
      external_invoice_ref: 'P1',
      recipient_reference: 'test',
    });
  });

  it('sends the amount as a string when it is configured so, and the exact number for every cent otherwise', async () => {
    const { client, upstream } = setUp(ok({ invoice_no: 'I' }), { amountAs: 'string' });
    await client.createPayout(payout);
    assert.equal(upstream.body().amount, '13.00');
    const plain = setUp(ok({ invoice_no: 'I' }));
    for (const amount of ['99999999.99', '0.01', '0.10', '1.1', '4.35', '1005.005'.slice(0, 7)]) {
      await plain.client.createPayout({ ...payout, amount });
      assert.match(
        plain.upstream.requests.at(-1)?.body ?? '',
        new RegExp(`"amount":${String(Number(amount)).replace('.', '\\.')},`),
      );
    }
  });

  it('refuses an amount that Decimal(10,2) cannot hold, before anything is sent', async () => {
    const { client, upstream } = setUp(ok({ invoice_no: 'I' }));
    for (const amount of ['100000000', '1.234', '-1', '1e3', '', ' 1']) {
      await assert.rejects(client.createPayout({ ...payout, amount }), RangeError);
    }
    assert.equal(upstream.requests.length, 0);
  });

  it('never says that a payout has succeeded, and does not know the outcome of an answer without an invoice', async () => {
    for (const [status, expected] of [
      ['SUCCESS', 'processing'],
      ['success', 'processing'],
      ['PENDING', 'processing'],
      ['STATUS_PENDING_APPROVAL', 'review'],
      ['FAILED', 'failed'],
      ['NEW', 'unknown'],
    ]) {
      assert.equal((await setUp(ok({ status, invoice_no: 'I' })).client.createPayout(payout)).status, expected);
    }
    for (const data of [null, {}, [], { status: 'SUCCESS' }]) {
      const error = await failure(setUp(ok(data)).client.createPayout(payout));
      assert.deepEqual([error.kind, error.outcome], ['shape', 'unknown']);
    }
  });
});

describe('payoutStatus', () => {
  const data = {
    payout_invoice_no: 'PAYOUT-A9D5:174307-LEANX',
    merchant_invoice_id: 'VA-F04EC4-164712020277-PAYOUT',
    payout_account_number: '801140816800',
    transaction_fee: 0.0,
    transaction_status: 'SUCCESS',
    value: 13,
  };

  it('percent-encodes the reference and sends no body', async () => {
    const { client, upstream } = setUp(ok(data));
    await client.payoutStatus({ ref: 'PAYOUT-A9D5:174307-LEANX&x=1' });
    const request = upstream.requests[0]!;
    assert.ok(request.url.endsWith('?_id=PAYOUT-A9D5%3A174307-LEANX%26x%3D1'));
    assert.equal(request.body, undefined);
  });

  it('reads status, invoice and the text of the amount', async () => {
    const text = JSON.stringify(ok(data)).replace('"value":13', '"value":13.00');
    assert.deepEqual(await setUp(text).client.payoutStatus({ ref: 'P1' }), {
      status: 'succeeded',
      invoiceNo: 'PAYOUT-A9D5:174307-LEANX',
      amount: '13.00',
      accountNumber: '801140816800',
      fee: '0',
    });
    for (const [word, status] of [
      ['Success', 'succeeded'],
      ['pending', 'processing'],
      ['STATUS_PENDING_APPROVAL', 'review'],
      ['FAILED', 'failed'],
      ['ELSE', 'unknown'],
    ]) {
      const state = await setUp(ok({ ...data, transaction_status: word })).client.payoutStatus({ ref: 'P1' });
      assert.equal(state?.status, status);
    }
  });

  it('accepts 2100 and is undefined when LeanX has no result', async () => {
    assert.equal(
      (await setUp({ ...ok(data), response_code: '2100' }).client.payoutStatus({ ref: 'P1' }))?.status,
      'succeeded',
    );
    for (const answer of [{ response_code: 3614, description: 'FAILED' }, ok(null), ok({}), ok([]), ok('')]) {
      assert.equal(await setUp(answer).client.payoutStatus({ ref: 'P1' }), undefined);
    }
  });
});

describe('checkAccount, poolBalance and validateToken', () => {
  const check = async (data: unknown) =>
    setUp(ok(data)).client.checkAccount({ serviceId: 1, accountNumber: '9011426016' });

  it('reads the PascalCase answer of the bank', async () => {
    const data = {
      Success: true,
      Result: {
        OrgnThirdPartyBankBICCode: 'AFBQMYKL',
        OrgnThirdPartyAccountNo: '9011426016',
        CreditorName: 'TEST CUSTOMER WP2',
      },
    };
    assert.deepEqual(await check(data), { found: true, name: 'TEST CUSTOMER WP2', bic: 'AFBQMYKL' });
    assert.deepEqual(await check({ ...data, Success: 'True' }), {
      found: true,
      name: 'TEST CUSTOMER WP2',
      bic: 'AFBQMYKL',
    });
    assert.deepEqual(await check({ ...data, Success: false }), { found: false, bic: 'AFBQMYKL' });
    assert.deepEqual(await check({ Success: true, Result: { CreditorName: '' } }), { found: false });
    for (const empty of [{}, { Success: false, Result: null }, { Success: false, Result: '' }]) {
      assert.deepEqual(await check(empty), { found: false });
    }
    assert.equal((await failure(check('x'))).kind, 'shape');
  });

  it('sends the account check as a JSON body', async () => {
    const { client, upstream } = setUp(ok({}));
    await client.checkAccount({ serviceId: 1, accountNumber: '9011426016' });
    assert.deepEqual(upstream.body(), { payout_service_id: 1, third_party_account_no: '9011426016' });
  });

  it('reads the balances as texts', async () => {
    const text =
      '{"response_code":2000,"data":{"transaction_balance":{"value":26.05,"pool_name":"TRANSACTION"},"prefund_balance":393.60}}';
    assert.deepEqual(await setUp(text).client.poolBalance(), { prefund: '393.60', transaction: '26.05' });
    assert.deepEqual(await setUp(ok({ prefund_balance: '1.00', transaction_balance: 2 })).client.poolBalance(), { prefund: '1.00', transaction: '2' }); // prettier-ignore
    assert.equal((await failure(setUp(ok(null)).client.poolBalance())).kind, 'shape');
  });

  it('reads the hyphenated names of the token validation', async () => {
    const { client } = setUp(
      ok({ 'merchant-id': 'LP-5220D22D-MM', 'merchant-name': 'LeanX Demo', 'merchant-created': 'x' }),
    );
    assert.deepEqual(await client.validateToken(), { merchantId: 'LP-5220D22D-MM', merchantName: 'LeanX Demo' });
    assert.deepEqual(await setUp(ok(null)).client.validateToken(), {});
  });
});
