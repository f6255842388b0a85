import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { signatureOf } from '../../src/sandbox/signature.ts';
import { APP_ID, APP_SECRET, payinBody } from './fixture.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

function start(args: string[], env: Record<string, string> = {}) {
  const own = /^(LESSPAY|LEANX)_/;
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], { env: { ...rest, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  return { child, output };
}

async function run(args: string[], env: Record<string, string> = {}) {
  const { child, output } = start(args, env);
  const [code] = (await once(child, 'close')) as [number | null];
  return { ...output, code };
}

describe('lesspay-elements', () => {
  it('prints its help', async () => {
    const { code, stdout } = await run(['--help']);
    assert.equal(code, 0);
    assert.match(stdout, /Usage: lesspay-elements <command>/);
  });

  it('ends with 2 and the usage for an unknown command or none', async () => {
    for (const args of [['sandbax'], []]) {
      const { code, stdout, stderr } = await run(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /Unknown command "sandbax"|Which command\?/);
      assert.match(stderr, /Usage:/);
    }
  });
});

describe('lesspay-elements sandbox', () => {
  it('prints its help', async () => {
    const { code, stdout } = await run(['sandbox', '--help']);
    assert.equal(code, 0);
    assert.match(stdout, /--port <number>/);
  });

  it('ends with 2 and names the wrong option', async () => {
    for (const [args, text] of [
      [['--port', 'http'], /--port must be a whole number/],
      [['--port', '70000'], /--port must be a whole number/],
      [['--prot', '1'], /--prot/],
      [['--port', '0', '--base-url', 'localhost'], /baseUrl/],
    ] as const) {
      const { code, stderr } = await run(['sandbox', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, text);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
  });

  it('ends with 1 when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { code, stderr } = await run(['sandbox', '--port', String((server.address() as AddressInfo).port)]);
    server.close();
    assert.equal(code, 1);
    assert.match(stderr, /it is in use/);
  });

  it('serves until it is stopped, with the credentials of the environment', async () => {
    const { child, output } = start(['sandbox', '--port', '0'], {
      LESSPAY_APP_ID: APP_ID,
      LESSPAY_APP_SECRET: APP_SECRET,
    });
    while (!output.stdout.includes('Stop with')) await once(child.stdout, 'data');
    const lines = [...output.stdout.matchAll(/^([A-Z_]+)='(.*)'$/gm)];
    const env = new Map(lines.map(([, name = '', value = '']) => [name, value]));
    assert.equal(env.get('LESSPAY_APP_ID'), APP_ID);
    assert.equal(env.get('LESSPAY_APP_SECRET'), APP_SECRET);
    assert.match(env.get('LEANX_AUTH_TOKEN') ?? '', /^LP-[0-9A-F]{8}-MM\|[0-9a-f-]{36}\|[0-9a-f]{128}$/);
    assert.equal(env.get('LEANX_AUTH_TOKEN')!.split('|')[2], env.get('LEANX_HASH_KEY'));

    const text = JSON.stringify(payinBody());
    const response = await fetch(`${env.get('LESSPAY_BASE_URL')!}/api/global/v1/pay/create-order`, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/json',
        'x-auth-appid': APP_ID,
        'x-auth-timestamp': String(Date.now()),
        'x-auth-signature': signatureOf(text, APP_SECRET)!,
      },
    });
    const { code, data } = (await response.json()) as { code: number; data: { checkout_url: string } };
    assert.equal(code, 0);
    assert.ok(data.checkout_url.startsWith(`${env.get('LESSPAY_BASE_URL')!}/cashier/`));

    const closed = once(child, 'close');
    child.kill('SIGTERM');
    assert.deepEqual(await closed, [0, null]);
  });
});
