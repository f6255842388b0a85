import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signatureOf } from '../../src/sandbox/signature.ts';
import { APP_SECRET, createFixture, NOW, payinBody } from './fixture.ts';

const CREATE = 'v1/pay/create-order';
const QUERY = 'v1/pay/query-order';
const WINDOW = { start_time: NOW - 3_600_000, end_time: NOW + 3_600_000 };

describe('pay-in create-order', () => {
  it('opens an order and gives its checkout URL', async () => {
    const { call } = createFixture();
    const { status, code, msg, data } = await call(CREATE, payinBody());
    assert.deepEqual([status, code, msg], [200, 0, 'SUCCESS']);
    assert.match(String(data['checkout_url']), /^http:\/\/sandbox\.test\/cashier\/[\w-]{20,}$/);
  });

  it('answers the order with its state to query-order', async () => {
    const { call } = createFixture();
    const created = await call(CREATE, payinBody());
    const { data } = await call(QUERY, { request_id: 'r0000000001', ...WINDOW });
    const [record] = data['records'] as Record<string, unknown>[];
    assert.equal(record?.['order_status'], 'PENDING_PAY');
    assert.equal(record['order_status_int'], 1);
    assert.equal(record['checkout_url'], created.data['checkout_url']);
  });
});

describe('the pay-in webhook', () => {
  it('is signed over the whole body and leaves once an order is paid', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody());
    control.settle('r0000000001', 'succeeded');
    await control.idle();
    assert.equal(received.length, 1);
    const [notice] = received;
    assert.equal(notice?.body['order_status'], 'SUCCEED');
    assert.equal(notice.headers.get('x-auth-signature'), signatureOf(notice.text, APP_SECRET));
    assert.equal(control.deliveries[0]?.acknowledged, true);
  });
});
