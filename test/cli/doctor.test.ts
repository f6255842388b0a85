import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { createSigningProxy, memoryStore, type SigningProxyOptions, type Store } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { createSandbox, toNodeListener as toSandboxListener } from 'lesspay-elements/sandbox';
import { runDoctor } from '../../src/cli/doctor.ts';
import { examine } from '../../src/cli/doctor/examine.ts';
import { type Check, CHECKS, type Finding } from '../../src/cli/doctor/finding.ts';
import { writeReport } from '../../src/cli/doctor/report.ts';
import { secretsOf } from '../../src/cli/doctor/secret-shape.ts';
import { setupOfEnvironment, setupOfModule } from '../../src/cli/doctor/setup.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const APP_ID = 'app-0123456789abcdef';
const APP_SECRET = 'Zq81kFtf4jkEYV2XZhmFuQ';
const HASH_KEY = '9941df4a3cb633d5ce8683bb0c55067e5caebfbe07390dde277dc455bcc95c91';
const AUTH_TOKEN = `LP-1D7C06DE-MM|7394e58e-edee-4c42-9ca5-bcbc449f1b9f|${HASH_KEY}`;
const SECRETS = [APP_SECRET, HASH_KEY, AUTH_TOKEN];

const stops: (() => unknown)[] = [];
after(async () => {
  for (const stop of stops) await stop();
});

async function listen(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close().closeAllConnections());
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, server };
}

