/**
 * One server of the proxy bench in a process of its own: `proxy-server.js <kind> <upstream origin>`, steered by messages. Plain
 * JavaScript over the built package, so that nothing stands between the code and Node that a user would not have there.
 */
import { Agent, createServer } from 'node:http';
import { createRequire } from 'node:module';
import Fastify from 'fastify';
import { createSigningProxy } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { Pool } from 'undici';

/** What the upstream answers to every order. */
const CREATED = JSON.stringify({
  code: 0,
  msg: 'success',
  data: {
    pay_order_id: 'P1995000000000000000',
    checkout_url: 'https://checkout.bench.example/cashier/P1995000000000000000',
  },
});

/** What is only compared with lives in a package of its own. */
const peer = createRequire(new URL('peers/package.json', import.meta.url));

const [kind, upstream = '', appId = '', appSecret = ''] = process.argv.slice(2);

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Answers every body with the same bytes, once the body is there. */
const constant = (request, response) => {
  request
    .on('data', () => undefined)
    .on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(CREATED) });
      response.end(CREATED);
    });
};

const echo = (request, response) => {
  void bodyOf(request).then((body) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.byteLength });
    response.end(body);
  });
};

/** The least that forwards: no checks, no headers but the type. */
function forwardByPool() {
  const pool = new Pool(upstream, { connections: 64 });
  return (request, response) => {
    void bodyOf(request).then(async (body) => {
      const answer = await pool.request({
        path: request.url ?? '/',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      response.writeHead(answer.statusCode, { 'content-type': 'application/json', 'content-length': bytes.byteLength });
      response.end(bytes);
    });
  };
}

/** A store that keeps the youngest thousand records: what the process holds where a database has the others. */
function recentStore() {
  const entries = new Map();
  let last = 0;
  const write = (key, json) => {
    entries.delete(key);
    entries.set(key, { json, version: String((last += 1)) });
    const [oldest] = entries.keys();
    if (entries.size > 1_000 && oldest !== undefined) entries.delete(oldest);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      return Promise.resolve(entry && { value: JSON.parse(entry.json), version: entry.version });
    },
    insert(key, value) {
      if (entries.has(key)) return Promise.resolve(false);
      write(key, JSON.stringify(value));
      return Promise.resolve(true);
    },
    replace(key, version, value) {
      if (entries.get(key)?.version !== version) return Promise.resolve(false);
      write(key, JSON.stringify(value));
      return Promise.resolve(true);
    },
    due: () => Promise.resolve([]),
  };
}

function lesspay(store) {
  const quiet = () => undefined;
  const proxy = createSigningProxy({
    publicUrl: 'https://shop.bench.example',
    lesspay: { appId, appSecret, environment: { baseUrl: upstream }, checkoutHosts: ['checkout.bench.example'] },
    payin: {
      resolveOrder: (order) => ({
        amount: '19.90',
        currency: 'PHP',
        productName: 'Enamel mug',
        description: `One enamel mug, order ${order}`,
        successUrl: 'https://shop.bench.example/thanks?request_id={requestId}',
        failUrl: 'https://shop.bench.example/sorry?request_id={requestId}',
      }),
    },
    logger: { info: quiet, warn: quiet, error: quiet },
    ...(store ? { store } : {}),
  });
  return toNodeListener(proxy);
}

async function listenerOf() {
  switch (kind) {
    case 'upstream':
      return constant;
    case 'echo':
      return echo;
    case 'pool':
      return forwardByPool();
    case 'lesspay':
      return lesspay();
    case 'lesspay-recent':
      return lesspay(recentStore());
    case 'fastify-http-proxy': {
      const app = Fastify({ logger: false });
      await app.register(peer('@fastify/http-proxy'), { upstream });
      return app.listen({ port: 0, host: '127.0.0.1' });
    }
    case 'http-proxy-middleware':
      // Without an agent of its own it closes every connection, on both sides.
      return peer('http-proxy-middleware').createProxyMiddleware({
        target: upstream,
        agent: new Agent({ keepAlive: true, maxSockets: 64 }),
      });
  }
}

process.on('message', (message) => {
  // A full collection costs time and throws compiled code away: only where memory is asked for.
  if (message === 'memory') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());

const listener = await listenerOf();
if (typeof listener === 'string') {
  process.send?.(listener);
} else {
  const server = createServer(listener).listen(0, '127.0.0.1', () => {
    process.send?.(`http://127.0.0.1:${server.address().port}`);
  });
}
