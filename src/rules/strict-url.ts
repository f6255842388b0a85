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

const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]+)(\/[^?#]*)?(\?[^#]*)?(#.*)?$)?/;
/** Two or more labels, of which the last cannot be read as a number, as the WHATWG IPv4 parser would. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * Reads an absolute http(s) URL by RFC 3986 and refuses whatever the WHATWG parser would repair: backslashes, missing
 * slashes, white space, unescaped or non-ASCII characters, dot segments, numeric hosts, empty or padded ports. Two
 * programs that read such text differently are how a URL passes a check and leads elsewhere.
 */
export function readStrictUrl(value: string): StrictUrl | IssueCode {
  const [, scheme, authority = '', path = '', query = '', fragment] = PARTS.exec(value) ?? [];
  if (scheme === undefined) return 'url-format';
  if (!/^https?$/i.test(scheme)) return 'url-scheme';
  if (authority === '') return 'url-format';
  if (authority.includes('@')) return 'url-credentials';
  const rest = path + query + (fragment ?? '').slice(1);
  if (!/^(?:[A-Za-z0-9\-._~:/?@!$&()*+,;=']|%[0-9A-Fa-f]{2})*$/.test(rest) || query.includes("'")) return 'url-format';
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return 'url-format';
  const colon = authority.indexOf(':');
  const host = (colon < 0 ? authority : authority.slice(0, colon)).toLowerCase();
  if (host.length > 253 || !HOST.test(host)) return 'url-host';
  const portAsWritten = colon < 0 ? undefined : authority.slice(colon + 1);
  if (portAsWritten !== undefined && !/^[1-9][0-9]{0,4}$/.test(portAsWritten)) return 'url-port';
  const port = portAsWritten === undefined ? undefined : Number(portAsWritten);
  if (port !== undefined && port > 65535) return 'url-port';
  return { scheme, host, port, hasFragment: fragment !== undefined };
}
