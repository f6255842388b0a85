import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { TARBALL } from '../../scripts/pack.js';

const run = promisify(execFile);
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Someone who has the packed package and an empty folder, far from this repository and its node_modules. */
export interface Stranger {
  folder: string;
  /** Runs a command in the folder to its end and answers what it printed; where it asks for the package, it gets the tarball. */
  run(command: string, ...args: string[]): Promise<string>;
  /** Starts a command that goes on, and answers what it has printed when that says that it is ready. */
  start(ready: RegExp, env: Readonly<Record<string, string>>, ...command: string[]): Promise<string>;
  leave(): Promise<void>;
}

export function stranger(): Stranger {
  if (!existsSync(TARBALL)) throw new Error('There is no packed package: run `node scripts/pack.js` first.');
  const folder = mkdtempSync(join(tmpdir(), 'lesspay-elements-'));
  const stop: (() => Promise<unknown>)[] = [];
  // Settings of the test's own runner, or of the npm that started it, are not a stranger's.
  const own = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_|^TSX_/.test(name));
  const env = Object.fromEntries([...own, ['npm_config_update_notifier', 'false']]);
  return {
    folder,
    async run(command, ...args) {
      const given = command === 'npm' ? args.map((arg) => (arg === 'lesspay-elements' ? TARBALL : arg)) : args;
      const quiet = given[0] === 'install' ? ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'] : [];
      const { stdout } = await run(command, [...given, ...quiet], { cwd: folder, env, timeout: 240_000 });
      return stdout;
    },
    async start(ready, more, command = '', ...args) {
      const child = spawn(command, args, { cwd: folder, env: { ...env, ...more }, detached: true });
      const closed = once(child, 'close');
      stop.push(() => {
        // With the commands that it has started itself, as npx does.
        if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid);
        return closed;
      });
      let output = '';
      await new Promise<void>((resolve, reject) => {
        const listen = (data: Buffer) => {
          output += data.toString();
          if (ready.test(output)) resolve();
        };
        child.stdout.on('data', listen);
        child.stderr.on('data', listen);
        void closed.then(() => reject(new Error(`${command} ${args.join(' ')} ended: ${output}`)));
        if (ready.test(output)) resolve();
      });
      return output;
    },
    async leave() {
      for (const step of stop) await step();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return String(port);
}

export async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH ?? CHROMIUM.find(existsSync);
  if (executablePath === undefined) throw new Error('There is no Chromium.');
  return chromium.launch({ executablePath, chromiumSandbox: false });
}
