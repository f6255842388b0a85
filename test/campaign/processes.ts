import { type ChildProcess, fork } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import type { AppMessage, AppSettings } from './app-settings.ts';
import { askOverSocket, type UnixAnswer, type UnixRequest } from './unix-http.ts';
import type { UpstreamCommands, UpstreamSettings } from './upstream-app.ts';

const READY_MS = 30_000;
const log = process.env.CAMPAIGN_LOG === undefined ? undefined : openSync(process.env.CAMPAIGN_LOG, 'a');

function run(file: string, env: Record<string, string>): ChildProcess {
  return fork(file, {
    execArgv: [],
    // What the replicas log is no part of the figures; with CAMPAIGN_LOG it goes into that file.
    stdio: ['ignore', 'ignore', log ?? 'ignore', 'ipc'],
    env: { ...process.env, ...env },
  });
}

/** Waits for the message that `read` understands; rejects when the process ends before. */
function firstMessage<T>(child: ChildProcess, what: string, read: (message: unknown) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what} was not ready in time`)), READY_MS);
    child.on('message', (message) => {
      const value = read(message);
      if (value === undefined) return;
      clearTimeout(timer);
      resolve(value);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`${what} ended before it was ready`));
    });
  });
}

/** One replica of the shop, whichever process it is at the moment. */
export interface Replica {
  readonly socket: string;
  /** Starts it, or starts it again; resolves when it listens, or has died before it did. */
  start: (settings: AppSettings) => Promise<void>;
  /** Kills it by SIGKILL and waits for its end. */
  kill: () => Promise<void>;
  /** Shuts it down in order by SIGTERM and waits for its end. */
  end: () => Promise<void>;
  /** Stops it where it stands; returns what lets it go on, or `undefined` when it does not run. */
  pause: () => (() => void) | undefined;
  ask: (request: UnixRequest) => Promise<UnixAnswer>;
  /** Called whenever its process has ended, by whatever. */
  onEnd: () => void;
  /** Called when the process has had an effect and waits; answers whether it may live. */
  onEffect: () => boolean;
}

/** Makes a replica, of the bundled app, that has not been started. */
export function createReplica(app: string, socket: string): Replica {
  let child: ChildProcess | undefined;
  async function signal(name: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child;
    if (!ending) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(name);
    await ended;
  }

  const replica: Replica = {
    socket,
    onEnd: () => undefined,
    onEffect: () => true,
    async start(settings) {
      const started = run(app, { CAMPAIGN_APP: JSON.stringify(settings) });
      child = started;
      started.once('exit', () => {
        if (child !== started) return;
        child = undefined;
        replica.onEnd();
      });
      started.on('message', (message: AppMessage) => {
        if (message !== 'effect') return;
        if (replica.onEffect()) started.send('go on', () => undefined);
        else started.kill('SIGKILL');
      });
      await firstMessage(started, 'A replica', (message) => message === 'ready' || undefined).catch(() => undefined);
    },
    kill: () => signal('SIGKILL'),
    end: () => signal('SIGTERM'),
    pause() {
      const paused = child;
      if (!paused?.kill('SIGSTOP')) return undefined;
      return () => void paused.kill('SIGCONT');
    },
    ask: (request) => askOverSocket(socket, request),
  };
  rmSync(socket, { force: true });
  return replica;
}

/** Both platforms, in a process that nobody kills. */
export interface Platforms {
  baseUrl: string;
  ask: <N extends keyof UpstreamCommands>(
    name: N,
    ...args: Parameters<UpstreamCommands[N]>
  ) => Promise<Awaited<ReturnType<UpstreamCommands[N]>>>;
  /** Called for every order to open or to pay that comes over the wire. */
  onCreate: () => void;
  stop: () => Promise<void>;
}

/** Starts the platforms, bundled before. */
export async function startPlatforms(app: string, settings: UpstreamSettings): Promise<Platforms> {
  const child = run(app, { CAMPAIGN_UPSTREAM: JSON.stringify(settings) });
  type Message = { event?: string; baseUrl?: string; id?: number; value?: unknown; error?: string };
  const asked = new Map<number, (message: Message) => void>();
  const ready = firstMessage(child, 'The platforms', (message) => (message as Message).baseUrl);
  let asks = 0;
  const platforms: Platforms = {
    baseUrl: await ready,
    ask(name, ...args) {
      asks += 1;
      const id = asks;
      return new Promise((resolve, reject) => {
        asked.set(id, ({ value, error }) => {
          if (error === undefined) resolve(value as never);
          else reject(new Error(error));
        });
        child.send({ id, name, args });
      });
    },
    onCreate: () => undefined,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
  child.on('message', (message: Message) => {
    if (message.event === 'create') platforms.onCreate();
    if (message.id === undefined) return;
    asked.get(message.id)?.(message);
    asked.delete(message.id);
  });
  return platforms;
}
