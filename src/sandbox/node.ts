import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConnectionReset } from './faults.ts';

/** What the listener wraps: a sandbox, or anything else that answers Requests. */
interface FetchHandler {
  fetch(request: Request): Promise<Response>;
}

const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Serves a sandbox through `node:http`, Express or Vite. A fault that resets the connection destroys the socket. */
export function toNodeListener(sandbox: FetchHandler): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    void serve(sandbox, incoming, outgoing);
  };
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new ConnectionReset();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function serve(sandbox: FetchHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const aborter = new AbortController();
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) aborter.abort();
  });
  try {
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headersDistinct)) {
      for (const item of value ?? []) headers.append(name, item);
    }
    const method = incoming.method ?? 'GET';
    // Connect and Express take the mount path off `url` and keep the whole in `originalUrl`.
    const target = (incoming as { originalUrl?: string }).originalUrl ?? incoming.url ?? '/';
    const request = new Request(new URL(target, `http://${incoming.headers.host ?? 'localhost'}`), {
      method,
      headers,
      signal: aborter.signal,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: await readBody(incoming) }),
    });
    const answer = await sandbox.fetch(request);
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    if (error instanceof ConnectionReset || aborter.signal.aborted) {
      incoming.socket.destroy();
      return;
    }
    if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' });
    outgoing.end('The sandbox failed.\n');
  }
}
