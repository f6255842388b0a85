/**
 * Types as a user sees them: packs the package, unpacks it into a fresh project beside its dependencies, and compiles
 * test/consumer/*.ts against it with `skipLibCheck: false`, once as a bundler's user and once under NodeNext.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = '.cache/consumer';
rmSync(root, { recursive: true, force: true });
mkdirSync(join(root, 'node_modules'), { recursive: true });

const [{ filename }] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', root], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
);
execFileSync('tar', ['-xzf', join(root, filename), '-C', join(root, 'node_modules')]);
execFileSync('mv', [join(root, 'node_modules/package'), join(root, 'node_modules/lesspay-elements')]);

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
for (const [path, entry] of Object.entries(lock)) {
  const isTop = /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path);
  const isNodeTypes = path === 'node_modules/@types/node' || path === 'node_modules/undici-types';
  if (!isTop || (entry.dev && !isNodeTypes)) continue;
  const link = join(root, path);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(resolve(path), link);
}

const strict = {
  target: 'ES2022',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};
const projects = {
  'browser.json': {
    include: ['browser*.ts'],
    compilerOptions: {
      ...strict,
      module: 'ESNext',
      moduleResolution: 'Bundler',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      types: [],
    },
  },
  'server.json': {
    include: ['server*.ts'],
    compilerOptions: { ...strict, module: 'NodeNext', moduleResolution: 'NodeNext', lib: ['ES2023'], types: ['node'] },
  },
};
writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module', private: true }));
for (const file of readdirSync('test/consumer')) cpSync(join('test/consumer', file), join(root, file));
let failed = false;
for (const [file, project] of Object.entries(projects)) {
  writeFileSync(join(root, file), JSON.stringify(project));
  failed = spawnSync('npx', ['tsc', '-p', join(root, file)], { stdio: 'inherit' }).status !== 0 || failed;
}
process.exit(failed ? 1 : 0);
