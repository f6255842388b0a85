import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the peers live: a package of their own, so that nobody but the bench installs them. */
export const PEERS = 'bench/peers';

const asked = (): Record<string, string> =>
  (JSON.parse(readFileSync(join(PEERS, 'package.json'), 'utf8')) as { dependencies: Record<string, string> })
    .dependencies;

function versionOf(name: string): string | undefined {
  const file = join(PEERS, 'node_modules', name, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : undefined;
}

/** The peers that are installed, with their versions. */
export function installedVersions(): Record<string, string> {
  return Object.fromEntries(Object.keys(asked()).flatMap((name) => [[name, versionOf(name) ?? 'not installed']]));
}

/** Why a peer's package cannot be used; `undefined` where it is installed in the version asked for. */
export function whyMissing(names: readonly string[]): string | undefined {
  const missing = names.filter((name) => versionOf(name) !== asked()[name]);
  return missing.length === 0 ? undefined : `${missing.join(', ')} is not installed${reason}.`;
}

let reason = '';

/** Installs the peers where they are missing or of another version; a failure is told by `whyMissing`. */
export function installPeers(): void {
  if (whyMissing(Object.keys(asked())) === undefined) return;
  console.log(`Installing what is compared with, in ${PEERS}.`);
  // None of them needs its install script, and one of them has a script that only counts users.
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: PEERS,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [error = `npm ci ended with ${status}`] = /(?<=^npm error ).+/m.exec(stderr) ?? [];
  if (status !== 0) reason = ` (${error})`;
}
