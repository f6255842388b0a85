/**
 * Types as a user sees them: unpacks the packed package into a fresh project beside its dependencies, and compiles
 * test/consumer/*.ts against it with `skipLibCheck: false`: a bundler's user and one under NodeNext with every TypeScript
 * that is supported, and the templates of React 18 and 19, Vue and Svelte with the newest that has a JS API. Each framework
 * has to know every element as test/consumer/elements.ts lists it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONSUMER_MODULES as installed, installConsumer } from './install-consumer.js';
import { TARBALL } from './pack.js';

const root = '.cache/consumer';
rmSync(root, { recursive: true, force: true });
mkdirSync(join(root, 'node_modules'), { recursive: true });
installConsumer();
execFileSync('tar', ['-xzf', TARBALL, '-C', join(root, 'node_modules')]);
execFileSync('mv', [join(root, 'node_modules/package'), join(root, 'node_modules/lesspay-elements')]);

/** Everything that the outcome depends on. */
function digest() {
  const own = join(root, 'node_modules/lesspay-elements');
  const declarations = readdirSync(own, { recursive: true, encoding: 'utf8' }).filter((file) => /\.d\.ts$/.test(file));
  const files = [
    'scripts/check-consumer.js',
    'package-lock.json',
    ...readdirSync('test/consumer').flatMap((file) =>
      /\.(?:tsx?|json)$/.test(file) ? join('test/consumer', file) : [],
    ),
    ...['package.json', ...declarations.sort()].map((file) => join(own, file)),
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
const PASSED = '.cache/consumer-passed';
const state = digest();
if (existsSync(PASSED) && readFileSync(PASSED, 'utf8') === state) {
  console.log('✓ compiled before, and nothing has changed');
  process.exit(0);
}

function linkPackage(from, name) {
  const link = join(root, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(resolve(from, name), link);
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
for (const [path, entry] of Object.entries(lock)) {
  const isTop = /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path);
  const isNodeTypes = path === 'node_modules/@types/node' || path === 'node_modules/undici-types';
  if (isTop && (!entry.dev || isNodeTypes)) linkPackage('node_modules', path.replace('node_modules/', ''));
}
for (const name of ['@types/react', 'types-react-18', 'vue', 'svelte']) linkPackage(installed, name);

const strict = {
  target: 'ES2022',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};
const browser = {
  ...strict,
  module: 'ESNext',
  moduleResolution: 'Bundler',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: [],
};
const server = { ...strict, module: 'NodeNext', moduleResolution: 'NodeNext', lib: ['ES2023'], types: ['node'] };
const react18 = {
  react: ['./node_modules/types-react-18'],
  'react/jsx-runtime': ['./node_modules/types-react-18/jsx-runtime.d.ts'],
};
const COMPILERS = {
  5.4: `${installed}/typescript-5.4`,
  5.9: `${installed}/typescript-5.9`,
  6: 'node_modules/typescript',
  7: `${installed}/typescript-7`,
};
const everywhere = Object.keys(COMPILERS);
const PROJECTS = [
  { files: ['browser.ts'], compilerOptions: browser, compilers: everywhere },
  { files: ['server.ts'], compilerOptions: server, compilers: everywhere },
  { files: ['react.tsx'], compilerOptions: { ...browser, jsx: 'react-jsx' }, compilers: ['6'] },
  { files: ['react-18.tsx'], compilerOptions: { ...browser, jsx: 'react-jsx', paths: react18 }, compilers: ['6'] },
  { files: ['vue.ts'], compilerOptions: browser, compilers: ['6'] },
  { files: ['svelte.ts'], compilerOptions: browser, compilers: ['6'] },
];

writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module', private: true }));
for (const file of readdirSync('test/consumer')) {
  if (/\.tsx?$/.test(file)) cpSync(join('test/consumer', file), join(root, file));
}
let failed = false;
for (const { files, compilerOptions, compilers } of PROJECTS) {
  const project = join(root, `${files[0]}.json`);
  writeFileSync(project, JSON.stringify({ files, compilerOptions }));
  for (const version of compilers) {
    const { status } = spawnSync(process.execPath, [`${COMPILERS[version]}/bin/tsc`, '-p', project], {
      stdio: 'inherit',
    });
    console.log(`${status === 0 ? '✓' : '✗'} ${files[0]} with TypeScript ${version}`);
    failed ||= status !== 0;
  }
}
if (!failed) writeFileSync(PASSED, state);
process.exit(failed ? 1 : 0);
