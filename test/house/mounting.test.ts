import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';

const page = readFileSync('docs/mounting.md', 'utf8');
const folder = `.cache/mounting-${process.pid}`;
const children: ChildProcess[] = [];

after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The blocks of code, by the section that they are in. */
function blocksOf(section: string): string[] {
  const text = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  return [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
}

/** What the page leaves to its reader: a proxy, here with the sandbox behind it. */
const PROXY = `
import { createSigningProxy } from 'lesspay-elements/proxy';
import { createSandbox } from 'lesspay-elements/sandbox';
const app = { appId: 'mounting-app', appSecret: 'mounting-secret-0123456789' };
const baseUrl = 'http://localhost:4010';
const sandbox = createSandbox({ lesspay: app, baseUrl });
const back = 'https://shop.example/?request_id={requestId}';
const quiet = () => undefined;
export const proxy = createSigningProxy({
  publicUrl: 'https://shop.example',
  basePath: process.env.BASE_PATH ?? '/lesspay',
  lesspay: { ...app, environment: { baseUrl } },
  fetch: (url, init) => sandbox.fetch(new Request(url, init)),
  payin: {
    async resolveOrder(order) {
      if (order === 'SLOW') {
        console.log('resolving');
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
      return { amount: '5.00', currency: 'PHP', productName: 'Mug', description: 'One', successUrl: back, failUrl: back };
    },
  },
  logger: { info: quiet, warn: quiet, error: quiet },
});
`;

/** Serves a block that only exports: as Next calls the functions of a route, or as others call \`fetch\`. */
const HOST = `
import { serve } from '@hono/node-server';
import * as block from './server.mjs';
const route = (request) => block[request.method]?.(request) ?? new Response(null, { status: 405 });
serve({ fetch: (request) => (block.POST ? route(request) : block.default.fetch(request, {})), port: 3000 });
`;

/** The API routes of Next's pages router, without its body parser. */
const PAGES_HOST = `
import { createServer } from 'node:http';
import listener, { config } from './server.mjs';
if (config.api.bodyParser !== false) throw new Error('The body parser is on.');
createServer((request, response) => listener(request, response, {})).listen(3000);
`;

async function start(name: string, code: string, { host = '', basePath = '/lesspay' } = {}) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const port = String((probe.address() as AddressInfo).port);
  probe.close();
  const own = `${folder}/${name.replace(/\W+/g, '-')}`;
  mkdirSync(own, { recursive: true });
  writeFileSync(`${own}/proxy.js`, PROXY);
  writeFileSync(`${own}/package.json`, '{"type":"module"}');
  writeFileSync(`${own}/server.mjs`, code.replaceAll('3000', port));
  writeFileSync(`${own}/host.mjs`, host.replaceAll('3000', port));
  const child = spawn(process.execPath, ['--import', 'tsx', `${own}/${host === '' ? 'server' : 'host'}.mjs`], {
    env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig/test-node.json', BASE_PATH: basePath },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const origin = `http://localhost:${port}`;
  for (let tries = 0; tries < 400; tries += 1) {
    if (await fetch(`${origin}${basePath}/problems`).catch(() => undefined))
      return { child, origin, base: origin + basePath };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail(`The server of "${name}" did not start.`);
}

const pay = (base: string, order: string) =>
  fetch(`${base}/payins`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ order }),
  });

async function assertServes(base: string): Promise<void> {
  assert.equal((await pay(base, 'ORD-1')).status, 201);
  // The raw bytes are there to be found forged.
  const forged = await fetch(`${base}/webhooks/lesspay/payin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-signature': 'A'.repeat(64) },
    body: '{}',
  });
  assert.equal(forged.status, 401);
}

describe('docs/mounting.md', () => {
  for (const [section, shop] of [
    ['node:http', true],
    ['Express', true],
    ['Connect', false],
    ['Fastify', true],
    ['Hono', true],
  ] as const) {
    it(`mounts the proxy under ${section}${shop ? ', and stops when its work is done' : ''}`, async () => {
      const [code = ''] = blocksOf(section);
      const { child, origin, base } = await start(section, code);
      await assertServes(base);
      assert.equal(await (await fetch(origin)).text(), 'the shop');
      if (!shop) return;
      const working = pay(base, 'SLOW');
      await once(child.stdout, 'data');
      child.kill('SIGTERM');
      const exited = once(child, 'exit');
      assert.equal((await working).status, 201);
      const answered = Date.now();
      assert.deepEqual(await exited, [0, null]);
      assert.ok(Date.now() - answered < 4_000, 'it waited for a connection that nobody uses');
    });
  }

  it('mounts the proxy in both routers of Next', async () => {
    const [route = '', api = ''] = blocksOf('Next');
    await assertServes((await start('Next route', route, { host: HOST })).base);
    const basePath = '/api/lesspay';
    await assertServes((await start('Next api', api, { host: PAGES_HOST, basePath })).base);
  });

  it('hands requests to the proxy where there is only fetch', async () => {
    const [code = ''] = blocksOf('Bun, Deno and Workers');
    await assertServes((await start('fetch', code, { host: HOST })).base);
  });

  it('has no block that is not run', () => {
    const run = ['node:http', 'Express', 'Connect', 'Fastify', 'Hono', 'Next', 'Bun, Deno and Workers'].flatMap(
      blocksOf,
    );
    const notRun = [...page.matchAll(/^<!-- not run -->\n\n```js$/gm)].length;
    assert.equal(run.length + notRun, [...page.matchAll(/^```/gm)].length / 2);
  });
});
