import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JsonValue, type Store, StoreError } from 'lesspay-elements/proxy';
import type { DatabaseServer } from './database-servers.ts';

/** A store to test, and how its time passes. */
export interface StoreUnderTest {
  store: Store;
  /** A second store over the same values, as another replica has it. */
  replica: Store;
  pass: (ms: number) => Promise<void> | void;
}

/** Printable ASCII that means something to a query language, a pattern, a path or an object. */
const ODD_KEYS = [
  '__proto__',
  'constructor',
  'payin:a b',
  'payin:{tag}:*?[x]',
  "payin:'; drop table lesspay_records; --",
  'payin:"quoted" \\ $1 %s %',
  'payin::',
  ':payin',
  'due:payin',
  'x'.repeat(200),
];

const TEXTS: Record<string, JsonValue> = {
  scripts: 'Müller, Nguyễn Thị, 李小龍, محمد, नमस्ते, Ελένη',
  emoji: '👩‍👩‍👧‍👦 🇵🇭',
  'control characters': '\u0000 \u0001 \u001f \u007f \u2028 \u2029 \ufeff',
  'half of a pair': '\ud800 and \udc00',
  quotes: `' " \\ \\u0000 $$ $1 -- ;`,
  empty: '',
};

/** The `StoreError` that a store's work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<StoreError> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof StoreError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'nothing was thrown' });
}

/** Runs a test whose values expire by units of time, with longer ones where the machine was too slow for it to tell. */
async function withTime(test: (unit: number) => Promise<boolean>): Promise<void> {
  for (let unit = 500; unit <= 8_000; unit *= 4) if (await test(unit)) return;
  throw new assert.AssertionError({ message: 'values are forgotten before their time, or the machine is too slow' });
}

/** Tells whether less than a time has gone by since it was started. */
function stopwatch(ms: number): () => boolean {
  const started = performance.now();
  return () => performance.now() - started < ms;
}

