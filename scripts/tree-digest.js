import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** A digest of every file that git would deliver from this tree, so that a check can tell whether it saw this very state. */
export function treeDigest() {
  let listed;
  try {
    listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      encoding: 'utf8',
    });
  } catch {
    return undefined; // not a git checkout, for example an unpacked archive
  }
  const hash = createHash('sha256');
  for (const file of listed.split('\0').filter(Boolean).sort()) {
    if (!existsSync(file)) continue;
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
