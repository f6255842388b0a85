import { request, type IncomingHttpHeaders } from 'node:http';

/** A request over a unix socket. */
export interface UnixRequest {
  method?: string | undefined;
  path: string;
  headers?: Record<string, string> | undefined;
  body?: string | undefined;
  /** Hangs up after this time, whatever the server is doing. */
  patienceMs?: number | undefined;
}

/** Its whole answer. */
export interface UnixAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends one request over a connection of its own; rejects when the connection cannot be made or breaks. */
export function askOverSocket(
  socketPath: string,
  { method = 'POST', path, headers = {}, body, patienceMs }: UnixRequest,
): Promise<UnixAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path, headers: { host: 'shop.example', ...headers }, agent: false });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    if (patienceMs !== undefined) {
      timer = setTimeout(() => outgoing.destroy(new Error('The client hung up')), patienceMs);
    }
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (text += chunk));
      incoming.on('error', fail);
      incoming.on('end', () => {
        clearTimeout(timer);
        if (!incoming.complete) reject(new Error('The answer broke off'));
        else resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      });
      incoming.on('close', () => {
        if (!incoming.complete) fail(new Error('The answer broke off'));
      });
    });
    outgoing.end(body);
  });
}
