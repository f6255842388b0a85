import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { createSandbox, type Sandbox, toNodeListener } from 'lesspay-elements/sandbox';

/** A block of code on a page. */
export interface DocumentedBlock {
  page: string;
  /** The heading that it is under. */
  section: string;
  language: string;
  code: string;
  /** The file that the paragraph before it names first. */
  file: string | undefined;
}

/** The fenced blocks of a page; those inside lists without their indent. */
export function blocksOf(page: string): DocumentedBlock[] {
  const text = readFileSync(page, 'utf8').replaceAll('\r', '');
  return text.split(/^(?=#{1,4} )/m).flatMap((part) => {
    const section = /^#+ (.+)$/m.exec(part)?.[1] ?? '';
    return [...part.matchAll(/(?:^|\n\n)([^\n]*)\n\n([ ]*)```(\w+)[^\n]*\n([\s\S]*?)\n\2```/g)].map(
      ([, before = '', indent = '', language = '', code = '']) => ({
        page,
        section,
        language,
        code: `${code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')}\n`,
        file: /`((?:[\w.[\]-]+\/)*[\w.-]+\.\w+)`/.exec(before)?.[1],
      }),
    );
  });
}

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return String(port);
}

const tsx = import.meta.resolve('tsx');

/** The files of a page in a folder of their own, as a reader of the page has them, with a sandbox as the upstream. */
export interface DocumentedApp {
  folder: string;
  /** Where its server listens: the page's own port is replaced. */
  origin: string;
  sandbox: Sandbox;
  env: NodeJS.ProcessEnv;
  /** Runs one of the files, or a program of the package; what it writes to its standard output is kept. */
  run(file: string, env?: NodeJS.ProcessEnv, args?: string[]): { child: ChildProcess; output: () => string };
  /** Runs the file that is the server, and waits until it answers. */
  serve(file: string, env?: NodeJS.ProcessEnv): Promise<ChildProcess>;
  close(): Promise<void>;
}

/** Writes the files of pages and starts an upstream for them. */
export async function documentedApp(
  name: string,
  pages: readonly string[],
  options: Partial<Parameters<typeof createSandbox>[0]> = {},
): Promise<DocumentedApp> {
  const folder = resolve(`.cache/${name}-${process.pid}`);
  const port = await freePort();
  const app = { appId: `${name}-app`, appSecret: `${name}-secret-0123456789` };
  const upstream = createServer().listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const baseUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const sandbox = createSandbox({ lesspay: app, baseUrl, ...options });
  upstream.on('request', toNodeListener(sandbox));
  for (const { file, code } of pages.flatMap(blocksOf)) {
    if (file === undefined) continue;
    mkdirSync(dirname(`${folder}/${file}`), { recursive: true });
    writeFileSync(`${folder}/${file}`, code.replaceAll('3000', port));
  }
  const children: ChildProcess[] = [];
  const origin = `http://localhost:${port}`;
  const env = {
    ...process.env,
    TSX_TSCONFIG_PATH: resolve('tsconfig/test-node.json'),
    LESSPAY_APP_ID: app.appId,
    LESSPAY_APP_SECRET: app.appSecret,
    LESSPAY_BASE_URL: baseUrl,
    PUBLIC_URL: origin,
  };

  function run(file: string, more: NodeJS.ProcessEnv = {}, args: string[] = []) {
    const child = spawn(process.execPath, ['--import', tsx, resolve(folder, file), ...args], {
      cwd: folder,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    return { child, output: () => output };
  }

  return {
    folder,
    origin,
    sandbox,
    env,
    run,
    async serve(file, more) {
      const { child } = run(file, more);
      for (let tries = 0; tries < 600; tries += 1) {
        if (child.exitCode !== null) break;
        if (await fetch(`${origin}/lesspay/problems`).catch(() => undefined)) return child;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`${file} of ${pages.join(', ')} did not start.`);
    },
    async close() {
      for (const child of children) child.kill('SIGKILL');
      sandbox.control.close();
      upstream.close().closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
      await Promise.resolve();
    },
  };
}

/** Waits until something is so; gives the last answer where it never is. */
export async function eventually<T>(ask: () => T | Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    if (isSo(answer) || tries === 200) return answer;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** What a page of the shop's own sends. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify(body),
  });
}
