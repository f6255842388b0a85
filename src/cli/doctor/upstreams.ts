import { randomBytes } from 'node:crypto';
import {
  createLeanxClient,
  createLesspayClient,
  createSend,
  type Send,
  type SigningProxyOptions,
  UpstreamError,
} from '../../proxy/index.ts';
import type { LeanxConfig, LesspayConfig } from '../../proxy/config.ts';
import { connectionFault } from './connection.ts';
import { type Finding, findingsOf } from './finding.ts';

/** What the doctor needs to call an upstream as the proxy would. */
export interface UpstreamSettings {
  options: SigningProxyOptions;
  now: () => number;
  timeoutMs: number;
}

/** A transport that remembers what the clients do not tell: the server's clock and what broke a connection. */
interface Probe {
  send: Send;
  /** How far our clock is ahead of the server's, as far as its answers tell. */
  skewMs?: number;
  error?: unknown;
}

/** The clock of an answer has whole seconds (RFC 9110, 5.6.7): on average it is half a second later than it says. */
const HALF_A_SECOND = 500;
/** An answer that took longer does not tell the time. */
const SLOW_MS = 10_000;

function createProbe({ options, now, timeoutMs }: UpstreamSettings): Probe {
  const fetcher = options.fetch ?? globalThis.fetch;
  const probe: Probe = {
    send: createSend({
      timeoutMs,
      fetch: async (input, init) => {
        const from = now();
        try {
          const response = await fetcher(input, init);
          const until = now();
          const theirs = Date.parse(response.headers.get('date') ?? '');
          if (Number.isFinite(theirs) && until - from < SLOW_MS) {
            probe.skewMs = (from + until) / 2 - (theirs + HALF_A_SECOND);
          }
          return response;
        } catch (error) {
          probe.error = error;
          throw error;
        }
      },
    }),
  };
  return probe;
}

/** What an upstream's examination has found, and how far its clock is from ours. */
export interface UpstreamReport {
  findings: Finding[];
  skewMs?: number | undefined;
}

/** Asks Lesspay for an order that nobody has made: reaches the host, and proves the app id and the secret. */
export function checkLesspay(lesspay: LesspayConfig, settings: UpstreamSettings): Promise<UpstreamReport> {
  const { options, now } = settings;
  const { appId, secrets, baseUrl, output } = lesspay;
  const upstream: Upstream = {
    check: 'lesspay',
    name: 'Lesspay',
    host: new URL(baseUrl).host,
    takes: 'the app id and the secret',
    refused: 'the app id or the secret',
    remedy:
      'Check that lesspay.appId and lesspay.appSecret belong together and to this host: test and live keys differ.',
  };
  return examine(upstream, settings, async (send) => {
    const client = createLesspayClient({ ...output, appId, appSecret: secrets, baseUrl, send, now });
    const requestId = `doctor${randomBytes(6).toString('hex')}`;
    if (options.payin) await client.queryPayin({ requestId, from: new Date(now()) });
    else await client.queryPayout({ requestId });
  });
}

/** Asks LeanX whose token it is. */
export async function checkLeanx(leanx: LeanxConfig, settings: UpstreamSettings): Promise<UpstreamReport> {
  const { authToken, hashKeys, baseUrl, signRequests, poolReference } = leanx;
  const upstream: Upstream = {
    check: 'leanx',
    name: 'LeanX',
    host: new URL(baseUrl).host,
    takes: 'the auth token',
    refused: 'the auth token',
    remedy:
      'Copy it again from the API page of the portal of this very host: sandbox and production have different ones.',
  };
  const report = await examine(upstream, settings, async (send) => {
    const { now } = settings;
    await createLeanxClient({ authToken, hashKey: hashKeys[0], baseUrl, signRequests, send, now }).validateToken();
  });
  const isWell = report.findings.every(({ status }) => status === 'ok');
  if (isWell && poolReference === undefined && settings.options.payout) {
    report.findings.push(
      findingsOf('leanx').warning(
        'leanx.poolReference is not set: there are bank lists, but no Malaysian payouts.',
        'Copy it from the Pool Fund page of the portal (VA-…-PAYOUT).',
      ),
    );
  }
  return report;
}

/** What the findings about one upstream call it and its credentials. */
interface Upstream {
  check: 'lesspay' | 'leanx';
  name: string;
  host: string;
  takes: string;
  refused: string;
  remedy: string;
}

async function examine(
  upstream: Upstream,
  settings: UpstreamSettings,
  ask: (send: Send) => Promise<void>,
): Promise<UpstreamReport> {
  const { check, name, host, takes } = upstream;
  const { ok, warning } = findingsOf(check);
  const probe = createProbe(settings);
  let finding: Finding;
  try {
    await ask(probe.send);
    finding = ok(`${host} answers and takes ${takes}.`);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    finding =
      faultOf(upstream, error, probe) ??
      warning(`${host} answered unexpectedly: ${error.message}`, `Ask ${name} what it means.`);
  }
  return { findings: [finding], skewMs: probe.skewMs };
}

function faultOf(
  { check, host, refused, remedy: credentialRemedy }: Upstream,
  error: UpstreamError,
  probe: Probe,
): Finding | undefined {
  const { problem } = findingsOf(check);
  const url = `Check ${check}.environment: the address is wrong, or something else answers for it.`;
  switch (error.kind) {
    case 'network': {
      const { says, remedy } = connectionFault(probe.error, host);
      return problem(says, remedy);
    }
    case 'timeout':
      return problem(
        `${host} does not answer in time.`,
        'Look at the firewall and at the outgoing proxy, or try again.',
      );
    case 'redirect':
      return problem(`${host} sends elsewhere, which is never followed.`, url);
    case 'too-large':
    case 'not-json':
      return problem(`${host} answers with something that is no API (HTTP ${error.httpStatus ?? '?'}).`, url);
    case 'http':
    case 'shape':
    case 'refused': {
      const { httpStatus, upstreamCode } = error;
      const code = upstreamCode === undefined ? '' : `, code ${upstreamCode}`;
      if (httpStatus === 401 || httpStatus === 403 || upstreamCode === '5699') {
        const isOff = Math.abs(probe.skewMs ?? 0) > 60_000;
        return problem(
          `${host} does not take ${refused} (HTTP ${httpStatus}${code}).`,
          isOff ? `Set the clock right first, then see. ${credentialRemedy}` : credentialRemedy,
        );
      }
      if (httpStatus === 404 || httpStatus === 405)
        return problem(`${host} has no such API (HTTP ${httpStatus}).`, url);
      return undefined;
    }
  }
}

/** Compares our clock with the upstreams'; notices and requests are refused when they are too far apart. */
export function checkClock(reports: readonly (UpstreamReport & { name: string })[]): Finding[] {
  const { ok, problem, warning, skipped } = findingsOf('clock');
  const told = reports.find(({ skewMs }) => skewMs !== undefined);
  if (told?.skewMs === undefined) return [skipped('No upstream has told the time.')];
  const { skewMs, name } = told;
  const apart = `This machine's clock is ${durationOf(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead of' : 'behind'} that of ${name}.`;
  const remedy =
    'Let the system keep the time by NTP (timedatectl set-ntp true); in a container it is the clock of its host.';
  if (Math.abs(skewMs) >= 60_000) {
    return [problem(apart, `${remedy} Requests and notices are refused when their time is too far off.`)];
  }
  if (Math.abs(skewMs) >= 5_000) return [warning(apart, remedy)];
  return [ok(`As that of ${name}, to a second or so.`)];
}

function durationOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
