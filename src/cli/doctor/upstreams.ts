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
import { type Check, type Finding, findingsOf } from './finding.ts';

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
export async function checkLesspay(lesspay: LesspayConfig, settings: UpstreamSettings): Promise<UpstreamReport> {
  const { ok, warning } = findingsOf('lesspay');
  const probe = createProbe(settings);
  const { options, now } = settings;
  const { appId, secrets, baseUrl, output } = lesspay;
  const client = createLesspayClient({ ...output, appId, appSecret: secrets, baseUrl, send: probe.send, now });
  const requestId = `doctor${randomBytes(6).toString('hex')}`;
  const host = new URL(baseUrl).host;
  try {
    if (options.payin) await client.queryPayin({ requestId, from: new Date(now()) });
    else await client.queryPayout({ requestId });
    return { findings: [ok(`${host} answers and takes the app id and the secret.`)], skewMs: probe.skewMs };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const finding = faultOf('lesspay', error, probe, {
      host,
      urlOption: 'lesspay.environment',
      refused: [
        `${host} does not take the app id or the secret`,
        'Check that lesspay.appId and lesspay.appSecret belong together and to this host: test and live keys differ.',
      ],
    });
    const known = finding ?? warning(`${host} answered unexpectedly: ${error.message}`, 'Ask Lesspay what it means.');
    return { findings: [known], skewMs: probe.skewMs };
  }
}

/** Asks LeanX whose token it is. */
export async function checkLeanx(leanx: LeanxConfig, settings: UpstreamSettings): Promise<UpstreamReport> {
  const { ok, warning } = findingsOf('leanx');
  const probe = createProbe(settings);
  const { authToken, hashKeys, baseUrl, signRequests } = leanx;
  const client = createLeanxClient({
    authToken,
    hashKey: hashKeys[0],
    baseUrl,
    signRequests,
    send: probe.send,
    now: settings.now,
  });
  const host = new URL(baseUrl).host;
  try {
    await client.validateToken();
    const findings = [ok(`${host} answers and takes the auth token.`)];
    if (leanx.poolReference === undefined && settings.options.payout) {
      findings.push(
        warning(
          'leanx.poolReference is not set: there are bank lists, but no Malaysian payouts.',
          'Copy it from the Pool Fund page of the portal (VA-…-PAYOUT).',
        ),
      );
    }
    return { findings, skewMs: probe.skewMs };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const finding = faultOf('leanx', error, probe, {
      host,
      urlOption: 'leanx.environment',
      refused: [
        `${host} does not take the auth token`,
        'Copy it again from the API page of the portal of this very host: sandbox and production have different ones.',
      ],
    });
    const known = finding ?? warning(`${host} answered unexpectedly: ${error.message}`, 'Ask LeanX what it means.');
    return { findings: [known], skewMs: probe.skewMs };
  }
}

function faultOf(
  check: Check,
  error: UpstreamError,
  probe: Probe,
  { host, urlOption, refused }: { host: string; urlOption: string; refused: [says: string, remedy: string] },
): Finding | undefined {
  const { problem } = findingsOf(check);
  const url = `Check ${urlOption}: the address is wrong, or something else answers for it.`;
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
        const [says, remedy] = refused;
        return problem(
          `${says} (HTTP ${httpStatus}${code}).`,
          isOff ? `Set the clock right first, then see. ${remedy}` : remedy,
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
