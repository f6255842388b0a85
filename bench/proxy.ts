import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSigningProxy } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import { createSandbox } from 'lesspay-elements/sandbox';
import { Pool } from 'undici';
import { compare, type Ratio } from './ratio.ts';

const REQUESTS = 2_000;
const CONNECTIONS = 20;
const APP = { appId: 'bench-app', appSecret: 'bench-secret-0123456789abcdef' };

async function listen(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The status route under Node, against a bare server that answers the same number of bytes. */
export async function benchProxy(): Promise<Ratio[]> {
  const baseUrl = 'http://127.0.0.1:4010';
  const sandbox = createSandbox({ lesspay: APP, baseUrl });
  const proxy = createSigningProxy({
    publicUrl: 'http://127.0.0.1:3000',
    lesspay: { ...APP, environment: { baseUrl } },
    payin: {
      resolveOrder: () => ({
        amount: '19.90',
        currency: 'PHP',
        productName: 'Mug',
        description: 'One mug',
        successUrl: 'https://shop.example/?r={requestId}',
        failUrl: 'https://shop.example/?r={requestId}',
      }),
    },
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const opened = await proxy.fetch(
    new Request('http://127.0.0.1:3000/lesspay/payins', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: '{"order":"B-1"}',
    }),
  );
  const { requestId } = (await opened.json()) as { requestId: string };
  const path = `/lesspay/payins/${requestId}`;
  const answer = await (await proxy.fetch(new Request(`http://127.0.0.1:3000${path}`))).text();

  const own = await listen(toNodeListener(proxy));
  const bare = await listen((_request, response) => {
    response.setHeader('content-type', 'application/json').end(answer);
  });
  const pools = new Map([own, bare].map(({ origin }) => [origin, new Pool(origin, { connections: CONNECTIONS })]));
  const load = (origin: string) => async () => {
    const pool = pools.get(origin);
    if (!pool) throw new Error('No pool.');
    let left = REQUESTS;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (left-- > 0) {
          const { statusCode, body } = await pool.request({ path, method: 'GET' });
          await body.dump();
          if (statusCode !== 200) throw new Error(`The status route answered ${statusCode}.`);
        }
      }),
    );
  };
  const result = await compare(
    'GET /payins/{id} under node:http',
    load(own.origin),
    'a bare node:http JSON answer',
    load(bare.origin),
  );
  for (const pool of pools.values()) await pool.close();
  own.server.close();
  bare.server.close();
  return [result];
}
