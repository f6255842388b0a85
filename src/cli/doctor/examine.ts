import { ConfigError, createSigningProxy, type SigningProxyOptions } from '../../proxy/index.ts';
import { type ProxyConfig, readConfig } from '../../proxy/config.ts';
import { checkCheckoutHosts } from './checkout-hosts.ts';
import { type Finding, findingsOf } from './finding.ts';
import { checkMountedProxy } from './mounted-proxy.ts';
import { checkSecrets } from './secret-shape.ts';
import { messageOf, type Setup } from './setup.ts';
import { checkStore } from './store-round-trip.ts';
import { checkClock, checkLeanx, checkLesspay } from './upstreams.ts';

/** What to examine besides the setup. */
export interface Examination {
  /** Where the proxy is reached from here, with its base path; by default what the upstream is told. */
  url?: URL | undefined;
  /** Longest wait for any answer. */
  timeoutMs: number;
}

/** Examines a setup, from its configuration to the running server, and reports in the order of the checks. */
export async function examine(setup: Setup, examination: Examination): Promise<Finding[]> {
  const { options, failure } = setup;
  const { problem, skipped } = findingsOf('configuration');
  if (options === undefined) {
    return [
      problem(
        `${setup.source} cannot be loaded: ${failure ?? 'it says nothing'}`,
        'Mend that first; nothing else could be examined.',
      ),
    ];
  }
  const secrets = checkSecrets(options);
  const hasBadSecret = secrets.some(({ status }) => status === 'problem');
  const [configuration, config] = checkConfiguration(options, hasBadSecret);
  const store = setup.isWhole
    ? await checkStore(options.store, examination.timeoutMs)
    : [findingsOf('store').skipped('The environment does not say which; give --config.')];
  const first = [configuration, ...secrets, ...store, checkLimiter(setup)];
  if (!config)
    return [...first, skipped('Upstreams and the running server were not asked: the configuration comes first.')];
  return [
    ...first,
    ...(await checkUpstreams(config, options, examination)),
    ...(await checkCheckoutHosts(config)),
    ...(await checkMount(setup, config, examination)),
  ];
}

function checkConfiguration(options: SigningProxyOptions, hasBadSecret: boolean): [Finding, ProxyConfig | undefined] {
  const { ok, problem } = findingsOf('configuration');
  try {
    const config = readConfig(options);
    createSigningProxy({ ...options, logger: SILENT, observe: undefined });
    return [ok('createSigningProxy takes every option.'), config];
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof TypeError)) throw error;
    const remedy = hasBadSecret ? 'It is one of the secrets below.' : 'The option is named at the start.';
    return [problem(`The proxy would not start. ${messageOf(error)}`, remedy), undefined];
  }
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

function checkLimiter({ options, isWhole }: Setup): Finding {
  const { ok, skipped } = findingsOf('limiter');
  if (!isWhole) return skipped('The environment does not say; give --config.');
  return options?.limiter === undefined
    ? skipped('It is off; limiter: {} switches the default limits on.')
    : ok('It is on.');
}

async function checkUpstreams(
  config: ProxyConfig,
  options: SigningProxyOptions,
  { timeoutMs }: Examination,
): Promise<Finding[]> {
  const settings = { options, now: options.now ?? Date.now, timeoutMs };
  const { lesspay, leanx } = config;
  const [ofLesspay, ofLeanx] = await Promise.all([
    checkLesspay(lesspay, settings),
    leanx && checkLeanx(leanx, settings),
  ]);
  const reports = [{ name: 'Lesspay', ...ofLesspay }, ...(ofLeanx ? [{ name: 'LeanX', ...ofLeanx }] : [])];
  return [...reports.flatMap(({ findings }) => findings), ...checkClock(reports)];
}

async function checkMount(setup: Setup, config: ProxyConfig, { url, timeoutMs }: Examination): Promise<Finding[]> {
  const { options } = setup;
  const { warning, skipped } = findingsOf('webhooks');
  const given = url?.href.replace(/\/$/, '');
  const payins = options?.payin ? (['payin'] as const) : [];
  const payouts = options?.payout || !setup.isWhole ? (['payout'] as const) : [];
  const kinds = [...payins, ...payouts];
  if (kinds.length === 0) return [skipped('Neither payin nor payout is configured, so there are none.')];
  const findings = await checkMountedProxy({
    config,
    url: given ?? config.publicUrl + config.basePath,
    kinds,
    isSure: setup.isWhole,
    now: options?.now ?? Date.now,
    timeoutMs,
  });
  const isPublic = !config.publicIsLoopback || config.lesspay.loopbackHost !== undefined;
  if (isPublic) return findings;
  return [
    ...findings,
    warning(
      'publicUrl is on this machine: no webhook of the platform can reach it.',
      'Give the https address of the server, or of a tunnel to it.',
    ),
  ];
}
