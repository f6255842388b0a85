import { Agent, type Dispatcher } from 'undici';
import { UpstreamError, type UpstreamOutcome } from './error.ts';

/** One call to an upstream. */
export interface UpstreamRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  /** JSON text; left out, no body is sent. */
  body?: string | undefined;
}

/** An upstream's whole answer. */
export interface UpstreamResponse {
  status: number;
  contentType: string;
  text: string;
}

/** Makes one call: one answer, or an `UpstreamError`. Never retries, never follows a redirect. */
export type Send = (request: UpstreamRequest) => Promise<UpstreamResponse>;

/** Options of `createSend`. */
export interface SendOptions {
  /** A WHATWG `fetch` to use instead of the built-in connection pool. */
  fetch?: typeof fetch | undefined;
  /** For the whole call, from the first byte out to the last byte in. The vendor's demo waits 30 s. */
  timeoutMs?: number | undefined;
  maxResponseBytes?: number | undefined;
}

/** Failures before a connection stood: nothing can have reached the upstream. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The error codes of a failure and of its causes. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') codes.push(current.code);
    current = current.cause;
  }
  return codes;
}

function tooLarge(maxResponseBytes: number, httpStatus: number): UpstreamError {
  return new UpstreamError({
    kind: 'too-large',
    outcome: 'unknown',
    httpStatus,
    message: `The upstream's answer is larger than ${maxResponseBytes} bytes.`,
  });
}

function redirected(httpStatus: number | undefined): UpstreamError {
  return new UpstreamError({
    kind: 'redirect',
    outcome: 'unknown',
    httpStatus,
    message: 'The upstream answered with a redirect, which is never followed: check the base URL.',
  });
}

async function readText(body: AsyncIterable<Uint8Array>, maxResponseBytes: number, status: number): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxResponseBytes) throw tooLarge(maxResponseBytes, status);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Starts one call; the function that comes back gives it up. */
type Call = (
  request: UpstreamRequest,
  resolve: (response: UpstreamResponse) => void,
  reject: (error: unknown) => void,
) => () => void;

interface Target {
  origin: string;
  path: string;
}

/** An API has a handful of URLs; lists with queries in them must not pile up. */
const MAX_TARGETS = 100;

/** Splits URLs into what the pool wants; the few that an API has are split once. */
function createTargets(): (url: string) => Target {
  const known = new Map<string, Target>();
  return (url) => {
    const found = known.get(url);
    if (found) return found;
    const { origin, pathname, search } = new URL(url);
    const target = { origin, path: pathname + search };
    if (known.size >= MAX_TARGETS) known.clear();
    known.set(url, target);
    return target;
  };
}

/**
 * Dispatches straight to the pool: `undici.request` wraps every answer in a stream and every deadline in an abort signal, which
 * together cost as much as signing and checking an order (measured on Node 20.20, undici 7.30).
 */
function callThroughPool(maxResponseBytes: number, timeoutMs: number): Call {
  const agent = new Agent({ connect: { timeout: Math.min(timeoutMs, 10_000) }, pipelining: 1 });
  const targetOf = createTargets();
  return ({ url, method, headers, body }, resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let isGivenUp = false;
    const giveUp = (): void => {
      isGivenUp = true;
      controller?.abort(new Error('given up'));
    };
    let status = 0;
    let contentType = '';
    const chunks: Uint8Array[] = [];
    let size = 0;
    const options = {
      ...targetOf(url),
      method,
      // Copied, because the pool may keep them longer than the caller leaves them alone.
      headers: { ...headers },
      body: body ?? null,
      // The caller's deadline is the only one.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    agent.dispatch(options, {
      onRequestStart(started) {
        controller = started;
        // The deadline passed while the call waited for a connection: nothing may leave any more.
        if (isGivenUp) giveUp();
      },
      onResponseStart(_controller, statusCode, answered) {
        // An informational answer (1xx) comes before the real one.
        if (statusCode < 200) return;
        status = statusCode;
        const type = answered['content-type'];
        contentType = typeof type === 'string' ? type : '';
        if (status < 300 || status >= 400) return;
        reject(redirected(status));
        giveUp();
      },
      onResponseData(_controller, chunk) {
        size += chunk.byteLength;
        if (size <= maxResponseBytes) {
          chunks.push(chunk);
          return;
        }
        reject(tooLarge(maxResponseBytes, status));
        giveUp();
      },
      onResponseEnd() {
        resolve({ status, contentType, text: decode(chunks, size) });
      },
      onResponseError(_controller, error) {
        reject(error);
      },
    });
    return giveUp;
  };
}