/** What every store has to do; called inside a `describe` of its own. */
export function itIsAStore(create: () => StoreUnderTest | Promise<StoreUnderTest>): void {
  it('finds nothing where nothing is', async () => {
    const { store } = await create();
    assert.equal(await store.get('a'), undefined);
    assert.equal(await store.replace('a', '1', {}), false);
  });

  it('inserts once and replaces the version that was read', async () => {
    const { store } = await create();
    assert.equal(await store.insert('a', { n: 1, list: [true, null, 'x'] }), true);
    assert.equal(await store.insert('a', { n: 2 }), false);
    const first = await store.get('a');
    assert.deepEqual(first?.value, { n: 1, list: [true, null, 'x'] });
    assert.equal(await store.replace('a', first.version, { n: 3 }), true);
    assert.equal(await store.replace('a', first.version, { n: 4 }), false);
    assert.deepEqual((await store.get('a'))?.value, { n: 3 });
  });

  it('tells the version it has inserted where it is asked to and can', async () => {
    const { store, replica } = await create();
    const inserted = await store.insert('a', { n: 1 }, { tellVersion: true });
    assert.equal(await store.insert('a', { n: 2 }, { tellVersion: true }), false);
    const version = inserted === true ? (await store.get('a'))!.version : String(inserted);
    assert.equal(version, (await replica.get('a'))?.version);
    assert.equal(await replica.replace('a', version, { n: 3 }), true);
    assert.equal(await store.replace('a', version, { n: 4 }), false);
  });

  it('lets one of many writers win, on whatever replica', async () => {
    const { store, replica } = await create();
    const inserted = await Promise.all(
      Array.from({ length: 100 }, (_, n) => (n % 2 ? store : replica).insert('a', { writer: n })),
    );
    assert.equal(inserted.filter(Boolean).length, 1);
    assert.deepEqual((await store.get('a'))?.value, { writer: inserted.indexOf(true) });
    for (let round = 0; round < 5; round += 1) {
      const { version } = (await store.get('a'))!;
      const replaced = await Promise.all(
        Array.from({ length: 100 }, (_, n) => (n % 2 ? store : replica).replace('a', version, { round, writer: n })),
      );
      assert.equal(replaced.filter(Boolean).length, 1);
      assert.deepEqual((await replica.get('a'))?.value, { round, writer: replaced.indexOf(true) });
    }
  });

  it('loses no change of writers that try again', async () => {
    const { store, replica } = await create();
    await store.insert('a', 0);
    const add = async (own: Store): Promise<void> => {
      for (;;) {
        const { value, version } = (await own.get('a'))!;
        if (await own.replace('a', version, (value as number) + 1)) return;
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, n) => add(n % 2 ? store : replica)));
    assert.equal((await store.get('a'))?.value, 40);
  });

  it('shows a write to every replica at once', async () => {
    const { store, replica } = await create();
    await store.insert('a', 1);
    const { value, version } = (await replica.get('a'))!;
    assert.equal(value, 1);
    assert.equal(await replica.replace('a', version, 2), true);
    assert.equal((await store.get('a'))?.value, 2);
  });

  it('never gives a version twice, even to a key that was written anew', async () => {
    await withTime(async (unit) => {
      const { store, pass } = await create();
      await store.insert('a', 1, { expiresInMs: unit });
      const found = await store.get('a');
      if (!found) return false;
      await pass(1.1 * unit);
      assert.equal(await store.replace('a', found.version, 2), false);
      await store.insert('a', 1);
      assert.equal(await store.replace('a', found.version, 3), false);
      return true;
    });
  });

  it('forgets a value after its time, which every write sets anew', async () => {
    await withTime(async (unit) => {
      const { store, pass } = await create();
      const isInTime = stopwatch(1.9 * unit);
      await store.insert('a', 1, { expiresInMs: 2 * unit });
      await store.insert('kept', 1, { expiresInMs: 2 * unit });
      await pass(1.2 * unit);
      const [found, kept] = [await store.get('a'), await store.get('kept')];
      const isInTimeAgain = stopwatch(1.9 * unit);
      const replaced = [
        found && (await store.replace('a', found.version, 2, { expiresInMs: 2 * unit })),
        kept && (await store.replace('kept', kept.version, 2)),
      ];
      if (!isInTime()) return false;
      assert.deepEqual(replaced, [true, true]);
      await pass(1.2 * unit);
      const anew = await store.get('a');
      if (!isInTimeAgain()) return false;
      assert.equal(anew?.value, 2);
      await pass(1.2 * unit);
      assert.equal(await store.get('a'), undefined);
      assert.equal((await store.get('kept'))?.value, 2);
      assert.equal(await store.insert('a', 3), true);
      await pass(2.1 * unit);
      assert.equal((await store.get('a'))?.value, 3);
      return true;
    });
  });

  it('takes any time to live, down to less than a millisecond', async () => {
    const { store, pass } = await create();
    assert.equal(await store.insert('short', 1, { expiresInMs: 0.4 }), true);
    assert.equal(await store.insert('long', 1, { expiresInMs: 400 * 86_400_000 + 0.5 }), true);
    await pass(20);
    assert.equal(await store.get('short'), undefined);
    assert.equal((await store.get('long'))?.value, 1);
  });

  it('keeps values apart from the objects that were given and taken', async () => {
    const { store } = await create();
    const value = { list: [1] };
    await store.insert('a', value);
    value.list.push(2);
    const found = (await store.get('a'))!.value as { list: number[] };
    found.list.push(3);
    assert.deepEqual((await store.get('a'))?.value, { list: [1] });
  });

  it('keeps odd keys like any other', async () => {
    const { store } = await create();
    for (const key of ODD_KEYS) {
      assert.equal(await store.get(key), undefined, key);
      assert.equal(await store.insert(key, key, { dueAt: 1 }), true, key);
      assert.equal((await store.get(key))?.value, key);
    }
    for (const key of ODD_KEYS) assert.equal((await store.get(key))?.value, key);
  });

  it('gives every JSON value back as it was', async () => {
    const { store } = await create();
    const values: Record<string, JsonValue> = {
      ...TEXTS,
      null: null,
      false: false,
      zero: 0,
      float: 0.1,
      'large number': 9_007_199_254_740_991,
      'amount as text': '100.00',
      list: [],
      object: {},
      nested: { a: [{ b: [null, { c: 'd' }] }] },
    };
    for (const [key, value] of Object.entries(values)) {
      await store.insert(key, value);
      assert.deepEqual((await store.get(key))?.value, value, key);
    }
  });

  it('keeps values of a megabyte', async () => {
    const { store } = await create();
    const value = { details: Array.from({ length: 5_000 }, (_, n) => ({ n, name: '李'.repeat(60) })) };
    assert.ok(JSON.stringify(value).length > 390_000 && Buffer.byteLength(JSON.stringify(value)) > 1_000_000);
    await store.insert('big', value);
    const { version } = (await store.get('big'))!;
    assert.equal(await store.replace('big', version, { ...value, changed: true }), true);
    assert.deepEqual((await store.get('big'))?.value, { ...value, changed: true });
  });

  it('lists what is due, soonest first', async () => {
    const { store, replica } = await create();
    await store.insert('payout:late', 1, { dueAt: 3_000 });
    await store.insert('payout:soon', 1, { dueAt: 1_000.5 });
    await replica.insert('payout:then', 1, { dueAt: 2_000 });
    await store.insert('payout:never', 1);
    await store.insert('payin:other', 1, { dueAt: 1_000 });
    await store.insert('payout-key:other', 1, { dueAt: 1_000 });
    for (const own of [store, replica]) {
      assert.deepEqual(await own.due?.({ kind: 'payout', before: 3_000, limit: 10 }), [
        'payout:soon',
        'payout:then',
        'payout:late',
      ]);
      assert.deepEqual(await own.due?.({ kind: 'payout', before: 2_000, limit: 10 }), ['payout:soon', 'payout:then']);
      assert.deepEqual(await own.due?.({ kind: 'payout', before: 3_000, limit: 1 }), ['payout:soon']);
      assert.deepEqual(await own.due?.({ kind: 'payout', before: 999, limit: 10 }), []);
      assert.deepEqual(await own.due?.({ kind: 'nothing', before: Date.now(), limit: 10 }), []);
    }
  });

  it('lists a key by its last write only', async () => {
    const { store } = await create();
    const due = (before: number) => store.due?.({ kind: 'payout', before, limit: 10 });
    await store.insert('payout:a', 1, { dueAt: 1_000 });
    const first = (await store.get('payout:a'))!;
    assert.equal(await store.insert('payout:a', 2, { dueAt: 500 }), false);
    assert.deepEqual(await due(999), [], 'a write that lost changes nothing');
    await store.replace('payout:a', first.version, 2, { dueAt: 5_000 });
    assert.deepEqual(await due(4_999), []);
    assert.deepEqual(await due(5_000), ['payout:a']);
    assert.equal(await store.replace('payout:a', first.version, 3), false);
    assert.deepEqual(await due(5_000), ['payout:a'], 'a write that lost takes nothing off');
    await store.replace('payout:a', (await store.get('payout:a'))!.version, 3);
    assert.deepEqual(await due(9_000), []);
  });

  it('lists nothing that has expired, and fills the list with what has not', async () => {
    const { store, pass } = await create();
    for (let n = 0; n < 30; n += 1) await store.insert(`payout:gone${n}`, 1, { dueAt: n, expiresInMs: 1_000 });
    await store.insert('payout:here', 1, { dueAt: 100 });
    await pass(1_100);
    assert.deepEqual(await store.due?.({ kind: 'payout', before: 100, limit: 5 }), ['payout:here']);
    await store.insert('payout:gone0', 2);
    assert.deepEqual(await store.due?.({ kind: 'payout', before: 100, limit: 5 }), ['payout:here']);
    await store.insert('payout:gone1', 2, { dueAt: 50 });
    assert.deepEqual(await store.due?.({ kind: 'payout', before: 100, limit: 5 }), ['payout:gone1', 'payout:here']);
  });
}

