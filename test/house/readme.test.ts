import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createSandbox, toNodeListener } from 'lesspay-elements/sandbox';
import { PROBLEM_CODES } from '../../src/protocol/problem.ts';
import { problemsPage } from '../../src/proxy/problems-page.ts';

const readme = readFileSync('README.md', 'utf8');

/** The fenced blocks of one section. */
function blocksOf(section: string): { language: string; code: string }[] {
  const text = new RegExp(`^## ${section}$([\\s\\S]*?)^## `, 'm').exec(readme)?.[1] ?? '';
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({ language, code }));
}

describe('the README', () => {
  it("explains every problem code, in the words of the proxy's own page", () => {
    const page = problemsPage().body;
    const rows = new Map(
      [...readme.matchAll(/^\| <a id="([a-z-]+)"><\/a>.*?\|.*?\| (.*?) +\|$/gm)].map(([, code, text]) => [code, text]),
    );
    for (const code of PROBLEM_CODES) {
      const text = (rows.get(code) ?? '').replaceAll('`', '').replaceAll('"', '&quot;');
      assert.ok(text.length > 10 && page.includes(text), `${code}: ${text}`);
    }
  });

  it('takes a payment in under 40 lines of tag and server', () => {
    const [page, server] = blocksOf('Take a payment');
    const lines = `${page?.code ?? ''}${server?.code ?? ''}`.split('\n').filter((line) => line.trim() !== '');
    assert.ok(lines.length > 20 && lines.length < 40, `${lines.length} lines`);
  });
});

describe("the README's server", () => {
  const folder = `.cache/readme-${process.pid}`;
  const app = { appId: 'readme-app', appSecret: 'readme-secret-0123456789' };
  const stop: (() => unknown)[] = [];
  let shop = '';

  before(async () => {
    const upstream = createServer().listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const baseUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    const sandbox = createSandbox({ lesspay: app, baseUrl });
    upstream.on('request', toNodeListener(sandbox));
    stop.push(
      () => upstream.close().closeAllConnections(),
      () => sandbox.control.close(),
    );

    // The example names a port; a port that was free a moment ago takes its place.
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const port = String((probe.address() as AddressInfo).port);
    probe.close();
    shop = `http://localhost:${port}`;
    const code = blocksOf('Take a payment').find(({ language }) => language === 'js')?.code ?? '';
    mkdirSync(folder, { recursive: true });
    stop.push(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(`${folder}/server.mjs`, code.replaceAll('3000', port));
    const server = spawn(process.execPath, ['--import', 'tsx', `${folder}/server.mjs`], {
      env: {
        ...process.env,
        TSX_TSCONFIG_PATH: 'tsconfig/test-node.json',
        LESSPAY_APP_ID: app.appId,
        LESSPAY_APP_SECRET: app.appSecret,
        LESSPAY_BASE_URL: baseUrl,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    stop.push(() => server.kill());
    for (let tries = 0; tries < 200; tries += 1) {
      if (await fetch(shop).catch(() => undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The server of the README did not start.');
  });

  after(async () => {
    for (const step of stop) await step();
  });

  it('opens the payment, learns from the webhook that it is paid, and says so', async () => {
    const post = (body: string) =>
      fetch(`${shop}/lesspay/payins`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body,
      });
    assert.equal((await post('{"order":"ORD-2"}')).status, 404);
    const opened = await post('{"order":"ORD-1"}');
    assert.equal(opened.status, 201);
    const { requestId, checkoutUrl } = (await opened.json()) as { requestId: string; checkoutUrl: string };

    const paid = await fetch(checkoutUrl, {
      method: 'POST',
      headers: { origin: new URL(checkoutUrl).origin },
      body: new URLSearchParams({ outcome: 'succeed', webhook: 'now' }),
      redirect: 'manual',
    });
    assert.equal(paid.status, 303);
    assert.equal(paid.headers.get('location'), `${shop}/thanks.html?request_id=${requestId}`);

    let status = '';
    for (let tries = 0; tries < 100 && status !== 'paid'; tries += 1) {
      ({ status } = (await (await fetch(`${shop}/lesspay/payins/${requestId}`)).json()) as { status: string });
      if (status !== 'paid') await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(status, 'paid');
    assert.equal((await post('{"order":"ORD-1"}')).status, 409);
  });
});
