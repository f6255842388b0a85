import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Express } from 'express';
import type { SigningProxy, Store } from 'lesspay-elements/proxy';
import { toNodeListener } from 'lesspay-elements/proxy/node';
import pg from 'pg';
import { itNeedsServer, startPostgres } from '../proxy/database-servers.ts';
import { itIsAStore } from '../proxy/store-suite.ts';
import { blocksOf, type DocumentedApp, documentedApp, eventually, post } from './documented-code.ts';

const moduleOf = async <T>(app: DocumentedApp, file: string) =>
  (await import(pathToFileURL(`${app.folder}/${file}`).href)) as T;

/** The recipe's own server, where Lesspay can reach it. */
async function recipe(name: string, env: NodeJS.ProcessEnv = {}): Promise<DocumentedApp> {
  const app = await documentedApp(`recipe-${name}`, [`docs/recipes/${name}.md`]);
  Object.assign(process.env, app.env, env);
  return app;
}

function listen(app: DocumentedApp, listener: Parameters<typeof createServer>[1]): Promise<void> {
  const server = createServer(listener);
  after(() => server.close().closeAllConnections());
  return new Promise((done) => void server.listen(Number(new URL(app.origin).port), 'localhost', done));
}

// Before the first suite: a runner that has nothing to run while a server starts takes the file for done.
const cart = await recipe('cart-page');
const cartModule = await moduleOf<{
  setQuantity: (session: string, product: string, quantity: number) => boolean;
  currentOrder: (session: string) => { reference: string; amount: string; state: string } | undefined;
}>(cart, 'cart.ts');
const cartProxy = (await moduleOf<{ proxy: SigningProxy }>(cart, 'payments.ts')).proxy;
await listen(cart, toNodeListener(cartProxy));

const donation = await recipe('donation', { DONATION_KEY: 'a key of forty-four characters, as openssl has' });
const donationModule = await moduleOf<{ app: Express; ledger: Map<string, { amount: string }> }>(donation, 'app.ts');
await listen(donation, donationModule.app);

const approval = await recipe('payout-approval');
const approvalApp = (await moduleOf<{ app: Express }>(approval, 'app.ts')).app;
await listen(approval, approvalApp);

const tables = await recipe('own-provider-table');
const tablesProxy = (await moduleOf<{ proxy: SigningProxy }>(tables, 'payments.ts')).proxy;
const readSupplier = (await moduleOf<{ readSupplier: (row: unknown) => unknown }>(tables, 'import-suppliers.ts'))
  .readSupplier;
await listen(tables, toNodeListener(tablesProxy));

const store = await recipe('own-store');
const postgres = await startPostgres();
after(async () => {
  for (const app of [cart, donation, approval, tables, store]) await app.close();
});

describe('docs/recipes/cart-page.md', () => {
  const { setQuantity, currentOrder } = cartModule;
  const pay = (order = '', session = 'ana') =>
    post(`${cart.origin}/lesspay/payins`, { order }, { cookie: `cart=${session}` });

  it('keeps the order while the cart stays, adds exactly, and takes nothing that is not for sale', () => {
    assert.equal(currentOrder('ana'), undefined);
    for (const [product, quantity] of [
      ['lamp', 1],
      ['mug', -1],
      ['mug', 1.5],
      ['__proto__', 1],
    ] as const) {
      assert.equal(setQuantity('ana', product, quantity), false);
    }
    assert.equal(setQuantity('ana', 'mug', 2), true);
    assert.equal(setQuantity('ana', 'bowl', 3), true);
    assert.equal(currentOrder('ana')?.amount, '3300.00');
    assert.equal(currentOrder('ana'), currentOrder('ana'));
  });

  it('opens nothing for a cart that has changed, nor for somebody else', async () => {
    const before = currentOrder('ana')?.reference;
    assert.equal((await pay(before, 'ben')).status, 404);
    setQuantity('ana', 'bowl', 0);
    assert.notEqual(currentOrder('ana')?.reference, before);
    assert.equal((await pay(before)).status, 404);
  });

  it('takes what is paid late for what it was of, and leaves the changed cart alone', async () => {
    const snapshot = currentOrder('ana');
    const opened = await pay(snapshot?.reference);
    assert.equal(opened.status, 201);
    const { requestId } = (await opened.json()) as { requestId: string };
    setQuantity('ana', 'mug', 1);
    cart.sandbox.control.settle(requestId, 'succeeded');
    assert.equal(
      await eventually(
        () => snapshot?.state,
        (state) => state === 'paid',
      ),
      'paid',
    );
    const answer = await eventually(
      () => pay(snapshot?.reference),
      ({ status }) => status === 409,
    );
    assert.equal(((await answer.json()) as { code: string }).code, 'order-already-paid');
    assert.equal(currentOrder('ana')?.amount, '450.00');
  });
});

