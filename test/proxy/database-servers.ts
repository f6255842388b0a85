import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'node:test';
import pg from 'pg';
import { createClient } from 'redis';

/** A database server of this test process alone. */
export interface DatabaseServer {
  /** Where its unix socket is: the file for Redis, the folder for Postgres. */
  socket: string;
  /** Stops the process at once, as a crash would, and keeps its files. */
  kill: () => Promise<void>;
  /** Starts it again after `kill`. */
  start: () => Promise<void>;
  /** Stops it and removes its files. */
  stop: () => Promise<void>;
}

/** Where Postgres 15 and its neighbours keep their programs, which Debian leaves out of the PATH. */
const POSTGRES_HOME = '/usr/lib/postgresql';
const READY_MS = 30_000;
/** A place that every user may enter, with a name short enough for a unix socket's (107 bytes). */
const TEMPORARY = existsSync('/tmp') ? '/tmp' : tmpdir();

/**
 * Runs the command for as long as this test process holds its end of the pipe: killed or crashed, it leaves no server
 * and no files behind.
 */
const WATCH =
  'signal=$1; folder=$2; shift 2; "$@" & server=$!; read -r order; ' +
  'kill -$signal $server; wait $server; test "$order" = keep || rm -rf "$folder"';

function findProgram(name: string, ...folders: string[]): string | undefined {
  return [...(process.env.PATH ?? '').split(delimiter), ...folders]
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

async function untilReady(what: string, probe: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    try {
      await probe();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${what} did not start`, { cause: error });
      await sleep(50);
    }
  }
}

async function serve(
  { folder, socket, signal }: { folder: string; socket: string; signal: 'KILL' | 'QUIT' },
  [command, ...args]: [string, ...string[]],
  ready: () => Promise<void>,
): Promise<DatabaseServer> {
  let child: ChildProcess | undefined;
  const end = async (order: 'keep' | 'remove'): Promise<void> => {
    const ending = child;
    child = undefined;
    if (!ending) return;
    await new Promise((done) => {
      ending.on('close', done);
      ending.stdin?.end(`${order}\n`);
    });
  };
  const start = async (): Promise<void> => {
    // In a group of its own: an interrupted test run must not take the watcher with it before the files are gone.
    child = spawn('sh', ['-c', WATCH, 'sh', signal, folder, command, ...args], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    await ready();
  };
  const stop = async (): Promise<void> => {
    await end('remove');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { socket, kill: () => end('keep'), start, stop };
}

/** Starts a Redis on a unix socket; `undefined` where redis-server is not installed. */
export async function startRedis(more: Readonly<Record<string, string>> = {}): Promise<DatabaseServer | undefined> {
  const program = findProgram('redis-server');
  if (program === undefined) return undefined;
  const folder = mkdtempSync(join(TEMPORARY, 'lesspay-redis-'));
  const socket = join(folder, 'redis.sock');
  const settings = {
    port: '0',
    unixsocket: socket,
    dir: folder,
    appendonly: 'yes',
    save: '',
    'maxmemory-policy': 'noeviction',
    ...more,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  return serve({ folder, socket, signal: 'KILL' }, [program, ...args], () =>
    untilReady('redis-server', async () => {
      const client = createClient({ socket: { path: socket, tls: false, reconnectStrategy: false } });
      client.on('error', () => undefined);
      await client.connect();
      try {
        await client.ping();
      } finally {
        client.destroy();
      }
    }),
  );
}

/** A port on 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** A cluster of two Redis servers, each with half of the slots. */
export interface RedisCluster {
  /** Of the first node, on 127.0.0.1. */
  port: number;
  stop: () => Promise<void>;
}

/** Starts a cluster on ports that are free; `undefined` where redis-server is not installed. */
export async function startRedisCluster(): Promise<RedisCluster | undefined> {
  const [port = 0, secondPort = 0, ...busPorts] = await Promise.all(Array.from({ length: 4 }, freePort));
  const nodes: DatabaseServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    for (const [index, own] of [port, secondPort].entries()) {
      const node = await startRedis({
        port: String(own),
        bind: '127.0.0.1',
        'cluster-enabled': 'yes',
        'cluster-port': String(busPorts[index]),
      });
      if (!node) return undefined;
      nodes.push(node);
      const client = await createClient({ socket: { path: node.socket, tls: false } }).connect();
      await client.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', ...(index ? ['8192', '16383'] : ['0', '8191'])]);
      if (index) await client.sendCommand(['CLUSTER', 'MEET', '127.0.0.1', String(port), String(busPorts[0])]);
      client.destroy();
    }
    for (const { socket } of nodes) {
      const client = await createClient({ socket: { path: socket, tls: false } }).connect();
      await untilReady('the cluster', async () => {
        const info = await client.sendCommand<string>(['CLUSTER', 'INFO']);
        if (!info.includes('cluster_state:ok') || !info.includes('cluster_known_nodes:2')) throw new Error(info);
      });
      client.destroy();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

/** Starts a Postgres on a unix socket, user and database `postgres`; `undefined` where it is not installed. */
export async function startPostgres(): Promise<DatabaseServer | undefined> {
  const homes = existsSync(POSTGRES_HOME)
    ? readdirSync(POSTGRES_HOME).map((version) => join(POSTGRES_HOME, version, 'bin'))
    : [];
  const initdb = findProgram('initdb', ...homes);
  const program = findProgram('postgres', ...homes);
  if (initdb === undefined || program === undefined) return undefined;
  const folder = mkdtempSync(join(TEMPORARY, 'lesspay-postgres-'));
  const data = join(folder, 'data');
  // Postgres refuses to run as root, as which containers run tests.
  const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
  if (asUser.length > 0) execFileSync('chown', ['postgres:postgres', folder]);
  const setup = [
    ...asUser,
    initdb,
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ];
  execFileSync(setup[0] ?? initdb, setup.slice(1), { stdio: 'ignore' });
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command = program, ...args] = [...asUser, program, '-D', data, ...options];
  // The immediate shutdown is its crash; after a SIGKILL its shared memory would stay behind.
  return serve({ folder, socket: folder, signal: 'QUIT' }, [command, ...args], () =>
    untilReady('postgres', async () => {
      const client = new pg.Client({ host: folder, user: 'postgres', database: 'postgres' });
      await client.connect();
      await client.end();
    }),
  );
}

/**
 * Says in one line that tests are left out because a server is not installed, which `npm test` repeats at its end; where
 * servers are required (`LESSPAY_TEST_SERVERS=required`, as on a build machine) it fails.
 */
export function itNeedsServer(program: string, debianPackage: string): void {
  const reason = `${program} is not installed (apt-get install ${debianPackage}): its tests were left out`;
  if (process.env.LESSPAY_TEST_SERVERS !== 'required') {
    console.log(`Left out: ${reason}`);
    return;
  }
  it(`runs against ${program}`, () => {
    throw new Error(reason);
  });
}
