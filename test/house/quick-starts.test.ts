import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import pg from 'pg';
import { itNeedsServer, startPostgres } from '../proxy/database-servers.ts';
import { documentedApp, eventually, post } from './documented-code.ts';

// Before the first suite: a runner that has nothing to run while a server starts takes the file for done.
const panel = await documentedApp('quick-start-panel', ['docs/quick-start-panel.md'], { settleDelayMs: 0 });
const password = 'correct horse battery staple';
await panel.serve('server.js', { PANEL_PASSWORD: password });
const postgres = await startPostgres();

after(() => panel.close());

const MARIA = {
  method: 'ewallet',
  provider: 'GCash',
  accountType: 'individual',
  holderName: 'Maria Santos',
  accountNumber: '09171234567',
};

describe('docs/quick-start-panel.md', () => {
  const { origin, sandbox } = panel;
  const payOut = (
    key: string,
    cookie = '',
    payouts: object[] = [{ reference: 'S-1', amount: '1250.00', recipient: MARIA }],
  ) => post(`${origin}/lesspay/payouts`, { currency: 'PHP', payouts }, { cookie, 'idempotency-key': key });

  async function signIn(given: string) {
    const body = new URLSearchParams({ password: given });
    const answer = await fetch(`${origin}/login`, { method: 'POST', body, redirect: 'manual' });
    return { status: answer.status, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
  }

  it('lets nobody pay out who has not signed in', async () => {
    assert.equal((await payOut('key-stranger')).status, 403);
    assert.equal((await signIn('wrong')).status, 403);
    const page = await fetch(`${origin}/panel.html`, { redirect: 'manual' });
    assert.equal(page.headers.get('location'), '/login');
    assert.equal(sandbox.control.payouts.length, 0);
  });

  it('serves its page under the strict policy to who has', async () => {
    const { cookie } = await signIn(password);
    const page = await fetch(`${origin}/panel.html`, { headers: { cookie } });
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*trusted-types lit-html/);
    assert.match(await page.text(), /<lesspay-recipient-form payout currency="PHP">/);
    assert.equal((await fetch(`${origin}/panel.js`, { headers: { cookie } })).status, 200);
  });

  it('has its payout accepted, reviewed and paid, and the ledger told', async () => {
    const { cookie } = await signIn(password);
    const accepted = await payOut('key-first', cookie);
    assert.equal(accepted.status, 202);
    const { requestId, status } = (await accepted.json()) as { requestId: string; status: string };
    assert.equal(status, 'review');
    assert.equal((await payOut('key-second', cookie)).status, 409);
    sandbox.control.approve(requestId);
    const ledger = async () => (await (await fetch(`${origin}/book`, { headers: { cookie } })).json()) as object;
    const paid = await eventually(ledger, (book) => 'S-1' in book && book['S-1'] === 'succeeded');
    assert.deepEqual(paid, { 'S-1': 'succeeded' });
    const above = [{ reference: 'S-2', amount: '50000.01', recipient: MARIA }];
    assert.equal((await payOut('key-third', cookie, above)).status, 403);
    assert.equal(sandbox.control.payouts.length, 1);
  });
});

if (postgres) {
  const app = await documentedApp('quick-start-server', ['docs/quick-start-server.md']);
  const connectionString = `postgresql:///postgres?host=${encodeURIComponent(postgres.socket)}&user=postgres`;
  const env = { DATABASE_URL: connectionString };
  const client = new pg.Client({ connectionString });
  await client.connect();
  after(async () => {
    await client.end();
    await app.close();
    await postgres.stop();
  });

  const orderState = async (reference: string) => {
    const { rows } = await client.query<{ state: string }>('SELECT state FROM orders WHERE reference = $1', [
      reference,
    ]);
    return rows[0]?.state;
  };
  const open = async (order: string) => {
    await client.query(`INSERT INTO orders (reference, amount, currency) VALUES ($1, '1250.00', 'PHP')`, [order]);
    const answer = await post(`${app.origin}/lesspay/payins`, { order });
    assert.equal(answer.status, 201);
    return ((await answer.json()) as { requestId: string }).requestId;
  };

  describe('docs/quick-start-server.md', () => {
    it('fulfils what a notice tells, once', async () => {
      await client.query(readFileSync(`${app.folder}/tables.sql`, 'utf8'));
      const server = await app.serve('server.js', env);
      const requestId = await open('ORD-1');
      app.sandbox.control.settle(requestId, 'succeeded');
      assert.equal(
        await eventually(
          () => orderState('ORD-1'),
          (state) => state === 'paid',
        ),
        'paid',
      );
      app.sandbox.control.resend(requestId);
      await app.sandbox.control.idle();
      const { rows } = await client.query('SELECT event FROM payment_events');
      assert.equal(rows.length, 1);

      const lost = await open('ORD-2');
      app.sandbox.control.settle(lost, 'succeeded', { webhook: 'never' });
      server.kill('SIGTERM');
      assert.deepEqual(await once(server, 'exit'), [0, null]);
    });

    it('finds the payment whose notice was lost, from another process', async () => {
      // What is younger than a minute the job leaves to its notice.
      await client.query('UPDATE lesspay_records SET due_at = due_at - 120000');
      const { child } = app.run('reconcile.js', env);
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      assert.equal(await orderState('ORD-2'), 'paid');
    });

    it('passes the doctor while it runs', async () => {
      const text = readFileSync('docs/quick-start-server.md', 'utf8');
      const args = /lesspay-elements (doctor .+)/.exec(text)?.[1]?.split(' ') ?? [];
      const server = await app.serve('server.js', env);
      const { child, output } = app.run(resolve('src/cli/main.ts'), env, [...args, '--json']);
      const [code] = (await once(child, 'exit')) as [number];
      assert.equal(code, 0, output());
      assert.equal((JSON.parse(output()) as { problems: number }).problems, 0);
      server.kill('SIGTERM');
      assert.deepEqual(await once(server, 'exit'), [0, null]);
    });
  });
} else {
  describe('docs/quick-start-server.md', () => itNeedsServer('postgres', 'postgresql'));
}
