import { TABLES, type RuleTables } from '../rules/rule-tables.ts';
import type { LeanxOptions, LesspayOptions, LesspayOutput, PayoutRoute, SigningProxyOptions } from './options.ts';

/** Thrown by `createSigningProxy` for an option that cannot work; the message names the option and never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Lesspay's public test host (Lesspay docs, Fetch Payin; read 2026-11-20). The production host is not published. */
const LESSPAY_SANDBOX = 'https://lesspay2-pay-uat.doopayment.com';
/** LeanX docs, Credential (read 2026-11-20). */
const LEANX_HOSTS = { sandbox: 'https://api.leanx.dev', production: 'https://api.leanx.io' };
/** Merchant ids that LeanX prints in its docs: they exist in the sandbox only (LeanX docs, Credential; read 2026-11-20). */
const LEANX_SAMPLE_MERCHANTS = /^LP-(?:44D9FDC8|0D7C06DE)-MM\|/;

/** How providers mark keys of the live environment, and how merchants name the ones that are not marked. */
const LIVE_KEY = /^(?:[a-z]{2}[_-])?(?:live|prod|production)[_-]/i;

/** Shorter secrets can be guessed from one signed notice (OWASP ASVS 5.0, 11.2.3 asks for 128 bits). */
const MIN_SECRET_LENGTH = 16;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Lesspay's part of the checked configuration. */
export interface LesspayConfig {
  appId: string;
  secrets: readonly [string, ...string[]];
  baseUrl: string;
  /** The host and port whose plain http checkout URLs are accepted, when Lesspay runs on this machine. */
  loopbackHost?: string;
  checkoutHosts: readonly string[];
  toleranceMs: number | undefined;
  output: LesspayOutput;
}

/** LeanX's part of the checked configuration. */
export interface LeanxConfig {
  authToken: string;
  hashKeys: readonly [string, ...string[]];
  baseUrl: string;
  poolReference?: string;
  signRequests: boolean;
  amountAs: 'number' | 'string';
  denialAfterMs: number;
}

/** The checked configuration, with every default filled in. */
export interface ProxyConfig {
  lesspay: LesspayConfig;
  leanx?: LeanxConfig;
  publicUrl: string;
  publicOrigin: string;
  /** The path of `publicUrl`, without a slash at its end. */
  publicPath: string;
  publicIsLoopback: boolean;
  basePath: string;
  allowedOrigins: ReadonlySet<string>;
  routes: readonly PayoutRoute[];
  /** What recipients and amounts are checked by. */
  tables: RuleTables;
  /** By whose midnight the days of `payout.limits` begin. */
  limitsTimeZone: string;
  docsUrl: string;
  upstreamTimeoutMs: number;
  hookTimeoutMs: number;
  bodyTimeoutMs: number;
  answerTimeoutMs: number;
  retentionMs: number;
  statusQueryDelayMs: number;
  /** What must never appear in a log line. */
  secrets: readonly string[];
}

