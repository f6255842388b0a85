import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyLeanxCallback } from '../../src/leanx/callback.ts';
import { signLeanx } from '../../src/leanx/signing.ts';
import { signLesspay, verifyLesspay } from '../../src/lesspay/signing.ts';
import { APP_ID, APP_SECRET, AUTH_TOKEN, BASE, createFixture, HASH_KEY, NOW, payinBody } from './fixture.ts';

describe('the sandbox and the package', () => {
  it('agree on a signed request', async () => {
    const { call } = createFixture();
    const headers = { 'x-auth-appid': APP_ID, 'x-auth-signature': signLesspay(payinBody(), APP_SECRET) };
    assert.equal((await call('v1/pay/create-order', payinBody(), { headers })).code, 0);
  });

  it('agree on a signed pay-in notice, and on one under v1', async () => {
    for (const apiVersion of ['v1', 'v2'] as const) {
      const { call, control, received } = createFixture();
      // An address with "&" in it would make every notice ambiguous, rightly.
      const body = payinBody({ api_version: apiVersion.toUpperCase(), fail_url: 'https://shop.example/failed' });
      await call('v1/pay/create-order', body);
      control.settle('r0000000001', 'succeeded');
      await control.idle();
      const [notice] = received;
      const result = verifyLesspay({
        kind: 'payin',
        rawBody: notice!.text,
        signature: notice!.headers.get('x-auth-signature') ?? undefined,
        timestamp: notice!.headers.get('x-auth-timestamp') ?? undefined,
        secrets: [APP_SECRET],
        apiVersion,
        now: NOW,
      });
      assert.equal(result.ok, true, JSON.stringify(result));
    }
  });

  it('agree on a signed payout notice with its details', async () => {
    const { call, control, received } = createFixture();
    const e_wallet = {
      account_name: 'Maria Santos',
      account_number: '09171234501',
      account_type: 'individual',
      provider: 'GCash',
      deposit_key_type: 'phone',
      deposit_key: '09171234501',
    };
    const { code } = await call('payout/batch/create-order', {
      request_id: 'BATCH-1',
      currency: 'PHP',
      total_amount: '150.00',
      way_code: 'TAZAPAY_PAYOUT',
      notify_url: 'https://shop.example/hook',
      payout_order_details: [
        { mch_order_id: 'INV-1', amount: '100.00', destination_type: 'ewallet', e_wallet },
        { mch_order_id: 'INV-2', amount: '50.00', destination_type: 'ewallet', e_wallet },
      ],
    });
    assert.equal(code, 0);
    control.settle('BATCH-1', 'partly-succeeded');
    await control.idle();
    const [notice] = received;
    const result = verifyLesspay({
      kind: 'payout',
      rawBody: notice!.text,
      signature: notice!.headers.get('x-auth-signature') ?? undefined,
      secrets: [APP_SECRET],
    });
    assert.equal(result.ok, true, JSON.stringify(result));
  });

  it('agree on a signed LeanX request and its callback', async () => {
    const credentials = { authToken: AUTH_TOKEN, hashKey: HASH_KEY };
    const { sandbox, control, received } = createFixture({ leanx: { ...credentials, signRequests: true } });
    const path = '/api/v1/merchant/create-payout-invoice';
    const timestamp = String(Math.floor(NOW / 1000));
    const response = await sandbox.fetch(`${BASE}${path}`, {
      method: 'POST',
      headers: {
        'auth-token': AUTH_TOKEN,
        'x-timestamp': timestamp,
        'x-nonce': 'n1',
        'x-signature': signLeanx({ method: 'POST', path, timestamp, nonce: 'n1' }, credentials),
      },
      body: JSON.stringify({
        virtual_pool_reference: 'VA-8F9FD0-132317969417-PAYOUT',
        payout_service_id: 77,
        amount: 13,
        recipient_name: 'Tan Wei Ming',
        client_callback_url: 'https://shop.example/hook',
        third_party_account_no: '112233445566',
        recipient_reference: 'Salary',
        external_invoice_ref: 'LX-1',
      }),
    });
    assert.equal(((await response.json()) as { response_code: number }).response_code, 2000);
    control.approve('LX-1');
    await control.idle();
    assert.equal((await verifyLeanxCallback(received[0]!.text, HASH_KEY)).ok, true);
    assert.equal((await verifyLeanxCallback(received[0]!.text, `${HASH_KEY}0`)).ok, false);
  });
});
