/*
 * The order in which a java.util.HashMap<String, …> (OpenJDK 8 and later) hands its keys back. The vendor's signing code
 * writes objects inside arrays in that order (Lesspay demo, SignUtil), so a signature over them needs the table's exact behaviour:
 * where a key lands, when the table grows, and what happens in a bucket with many keys.
 */

const INITIAL_CAPACITY = 16;
/** The table doubles when it holds more keys than this part of its capacity. */
const LOAD_FACTOR = 0.75;
/** A bucket that held this many keys before an insertion becomes a red-black tree … */
const TREEIFY_THRESHOLD = 8;
/** … unless the table is still smaller than this: then it grows instead. */
const MIN_TREEIFY_CAPACITY = 64;
/** A tree that a growing table leaves with no more keys than this becomes a list again. */
const UNTREEIFY_THRESHOLD = 6;

interface Entry {
  readonly key: string;
  readonly hash: number;
  parent: Entry | undefined;
  left: Entry | undefined;
  right: Entry | undefined;
  red: boolean;
}

/** One bucket: its entries in iteration order, and the tree over them where there is one. */
interface Bucket {
  entries: Entry[];
  root: Entry | undefined;
}

/** `HashMap.hash(String.hashCode())`: 32 bits, over UTF-16 units. */
function spreadHash(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i += 1) hash = (Math.imul(31, hash) + key.charCodeAt(i)) | 0;
  return hash ^ (hash >>> 16);
}

/** Order inside a tree: by hash as a signed integer, then by `String.compareTo`. */
function goesLeft(entry: Entry, of: Entry): boolean {
  return entry.hash === of.hash ? entry.key < of.key : entry.hash < of.hash;
}

function rotate(root: Entry, pivot: Entry, direction: 'left' | 'right'): Entry {
  const opposite = direction === 'left' ? 'right' : 'left';
  const child = pivot[opposite];
  if (child === undefined) return root;
  const inner = child[direction];
  pivot[opposite] = inner;
  if (inner !== undefined) inner.parent = pivot;
  const above = pivot.parent;
  child.parent = above;
  child[direction] = pivot;
  pivot.parent = child;
  if (above === undefined) return child;
  if (above.left === pivot) above.left = child;
  else above.right = child;
  return root;
}

/** Hangs an entry into the tree and rebalances it; answers the new root and the entry's parent before rebalancing. */
function insertIntoTree(root: Entry, entry: Entry): { root: Entry; parent: Entry } {
  let parent = root;
  for (;;) {
    const next: Entry | undefined = goesLeft(entry, parent) ? parent.left : parent.right;
    if (next === undefined) break;
    parent = next;
  }
  if (goesLeft(entry, parent)) parent.left = entry;
  else parent.right = entry;
  entry.parent = parent;
  entry.red = true;

  let top = root;
  let current = entry;
  for (;;) {
    const above = current.parent;
    if (above === undefined) {
      current.red = false;
      break;
    }
    const grand = above.parent;
    if (!above.red || grand === undefined) break;
    const side = grand.left === above ? 'left' : 'right';
    const other = side === 'left' ? 'right' : 'left';
    const uncle = grand[other];
    if (uncle?.red === true) {
      uncle.red = false;
      above.red = false;
      grand.red = true;
      current = grand;
      continue;
    }
    let upper = above;
    if (current === above[other]) {
      top = rotate(top, above, side);
      upper = current;
      current = above;
    }
    upper.red = false;
    grand.red = true;
    top = rotate(top, grand, other);
  }
  return { root: top, parent };
}

/** A tree's root always leads the bucket's iteration; the other entries keep their order. */
function leadWithRoot(bucket: Bucket): void {
  const { root, entries } = bucket;
  if (root === undefined || entries[0] === root) return;
  entries.splice(entries.indexOf(root), 1);
  entries.unshift(root);
}

function treeify(bucket: Bucket): void {
  let root: Entry | undefined;
  for (const entry of bucket.entries) {
    entry.parent = entry.left = entry.right = undefined;
    entry.red = false;
    root = root === undefined ? entry : insertIntoTree(root, entry).root;
  }
  bucket.root = root;
  leadWithRoot(bucket);
}

