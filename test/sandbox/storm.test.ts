import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FaultKind, Storm } from 'lesspay-elements/sandbox';
import { signatureOf } from '../../src/sandbox/signature.ts';
import { APP_ID, APP_SECRET, AUTH_TOKEN, BASE, createFixture, HASH_KEY, NOW, payinBody } from './fixture.ts';

const CREATE = 'v1/pay/create-order';

/** What became of a hundred requests in the same storm: the status, or that nothing came. */
async function weather(storm: Storm): Promise<(number | 'nothing')[]> {
  const { call, control } = createFixture();
  control.storm(storm);
  const answers: (number | 'nothing')[] = [];
  for (let index = 0; index < 100; index += 1) {
    try {
      answers.push((await call('payout/query', { request_id: `r${index}` })).status);
    } catch (error) {
      answers.push(error instanceof SyntaxError ? 200 : 'nothing');
    }
  }
  return answers;
}

describe('control.storm', () => {
  const kinds: FaultKind[] = ['502', 'reset', 'html'];

  it('strikes a share of the requests, the same ones for the same seed', async () => {
    const first = await weather({ seed: 7, requests: { rate: 0.3, kinds: ['reset'] } });
    assert.deepEqual(await weather({ seed: 7, requests: { rate: 0.3, kinds: ['reset'] } }), first);
    assert.notDeepEqual(await weather({ seed: 8, requests: { rate: 0.3, kinds: ['reset'] } }), first);
    const struck = first.filter((answer) => answer === 'nothing').length;
    assert.ok(struck > 15 && struck < 45, `${struck} of 100`);
    assert.ok(!(await weather({ seed: 7, requests: { rate: 0, kinds } })).includes('nothing'));
    const always = await weather({ seed: 7, requests: { rate: 1, kinds } });
    assert.ok(always.includes('nothing') && always.includes(200));
  });

  it('lets a fault that was asked for by name come first, and ends with calm', async () => {
    const { call, control } = createFixture();
    control.storm({ seed: 1, requests: { rate: 1, kinds: ['reset'] } });
    control.fail({ how: 'slow', delayMs: 1 });
    assert.equal((await call('payout/query', { request_id: 'x' })).code, 30020);
    await assert.rejects(call('payout/query', { request_id: 'x' }), TypeError);
    control.calm();
    assert.equal((await call('payout/query', { request_id: 'x' })).code, 30020);
  });

  it('refuses a kind or a share that is none', () => {
    const { control } = createFixture();
    const requests = { rate: 0.5, kinds: ['explode' as FaultKind] };
    assert.throws(() => control.storm({ seed: 1, requests }), /unknown kind: explode/);
    assert.throws(() => control.storm({ seed: 1, requests: { rate: 2 } }), /"rate"/);
  });

  it('loses some webhooks and sends some twice, each by its own lot, and can send a lost one again', async () => {
    const run = async (webhooks: Storm['webhooks']) => {
      const { call, control, received } = createFixture();
      control.storm({ seed: 3, webhooks });
      for (let index = 0; index < 40; index += 1) {
        await call(CREATE, payinBody({ request_id: `r${index}` }));
        control.settle(`r${index}`, 'succeeded');
      }
      await control.flush();
      return { control, received, ids: received.map(({ body }) => Number(String(body.request_id).slice(1))) };
    };
    const lossy = await run({ lost: 0.5 });
    assert.ok(lossy.ids.length > 8 && lossy.ids.length < 32);
    const lost = Array.from({ length: 40 }, (_, index) => index).find((index) => !lossy.ids.includes(index));
    assert.equal(lossy.control.resend(`r${lost}`), true);
    await lossy.control.idle();
    assert.equal(lossy.ids.length + 1, lossy.received.length);

    const echoing = await run({ repeated: 0.5 });
    assert.ok(echoing.ids.length > 48 && echoing.ids.length < 72);
    assert.equal(new Set(echoing.ids).size, 40);
  });

  it('lets webhooks overtake one another', async () => {
    const { call, control, received } = createFixture();
    control.storm({ seed: 3, webhooks: { maxDelayMs: 10_000 } });
    for (let index = 0; index < 10; index += 1) {
      await call(CREATE, payinBody({ request_id: `r${index}` }));
      control.settle(`r${index}`, 'succeeded');
    }
    await control.clock.advance(10_000);
    const ids = received.map(({ body }) => String(body.request_id));
    assert.equal(ids.length, 10);
    assert.notDeepEqual(ids, [...ids].sort());
  });
});

describe('the fault accept-late', () => {
  it('takes the order when the caller has gone', async () => {
    const { sandbox, call, control } = createFixture();
    control.fail({ path: 'create-order', how: 'accept-late', delayMs: 60 });
    const aborter = new AbortController();
    setTimeout(() => aborter.abort(), 10);
    const body = JSON.stringify(payinBody());
    const answer = sandbox.fetch(`${BASE}/api/global/${CREATE}`, {
      method: 'POST',
      body,
      signal: aborter.signal,
      headers: {
        'content-type': 'application/json',
        'x-auth-appid': APP_ID,
        'x-auth-timestamp': String(NOW),
        'x-auth-signature': signatureOf(body, APP_SECRET) ?? '',
      },
    });
    await assert.rejects(answer, { name: 'AbortError' });
    const taken = (): number => control.orders.length;
    assert.equal(taken(), 0);
    while (taken() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal((await call(CREATE, payinBody())).code, 1201);
  });
});

describe('leanx.repeatedReference', () => {
  it('is refused, or paid again where a test wants the worst', async () => {
    for (const [repeatedReference, paid] of [
      ['refuse', 1],
      ['pay', 2],
    ] as const) {
      const { sandbox, control } = createFixture({
        leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY, repeatedReference },
      });
      for (let index = 0; index < 2; index += 1) {
        await sandbox.fetch(`${BASE}/api/v1/merchant/create-payout-invoice`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'auth-token': AUTH_TOKEN },
          body: JSON.stringify({
            virtual_pool_reference: 'VA-8F9FD0-132317969417-PAYOUT',
            payout_service_id: 77,
            amount: 13,
            recipient_name: 'Tan Wei Ming',
            client_callback_url: 'https://shop.example/lesspay/webhooks/leanx',
            third_party_account_no: '112233445566',
            external_invoice_ref: 'LX-1',
            recipient_reference: 'Salary',
          }),
        });
      }
      assert.equal(control.leanxPayouts.length, paid);
    }
  });
});