describe('docs/recipes/donation.md', () => {
  const choose = async (amount: string) => {
    const body = new URLSearchParams({ amount });
    const answer = await fetch(`${donation.origin}/donations`, { method: 'POST', body, redirect: 'manual' });
    return { status: answer.status, reference: answer.headers.get('location')?.split('/').at(-1) ?? '' };
  };
  const give = (order: string) => post(`${donation.origin}/lesspay/payins`, { order });

  it('takes amounts within the limits and nothing else', async () => {
    for (const amount of ['50', '50.00', '20000', '20,000.00', '₱ 1250.50']) {
      assert.equal((await choose(amount)).status, 303, amount);
    }
    for (const amount of ['49.99', '20000.01', '0', '-50', '1e3', '0x40', '50.001', 'Infinity', '', '٥٠ 50', '1.250']) {
      assert.equal((await choose(amount)).status, 422, amount);
    }
  });

  it('charges the amount that was chosen, once, and tells the ledger', async () => {
    const { reference } = await choose('1250.50');
    const page = await (await fetch(`${donation.origin}/donations/${reference}`)).text();
    assert.match(page, /amount="1250.50"/);
    const opened = await give(reference);
    assert.equal(opened.status, 201);
    const { requestId, amount } = (await opened.json()) as { requestId: string; amount: string };
    assert.equal(amount, '1250.50');
    donation.sandbox.control.settle(requestId, 'succeeded');
    await eventually(
      () => donationModule.ledger.size,
      (size) => size > 0,
    );
    assert.deepEqual([...donationModule.ledger.values()], [{ reference, amount: '1250.50' }]);
    assert.equal((await give(reference)).status, 409);
  });

  it('sends nothing for a reference that the server has not signed', async () => {
    const { reference } = await choose('50');
    const sent = donation.sandbox.control.orders.length;
    const forged = [
      reference.replace('GIFT_50', 'GIFT_51'),
      reference.replace('GIFT_50', 'GIFT_0.01'),
      reference.replace(/_[\da-f]{24}_/, `_${'0'.repeat(24)}_`),
      `${reference.slice(0, -1)}${reference.endsWith('0') ? '1' : '0'}`,
      reference.toUpperCase(),
      'GIFT_50',
    ];
    for (const order of forged) assert.equal((await give(order)).status, 404, order);
    assert.equal(donation.sandbox.control.orders.length, sent);
  });
});

