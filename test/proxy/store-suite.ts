import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Store } from 'lesspay-elements/proxy';

/** A store to test, and how its time passes. */
export interface StoreUnderTest {
  store: Store;
  pass: (ms: number) => Promise<void> | void;
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

  it('lets one of many writers win', async () => {
    const { store } = await create();
    const inserted = await Promise.all(Array.from({ length: 20 }, (_, n) => store.insert('a', n)));
    assert.equal(inserted.filter(Boolean).length, 1);
    const { version } = (await store.get('a'))!;
    const replaced = await Promise.all(Array.from({ length: 20 }, (_, n) => store.replace('a', version, n)));
    assert.equal(replaced.filter(Boolean).length, 1);
  });

  it('never gives a version twice, even to a key that was written anew', async () => {
    const { store, pass } = await create();
    await store.insert('a', 1, { expiresInMs: 1_000 });
    const { version } = (await store.get('a'))!;
    await pass(1_001);
    await store.insert('a', 2);
    assert.equal(await store.replace('a', version, 3), false);
  });

  it('forgets a value after its time, which every write sets anew', async () => {
    const { store, pass } = await create();
    await store.insert('a', 1, { expiresInMs: 1_000 });
    await pass(999);
    const { version } = (await store.get('a'))!;
    await store.replace('a', version, 2, { expiresInMs: 1_000 });
    await pass(999);
    assert.deepEqual((await store.get('a'))?.value, 2);
    await pass(2);
    assert.equal(await store.get('a'), undefined);
    assert.equal(await store.insert('a', 3), true);
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

  it('keeps keys such as __proto__ like any other', async () => {
    const { store } = await create();
    for (const key of ['__proto__', 'constructor', 'payin:a b']) {
      assert.equal(await store.get(key), undefined);
      assert.equal(await store.insert(key, key), true);
      assert.equal((await store.get(key))?.value, key);
    }
  });
}
