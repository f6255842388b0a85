import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'test/consumer';

/** Where the compilers, bundlers and frameworks of the package's users are installed. */
export const CONSUMER_MODULES = join(FOLDER, 'node_modules');

/**
 * Installs them, unless they are there as the lock file has them. A project of its own: two TypeScripts in one would take
 * each other's `tsc`.
 */
export function installConsumer() {
  const lock = join(FOLDER, 'package-lock.json');
  const installedFrom = join(CONSUMER_MODULES, '.installed-from.json');
  if (existsSync(installedFrom) && readFileSync(installedFrom, 'utf8') === readFileSync(lock, 'utf8')) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  cpSync(lock, installedFrom);
}
