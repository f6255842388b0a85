/** An IP address as bytes: four of IPv4, sixteen of IPv6. */
export type AddressBytes = readonly number[];

/** A network, as `10.0.0.0/8` says it. */
export interface Network {
  bytes: AddressBytes;
  prefixLength: number;
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Reads an IP address as sockets and `X-Forwarded-For` write it: with a port, brackets or a zone, or mapped into IPv6. */
export function parseAddress(text: string): AddressBytes | undefined {
  const bracketed = /^\[([^\]]{1,60})\](?::\d{1,5})?$/.exec(text)?.[1];
  const plain = bracketed ?? /^([\d.]{7,15}):\d{1,5}$/.exec(text)?.[1] ?? text;
  if (plain.length > 60) return undefined;
  if (!plain.includes(':')) return parseV4(plain);
  const bytes = parseV6(plain.replace(/%.*$/, ''));
  return bytes && MAPPED.every((byte, index) => bytes[index] === byte) ? bytes.slice(12) : bytes;
}

function parseV4(text: string): number[] | undefined {
  const parts = text.split('.');
  // Leading zeros are octal to some and decimal to others.
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.map(Number);
}

function parseV6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 16 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (index === groups.length - 1 && group.includes('.')) {
      const v4 = parseV4(group);
      if (!v4) return undefined;
      bytes.push(...v4);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
      const value = parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

/** Reads a network or a single address; `undefined` when it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const bytes = parseAddress(address);
  if (!bytes || rest.length > 0) return undefined;
  if (length === undefined) return { bytes, prefixLength: bytes.length * 8 };
  if (!/^\d{1,3}$/.test(length) || Number(length) > bytes.length * 8) return undefined;
  return { bytes, prefixLength: Number(length) };
}

/** Whether an address lies in a network. */
export function isInNetwork(address: AddressBytes, { bytes, prefixLength }: Network): boolean {
  if (address.length !== bytes.length) return false;
  return bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefixLength - index * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((address[index] ?? 0) & mask);
  });
}

/** Networks that are not on the internet (RFC 1918, RFC 4193, RFC 6598, loopback and link-local). */
const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1',
  'fc00::/7',
  'fe80::/10',
]
  .map(parseNetwork)
  .filter((network) => network !== undefined);

/** Whether an address is of a machine or a network of one's own. */
export function isPrivate(address: AddressBytes): boolean {
  return PRIVATE.some((network) => isInNetwork(address, network));
}

/** Which of the machines that a request came through are one's own: how many, or which networks they are in. */
export type TrustedProxies = number | readonly Network[];

/**
 * The address that a request came from. `X-Forwarded-For` is read from its end, where the nearest proxy writes, and only as
 * far as the proxies are one's own: what stands further left anybody can make up.
 */
export function clientAddress(
  socket: string | undefined,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): AddressBytes | undefined {
  const forwarded = (forwardedFor ?? '').split(',', 101).map((entry) => entry.trim());
  const chain = [socket ?? '', ...forwarded.filter((entry) => entry !== '').reverse()].map(parseAddress);
  const isTrusted = (index: number): boolean => {
    if (typeof trusted === 'number') return index < trusted;
    const address = chain[index];
    return address !== undefined && trusted.some((network) => isInNetwork(address, network));
  };
  let at = 0;
  while (at < chain.length - 1 && isTrusted(at)) at += 1;
  // An entry that is no address was not written by a proxy of ours: the nearest that is one stands for it.
  while (at > 0 && chain[at] === undefined) at -= 1;
  return chain[at];
}

/** What counts as one client: an IPv4 address, or the /64 that an IPv6 subscriber has to himself. */
export function clientKey(address: AddressBytes): string {
  if (address.length === 4) return address.join('.');
  return address
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** The socket's address as servers hand it to a `fetch` handler: ours, Deno's (`remoteAddr`) or Bun's (`requestIP`). */
export function remoteAddressOf(request: Request, connection: object | undefined): string | undefined {
  const { remoteAddress, remoteAddr, requestIP } = (connection ?? {}) as {
    remoteAddress?: unknown;
    remoteAddr?: { hostname?: unknown };
    requestIP?: (request: Request) => { address?: unknown } | null;
  };
  const found =
    remoteAddress ??
    remoteAddr?.hostname ??
    (typeof requestIP === 'function' ? requestIP.call(connection, request)?.address : undefined);
  return typeof found === 'string' ? found : undefined;
}
