/** Reads a request's body, counting bytes as they come; throws a problem past `maxBytes` or past the deadline. */
export type BodyReader = (maxBytes: number) => Promise<Uint8Array> | Uint8Array;

/** One HTTP request as the proxy's core sees it, whichever server it came through. */
export interface ProxyCall {
  method: string;
  /** The path as sent, neither decoded nor resolved. */
  path: string;
  /** The query with its question mark, or an empty text. */
  search: string;
  /** One header by its lower-case name; several values joined by a comma. */
  header(name: string): string | undefined;
  /** The raw body, or what reads it. */
  body?: Uint8Array | BodyReader | undefined;
  /** Throws a problem when something before the proxy has consumed the body and kept no bytes. */
  requireUnread?(): void;
  /** The request as a web standard object without its body, made when a merchant's callback wants it. */
  request(): Request;
  /** The address at the other end of the socket, where the server knows it. */
  readonly remoteAddress?: string | undefined;
  /** The framework's own request object. */
  native?: unknown;
}

/** What the proxy's core answers. */
export interface ProxyAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The proxy is shutting down: the connection is better closed. */
  isLast?: boolean;
}

/** Every JSON answer: nothing of a payment may be cached or be taken for another type. */
const JSON_HEADERS = Object.freeze({
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});

/** An answer with a JSON body. */
export function jsonAnswer(status: number, body: object, contentType?: string): ProxyAnswer {
  const headers = contentType === undefined ? JSON_HEADERS : { ...JSON_HEADERS, 'content-type': contentType };
  return { status, headers, body: JSON.stringify(body) };
}

/** The word that both upstreams read as "taken, do not send it again" (Lesspay docs, Development Guidelines). */
export function acknowledge(): ProxyAnswer {
  return { status: 200, headers: { ...JSON_HEADERS, 'content-type': 'text/plain; charset=utf-8' }, body: 'SUCCESS' };
}
