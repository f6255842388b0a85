import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { build, type Rolldown } from 'vite';

/** Bundles a module for the browser in memory: the text, and the modules that went into it. */
async function bundle(entry: string): Promise<{ code: string; modules: string[] }> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'], fileName: 'bundle' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  const chunks = outputs.flatMap(({ output }) => output).filter((file) => file.type === 'chunk');
  return { code: chunks.map(({ code }) => code).join('\n'), modules: chunks.flatMap(({ moduleIds }) => moduleIds) };
}

/** What only the side that holds the secret may know. */
const SERVER_WORDS = [
  'createHash',
  'createHmac',
  'timingSafeEqual',
  'appSecret',
  'hashKey',
  'x-auth-signature',
  'x-auth-appid',
  'auth-token',
  'stringToSign',
  'notify_url',
  'create-payout-invoice',
];

describe('the browser build of every element', () => {
  const built = new Map<string, { code: string; modules: string[] }>();
  const entries = readdirSync('src/define').map((file) => `src/define/${file}`);

  before(async () => {
    for (const entry of entries) built.set(entry, await bundle(entry));
  });

  for (const entry of entries) {
    it(`holds nothing of the server's side: ${entry}`, () => {
      const { code, modules } = built.get(entry) ?? { code: '', modules: [] };
      assert.ok(code.length > 10_000, 'the bundle is there');
      assert.ok(modules.some((id) => id.includes('/src/elements/')));
      assert.deepEqual(
        modules.filter((id) => /\/src\/(?:lesspay|leanx|proxy|sandbox|upstream|cli)\//.test(id)),
        [],
      );
      assert.deepEqual(
        SERVER_WORDS.filter((word) => code.includes(word)),
        [],
      );
    });
  }

  it('would show signing code, were it there', async () => {
    const { code } = await bundle('src/lesspay/signing.ts');
    assert.ok(SERVER_WORDS.some((word) => code.includes(word)));
  });
});
