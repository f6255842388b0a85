import { readStrictUrl } from './strict-url.ts';
import type { IssueCode } from './types.ts';

const MAX_LENGTH = 4096;

/**
 * Checks the hosted checkout's URL before anyone is sent there: https, default port, no credentials, and a listed host.
 * `pay.example.com` in the list allows that host alone; `*.example.com` allows every host below example.com, at any
 * depth, and not example.com itself.
 */
export function checkCheckoutUrl(value: unknown, allowedHosts: readonly string[]): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > MAX_LENGTH) return 'text-too-long';
  const url = readStrictUrl(value);
  if (typeof url === 'string') return url;
  if (url.scheme.toLowerCase() !== 'https') return 'url-scheme';
  if (url.port !== undefined && url.port !== 443) return 'url-port';
  return isListed(url.host, allowedHosts) ? undefined : 'url-not-allowed';
}

function isListed(host: string, allowedHosts: unknown): boolean {
  if (!Array.isArray(allowedHosts)) return false;
  return allowedHosts.some((entry: unknown) => {
    if (typeof entry !== 'string') return false;
    const listed = entry.toLowerCase();
    return listed.startsWith('*.') ? listed.length > 2 && host.endsWith(listed.slice(1)) : host === listed;
  });
}

/** Trims a URL; nothing inside it is repaired. */
export function normalizeCheckoutUrl(text: string): string {
  return typeof text === 'string' ? text.trim() : '';
}