function half(bucket: Bucket, entries: Entry[], isWhole: boolean): Bucket | undefined {
  if (entries.length === 0) return undefined;
  if (bucket.root === undefined || entries.length <= UNTREEIFY_THRESHOLD) return { entries, root: undefined };
  // A tree that moves as a whole is kept as it is.
  if (isWhole) return bucket;
  const part: Bucket = { entries, root: undefined };
  treeify(part);
  return part;
}

function grow(table: (Bucket | undefined)[]): (Bucket | undefined)[] {
  const capacity = table.length;
  const grown = new Array<Bucket | undefined>(capacity * 2).fill(undefined);
  table.forEach((bucket, index) => {
    if (bucket === undefined) return;
    const stay = bucket.entries.filter(({ hash }) => (hash & capacity) === 0);
    const move = bucket.entries.filter(({ hash }) => (hash & capacity) !== 0);
    grown[index] = half(bucket, stay, move.length === 0);
    grown[index + capacity] = half(bucket, move, stay.length === 0);
  });
  return grown;
}

/**
 * The order where no bucket ever holds more keys than a list may: by bucket of the final table, then as inserted, because a growing
 * table keeps the order of what it splits. Undefined where a bucket gets too crowded on the way.
 */
function orderWithoutTrees(keys: readonly string[], hashes: readonly number[]): string[] | undefined {
  let capacity = INITIAL_CAPACITY;
  for (; ; capacity *= 2) {
    // The key that passes the threshold is still put into the smaller table.
    const inserted = Math.min(keys.length, capacity * LOAD_FACTOR + 1);
    const counts = new Uint16Array(capacity);
    for (let i = 0; i < inserted; i += 1) {
      const index = (hashes[i] ?? 0) & (capacity - 1);
      const count = (counts[index] ?? 0) + 1;
      if (count > TREEIFY_THRESHOLD) return undefined;
      counts[index] = count;
    }
    if (keys.length <= capacity * LOAD_FACTOR) break;
  }
  const mask = capacity - 1;
  const positions = keys.map((_key, index) => index);
  positions.sort((a, b) => ((hashes[a] ?? 0) & mask) - ((hashes[b] ?? 0) & mask) || a - b);
  return positions.map((position) => keys[position] ?? '');
}

/** Distinct keys, put into an empty Java HashMap one after the other, in the order in which the map iterates over them. */
export function javaHashMapOrder(keys: readonly string[]): string[] {
  const hashes = keys.map(spreadHash);
  return orderWithoutTrees(keys, hashes) ?? orderWithTrees(keys, hashes);
}

/** The table itself, bucket by bucket. */
function orderWithTrees(keys: readonly string[], hashes: readonly number[]): string[] {
  let table = new Array<Bucket | undefined>(INITIAL_CAPACITY).fill(undefined);
  let size = 0;
  for (const [position, key] of keys.entries()) {
    const hash = hashes[position] ?? 0;
    const entry: Entry = { key, hash, parent: undefined, left: undefined, right: undefined, red: false };
    const index = hash & (table.length - 1);
    const bucket = table[index];
    if (bucket === undefined) {
      table[index] = { entries: [entry], root: undefined };
    } else if (bucket.root !== undefined) {
      const { root, parent } = insertIntoTree(bucket.root, entry);
      bucket.root = root;
      bucket.entries.splice(bucket.entries.indexOf(parent) + 1, 0, entry);
      leadWithRoot(bucket);
    } else {
      bucket.entries.push(entry);
      if (bucket.entries.length > TREEIFY_THRESHOLD) {
        if (table.length < MIN_TREEIFY_CAPACITY) table = grow(table);
        else treeify(bucket);
      }
    }
    size += 1;
    if (size > table.length * LOAD_FACTOR) table = grow(table);
  }
  return table.flatMap((bucket) => bucket?.entries.map(({ key }) => key) ?? []);
}
