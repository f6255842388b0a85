import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
// @ts-expect-error -- A script of this project, without types.
import { findChromium } from '../scripts/browsers.js';
import { installedVersions } from './peers.ts';

/** Where and with what was measured. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGB: number;
  system: string;
  /** Load averages over 1, 5 and 15 minutes. */
  loadBefore: number[];
  loadAfter: number[];
  /** ISO times. */
  started: string;
  finished: string;
  /** By name; the peers' as they are installed. */
  versions: Record<string, string>;
}

function answer(command: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

const versionIn = (file: string): string => (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;

function ownVersions(): Record<string, string> {
  const commit = answer('git', 'describe', '--always', '--dirty', '--exclude=*');
  const chromium = (findChromium as () => string | undefined)();
  return {
    'lesspay-elements': versionIn('package.json') + (commit === undefined ? '' : ` (${commit})`),
    lit: versionIn('node_modules/lit/package.json'),
    vite: versionIn('node_modules/vite/package.json'),
    Node: process.versions.node,
    Chromium: (chromium && answer(chromium, '--version')?.replace(/^\D*/, '')) ?? 'not found',
  };
}

/** Describes the machine at the start of a run; call what it returns at the end. */
export function watchMachine(): () => Machine {
  const started = new Date().toISOString();
  const loadBefore = loadavg();
  return () => ({
    cpu: cpus()[0]?.model ?? 'unknown processor',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
    system: `${type()} ${release()}`,
    loadBefore,
    loadAfter: loadavg(),
    started,
    finished: new Date().toISOString(),
    versions: { ...ownVersions(), ...installedVersions() },
  });
}
