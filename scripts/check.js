/**
 * Everything a change has to pass: types, lint, format, tests, build, size budgets, and the packed package as its users
 * get it. Stops at the first failure. The tests are not run a second time when `npm test` has just passed on this very
 * tree. `node scripts/check.js size packed` runs these steps alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { TARBALL } from './pack.js';
import { treeDigest } from './tree-digest.js';

function testsPassedHere() {
  const file = '.cache/test-summary.json';
  if (!existsSync(file)) return false;
  const { ranAll, failed, tree } = JSON.parse(readFileSync(file, 'utf8'));
  return ranAll && failed === 0 && tree !== undefined && tree === treeDigest();
}

const STEPS = [
  ['types', 'npx', ['tsc', '-b']],
  ['lint', 'npx', ['eslint', '.', '--max-warnings', '0']],
  ['format', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['tests', process.execPath, ['scripts/test.js'], testsPassedHere],
  ['build', process.execPath, ['scripts/build.js']],
  ['size', 'npx', ['size-limit']],
  ['pack', process.execPath, ['scripts/pack.js']],
  ['package', 'npx', ['publint', 'run', TARBALL, '--strict']],
  [
    'package types',
    'npx',
    ['attw', TARBALL, '--profile', 'esm-only', '--exclude-entrypoints', './custom-elements.json', './package.json'],
  ],
  ['types as a user sees them', process.execPath, ['scripts/check-consumer.js']],
  ['types of the applications', 'npx', ['tsc', '-p', 'demo/apps']],
  ['packed', process.execPath, ['scripts/test.js', 'packed']],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some(([step]) => step === name));
if (unknown.length) {
  console.error(`Unknown step ${unknown.join(', ')}: choose from ${STEPS.map(([step]) => step).join(', ')}.`);
  process.exit(2);
}

for (const [name, command, args, isDone] of STEPS) {
  if (wanted.length && !wanted.includes(name)) continue;
  if (isDone?.()) {
    console.log(`✓ ${name} (passed on this tree a moment ago)`);
    continue;
  }
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`✗ ${name} failed: ${[command, ...args].join(' ')}`);
    process.exit(1);
  }
  console.log(`✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