/** A store over a server, and what its client has to do around a crash of it. */
interface ConnectedStore {
  store: Store;
  reconnected?: () => Promise<void>;
  close: () => unknown;
}

/** What every store on a server has to do when that crashes under twenty writers. */
export function itSurvivesACrash(
  what: string,
  startServer: () => Promise<DatabaseServer | undefined>,
  connect: (socket: string) => Promise<ConnectedStore>,
): void {
  it(`survives ${what}: what was answered is there, what was not throws`, async () => {
    const crashing = (await startServer())!;
    const { store, reconnected, close } = await connect(crashing.socket);
    const answered: number[] = [];
    const failures: unknown[] = [];
    let next = 0;
    const write = async (): Promise<void> => {
      while (failures.length < 20) {
        const n = (next += 1);
        try {
          if (await store.insert(`payout:${n}`, n, { dueAt: n })) answered.push(n);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    const writers = Promise.all(Array.from({ length: 20 }, write));
    await sleep(300);
    await crashing.kill();
    await writers;
    for (const error of failures) {
      assert.ok(error instanceof StoreError && ['connection-lost', 'timeout'].includes(error.code), String(error));
    }
    await crashing.start();
    await reconnected?.();
    assert.ok(answered.length > 20);
    for (const n of answered) assert.equal((await store.get(`payout:${n}`))?.value, n);
    const listed = new Set(await store.due?.({ kind: 'payout', before: next, limit: next }));
    for (const n of answered) assert.ok(listed.has(`payout:${n}`));
    await close();
    await crashing.stop();
  });
}
