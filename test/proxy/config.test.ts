import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, it } from 'node:test';
import { ConfigError, createSigningProxy, type LogRecord, type SigningProxyOptions } from 'lesspay-elements/proxy';

const SECRET = 'S3cr3t-S3cr3t-S3cr3t';
const GOOD: SigningProxyOptions = {
  lesspay: { appId: 'app-1', appSecret: SECRET, environment: 'sandbox', checkoutHosts: ['pay.example.com'] },
  publicUrl: 'https://shop.example',
};
const silent = (): void => undefined;
const QUIET = { info: silent, warn: silent, error: silent };
const LEANX = { authToken: `LP-AAAAAAAA-MM|uuid|${SECRET}`, hashKey: SECRET, environment: 'sandbox' as const };

function refusal(options: unknown): string {
  try {
    createSigningProxy(options as SigningProxyOptions);
  } catch (error) {
    assert.ok(error instanceof ConfigError, inspect(error));
    assert.ok(!inspect(error).includes(SECRET.slice(0, 8)), 'the message holds the secret');
    return error.message;
  }
  return assert.fail('the proxy was created');
}

const lesspay = (change: object) => ({ ...GOOD, lesspay: { ...GOOD.lesspay, ...change } });
const leanx = (change: object) => ({ ...GOOD, leanx: { ...LEANX, ...change } });

