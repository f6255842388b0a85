import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signatureOf } from '../../src/sandbox/signature.ts';
import { APP_SECRET, createFixture, NOW, payinBody } from './fixture.ts';

const CREATE = 'v1/pay/create-order';
const QUERY = 'v1/pay/query-order';
const WINDOW = { start_time: NOW - 3_600_000, end_time: NOW + 3_600_000 };
const ID = 'r0000000001';

describe('pay-in create-order', () => {
  it('opens an order and gives its checkout URL', async () => {
    const { call, control } = createFixture();
    const { status, code, msg, data } = await call(CREATE, payinBody());
    assert.deepEqual([status, code, msg], [200, 0, 'SUCCESS']);
    assert.match(String(data.checkout_url), /^http:\/\/sandbox\.test\/cashier\/[\w-]{20,}$/);
    assert.match((data.order_data as { payOrderId: string }).payOrderId, /^P\d{19}$/);
    assert.equal(control.orders[0]?.requestId, ID);
  });

  it('builds the checkout URL from baseUrl, with its path', async () => {
    const { call } = createFixture({ baseUrl: 'https://shop.example/sandbox' });
    const { data } = await call(CREATE, payinBody());
    assert.match(String(data.checkout_url), /^https:\/\/shop\.example\/sandbox\/cashier\//);
  });

  const REQUIRED = [
    'request_id',
    'product_name',
    'description',
    'target_amount',
    'target_currency',
    'transaction_type',
  ].concat(['success_url', 'fail_url', 'notify_url', 'api_version', 'pay_access_type']);
  for (const name of REQUIRED) {
    it(`answers 11 without ${name}, and when it is null or empty`, async () => {
      const { call, control } = createFixture();
      for (const value of [undefined, null, '']) {
        const answer = await call(CREATE, payinBody({ [name]: value }));
        assert.deepEqual([answer.status, answer.code], [200, 11], String(value));
        assert.match(answer.msg, new RegExp(name));
      }
      assert.equal(control.orders.length, 0);
    });
  }

  const WRONG: [string, unknown, string][] = [
    ['request_id', 'r'.repeat(21), 'longer than 20 characters'],
    ['request_id', 7, 'a number'],
    ['product_name', 'p'.repeat(31), 'longer than 30 characters'],
    ['description', 'd'.repeat(51), 'longer than 50 characters'],
    ['target_amount', 1250, 'a number'],
    ['target_amount', '0.00', 'zero'],
    ['target_amount', '-1.00', 'negative'],
    ['target_amount', '1,250.00', 'grouped'],
    ['target_amount', '1e3', 'scientific'],
    ['target_amount', '1.001', 'with too many decimals'],
    ['target_amount', ' 1.00', 'with a blank'],
    ['target_currency', 'XXX', 'no currency'],
    ['target_currency', 'php', 'in lower case'],
    ['transaction_type', 'PAY_OUT', 'not PAY_IN'],
    ['success_url', '/return', 'relative'],
    ['success_url', 'javascript:alert(1)', 'not http'],
    ['success_url', 'https:\\\\shop.example', 'with back slashes'],
    ['fail_url', `https://shop.example/${'a'.repeat(240)}`, 'longer than 255 characters'],
    ['notify_url', 'ftp://shop.example/hook', 'not http'],
    ['api_version', 'V3', 'unknown'],
    ['pay_access_type', '1', 'a string'],
    ['pay_access_type', 3, 'unknown'],
    ['expired_time', 'soon', 'not a number'],
    ['expired_time', 0, 'zero'],
    ['way_type', 'CASH', 'unknown'],
    ['use_channel_request_id', 'yes', 'not a boolean'],
    ['channel_extra', 'card', 'not an object'],
  ];
  for (const [name, value, why] of WRONG) {
    it(`answers 11 to a ${name} that is ${why}`, async () => {
      const { call, control } = createFixture();
      const answer = await call(CREATE, payinBody({ [name]: value }));
      assert.equal(answer.code, 11);
      assert.match(answer.msg, new RegExp(name));
      assert.equal(control.orders.length, 0);
    });
  }

  it('takes what the documentation shows in two forms', async () => {
    const { call } = createFixture();
    const forms = [
      { expired_time: '1800' },
      { expired_time: undefined },
      { api_version: 'v2' },
      { api_version: 'V1' },
      { target_currency: 'USDT', target_amount: '10.5', transaction_network: 'TRC20' },
      { target_currency: 'JPY', target_amount: '2000' },
      { way_type: 'CARD_PAYMENT', channel_extra: { three_ds: { enabled: true } } },
    ];
    for (const [index, form] of forms.entries()) {
      const { code, msg } = await call(CREATE, payinBody({ request_id: `form-${index}`, ...form }));
      assert.equal(code, 0, msg);
    }
  });

  it('answers 5000 to the direct API, whose answers are not published', async () => {
    const { call } = createFixture();
    assert.equal((await call(CREATE, payinBody({ pay_access_type: 2 }))).code, 5000);
  });

  it('answers 1201 to a request_id that exists, whatever the rest', async () => {
    const { call, control } = createFixture();
    await call(CREATE, payinBody());
    assert.equal((await call(CREATE, payinBody())).code, 1201);
    assert.equal((await call(CREATE, payinBody({ target_amount: '1.00' }))).code, 1201);
    assert.equal(control.orders.length, 1);
  });
});

describe('pay-in query-order', () => {
  it('answers the order with its state and checkout URL, by either id', async () => {
    const { call, control } = createFixture();
    const created = await call(CREATE, payinBody());
    const { payOrderId } = control.orders[0]!;
    for (const id of [{ request_id: ID }, { pay_order_id: payOrderId }, { request_id: ID, pay_order_id: payOrderId }]) {
      const { code, data } = await call(QUERY, { ...id, ...WINDOW });
      assert.equal(code, 0);
      const record = (data.records as Record<string, unknown>[])[0]!;
      assert.equal(record.order_status, 'PENDING_PAY');
      assert.equal(record.order_status_int, 1);
      assert.equal(record.target_amount, '1250.00');
      assert.equal(record.checkout_url, created.data.checkout_url);
    }
  });

  it('takes numbers and strings, as the documentation and the demo send them', async () => {
    const { call } = createFixture();
    await call(CREATE, payinBody());
    const strings = {
      start_time: String(WINDOW.start_time),
      end_time: String(WINDOW.end_time),
      page: '1',
      page_size: '20',
    };
    assert.equal((await call(QUERY, { request_id: ID, ...strings })).code, 0);
    assert.equal((await call(QUERY, { request_id: ID, start_time: WINDOW.start_time })).code, 0);
  });

  it('answers 1202 to an unknown id, to ids of two orders and outside the window', async () => {
    const { call, control } = createFixture();
    await call(CREATE, payinBody());
    await call(CREATE, payinBody({ request_id: 'r2' }));
    const unknown = await call(QUERY, { request_id: 'nope', ...WINDOW });
    assert.deepEqual([unknown.status, unknown.code], [200, 1202]);
    const mixed = { request_id: ID, pay_order_id: control.orders[1]!.payOrderId };
    assert.equal((await call(QUERY, { ...mixed, ...WINDOW })).code, 1202);
    assert.equal((await call(QUERY, { request_id: ID, start_time: 1000, end_time: 2000 })).code, 1202);
  });

  it('answers 11 without start_time, and to a span of more than 7 days', async () => {
    const { call } = createFixture();
    await call(CREATE, payinBody());
    const day = 86_400_000;
    assert.equal((await call(QUERY, { request_id: ID })).code, 11);
    assert.equal((await call(QUERY, { request_id: ID, start_time: NOW - 7 * day, end_time: NOW })).code, 0);
    assert.equal((await call(QUERY, { request_id: ID, start_time: NOW - 7 * day - 1, end_time: NOW })).code, 11);
    assert.equal((await call(QUERY, { request_id: ID, start_time: NOW - 8 * day })).code, 11);
    assert.equal((await call(QUERY, { request_id: ID, start_time: NOW, end_time: NOW - 1 })).code, 11);
    assert.equal((await call(QUERY, { request_id: ID, start_time: 'yesterday' })).code, 11);
  });

  it('pages a listing by time, with at most 1000 on a page', async () => {
    const { call } = createFixture();
    for (let index = 0; index < 5; index += 1) await call(CREATE, payinBody({ request_id: `r${index}` }));
    const { data } = await call(QUERY, { ...WINDOW, page: 2, page_size: 2 });
    assert.equal(data.total, 5);
    assert.deepEqual(
      (data.records as { request_id: string }[]).map(({ request_id }) => request_id),
      ['r2', 'r3'],
    );
    assert.equal((await call(QUERY, { ...WINDOW, page_size: 1001 })).code, 11);
    assert.equal((await call(QUERY, { ...WINDOW, page: 0 })).code, 11);
    assert.equal((await call(QUERY, { start_time: 1000, end_time: 2000 })).data.total, 0);
  });

  it('answers CLOSED once the time is up, and tells the merchant', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody({ expired_time: 60 }));
    await control.clock.advance(59_999);
    assert.equal(control.orders[0]?.status, 'PENDING_PAY');
    await control.clock.advance(1);
    assert.equal(control.orders[0].status, 'CLOSED');
    assert.equal(received[0]?.body.order_status, 'CLOSED');
  });

  it('leaves a paid order paid when its time is up', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody({ expired_time: 60 }));
    control.settle(ID, 'succeeded');
    await control.clock.advance(120_000);
    assert.equal(control.orders[0]?.status, 'SUCCEED');
    assert.equal(received.length, 1);
  });
});

