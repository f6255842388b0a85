import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { blocksOf, type DocumentedApp, documentedApp, eventually, post } from './documented-code.ts';

describe('the README', () => {
  it('is short: what is longer has a page in docs/', () => {
    assert.ok(statSync('README.md').size < 12_000);
  });

  it('takes a payment in under 40 lines of tag and server', () => {
    const code = blocksOf('README.md')
      .filter(({ section, file }) => section === 'Take a payment' && file && !file.includes('thanks'))
      .map((block) => block.code);
    const lines = code
      .join('')
      .split('\n')
      .filter((line) => line.trim() !== '');
    assert.equal(code.length, 2);
    assert.ok(lines.length > 20 && lines.length < 40, `${lines.length} lines`);
  });
});

describe("the README's server", () => {
  let app: DocumentedApp;
  before(async () => {
    app = await documentedApp('readme', ['README.md']);
    await app.serve('server.js');
  });
  after(() => app.close());

  it('opens the payment, learns from the webhook that it is paid, and says so', async () => {
    const open = (order: string) => post(`${app.origin}/lesspay/payins`, { order });
    assert.equal((await open('ORD-2')).status, 404);
    const opened = await open('ORD-1');
    assert.equal(opened.status, 201);
    const { requestId, checkoutUrl } = (await opened.json()) as { requestId: string; checkoutUrl: string };

    const paid = await fetch(checkoutUrl, {
      method: 'POST',
      headers: { origin: new URL(checkoutUrl).origin },
      body: new URLSearchParams({ outcome: 'succeed', webhook: 'now' }),
      redirect: 'manual',
    });
    assert.equal(paid.status, 303);
    assert.equal(paid.headers.get('location'), `${app.origin}/thanks.html?request_id=${requestId}`);

    const ask = async () =>
      (await (await fetch(`${app.origin}/lesspay/payins/${requestId}`)).json()) as { status: string };
    assert.equal((await eventually(ask, ({ status }) => status === 'paid')).status, 'paid');
    assert.equal((await open('ORD-1')).status, 409);
  });
});
