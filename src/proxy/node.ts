import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProxyAnswer, ProxyCall } from './exchange.ts';
import { bodyAlreadyRead, bodyTimeout, bodyTooLarge, joinBytes } from './read-body.ts';
import { ProblemError } from './problem.ts';
import type { SigningProxy } from './signing-proxy.ts';

/** A handler for `node:http`, Express and Connect; without `next`, foreign paths are answered with 404. */
export type NodeListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/** What Express and its body parsers add to a request. */
type MaybeParsed = IncomingMessage & { originalUrl?: string; body?: unknown; rawBody?: unknown };

/**
 * Wraps a proxy for Node's own server, Express and Connect. Mount it before any body parser: webhooks are verified over
 * the bytes as sent. It works at the root and under a prefix that the framework strips.
 */
export function toNodeListener(proxy: SigningProxy): NodeListener {
  return (request, response, next) => {
    const target = targetOf(request, proxy);
    if (target === undefined && next) {
      next();
      return;
    }
    const { path, search } = target ?? split(request.url ?? '/');
    proxy
      .handle(callOf(request, path, search, proxy.bodyTimeoutMs))
      .then((answer) => reply(request, response, answer))
      // `handle` never rejects; what can fail here is a socket that is gone.
      .catch(() => response.destroy());
  };
}

/** The path as the proxy knows it: Express strips the mount prefix from `url` and keeps the whole in `originalUrl`. */
function targetOf(request: MaybeParsed, proxy: SigningProxy): { path: string; search: string } | undefined {
  for (const url of [request.url, request.originalUrl]) {
    if (url === undefined) continue;
    const target = split(url);
    if (proxy.owns(target.path)) return target;
  }
  return undefined;
}

function split(url: string): { path: string; search: string } {
  // An absolute-form target (RFC 9112, 3.2.2) is what proxies send; only its path matters here.
  const relative = url.replace(/^https?:\/\/[^/?#]*/i, '');
  const mark = relative.indexOf('?');
  return mark < 0 ? { path: relative, search: '' } : { path: relative.slice(0, mark), search: relative.slice(mark) };
}

function callOf(request: MaybeParsed, path: string, search: string, timeoutMs: number): ProxyCall {
  const method = request.method ?? 'GET';
  return {
    method,
    path,
    search,
    header(name) {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: (maxBytes) => readBody(request, maxBytes, timeoutMs),
    request: () => toWebRequest(request, method),
    native: request,
  };
}

/** A web request with the headers but not the body; the host is what the client says and proves nothing. */
function toWebRequest(request: MaybeParsed, method: string): Request {
  const headers = new Headers();
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i];
    const value = request.rawHeaders[i + 1];
    // HTTP/2 lists its pseudo-headers among the others.
    if (name !== undefined && value !== undefined && !name.startsWith(':')) headers.append(name, value);
  }
  const scheme = 'encrypted' in request.socket && request.socket.encrypted ? 'https' : 'http';
  const host = request.headers.host ?? 'localhost';
  const url = request.originalUrl ?? request.url ?? '/';
  const base = URL.canParse(`${scheme}://${host}`) ? `${scheme}://${host}` : `${scheme}://localhost`;
  const href = URL.canParse(url, base) ? new URL(url, base) : new URL(base);
  return new Request(href, { method: method === 'POST' ? 'POST' : 'GET', headers });
}

/** The bytes as sent: from the socket, or from where a parser that ran first has kept them. */
async function readBody(request: MaybeParsed, maxBytes: number, timeoutMs: number): Promise<Uint8Array> {
  for (const kept of [request.rawBody, request.body]) {
    if (!(kept instanceof Uint8Array)) continue;
    if (kept.byteLength > maxBytes) throw bodyTooLarge(maxBytes);
    return kept;
  }
  if (typeof request.rawBody === 'string') {
    const bytes = new TextEncoder().encode(request.rawBody);
    if (bytes.byteLength > maxBytes) throw bodyTooLarge(maxBytes);
    return bytes;
  }
  if (request.readableEnded || request.readableDidRead) throw bodyAlreadyRead();
  if (Number(request.headers['content-length'] ?? '0') > maxBytes) throw bodyTooLarge(maxBytes);
  return readStream(request, maxBytes, timeoutMs);
}

function readStream(request: IncomingMessage, maxBytes: number, timeoutMs: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const timer = setTimeout(() => finish(bodyTimeout(timeoutMs)), timeoutMs);
    const onData = (chunk: Uint8Array): void => {
      size += chunk.byteLength;
      if (size > maxBytes) finish(bodyTooLarge(maxBytes));
      else chunks.push(chunk);
    };
    const onEnd = (): void => finish();
    const onBroken = (): void => finish(new ProblemError('malformed-body', 'The body broke off before its end.'));
    function finish(error?: Error): void {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      // A late error of a socket that nobody reads any more must not end the process.
      request.on('error', () => undefined);
      if (error) {
        request.pause();
        reject(error);
      } else {
        resolve(joinBytes(chunks, size));
      }
    }
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}

function reply(request: IncomingMessage, response: ServerResponse, answer: ProxyAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(answer.body);
  const headers: Record<string, string> = { ...answer.headers };
  if (answer.status !== 204) headers['content-length'] = String(body.byteLength);
  // A body that was not read to its end would be taken for the connection's next request.
  if (!request.complete) headers.connection = 'close';
  response.writeHead(answer.status, headers);
  response.end(body, () => {
    if (!request.complete) request.destroy();
  });
}
