import { ConfigError } from '../config.ts';
import type { LimiterContext, LimiterOptions, RateLimit } from '../options.ts';
import { ROUTE_NAMES, type RouteName } from '../routes.ts';
import { parseNetwork, type TrustedProxies } from './remote-address.ts';

/** The checked limiter options. */
export interface LimiterConfig {
  /** Routes that are not in it are not limited. */
  routes: ReadonlyMap<RouteName, RateLimit>;
  actor: ((context: LimiterContext) => ReturnType<NonNullable<LimiterOptions['actor']>>) | undefined;
  trustedProxies: TrustedProxies;
  onStoreFailure: 'allow' | 'refuse';
}

/**
 * Generous for people, also behind the one address of an office or a mobile network, and tight for scripts. A status page
 * asks every two seconds at most; an account check tells a stranger's name.
 */
const DEFAULTS: readonly [RouteName, RateLimit][] = [
  ['create-payin', { burst: 30, perMinute: 60 }],
  ['read-payin', { burst: 120, perMinute: 600 }],
  // A batch over a channel that takes one payout per request is hundreds of them.
  ['create-payouts', { burst: 600, perMinute: 600 }],
  ['read-payouts', { burst: 600, perMinute: 1200 }],
  ['list-banks', { burst: 60, perMinute: 120 }],
  ['list-leanx-banks', { burst: 60, perMinute: 120 }],
  ['check-account', { burst: 20, perMinute: 30 }],
];

/** The limits of the routes that have any when `limiter` is `{}`. */
export const DEFAULT_LIMITS: Readonly<Partial<Record<RouteName, RateLimit>>> = Object.fromEntries(DEFAULTS);

const OPTIONS: ReadonlySet<string> = new Set(['routes', 'actor', 'trustedProxies', 'onStoreFailure']);

/** Checks `limiter`; throws a `ConfigError` that names the option. */
export function readLimiter(options: unknown): LimiterConfig | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || options === null) fail('limiter', 'must be an object; {} for the default limits');
  const limiter = options as LimiterOptions;
  const unknown = Object.keys(limiter).find((name) => !OPTIONS.has(name));
  if (unknown !== undefined) fail(`limiter.${unknown}`, 'is not an option; check its spelling');
  if (limiter.actor !== undefined && typeof limiter.actor !== 'function') fail('limiter.actor', 'must be a function');
  const onStoreFailure: unknown = limiter.onStoreFailure ?? 'allow';
  if (onStoreFailure !== 'allow' && onStoreFailure !== 'refuse') {
    fail('limiter.onStoreFailure', "must be 'allow' or 'refuse'");
  }
  return {
    routes: readRoutes(limiter.routes ?? {}),
    actor: limiter.actor && ((context) => limiter.actor?.(context)),
    trustedProxies: readTrusted(limiter.trustedProxies ?? 0),
    onStoreFailure,
  };
}

function readRoutes(routes: unknown): Map<RouteName, RateLimit> {
  if (typeof routes !== 'object' || routes === null) fail('limiter.routes', 'must be an object of limits by route');
  const limits = new Map<RouteName, RateLimit>(DEFAULTS);
  for (const [name, limit] of Object.entries(routes) as [string, unknown][]) {
    const option = `limiter.routes['${name}']`;
    if (!isRoute(name)) fail(option, `is not a route; they are ${ROUTE_NAMES.join(', ')}`);
    if (limit === undefined) continue;
    if (limit === false) {
      limits.delete(name);
      continue;
    }
    const { burst, perMinute } = Object(limit) as Partial<Record<string, unknown>>;
    limits.set(name, {
      burst: readRate(burst, `${option}.burst`, 1),
      perMinute: readRate(perMinute, `${option}.perMinute`, 0.1),
    });
  }
  return limits;
}

function isRoute(name: string): name is RouteName {
  return ROUTE_NAMES.some((route) => route === name);
}

function readRate(value: unknown, option: string, least: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= 1_000_000)) {
    fail(option, `must be a number from ${least} to 1000000`);
  }
  return value;
}

function readTrusted(trusted: unknown): TrustedProxies {
  const option = 'limiter.trustedProxies';
  if (typeof trusted === 'number' && Number.isInteger(trusted) && trusted >= 0 && trusted <= 10) return trusted;
  if (!Array.isArray(trusted))
    fail(
      option,
      "must be how many proxies stand before this server, or a list of their addresses or networks such as '10.0.0.0/8'",
    );
  return trusted.map((entry: unknown, index) => {
    const network = typeof entry === 'string' ? parseNetwork(entry) : undefined;
    return network ?? fail(`${option}[${index}]`, "must be an IP address or a network such as '10.0.0.0/8'");
  });
}

function fail(name: string, what: string): never {
  throw new ConfigError(`${name}: ${what}.`);
}
