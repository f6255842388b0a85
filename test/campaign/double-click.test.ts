import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type DatabaseServer, itNeedsServer, startPostgres, startRedis } from '../proxy/database-servers.ts';
import type { StoreAddress } from './app-settings.ts';
import { bundle } from './bundle.ts';
import { makeJob } from './operator.ts';
import { createReplica, type Platforms, type Replica, startPlatforms } from './processes.ts';
import { createRandom } from './random.ts';
import { fromPage } from './shopper.ts';
import { type ShopDatabaseServer, startShopDatabase } from './shop-database.ts';

const CLICKS = 50;

/** Three processes of a shop over one store, and the platforms, all in good health. */
interface Shop {
  replicas: Replica[];
  platforms: Platforms;
  stop: () => Promise<void>;
}

async function openShop(kind: 'redis' | 'postgres', server: DatabaseServer): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'lesspay-double-click-'));
  const sockets = [0, 1, 2].map((index) => join(folder, `replica-${index}.sock`));
  const platforms = await startPlatforms(await bundle('./upstream-app.ts', folder), {
    seed: 1,
    replicas: sockets,
    webhookRetryMs: [],
  });
  const database: ShopDatabaseServer = await startShopDatabase('log', folder);
  const app = await bundle('./merchant-app.ts', folder);
  const replicas = sockets.map((socket) => createReplica(app, socket));
  const store: StoreAddress = { kind, socket: server.socket, space: kind === 'redis' ? 'clicks:' : 'lesspay_clicks' };
  await Promise.all(
    replicas.map((replica) =>
      replica.start({
        listen: replica.socket,
        database: database.address,
        upstream: platforms.baseUrl,
        store,
        aheadMs: 0,
        upstreamTimeoutMs: 5_000,
        hookTimeoutMs: 5_000,
        mistakes: [],
      }),
    ),
  );
  return {
    replicas,
    platforms,
    async stop() {
      await Promise.all(replicas.map((replica) => replica.kill()));
      await platforms.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Answer {
  status: number;
  body: { requestId?: string; checkoutUrl?: string; code?: string };
}

/** The same request, at the same moment, by turns to each of the three processes. */
function askAll({ replicas }: Shop, path: string, body: unknown, headers = {}): Promise<Answer[]> {
  return Promise.all(
    Array.from({ length: CLICKS }, async (_, click) => {
      const answer = await replicas[click % replicas.length]?.ask({
        path,
        headers: fromPage(headers),
        body: JSON.stringify(body),
      });
      return { status: answer?.status ?? 0, body: JSON.parse(answer?.text ?? '{}') as Answer['body'] };
    }),
  );
}

for (const kind of ['redis', 'postgres'] as const) {
  const server = await (kind === 'redis' ? startRedis() : startPostgres());
  describe(`${CLICKS} clicks at once over three processes on ${kind}`, () => {
    if (!server) {
      itNeedsServer(kind === 'redis' ? 'redis-server' : 'postgres', kind === 'redis' ? 'redis-server' : 'postgresql');
      return;
    }
    let opened: Promise<Shop> | undefined;
    const shop = (): Promise<Shop> => (opened ??= openShop(kind, server));
    after(async () => {
      await (await opened)?.stop();
      await server.stop();
    });

    it('open one payment for one order', async () => {
      const answers = await askAll(await shop(), '/lesspay/payins', { order: 'ORD-1' });
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 201]));
      assert.equal(answers.filter(({ status }) => status === 201).length, 1);
      assert.equal(new Set(answers.map(({ body }) => `${body.requestId} ${body.checkoutUrl}`)).size, 1);
      const { payins, creates } = await (await shop()).platforms.ask('truth');
      assert.deepEqual(
        payins.map(({ order }) => order),
        ['ORD-1'],
      );
      assert.equal(creates, 1);
    });

    it('open one payment for one order also when the answer to the first is lost', async () => {
      const { platforms } = await shop();
      await platforms.ask('fail', { path: 'pay/create-order', how: 'accept-then-reset' });
      const answers = await askAll(await shop(), '/lesspay/payins', { order: 'ORD-2' });
      assert.equal(new Set(answers.map(({ body }) => `${body.requestId} ${body.checkoutUrl}`)).size, 1);
      const { payins } = await platforms.ask('truth');
      assert.equal(payins.filter(({ order }) => order === 'ORD-2').length, 1);
    });

    for (const channel of ['batch', 'single', 'leanx'] as const) {
      it(`pay one ${channel} payout under one key`, async () => {
        const { platforms } = await shop();
        const number = { batch: 1, single: 2, leanx: 3 }[channel];
        const { currency, payees } = makeJob(number, channel, createRandom(number));
        const body = {
          currency,
          payouts: payees.map(({ reference, amount, recipient }) => ({ reference, amount, recipient })),
        };
        const answers = await askAll(await shop(), '/lesspay/payouts', body, {
          'idempotency-key': `clicks-${channel}`,
        });
        assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
        assert.equal(new Set(answers.map(({ body: { requestId } }) => requestId)).size, 1);
        const { wire } = await platforms.ask('truth');
        const accounts = new Set(payees.map(({ account }) => account));
        assert.equal(wire.filter((request) => request.accounts.some((account) => accounts.has(account))).length, 1);
      });

      it(`pay one ${channel} payout under ${CLICKS} keys`, async () => {
        const { platforms, replicas } = await shop();
        const number = { batch: 11, single: 12, leanx: 13 }[channel];
        const { currency, payees } = makeJob(number, channel, createRandom(number));
        const [payee] = payees;
        assert.ok(payee);
        const { reference, amount, recipient } = payee;
        const body = JSON.stringify({ currency, payouts: [{ reference, amount, recipient }] });
        const statuses = await Promise.all(
          Array.from({ length: CLICKS }, async (_, click) => {
            const headers = fromPage({ 'idempotency-key': `keys-${channel}-${click}` });
            return (await replicas[click % 3]?.ask({ path: '/lesspay/payouts', headers, body }))?.status;
          }),
        );
        assert.equal(statuses.filter((status) => status === 202).length, 1);
        assert.equal(statuses.filter((status) => status === 409).length, CLICKS - 1);
        const { wire } = await platforms.ask('truth');
        assert.equal(wire.filter(({ accounts }) => accounts.includes(payee.account)).length, 1);
      });
    }
  });
}