describe('createSigningProxy', () => {
  it('takes a good configuration', () => {
    assert.equal(typeof createSigningProxy(GOOD).fetch, 'function');
    assert.equal(
      typeof createSigningProxy(leanx({ poolReference: 'VA-8F9FD0-132317969417-PAYOUT' })).fetch,
      'function',
    );
    assert.equal(
      typeof createSigningProxy({ ...GOOD, publicUrl: 'http://localhost:5173', logger: QUIET }).fetch,
      'function',
    );
    assert.equal(typeof createSigningProxy({ ...GOOD, publicUrl: 'https://nullify.example/shop' }).fetch, 'function');
  });

  const cases: [option: string, options: unknown][] = [
    ['options', undefined],
    ['lesspay', { ...GOOD, lesspay: undefined }],
    ...[
      undefined,
      null,
      '',
      '   ',
      'undefined',
      'null',
      'short',
      `${SECRET}\n`,
      ` ${SECRET}`,
      `"${SECRET}"`,
      `'${SECRET}'`,
      'with blank inside it',
      7,
      [],
    ].map((appSecret): [string, unknown] => ['lesspay.appSecret', lesspay({ appSecret })]),
    ['lesspay.appSecret[1]', lesspay({ appSecret: [SECRET, 'short'] })],
    ...[undefined, '', 'undefined', 'a b', 'a\r\nb', '"app-1"'].map((appId): [string, unknown] => [
      'lesspay.appId',
      lesspay({ appId }),
    ]),
    ['lesspay.apiVersion', lesspay({ apiVersion: 'V1' })],
    ['lesspay.output', lesspay({ output: 'both' })],
    ['lesspay.output.payin.expiredTimeAs', lesspay({ output: { payin: { expiredTimeAs: 'text' } } })],
    ['lesspay.output.payin.amountUnits', lesspay({ output: { payin: { amountUnits: { X: 'minor' } } } })],
    ['lesspay.output.payout.destinationType', lesspay({ output: { payout: { destinationType: 'everywhere' } } })],
    ['lesspay.output.payout.wayTypes.bank', lesspay({ output: { payout: { wayTypes: { bank: 'a b' } } } })],
    ['lesspay.output.payout.toString', lesspay({ output: { payout: { toString: 'x' } } })],
    ['leanx.amountAs', leanx({ amountAs: 'text' })],
    ['lesspay.environment', lesspay({ environment: 'production' })],
    ['lesspay.environment', lesspay({ environment: 'toString' })],
    ['lesspay.environment.baseUrl', lesspay({ environment: { baseUrl: 'http://pay.example.com' } })],
    ['lesspay.environment.baseUrl', lesspay({ environment: { baseUrl: 'undefined' } })],
    ['lesspay.environment.baseUrl', lesspay({ environment: { baseUrl: 'https://user:pw@pay.example.com' } })],
    ['lesspay.checkoutHosts', lesspay({ checkoutHosts: undefined })],
    ['lesspay.checkoutHosts', lesspay({ checkoutHosts: [] })],
    ...[
      'https://pay.example.com',
      'pay.example.com:443',
      '*',
      '*.com',
      'PAY.example.com',
      'pay.example.com/',
      '1.2.3.4',
      '',
    ].map((host): [string, unknown] => ['lesspay.checkoutHosts[0]', lesspay({ checkoutHosts: [host] })]),
    ...[
      undefined,
      '',
      'shop.example',
      'https:shop.example',
      'http://shop.example',
      'https://undefined',
      'https://shop.example/undefined',
      'https://shop.example?x=1',
      'https://shop.example#x',
      'https://user@shop.example',
      'ftp://shop.example',
      'https://shop.example\n',
      'https://null/',
    ].map((publicUrl): [string, unknown] => ['publicUrl', { ...GOOD, publicUrl }]),
    ...['lesspay', '/lesspay/', '/a//b', '/..', '/undefined', '/a b', 7].map((basePath): [string, unknown] => [
      'basePath',
      { ...GOOD, basePath },
    ]),
    ...['https://admin.example/', '*', 'null', 'admin.example', 'https://ADMIN.example'].map(
      (origin): [string, unknown] => ['allowedOrigins[0]', { ...GOOD, allowedOrigins: [origin] }],
    ),
    ['leanx.authToken', leanx({ authToken: undefined })],
    ['leanx.hashKey', leanx({ hashKey: '' })],
    ['leanx.hashKey', leanx({ hashKey: [] })],
    ['leanx.hashKey[1]', leanx({ hashKey: [SECRET, 'short'] })],
    ['leanx.environment', leanx({ environment: 'live' })],
    ['leanx.environment', leanx({ environment: 'production' })],
    [
      'leanx.authToken',
      {
        ...lesspay({ environment: { baseUrl: 'https://live.pay.example' } }),
        leanx: { ...LEANX, authToken: `LP-0D7C06DE-MM|uuid|${SECRET}`, environment: 'production' },
      },
    ],
    ['lesspay.environment', lesspay({ appSecret: 'sk_live_0123456789abcdef' })],
    ['lesspay.environment', lesspay({ appId: 'live-app' })],
    ['leanx.environment', leanx({ hashKey: 'prod_0123456789abcdef' })],
    ['payin.resolveOrder', { ...GOOD, payin: {} }],
    ['payout.authorize', { ...GOOD, payout: { routes: [] } }],
    ['payout.routes', { ...GOOD, payout: { authorize: () => null } }],
    [
      'payout.routes[0].wayCode',
      { ...GOOD, payout: { authorize: () => null, routes: [{ currency: 'PHP', method: 'bank' }] } },
    ],
    [
      'payout.routes[0].method',
      { ...GOOD, payout: { authorize: () => null, routes: [{ currency: 'PHP', method: 'leanx', wayCode: 'X' }] } },
    ],
    ['onPayin', { ...GOOD, onPayin: 'x' }],
    ['hookTimeoutMs', { ...GOOD, hookTimeoutMs: Number.NaN }],
  ];
  for (const [option, options] of cases) {
    it(`names ${option} in ${inspect(options, { depth: 3, breakLength: Infinity }).replaceAll(SECRET, '…').replace(/\s+/g, ' ').slice(0, 150)}`, () => {
      const message = refusal(options);
      assert.ok(message.startsWith(`${option}: `) || message.startsWith(`${option}[0]: `), message);
    });
  }

  it('warns once about the memory store outside tests', () => {
    const saved = { ...process.env };
    delete process.env.NODE_TEST_CONTEXT;
    delete process.env.NODE_ENV;
    try {
      const logs: LogRecord[] = [];
      const push = (record: LogRecord): void => void logs.push(record);
      createSigningProxy({ ...GOOD, logger: { info: push, warn: push, error: push } });
      assert.deepEqual(
        logs.map(({ event }) => event),
        ['memory-store'],
      );
    } finally {
      Object.assign(process.env, saved);
    }
  });

  it('does not show a secret when the proxy is printed', () => {
    const proxy = createSigningProxy(leanx({}));
    assert.ok(!inspect(proxy, { depth: 10, showHidden: true }).includes(SECRET));
    assert.ok(!JSON.stringify(proxy).includes(SECRET));
  });
});
