import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allowedFor, ARROWS, folderOf, forbiddenFor, NODE_BUILTINS, PACKAGES, topOf } from '../../scripts/arrows.js';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const IMPORT =
  /(?:^|[\s;])(?:import|export)\s+(?:type\s+)?(?:[\w*\s{},$]+?\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;

/** Why an import may not stand in a file (both relative to src/), or undefined when it may. */
function refusal(file: string, specifier: string): string | undefined {
  const folder = folderOf(file);
  const top = topOf(file);
  if (!ARROWS[folder]) return `${file}: src/${folder} is not in the table of scripts/arrows.js`;
  if (specifier.startsWith('.')) {
    const target = relative(src, resolve(src, dirname(file), specifier));
    const to = folderOf(target);
    return allowedFor(folder).has(to) ? undefined : `${file} imports ${target}: ${folder} may not reach ${to}`;
  }
  if (specifier.startsWith('node:')) {
    const free = NODE_BUILTINS.folders.includes(top) || NODE_BUILTINS.files.includes(file);
    const shared = NODE_BUILTINS.modules.includes(specifier) && NODE_BUILTINS.moduleFolders.includes(top);
    return free || shared ? undefined : `${file} imports ${specifier}`;
  }
  const packages = PACKAGES[top] ?? [];
  return packages.some((name) => specifier === name || (!name.includes('/') && specifier.startsWith(`${name}/`)))
    ? undefined
    : `${file} imports the package ${specifier}`;
}

function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

describe('the import directions of src/', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

  it('finds the sources', () => {
    assert.ok(files.length > 10, `only ${files.length} files`);
  });

  for (const file of files) {
    it(`hold in ${file}`, () => {
      const found = importsOf(readFileSync(join(src, file), 'utf8')).map((specifier) => refusal(file, specifier));
      assert.deepEqual(found.filter(Boolean), []);
    });
  }

  it('are noticed when broken', () => {
    assert.match(refusal('elements/lesspay-checkout.ts', '../lesspay/signing.ts') ?? '', /may not reach lesspay/);
    assert.match(refusal('rules/iban.ts', '../protocol/status.ts') ?? '', /may not reach protocol/);
    assert.match(refusal('rules/iban.ts', 'zod') ?? '', /package zod/);
    assert.match(refusal('proxy/payin/payins.ts', 'node:fs') ?? '', /node:fs/);
    assert.match(refusal('proxy/payin/payins.ts', '../payout/record.ts') ?? '', /may not reach proxy\/payout/);
    assert.match(refusal('proxy/payin/payins.ts', '../../leanx/client.ts') ?? '', /may not reach leanx/);
    assert.match(refusal('cli/doctor/setup.ts', '../../proxy/payin/record.ts') ?? '', /may not reach proxy\/payin/);
    assert.match(refusal('proxy/refunds/refund.ts', '../config.ts') ?? '', /refunds is not in the table/);
    assert.equal(refusal('proxy/payin/payins.ts', '../../lesspay/client.ts'), undefined);
    assert.equal(refusal('proxy/payin/payins.ts', '../config.ts'), undefined);
    assert.equal(refusal('proxy/signing-proxy.ts', './payin/payins.ts'), undefined);
    assert.deepEqual(
      importsOf("import type { A } from './a.ts';\nexport * from './b.ts';\nimport './c.ts';\nawait import('./d.ts')"),
      ['./a.ts', './b.ts', './c.ts', './d.ts'],
    );
  });

  it('are the same to lint', () => {
    const isLinted = (folder: string, specifier: string): boolean =>
      forbiddenFor(folder).some(({ regex }) => new RegExp(regex).test(specifier));
    assert.ok(isLinted('elements', '../lesspay/signing.ts'));
    assert.ok(isLinted('index', './proxy/index.ts'));
    assert.ok(isLinted('sandbox', '../proxy/payin/record.ts'));
    assert.ok(isLinted('cli', '../../proxy/payin/record.ts'));
    assert.ok(isLinted('proxy/payin', '../payout/record.ts'));
    assert.ok(isLinted('proxy/payin', '../../leanx/client.ts'));
    for (const file of files) {
      for (const specifier of importsOf(readFileSync(join(src, file), 'utf8'))) {
        assert.ok(!isLinted(folderOf(file), specifier), `${file}: ${specifier}`);
      }
    }
  });
});
