import type { IncomingMessage } from 'node:http';
import type { ProxyAnswer, ProxyCall } from './exchange.ts';
import { ProblemError } from './problem.ts';
import {
  bodyAlreadyRead,
  type BodyConsumer,
  bodyTimeout,
  bodyTooLarge,
  DRAIN_BYTES,
  DRAIN_MS,
  joinBytes,
} from './read-body.ts';

/** What frameworks and their body parsers add to a request of Node's. */
export type ParsedRequest = IncomingMessage & { originalUrl?: string; body?: unknown; rawBody?: unknown };

/** A request's path and query, as the proxy knows them. */
export interface Target {
  path: string;
  search: string;
}

/** The path and query of a request's URL. */
export function splitUrl(url: string): Target {
  // An absolute-form target (RFC 9112, 3.2.2) is what proxies send; only its path matters here.
  const relative = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '');
  const mark = relative.indexOf('?');
  return mark < 0 ? { path: relative, search: '' } : { path: relative.slice(0, mark), search: relative.slice(mark) };
}

/** Where a call's parts come from. */
export interface NodeCallSource {
  request: ParsedRequest;
  target: Target;
  /** Longest time to read the body. */
  timeoutMs: number;
  /** What the merchant's callbacks get as `native`; the request itself by default. */
  native?: unknown;
  /** Where the body comes from, when a hook has put another stream in the request's place. */
  stream?: IncomingMessage;
  /** Whose hooks can have read the body; guessed from what they leave on the request by default. */
  consumer?: BodyConsumer;
}

/** A request of Node's server as the proxy's core wants it. */
export class NodeCall implements ProxyCall {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly native: unknown;
  readonly #source: NodeCallSource;

  constructor(source: NodeCallSource) {
    this.#source = source;
    this.method = source.request.method ?? 'GET';
    this.path = source.target.path;
    this.search = source.target.search;
    this.native = source.native ?? source.request;
  }

  header(name: string): string | undefined {
    const value = this.#source.request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  get remoteAddress(): string | undefined {
    return this.#source.request.socket.remoteAddress;
  }

  requireUnread(): void {
    const { request, stream = request, consumer } = this.#source;
    if (keptBytes(request) !== undefined) return;
    if (stream.readableEnded || stream.readableDidRead) throw bodyAlreadyRead(consumer ?? consumerOf(request));
  }

  body(maxBytes: number): Promise<Uint8Array> | Uint8Array {
    const { request, stream = request, timeoutMs } = this.#source;
    const kept = keptBytes(request);
    if (kept !== undefined) {
      if (kept.byteLength > maxBytes) throw bodyTooLarge(maxBytes);
      return kept;
    }
    this.requireUnread();
    if (Number(request.headers['content-length'] ?? '0') > maxBytes) throw bodyTooLarge(maxBytes);
    return readWhole(stream, maxBytes) ?? readStream(stream, maxBytes, timeoutMs);
  }

  /**
   * Takes in what is still coming of a body that was refused, within bounds, and says whether the connection has to end with this
   * answer. Closed over unread bytes it is reset, and the answer lost (RFC 9112, 9.6); read to its end it serves the next request.
   */
  async mustClose(answer: ProxyAnswer): Promise<boolean> {
    const { request, stream = request } = this.#source;
    // HTTP/2 has streams for that, and refuses the header.
    if (request.httpVersionMajor >= 2) return false;
    // Who was too slow already would only be slow again.
    if (!request.complete && answer.status !== 408) await drain(stream);
    return !request.complete || answer.isLast === true;
  }

  /** A web request with the headers but not the body; the host is what the client says and proves nothing. */
  request(): Request {
    const { request } = this.#source;
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
    return new Request(href, { method: this.method === 'POST' ? 'POST' : 'GET', headers });
  }
}

/** The bytes as sent, where a parser that ran first has kept them. */
function keptBytes({ rawBody, body }: ParsedRequest): Uint8Array | undefined {
  if (rawBody instanceof Uint8Array) return rawBody;
  if (typeof rawBody === 'string') return new TextEncoder().encode(rawBody);
  return body instanceof Uint8Array ? body : undefined;
}

/** Which framework's parser it was, by what the framework leaves on its requests. */
function consumerOf(request: ParsedRequest): BodyConsumer {
  // Next's API routes (next/dist/server/api-utils/node/api-resolver.js, Next 15).
  if ('previewData' in request || 'draftMode' in request) return 'next';
  // Express and Connect keep the whole URL on every request (Connect 3, Express 4 and 5).
  if ('originalUrl' in request) return 'express';
  return 'unknown';
}

/** A body that is there to its last byte already, as most are; `undefined` for one that has to be waited for. */
function readWhole(stream: IncomingMessage, maxBytes: number): Uint8Array | undefined {
  if (!stream.complete || stream.destroyed || stream.readableEncoding !== null) return undefined;
  if (stream.readableLength > maxBytes) throw bodyTooLarge(maxBytes);
  return (stream.read() as Uint8Array | null) ?? new Uint8Array();
}

function readStream(stream: IncomingMessage, maxBytes: number, timeoutMs: number): Promise<Uint8Array> {
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
      stream.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      if (!error) {
        resolve(joinBytes(chunks, size));
        return;
      }
      // A late error of a socket that nobody reads any more must not end the process.
      stream.on('error', () => undefined).pause();
      reject(error);
    }
    // A stream that is gone says nothing any more.
    if (stream.destroyed) onBroken();
    else stream.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}

function drain(stream: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = DRAIN_BYTES;
    const timer = setTimeout(finish, DRAIN_MS);
    const onData = (chunk: Uint8Array): void => {
      left -= chunk.byteLength;
      if (left < 0) finish();
    };
    function finish(): void {
      clearTimeout(timer);
      stream.off('data', onData).off('end', finish).off('error', finish).off('close', finish).pause();
      resolve();
    }
    if (stream.destroyed) finish();
    else stream.on('data', onData).on('end', finish).on('error', finish).on('close', finish).resume();
  });
}
