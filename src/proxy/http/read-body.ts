import { ProblemError } from './problem.ts';

/** How much and how long a refused body is still taken, for its sender to get to read the answer. */
export const DRAIN_BYTES = 1_048_576;
/** See {@link DRAIN_BYTES}. */
export const DRAIN_MS = 1_000;

/** The problem of a body over its limit. */
export function bodyTooLarge(maxBytes: number): ProblemError {
  return new ProblemError('body-too-large', `The body is larger than ${maxBytes} bytes, the limit of this route.`);
}

/** The problem of a body that comes too slowly. */
export function bodyTimeout(timeoutMs: number): ProblemError {
  return new ProblemError('body-timeout', `The body did not arrive within ${timeoutMs} ms.`);
}

/** What may have read a body before the proxy could. */
export type BodyConsumer = 'express' | 'fastify' | 'next' | 'fetch' | 'unknown';

const IN_EXPRESS =
  'Mount the proxy before express.json() and every other body parser, or let the parser keep the bytes: ' +
  'express.json({ verify: (req, res, raw) => { req.rawBody = raw; } }).';
const IN_NEXT = 'Add to the API route: export const config = { api: { bodyParser: false, externalResolver: true } }.';
const IN_FASTIFY =
  'register fastifyProxy of lesspay-elements/proxy/fastify instead of calling the listener in a route.';
const MEND: Record<BodyConsumer, string> = {
  express: IN_EXPRESS,
  next: IN_NEXT,
  fastify: 'Let no hook of the application read the body before the plugin, or give its bytes on from preParsing.',
  fetch: 'Pass the request on before request.json(), .text() or a validator reads it, or a clone made before.',
  unknown: `Express: ${IN_EXPRESS} Fastify: ${IN_FASTIFY} Next: ${IN_NEXT}`,
};

/** The problem of a body that something before the proxy has consumed; the detail names the mistake and the remedy. */
export function bodyAlreadyRead(consumer: BodyConsumer): ProblemError {
  return new ProblemError(
    'body-already-read',
    `A body parser ran before the proxy, so the exact bytes that were signed are gone. ${MEND[consumer]}`,
  );
}

/** Reads a web request's body, counting while it comes, with one deadline for the whole. */
export async function readRequestBody(request: Request, maxBytes: number, timeoutMs: number): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw bodyAlreadyRead('fetch');
  if (Number(request.headers.get('content-length') ?? '0') > maxBytes) throw bodyTooLarge(maxBytes);
  if (!request.body) return new Uint8Array();
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(bodyTimeout(timeoutMs)), timeoutMs);
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), deadline]);
      if (done) return joinBytes(chunks, size);
      size += value.byteLength;
      if (size > maxBytes) throw bodyTooLarge(maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    // Who was too slow already would only be slow again. Not awaited: a stalled source may never confirm.
    if (!(size > maxBytes)) reader.cancel().catch(() => undefined);
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('malformed-body', 'The body broke off before its end.', { cause: error });
  } finally {
    clearTimeout(timer);
    reader.releaseLock();
  }
}

/**
 * Takes in what is still coming of a web request's body that was refused, where it says how long it is: so its sender gets to read
 * the answer and the connection may serve another request.
 */
export async function drainRequestBody(request: Request): Promise<void> {
  if (!request.body || request.body.locked) return;
  const declared = Number(request.headers.get('content-length') ?? 'NaN');
  if (!(declared <= DRAIN_BYTES)) {
    request.body.cancel().catch(() => undefined);
    return;
  }
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<{ done: true; value?: undefined }>((resolve) => {
    timer = setTimeout(() => resolve({ done: true }), DRAIN_MS);
  });
  try {
    for (let left = DRAIN_BYTES; left >= 0;) {
      const { done, value } = await Promise.race([reader.read(), deadline]);
      if (done) break;
      left -= value.byteLength;
    }
  } catch {
    // Broken off: nobody is there to read the answer.
  } finally {
    clearTimeout(timer);
    // Not awaited: a stalled source may never confirm.
    reader.cancel().catch(() => undefined);
  }
}

/** One array out of the chunks. */
export function joinBytes(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const first = chunks[0];
  if (chunks.length === 1 && first) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
