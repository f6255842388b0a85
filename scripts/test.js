/**
 * Runs the tests: the server side and the rules under node's runner, the elements in every browser this machine has,
 * those over what the one-file builds make of Lit in Chromium, and the journeys there too.
 * `node scripts/test.js [node] [elements] [slim] [journeys] [packed]` runs some of them; `packed`, the packed package as a
 * user gets it, needs `npm run build` and `node scripts/pack.js` first, and runs only when asked.
 * Ends with one line, `N passed, N failed`, and leaves the counts in .cache/test-summary.json, added to those of the other
 * parts on the same tree.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { ensureChromium } from './browsers.js';
import { installConsumer } from './install-consumer.js';
import { TALLY } from './tally-reporter.js';
import { treeDigest } from './tree-digest.js';

/** How each part is run. The packed ones want a build, and so are run only when asked. */
const RUN = {
  node: () => nodeTests((file) => !/^(?:elements|journeys|packed)\//.test(file), 'tsconfig/test-node.json'),
  elements: () => elementTests(),
  slim: () => elementTests({ SLIM: '1', BROWSERS: 'chromium' }),
  journeys: () => nodeTests((file) => file.startsWith('journeys/'), 'tsconfig/demo-server.json'),
  packed() {
    installConsumer();
    return nodeTests((file) => file.startsWith('packed/'), 'tsconfig/demo-server.json');
  },
};
const PARTS = Object.keys(RUN);
const BY_DEFAULT = PARTS.filter((part) => part !== 'packed');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !PARTS.includes(part));
if (unknown.length) {
  console.error(`Unknown part ${unknown.join(', ')}: choose from ${PARTS.join(', ')}.`);
  process.exit(2);
}
const parts = wanted.length ? wanted : BY_DEFAULT;

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

/**
 * How many files run at once: node's own choice leaves one processor for itself, and on two they would run one by one,
 * although they wait most of the time.
 */
const AT_ONCE = Math.max(2, availableParallelism());

/** Under node's test runner. A suite that broke before its tests ran counts as one failure. */
async function nodeTests(isOwn, tsconfig) {
  const { code, output } = await run(
    process.execPath,
    [
      '--import',
      'tsx',
      '--test',
      `--test-concurrency=${AT_ONCE}`,
      '--test-reporter=spec',
      ...files.filter(isOwn).map((name) => `test/${name}`),
    ],
    { TSX_TSCONFIG_PATH: tsconfig },
  );
  for (const [, reason] of output.matchAll(/^Left out: (.+)$/gm)) leftOut.add(reason);
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

const SUMMARY = '.cache/test-summary.json';
/** What the other parts had to say about this very tree. */
const results = {};
if (existsSync(SUMMARY)) {
  const last = JSON.parse(readFileSync(SUMMARY, 'utf8'));
  if (last.tree !== undefined && last.tree === treeDigest()) Object.assign(results, last.parts);
}
const total = { passed: 0, failed: 0, skipped: 0 };
for (const part of parts) {
  const result = await RUN[part]();
  console.log(`${part}: ${result.passed} passed, ${result.failed} failed`);
  for (const key of Object.keys(total)) total[key] += result[key];
  results[part] = result;
}
if (total.passed === 0) total.failed = Math.max(total.failed, 1);

mkdirSync('.cache', { recursive: true });
const sum = (key) => Object.values(results).reduce((counted, result) => counted + result[key], 0);
const summary = {
  passed: sum('passed'),
  failed: Math.max(sum('failed'), total.failed),
  skipped: sum('skipped'),
  ranAll: BY_DEFAULT.every((part) => part in results),
  parts: results,
  tree: treeDigest(),
};
writeFileSync(SUMMARY, JSON.stringify(summary));
for (const reason of leftOut) console.log(`Left out: ${reason}`);
if (total.skipped) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);