/** Where nothing listens. */
async function nowhere(): Promise<string> {
  const { url, server } = await listen(() => undefined);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('lesspay-elements doctor', () => {
  let upstream = '';
  let sandbox: ReturnType<typeof createSandbox>;
  const folder = mkdtempSync(join(tmpdir(), 'lesspay-doctor-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));

  before(async () => {
    const { url, server } = await listen(() => undefined);
    sandbox = createSandbox({
      lesspay: { appId: APP_ID, appSecret: APP_SECRET },
      leanx: { authToken: AUTH_TOKEN, hashKey: HASH_KEY },
      baseUrl: url,
    });
    server.removeAllListeners('request').on('request', toSandboxListener(sandbox));
    stops.push(() => sandbox.control.close());
    upstream = url;
  });

  /** The options of a shop that takes payments and pays out, as it should be. */
  function optionsOf(publicUrl: string, changes: Partial<SigningProxyOptions> = {}): SigningProxyOptions {
    return {
      lesspay: { appId: APP_ID, appSecret: APP_SECRET, environment: { baseUrl: upstream } },
      leanx: {
        authToken: AUTH_TOKEN,
        hashKey: HASH_KEY,
        environment: { baseUrl: upstream },
        poolReference: 'VA-8F9FD0-132317969417-PAYOUT',
      },
      publicUrl,
      store: memoryStore(),
      payin: { resolveOrder: () => null },
      payout: { authorize: ({ request }) => (request.headers.has('cookie') ? { id: 'op' } : null), routes: [] },
      logger: silent,
      ...changes,
    };
  }

  /** A running server with such a proxy, and what the doctor finds; `examined` is what the doctor is given instead. */
  async function found({
    mount = (proxy) => proxy,
    running = {},
    examined = {},
    isWhole = true,
    path = '/lesspay',
  }: {
    mount?: (proxy: RequestListener) => RequestListener;
    running?: Partial<SigningProxyOptions>;
    examined?: Partial<SigningProxyOptions>;
    isWhole?: boolean;
    path?: string | undefined;
  } = {}): Promise<Finding[]> {
    const { url, server } = await listen(() => undefined);
    const proxy = createSigningProxy(optionsOf(url, running));
    server.removeAllListeners('request').on('request', mount(toNodeListener(proxy)));
    const options = optionsOf(url, examined);
    const findings = await examine(
      { source: 'the test', options, isWhole },
      { url: path === '/lesspay' ? undefined : new URL(url + path), timeoutMs: 2_000 },
    );
    // Not one value of a secret may be in what is printed, whatever is wrong with it.
    const text = JSON.stringify(findings);
    for (const secret of [...SECRETS, ...secretsOf(options)]) assert.ok(!text.includes(secret), text);
    for (const finding of findings) {
      assert.match(finding.says, /[.?!]$/);
      assert.equal(finding.remedy !== undefined, ['problem', 'warning'].includes(finding.status), text);
    }
    return findings;
  }

  /** The only thing that is wrong, or a failed test. */
  function only(findings: readonly Finding[], check: Check, says: RegExp, remedy: RegExp, status = 'problem'): void {
    const wrong = findings.filter((finding) => ['problem', 'warning'].includes(finding.status));
    assert.deepEqual(
      wrong.map((finding) => [finding.check, finding.status]),
      [[check, status]],
      JSON.stringify(wrong),
    );
    assert.match(wrong[0]?.says ?? '', says);
    assert.match(wrong[0]?.remedy ?? '', remedy);
  }

  const opened = () => sandbox.control.orders.length + sandbox.control.payouts.length;

  it('finds nothing wrong with a healthy setup, and opens nothing', async () => {
    const before = opened();
    const asked: string[] = [];
    const payin = { resolveOrder: (order: string) => (asked.push(order), null) };
    const findings = await found({ running: { payin } });
    assert.deepEqual(
      findings.map(({ check, status }) => `${check} ${status}`),
      [
        'configuration ok',
        'secrets ok',
        'store ok',
        'limiter skipped',
        'lesspay ok',
        'leanx ok',
        'clock ok',
        'checkout-hosts ok',
        'webhooks ok',
        'webhooks ok',
        'body-parser ok',
        'same-secret ok',
        'server-clock ok',
        'payout-guard ok',
      ],
    );
    assert.equal(opened(), before);
    assert.deepEqual(asked, []);
  });

  for (const [what, lesspay, says, remedy] of [
    ['missing', { appSecret: undefined }, /appSecret is missing/, /environment variable/],
    ['blank', { appSecret: '   ' }, /appSecret is blank/, /environment variable/],
    ['the text undefined', { appSecret: 'undefined' }, /text of a missing value/, /\.env/],
    ['with a line break', { appSecret: `${APP_SECRET}\n` }, /blank or a line break/, /Remove it/],
    ['in quotes', { appSecret: `"${APP_SECRET}"` }, /wrapped in quotes/, /Remove the quotes/],
    ['a placeholder', { appSecret: 'your-app-secret-goes-here' }, /placeholder/, /portal/],
    ['a variable that was not expanded', { appSecret: '${LESSPAY_APP_SECRET}' }, /placeholder/, /portal/],
    ['starred out', { appSecret: '********************' }, /placeholder/, /portal/],
    ['a public key', { appSecret: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A' }, /public key/, /Give the secret/],
    ['a publishable key', { appSecret: 'pk_test_51HqLyjWDarjtT1zdp7dc' }, /public key/, /Give the secret/],
    ['a key file', { appSecret: '-----BEGIN PRIVATE KEY-----' }, /key file/, /secret text/],
    ['with its name', { appSecret: `appSecret=${APP_SECRET}` }, /its own name/, /Copy/],
    ['cut', { appSecret: APP_SECRET.slice(0, 10) }, /shorter than 16/, /copied whole/],
    ['with a blank inside', { appSecret: `${APP_SECRET.slice(0, 9)} ${APP_SECRET.slice(9)}` }, /blanks/, /Copy/],
    ['of few characters', { appSecret: 'abababababababababab' }, /few different/, /portal/],
    ['the second of two, blank', { appSecret: [APP_SECRET, ''] }, /appSecret\[1\] is missing/, /environment variable/],
  ] as const) {
    it(`names a secret that is ${what}, and that the proxy would not start or not verify with it`, async () => {
      const examined = { lesspay: { appId: APP_ID, ...lesspay, environment: { baseUrl: upstream } } };
      const findings = await found({ examined: examined as never });
      const wrong = findings.filter(({ check, status }) => check === 'secrets' && status === 'problem');
      assert.equal(wrong.length, 1);
      assert.match(wrong[0]?.says ?? '', says);
      assert.match(wrong[0]?.remedy ?? '', remedy);
    });
  }

  it('names secrets that stand in the wrong place', async () => {
    const leanx = { environment: { baseUrl: upstream }, authToken: AUTH_TOKEN, hashKey: HASH_KEY };
    for (const [examined, says] of [
      [
        { lesspay: { appId: APP_SECRET, appSecret: APP_SECRET, environment: { baseUrl: upstream } } },
        /same as lesspay\.appId/,
      ],
      [
        { lesspay: { appId: APP_ID, appSecret: [APP_SECRET, APP_SECRET], environment: { baseUrl: upstream } } },
        /twice/,
      ],
      [{ leanx: { ...leanx, hashKey: APP_SECRET } }, /key of LeanX are the same/],
      [{ leanx: { ...leanx, authToken: 'LP-1D7C06DE-MM-and-nothing-more' } }, /merchant\|id\|key/],
      [{ leanx: { ...leanx, hashKey: HASH_KEY.replace('99', '11') } }, /not the last part/],
    ] as const) {
      const findings = await found({ examined });
      const wrong = findings.filter(({ check, status }) => check === 'secrets' && status !== 'ok');
      assert.match(wrong.map((finding) => finding.says).join(' '), says);
    }
  });

  it('names an option that cannot work', async () => {
    only(
      await found({ examined: { basePath: 'lesspay/' } }),
      'configuration',
      /basePath: must start with a slash/,
      /option/,
    );
    const lesspay = { appId: APP_ID, appSecret: APP_SECRET, environment: { baseUrl: 'https://live.example.net' } };
    const hosts = await found({ examined: { lesspay } });
    only(hosts, 'configuration', /lesspay\.checkoutHosts: must list the hosts/, /option/);
    only(
      await found({ examined: { limiter: { trustedProxies: -1 } } }),
      'configuration',
      /limiter\.trustedProxies/,
      /option/,
    );
  });

  it('says that memory forgets, and that a store is down, slow to answer or wrong', async () => {
    only(await found({ examined: { store: undefined } }), 'store', /kept in memory/, /redisStore/, 'warning');
    const down = () => Promise.reject(new Error(`connect ECONNREFUSED redis://user:${APP_SECRET}@db:6379`));
    const broken: [Partial<Store>, RegExp][] = [
      [{ get: () => new Promise(() => undefined) }, /no answer within 2000 ms/],
      [{ insert: () => Promise.resolve(true) }, /inserts a key that is there already/],
      [{ insert: () => Promise.resolve(false) }, /refuses to insert/],
      [{ replace: () => Promise.resolve(true) }, /not exactly one wins/],
      [{ replace: () => Promise.resolve(false) }, /not exactly one wins/],
      [{ get: () => Promise.resolve(undefined) }, /does not find what it has just written/],
      [{ get: () => Promise.resolve({ value: 1, version: '1' }) }, /a key that nobody has written/],
    ];
    for (const [part, says] of broken) {
      only(await found({ examined: { store: { ...memoryStore(), ...part } } }), 'store', says, /./);
    }
    const listless = { ...memoryStore(), due: undefined } as unknown as Store;
    only(await found({ examined: { store: listless } }), 'store', /no due\(query\)/, /reconcile/, 'warning');
    const findings = await examine(
      {
        source: 'x',
        options: optionsOf('http://localhost:1', { store: { ...memoryStore(), get: down } }),
        isWhole: true,
      },
      { timeoutMs: 1_000 },
    );
    assert.match(findings.find(({ check }) => check === 'store')?.says ?? '', /It failed: connect ECONNREFUSED/);
  });

  it('finds an upstream that is not there, hangs, redirects, is something else, or knows neither id nor secret', async () => {
    const { url: html } = await listen((_, response) => void response.end('<h1>Hello</h1>'));
    const { url: empty } = await listen((_, response) => void response.writeHead(404).end('{}'));
    const { url: moved } = await listen((_, response) => void response.writeHead(301, { location: '/x' }).end());
    const { url: hangs } = await listen(() => undefined);
    const at = (baseUrl: string, more: object = {}) => ({
      lesspay: { appId: APP_ID, appSecret: APP_SECRET, environment: { baseUrl }, ...more },
      leanx: undefined,
    });
    const unsure = { isWhole: true } as const;
    for (const [examined, says, remedy] of [
      [at(await nowhere()), /Nothing listens at localhost:\d+/, /Start the server/],
      [at(html), /no API \(HTTP 200\)/, /lesspay\.environment/],
      [at(empty), /no such API \(HTTP 404\)/, /lesspay\.environment/],
      [at(moved), /sends elsewhere/, /lesspay\.environment/],
      [at(hangs), /does not answer in time/, /firewall/],
      [at(upstream, { appId: 'another-app' }), /does not take the app id or the secret \(HTTP 401/, /belong together/],
    ] as const) {
      only(await found({ examined, ...unsure }), 'lesspay', says, remedy);
    }
    const other = { appId: APP_ID, appSecret: 'another-Secret-0123456789', environment: { baseUrl: upstream } };
    const wrongSecret = await found({ examined: { lesspay: other } });
    assert.deepEqual(
      wrongSecret.filter(({ status }) => status === 'problem').map(({ check }) => check),
      ['lesspay', 'same-secret'],
    );
    const token = { authToken: AUTH_TOKEN.replace('1D7C', '2D7C'), hashKey: HASH_KEY };
    const leanx = { ...token, environment: { baseUrl: upstream }, poolReference: 'VA-1' };
    only(await found({ examined: { leanx } }), 'leanx', /does not take the auth token/, /portal/);
  });

  it('finds a clock that is off, here or on the server', async () => {
    const wrong = (findings: Finding[]) =>
      findings.filter(({ status }) => status === 'problem' || status === 'warning');
    const fast = wrong(
      await found({ examined: { now: () => Date.now() + 600_000 }, running: { now: () => Date.now() + 600_000 } }),
    );
    const clock = fast.find(({ check }) => check === 'clock');
    assert.match(clock?.says ?? '', /10 min ahead of that of Lesspay/);
    assert.match(clock?.remedy ?? '', /NTP/);
    assert.match(fast.find(({ check }) => check === 'lesspay')?.remedy ?? '', /Set the clock right first/);
    const slow = wrong(
      await found({ examined: { now: () => Date.now() - 20_000 }, running: { now: () => Date.now() - 20_000 } }),
    );
    assert.deepEqual(
      slow.map(({ check, status }) => [check, status]),
      [['clock', 'warning']],
    );
    assert.match(slow[0]?.says ?? '', /20 s behind|19 s behind/);
    only(await found({ running: { now: () => Date.now() - 900_000 } }), 'server-clock', /minutes apart/, /NTP/);
  });

  it('finds hosts of the checkout that cannot be right', async () => {
    const at = (...checkoutHosts: string[]) => ({
      lesspay: { appId: APP_ID, appSecret: APP_SECRET, environment: { baseUrl: upstream }, checkoutHosts },
    });
    only(await found({ examined: at('pay.example.com') }), 'checkout-hosts', /name from documentation/, /Ask Lesspay/);
    only(
      await found({ examined: at('*.checkout.invalid') }),
      'checkout-hosts',
      /name from documentation/,
      /Ask Lesspay/,
    );
    const { url } = await listen(() => undefined);
    const shop = optionsOf(url, at('shop.acme.dev'));
    const findings = await examine(
      { source: 'x', options: { ...shop, publicUrl: 'https://shop.acme.dev' }, isWhole: true },
      { url: new URL('http://localhost:1/lesspay'), timeoutMs: 500 },
    );
    assert.match(findings.find(({ check }) => check === 'checkout-hosts')?.says ?? '', /shop's own host/);
  });

  it('finds body parsers before the proxy, for JSON and for forms', async () => {
    const before =
      (...parsers: express.RequestHandler[]) =>
      (proxy: RequestListener) => {
        const app = express();
        for (const parser of parsers) app.use(parser);
        app.use(proxy as express.RequestHandler);
        return app as RequestListener;
      };
    only(
      await found({ mount: before(express.json()) }),
      'body-parser',
      /A body parser runs before/,
      /express\.json\(\)/,
    );
    only(
      await found({ mount: before(express.urlencoded()) }),
      'body-parser',
      /parser of forms/,
      /before express\.urlencoded/,
    );
    assert.ok((await found({ mount: before() })).every(({ status }) => status === 'ok' || status === 'skipped'));
  });

  it('finds a server that is not there, mounted elsewhere, hidden by a login, a redirect, a gateway or a page', async () => {
    const answer = (status: number, headers: Record<string, string> = {}) => ({
      mount: (): RequestListener => (_, response) => void response.writeHead(status, headers).end('<p>no</p>'),
    });
    for (const [how, says, remedy] of [
      [answer(404), /the proxy is not at .*\/webhooks\/lesspay\/payin \(HTTP 404\)/, /publicUrl and basePath/],
      [answer(403), /Something before the proxy refuses/, /past login, CSRF/],
      [
        answer(302, { location: 'https://shop.example/login?next=secret' }),
        /redirects to https:\/\/shop\.example\/login;/,
        /login page/,
      ],
      [answer(502), /What stands before the proxy answers HTTP 502/, /runs/],
      [answer(200, { 'content-type': 'text/html; charset=utf-8' }), /Something else answers .*text\/html/, /catch-all/],
      [{ path: '/pay' }, /has no .*\/pay\/webhooks\/lesspay\/payin and no/, /basePath/],
      [{ examined: { basePath: '/shop' } }, /has no .*\/shop\/webhooks/, /basePath/],
    ] as const) {
      only(await found(how), 'webhooks', says, remedy);
    }
    const gone = await examine(
      { source: 'x', options: optionsOf(upstream), isWhole: true },
      { url: new URL(`${await nowhere()}/lesspay`), timeoutMs: 500 },
    );
    only(
      gone,
      'webhooks',
      /Nothing listens at localhost:\d+/,
      /Webhooks go to http:\/\/localhost:\d+\/lesspay\/webhooks/,
    );
  });

  it('finds a proxy without the routes, one with another secret, and one that lets strangers pay out', async () => {
    only(
      await found({ running: { payout: undefined } }),
      'webhooks',
      /no .*\/webhooks\/lesspay\/payout/,
      /option payout/,
    );
    const other = { appId: APP_ID, appSecret: 'another-Secret-0123456789', environment: { baseUrl: upstream } };
    only(
      await found({ running: { lesspay: other } }),
      'same-secret',
      /refuses what is signed/,
      /same lesspay\.appSecret/,
    );
    const open = { payout: { authorize: () => ({ id: 'anybody' }), routes: [] } };
    only(await found({ running: open }), 'payout-guard', /anybody can pay out/, /return null/);
    const throwing = {
      payout: {
        authorize: () => {
          throw new TypeError('Cannot read properties of undefined');
        },
        routes: [],
      },
    };
    only(await found({ running: throwing }), 'payout-guard', /fails for a request without/, /return null/, 'warning');
  });

  it('finds what docs/doctor.md shows', async () => {
    const late = { now: () => Date.now() - 95_000 };
    const findings = await found({
      mount: (proxy) =>
        express()
          .use(express.json())
          .use(proxy as express.RequestHandler) as RequestListener,
      running: late,
      examined: {
        ...late,
        store: undefined,
        leanx: undefined,
        lesspay: {
          appId: APP_ID,
          appSecret: APP_SECRET,
          environment: { baseUrl: upstream },
          checkoutHosts: ['pay.example.com'],
        },
      },
    });
    const flat = (text: string) =>
      text
        .replace(/localhost:\d+/g, 'localhost')
        .replace(/9[456] s/, '95 s')
        .split(/\s+/)
        .join(' ');
    const shown = /```text\n([\s\S]*?)```/.exec(readFileSync('docs/doctor.md', 'utf8'))?.[1] ?? '';
    const style = { width: 100, hasColour: false };
    assert.equal(flat(writeReport('lesspay-elements doctor: ./lesspay.config.js', findings, style)), flat(shown));
    const page = readFileSync('docs/doctor.md', 'utf8');
    for (const check of Object.keys(CHECKS)) assert.ok(page.includes(`\`${check}\``), check);
  });

  it('takes a setup from the environment, and leaves out what that does not tell', async () => {
    const { url, server } = await listen(() => undefined);
    const proxy = createSigningProxy(optionsOf(url, { payout: undefined }));
    server.removeAllListeners('request').on('request', toNodeListener(proxy));
    const setup = setupOfEnvironment(
      { LESSPAY_APP_ID: APP_ID, LESSPAY_APP_SECRET: APP_SECRET, LESSPAY_BASE_URL: upstream },
      new URL(`${url}/lesspay`),
    );
    assert.ok(setup);
    const findings = await examine(setup, { url: new URL(`${url}/lesspay`), timeoutMs: 2_000 });
    const brief = findings.map(({ check, status }) => `${check} ${status}`);
    assert.ok(brief.includes('store skipped') && brief.includes('same-secret ok'), brief.join());
    assert.deepEqual(
      findings.filter(({ status }) => status === 'problem'),
      [],
    );
    assert.equal(setupOfEnvironment({ PUBLIC_URL: 'https://shop.example' }, undefined), undefined);
  });

  it('writes aligned lines that fit the terminal', () => {
    const long = 'This is a rather long sentence about something that is not as it ought to be in this place.';
    const findings: Finding[] = [
      { check: 'configuration', status: 'ok', says: 'Fine.' },
      { check: 'clock', status: 'problem', says: long, remedy: long },
      { check: 'clock', status: 'warning', says: long, remedy: 'Do it.' },
    ];
    const report = writeReport('title', findings, { width: 72, hasColour: false });
    assert.ok(
      report.split('\n').every((line) => line.length <= 72),
      report,
    );
    assert.match(report, /^✓ configuration {3}Fine\.$/m);
    assert.match(report, /^✗ clock {11}This is/m);
    assert.match(report, /^ {18}→ This is/m);
    assert.match(report, /^! {17}This is/m);
    assert.match(report, /^1 problem, 1 warning\.$/m);
    assert.ok(writeReport('t', findings, { width: 72, hasColour: true }).includes('\u001B[31m✗'));
  });

  describe('as a command', () => {
    function run(args: string[], env: Record<string, string> = {}) {
      const own = /^(LESSPAY|LEANX)_|^PUBLIC_URL$/;
      const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
      const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'doctor', ...args], { env: { ...rest, ...env } });
      const output = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
      child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
      return once(child, 'close').then(([code]) => ({ ...output, code: code as number | null }));
    }

    /** The credentials of a sandbox started from the command line. */
    async function startSandbox(): Promise<Record<string, string>> {
      const env = {
        ...process.env,
        LESSPAY_APP_ID: APP_ID,
        LESSPAY_APP_SECRET: APP_SECRET,
        LEANX_AUTH_TOKEN: AUTH_TOKEN,
        LEANX_HASH_KEY: HASH_KEY,
      };
      const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'sandbox', '--port', '0'], { env });
      stops.push(() => child.kill());
      let printed = '';
      while (!printed.includes('Stop with')) printed += String((await once(child.stdout, 'data'))[0]);
      return Object.fromEntries(
        [...printed.matchAll(/^([A-Z_]+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
      );
    }

    it('ends with 0 for a healthy setup against the sandbox, and with 1 and the remedy for a broken one', async () => {
      const env = await startSandbox();
      const { url, server } = await listen(() => undefined);
      const sandboxUrl = env.LESSPAY_BASE_URL ?? '';
      const lesspay = { appId: APP_ID, appSecret: APP_SECRET, environment: { baseUrl: sandboxUrl } };
      const leanx = { authToken: AUTH_TOKEN, hashKey: HASH_KEY, environment: { baseUrl: sandboxUrl } };
      const proxy = createSigningProxy(optionsOf(url, { lesspay, leanx }));
      server.removeAllListeners('request').on('request', toNodeListener(proxy));
      const address = `${url}/lesspay`;
      const healthy = await run(['--url', address], env);
      assert.equal(healthy.code, 0, healthy.stdout + healthy.stderr);
      assert.match(healthy.stdout, /^No problems, no warnings\.$/m);
      const broken = await run(['--url', address, '--json'], { ...env, LESSPAY_APP_SECRET: `${APP_SECRET} ` });
      assert.equal(broken.code, 1);
      const report = JSON.parse(broken.stdout) as { ok: boolean; problems: number; findings: Finding[] };
      assert.equal(report.ok, false);
      assert.match(report.findings.find(({ check }) => check === 'secrets')?.says ?? '', /line break/);
      for (const secret of SECRETS) {
        for (const { stdout, stderr } of [healthy, broken]) assert.ok(!(stdout + stderr).includes(secret));
      }
    });

    it('reads options, a proxy or a function out of a module, and ends although the module holds a server open', async () => {
      const { url, server } = await listen(() => undefined);
      server.removeAllListeners('request').on('request', toNodeListener(createSigningProxy(optionsOf(url))));
      const source = new URL('../../src/proxy/index.ts', import.meta.url).href;
      const options = `{
        lesspay: { appId: '${APP_ID}', appSecret: '${APP_SECRET}', environment: { baseUrl: '${upstream}' } },
        publicUrl: '${url}', store: memoryStore(), payin: { resolveOrder: () => null },
      }`;
      const imports = `import { createSigningProxy, memoryStore } from ${JSON.stringify(source)};`;
      const head = `${imports}
        import { createServer } from 'node:http';
        createServer().listen(0); console.log('the application starts');`;
      for (const [name, body] of [
        ['options', `export default ${options};`],
        ['proxy', `export const proxy = createSigningProxy(${options});`],
        ['function', `export default async () => createSigningProxy(${options});`],
      ] as const) {
        const file = join(folder, `${name}.mjs`);
        writeFileSync(file, `${name === 'proxy' ? head : imports}\n${body}\n`);
        if (name !== 'proxy') {
          const setup = await setupOfModule(file, '');
          assert.equal(setup.options?.publicUrl, url, name);
          continue;
        }
        const { code, stdout, stderr } = await run(['--config', file, '--json']);
        const report = JSON.parse(stdout) as { source: string; findings: Finding[] };
        assert.equal(code, 0, stdout);
        assert.equal(report.findings.find(({ check }) => check === 'same-secret')?.status, 'ok');
        assert.match(stderr, /the application starts/);
      }
    });

    it('tells what a module says when it cannot be loaded, without its secrets', async () => {
      const file = join(folder, 'broken.mjs');
      writeFileSync(file, `throw new Error('no database at postgres://shop:' + process.env.DB_PASSWORD + '@db/x');`);
      const { code, stdout } = await run(['--config', file], { DB_PASSWORD: 'hunter2-hunter2' });
      assert.equal(code, 1);
      assert.match(stdout, /✗ configuration .*cannot be loaded: no database/);
      assert.ok(!stdout.includes('hunter2'));
    });

    it('reads a file of variables', async () => {
      const file = join(folder, '.env');
      writeFileSync(file, `LESSPAY_APP_ID=${APP_ID}\nLESSPAY_APP_SECRET=changeme\nLESSPAY_BASE_URL=${upstream}\n`);
      const { code, stdout } = await run(['--dotenv', file, '--url', 'http://localhost:1/lesspay']);
      assert.equal(code, 1);
      assert.match(stdout, /appSecret looks like a placeholder/);
      assert.ok(!stdout.includes('changeme'));
    });

    it('ends with 2 and the usage when there is nothing to examine', async () => {
      const { code, stdout, stderr } = await run([]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /nothing to examine: give --config/);
      assert.match(stderr, /Usage: lesspay-elements doctor/);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });

    it('says what is wrong with the command line', async () => {
      const empty = join(folder, 'empty.mjs');
      writeFileSync(empty, 'export const port = 3000;');
      for (const [args, message] of [
        [['--config', join(folder, 'none.js')], /There is no file/],
        [['--config', empty], /exports no setup/],
        [['--url', 'shop.example'], /--url must be/],
        [['--timeout', 'soon'], /--timeout must be/],
        [['--dotenv', join(folder, 'none')], /--dotenv/],
        [['--verbose'], /--verbose/],
      ] as const) {
        await assert.rejects(runDoctor([...args]), { name: 'UsageError', exitCode: 2, message }, args.join(' '));
      }
    });
  });
});
