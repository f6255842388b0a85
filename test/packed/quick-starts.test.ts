import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { freePort, launch, type Stranger, stranger } from './stranger.ts';

/** What a page tells its reader to do, in order. */
type Step = { file: string; code: string } | { command: string };

/**
 * The steps of a page or of one of its sections: blocks of `sh` are commands, and the last line before any other block
 * names its file in backquotes.
 */
function stepsOf(page: string, section?: string): Step[] {
  const all = readFileSync(page, 'utf8');
  const text = section === undefined ? all : (all.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '');
  return [...text.matchAll(/^(.+)\n\n```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(
    ([, line = '', language, code = '']): Step[] => {
      if (language === 'sh')
        return code
          .trim()
          .split('\n')
          .map((command) => ({ command }));
      const file = /`([\w./-]+\.\w+)`/.exec(line)?.[1];
      assert.ok(file !== undefined, `${page} has a block that names no file: ${line}`);
      return [{ file, code }];
    },
  );
}

/** The packages that a page's files import. */
const importedBy = (steps: Step[]): string[] => [
  ...new Set(
    steps
      .flatMap((step) => ('code' in step ? [...step.code.matchAll(/from '((?:@[\w-]+\/)?[\w-]+)['/]/g)] : []))
      .map(([, name = '']) => name),
  ),
];

/**
 * Does what the steps say: writes the files, installs, starts a sandbox and the server with what the sandbox prints.
 * Where the page installs nothing, what its files import. Answers where the shop is.
 */
async function follow(at: Stranger, steps: Step[]): Promise<string> {
  const port = await freePort();
  const commands = steps.flatMap((step) => ('command' in step ? [step.command] : []));
  for (const step of steps) {
    if (!('file' in step)) continue;
    mkdirSync(dirname(join(at.folder, step.file)), { recursive: true });
    // The example names a port; a port that was free a moment ago takes its place.
    writeFileSync(join(at.folder, step.file), step.code.replaceAll('3000', port));
  }
  if (!commands.some((command) => command.startsWith('npm install'))) {
    await at.run('npm', 'install', ...importedBy(steps));
  }
  for (const command of commands) {
    const [program = '', ...args] = command.replace(/\s*#.*$/, '').split(' ');
    const isLasting = program === 'node' || args.includes('sandbox');
    if (!isLasting) await at.run(program, ...args);
  }
  const printed = await at.start(
    /LEANX_BASE_URL=.*\n/,
    {},
    'npx',
    'lesspay-elements',
    'sandbox',
    '--port',
    await freePort(),
  );
  const variables = [...printed.matchAll(/^(LESSPAY_\w+)='(.*)'$/gm)];
  assert.ok(variables.length >= 3, printed);
  writeFileSync(join(at.folder, '.env'), variables.map(([, name, value]) => `${name}='${value}'\n`).join(''));
  const env = Object.fromEntries(variables.map(([, name = '', value = '']) => [name, value]));
  const server = commands.find((command) => command.startsWith('node ')) ?? 'node server.js';
  const shop = `http://localhost:${port}`;
  // A server does not say when it is ready: whoever asks it finds out.
  await Promise.race([at.start(/(?!)/, env, ...server.split(' ')), answered(shop)]);
  return shop;
}

async function answered(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await fetch(url).catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The server did not start.');
}

/** Pays as a shopper does, until the page says what it has to. */
async function pay(browser: Browser, shop: string, said: string): Promise<void> {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(shop);
  await page.locator('lesspay-checkout button[part~=button]', { hasText: '1,250.00' }).click();
  await page.waitForURL('**/cashier/*');
  await page.getByRole('button', { name: /^Pay ₱/ }).click();
  await page.waitForURL(`${shop}/**`);
  await page.getByText('Payment received').waitFor();
  await page.getByText(said).first().waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
}

describe(
  "a stranger's ten minutes, from an empty folder with the packed package to a paid order",
  {
    timeout: 900_000,
  },
  () => {
    let browser: Browser;
    const strangers: Stranger[] = [];
    before(async () => {
      browser = await launch();
    });
    after(async () => {
      await browser.close();
      for (const at of strangers) await at.leave();
    });
    const arrive = () => {
      const at = stranger();
      strangers.push(at);
      return at;
    };

    it('with the README: Express and a tag', async () => {
      const shop = await follow(arrive(), stepsOf('README.md', 'Take a payment'));
      await pay(browser, shop, 'Payment received');
    });

    it('with docs/quick-start-react.md: React and Fastify, in TypeScript', async () => {
      const steps = stepsOf('docs/quick-start-react.md');
      assert.ok(steps.some((step) => 'command' in step && step.command === 'npx tsc'));
      const shop = await follow(arrive(), steps);
      await pay(browser, shop, 'Thank you');
    });
  },
);
