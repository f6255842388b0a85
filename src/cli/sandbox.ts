import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { createSandbox, toNodeListener } from '../sandbox/index.ts';
import { UsageError } from './usage-error.ts';

const HELP = `Usage: lesspay-elements sandbox [options]

Starts a fake Lesspay and LeanX with a hosted cashier and a console. Nothing leaves this machine but the webhooks,
which go to the notify_url of each order.

Options:
  --port <number>         Port to listen on; 0 takes a free one (default 4010)
  --host <address>        Address to listen on (default 127.0.0.1)
  --base-url <url>        Where browsers reach it, if not at http://<host>:<port>
  --review-delay <ms>     Approve payouts by themselves after this time (default: in the console, by hand)
  -h, --help              Show this

Credentials are taken from LESSPAY_APP_ID, LESSPAY_APP_SECRET, LEANX_AUTH_TOKEN and LEANX_HASH_KEY, or made up and printed.
`;

interface Credentials {
  LESSPAY_APP_ID: string;
  LESSPAY_APP_SECRET: string;
  LEANX_AUTH_TOKEN: string;
  LEANX_HASH_KEY: string;
}

/** Those of the environment; what is not there is made up, in the shape of the real ones. */
function credentials(env: NodeJS.ProcessEnv): Credentials {
  const given = (name: keyof Credentials) => (env[name] === '' ? undefined : env[name]);
  const hashKey = given('LEANX_HASH_KEY') ?? randomBytes(64).toString('hex');
  const merchant = `LP-${randomBytes(4).toString('hex').toUpperCase()}-MM`;
  return {
    LESSPAY_APP_ID: given('LESSPAY_APP_ID') ?? randomBytes(12).toString('hex'),
    LESSPAY_APP_SECRET: given('LESSPAY_APP_SECRET') ?? randomBytes(18).toString('base64url'),
    LEANX_AUTH_TOKEN: given('LEANX_AUTH_TOKEN') ?? `${merchant}|${randomUUID()}|${hashKey}`,
    LEANX_HASH_KEY: hashKey,
  };
}

function readArguments(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        'base-url': { type: 'string' },
        'review-delay': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), HELP);
  }
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new UsageError(`${option} must be a whole number up to ${max}.`, HELP);
  return value;
}

/** `lesspay-elements sandbox`: serves a sandbox until the process is stopped. */
export async function runSandbox(args: string[]): Promise<void> {
  const values = readArguments(args);
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const port = wholeNumber('--port', values.port, 65_535);
  const reviewDelay = values['review-delay'];
  const reviewDelayMs = reviewDelay === undefined ? undefined : wholeNumber('--review-delay', reviewDelay, 2 ** 31 - 1);

  const server = createServer();
  server.listen(port, values.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const advice = code === 'EADDRINUSE' ? 'it is in use; give another with --port' : code;
    throw new UsageError(`Cannot listen on ${values.host}:${port}: ${advice}.`, '', 1);
  }

  const { address, family, port: bound } = server.address() as AddressInfo;
  const host = address === '127.0.0.1' || address === '::' || address === '0.0.0.0' ? 'localhost' : address;
  const baseUrl =
    values['base-url'] ?? `http://${family === 'IPv6' && host !== 'localhost' ? `[${host}]` : host}:${bound}`;
  const keys = credentials(process.env);
  try {
    const sandbox = createSandbox({
      lesspay: { appId: keys.LESSPAY_APP_ID, appSecret: keys.LESSPAY_APP_SECRET },
      leanx: { authToken: keys.LEANX_AUTH_TOKEN, hashKey: keys.LEANX_HASH_KEY },
      baseUrl,
      reviewDelayMs,
    });
    server.on('request', toNodeListener(sandbox));
  } catch (error) {
    server.close();
    throw new UsageError(error instanceof Error ? error.message : String(error), HELP);
  }

  const lines = Object.entries({ ...keys, LESSPAY_BASE_URL: baseUrl, LEANX_BASE_URL: baseUrl })
    // Quoted: the auth token has pipes in it.
    .map(([name, value]) => `${name}='${value}'`);
  process.stdout.write(`Lesspay and LeanX sandbox

  Upstreams  ${baseUrl}
  Console    ${baseUrl}/console

Environment for your server:

${lines.join('\n')}

Stop with Ctrl+C.
`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}
