import type { ProxyConfig } from '../config.ts';
import { isLoopbackHost } from '../config.ts';
import type { ProxyCall } from './exchange.ts';
import { ProblemError } from './problem.ts';

/**
 * Refuses a state-changing request that another site may have caused. `Sec-Fetch-Site` is set by the browser alone and
 * decides; an older browser's `Origin` must be ours to the letter; with neither, nobody vouches for the request
 * (OWASP, Cross-Site Request Forgery Prevention: the fallback is mandatory).
 */
export function requireSameOrigin(call: ProxyCall, config: ProxyConfig): void {
  const site = call.header('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = call.header('origin');
  if (origin !== undefined && config.allowedOrigins.has(origin)) return;
  if (site === undefined && origin !== undefined && isOurs(origin, call, config)) return;
  throw new ProblemError(
    'forbidden-origin',
    origin === undefined && site === undefined
      ? 'The request has neither Sec-Fetch-Site nor Origin, so it cannot be told from a forged one. Send it from a page of the shop.'
      : 'The request comes from another origin. List the page’s origin in allowedOrigins if it is yours.',
  );
}

function isOurs(origin: string, call: ProxyCall, config: ProxyConfig): boolean {
  if (origin === config.publicOrigin) return true;
  if (!config.publicIsLoopback) return false;
  // While developing, the page may be opened as 127.0.0.1 or on another port than publicUrl says: still this machine, and
  // the very host that the request was sent to.
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === origin && isLoopbackHost(url.hostname) && url.host === call.header('host');
}

/** CORS headers for a browser route: only for an origin on the list, never reflected, always `Vary`. */
export function corsHeaders(call: ProxyCall, config: ProxyConfig): Record<string, string> {
  if (config.allowedOrigins.size === 0) return {};
  const origin = call.header('origin');
  if (origin === undefined || !config.allowedOrigins.has(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
  };
}
