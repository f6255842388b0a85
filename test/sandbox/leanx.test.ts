import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { jwtVerify } from 'jose';
import type { SandboxOptions } from 'lesspay-elements/sandbox';
import { AUTH_TOKEN, BASE, createFixture, HASH_KEY, NOW } from './fixture.ts';

type Members = Record<string, unknown>;

interface Envelope {
  response_code: number;
  description: string;
  data: Members;
  breakdown_errors: string | null;
  token: string;
}

function createLeanx(options: Partial<SandboxOptions> = {}) {
  const fixture = createFixture(options);
  const ask = async (path: string, body?: unknown, headers: Record<string, string> = { 'auth-token': AUTH_TOKEN }) => {
    const response = await fixture.sandbox.fetch(`${BASE}/api/v1/merchant/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, ...((await response.json()) as Envelope) };
  };
  return { ...fixture, ask };
}

function invoice(changes: Members = {}): Members {
  return {
    virtual_pool_reference: 'VA-8F9FD0-132317969417-PAYOUT',
    payout_service_id: 77,
    amount: 13,
    recipient_name: 'Tan Wei Ming',
    client_callback_url: 'https://shop.example/lesspay/webhooks/leanx',
    third_party_account_no: '112233445566',
    external_invoice_ref: 'LX-1',
    recipient_reference: 'Salary',
    ...changes,
  };
}

const status = (ref: string) => `get-payout-transaction-by-id?_id=${encodeURIComponent(ref)}`;

describe('the LeanX gate', () => {
  it('refuses a missing or wrong auth-token', async () => {
    const { ask } = createLeanx();
    const missing = await ask('validate', undefined, {});
    assert.deepEqual([missing.status, missing.description, missing.breakdown_errors], [401, 'FAILED', 'INVALID_TOKEN']);
    const wrong = await ask('validate', undefined, { 'auth-token': `${AUTH_TOKEN}0` });
    assert.equal(wrong.breakdown_errors, 'INVALID_TOKEN');
  });

  it('answers 5699 to credentials of the other environment', async () => {
    const { ask } = createLeanx();
    const other = AUTH_TOKEN.replace(/\|[^|]+\|/, '|00000000-0000-4000-8000-000000000000|');
    const answer = await ask('validate', undefined, { 'auth-token': other });
    assert.deepEqual([answer.response_code, answer.breakdown_errors], [5699, 'INVALID_UUID']);
  });

  it('answers 404 where LeanX is not configured', async () => {
    const { sandbox } = createFixture({ leanx: undefined });
    assert.equal((await sandbox.fetch(`${BASE}/api/v1/merchant/validate`, { method: 'POST' })).status, 404);
  });

  it('refuses an unknown path and another method', async () => {
    const { ask, sandbox } = createLeanx();
    assert.equal((await ask('transaction-status')).breakdown_errors, 'Requested endpoint is forbidden');
    assert.equal((await ask('toString')).status, 403);
    const get = await sandbox.fetch(`${BASE}/api/v1/merchant/validate`, { headers: { 'auth-token': AUTH_TOKEN } });
    assert.equal(get.status, 403);
  });

  it('tells who the merchant is, in the documented envelope', async () => {
    const { ask } = createLeanx();
    const answer = await ask('validate');
    assert.deepEqual([answer.status, answer.response_code, answer.description], [200, 2000, 'SUCCESS']);
    assert.equal(answer.data['merchant-id'], 'LP-0D7C06DE-MM');
    assert.equal(answer.token, '7394e58e-edee-4c42-9ca5-bcbc449f1b9f');
  });

  it('checks x-signature when it is on: path without query, five minutes, no nonce twice', async () => {
    const { ask } = createLeanx({ leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY, signRequests: true } });
    const signed = (nonce: string, { at = NOW, path = '/api/v1/merchant/validate', key = HASH_KEY } = {}) => {
      const timestamp = String(Math.floor(at / 1000));
      const text = ['POST', '7394e58e-edee-4c42-9ca5-bcbc449f1b9f', path, timestamp, AUTH_TOKEN, nonce].join('|');
      const signature = createHmac('sha256', key).update(text).digest('hex');
      return { 'auth-token': AUTH_TOKEN, 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': signature };
    };
    const code = async (headers: Record<string, string>, path = 'validate') =>
      (await ask(path, undefined, headers)).breakdown_errors;
    assert.equal(await code(signed('n1')), null);
    assert.equal(await code(signed('n1')), 'INVALID_SIGNATURE');
    assert.equal(await code({ 'auth-token': AUTH_TOKEN }), 'INVALID_SIGNATURE');
    assert.equal(await code(signed('n2', { at: NOW - 301_000 })), 'INVALID_SIGNATURE');
    assert.equal(await code(signed('n3', { path: '/api/v1/merchant/overall-balance' })), 'INVALID_SIGNATURE');
    assert.equal(await code(signed('n4', { key: 'wrong' })), 'INVALID_SIGNATURE');
    const byId = '/api/v1/merchant/get-payout-transaction-by-id';
    assert.equal(await code(signed('n5', { path: byId }), status('x')), 'NO_RESULT');
  });
});

describe('LeanX payout services', () => {
  it('lists some thirty services by group, with scattered ids and one inactive', async () => {
    const { ask } = createLeanx();
    const { data } = await ask('list-payout-services');
    const { list } = data as { list: { record_total: number; data: Record<string, Members[]>[] } };
    const rows = list.data.flatMap((group) => Object.values(group)).flat();
    assert.equal(rows.length, list.record_total);
    assert.ok(rows.length >= 30);
    assert.equal(rows.filter(({ record_status }) => record_status === 'INACTIVE').length, 1);
    assert.deepEqual(rows[0], {
      payout_service_id: 1,
      payment_model_reference_id: 1,
      payment_model_reference: 'B2C',
      unique_reference: 'PAYOUT_MBSB_BANK_WEBPAY',
      payment_service: 'SWITCH_PAYOUT_WEBPAY',
      name: 'MBSB BANK BERHAD',
      record_status_id: 1,
      record_status: 'ACTIVE',
    });
    const ids = rows.map(({ payout_service_id }) => Number(payout_service_id));
    assert.equal(new Set(ids).size, ids.length);
    assert.notDeepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
    );
  });
});

describe('LeanX payouts', () => {
  it('takes a payout, pays it and calls back with a signed JWT', async () => {
    const { ask, control, received } = createLeanx();
    const created = await ask('create-payout-invoice', invoice());
    assert.equal(created.response_code, 2000);
    const invoiceNo = String(created.data.invoice_no);
    assert.match(invoiceNo, /^PAYOUT-[0-9A-F]{4}:\d{6}-LEANX$/);
    assert.equal((await ask(status('LX-1'))).data.transaction_status, 'PENDING');
    await control.clock.advance(500);
    await control.idle();
    const { data } = await ask(status(invoiceNo));
    assert.equal(data.transaction_status, 'SUCCESS');
    assert.equal(data.value, 13);
    assert.equal(data.merchant_invoice_id, 'VA-8F9FD0-132317969417-PAYOUT');

    assert.equal(received.length, 1);
    assert.equal(received[0]!.url, 'https://shop.example/lesspay/webhooks/leanx');
    assert.equal(received[0]!.body.response_code, 2100);
    const { payload, protectedHeader } = await jwtVerify(
      String(received[0]!.body.data),
      new TextEncoder().encode(HASH_KEY),
      { algorithms: ['HS256'] },
    );
    assert.deepEqual(protectedHeader, { alg: 'HS256', typ: 'JWT' });
    assert.equal(payload.invoice_status, 'SUCCESS');
    assert.equal(payload.amount, '13.00');
    assert.equal(payload.payout_service_id, 77);
    assert.deepEqual(payload.client_data, {
      virtual_pool_reference: invoiceNo,
      external_invoice_ref: 'LX-1',
      recipient_reference: 'Salary',
    });
  });

  it('fails amounts that end in 13 sen, without a callback, and gives the money back', async () => {
    const { ask, control, received } = createLeanx();
    const balance = async () => (await ask('overall-balance')).data.prefund_balance;
    const before = await balance();
    await ask('create-payout-invoice', invoice({ amount: 20.13 }));
    assert.deepEqual([before, await balance()], [100_000, 99_979.87]);
    await control.clock.advance(500);
    const { data } = await ask(status('LX-1'));
    assert.equal(data.transaction_status, 'FAILED');
    assert.ok(data.error_message);
    assert.equal(await balance(), before);
    assert.equal(received.length, 0);
  });

  it('holds amounts that end in 34 sen for manual approval', async () => {
    const { ask, control } = createLeanx();
    await ask('create-payout-invoice', invoice({ amount: '20.34' }));
    await ask('create-payout-invoice', invoice({ amount: 5.34, external_invoice_ref: 'LX-2' }));
    await control.clock.advance(60_000);
    assert.equal((await ask(status('LX-1'))).data.transaction_status, 'STATUS_PENDING_APPROVAL');
    control.reject('LX-2');
    assert.equal((await ask(status('LX-2'))).data.transaction_status, 'FAILED');
    await control.clock.advance(40 * 60_000);
    assert.equal((await ask(status('LX-1'))).data.transaction_status, 'SUCCESS');
  });

  it('can be ended by the control, once', async () => {
    const { ask, control } = createLeanx();
    await ask('create-payout-invoice', invoice());
    assert.throws(() => control.settle('LX-1', 'partly-succeeded'), TypeError);
    control.approve('LX-1');
    assert.throws(() => control.settle('LX-1', 'failed'), /already ended/);
  });

  const REQUIRED = [
    'virtual_pool_reference',
    'payout_service_id',
    'amount',
    'recipient_name',
    'client_callback_url',
  ].concat(['third_party_account_no', 'recipient_reference']);
  for (const name of REQUIRED) {
    it(`answers 4566 without ${name}`, async () => {
      const { ask, control } = createLeanx();
      const answer = await ask('create-payout-invoice', invoice({ [name]: undefined }));
      assert.deepEqual([answer.response_code, answer.breakdown_errors], [4566, `missing ${name}`]);
      assert.equal(control.leanxPayouts.length, 0);
    });
  }

  const WRONG: [number, string, Members][] = [
    [4566, 'a service id as text', { payout_service_id: '77' }],
    [4566, 'an amount of zero', { amount: 0 }],
    [4566, 'an amount with three decimals', { amount: 1.005 }],
    [4566, 'an amount over Decimal(10,2)', { amount: 100_000_000 }],
    [4566, 'an account with letters', { third_party_account_no: '11223344556A' }],
    [4566, 'a callback that is no URL', { client_callback_url: 'shop.example' }],
    [4566, 'a pool reference of another form', { virtual_pool_reference: 'POOL-1' }],
    [4567, 'an unknown service', { payout_service_id: 3 }],
    [4567, 'the inactive service', { payout_service_id: 62 }],
    [5993, 'an amount that leaves less than RM 2.00 in the pool', { amount: 99_998.01 }],
  ];
  for (const [code, why, changes] of WRONG) {
    it(`answers ${code} to ${why}`, async () => {
      const { ask, control } = createLeanx();
      assert.equal((await ask('create-payout-invoice', invoice(changes))).response_code, code);
      assert.equal(control.leanxPayouts.length, 0);
    });
  }

  it('takes the pool to its last RM 2.00', async () => {
    const { ask } = createLeanx();
    assert.equal((await ask('create-payout-invoice', invoice({ amount: 99_998 }))).response_code, 2000);
  });

  it('refuses a second payout under one external_invoice_ref, and another pool than configured', async () => {
    const { ask } = createLeanx({ leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY, poolReference: 'VA-1' } });
    assert.equal((await ask('create-payout-invoice', invoice())).response_code, 4566);
    const body = invoice({ virtual_pool_reference: 'VA-1' });
    assert.equal((await ask('create-payout-invoice', body)).response_code, 2000);
    assert.equal((await ask('create-payout-invoice', body)).breakdown_errors, 'DUPLICATE_EXTERNAL_INVOICE_REF');
  });

  it('answers 3614 to the status of what it does not know', async () => {
    const { ask } = createLeanx();
    assert.equal((await ask(status('nope'))).response_code, 3614);
  });
});

describe('the LeanX account check', () => {
  const check = (account: string, bank = 1) => ({ payout_service_id: bank, third_party_account_no: account });

  it('finds a name and the bank’s BIC', async () => {
    const { ask } = createLeanx();
    const { data } = await ask('check-verification-bank', check('9011426016'));
    const { Success, Result } = data as { Success: boolean; Result: Members };
    assert.equal(Success, true);
    assert.equal(Result.OrgnThirdPartyBankBICCode, 'AFBQMYKL');
    assert.equal(Result.OrgnThirdPartyAccountNo, '9011426016');
    assert.match(String(Result.CreditorName), /^[A-Z /]+$/);
  });

  it('tells no name for an account ending in 00, and finds none ending in 99', async () => {
    const { ask } = createLeanx();
    const nameless = await ask('check-verification-bank', check('9011426000'));
    assert.equal((nameless.data.Result as Members).CreditorName, '');
    const unknown = await ask('check-verification-bank', check('9011426099'));
    assert.deepEqual([unknown.description, unknown.data], ['FAILED', null]);
  });

  it('finds the names that the control sets', async () => {
    const { ask, control } = createLeanx();
    control.setAccountName('9011426016', 'SITI BINTI ALI');
    control.setAccountName('9011426017', null);
    const { data } = await ask('check-verification-bank', check('9011426016'));
    assert.equal((data.Result as Members).CreditorName, 'SITI BINTI ALI');
    assert.equal((await ask('check-verification-bank', check('9011426017'))).description, 'FAILED');
  });

  it('refuses an inactive bank and a malformed account', async () => {
    const { ask } = createLeanx();
    assert.equal((await ask('check-verification-bank', check('9011426016', 62))).response_code, 4567);
    assert.equal((await ask('check-verification-bank', check('9011-4260'))).response_code, 4566);
  });
});
