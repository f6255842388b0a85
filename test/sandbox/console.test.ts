import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AUTH_TOKEN, BASE, createFixture, payinBody } from './fixture.ts';

const ID = 'r0000000001';

function createConsole() {
  const fixture = createFixture();
  const show = async () => (await fixture.sandbox.fetch(`${BASE}/console`)).text();
  const act = (path: string, form: Record<string, string>, headers: Record<string, string> = { origin: BASE }) =>
    fixture.sandbox.fetch(`${BASE}/console/${path}`, { method: 'POST', body: new URLSearchParams(form), headers });
  const payout = (request_id: string) =>
    fixture.call('payout/batch/create-order', {
      request_id,
      currency: 'PHP',
      total_amount: '150.00',
      way_code: 'TAZAPAY_PAYOUT',
      notify_url: 'https://shop.example/hook',
      payout_order_details: ['INV-1', 'INV-2'].map((mch_order_id) => ({
        mch_order_id,
        amount: '75.00',
        bank_account_name: 'Maria Santos',
        bank_account_no: '138000000001',
        bank_account_type: 'individual',
        bank_name: 'BDO',
        bank_country_code: 'PH',
        bank_swift_code: 'BNORPHMM',
      })),
    });
  return { ...fixture, show, act, payout };
}

describe('the console', () => {
  it('lists orders, payouts, webhooks and requests, without secrets', async () => {
    const { call, control, show, payout, sandbox } = createConsole();
    await call('v1/pay/create-order', payinBody({ product_name: '<b>Basket</b>' }));
    await payout('BATCH-1');
    await sandbox.fetch(`${BASE}/api/v1/merchant/validate`, { method: 'POST', headers: { 'auth-token': AUTH_TOKEN } });
    control.settle(ID, 'succeeded');
    await control.idle();
    const page = await show();
    for (const text of [
      ID,
      '&lt;b&gt;Basket',
      'BATCH-1',
      'SUCCEED',
      'PENDING_CONFIRM',
      'delivered',
      '/payout/batch/create-order',
    ]) {
      assert.ok(page.includes(text), text);
    }
    assert.ok(!page.includes(AUTH_TOKEN));
    const logged = page.slice(page.indexOf('id="requests"'));
    assert.doesNotMatch(logged, /[0-9A-F]{64}/);
  });

  it('approves, rejects and settles payouts', async () => {
    const { act, control, payout } = createConsole();
    for (const id of ['A', 'B', 'C']) await payout(id);
    assert.equal((await act('orders', { id: 'A', do: 'approve' })).status, 303);
    assert.equal(control.payouts[0]?.status, 'PENDING_PAY');
    await act('orders', { id: 'A', do: 'partly-succeeded' });
    await act('orders', { id: 'B', do: 'reject' });
    await act('orders', { id: 'C', do: 'failed' });
    assert.deepEqual(
      control.payouts.map(({ status }) => status),
      ['PARTIAL_SUCCESS', 'FAILED', 'FAILED'],
    );
  });

  it('settles and refunds pay-ins, and sends their notices again', async () => {
    const { act, call, control, received } = createConsole();
    await call('v1/pay/create-order', payinBody());
    for (const action of ['decline', 'succeeded', 'dispute', 'resend', 'refund']) {
      await act('orders', { id: ID, do: action });
      await control.idle();
    }
    assert.deepEqual(
      received.map(({ body }) => body.event ?? body.order_status),
      ['payment_declined', 'SUCCEED', 'dispute_received', 'dispute_received', 'REFUND'],
    );
  });

  it('advances the clock, holds webhooks and breaks requests', async () => {
    const { act, call, control, received, sandbox } = createConsole();
    await call('v1/pay/create-order', payinBody());
    await act('webhooks', { do: 'hold' });
    await act('clock', { ms: '1800000' });
    assert.equal(control.orders[0]?.status, 'CLOSED');
    assert.equal(received.length, 0);
    await act('webhooks', { do: 'release' });
    await control.idle();
    assert.equal(received.length, 1);
    await act('faults', { path: '/payout/query', how: '502', times: '1' });
    assert.equal((await sandbox.fetch(`${BASE}/api/global/payout/query`, { method: 'POST', body: '{}' })).status, 502);
  });

  it('says once what could not be done', async () => {
    const { act, show } = createConsole();
    for (const [path, form, text] of [
      ['orders', { id: 'nope', do: 'approve' }, 'knows no pay-in or payout'],
      ['clock', { ms: '-5' }, 'moves forward'],
      ['faults', { path: '', how: 'explode', times: '1' }, 'unknown'],
      ['other', {}, 'no such action'],
    ] as const) {
      assert.equal((await act(path, form)).status, 303);
      assert.ok((await show()).includes(text), text);
      assert.ok(!(await show()).includes('role="alert"'));
    }
  });

  it('does nothing for another site, nor for a request that does not say where it comes from', async () => {
    const { act, call, control } = createConsole();
    await call('v1/pay/create-order', payinBody());
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: BASE },
      { 'sec-fetch-site': 'same-site' },
      {},
    ]) {
      assert.equal((await act('orders', { id: ID, do: 'succeeded' }, headers as Record<string, string>)).status, 403);
    }
    assert.equal(control.orders[0]?.status, 'PENDING_PAY');
    assert.equal((await act('orders', { id: ID, do: 'succeeded' }, { 'sec-fetch-site': 'same-origin' })).status, 303);
    assert.equal(control.orders[0].status, 'SUCCEED');
  });

  it('runs no script and can be framed by nobody', async () => {
    const { sandbox } = createConsole();
    const policy = (await sandbox.fetch(`${BASE}/console`)).headers.get('content-security-policy')!;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /form-action 'self';/);
    assert.doesNotMatch(policy, /unsafe|script-src/);
  });
});