/** Checks the options once, at creation, and says by name which one is wrong and what to do. */
export function readConfig(options: SigningProxyOptions): ProxyConfig {
  requireObject(options, 'options');
  const lesspay = readLesspay(options.lesspay);
  const leanx = options.leanx === undefined ? undefined : readLeanx(options.leanx);
  if (leanx) refuseMixedHosts(lesspay, leanx);
  const publicUrl = readPublicUrl(options.publicUrl);
  requireCallbacks(options);
  const publicHref = publicUrl.href.replace(/\/$/, '');
  const basePath = readBasePath(options.basePath ?? '/lesspay');
  return {
    lesspay,
    ...(leanx ? { leanx } : {}),
    publicUrl: publicHref,
    publicOrigin: publicUrl.origin,
    publicPath: publicUrl.pathname.replace(/\/$/, ''),
    publicIsLoopback: isLoopback(publicUrl),
    basePath,
    allowedOrigins: new Set((options.allowedOrigins ?? []).map(readOrigin)),
    routes: options.payout ? readRoutes(options.payout.routes) : [],
    tables: readTables(options.payout?.rules),
    limitsTimeZone: readTimeZone(options.payout?.limitsTimeZone),
    docsUrl:
      options.docsUrl === undefined
        ? `${publicHref}${basePath}/problems`
        : readUrl(options.docsUrl, 'docsUrl').href.replace(/#.*$/, ''),
    upstreamTimeoutMs: duration(options.upstreamTimeoutMs, 'upstreamTimeoutMs', 20_000),
    hookTimeoutMs: duration(options.hookTimeoutMs, 'hookTimeoutMs', 15_000),
    bodyTimeoutMs: duration(options.bodyTimeoutMs, 'bodyTimeoutMs', 10_000),
    answerTimeoutMs: duration(options.answerTimeoutMs, 'answerTimeoutMs', 60_000),
    retentionMs: duration(options.retentionMs, 'retentionMs', 400 * DAY_MS),
    statusQueryDelayMs: duration(options.payin?.statusQueryDelayMs, 'payin.statusQueryDelayMs', 10_000),
    secrets: [...lesspay.secrets, ...(leanx ? [leanx.authToken, ...leanx.hashKeys] : [])],
  };
}

function readLesspay(lesspay: LesspayOptions): LesspayConfig {
  requireObject(lesspay, 'lesspay');
  const { appSecret, environment } = lesspay;
  const apiVersion: unknown = lesspay.apiVersion;
  const secrets = readSecrets(appSecret, 'lesspay.appSecret');
  // The vendor's V1 leaves five members of a notice unsigned, the integer status among them.
  if (apiVersion !== undefined && apiVersion !== 'V2') fail('lesspay.apiVersion', "only 'V2' is supported");
  const base = readEnvironment(environment, 'lesspay.environment', { sandbox: LESSPAY_SANDBOX });
  const loopback = isLoopback(base);
  const appId = readToken(lesspay.appId, 'lesspay.appId');
  if (base.origin === LESSPAY_SANDBOX && [appId, ...secrets].some((key) => LIVE_KEY.test(key))) {
    fail('lesspay.environment', 'is the sandbox, but the keys say that they are live ones');
  }
  return {
    appId,
    secrets,
    baseUrl: base.href.replace(/\/$/, ''),
    ...(loopback ? { loopbackHost: base.host } : {}),
    checkoutHosts: readCheckoutHosts(lesspay.checkoutHosts, loopback),
    toleranceMs:
      lesspay.toleranceMs === undefined ? undefined : duration(lesspay.toleranceMs, 'lesspay.toleranceMs', 0),
    output: readOutput(lesspay.output),
  };
}

/** The output options with a closed set of values; `wayTypes` is free text that the platform assigns. */
const OUTPUT_CHOICES: Readonly<Record<string, readonly string[]>> = {
  'payin.expiredTimeAs': ['integer', 'string'],
  'payin.queryNumbersAs': ['integer', 'string'],
  'payout.destinationType': ['detail', 'root', 'both'],
  'payout.batchWayType': ['derived', 'omitted'],
  'payout.dateOfBirth': ['yyyy-mm-dd', 'dd-mm-yyyy'],
};

function readOutput(output: LesspayOutput | undefined): LesspayOutput {
  if (output === undefined) return {};
  requireObject(output, 'lesspay.output');
  for (const [group, members] of Object.entries(output) as [string, object | undefined][]) {
    for (const [member, value] of Object.entries(members ?? {}) as [string, unknown][]) {
      if (value === undefined || (group === 'payout' && member === 'wayTypes')) continue;
      readChoice(value, `lesspay.output.${group}.${member}`, OUTPUT_CHOICES[`${group}.${member}`]);
    }
  }
  const { bank, batchWallet, singleWallet } = output.payout?.wayTypes ?? {};
  for (const [name, value] of Object.entries({ bank, batchWallet, singleWallet })) {
    if (value !== undefined) readToken(value, `lesspay.output.payout.wayTypes.${name}`);
  }
  return output;
}

function readChoice(value: unknown, name: string, choices: readonly string[] | undefined): void {
  if (choices === undefined) fail(name, 'is not an option; check its spelling');
  if (!choices.some((choice) => choice === value))
    fail(name, `must be ${choices.map((one) => `'${one}'`).join(' or ')}`);
}

function readLeanx(leanx: LeanxOptions): LeanxConfig {
  requireObject(leanx, 'leanx');
  const base = readEnvironment(leanx.environment, 'leanx.environment', LEANX_HOSTS);
  const authToken = readSecret(leanx.authToken, 'leanx.authToken');
  const hashKeys = readSecrets(leanx.hashKey, 'leanx.hashKey');
  if (LEANX_SAMPLE_MERCHANTS.test(authToken) && base.href.startsWith(LEANX_HOSTS.production)) {
    fail('leanx.authToken', 'this is the public sandbox sample, but leanx.environment is production');
  }
  if (base.origin === LEANX_HOSTS.sandbox && [authToken, ...hashKeys].some((key) => LIVE_KEY.test(key))) {
    fail('leanx.environment', 'is the sandbox, but the keys say that they are live ones');
  }
  const { poolReference } = leanx;
  if (leanx.amountAs !== undefined) readChoice(leanx.amountAs, 'leanx.amountAs', ['number', 'string']);
  return {
    authToken,
    hashKeys,
    baseUrl: base.href.replace(/\/$/, ''),
    ...(poolReference === undefined ? {} : { poolReference: readToken(poolReference, 'leanx.poolReference') }),
    signRequests: leanx.signRequests ?? false,
    amountAs: leanx.amountAs ?? 'number',
    // Infinity is a wish that can be meant: no machine ever sends a second time.
    denialAfterMs:
      leanx.denialAfterMs === Infinity ? Infinity : duration(leanx.denialAfterMs, 'leanx.denialAfterMs', HOUR_MS),
  };
}

/** A shop that takes test payments must not pay out real money, nor the other way round. */
function refuseMixedHosts(lesspay: LesspayConfig, leanx: LeanxConfig): void {
  const lesspayTests = lesspay.loopbackHost !== undefined || lesspay.baseUrl === LESSPAY_SANDBOX;
  const leanxUrl = new URL(leanx.baseUrl);
  if (lesspayTests && leanxUrl.origin === LEANX_HOSTS.production) {
    fail('leanx.environment', 'production cannot be mixed with a Lesspay test host; use one environment for both');
  }
}

/** One secret, or the current one and those that it replaces. */
function readSecrets(secret: unknown, name: string): readonly [string, ...string[]] {
  const list: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  const [current, ...previous] = list.map((one, index) =>
    readSecret(one, Array.isArray(secret) ? `${name}[${index}]` : name),
  );
  if (current === undefined) fail(name, 'the list is empty; give [current, previous] or one secret');
  return [current, ...previous];
}

function readSecret(secret: unknown, name: string): string {
  if (secret === undefined || secret === null) fail(name, 'is missing; is the environment variable set?');
  if (typeof secret !== 'string') fail(name, 'must be a string');
  if (secret.trim() === '') fail(name, 'is blank');
  if (['undefined', 'null', 'NaN', '[object Object]'].includes(secret.trim())) {
    fail(name, `is the text of a missing value; the environment variable was not set when it was read`);
  }
  if (secret.trim() !== secret) fail(name, 'starts or ends with a blank or a line break; remove it');
  if (/^(["'`]).*\1$/s.test(secret)) fail(name, 'is wrapped in quotes, which became part of it; remove them');
  if (!/^[\x21-\x7e]+$/.test(secret)) fail(name, 'has blanks or characters outside ASCII inside');
  if (secret.length < MIN_SECRET_LENGTH) fail(name, `is shorter than ${MIN_SECRET_LENGTH} characters; is it complete?`);
  return secret;
}

/** An id that goes into a header or a body as it is. */
function readToken(token: unknown, name: string): string {
  if (token === undefined || token === null || token === '') fail(name, 'is missing; is the environment variable set?');
  if (typeof token !== 'string') fail(name, 'must be a string');
  if (['undefined', 'null'].includes(token.trim())) fail(name, 'is the text of a missing value');
  if (!/^[\x21-\x7e]{1,128}$/.test(token) || /^["'`]/.test(token)) {
    fail(name, 'must be 1 to 128 printable ASCII characters without blanks or quotes around');
  }
  return token;
}

function readEnvironment(environment: unknown, name: string, hosts: Readonly<Record<string, string>>): URL {
  const names = Object.keys(hosts).map((host) => `'${host}'`);
  const wanted = `must be ${[...names, '{ baseUrl }'].join(' or ')}`;
  if (typeof environment === 'string') {
    const host = Object.hasOwn(hosts, environment) ? hosts[environment] : undefined;
    if (host === undefined) fail(name, wanted);
    return new URL(host);
  }
  if (typeof environment !== 'object' || environment === null || !('baseUrl' in environment)) fail(name, wanted);
  const url = readUrl(environment.baseUrl, `${name}.baseUrl`);
  if (url.protocol !== 'https:' && !isLoopback(url)) fail(`${name}.baseUrl`, 'must be https');
  if (url.search !== '' || url.hash !== '') fail(`${name}.baseUrl`, 'must have no query and no fragment');
  return url;
}

function readCheckoutHosts(hosts: unknown, loopback: boolean): readonly string[] {
  const name = 'lesspay.checkoutHosts';
  if (hosts === undefined && loopback) return [];
  if (!Array.isArray(hosts) || (hosts.length === 0 && !loopback)) {
    fail(name, 'must list the hosts of the hosted checkout; Lesspay tells you which, they are not published');
  }
  return hosts.map((host: unknown, index) => {
    const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
    // At least two labels, also behind a wildcard: `*.com` would let everybody in. The last one is no number: no IP.
    const pattern = new RegExp(`^(?:\\*\\.)?(?:${label}\\.)+(?!\\d+$)${label}$`);
    if (typeof host !== 'string' || !pattern.test(host)) {
      fail(
        `${name}[${index}]`,
        "must be a lower-case host name such as 'pay.example.com' or '*.example.com', nothing more",
      );
    }
    return host;
  });
}

function readPublicUrl(value: unknown): URL {
  const url = readUrl(value, 'publicUrl');
  if (url.search !== '' || url.hash !== '') fail('publicUrl', 'must have no query and no fragment');
  if (url.protocol !== 'https:' && !isLoopback(url)) {
    fail('publicUrl', 'must be https; plain http is accepted for localhost only');
  }
  return url;
}

function readUrl(value: unknown, name: string): URL {
  if (typeof value !== 'string' || value === '') fail(name, 'is missing; give an absolute URL');
  if (value.trim() !== value) fail(name, 'starts or ends with a blank or a line break');
  if (/undefined|\[object|(?<![A-Za-z])(?:null|NaN)(?![A-Za-z])/.test(value)) {
    fail(name, "contains the text of a missing value ('undefined'); is the environment variable set?");
  }
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    fail(name, 'is not an absolute URL');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') fail(name, 'must be an https URL');
  // `https:shop.example` is repaired by the URL parser; written like that it is a slip.
  if (!/^https?:\/\/[^/\\]/i.test(value) || value.includes('\\')) fail(name, 'is not written as an absolute URL');
  if (url.username !== '' || url.password !== '') fail(name, 'must not contain credentials');
  return url;
}

function readBasePath(value: unknown): string {
  if (typeof value !== 'string') fail('basePath', 'must be a string');
  if (value === '' || value === '/') return '';
  if (!/^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/.test(value)) {
    fail('basePath', "must start with a slash and end without one, such as '/lesspay'");
  }
  if (value.includes('undefined')) fail('basePath', "contains the text of a missing value ('undefined')");
  return value;
}

function readOrigin(value: unknown, index: number): string {
  const name = `allowedOrigins[${index}]`;
  const url = readUrl(value, name);
  if (url.origin !== value) fail(name, "must be an origin and nothing more, such as 'https://admin.example'");
  return url.origin;
}

function readTimeZone(value: unknown): string {
  if (value === undefined) return 'UTC';
  const name = 'payout.limitsTimeZone';
  const wanted = "must be an IANA time zone such as 'Asia/Manila'";
  if (typeof value !== 'string') fail(name, wanted);
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    fail(name, wanted);
  }
}

/** The tables of `createRules`; anything else is named at once, not at the first payout. */
function readTables(rules: unknown): RuleTables {
  if (rules === undefined) return TABLES;
  const { tables } = Object(rules) as { tables?: unknown };
  const isTables = typeof tables === 'object' && tables !== null && Object.keys(TABLES).every((key) => key in tables);
  if (!isTables) fail('payout.rules', 'must be what createRules() of lesspay-elements/rules gives');
  return tables as RuleTables;
}

function readRoutes(routes: unknown): readonly PayoutRoute[] {
  if (!Array.isArray(routes)) fail('payout.routes', 'must be a list; without Lesspay payouts an empty one');
  return routes.map((route: unknown, index) => {
    const name = `payout.routes[${index}]`;
    requireObject(route, name);
    const { currency, method, provider, wayType, wayCode, endpoint } = route as Record<string, unknown>;
    if (typeof currency !== 'string' || !/^[A-Z]{3,5}$/.test(currency))
      fail(`${name}.currency`, 'must be an ISO 4217 code');
    if (method !== 'bank' && method !== 'ewallet') fail(`${name}.method`, "must be 'bank' or 'ewallet'");
    if (provider !== undefined && typeof provider !== 'string') fail(`${name}.provider`, 'must be a string');
    if (endpoint !== undefined && endpoint !== 'batch' && endpoint !== 'single') {
      fail(`${name}.endpoint`, "must be 'batch' or 'single'");
    }
    return {
      currency,
      method,
      provider,
      wayType: wayType === undefined ? undefined : readToken(wayType, `${name}.wayType`),
      wayCode: readToken(wayCode, `${name}.wayCode`),
      endpoint,
    };
  });
}

function requireCallbacks({ payin, payout, onPayin, onPayout }: SigningProxyOptions): void {
  if (payin !== undefined && typeof payin.resolveOrder !== 'function') fail('payin.resolveOrder', 'must be a function');
  if (payout !== undefined && typeof payout.authorize !== 'function') {
    fail('payout.authorize', 'must be a function; payouts stay closed without it');
  }
  if (payout?.limits !== undefined && typeof payout.limits !== 'function') fail('payout.limits', 'must be a function');
  if (onPayin !== undefined && typeof onPayin !== 'function') fail('onPayin', 'must be a function');
  if (onPayout !== undefined && typeof onPayout !== 'function') fail('onPayout', 'must be a function');
}

function requireObject(value: unknown, name: string): void {
  if (typeof value !== 'object' || value === null) fail(name, 'is missing');
}

function duration(value: unknown, name: string, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) fail(name, 'must be a number of milliseconds');
  return value;
}

/** Whether a URL points at this very machine. */
export function isLoopback(url: URL): boolean {
  return isLoopbackHost(url.hostname);
}

/** Whether a host name, without its port, is this very machine (RFC 6761, 6.3 for `localhost`). */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

function fail(name: string, what: string): never {
  throw new ConfigError(`${name}: ${what}.`);
}