function decode(chunks: readonly Uint8Array[], size: number): string {
  const [first] = chunks;
  if (first === undefined) return '';
  if (chunks.length === 1) return new TextDecoder().decode(first);
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return new TextDecoder().decode(whole);
}

function callThroughFetch(fetcher: typeof fetch, maxResponseBytes: number): Call {
  return (request, resolve, reject) => {
    const abort = new AbortController();
    fetchWhole(fetcher, request, abort.signal, maxResponseBytes).then(resolve, reject);
    return () => abort.abort();
  };
}

async function fetchWhole(
  fetcher: typeof fetch,
  { url, method, headers, body }: UpstreamRequest,
  signal: AbortSignal,
  maxResponseBytes: number,
): Promise<UpstreamResponse> {
  const answer = await fetcher(url, {
    method,
    headers: { ...headers },
    body: body ?? null,
    signal,
    redirect: 'manual',
  });
  const { status } = answer;
  // Where the platform hides a redirect's status it is "opaqueredirect" with status 0 (WHATWG Fetch, 2.2.6).
  if (answer.type === 'opaqueredirect' || answer.redirected || (status >= 300 && status < 400)) {
    await answer.body?.cancel().catch(() => undefined);
    throw redirected(status === 0 ? undefined : status);
  }
  const stream = answer.body as AsyncIterable<Uint8Array> | null;
  return {
    status,
    contentType: answer.headers.get('content-type') ?? '',
    text: stream === null ? '' : await readText(stream, maxResponseBytes, status),
  };
}

/** What the caller learns of a failure that is not ours yet. */
function failureOf(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const outcome: UpstreamOutcome = codesOf(error).some((code) => NOT_SENT.has(code)) ? 'refused' : 'unknown';
  // The cause is not passed on: its text may quote the request.
  return new UpstreamError({
    kind: 'network',
    outcome,
    message:
      outcome === 'refused'
        ? 'No connection to the upstream could be made; nothing was sent.'
        : 'The connection to the upstream broke before the whole answer was there.',
  });
}

/** The transport of the API clients: one deadline, a bounded answer, no redirects, no retries. */
export function createSend({
  fetch: fetcher,
  timeoutMs = 30_000,
  maxResponseBytes = 1_048_576,
}: SendOptions = {}): Send {
  const call =
    fetcher === undefined ? callThroughPool(maxResponseBytes, timeoutMs) : callThroughFetch(fetcher, maxResponseBytes);
  return (request) =>
    new Promise((resolve, reject) => {
      let giveUp: (() => void) | undefined;
      // The first word counts; an injected fetch may ignore its signal.
      const timer = setTimeout(() => {
        reject(
          new UpstreamError({
            kind: 'timeout',
            outcome: 'unknown',
            message: `The upstream did not answer within ${timeoutMs} ms.`,
          }),
        );
        giveUp?.();
      }, timeoutMs);
      const fail = (error: unknown): void => {
        clearTimeout(timer);
        reject(failureOf(error));
      };
      try {
        giveUp = call(
          request,
          (response) => {
            clearTimeout(timer);
            resolve(response);
          },
          fail,
        );
      } catch (error) {
        // A URL that cannot be parsed.
        fail(error);
      }
    });
}
