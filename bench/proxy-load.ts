import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The servers that the proxy bench compares, and the upstream behind them. */
export type ServerKind =
  'upstream' | 'echo' | 'pool' | 'fastify-http-proxy' | 'http-proxy-middleware' | 'lesspay' | 'lesspay-recent';

/** What a server's process says of itself. */
export interface ServerReport {
  cpuMicros: number;
  rssBytes: number;
}

/** A server in a process of its own. */
export interface BenchServer {
  kind: ServerKind;
  origin: string;
  /** Its processor time, or its memory after a collection of garbage. */
  report: (of: 'processor' | 'memory') => Promise<ServerReport>;
  stop: () => void;
}

/** The platform account of the bench. */
export const BENCH_APP = { appId: 'bench-app', appSecret: 'bench-secret-0123456789abcdef' };

/** Whether the server is made of what lives in bench/peers; that it is not installed is told in the report. */
const isPeer = (kind: ServerKind): boolean => kind.includes('http-proxy');

/** Starts a server; `undefined` where what it is made of is not installed. */
export async function startServer(kind: ServerKind, upstream = ''): Promise<BenchServer | undefined> {
  const { appId, appSecret } = BENCH_APP;
  const child: ChildProcess = fork(new URL('proxy-server.js', import.meta.url), [kind, upstream, appId, appSecret], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', isPeer(kind) ? 'ignore' : 'inherit', 'ipc'],
  });
  const [origin] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])])) as [string?];
  if (origin === undefined) return undefined;
  return {
    kind,
    origin,
    async report(of) {
      child.send(of);
      const [report] = (await once(child, 'message')) as [ServerReport];
      return report;
    },
    stop: () => void child.kill(),
  };
}

/** One request's bytes; the number makes every order another one. */
export type RequestBytes = (n: number) => string;

const CONNECTIONS = 32;

/**
 * Sends requests over kept-alive connections, one at a time on each, until `isOver`; answers how many were answered. Written on
 * bare sockets, so that most of the machine is left to the servers.
 */
export async function load(origin: string, bytes: RequestBytes, isOver: (sent: number) => boolean): Promise<number> {
  const { hostname, port } = new URL(origin);
  let sent = 0;
  let answered = 0;
  let next = serial;

  function drive(socket: Socket): Promise<void> {
    return new Promise((resolve, reject) => {
      let buffered = '';
      const send = (): void => {
        if (isOver(sent)) {
          socket.destroy();
          resolve();
          return;
        }
        sent += 1;
        next += 1;
        socket.write(bytes(next));
      };
      socket.on('data', (chunk: string) => {
        buffered += chunk;
        const end = buffered.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = /content-length: (\d+)/i.exec(buffered)?.[1];
        // Everything is ASCII, so that characters count bytes.
        if (length !== undefined && buffered.length < end + 4 + Number(length)) return;
        if (length === undefined && !buffered.endsWith('0\r\n\r\n')) return;
        if (!/^HTTP\/1\.1 20[01] /.test(buffered)) {
          reject(new Error(`${origin} answered ${buffered}`));
          return;
        }
        buffered = '';
        answered += 1;
        send();
      });
      socket.on('error', reject);
      // Said before every answer is there; after the last one it changes nothing.
      socket.on('close', () => reject(new Error(`${origin} closed a connection that is to be kept alive.`)));
      send();
    });
  }

  const sockets = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect(Number(port), hostname).setEncoding('latin1').setNoDelay(true);
      await once(socket, 'connect');
      return socket;
    }),
  );
  try {
    await Promise.all(sockets.map(drive));
  } finally {
    for (const socket of sockets) socket.destroy();
    serial = next;
  }
  return answered;
}

/** Counts on over all loads: no order is sent twice to one server. */
let serial = 0;
