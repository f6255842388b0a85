import type { IncomingMessage } from 'node:http';
import { NodeCall, splitUrl } from './http/node-call.ts';
import type { SigningProxy } from './signing-proxy.ts';

/** What the plugin needs of Fastify's request; merchants' callbacks get the whole one as `native`. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage;
  /** Path and query as sent, with every prefix. */
  readonly url: string;
  body?: unknown;
}

/** What the plugin needs of Fastify's reply. */
export interface FastifyReplyLike {
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
  send(payload?: string): unknown;
  callNotFound(): unknown;
}

/** What the plugin needs of a Fastify 5 application. */
export interface FastifyLike {
  readonly prefix: string;
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    contentType: string,
    options: { bodyLimit?: number },
    parser: (request: unknown, payload: IncomingMessage) => Promise<unknown>,
  ): unknown;
  all(path: string, handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>): unknown;
  addHook(name: 'preClose', hook: () => Promise<void>): unknown;
}

/** Options of {@link fastifyProxy}; `prefix` is Fastify's own. */
export interface FastifyProxyOptions {
  proxy: SigningProxy;
  /** A path before the proxy's `basePath`. */
  prefix?: string | undefined;
}

/**
 * The Fastify plugin: `await app.register(fastifyProxy, { proxy })`. It reads bodies itself, so that webhooks are verified over the
 * bytes as sent, and stays within its own encapsulation: the application's parsers are as they were. `app.close()` closes the proxy.
 */
export function fastifyProxy(app: FastifyLike, { proxy }: FastifyProxyOptions): Promise<void> {
  app.removeAllContentTypeParsers();
  // Hands the stream on unread, whatever the content type.
  app.addContentTypeParser('*', {}, (_request, payload) => Promise.resolve(payload));

  // Before Fastify waits for its connections: those at work are told to end with their answer.
  app.addHook('preClose', async () => {
    await proxy.close();
  });

  const { basePath } = proxy;
  // Registered under the base path itself, as one mounts middleware in Express.
  const isAtBasePath = basePath !== '' && app.prefix.endsWith(basePath);
  const outside = isAtBasePath ? app.prefix.slice(0, -basePath.length) : app.prefix;

  app.all(isAtBasePath ? '/*' : `${basePath}/*`, async (request, reply) => {
    const whole = splitUrl(request.url);
    const target = { ...whole, path: whole.path.slice(outside.length) };
    if (!proxy.owns(target.path)) return reply.callNotFound();
    const { raw } = request;
    const isStream = typeof request.body === 'object' && request.body !== null && 'readableDidRead' in request.body;
    const call = new NodeCall({
      request: raw,
      target,
      timeoutMs: proxy.bodyTimeoutMs,
      native: request,
      consumer: 'fastify',
      ...(isStream ? { stream: request.body as IncomingMessage } : {}),
    });
    const answer = await proxy.handle(call);
    reply.code(answer.status);
    reply.headers(answer.headers);
    if (await call.mustClose(answer)) reply.headers({ connection: 'close' });
    return answer.body === '' ? reply.send() : reply.send(answer.body);
  });
  return Promise.resolve();
}
