import { readStrictUrl } from './strict-url.ts';
import { typedText } from './typed-text.ts';
import type { IssueCode } from './types.ts';

/** Lesspay demo, pay-in DTO: URLs have at most 255 characters. */
const MAX_LENGTH = 255;

// Names that never lead to a public host: RFC 6761, 6762, 7686, 8375, ICANN's .internal (2024), the usual private
// zones, and the public names that answer with a private address.
const PRIVATE_ZONES =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|invalid|onion|home\.arpa|in-addr\.arpa|ip6\.arpa|nip\.io|sslip\.io|xip\.io|localtest\.me|lvh\.me|vcap\.me)$/;

/** Checks a URL the upstream calls or sends the shopper to: absolute, as written, a public host name, no credentials, no fragment. */
export function checkCallbackUrl(
  value: unknown,
  { allowHttp = false }: { allowHttp?: boolean | undefined } = {},
): IssueCode | undefined {
  if (typeof value !== 'string') return 'wrong-type';
  if (value === '') return 'required';
  if (value.length > MAX_LENGTH) return 'text-too-long';
  const url = readStrictUrl(value);
  if (typeof url === 'string') return url;
  if (url.scheme !== 'https' && !(allowHttp && url.scheme === 'http')) return 'url-scheme';
  if (url.hasFragment) return 'url-fragment';
  return PRIVATE_ZONES.test(url.host) ? 'url-host' : undefined;
}

/** Trims a pasted URL; nothing inside it is repaired. */
export function normalizeCallbackUrl(text: string): string {
  return typedText(text);
}
