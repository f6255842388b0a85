/**
 * Runs the tests: the server side and the rules under node's runner, the elements in every browser this machine has,
 * those over what the one-file builds make of Lit in Chromium, and the journeys there too.
 * `node scripts/test.js [node] [elements] [slim] [journeys]` runs some of them.
 * Ends with one line, `N passed, N failed`, and leaves the counts in .cache/test-summary.json.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureChromium } from './browsers.js';
import { TALLY } from './tally-reporter.js';
import { treeDigest } from './tree-digest.js';

const PARTS = ['node', 'elements', 'slim', 'journeys'];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !PARTS.includes(part));
if (unknown.length) {
  console.error(`Unknown part ${unknown.join(', ')}: choose from ${PARTS.join(', ')}.`);
  process.exit(2);
}
const parts = wanted.length ? wanted : PARTS;

const inBrowser = (file) => file.startsWith('elements/');
const isJourney = (file) => file.startsWith('journeys/');
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .sort();

/** Runs a command, shows its output as it comes and returns it too. */
function run(command, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, FORCE_COLOR: '0', ...env },
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/** Why tests were left out, each reason once. */
const leftOut = new Set();

/** Under node's test runner. A suite that broke before its tests ran counts as one failure. */
async function nodeTests(names, tsconfig) {
  const { code, output } = await run(
    process.execPath,
    ['--import', 'tsx', '--test', '--test-reporter=spec', ...names.map((name) => `test/${name}`)],
    { TSX_TSCONFIG_PATH: tsconfig },
  );
  for (const [, reason] of output.matchAll(/^\s*﹣ .*? # (.+)$/gm)) leftOut.add(reason);
  const count = (word) => Number(output.match(new RegExp(`^ℹ ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  return { passed: count('pass'), failed: code && !failed ? 1 : failed, skipped: count('skipped') + count('todo') };
}

/** Under @web/test-runner, which runs each test once per engine. */
async function elementTests(env = {}) {
  rmSync(TALLY, { force: true });
  const { code } = await run('npx', ['wtr'], env);
  const engines = existsSync(TALLY) ? JSON.parse(readFileSync(TALLY, 'utf8')) : {};
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [engine, { files, ...counts }] of Object.entries(engines)) {
    console.log(`${engine}: ${counts.passed} passed, ${counts.failed} failed in ${files} files`);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  // Without counts nothing was shown to work.
  if ((code || total.passed === 0) && total.failed === 0) total.failed = 1;
  return total;
}

try {
  process.env.CHROME_PATH = ensureChromium();
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const part of parts) {
  const result =
    part === 'node'
      ? await nodeTests(
          files.filter((file) => !inBrowser(file) && !isJourney(file)),
          'tsconfig/test-node.json',
        )
      : part === 'elements'
        ? await elementTests()
        : part === 'slim'
          ? await elementTests({ SLIM: '1', BROWSERS: 'chromium' })
          : await nodeTests(files.filter(isJourney), 'tsconfig/demo-server.json');
  console.log(`${part}: ${result.passed} passed, ${result.failed} failed`);
  for (const key of Object.keys(total)) total[key] += result[key];
}
if (total.passed === 0) total.failed = Math.max(total.failed, 1);

mkdirSync('.cache', { recursive: true });
const ranAll = parts.length === PARTS.length;
writeFileSync('.cache/test-summary.json', JSON.stringify({ ...total, ranAll, tree: treeDigest() }));
for (const reason of leftOut) console.log(`Left out: ${reason}`);
if (total.skipped) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);
