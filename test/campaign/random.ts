/** A seeded source of chance: the same seed gives the same run. */
export interface Random {
  /** At least 0, under 1. */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  int(below: number): number;
  /** From `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
  bytes(length: number): Uint8Array<ArrayBuffer>;
  /** A source of its own for one purpose: what is drawn from it shifts nothing elsewhere. */
  fork(purpose: string | number): Random;
}

/** FNV-1a, 32 bits: spreads a purpose's name over the seed. */
function mix(seed: number, purpose: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let index = 0; index < purpose.length; index += 1) {
    hash = Math.imul(hash ^ purpose.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** Mulberry32, public domain: 32 bits of state are plenty for choosing test cases. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const random: Random = {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
    int: (below) => Math.floor(random.next() * below),
    between: (low, high) => low + random.int(high - low + 1),
    chance: (probability) => random.next() < probability,
    pick(list) {
      const picked = list[random.int(list.length)];
      if (picked === undefined) throw new RangeError('There is nothing to pick from.');
      return picked;
    },
    shuffle(list) {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = random.int(last + 1);
        [copy[last], copy[other]] = [copy[other]!, copy[last]!];
      }
      return copy;
    },
    bytes: (length) => Uint8Array.from({ length }, () => random.int(256)),
    fork: (purpose) => createRandom(mix(seed, String(purpose))),
  };
  return random;
}
