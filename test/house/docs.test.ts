import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { after, describe, it } from 'node:test';

const pages = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const textOf = (page: string) => readFileSync(page, 'utf8');

/** The anchors that a page has: its headings as GitHub spells them, and those it sets itself. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}

/** The cells of the first column of the tables in one section, without their backquotes. */
function firstColumn(page: string, section: string): string[] {
  const text =
    textOf(page)
      .split(/^## /m)
      .find((part) => part.startsWith(`${section}\n`)) ?? '';
  return [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell);
}

function typesOf(file: string, name: string): string[] {
  const declared = new RegExp(`export type ${name} =([^;]+);`).exec(textOf(file))?.[1] ?? '';
  return [...declared.matchAll(/'([^']+)'/g)].map(([, word = '']) => word);
}

describe('the docs', () => {
  for (const page of pages) {
    it(`of ${page} point to pages and headings that exist`, () => {
      const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
      for (const [link, path = '', anchor] of links) {
        const target = path === '' ? page : normalize(join(dirname(page), path));
        assert.ok(existsSync(target), `${link} of ${page}`);
        if (anchor !== undefined) assert.ok(anchorsOf(textOf(target)).has(anchor), `${link} of ${page}`);
      }
    });
  }

  it('explain every event and every state of a payout, and none that does not exist', () => {
    const events = 'src/proxy/events.ts';
    assert.deepEqual(
      firstColumn('docs/webhooks.md', 'Payment events').sort(),
      typesOf(events, 'PayinEventType').sort(),
    );
    assert.deepEqual(
      firstColumn('docs/webhooks.md', 'Payout events').sort(),
      typesOf(events, 'PayoutEventType').sort(),
    );
    const states = typesOf('src/protocol/status.ts', 'PayoutStatus');
    assert.ok(states.length > 8);
    assert.deepEqual(firstColumn('docs/payouts.md', 'States').sort(), states.sort());
  });
});

describe('the job of docs/reconcile.md', () => {
  const folder = `.cache/docs-${process.pid}`;
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('tells the shop of a payment whose notice was lost, and ends well', async () => {
    mkdirSync(folder, { recursive: true });
    const job = /```js\n\/\/ reconcile\.js\n([\s\S]*?)```/.exec(textOf('docs/reconcile.md'))?.[1] ?? '';
    writeFileSync(`${folder}/reconcile.mjs`, job.replace('./proxy.js', './proxy.mjs'));
    writeFileSync(
      `${folder}/proxy.mjs`,
      `import { createSigningProxy, memoryStore } from 'lesspay-elements/proxy';
       import { createSandbox } from 'lesspay-elements/sandbox';
       let time = Date.now();
       const now = () => time;
       const keys = { appId: 'docs-app', appSecret: 'docs-secret-0123456789' };
       const baseUrl = 'http://localhost:4010';
       const sandbox = createSandbox({ lesspay: keys, baseUrl, now });
       const silent = { info() {}, warn() {}, error() {} };
       const back = 'http://localhost:3000/back';
       export const proxy = createSigningProxy({
         lesspay: { ...keys, environment: { baseUrl } },
         publicUrl: 'http://localhost:3000',
         store: memoryStore({ now }), now, logger: silent,
         payin: {
           resolveOrder: () => ({
             amount: '1.00', currency: 'PHP', productName: 'Tea', description: 'Tea', successUrl: back, failUrl: back,
           }),
         },
         onPayin: ({ type, order }) => console.log(type, order),
         fetch: (url, init) => sandbox.fetch(new Request(url, init)),
       });
       for (const order of ['A', 'B']) {
         const answer = await proxy.fetch(new Request('http://localhost:3000/lesspay/payins', {
           method: 'POST',
           headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
           body: JSON.stringify({ order }),
         }));
         const { requestId } = await answer.json();
         if (order === 'A') sandbox.control.settle(requestId, 'succeeded', { webhook: 'never' });
       }
       time += 120_000;`,
    );
    const child = spawn(process.execPath, ['--import', 'tsx', `${folder}/reconcile.mjs`], {
      env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig/test-node.json' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0);
    const [event, report = '{}'] = output.trim().split('\n');
    assert.equal(event, 'payin.paid A');
    assert.deepEqual(JSON.parse(report), { checked: 2, moved: 1, waiting: 1, busy: 0, failed: 0, more: false });
  });
});
