/** Packs what was built, as npm would publish it, for the checks that look at the package from outside. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = '.cache/package';

/** The tarball of the last `node scripts/pack.js`. */
export const TARBALL = resolve(FOLDER, 'lesspay-elements.tgz');

/** Without the build, which has just run. */
function pack() {
  if (!existsSync('dist/sbom.cdx.json')) throw new Error('There is nothing to pack: run `npm run build` first.');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const [{ filename, size, entryCount }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', FOLDER], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  execFileSync('mv', [join(FOLDER, filename), TARBALL]);
  console.log(`${filename}: ${entryCount} files, ${size} B`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) pack();
