import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'scripts', 'package-lock.json', 'custom-elements-manifest.config.js'];
const LAST_BUILT = 'dist/custom-elements.json';

function changedMs(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => changedMs(join(path, name))));
}

/** Builds dist/ where it is missing or older than what it is made of: what is measured is what would be published. */
export function buildIfStale(): void {
  if (existsSync(LAST_BUILT) && statSync(LAST_BUILT).mtimeMs > Math.max(...SOURCES.map(changedMs))) return;
  console.log('Building dist/.');
  const { status } = spawnSync(process.execPath, ['scripts/build.js'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The build failed: node scripts/build.js');
}
