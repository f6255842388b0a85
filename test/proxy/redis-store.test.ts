import { after, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { redisStore } from 'lesspay-elements/proxy/redis';
import { createClient } from 'redis';
import { itNeedsServer, startRedis } from './database-servers.ts';
import { itIsAStore } from './store-suite.ts';

const server = await startRedis();
if (server) {
  const path = server.socket;
  const nodeRedis = await createClient({ socket: { path, tls: false } })
    .on('error', () => undefined)
    .connect();
  const second = await createClient({ socket: { path, tls: false } })
    .on('error', () => undefined)
    .connect();
  const ioredis = new Redis(path).on('error', () => undefined);
  after(async () => {
    nodeRedis.destroy();
    second.destroy();
    ioredis.disconnect();
    await server.stop();
  });
  let prefixes = 0;
  const newPrefix = () => `test${(prefixes += 1)}:`;

  describe('redisStore over node-redis', { concurrency: true }, () => {
    itIsAStore(() => {
      const prefix = newPrefix();
      return { store: redisStore(nodeRedis, { prefix }), replica: redisStore(second, { prefix }), pass: sleep };
    });
  });

  describe('redisStore over ioredis', { concurrency: true }, () => {
    itIsAStore(() => {
      const prefix = newPrefix();
      return { store: redisStore(ioredis, { prefix }), replica: redisStore(nodeRedis, { prefix }), pass: sleep };
    });
  });
} else {
  describe('redisStore', () => itNeedsServer('redis-server', 'redis-server'));
}
