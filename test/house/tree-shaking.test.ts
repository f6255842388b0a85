import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { build, type Rolldown } from 'vite';

/** The modules of which something is left in a page's bundle, by their path in the repository. */
async function modulesLeft(page: string): Promise<string[]> {
  const entry = 'virtual:page';
  const plugin = {
    name: 'page',
    resolveId: (id: string) => (id.endsWith(entry) ? entry : undefined),
    load: (id: string) => (id === entry ? page : undefined),
  };
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: [plugin],
    resolve: { alias: { 'lesspay-elements': resolve('src/index.ts') } },
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry, output: { codeSplitting: false } } },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  return outputs
    .flatMap(({ output }) => output)
    .flatMap((file) => (file.type === 'chunk' ? Object.entries(file.modules) : []))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([id]) => id.replace(`${resolve('.')}/`, ''));
}

const TOO_MUCH =
  /node_modules\/(?:zod|papaparse|lossless-json|jose|undici)|src\/(?:rules|payouts|proxy|lesspay|leanx)\/|recipient|batch/;

describe('what a bundler leaves of the package', () => {
  it('is the button, where a page imports the button: no form, no zod, no rules', async () => {
    const left = await modulesLeft(
      "import { LesspayCheckout } from 'lesspay-elements'; globalThis.Button = LesspayCheckout;",
    );
    assert.ok(left.includes('src/elements/lesspay-checkout.ts'), left.join('\n'));
    assert.deepEqual(
      left.filter((id) => TOO_MUCH.test(id)),
      [],
    );
  });

  it('is nothing, where a page imports the package and uses nothing of it', async () => {
    const left = await modulesLeft("import 'lesspay-elements'; globalThis.page = true;");
    assert.deepEqual(
      left.filter((id) => id.startsWith('src/')),
      [],
    );
  });

  it('is the form with its rules, where a page imports the form', async () => {
    const left = await modulesLeft(
      "import { LesspayRecipientForm } from 'lesspay-elements'; globalThis.Form = LesspayRecipientForm;",
    );
    assert.ok(left.some((id) => TOO_MUCH.test(id)));
    assert.ok(left.some((id) => id.startsWith('src/rules/')));
  });
});
