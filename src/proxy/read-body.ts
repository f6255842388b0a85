import { ProblemError } from './problem.ts';

/** The problem of a body over its limit. */
export function bodyTooLarge(maxBytes: number): ProblemError {
  return new ProblemError('body-too-large', `The body is larger than ${maxBytes} bytes, the limit of this route.`);
}

/** The problem of a body that comes too slowly. */
export function bodyTimeout(timeoutMs: number): ProblemError {
  return new ProblemError('body-timeout', `The body did not arrive within ${timeoutMs} ms.`);
}

/** What may have read a body before the proxy could. */
export type BodyConsumer = 'express' | 'next' | 'fetch' | 'unknown';

const IN_EXPRESS =
  'Mount the proxy before express.json(), or keep the bytes: ' +
  'express.json({ verify: (req, res, raw) => { req.rawBody = raw; } }).';
const IN_NEXT = 'Add to the API route: export const config = { api: { bodyParser: false, externalResolver: true } }.';
const IN_FASTIFY =
  'register fastifyProxy of lesspay-elements/proxy/fastify instead of calling the listener in a route.';
const MEND: Record<BodyConsumer, string> = {
  express: IN_EXPRESS,
  next: IN_NEXT,
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
  if (request.bodyUsed) throw bodyAlreadyRead('fetch');
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
    // Not awaited: a stalled source may never confirm.
    reader.cancel().catch(() => undefined);
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('malformed-body', 'The body broke off before its end.', { cause: error });
  } finally {
    clearTimeout(timer);
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
