import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Environment, readSettings } from '../../demo/server/settings.ts';

const LESSPAY: Environment = {
  LESSPAY_APP_ID: '690b2b46e4b09c73147db688',
  LESSPAY_APP_SECRET: 'Wy31kFZf4jkE+Y2XZhmFuQ',
  LESSPAY_BASE_URL: 'https://lesspay2-pay-uat.doopayment.com',
  LESSPAY_CHECKOUT_HOSTS: 'pay.example.com, *.checkout.example',
  PUBLIC_URL: 'https://tunnel.example/',
};
const HASH_KEY = '2141df4a'.repeat(16);
const LEANX: Environment = {
  LEANX_AUTH_TOKEN: `LP-0D7C06DE-MM|7394e58e-edee-4c42-9ca5-bcbc449f1b9f|${HASH_KEY}`,
  LEANX_HASH_KEY: HASH_KEY,
  LEANX_BASE_URL: 'https://api.leanx.dev',
  LEANX_POOL_REFERENCE: 'VA-8F9FD0-132317969417-PAYOUT',
};

function problemsOf(env: Environment): string[] {
  const read = readSettings(env);
  return read.ok ? [] : read.problems;
}

describe('The demo’s settings', () => {
  it('are the sandbox without any variable', () => {
    assert.deepEqual(readSettings({}), { ok: true, settings: { mode: 'sandbox' } });
  });

  it('are the test hosts with all of Lesspay’s', () => {
    const read = readSettings(LESSPAY);
    assert.ok(read.ok && read.settings.mode === 'test-hosts');
    assert.equal(read.settings.publicUrl, 'https://tunnel.example');
    assert.deepEqual(read.settings.lesspay.checkoutHosts, ['pay.example.com', '*.checkout.example']);
    assert.equal(read.settings.leanx, undefined);
  });

  it('switch LeanX on with all of its own', () => {
    const read = readSettings({ ...LESSPAY, ...LEANX });
    assert.ok(read.ok && read.settings.mode === 'test-hosts');
    assert.equal(read.settings.leanx?.baseUrl, 'https://api.leanx.dev');
  });

  for (const name of Object.keys({ ...LESSPAY, ...LEANX }) as (keyof Environment)[]) {
    it(`name ${name} alone when it alone is missing, blank or malformed`, () => {
      const whole: Environment = { ...LESSPAY, ...LEANX };
      for (const [value, word] of [
        [undefined, 'missing'],
        ['', 'blank'],
        ['  ', 'blank'],
        ['"quoted value"', 'malformed'],
        ['undefined', 'malformed'],
      ] as const) {
        const problems = problemsOf({ ...whole, [name]: value });
        assert.equal(problems.length, 1, `${name}=${String(value)}: ${problems.join(' ')}`);
        assert.ok(problems[0]?.startsWith(`${name} is ${word}`), problems[0]);
      }
    });

    it(`name every other variable that is missing when only ${name} is set`, () => {
      const whole: Environment = { ...LESSPAY, ...LEANX };
      const problems = problemsOf({ [name]: whole[name] });
      const named = problems.map((problem) => problem.split(' ')[0]);
      const expected = Object.keys(name in LEANX ? whole : LESSPAY).filter((other) => other !== name);
      assert.deepEqual(named.sort(), expected.sort());
    });
  }

  it('never repeat a value', () => {
    const env: Environment = { ...LESSPAY, ...LEANX };
    for (const name of Object.keys(env) as (keyof Environment)[]) {
      const value = `"marker ${env[name] ?? ''}`;
      const problems = problemsOf({ ...env, [name]: value }).join();
      assert.ok(!problems.includes('marker'), problems);
      if (/SECRET|TOKEN|KEY/.test(name)) assert.ok(!problems.includes(env[name] ?? ''), problems);
    }
  });

  it('refuse hosts that are not https origins', () => {
    for (const url of [
      'http://api.leanx.dev',
      'https://api.leanx.dev/path',
      'https://user@api.leanx.dev',
      'api.leanx.dev',
    ]) {
      assert.match(problemsOf({ ...LESSPAY, ...LEANX, LEANX_BASE_URL: url })[0] ?? '', /LEANX_BASE_URL is malformed/);
    }
    assert.match(problemsOf({ ...LESSPAY, PUBLIC_URL: 'https://localhost:5173' })[0] ?? '', /PUBLIC_URL is malformed/);
  });
});
