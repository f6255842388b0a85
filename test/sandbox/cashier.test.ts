import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SandboxOptions } from 'lesspay-elements/sandbox';
import { BASE, createFixture, payinBody } from './fixture.ts';

const ID = 'r0000000001';
const SUCCESS = String(payinBody().success_url);
const FAIL = String(payinBody().fail_url);

async function createCashier(options: Partial<SandboxOptions> = {}, body: Record<string, unknown> = {}) {
  const fixture = createFixture(options);
  const { data } = await fixture.call('v1/pay/create-order', payinBody(body));
  const url = String(data.checkout_url);
  const visit = () => fixture.sandbox.fetch(url);
  const submit = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    fixture.sandbox.fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
  return { ...fixture, url, visit, submit };
}

describe('the cashier', () => {
  it('shows who is paid, what for, how much and until when', async () => {
    const { visit } = await createCashier({ merchantName: 'Halina & Co. <Crafts>' });
    const response = await visit();
    assert.equal(response.status, 200);
    const page = await response.text();
    assert.match(page, /Halina &amp; Co\. &lt;Crafts&gt;/);
    assert.match(page, /Handwoven basket/);
    assert.match(page, /Order ORD-1001/);
    assert.match(
      page,
      /<button class="primary" name="outcome" value="succeed">\s*<svg[^]+?<\/svg>\s*Pay ₱1,250\.00\s*<\/button>/,
    );
    assert.match(page, /<time datetime="[\dT:.-]+Z">\d\d:\d\d UTC<\/time>, 30 min left/);
  });

  it('formats amounts with the fraction digits of ISO 4217, whatever the runtime’s own idea', async () => {
    const shown = async (target_amount: string, target_currency: string) => {
      const { visit } = await createCashier({}, { target_amount, target_currency });
      return /Pay ([^<]+)<\/button>/
        .exec(await (await visit()).text())?.[1]
        ?.trim()
        .replaceAll('\u00a0', ' ');
    };
    assert.equal(await shown('12450000', 'IDR'), 'Rp 12,450,000.00');
    assert.equal(await shown('2000', 'JPY'), '¥2,000');
    assert.equal(await shown('1.5', 'KWD'), '1.500 KWD');
    assert.equal(await shown('10.5', 'USDT'), '10.50 USDT');
    assert.equal(await shown('0.00012', 'BTC'), '0.00012 BTC');
    assert.equal(await shown('100.00', 'MXN'), '$100.00');
  });

  it('escapes what the merchant sent', async () => {
    const { visit } = await createCashier({}, { product_name: '<img src=x onerror=a()>', description: '"\'&<b>' });
    const page = await (await visit()).text();
    assert.ok(!page.includes('<img'));
    assert.ok(page.includes('&lt;img src=x onerror=a()&gt;'));
    assert.ok(page.includes('&quot;&#39;&amp;&lt;b&gt;'));
  });

  it('allows its own style sheet and forms, the return addresses, and nothing else', async () => {
    const { visit, sandbox } = await createCashier();
    const response = await visit();
    const page = await response.text();
    assert.equal(
      response.headers.get('content-security-policy'),
      "default-src 'none'; style-src 'self'; form-action 'self' https://shop.example; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.doesNotMatch(page, /<script|<style|\sstyle=|\son\w+=|https?:\/\/(?!sandbox\.test)/);
    const href = /<link rel="stylesheet" href="([^"]+)"/.exec(page)?.[1];
    const sheet = await sandbox.fetch(`${BASE}${href}`);
    assert.equal(sheet.headers.get('content-type'), 'text/css; charset=utf-8');
    assert.match(sheet.headers.get('cache-control')!, /immutable/);
  });

  const JOURNEYS = [
    ['succeed', SUCCESS, 'SUCCEED'],
    ['fail', FAIL, 'FAILED'],
    ['cancel', FAIL, 'CANCELED'],
  ] as const;
  for (const [outcome, location, status] of JOURNEYS) {
    it(`settles as ${status}, tells the shop and goes back for "${outcome}"`, async () => {
      const { submit, visit, control, received } = await createCashier();
      const response = await submit({ outcome, method: 'card' });
      assert.deepEqual([response.status, response.headers.get('location')], [303, location]);
      await control.idle();
      assert.equal(control.orders[0]?.status, status);
      assert.deepEqual(
        received.map(({ body }) => body.order_status),
        [status],
      );
      const over = await (await visit()).text();
      assert.doesNotMatch(over, /<form/);
      assert.ok(over.includes(`href="${location.replaceAll('&', '&amp;')}"`));
    });
  }

  it('takes a different amount for PAID, with grouping or without', async () => {
    for (const amount of ['1.00', '2,500.00', '1250.01']) {
      const { submit, visit, control, received } = await createCashier();
      const response = await submit({ outcome: 'different', amount });
      assert.equal(response.headers.get('location'), SUCCESS);
      await control.idle();
      assert.equal(received[0]?.body.order_status, 'PAID');
      assert.equal(received[0].body.order_status_int, 12);
      assert.equal(control.orders[0]?.paidAmount, amount.replace(',', ''));
      assert.match(await (await visit()).text(), /A different amount was paid/);
    }
  });

  it('asks again for an amount that is none, or the order’s own, and keeps what was typed', async () => {
    for (const amount of ['', 'abc', '0', '-1', '1.001', '1250', '1,250.00', '"><b>']) {
      const { submit, control } = await createCashier();
      const response = await submit({ outcome: 'different', amount, webhook: '30s' });
      assert.equal(response.status, 422, amount);
      const page = await response.text();
      assert.match(page, /role="alert"/);
      assert.match(page, /aria-invalid="true"/);
      assert.ok(
        page.includes(`value="${amount.replaceAll('"', '&quot;').replaceAll('>', '&gt;').replaceAll('<', '&lt;')}"`),
      );
      assert.match(page, /value="different"\s+checked/);
      assert.match(page, /value="30s"\s+selected/);
      assert.equal(control.orders[0]?.status, 'PENDING_PAY');
    }
  });

  it('goes to the success page with nothing paid for "leave"', async () => {
    const { submit, control, received } = await createCashier();
    const response = await submit({ outcome: 'leave' });
    assert.equal(response.headers.get('location'), SUCCESS);
    await control.flush();
    assert.equal(control.orders[0]?.status, 'PENDING_PAY');
    assert.equal(received.length, 0);
    assert.equal((await submit({ outcome: 'succeed' })).headers.get('location'), SUCCESS);
  });

  it('sends the webhook when the form says so', async () => {
    const timings = { now: 0, '5s': 5000, '30s': 30_000 } as const;
    for (const [webhook, ms] of Object.entries(timings)) {
      const { submit, control, received } = await createCashier();
      await submit({ outcome: 'succeed', webhook });
      await control.clock.advance(Math.max(0, ms - 1));
      assert.equal(received.length, ms === 0 ? 1 : 0, webhook);
      await control.clock.advance(1);
      assert.equal(received.length, 1, webhook);
    }
    const held = await createCashier();
    await held.submit({ outcome: 'succeed', webhook: 'hold' });
    await held.control.clock.advance(60_000);
    assert.equal(held.received.length, 0);
    held.control.releaseWebhooks();
    await held.control.idle();
    assert.equal(held.received.length, 1);
    const never = await createCashier();
    await never.submit({ outcome: 'succeed', webhook: 'never' });
    never.control.releaseWebhooks();
    await never.control.flush();
    assert.equal(never.received.length, 0);
    assert.equal(never.control.orders[0]?.status, 'SUCCEED');
  });

  it('leads a second click to the same place without a second payment', async () => {
    const { submit, control, received } = await createCashier();
    await submit({ outcome: 'succeed' });
    const again = await submit({ outcome: 'succeed' });
    assert.deepEqual([again.status, again.headers.get('location')], [303, SUCCESS]);
    const other = await submit({ outcome: 'cancel' });
    assert.equal(other.headers.get('location'), SUCCESS);
    await control.idle();
    assert.equal(control.orders[0]?.status, 'SUCCEED');
    assert.equal(received.length, 1);
  });

  it('refuses forms of other sites', async () => {
    const { submit, control } = await createCashier();
    assert.equal((await submit({ outcome: 'succeed' }, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await submit({ outcome: 'succeed' }, { 'sec-fetch-site': 'same-site' })).status, 403);
    assert.equal((await submit({ outcome: 'succeed' }, { origin: 'https://evil.example' })).status, 403);
    assert.equal((await submit({ outcome: 'succeed' }, { origin: 'null' })).status, 403);
    assert.equal(control.orders[0]?.status, 'PENDING_PAY');
    assert.equal((await submit({ outcome: 'succeed' }, { origin: BASE })).status, 303);
  });

  it('refuses forms that are not its own', async () => {
    const { submit, visit, control, url, sandbox } = await createCashier();
    assert.equal((await submit({})).status, 400);
    assert.equal((await submit({ outcome: 'constructor' })).status, 400);
    assert.equal((await submit({ outcome: 'succeed', webhook: 'later' })).status, 400);
    assert.equal((await sandbox.fetch(url, { method: 'DELETE' })).status, 405);
    assert.equal((await visit()).status, 200);
    assert.equal(control.orders[0]?.status, 'PENDING_PAY');
  });

  it('says that the time is up, and pays no more', async () => {
    const { submit, visit, control } = await createCashier({}, { expired_time: 60 });
    await control.clock.advance(60_000);
    assert.match(await (await visit()).text(), /This checkout has expired/);
    assert.equal((await submit({ outcome: 'succeed' })).headers.get('location'), FAIL);
    assert.equal(control.orders[0]?.status, 'CLOSED');
  });

  it('has a page for each way in which an order ends', async () => {
    const titles = {
      succeeded: 'Payment complete',
      failed: 'Payment declined',
      canceled: 'Payment canceled',
      closed: 'This checkout has expired',
      refunded: 'Payment refunded',
    } as const;
    for (const [outcome, title] of Object.entries(titles)) {
      const { visit, control } = await createCashier();
      control.settle(ID, outcome as keyof typeof titles);
      assert.match(await (await visit()).text(), new RegExp(`<h1>${title}</h1>`));
    }
  });

  it('knows no other payment', async () => {
    const { sandbox } = createFixture();
    const response = await sandbox.fetch(`${BASE}/cashier/nope`);
    assert.equal(response.status, 404);
    assert.match(await response.text(), /There is no such payment/);
  });

  it('keeps its links under the prefix of baseUrl', async () => {
    const { visit, url } = await createCashier({ baseUrl: `${BASE}/fake` });
    const page = await (await visit()).text();
    const links = [...page.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, link]) => link!);
    assert.ok(links.length >= 4);
    assert.ok(url.startsWith(`${BASE}/fake/cashier/`));
    for (const link of links) assert.match(link, /^\/fake\//);
  });

  it('shows only the way to pay that the order names', async () => {
    const methods = async (body: Record<string, unknown>) => {
      const { visit } = await createCashier({}, body);
      const page = await (await visit()).text();
      return [...page.matchAll(/name="method" value="(\w+)"/g)].map(([, method]) => method);
    };
    assert.deepEqual(await methods({}), ['card', 'bank', 'wallet']);
    assert.deepEqual(await methods({ way_type: 'CARD_PAYMENT' }), ['card']);
    assert.deepEqual(await methods({ way_type: 'BANK_TRANSFER' }), ['bank']);
    assert.deepEqual(await methods({ target_currency: 'USDT' }), ['crypto']);
  });
});
