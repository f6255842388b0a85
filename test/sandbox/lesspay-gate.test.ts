import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signatureOf } from '../../src/sandbox/signature.ts';
import { APP_SECRET, BASE, createFixture, NOW, payinBody } from './fixture.ts';

const CREATE = 'v1/pay/create-order';
const PAYOUT = 'payout/query';

describe('the Lesspay gate', () => {
  it('answers 405 to another method', async () => {
    const { call } = createFixture();
    for (const method of ['GET', 'PUT', 'DELETE']) {
      assert.equal((await call(CREATE, payinBody(), { method })).status, 405);
    }
  });

  it('answers 404 to an unknown path', async () => {
    const { call } = createFixture();
    assert.equal((await call('v1/pay/refund', payinBody())).status, 404);
    assert.equal((await call('constructor', payinBody())).status, 404);
  });

  it('answers 400 to another content type', async () => {
    const { call } = createFixture();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16']) {
      const answer = await call(CREATE, payinBody(), { headers: { 'content-type': type } });
      assert.deepEqual([answer.status, answer.code], [400, 11], type);
    }
    const demo = await call(CREATE, payinBody(), { headers: { 'content-type': 'application/json; charset=utf-8' } });
    assert.equal(demo.code, 0);
  });

  for (const header of ['x-auth-appid', 'x-auth-timestamp', 'x-auth-signature']) {
    it(`answers 401 without ${header}`, async () => {
      const { call, control } = createFixture();
      const answer = await call(CREATE, payinBody(), { headers: { [header]: undefined } });
      assert.equal(answer.status, 401);
      assert.notEqual(answer.code, 0);
      assert.equal(control.orders.length, 0);
    });
  }

  it('answers 401 to another appid', async () => {
    const { call } = createFixture();
    assert.equal((await call(CREATE, payinBody(), { headers: { 'x-auth-appid': 'other' } })).status, 401);
  });

  it('answers 401 to a timestamp that is not 13 digits of milliseconds', async () => {
    const { call } = createFixture();
    for (const timestamp of [
      String(Math.floor(NOW / 1000)),
      `${NOW}0`,
      '0x1A2B3C',
      '2026-11-20T21:33:17Z',
      `+${NOW}`,
    ]) {
      assert.equal((await call(CREATE, payinBody(), { headers: { 'x-auth-timestamp': timestamp } })).status, 401);
    }
  });

  it('answers 401 to a timestamp further off than the configured skew, on either side', async () => {
    const { call } = createFixture();
    const status = async (timestamp: number) =>
      (await call(PAYOUT, { request_id: 'x' }, { headers: { 'x-auth-timestamp': String(timestamp) } })).status;
    assert.equal(await status(NOW - 300_000), 200);
    assert.equal(await status(NOW + 300_000), 200);
    assert.equal(await status(NOW - 300_001), 401);
    assert.equal(await status(NOW + 300_001), 401);
  });

  it('answers 401 to a wrong signature, also in lower case or of another body', async () => {
    const { call, control } = createFixture();
    const right = signatureOf(JSON.stringify(payinBody()), APP_SECRET)!;
    const other = signatureOf(JSON.stringify(payinBody({ target_amount: '1.00' })), APP_SECRET)!;
    const otherSecret = signatureOf(JSON.stringify(payinBody()), `${APP_SECRET}x`)!;
    for (const signature of [right.toLowerCase(), other, otherSecret, `${right}0`, '0'.repeat(64)]) {
      assert.equal((await call(CREATE, payinBody(), { headers: { 'x-auth-signature': signature } })).status, 401);
    }
    assert.equal(control.orders.length, 0);
    assert.equal((await call(CREATE, payinBody(), { headers: { 'x-auth-signature': right } })).code, 0);
  });

  it('answers 400 with the endpoint’s own code to a body that is no JSON object', async () => {
    const { call } = createFixture();
    for (const text of ['', '{', '[]', '"x"', '1', 'a=1&b=2']) {
      const payin = await call(CREATE, text);
      assert.deepEqual([payin.status, payin.code], [400, 11], text);
      const payout = await call(PAYOUT, text);
      assert.deepEqual([payout.status, payout.code], [400, 30000], text);
    }
  });

  it('logs what came in with the signature masked', async () => {
    const { call, control } = createFixture();
    await call(CREATE, payinBody());
    const [request] = control.requests;
    assert.equal(request?.path, '/api/global/v1/pay/create-order');
    assert.equal(request.status, 200);
    assert.equal(request.code, 0);
    assert.deepEqual(request.body, payinBody());
    assert.match(request.headers['x-auth-signature']!, /^.{4}…$/);
    assert.ok(!JSON.stringify(control.requests).includes(signatureOf(JSON.stringify(payinBody()), APP_SECRET)!));
  });

  it('works under a path prefix, taken off by the server or not', async () => {
    const { sandbox } = createFixture({ baseUrl: `${BASE}/fake/` });
    for (const path of ['/fake/api/global/payout/query', '/api/global/payout/query']) {
      const text = '{"request_id":"x"}';
      const response = await sandbox.fetch(`${BASE}${path}`, {
        method: 'POST',
        body: text,
        headers: {
          'content-type': 'application/json',
          'x-auth-appid': '690b2b46e4b09c73147db688',
          'x-auth-timestamp': String(NOW),
          'x-auth-signature': signatureOf(text, APP_SECRET)!,
        },
      });
      assert.equal(((await response.json()) as { code: number }).code, 30020);
    }
  });
});