describe('the pay-in webhook', () => {
  const OUTCOMES = [
    ['succeeded', 'SUCCEED', 2],
    ['failed', 'FAILED', 3],
    ['canceled', 'CANCELED', 4],
    ['closed', 'CLOSED', 6],
    ['amount-differs', 'PAID', 12],
  ] as const;
  for (const [outcome, word, number] of OUTCOMES) {
    it(`says ${word} for an order that ${outcome}, signed over the whole body`, async () => {
      const { call, control, received } = createFixture();
      await call(CREATE, payinBody());
      control.settle(ID, outcome);
      await control.idle();
      assert.equal(received.length, 1);
      const notice = received[0]!;
      assert.equal(notice.url, payinBody().notify_url);
      assert.equal(notice.body.order_status, word);
      assert.equal(notice.body.order_status_int, number);
      assert.equal(notice.body.target_amount, '1250.00');
      assert.equal(notice.body.api_version, 'v2');
      assert.equal(notice.headers.get('x-auth-signature'), signatureOf(notice.text, APP_SECRET));
      assert.equal(notice.headers.get('x-auth-timestamp'), String(NOW));
    });
  }

  it('leaves the five members unsigned for a v1 order', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody({ api_version: 'V1' }));
    control.settle(ID, 'succeeded');
    await control.idle();
    const unsigned = new Set(['api_version', 'order_status_int', 'channel_biz_data', 'event', 'event_data']);
    const members = Object.entries(received[0]!.body).filter(([name]) => !unsigned.has(name));
    const signed = Object.fromEntries(members);
    assert.equal(received[0]!.headers.get('x-auth-signature'), signatureOf(JSON.stringify(signed), APP_SECRET));
  });

  it('says REFUND only after a payment', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody());
    assert.throws(() => control.refund(ID), /has not been paid/);
    control.settle(ID, 'succeeded');
    control.refund(ID);
    await control.idle();
    assert.deepEqual(
      received.map(({ body }) => body.order_status),
      ['SUCCEED', 'REFUND'],
    );
  });

  it('brings risk events without a change of status', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody());
    control.decline(ID);
    control.settle(ID, 'succeeded');
    control.dispute(ID);
    await control.idle();
    assert.deepEqual(
      received.map(({ body }) => [body.event, body.order_status]),
      [
        ['payment_declined', 'PENDING_PAY'],
        [null, 'SUCCEED'],
        ['dispute_received', 'SUCCEED'],
      ],
    );
    assert.equal(control.orders[0]?.status, 'SUCCEED');
  });

  it('can be sent with other members, rightly signed', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody());
    control.notify(ID, { order_status: 'SUCCEED', order_status_int: 2, target_amount: '1.00', extra: '1' });
    await control.idle();
    assert.equal(received[0]?.body.target_amount, '1.00');
    assert.equal(received[0].headers.get('x-auth-signature'), signatureOf(received[0].text, APP_SECRET));
    assert.equal(control.orders[0]?.status, 'PENDING_PAY');
  });

  it('is not sent when the test asks for none', async () => {
    const { call, control, received } = createFixture();
    await call(CREATE, payinBody());
    control.settle(ID, 'succeeded', { webhook: 'never' });
    await control.flush();
    assert.equal(received.length, 0);
  });

  it('refuses ids and outcomes that make no sense', async () => {
    const { call, control } = createFixture();
    await call(CREATE, payinBody());
    assert.throws(() => control.settle('nope', 'succeeded'), /knows no pay-in or payout "nope"/);
    assert.throws(() => control.settle(ID, 'partly-succeeded'), TypeError);
    assert.throws(() => control.approve(ID), /only payouts are reviewed/);
  });
});
