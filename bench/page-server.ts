import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { PROXY_ANSWERS } from './proxy-answers.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** One answer of the server, as it went over the wire. */
export interface Served {
  path: string;
  bytes: number;
}

/** A server of built pages, each in a folder of its own. */
export interface PageServer {
  origin: string;
  /** What was served since the last call. */
  taken: () => Served[];
  close: () => void;
}

/** Tells a timed page that its script has started: the first statement of every script that such a page loads. */
const STARTS = 'globalThis.bench?.start();';
/** A hint to the compiler among them counts only before all statements. */
const LEADING_COMMENTS = /^(?:\s*(?:\/\/.*\n|\/\*[^]*?\*\/))*\s*/;

/**
 * Serves `{folder}/{page}/…` at `/{page}/…`, and at `/timed/{page}/…` with `head` in the page and its scripts telling when they
 * start. Everything is compressed by brotli at its best; nothing may be kept, so that every load is a first one.
 */
export async function servePages(folder: string, head: (page: string) => string): Promise<PageServer> {
  let taken: Served[] = [];
  const bodies = new Map<string, Buffer>();

  /** The body at a path, compressed; each is compressed once. */
  function bodyOf(path: string): Buffer {
    const kept = bodies.get(path);
    if (kept) return kept;
    const [, timed, page = '', file = ''] = /^\/(timed\/)?([\w-]+)\/(.+)$/.exec(path) ?? [];
    const answer = PROXY_ANSWERS[path];
    let body = answer ? JSON.stringify(answer) : readFileSync(join(folder, page, normalize(`/${file}`)));
    if (timed && file.endsWith('.js'))
      body = body.toString().replace(LEADING_COMMENTS, (comments) => comments + STARTS);
    if (timed && file.endsWith('.html')) body = body.toString().replace('<head>', () => `<head>${head(page)}`);
    const compressed = brotliCompressSync(body);
    bodies.set(path, compressed);
    return compressed;
  }

  const server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    try {
      const body = bodyOf(path);
      taken.push({ path, bytes: body.byteLength });
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/json',
        'content-encoding': 'br',
        'content-length': body.byteLength,
        'cache-control': 'no-store',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    taken: () => {
      const all = taken;
      taken = [];
      return all;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
