import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSandbox, type SandboxOptions } from 'lesspay-elements/sandbox';
import { APP_ID, APP_SECRET, AUTH_TOKEN, HASH_KEY } from './fixture.ts';

const GOOD = { lesspay: { appId: APP_ID, appSecret: APP_SECRET }, leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY } };

describe('createSandbox', () => {
  it('takes the credentials alone', () => {
    assert.doesNotThrow(() => createSandbox(GOOD));
    assert.doesNotThrow(() => createSandbox({ lesspay: GOOD.lesspay }));
  });

  const WRONG: [string, object][] = [
    ['lesspay', {}],
    ['lesspay.appId', { lesspay: { appSecret: APP_SECRET } }],
    ['lesspay.appSecret', { lesspay: { appId: APP_ID } }],
    ['lesspay.appSecret', { lesspay: { appId: APP_ID, appSecret: ' ' } }],
    ['lesspay.appSecret', { lesspay: { appId: APP_ID, appSecret: `${APP_SECRET}\n` } }],
    ['lesspay.appSecret', { lesspay: { appId: APP_ID, appSecret: `"${APP_SECRET}"` } }],
    ['lesspay.appSecret', { lesspay: { appId: APP_ID, appSecret: 'undefined' } }],
    ['leanx.authToken', { ...GOOD, leanx: { authToken: 'LP-1', hashKey: HASH_KEY } }],
    ['leanx.hashKey', { ...GOOD, leanx: { authToken: AUTH_TOKEN } }],
    ['leanx.poolBalance', { ...GOOD, leanx: { ...GOOD.leanx, poolBalance: '1,000' } }],
    ['baseUrl', { ...GOOD, baseUrl: 'localhost:4010' }],
    ['baseUrl', { ...GOOD, baseUrl: '/sandbox' }],
    ['baseUrl', { ...GOOD, baseUrl: 'http://localhost:4010/?x=1' }],
    ['reviewDelayMs', { ...GOOD, reviewDelayMs: -1 }],
    ['reviewDelayMs', { ...GOOD, reviewDelayMs: '500' }],
    ['settleDelayMs', { ...GOOD, settleDelayMs: Number.NaN }],
    ['webhookRetryMs', { ...GOOD, webhookRetryMs: '1s' }],
    ['webhookRetryMs[1]', { ...GOOD, webhookRetryMs: [1000, -1] }],
    ['webhookDelayMs', { ...GOOD, webhookDelayMs: Infinity }],
  ];
  for (const [option, options] of WRONG) {
    it(`names ${option} in ${JSON.stringify(options).replaceAll(HASH_KEY, '…').slice(0, 90)}`, () => {
      assert.throws(
        () => createSandbox(options as SandboxOptions),
        (error: Error) =>
          error instanceof TypeError &&
          error.message.startsWith(`createSandbox: ${option} `) &&
          !error.message.includes(APP_SECRET) &&
          !error.message.includes(HASH_KEY),
      );
    });
  }
});
