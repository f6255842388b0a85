import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { after, describe, it } from 'node:test';
import { ROUTE_NAMES } from 'lesspay-elements/proxy';
import { memberNames } from '../../scripts/reference.js';
import { blocksOf } from './documented-code.ts';

const pages = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
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
    const events = 'src/proxy/merchant/events.ts';
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

/** The options of the proxy as `docs/configuration.md` writes them, each with the interface that has them. */
const OPTIONS: Readonly<Record<string, { of: string; prefix: string; file?: string; but?: readonly string[] }>> = {
  'The proxy': { of: 'SigningProxyOptions', prefix: '' },
  Lesspay: { of: 'LesspayOptions', prefix: 'lesspay.' },
  LeanX: { of: 'LeanxOptions', prefix: 'leanx.' },
  'Pay-ins': { of: 'PayinOptions', prefix: 'payin.' },
  Payouts: { of: 'PayoutOptions', prefix: 'payout.' },
  Limiter: { of: 'LimiterOptions', prefix: 'limiter.' },
};
const PARTS: Readonly<Record<string, { of: string; file: string; prefix?: string; but?: readonly string[] }>> = {
  'in `lesspay.output`, pay-ins': {
    of: 'LesspayPayinOutput',
    file: 'src/lesspay/client.ts',
    prefix: 'payin.',
    // Options of the client alone.
    but: ['apiVersion', 'amountUnits'],
  },
  'in `lesspay.output`, payouts': {
    of: 'LesspayPayoutOutput',
    file: 'src/lesspay/client.ts',
    prefix: 'payout.',
    but: ['amountUnits'],
  },
  'the priced order': { of: 'PricedOrder', file: 'src/proxy/options.ts' },
  'a route': { of: 'PayoutRoute', file: 'src/proxy/options.ts' },
  'the limits': { of: 'PayoutLimits', file: 'src/proxy/options.ts' },
};

describe('docs/configuration.md', () => {
  const rowsOf = (text: string) =>
    text.split('\n').flatMap((line) => {
      const [, first = ''] = line.split(/(?<!\\)\|/);
      return line.startsWith('| `') ? [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name) : [];
    });
  const text = textOf('docs/configuration.md');

  for (const [section, { of, prefix }] of Object.entries(OPTIONS)) {
    it(`has every option of ${of}, and none that does not exist`, () => {
      const own = text.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
      // The section's first table; what follows is of the parts.
      const rows = rowsOf(own.split(/\n\n(?=[^|])/).find((part) => part.startsWith('|')) ?? own);
      const names = memberNames('src/proxy/options.ts', of).map((name) => prefix + name);
      assert.ok(names.length >= 4);
      assert.deepEqual(rows.filter((name) => name.startsWith(prefix) && names.includes(name)).sort(), names.sort());
    });
  }

  for (const [name, { of, file, prefix = '', but = [] }] of Object.entries(PARTS)) {
    it(`has every member of ${name}`, () => {
      const rows = new Set(rowsOf(text));
      const missing = memberNames(file, of).filter((member) => !but.includes(member) && !rows.has(prefix + member));
      assert.deepEqual(missing, []);
    });
  }

  it('names no option that does not exist', () => {
    const known = new Set([
      ...Object.values(OPTIONS).flatMap(({ of, prefix }) =>
        memberNames('src/proxy/options.ts', of).map((name) => prefix + name),
      ),
      ...Object.values(PARTS).flatMap(({ of, file, prefix = '' }) =>
        memberNames(file, of).map((name) => prefix + name),
      ),
    ]);
    assert.deepEqual(
      rowsOf(text).filter((name) => !known.has(name)),
      [],
    );
  });
});

describe('docs/routes.md', () => {
  it('has every route, and none that does not exist', () => {
    const names = [...textOf('docs/routes.md').matchAll(/^\| `(?:GET|POST) [^`]+` +\| `([\w-]+)`/gm)];
    assert.deepEqual(names.map(([, name]) => name).sort(), [...ROUTE_NAMES].sort());
  });
});

describe('docs/README.md', () => {
  it('leads to every page, by a link or by its name', () => {
    const links = [...textOf('docs/README.md').matchAll(/[(`]([\w./-]+\.md)[)`]/g)].map(([, path = '']) => path);
    const linked = new Set(links.map((path) => normalize(join('docs', path))));
    assert.deepEqual(
      pages.filter((page) => page !== 'README.md' && page !== 'docs/README.md' && !linked.has(page)),
      [],
    );
  });
});

describe('docs/security.md', () => {
  it('names tests that exist', () => {
    let named = 0;
    for (const [, file = '', tests = ''] of textOf('docs/security.md').matchAll(
      /`(test\/[\w./-]+)`((?:,? \([^()|]+\))*)/g,
    )) {
      assert.ok(existsSync(file), file);
      for (const [, test = ''] of tests.matchAll(/\(([^()]+)\)/g)) {
        assert.ok(textOf(file).includes(test), `${file}: ${test}`);
        named += 1;
      }
    }
    assert.ok(named > 30, `${named} tests`);
  });
});

describe('the TypeScript on the pages', () => {
  const folder = `.cache/docs-types-${process.pid}`;
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('compiles under strict, as a reader who copies it needs it', () => {
    const sources = new Map<string, string>();
    for (const { page, file, language, code } of pages.flatMap(blocksOf)) {
      // An excerpt says by its dots that something is left out. The React page is built from the packed package.
      if (language !== 'ts' || page.endsWith('-react.md') || /(?:\/\/|\/\*) ?…/.test(code)) continue;
      // What names no file reads on from the block before it on the same page.
      const name = `${folder}/${page.replace('.md', '')}/${file ?? 'fragments.ts'}`;
      sources.set(name, (sources.get(name) ?? '') + code);
    }
    assert.ok(sources.size > 5, 'there is TypeScript on the pages');
    for (const [name, code] of sources) {
      mkdirSync(dirname(name), { recursive: true });
      writeFileSync(name, `${code}export {};\n`);
    }
    writeFileSync(
      `${folder}/tsconfig.json`,
      JSON.stringify({
        extends: '../../tsconfig/paths.json',
        compilerOptions: {
          types: ['node'],
          lib: ['ES2023', 'DOM', 'DOM.Iterable'],
          skipLibCheck: true,
          incremental: false,
          noUnusedLocals: false,
          rootDir: '../..',
        },
        include: ['**/*.ts'],
      }),
    );
    const { status, stdout } = spawnSync('npx', ['tsc', '-p', folder], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
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
