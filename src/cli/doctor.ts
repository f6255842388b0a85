import { parseArgs } from 'node:util';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';
import { countOf, writeReport } from './doctor/report.ts';
import { secretsOf } from './doctor/secret-shape.ts';
import { messageOf, type Setup, setupOfEnvironment, setupOfModule, VARIABLES } from './doctor/setup.ts';
import { UsageError } from './usage-error.ts';

const HELP = `Usage: lesspay-elements doctor [options]

Examines a signing proxy: its configuration and secrets, the store, both upstreams, the clock, the hosts of the
checkout, and the running server from outside. Nothing is opened, paid or sent.

Options:
  --config <file>     Module whose default export (or one named options or proxy) is the object for
                      createSigningProxy, the proxy, or a function that returns one of them
  --dotenv <file>     Read environment variables from a file first
  --url <url>         Where the running proxy is reached from here, with its base path, if not at publicUrl
                      (http://localhost:3000/lesspay)
  --timeout <ms>      Longest wait for an answer (default 10000)
  --json              Print the findings as JSON
  -h, --help          Show this

Without --config the setup is read from ${VARIABLES.slice(0, 3).join(', ')},
${VARIABLES.slice(3, 7).join(', ')},
${VARIABLES.slice(7).join(' and ')}.

Exit code: 0 nothing wrong (warnings count as nothing), 1 problems, 2 wrong usage.
`;

/** `lesspay-elements doctor`: prints what is wrong and how to mend it, and ends the process with the exit code for it. */
export async function runDoctor(args: string[]): Promise<void> {
  const values = readArguments(args);
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const timeoutMs = readTimeout(values.timeout);
  const url = readUrl(values.url);
  if (values.dotenv !== undefined) loadEnvironment(values.dotenv);
  // What the application prints while it is loaded must not stand in the report.
  const { log, info, debug } = console;
  Object.assign(console, { log: console.error, info: console.error, debug: console.error });
  let setup: Setup | undefined;
  let findings: Finding[];
  try {
    setup =
      values.config === undefined ? setupOfEnvironment(process.env, url) : await setupOfModule(values.config, HELP);
    if (!setup) {
      throw new UsageError('There is nothing to examine: give --config, or set the environment variables.', HELP);
    }
    findings = await examine(setup, { url, timeoutMs });
  } finally {
    Object.assign(console, { log, info, debug });
  }
  const hide = hiding([...(setup.options ? secretsOf(setup.options) : []), ...secretsOfEnvironment(process.env)]);
  const safe = findings.map((finding) => ({
    ...finding,
    says: hide(finding.says),
    ...(finding.remedy === undefined ? {} : { remedy: hide(finding.remedy) }),
  }));
  const problems = countOf(safe, 'problem');
  const text = values.json
    ? `${JSON.stringify({ ok: problems === 0, problems, warnings: countOf(safe, 'warning'), source: setup.source, findings: safe }, null, 2)}\n`
    : writeReport(`lesspay-elements doctor: ${setup.source}`, safe, {
        width: process.stdout.columns || 100,
        hasColour: process.stdout.isTTY && process.env.NO_COLOR === undefined,
      });
  // The application may have opened connections or servers that would keep the process.
  process.stdout.write(text, () => process.exit(problems === 0 ? 0 : 1));
}

function readArguments(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        config: { type: 'string' },
        dotenv: { type: 'string' },
        url: { type: 'string' },
        timeout: { type: 'string', default: '10000' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(messageOf(error), HELP);
  }
}

function readTimeout(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 100 || value > 120_000) {
    throw new UsageError('--timeout must be a number of milliseconds from 100 to 120000.', HELP);
  }
  return value;
}

function readUrl(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:\/\//i.test(text) || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new UsageError(
      '--url must be the http or https address of the base path, such as https://shop.example/lesspay.',
      HELP,
    );
  }
  return url;
}

function loadEnvironment(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    throw new UsageError(`--dotenv ${file} cannot be read: ${messageOf(error)}`, HELP);
  }
}

/** Values of variables that are named like secrets, whoever reads them. */
function secretsOfEnvironment(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    /SECRET|TOKEN|HASH_KEY|PASSWORD|PRIVATE/i.test(name) && value !== undefined && value.length > 5 ? [value] : [],
  );
}

/** Takes secrets, and the credentials of URLs, out of what is printed. */
function hiding(secrets: readonly string[]): (text: string) => string {
  const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length);
  return (text) => {
    let safe = text;
    for (const secret of longestFirst) safe = safe.replaceAll(secret, '[secret]');
    return safe.replace(/\/\/[^\s/@]+@/g, '//[hidden]@').replace(/[^\P{Cc}\n]+/gu, ' ');
  };
}
