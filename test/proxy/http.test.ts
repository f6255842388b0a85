import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ask, assertNothingLeaked, createShop, SHOP } from './fixture.ts';

after(assertNothingLeaked);

const ORDER = { order: 'ORD-1' };

describe('the proxy over HTTP', () => {
  it('answers 404 with a problem for paths that are not its own, however they are written', async () => {
    const shop = createShop();
    const requests = [
      '/payins/',
      '/PAYINS',
      '/payins%2f',
      '/payins/../payouts',
      '//payins',
      '/payins//x',
      '/payins/a/b',
      '/payins/%00',
      '/payins/a%2e%2e',
      '/__proto__',
      '/constructor',
      '',
      '/',
    ];
    for (const path of requests) {
      const answer = await shop.get(path);
      assert.ok([404, 405].includes(answer.status), `${path} ${answer.status}`);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    }
    const outside = await shop.proxy.fetch(new Request('https://shop.example/other'));
    assert.equal(outside.status, 404);
  });

  it('never answers 500 to any path, header or body that a client makes up', async () => {
    const shop = createShop({ options: { payout: { authorize: () => ({ id: 'op' }), routes: [] } } });
    const paths = [
      '/payins',
      '/payins/x',
      '/payouts',
      '/payouts/x',
      '/banks',
      '/leanx/account-checks',
      '/webhooks/lesspay/payin',
      '/webhooks/lesspay/payout',
      '/webhooks/leanx',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.oneof(
          fc.constant(''),
          fc.string({ unit: 'binary-ascii' }).map((text) => `?${encodeURIComponent(text)}=${encodeURIComponent(text)}`),
        ),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'),
        fc.oneof(fc.json(), fc.string(), fc.uint8Array()),
        fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', ''),
        fc.constantFrom('same-origin', 'cross-site', ''),
        async (path, query, method, body, type, site) => {
          const hasBody = method !== 'GET' && method !== 'HEAD';
          const answer = await ask(shop.proxy, path + query, {
            method,
            headers: {
              ...(type === '' ? {} : { 'content-type': type }),
              ...(site === '' ? {} : { 'sec-fetch-site': site }),
              'idempotency-key': 'key-12345678',
              'x-auth-signature': 'A'.repeat(64),
            },
            ...(hasBody ? { body: typeof body === 'string' ? body : Uint8Array.from(body) } : {}),
          });
          assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${path} ${answer.status} ${answer.text}`);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('answers 405 with Allow for another method', async () => {
    const shop = createShop();
    for (const [path, allow] of [
      ['/payins', 'POST'],
      ['/payins/abc', 'GET'],
      ['/webhooks/lesspay/payin', 'POST'],
    ] as const) {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD', allow === 'GET' ? 'POST' : 'GET']) {
        const answer = await ask(shop.proxy, path, { method });
        assert.deepEqual([answer.status, answer.headers.get('allow')], [405, allow], `${method} ${path}`);
      }
    }
  });

  it('takes application/json in UTF-8 and nothing that only looks like it', async () => {
    const shop = createShop();
    for (const type of ['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"']) {
      assert.ok([200, 201].includes((await shop.post('/payins', ORDER, { 'content-type': type })).status), type);
    }
    for (const type of [
      'text/plain',
      'application/jsonp',
      'application/json, text/plain',
      'application/json; charset=utf-16',
      'application/problem+json',
      'multipart/form-data; boundary=x',
      'text/plain; application/json',
      '',
    ]) {
      assert.equal((await shop.post('/payins', ORDER, { 'content-type': type })).status, 415, type);
    }
  });

  it('refuses compressed bodies on every route', async () => {
    const shop = createShop();
    const headers = { 'content-encoding': 'gzip', 'x-auth-signature': 'A'.repeat(64) };
    const body = gzipSync(JSON.stringify(ORDER));
    assert.equal((await shop.post('/payins', body, headers)).status, 415);
    assert.equal((await shop.post('/webhooks/lesspay/payin', body, headers)).status, 415);
  });

  it('counts bytes while reading: 64 KiB for browsers, 256 KiB for notices, declared or not', async () => {
    const shop = createShop();
    const text = (size: number) => JSON.stringify({ order: 'x'.repeat(size) });
    assert.equal((await shop.post('/payins', text(60_000))).status, 400);
    for (const [path, size] of [
      ['/payins', 65_537],
      ['/webhooks/lesspay/payin', 262_145],
    ] as const) {
      const declared = await shop.post(path, 'x'.repeat(size), { 'x-auth-signature': 'A'.repeat(64) });
      assert.deepEqual([declared.status, declared.json.code], [413, 'body-too-large']);
      let pulled = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(16_384));
        },
      });
      const chunked = await ask(shop.proxy, path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          'x-auth-signature': 'A'.repeat(64),
        },
        body: endless,
        duplex: 'half',
      });
      assert.equal(chunked.status, 413);
      assert.ok(pulled < size / 16_384 + 5, `read ${pulled} chunks`);
    }
  });

  it('gives a slow body up after its deadline', async () => {
    const shop = createShop({ options: { bodyTimeoutMs: 50 } });
    const stalled = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array([123])),
    });
    const answer = await ask(shop.proxy, '/payins', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: stalled,
      duplex: 'half',
    });
    assert.deepEqual([answer.status, answer.json.code, answer.json.retryable], [408, 'body-timeout', true]);
  });

  it('refuses JSON that two parsers could read differently', async () => {
    const shop = createShop();
    const bad = [
      '',
      '{',
      'null',
      '[]',
      '{"order":"ORD-1"}x',
      '{"order":"ORD-1","order":"ORD-2"}',
      '{"order":"ORD-1","\\u006frder":"ORD-2"}',
      '{"order":"ORD-1","__proto__":{"amount":"1"}}',
      '{"order":"ORD-1","constructor":1}',
      '{"order":"\\ud800"}',
      '\ufeff{"order":"ORD-1"}',
      '{"order":1}',
      '{"order":""}',
      '{"order":"a\\u0000b"}',
      `{"order":${'['.repeat(33)}${']'.repeat(33)}}`,
      '['.repeat(60_000),
      "{'order':'ORD-1'}",
    ];
    for (const body of bad) {
      const answer = await shop.post('/payins', body);
      assert.equal(answer.status, 400, body.slice(0, 60));
      assert.ok(['malformed-body', 'invalid-request'].includes(String(answer.json.code)));
    }
    assert.equal((await shop.post('/payins', new Uint8Array([0x7b, 0xff, 0x7d]))).json.code, 'malformed-body');
    assert.equal(shop.sandbox.control.requests.length, 0);
  });

  it('answers by its deadline whatever hangs behind it', async () => {
    const shop = createShop({
      options: { answerTimeoutMs: 50, upstreamTimeoutMs: 200 },
      upstream: () => new Promise(() => undefined),
    });
    const answer = await shop.post('/payins', ORDER);
    assert.deepEqual([answer.status, answer.json.code, answer.json.retryable], [503, 'outcome-unknown', true]);
  });

  it('goes on when the logger throws', async () => {
    const fail = (): never => {
      throw new Error('disk full');
    };
    const shop = createShop({ options: { logger: { info: fail, warn: fail, error: fail } } });
    assert.equal((await shop.post('/payins', ORDER)).status, 201);
  });

  it('answers 500 as a problem when the store fails, and says nothing of it', async () => {
    const shop = createShop({
      options: {
        store: {
          get: () => Promise.reject(new Error('ECONNREFUSED redis://user:password@10.0.0.1')),
          insert: () => Promise.resolve(false),
          replace: () => Promise.resolve(false),
        },
      },
    });
    const answer = await shop.post('/payins', ORDER);
    assert.deepEqual([answer.status, answer.json.code], [500, 'internal-error']);
    assert.ok(!answer.text.includes('redis'));
  });
});

describe('the origin check', () => {
  const post = (shop: ReturnType<typeof createShop>, headers: Record<string, string | undefined>) =>
    shop.post('/payins', ORDER, { 'sec-fetch-site': undefined, ...headers });

  it('believes Sec-Fetch-Site first, then an exact Origin, and refuses when there is neither', async () => {
    const shop = createShop();
    const cases: [Record<string, string>, boolean][] = [
      [{ 'sec-fetch-site': 'same-origin' }, true],
      [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
      [{ origin: SHOP }, true],
      [{}, false],
      [{ 'sec-fetch-site': 'cross-site', origin: SHOP }, false],
      [{ 'sec-fetch-site': 'same-site', origin: SHOP }, false],
      [{ 'sec-fetch-site': 'none' }, false],
      [{ 'sec-fetch-site': 'SAME-ORIGIN ' }, false],
      [{ origin: 'null' }, false],
      [{ origin: 'http://shop.example' }, false],
      [{ origin: 'https://shop.example.evil.example' }, false],
      [{ origin: 'https://shop.example:8443' }, false],
      [{ origin: 'https://SHOP.example' }, false],
      [{ origin: `${SHOP}/` }, false],
      [{ origin: 'http://localhost:5173', host: 'localhost:5173' }, false],
      [{ referer: `${SHOP}/cart` }, false],
    ];
    for (const [headers, isAllowed] of cases) {
      const { status, json } = await post(shop, headers);
      if (isAllowed) assert.ok([200, 201].includes(status), JSON.stringify(headers));
      else assert.deepEqual([status, json.code], [403, 'forbidden-origin'], JSON.stringify(headers));
    }
  });

  it('accepts this machine under its other names while publicUrl is on this machine', async () => {
    const shop = createShop({ options: { publicUrl: 'http://localhost:5173' } });
    assert.equal((await post(shop, { origin: 'http://localhost:5173' })).status, 201);
    assert.equal((await post(shop, { origin: 'http://127.0.0.1:5173', host: '127.0.0.1:5173' })).status, 200);
    assert.equal((await post(shop, { origin: 'http://127.0.0.1:9999', host: '127.0.0.1:5173' })).status, 403);
    assert.equal((await post(shop, { origin: 'https://evil.example', host: 'evil.example' })).status, 403);
  });
});

describe('CORS', () => {
  it('is off by default: no header, no preflight', async () => {
    const shop = createShop();
    const answer = await shop.post('/payins', ORDER, { origin: 'https://evil.example' });
    assert.deepEqual(
      [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    );
    assert.equal(
      (await ask(shop.proxy, '/payins', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })).status,
      405,
    );
  });

  it('lets the listed origins in to the letter, with credentials, and always varies', async () => {
    const admin = 'https://admin.example';
    const shop = createShop({ options: { allowedOrigins: [admin] } });
    const answer = await shop.post('/payins', ORDER, { 'sec-fetch-site': 'cross-site', origin: admin });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('access-control-allow-origin'), admin);
    assert.equal(answer.headers.get('access-control-allow-credentials'), 'true');
    assert.equal(answer.headers.get('vary'), 'Origin');
    const preflight = await ask(shop.proxy, '/payins', { method: 'OPTIONS', headers: { origin: admin } });
    assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-methods')], [204, 'POST']);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /idempotency-key/);
    for (const origin of ['https://admin.example.evil.example', 'http://admin.example', 'null']) {
      const foreign = await shop.post('/payins', ORDER, { 'sec-fetch-site': 'cross-site', origin });
      assert.equal(foreign.status, 403);
      assert.equal(foreign.headers.get('access-control-allow-origin'), null);
      assert.equal(foreign.headers.get('vary'), 'Origin');
      assert.equal((await ask(shop.proxy, '/payins', { method: 'OPTIONS', headers: { origin } })).status, 403);
    }
    assert.equal(
      (await ask(shop.proxy, '/webhooks/lesspay/payin', { method: 'OPTIONS', headers: { origin: admin } })).status,
      405,
    );
    const failed = await shop.get('/payins/none', { origin: admin });
    assert.equal(failed.headers.get('access-control-allow-origin'), admin);
  });
});
