import { Agent, type Dispatcher } from 'undici';
import { redirected, tooLarge, type Transport } from './transport.ts';

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
export function callThroughPool(maxResponseBytes: number, timeoutMs: number): Transport {
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

/** Without `stream` it keeps nothing from one answer to the next. */
const DECODER = new TextDecoder();

function decode(chunks: readonly Uint8Array[], size: number): string {
  const [first] = chunks;
  if (first === undefined) return '';
  if (chunks.length === 1) return DECODER.decode(first);
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return DECODER.decode(whole);
}
