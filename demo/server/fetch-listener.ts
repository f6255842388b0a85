import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Runs something with the shape of `fetch` behind Node's http server. `origin` is where the server is reached. */
export function fetchListener(handle: (request: Request) => Promise<Response>, origin: string) {
  return async (incoming: IncomingMessage & { originalUrl?: string }, outgoing: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      for (const one of [value ?? []].flat()) headers.append(name, one);
    }
    const { method = 'GET' } = incoming;
    try {
      const body = method === 'GET' || method === 'HEAD' ? null : await buffer(incoming);
      const url = new URL(incoming.originalUrl ?? incoming.url ?? '/', origin);
      const response = await handle(new Request(url, { method, headers, body, signal: gone.signal }));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    } catch {
      // The sandbox's "reset" fault, and a caller that has hung up: both end without an answer.
      incoming.socket.destroy();
    }
  };
}
