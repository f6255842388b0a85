import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { UpstreamError } from '../../src/upstream/error.ts';
import { createSend, type Send } from '../../src/upstream/send.ts';

const BODY = '{"bank_account_no":"138000000001"}';
const SIGNATURE = 'F'.repeat(64);
/** Where the answer never ends. */
const HANGING = ['/hang', '/hang-after-headers', '/drip'];

function post(send: Send, url: string) {
  return send({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-signature': SIGNATURE },
    body: BODY,
  });
}

async function failure(call: Promise<unknown>): Promise<UpstreamError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof UpstreamError, String(error));
    assert.doesNotMatch(
      inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error),
      /138000000001|FFFFFFFF/,
    );
    return error;
  }
  return assert.fail('the call did not fail');
}

for (const [through, options] of [
  ['the connection pool', {}],
  ['an injected fetch', { fetch: globalThis.fetch }],
] as const) {
  describe(`createSend through ${through}`, { timeout: 60_000 }, () => {
    let server: Server;
    let base: string;
    const hits: string[] = [];
    /** What was asked for; whoever has given up may be heard later, while another test runs. */
    const heard = () => hits.filter((path) => !HANGING.includes(path));

    before(async () => {
      server = createServer((request, response) => {
        hits.push(request.url ?? '');
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const body = Buffer.concat(chunks).toString();
          switch (request.url) {
            case '/echo':
              response.writeHead(200, { 'content-type': 'application/json' });
              response.end(JSON.stringify({ method: request.method, headers: request.headers, body }));
              break;
            case '/html':
              response.writeHead(502, { 'content-type': 'text/html' });
              response.end('<h1>Bad gateway</h1>');
              break;
            case '/redirect':
              response.writeHead(307, { location: '/echo' });
              response.end();
              break;
            case '/redirect-with-body':
              response.writeHead(302, { location: '/echo' });
              response.write('x'.repeat(100_000));
              break;
            case '/hang-after-headers':
              response.writeHead(200, { 'content-type': 'application/json' });
              response.write('{"code":');
              break;
            case '/drip': {
              response.writeHead(200);
              const timer = setInterval(() => response.write(' '), 5);
              response.on('close', () => clearInterval(timer));
              break;
            }
            case '/reset':
              request.socket.resetAndDestroy();
              break;
            case '/cut':
              response.writeHead(200, { 'content-length': '1000' });
              response.write('{"code":0');
              setTimeout(() => request.socket.destroy(), 10);
              break;
            case '/huge':
              response.writeHead(200);
              response.end('x'.repeat(2_000_000));
              break;
            case '/exact':
              response.end('é'.repeat(50));
              break;
            case '/hang':
              break;
          }
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it('hands over method, headers, body and the whole answer', async () => {
      const { status, text } = await post(createSend(options), `${base}/echo`);
      assert.equal(status, 200);
      const seen = JSON.parse(text) as { method: string; headers: Record<string, string>; body: string };
      assert.equal(seen.method, 'POST');
      assert.equal(seen.body, BODY);
      assert.equal(seen.headers['x-auth-signature'], SIGNATURE);
      assert.equal(seen.headers['content-type'], 'application/json');
    });

    it('sends no body where there is none', async () => {
      const { text } = await createSend(options)({ url: `${base}/echo`, method: 'POST', headers: {} });
      const seen = JSON.parse(text) as { headers: Record<string, string>; body: string };
      assert.equal(seen.body, '');
      assert.equal(seen.headers['content-type'], undefined);
    });

    it('hands over an answer that is no success as it is', async () => {
      assert.deepEqual(await post(createSend(options), `${base}/html`), { status: 502, text: '<h1>Bad gateway</h1>' });
    });

    for (const path of HANGING) {
      it(`gives up at the deadline (${path}) and does not know the outcome`, async () => {
        const error = await failure(post(createSend({ ...options, timeoutMs: 80 }), base + path));
        assert.equal(error.kind, 'timeout');
        assert.equal(error.outcome, 'unknown');
      });
    }

    for (const path of ['/reset', '/cut']) {
      it(`calls a broken connection (${path}) an unknown outcome, and does not try again`, async () => {
        hits.length = 0;
        const error = await failure(post(createSend(options), base + path));
        assert.equal(error.kind, 'network');
        assert.equal(error.outcome, 'unknown');
        assert.deepEqual(heard(), [path]);
      });
    }

    for (const path of ['/redirect', '/redirect-with-body']) {
      it(`never follows a redirect (${path})`, async () => {
        hits.length = 0;
        const error = await failure(post(createSend(options), base + path));
        assert.equal(error.kind, 'redirect');
        assert.equal(error.outcome, 'unknown');
        assert.deepEqual(heard(), [path]);
      });
    }

    it('stops reading an answer that is too large', async () => {
      const error = await failure(post(createSend(options), `${base}/huge`));
      assert.deepEqual([error.kind, error.outcome, error.httpStatus], ['too-large', 'unknown', 200]);
      const limited = createSend({ ...options, maxResponseBytes: 100 });
      assert.equal((await post(limited, `${base}/exact`)).text.length, 50);
      const smaller = createSend({ ...options, maxResponseBytes: 99 });
      assert.equal((await failure(post(smaller, `${base}/exact`))).kind, 'too-large');
    });

    it('knows that nothing was sent when there is no connection', async () => {
      const unused = createTcpServer();
      await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
      const { port } = unused.address() as AddressInfo;
      await new Promise((resolve) => unused.close(resolve));
      const error = await failure(post(createSend(options), `http://127.0.0.1:${port}/`));
      assert.deepEqual([error.kind, error.outcome], ['network', 'refused']);
    });

    it('serves the next call after every kind of failure', async () => {
      const send = createSend({ ...options, timeoutMs: 500 });
      for (const path of ['/reset', '/cut', '/redirect-with-body', '/huge', '/hang-after-headers']) {
        await failure(post(send, base + path));
        assert.equal((await post(send, `${base}/echo`)).status, 200, path);
      }
    });
  });
}

describe('createSend with a fetch of another platform', () => {
  const url = 'https://upstream.example/';

  it('knows a redirect whose status is hidden', async () => {
    const opaque = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
    const error = await failure(post(createSend({ fetch: () => Promise.resolve(opaque) }), url));
    assert.deepEqual([error.kind, error.httpStatus], ['redirect', undefined]);
  });

  it('gives up on a fetch that ignores its signal', async () => {
    const error = await failure(post(createSend({ fetch: () => new Promise(() => undefined), timeoutMs: 20 }), url));
    assert.equal(error.kind, 'timeout');
  });

  it('wraps whatever a fetch throws, without its text', async () => {
    const fetch = () => Promise.reject(new Error(`could not post ${BODY}`, { cause: new Error(SIGNATURE) }));
    const error = await failure(post(createSend({ fetch }), url));
    assert.deepEqual([error.kind, error.outcome], ['network', 'unknown']);
    const thrower = () => {
      throw new TypeError(BODY);
    };
    assert.equal((await failure(post(createSend({ fetch: thrower }), url))).kind, 'network');
  });

  it('asks for no redirects and passes a signal', async () => {
    let seen: RequestInit | undefined;
    const fetch = (_input: unknown, init?: RequestInit) => {
      seen = init;
      return Promise.resolve(new Response(null, { status: 204 }));
    };
    assert.deepEqual(await post(createSend({ fetch }), url), { status: 204, text: '' });
    assert.equal(seen?.redirect, 'manual');
    assert.ok(seen.signal instanceof AbortSignal);
  });
});
