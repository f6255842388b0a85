import type { IssueCode } from './types.ts';

/** The parts of a URL that is written the way every parser reads it. */
export interface StrictUrl {
  /** As written. */
  scheme: string;
  /** Lower case. */
  host: string;
  port: number | undefined;
  hasFragment: boolean;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads an absolute http(s) URL by RFC 3986 and refuses whatever the WHATWG parser would repair: backslashes, missing
 * slashes, white space, unescaped or non-ASCII characters, dot segments, numeric hosts, empty or padded ports. Two
 * programs that read such text differently are how a URL passes a check and leads elsewhere.
 */
export function readStrictUrl(value: string): StrictUrl | IssueCode {
  const [, scheme] = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(value) ?? [];
  if (scheme === undefined) return 'url-format';
  if (!/^https?$/i.test(scheme)) return 'url-scheme';
  const [, authority = '', path = '', query = '', fragment] =
    /^[A-Za-z]+:\/\/([^/?#]+)(\/[^?#]*)?(\?[^#]*)?(#.*)?$/.exec(value) ?? [];
  if (authority === '') return 'url-format';
  if (authority.includes('@')) return 'url-credentials';
  const rest = path + query + (fragment ?? '').slice(1);
  if (!/^(?:[A-Za-z0-9\-._~:/?@!$&()*+,;=']|%[0-9A-Fa-f]{2})*$/.test(rest) || query.includes("'")) return 'url-format';
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return 'url-format';
  const [, hostAsWritten = '', portAsWritten] = /^([^:]*)(?::(.*))?$/.exec(authority) ?? [];
  const host = hostAsWritten.toLowerCase();
  if (!isHostName(host)) return 'url-host';
  if (portAsWritten !== undefined && !/^[1-9][0-9]{0,4}$/.test(portAsWritten)) return 'url-port';
  const port = portAsWritten === undefined ? undefined : Number(portAsWritten);
  if (port !== undefined && port > 65535) return 'url-port';
  return { scheme, host, port, hasFragment: fragment !== undefined };
}

/** A name of two or more labels whose last one cannot be read as a number, as the WHATWG IPv4 parser would. */
function isHostName(host: string): boolean {
  if (host.length > 253) return false;
  const labels = host.split('.');
  const top = labels.at(-1) ?? '';
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && /^[a-z][a-z0-9-]+$/.test(top);
}
