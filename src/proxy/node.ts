import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';
import { atEndOfTurn } from './concurrency/end-of-turn.ts';
import type { ProxyAnswer } from './http/exchange.ts';
import { NodeCall, type ParsedRequest, splitUrl, type Target } from './http/node-call.ts';
import type { SigningProxy } from './signing-proxy.ts';

/** A handler for `node:http`, Express and Connect; without `next`, foreign paths are answered with 404. */
export type NodeListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/** A request on its way to the proxy. */
interface Visit {
  call: NodeCall;
  request: IncomingMessage;
  response: ServerResponse;
}

/** An answer on its way to its client. */
interface Reply {
  response: ServerResponse;
  answer: ProxyAnswer;
  mustClose: boolean;
}

/**
 * Wraps a proxy for Node's own server, Express and Connect. Mount it before any body parser: webhooks are verified over
 * the bytes as sent. It works at the root and under a prefix that the framework strips.
 */
export function toNodeListener(proxy: SigningProxy): NodeListener {
  const replyLater = atEndOfTurn(reply);
  // Once the turn is over, a body that came along with its headers is whole.
  const handleLater = atEndOfTurn(({ call, request, response }: Visit) => {
    // `handle` never rejects; what can fail here is a socket that is gone.
    const fail = (): void => void response.destroy();
    proxy.handle(call).then((answer) => {
      if (request.complete && answer.isLast !== true) {
        replyLater({ response, answer, mustClose: false });
      } else {
        call.mustClose(answer).then((mustClose) => replyLater({ response, answer, mustClose }), fail);
      }
    }, fail);
  });
  return (request, response, next) => {
    const target = targetOf(request, proxy);
    // The pages router of Next passes an options object here, which is no function to go on with.
    if (target === undefined && typeof next === 'function') {
      next();
      return;
    }
    const call = new NodeCall({
      request,
      target: target ?? splitUrl(request.url ?? '/'),
      timeoutMs: proxy.bodyTimeoutMs,
    });
    handleLater({ call, request, response });
  };
}

/**
 * The path as the proxy knows it: Express and Connect strip the mount prefix from `url` and keep the whole in `originalUrl`. The
 * prefix may be what stands before the base path, the base path, or both.
 */
function targetOf({ url, originalUrl }: ParsedRequest, proxy: SigningProxy): Target | undefined {
  const target = splitUrl(url ?? '/');
  if (proxy.owns(target.path)) return target;
  if (originalUrl === undefined || originalUrl === url) return undefined;
  const original = splitUrl(originalUrl);
  if (proxy.owns(original.path)) return original;
  const prefix = original.path.endsWith(target.path) ? original.path.slice(0, -target.path.length) : '';
  if (!prefix.endsWith(proxy.basePath)) return undefined;
  const below = { ...target, path: proxy.basePath + target.path };
  return proxy.owns(below.path) ? below : undefined;
}

function reply({ response, answer: { status, headers, body }, mustClose }: Reply): void {
  if (response.headersSent || response.destroyed) return;
  const all: (string | number)[] = [];
  for (const name of Object.keys(headers)) all.push(name, headers[name] ?? '');
  const length = Buffer.byteLength(body);
  if (status !== 204) all.push('content-length', length);
  if (mustClose) all.push('connection', 'close');
  try {
    // After `connection: close` Node closes the socket itself.
    response.writeHead(status, all as OutgoingHttpHeader[]);
    if (length > 0 && response.req.httpVersionMajor === 1) {
      // As text, so that Node sends head and body in one packet. `end(body)` would make two chunks of them and their end, gathered in
      // memory of their own first: 3 % of opening a payment (Node 20.20).
      response.cork();
      response.write(body, length === body.length ? 'latin1' : 'utf8');
      response.uncork();
      response.end();
    } else {
      response.end(body);
    }
  } catch {
    // A header that Node refuses must not keep the others from their answers.
    response.destroy();
  }
}
