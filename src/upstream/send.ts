import { UpstreamError, type UpstreamOutcome } from './error.ts';
import { redirected, tooLarge, type Transport, type UpstreamRequest, type UpstreamResponse } from './transport.ts';

/** Makes one call: one answer, or an `UpstreamError`. Never retries, never follows a redirect. */
export type Send = (request: UpstreamRequest) => Promise<UpstreamResponse>;

/** Options of `createSend`. */
export interface SendOptions {
  /** A WHATWG `fetch` to use instead of the built-in connection pool, or of the global `fetch` where there is no pool. */
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

function callThroughFetch(fetcher: typeof fetch, maxResponseBytes: number): Transport {
  return (request, resolve, reject) => {
    const abort = new AbortController();
    fetchWhole(fetcher, request, abort.signal, maxResponseBytes).then(resolve, reject);
    return () => abort.abort();
  };
}

/**
 * The pool, loaded when somebody wants it: a proxy with a `fetch` of its own, and one outside Node, then need no module of Node's
 * but `node:crypto`.
 */
function callThroughLoadedPool(maxResponseBytes: number, timeoutMs: number): Transport {
  let pool: Transport | undefined;
  const loaded = import('./pool.ts').then(
    ({ callThroughPool }) => (pool = callThroughPool(maxResponseBytes, timeoutMs)),
  );
  // A failure is told to whoever calls.
  loaded.catch(() => undefined);
  return (request, resolve, reject) => {
    if (pool) return pool(request, resolve, reject);
    let isGivenUp = false;
    let giveUp: (() => void) | undefined;
    loaded
      .then((call) => {
        if (!isGivenUp) giveUp = call(request, resolve, reject);
      })
      .catch(reject);
    return () => {
      isGivenUp = true;
      giveUp?.();
    };
  };
}

/** Bun, Deno and Workers have a process as well; the user agent tells them apart (WinterTC, Minimum Common API; Node 21). */
function isNode(): boolean {
  const { navigator, process } = globalThis as {
    navigator?: { userAgent?: string };
    process?: { versions?: { node?: string } };
  };
  if (navigator?.userAgent !== undefined) return navigator.userAgent.startsWith('Node.js/');
  return process?.versions?.node !== undefined;
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
    fetcher === undefined && isNode()
      ? callThroughLoadedPool(maxResponseBytes, timeoutMs)
      : callThroughFetch(fetcher ?? ((input, init) => fetch(input, init)), maxResponseBytes);
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