describe('docs/recipes/payout-approval.md', () => {
  let keys = 0;
  const recipient = (accountNumber = '09171234567') => ({
    method: 'ewallet',
    provider: 'GCash',
    accountType: 'individual',
    holderName: 'Maria Santos',
    accountNumber,
  });
  const payOut = (who: string, amount: string, reference: string, accountNumber?: string) =>
    post(
      `${approval.origin}/lesspay/payouts`,
      { currency: 'PHP', payouts: [{ reference, amount, recipient: recipient(accountNumber) }] },
      { cookie: `panel=token-of-${who}`, 'idempotency-key': `approval-${(keys += 1)}` },
    );
  const approve = (who: string, digest: string, headers = {}) =>
    post(`${approval.origin}/approvals/${digest}`, {}, { cookie: `panel=token-of-${who}`, ...headers });
  const waiting = async (who = 'ben') => {
    const answer = await fetch(`${approval.origin}/approvals`, { headers: { cookie: `panel=token-of-${who}` } });
    return (await answer.json()) as { digest: string; draft: { total: string } }[];
  };

  it('lets one operator pay what is small', async () => {
    assert.equal((await payOut('ana', '10000.00', 'S-1')).status, 202);
  });

  it('needs a second operator for what is not, who sees and approves exactly that', async () => {
    const refused = await payOut('ana', '10000.01', 'S-2');
    assert.equal(((await refused.json()) as { code: string }).code, 'payout-not-approved');
    const asked = await waiting();
    assert.deepEqual(
      asked.map(({ draft }) => draft.total),
      ['10000.01'],
    );
    const digest = asked[0]?.digest ?? '';
    assert.equal((await approve('ana', digest)).status, 403);
    assert.equal((await approve('eve', digest)).status, 403);
    assert.equal((await approve('ben', digest, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await payOut('ana', '10000.01', 'S-2')).status, 403);
    assert.equal((await approve('ben', digest)).status, 204);
    // Another account is another request, and whoever has approved does not send.
    assert.equal((await payOut('ana', '10000.01', 'S-2', '09171234568')).status, 403);
    assert.equal((await payOut('ben', '10000.01', 'S-2')).status, 403);
    assert.equal((await payOut('ana', '10000.01', 'S-2')).status, 202);
    assert.equal((await payOut('ana', '10000.01', 'S-2')).status, 409);
    assert.equal(approval.sandbox.control.payouts.length, 2);
  });

  it('shows what waits to operators only', async () => {
    assert.equal((await fetch(`${approval.origin}/approvals`)).status, 403);
  });
});

describe('docs/recipes/own-provider-table.md', () => {
  const wallet = (provider: string) => ({
    method: 'ewallet',
    provider,
    accountType: 'individual',
    holderName: 'Maria Santos',
    accountNumber: '09171234567',
  });
  const payOut = (reference: string, provider: string, amount: string) =>
    post(
      `${tables.origin}/lesspay/payouts`,
      { currency: 'PHP', payouts: [{ reference, amount, recipient: wallet(provider) }] },
      { 'idempotency-key': `table-${reference}` },
    );

  it('gives the proxy its wallets and limits', async () => {
    // The sandbox takes the published wallets only, so that one of the table's own ends there.
    assert.equal((await payOut('S-1', 'GCash', '50000.00')).status, 202);
    assert.equal((await payOut('S-2', 'GCash', '50000.01')).status, 422);
    const above = (await (await payOut('S-3', 'Coins.ph', '10000.01')).json()) as { errors: unknown };
    assert.deepEqual(above.errors, [{ path: 'payouts.0.amount', code: 'amount-above-limit' }]);
    const unknown = (await (await payOut('S-4', 'Coins', '100.00')).json()) as { errors: unknown };
    assert.deepEqual(unknown.errors, [{ path: 'payouts.0.recipient.provider', code: 'wallet-provider-unknown' }]);
  });

  it('reads recipients from elsewhere by the same rules', () => {
    assert.deepEqual(readSupplier({ currency: 'PHP', ...wallet('Coins.ph') }), ['currency: unknown-member']);
    assert.deepEqual(readSupplier(wallet('Coins.ph')), wallet('Coins.ph'));
  });
});

if (postgres) {
  const { sqlStore } = await moduleOf<{
    sqlStore: (options: {
      sql: (statement: string, values: unknown[]) => Promise<{ rows: Record<string, unknown>[]; count: number }>;
      isDuplicate: (error: unknown) => boolean;
      table: string;
    }) => Store;
  }>(store, 'sql-store.ts');
  const pool = new pg.Pool({ host: postgres.socket, user: 'postgres', database: 'postgres' });
  // Lost idle connections are the test's business.
  pool.on('error', () => undefined);
  after(async () => {
    await pool.end();
    await postgres.stop();
  });
  const statements = readFileSync(`${store.folder}/lesspay_values.sql`, 'utf8');
  let count = 0;

  describe('docs/recipes/own-store.md', { concurrency: true }, () => {
    itIsAStore(async () => {
      const table = `own_${(count += 1)}`;
      await pool.query(statements.replaceAll('lesspay_values', table));
      const make = () =>
        sqlStore({
          table,
          isDuplicate: (error) => (error as { code?: string }).code === '23505',
          async sql(statement, values) {
            let index = 0;
            const { rows, rowCount } = await pool.query(
              statement.replaceAll('?', () => `$${(index += 1)}`),
              values,
            );
            return { rows: rows as Record<string, unknown>[], count: rowCount ?? 0 };
          },
        });
      return { store: make(), replica: make(), pass: (ms) => sleep(ms) };
    });
  });
} else {
  describe('docs/recipes/own-store.md', () => itNeedsServer('postgres', 'postgresql'));
}

describe('docs/recipes/own-theme.md', () => {
  const css = blocksOf('docs/recipes/own-theme.md').find(({ file }) => file === 'theme.css')?.code ?? '';

  /** The relative luminance of a colour (WCAG 2.2). */
  function luminance(hex: string): number {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
      const value = parseInt(hex.slice(from, from + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function contrast(a: string, b: string): number {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  }

  it('can be read, light and dark, and better by who asks for more contrast', () => {
    const colours = (text: string) =>
      new Map(
        [...text.matchAll(/--lesspay-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
          ([, name = '', light = '', dark = '']) => [name, [light, dark]],
        ),
      );
    const [plain = '', more = ''] = css.split('@media (prefers-contrast: more)');
    const usual = colours(plain);
    for (const theme of [usual, new Map([...usual, ...colours(more)])]) {
      for (const scheme of [0, 1]) {
        const of = (name: string) => theme.get(name)?.[scheme] ?? '';
        for (const ground of ['surface', 'surface-raised']) {
          for (const name of ['text', 'text-soft', 'danger', 'warning', 'success', 'accent']) {
            assert.ok(contrast(of(name), of(ground)) >= 4.5, `${name} on ${ground}`);
          }
          assert.ok(contrast(of('border'), of(ground)) >= 3, `border on ${ground}`);
        }
        assert.ok(contrast(of('accent-text'), of('accent')) >= 4.5);
      }
    }
  });
});
