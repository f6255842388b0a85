import { StoreError, withTimeout } from './store-error.ts';
import type { JsonValue, Store, StoreWriteOptions } from './store.ts';

/** How values are encrypted before they leave the process. */
export interface EncryptedStoreOptions {
  /**
   * Seals a value's text. The store key under which it will lie is given to be bound in (the "additional data" of AES-GCM),
   * so that nobody who can write to the store can put one record in another's place.
   */
  encrypt: (text: string, storeKey: string) => string | Promise<string>;
  /** Opens what `encrypt` has made; throws when it was changed or lies under another store key. */
  decrypt: (sealed: string, storeKey: string) => string | Promise<string>;
  /** Reads also what was written before there was encryption; off by default, to be switched off again afterwards. */
  acceptPlain?: boolean | undefined;
  /** Longest wait for `encrypt` or `decrypt`, which may be calls of a key service; 10000 by default. */
  timeoutMs?: number | undefined;
}

/**
 * A store that keeps its values encrypted in another one. Keys, versions and times stay readable: keys hold ids of ours and
 * digests, no names and no accounts. What cannot be decrypted throws and is never taken for a record that is not there.
 */
export function encryptedStore(
  store: Store,
  { encrypt, decrypt, acceptPlain = false, timeoutMs = 10_000 }: EncryptedStoreOptions,
): Store {
  if (typeof encrypt !== 'function' || typeof decrypt !== 'function') {
    throw new StoreError('wrong-option', 'encryptedStore: give both encrypt and decrypt.');
  }

  async function seal(key: string, value: JsonValue): Promise<JsonValue> {
    let sealed: unknown;
    try {
      sealed = await inTime('encrypt', () => encrypt(JSON.stringify(value), key));
    } catch (error) {
      if (error instanceof StoreError) throw error;
      throw new StoreError('refused', 'encrypt has thrown; nothing was written.', error);
    }
    if (typeof sealed !== 'string') throw new StoreError('wrong-option', 'encryptedStore: encrypt must give text.');
    return { sealed };
  }

  async function open(key: string, value: JsonValue): Promise<JsonValue> {
    const sealed = sealedText(value);
    if (sealed === undefined) {
      if (acceptPlain) return value;
      throw new StoreError(
        'unreadable',
        `The value under ${key} is not encrypted. Set acceptPlain while values from before are still there.`,
      );
    }
    let text: unknown;
    try {
      text = await inTime('decrypt', () => decrypt(sealed, key));
    } catch (error) {
      if (error instanceof StoreError) throw error;
      throw new StoreError(
        'unreadable',
        `The value under ${key} could not be decrypted: decrypt lacks the encryption key it was written with, or somebody has changed the value.`,
        error,
      );
    }
    if (typeof text !== 'string') throw new StoreError('wrong-option', 'encryptedStore: decrypt must give text.');
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      // The parser's own words would quote from the value.
      throw new StoreError('unreadable', `What decrypt gave for ${key} is not what encrypt was given.`);
    }
  }

  function inTime(hook: 'encrypt' | 'decrypt', run: () => string | Promise<string>): Promise<string> {
    return withTimeout(
      (async () => run())(),
      timeoutMs,
      `encryptedStore: ${hook} did not answer within ${timeoutMs} ms; nothing was written.`,
    );
  }

  return {
    async get(key) {
      const found = await store.get(key);
      return found && { value: await open(key, found.value), version: found.version };
    },
    async insert(key: string, value: JsonValue, options?: StoreWriteOptions) {
      return store.insert(key, await seal(key, value), options);
    },
    async replace(key: string, expectedVersion: string, value: JsonValue, options?: StoreWriteOptions) {
      return store.replace(key, expectedVersion, await seal(key, value), options);
    },
    ...(store.due ? { due: store.due.bind(store) } : {}),
    ...(store.idle ? { idle: store.idle.bind(store) } : {}),
  };
}

/** The text of a sealed value, which is all that such a value has. */
function sealedText(value: JsonValue): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { sealed, ...rest } = value;
  return typeof sealed === 'string' && Object.keys(rest).length === 0 ? sealed : undefined;
}
