import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSandbox, toNodeListener, type FaultKind } from 'lesspay-elements/sandbox';
import { signatureOf } from '../../src/sandbox/signature.ts';
import { APP_ID, APP_SECRET, BASE, createFixture, NOW, payinBody } from './fixture.ts';

const CREATE = 'v1/pay/create-order';

function signed(body: unknown, base = BASE, signal?: AbortSignal): Request {
  const text = JSON.stringify(body);
  return new Request(`${base}/api/global/${CREATE}`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'x-auth-appid': APP_ID,
      'x-auth-timestamp': String(NOW),
      'x-auth-signature': signatureOf(text, APP_SECRET)!,
    },
    ...(signal && { signal }),
  });
}

describe('control.fail', () => {
  for (const how of ['502', '503', 'accept-then-502'] as const) {
    it(`answers HTML with status ${how.slice(-3)} for ${how}`, async () => {
      const { sandbox, control } = createFixture();
      control.fail({ how });
      const response = await sandbox.fetch(signed(payinBody()));
      assert.equal(response.status, Number(how.slice(-3)));
      assert.equal(response.headers.get('content-type'), 'text/html');
      assert.equal(control.orders.length, how.startsWith('accept') ? 1 : 0);
    });
  }

  it('answers HTML with 200, half a JSON document, or a redirect', async () => {
    const { sandbox, control } = createFixture();
    const answer = async (how: FaultKind) => {
      control.fail({ how });
      return sandbox.fetch(signed(payinBody()));
    };
    const page = await answer('html');
    assert.deepEqual([page.status, page.headers.get('content-type')], [200, 'text/html']);
    const half = await answer('garbage');
    await assert.rejects(half.json(), SyntaxError);
    const redirect = await answer('redirect');
    assert.deepEqual([redirect.status, redirect.headers.get('location')], [302, 'https://redirected.invalid/']);
    assert.equal(control.orders.length, 0);
  });

  it('rejects like a broken connection, before or after taking the order', async () => {
    const { sandbox, control } = createFixture();
    control.fail({ how: 'reset' });
    await assert.rejects(sandbox.fetch(signed(payinBody())), TypeError);
    assert.equal(control.orders.length, 0);
    control.fail({ how: 'accept-then-reset' });
    await assert.rejects(sandbox.fetch(signed(payinBody())), TypeError);
    assert.equal(control.orders.length, 1);
    assert.equal(control.requests.length, 2);
    assert.equal(control.requests[1]!.status, undefined);
  });

  it('hangs until the caller gives up, before or after taking the order', async () => {
    const { sandbox, control } = createFixture();
    for (const [how, orders] of [
      ['hang', 0],
      ['accept-then-hang', 1],
    ] as const) {
      control.fail({ how });
      const aborter = new AbortController();
      const answer = sandbox.fetch(signed(payinBody(), BASE, aborter.signal));
      const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 20, 'nothing'))]);
      assert.equal(first, 'nothing');
      aborter.abort();
      await assert.rejects(answer, { name: 'AbortError' });
      assert.equal(control.orders.length, orders);
    }
  });

  it('sees that the caller gives up whatever has been collected meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { sandbox, control } = createFixture();
    control.fail({ how: 'hang' });
    const aborter = new AbortController();
    const answer = sandbox.fetch(signed(payinBody(), BASE, aborter.signal));
    await sleep(20);
    collect();
    await sleep(1);
    collect();
    aborter.abort();
    await assert.rejects(Promise.race([answer, sleep(2_000)]), { name: 'AbortError' });
  });

  it('is slow and then right', async () => {
    const { sandbox, control } = createFixture();
    control.fail({ how: 'slow', delayMs: 10 });
    const response = await sandbox.fetch(signed(payinBody()));
    assert.equal(((await response.json()) as { code: number }).code, 0);
  });

  it('hits the named endpoint only, as many times as told', async () => {
    const { call, sandbox, control } = createFixture();
    control.fail({ path: '/pay/create-order', how: '502', times: 2 });
    assert.equal((await call('payout/query', { request_id: 'x' })).code, 30020);
    assert.equal((await sandbox.fetch(signed(payinBody()))).status, 502);
    assert.equal((await sandbox.fetch(signed(payinBody()))).status, 502);
    assert.equal((await call(CREATE, payinBody())).code, 0);
  });

  it('refuses what it does not know', () => {
    const { control } = createFixture();
    assert.throws(() => control.fail({ how: 'explode' as FaultKind }), /unknown "how": explode/);
    assert.throws(() => control.fail({ how: 'hang', times: 0 }), /"times"/);
  });
});

describe('the sandbox over node:http', () => {
  const server = createServer();
  let base = '';
  let sandbox: ReturnType<typeof createSandbox>;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    sandbox = createSandbox({
      lesspay: { appId: APP_ID, appSecret: APP_SECRET },
      now: () => NOW,
      deliver: () => Promise.resolve(new Response('SUCCESS')),
    });
    server.on('request', toNodeListener(sandbox));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    sandbox.control.close();
  });

  it('answers requests and builds the checkout URL from the address it was asked at', async () => {
    const response = await fetch(signed(payinBody(), base));
    const { data } = (await response.json()) as { data: { checkout_url: string } };
    assert.ok(data.checkout_url.startsWith(`${base}/cashier/`));
    const page = await fetch(data.checkout_url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Handwoven basket/);
  });

  it('destroys the socket for a reset', async () => {
    sandbox.control.fail({ how: 'accept-then-reset' });
    await assert.rejects(fetch(signed(payinBody({ request_id: 'r2' }), base)), TypeError);
    assert.equal(sandbox.control.orders.at(-1)?.requestId, 'r2');
  });

  it('forgets a hanging request when the client leaves', async () => {
    sandbox.control.fail({ how: 'hang' });
    const aborter = new AbortController();
    const arrived = sandbox.control.requests.length;
    const answer = fetch(signed(payinBody({ request_id: 'r3' }), base, aborter.signal));
    while (sandbox.control.requests.length === arrived) await new Promise((resolve) => setTimeout(resolve, 5));
    aborter.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    const response = await fetch(signed(payinBody({ request_id: 'r3' }), base));
    assert.equal(response.status, 200);
  });

  it('sends the start page to the console', async () => {
    const response = await fetch(base, { redirect: 'manual' });
    assert.deepEqual([response.status, response.headers.get('location')], [303, '/console']);
  });
});
