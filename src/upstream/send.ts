import { Agent, request as undiciRequest } from 'undici';
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

type Call = (request: UpstreamRequest, signal: AbortSignal) => Promise<UpstreamResponse>;

function callThroughPool(maxResponseBytes: number, timeoutMs: number): Call {
  const agent = new Agent({ connect: { timeout: Math.min(timeoutMs, 10_000) }, pipelining: 1 });
  return async ({ url, method, headers, body }, signal) => {
    const answer = await undiciRequest(url, {
      dispatcher: agent,
      method,
      headers: { ...headers },
      body: body ?? null,
      signal,
      // The signal is the only deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const status = answer.statusCode;
    try {
      if (status >= 300 && status < 400) throw redirected(status);
      const contentType = answer.headers['content-type'];
      return {
        status,
        contentType: typeof contentType === 'string' ? contentType : '',
        text: await readText(answer.body as AsyncIterable<Uint8Array>, maxResponseBytes, status),
      };
    } catch (error) {
      // Frees the socket; the error event of a destroyed body has no other listener.
      answer.body.on('error', () => undefined).destroy();
      throw error;
    }
  };
}

function callThroughFetch(fetcher: typeof fetch, maxResponseBytes: number): Call {
  return async ({ url, method, headers, body }, signal) => {
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
  };
}

/** The transport of the API clients: one deadline, a bounded answer, no redirects, no retries. */
export function createSend({
  fetch: fetcher,
  timeoutMs = 30_000,
  maxResponseBytes = 1_048_576,
}: SendOptions = {}): Send {
  const call =
    fetcher === undefined ? callThroughPool(maxResponseBytes, timeoutMs) : callThroughFetch(fetcher, maxResponseBytes);
  return async (request) => {
    const deadline = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const expired = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(
          new UpstreamError({
            kind: 'timeout',
            outcome: 'unknown',
            message: `The upstream did not answer within ${timeoutMs} ms.`,
          }),
        );
        deadline.abort();
      }, timeoutMs);
    });
    try {
      // Raced, because an injected fetch may ignore the signal.
      return await Promise.race([call(request, deadline.signal), expired]);
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      const outcome: UpstreamOutcome = codesOf(error).some((code) => NOT_SENT.has(code)) ? 'refused' : 'unknown';
      // The cause is not passed on: its text may quote the request.
      throw new UpstreamError({
        kind: 'network',
        outcome,
        message:
          outcome === 'refused'
            ? 'No connection to the upstream could be made; nothing was sent.'
            : 'The connection to the upstream broke before the whole answer was there.',
      });
    } finally {
      clearTimeout(timer);
    }
  };
}
