import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs what `npm start` runs; ends when it exits or says where the shop is. */
async function start(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', '--port', '0'], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('Runs against')) child.kill();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

describe('npm start', () => {
  it('says where the shop, the back office and the sandbox’s console are', async () => {
    const { output } = await start({});
    assert.match(output, /Shop +http:\/\/localhost:\d+\/\n/);
    assert.match(output, /Back office +http:\/\/localhost:\d+\/admin\n/);
    assert.match(output, /Sandbox console +http:\/\/localhost:\d+\/sandbox\/console\n/);
    assert.match(output, /Runs against +the built-in sandbox\n/);
  });

  it('names each missing or malformed variable and stops', async () => {
    const { code, output } = await start({
      LESSPAY_APP_ID: '690b2b46e4b09c73147db688',
      LESSPAY_APP_SECRET: '"top secret"',
    });
    assert.equal(code, 1);
    assert.match(output, /LESSPAY_APP_SECRET is malformed/);
    assert.match(output, /LESSPAY_BASE_URL is missing/);
    assert.match(output, /LESSPAY_CHECKOUT_HOSTS is missing/);
    assert.match(output, /PUBLIC_URL is missing/);
    assert.doesNotMatch(output, /top secret|690b2b46|LEANX/);
  });

  it('runs against the test hosts when everything is given', async () => {
    const { output } = await start({
      LESSPAY_APP_ID: '690b2b46e4b09c73147db688',
      LESSPAY_APP_SECRET: 'Wy31kFZf4jkE+Y2XZhmFuQ',
      LESSPAY_BASE_URL: 'https://lesspay2-pay-uat.doopayment.com',
      LESSPAY_CHECKOUT_HOSTS: 'pay.example.com',
      PUBLIC_URL: 'https://tunnel.example',
    });
    assert.match(output, /Runs against +https:\/\/lesspay2-pay-uat\.doopayment\.com, LeanX is off\n/);
    assert.match(output, /Webhooks to +https:\/\/tunnel\.example\/lesspay\n/);
    assert.doesNotMatch(output, /Wy31|sandbox\/console/);
  });
});
